"""A virtual board at this moment, as lines for a terminal: its pins, its parts and what surrounds them.

Pure: the state of `World.snapshot` and the size of the terminal go in, lines come out. What does not fit is shrunk first
(displays), then cut, and the last line says so; what the program has printed takes the room that is left.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from rich.text import Text

from lovhe.apps.language import key, number, t
from lovhe.apps.part_view import part_lines
from lovhe.apps.terminal_drawings import Glyphs, drawn_bitmap
from lovhe.core.messages import N_

_MODES = {"in": key("input"), "out": key("output"), "od": key("open drain"), "off": key("not used")}
_SHORT_MODES = {"in": key("in"), "out": key("out"), "od": "od", "off": ""}
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
        if len(lines) <= height and all(line.cell_len <= width for line in lines):
            break
    for line in lines:
        line.truncate(width)
    if len(lines) <= height:
        return [*lines, *_printed(board.world, width, height - len(lines), glyphs)]
    left_out = len(lines) - height + 1
    more = N_("{n} more line does not fit.", "{n} more lines do not fit.", n=left_out)
    return [*lines[: height - 1], Text(f"{glyphs.more} {t(more)}"[:width], style="dim")]


def world_lines(world: Mapping[str, Any], width: int, glyphs: Glyphs) -> list[Text]:
    """The pins and parts alone, without heading and surroundings, in as many lines as it takes, none wider than `width`."""
    alone = {**world, "surroundings": {}}
    lines: list[Text] = []
    for shrink in _SHRINKS:
        lines = [*_shorts(world, width), *_body(alone, world.get("parts", {}), width, glyphs, shrink)]
        if all(line.cell_len <= width for line in lines):
            break
    for line in lines:
        line.truncate(width)
    return lines


def _heading(board: BoardState, width: int, glyphs: Glyphs) -> list[Text]:
    now_us = board.world.get("now_us", 0)  # 0 until the program does something
    words = [board.name, board.chip, board.state, *([f"{number(now_us / 1e6, '.1f')} s"] if now_us else [])]
    return [Text(glyphs.between.join(words), style="bold"), *_shorts(board.world, width)]


def _shorts(world: Mapping[str, Any], width: int) -> list[Text]:
    lines = []
    for pins in world.get("shorts", ()):
        fight = N_("Short circuit: {pins} give different levels to one wire.", pins=", ".join(pins))
        lines.append(Text(t(fight)[:width], style="bold red"))
    return lines


def _printed(world: Mapping[str, Any], width: int, room: int, glyphs: Glyphs) -> list[Text]:
    """The last lines that the program has printed, as many as there is room for below a heading."""
    printed = [line.expandtabs() for line in world.get("printed", ())][-(room - 1) :] if room > 1 else []
    lines = [Text(t(key("It has printed:")), style="dim"), *(Text(f"{glyphs.side} {line}") for line in printed)] if printed else []
    for line in lines:
        line.truncate(width)
    return lines


def _body(world: Mapping[str, Any], parts: Mapping[str, Mapping[str, Any]], width: int, glyphs: Glyphs, shrink: int) -> list[Text]:
    id_width = min(max((len(part_id) for part_id in parts), default=0), _MAX_ID_WIDTH)
    pictures = _pictures(parts, glyphs, shrink)
    beside = width - max((line.cell_len for line in pictures), default=width) - len(glyphs.side)
    pins = world.get("pins", {})
    rest = dict(parts)
    if beside >= _LEAST_PINS_WIDTH:
        pictured = {part_id: rest.pop(part_id) for part_id in parts if "bitmap" in parts[part_id]}
        labels = [line for part_id, state in pictured.items() for line in _label(part_id, state, world, beside, glyphs)]
        lines = _joined(pictures, [*labels, *_pin_lines(pins, beside, glyphs)], glyphs.side)
    else:
        lines = [*pictures, *_pin_lines(pins, width, glyphs)]
    for part_id, state in rest.items():
        lines += part_lines(part_id, state, _around(world, part_id), id_width, width, glyphs)
    return lines


def _label(part_id: str, state: Mapping[str, Any], world: Mapping[str, Any], width: int, glyphs: Glyphs) -> list[Text]:
    """What stands beside a part's picture; there is no room for a bar."""
    shown = {name: value for name, value in state.items() if name != "brightness_percent"}
    return part_lines(part_id, shown, _around(world, part_id), min(len(part_id), _MAX_ID_WIDTH), width, glyphs)


def _around(world: Mapping[str, Any], part_id: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in world.get("surroundings", {}).items():
        part, _, quantity = name.rpartition(".")
        if part == part_id:
            found[quantity] = value
    return found


def _pictures(parts: Mapping[str, Mapping[str, Any]], glyphs: Glyphs, shrink: int) -> list[Text]:
    return [Text(line) for state in parts.values() if "bitmap" in state for line in drawn_bitmap(state["bitmap"], glyphs, shrink)]


def _joined(left: list[Text], right: list[Text], between: str) -> list[Text]:
    """Two columns of lines, and a line between them."""
    width = max(line.cell_len for line in left)
    rows = max(len(left), len(right))
    lines = []
    for at in range(rows):
        line = left[at].copy() if at < len(left) else Text()
        line.pad_right(width - line.cell_len)
        line.append(between)
        lines.append(line.append_text(right[at]) if at < len(right) else line)
    return lines


def _pin_lines(pins: Mapping[str, Mapping[str, Any]], width: int, glyphs: Glyphs) -> list[Text]:
    """The pins in as many columns as fit, in the order of their numbers; in a narrow place, in short words."""
    columns = max((width + 1) // _PIN_CELL, 1)
    cell = (width + 1) // columns - 1
    cells = [_pin(pins[gpio], glyphs, short=cell < _PIN_CELL - 1) for gpio in sorted(pins, key=int)]
    lines = []
    for at in range(0, len(cells), columns):
        line = Text()
        for text in cells[at : at + columns]:
            text.truncate(cell)
            text.pad_right(cell + 1 - text.cell_len)
            line.append_text(text)
        line.rstrip()
        lines.append(line)
    return lines


def _pin(pin: Mapping[str, Any], glyphs: Glyphs, short: bool) -> Text:
    """One pin: name, what the program made of it, and the level at its wire ("–" when nothing drives it) or its voltage.

    Of a real board only that is known which the program told; `raw` is what it read there.
    """
    name = Text(pin["name"], style="bold")
    if pin["pwm"] is not None:
        return name.append(_pwm(*pin["pwm"], short=short), style="not bold")
    if "mv" in pin and pin["mode"] != "out":
        return name.append(f" {pin['mv']} mV", style="not bold")
    if "raw" in pin:
        return name.append(f" ADC {pin['raw']}", style="not bold")
    level = "–" if pin["level"] is None else str(pin["level"])
    pull = {"up": glyphs.up, "down": glyphs.down}.get(pin["pull"], "")
    mode = t((_SHORT_MODES if short else _MODES).get(pin["mode"], pin["mode"]))
    return name.append(f"{mode and ' '}{mode} {level}{pull}", style="not bold")


def _pwm(freq_hz: float, duty_u16: int, *, short: bool) -> str:
    percent = 100 * duty_u16 / 65535
    if not short:
        return f" PWM {number(freq_hz, 'g')} Hz {number(percent, '.3g')} %"
    return f" {number(freq_hz / 1000, '.2g')}kHz {percent:.0f}%" if freq_hz >= 1000 else f" {number(freq_hz, 'g')}Hz {percent:.0f}%"
