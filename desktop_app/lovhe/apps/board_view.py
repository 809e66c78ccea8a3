"""A virtual board at this moment, as lines for a terminal: its pins, its parts and what surrounds them.

Pure: the state of `World.snapshot` and the size of the terminal go in, lines come out. What does not fit is shrunk first
(displays), then cut, and the last line says so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from rich.text import Text

from lovhe.apps.language import key, t
from lovhe.apps.part_view import part_lines
from lovhe.apps.terminal_drawings import Glyphs, drawn_bitmap
from lovhe.core.messages import N_

_MODES = {"in": key("input"), "out": key("output"), "od": key("open drain"), "off": key("not used")}
_MAX_ID_WIDTH = 12
_PIN_CELL = 26
_LEAST_PINS_WIDTH = 14
_SHRINKS = (1, 2)


@dataclass(frozen=True)
class BoardState:
    """What is shown: the board's name, chip and state (in the user's words), and its world's snapshot."""

    name: str
    chip: str
    state: str
    world: Mapping[str, Any] = field(default_factory=dict)


def board_lines(board: BoardState, width: int, height: int, glyphs: Glyphs, only: Collection[str] = ()) -> list[Text]:
    """At most `height` lines of at most `width` columns; `only` are ids of the parts to show, all of them when it is empty."""
    parts = {part_id: state for part_id, state in board.world.get("parts", {}).items() if not only or part_id in only}
    heading = _heading(board, width, glyphs)
    lines: list[Text] = []
    for shrink in _SHRINKS:
        lines = [*heading, *_body(board.world, parts, width, glyphs, shrink)]
        if len(lines) <= height:
            break
    for line in lines:
        line.truncate(width)
    if len(lines) <= height:
        return lines
    left_out = len(lines) - height + 1
    more = N_("{n} more line does not fit.", "{n} more lines do not fit.", n=left_out)
    return [*lines[: height - 1], Text(f"{glyphs.more} {t(more)}"[:width], style="dim")]


def _heading(board: BoardState, width: int, glyphs: Glyphs) -> list[Text]:
    seconds = board.world.get("now_us", 0) / 1e6
    line = Text(glyphs.between.join((board.name, board.chip, board.state, f"{seconds:.1f} s")), style="bold")
    lines = [line]
    for pins in board.world.get("shorts", ()):
        fight = N_("Short circuit: {pins} give different levels to one wire.", pins=", ".join(pins))
        lines.append(Text(t(fight)[:width], style="bold red"))
    return lines


def _body(world: Mapping[str, Any], parts: Mapping[str, Mapping[str, Any]], width: int, glyphs: Glyphs, shrink: int) -> list[Text]:
    id_width = min(max((len(part_id) for part_id in parts), default=0), _MAX_ID_WIDTH)
    pictures = _pictures(parts, glyphs, shrink)
    beside = width - max((line.cell_len for line in pictures), default=width) - 1
    pins = world.get("pins", {})
    if beside >= _LEAST_PINS_WIDTH:
        lines = _joined(pictures, _pin_lines(pins, beside, glyphs))
    else:
        lines = [*pictures, *_pin_lines(pins, width, glyphs)]
    around = world.get("surroundings", {})
    for part_id, state in parts.items():
        own = {name.rpartition(".")[2]: value for name, value in around.items() if name.rpartition(".")[0] == part_id}
        lines += part_lines(part_id, state, own, id_width, width, glyphs)
    return lines


def _pictures(parts: Mapping[str, Mapping[str, Any]], glyphs: Glyphs, shrink: int) -> list[Text]:
    return [Text(line) for state in parts.values() if "bitmap" in state for line in drawn_bitmap(state["bitmap"], glyphs, shrink)]


def _joined(left: list[Text], right: list[Text]) -> list[Text]:
    """Two columns of lines, a space between."""
    width = max(line.cell_len for line in left)
    rows = max(len(left), len(right))
    lines = []
    for at in range(rows):
        line = left[at].copy() if at < len(left) else Text()
        line.pad_right(width + 1 - line.cell_len)
        lines.append(line.append_text(right[at]) if at < len(right) else line)
    return lines


def _pin_lines(pins: Mapping[str, Mapping[str, Any]], width: int, glyphs: Glyphs) -> list[Text]:
    """The pins in as many columns as fit, in the order of their numbers; in a narrow place, in short words."""
    columns = max(width // _PIN_CELL, 1)
    cell = width // columns
    cells = [_pin(pins[gpio], glyphs, short=cell < _PIN_CELL) for gpio in sorted(pins, key=int)]
    lines = []
    for at in range(0, len(cells), columns):
        line = Text()
        for text in cells[at : at + columns]:
            text.truncate(cell - 1)
            text.pad_right(cell - text.cell_len)
            line.append_text(text)
        line.rstrip()
        lines.append(line)
    return lines


def _pin(pin: Mapping[str, Any], glyphs: Glyphs, short: bool) -> Text:
    """One pin: name, what the program made of it, and the level at its wire ("–" when nothing drives it)."""
    name = Text(pin["name"], style="bold")
    if pin["pwm"] is not None:
        freq_hz, duty_u16 = pin["pwm"]
        freq = f"{freq_hz / 1000:g}k" if short and freq_hz >= 1000 else f"{freq_hz:g}"
        duty = f"{100 * duty_u16 / 65535:.3g}"
        return name.append(f" {freq}Hz {duty}%" if short else f" PWM {freq} Hz {duty} %", style="not bold")
    level = "–" if pin["level"] is None else str(pin["level"])
    pull = {"up": glyphs.up, "down": glyphs.down}.get(pin["pull"], "")
    if short and pin["mode"] == "off":
        return name.append(f" {level}{pull}", style="not bold")
    mode = t(_MODES.get(pin["mode"], pin["mode"]))
    return name.append(f" {mode} {level}{pull}", style="not bold")
