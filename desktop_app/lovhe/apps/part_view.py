"""What one part of a circuit shows, as lines for a terminal: made from what its model's `state()` says, whichever part it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from rich.text import Text

from lovhe.apps.language import key, number, t
from lovhe.apps.quantity_words import QUANTITIES
from lovhe.apps.terminal_drawings import Glyphs, drawn_bar, drawn_colour, drawn_colours, drawn_gauge

GAUGE_WIDTH = 17
_BAR_WIDTH = 10
_NO_VALUE = "–"

_QUANTITIES = QUANTITIES | {
    "current": key("current"),
    "acceleration_x": key("acceleration x"),
    "acceleration_y": key("acceleration y"),
    "acceleration_z": key("acceleration z"),
}
_UNITS = {
    "percent": "%",
    "c": "°C",
    "mv": "mV",
    "v": "V",
    "ma": "mA",
    "cm": "cm",
    "mm": "mm",
    "lx": "lx",
    "hpa": "hPa",
    "pa": "Pa",
    "hz": "Hz",
    "deg": "°",
    "g": "g",
    "dps": "°/s",
    "mt": "mT",
}
_MOTIONS = {
    "forward": key("runs forward"),
    "backward": key("runs backward"),
    "brake": key("brakes"),
    "coast": key("coasts"),
    "off": key("stands still"),
}
_LIT = (key("lit"), key("dark"))
_SWITCHED = (key("switched on"), key("switched off"))
_PRESSED = (key("pressed"), key("released"))
_DETECTED = (key("senses it"), key("senses nothing"))
_DISPLAYS = ("brightness_percent", "rgb", "lines", "bitmap", "text")


def part_lines(part_id: str, state: Mapping[str, Any], around: Mapping[str, str], id_width: int, width: int, glyphs: Glyphs) -> list[Text]:
    """The lines of one part, none wider than `width`: its id, what it shows, and what surrounds it (`quantity` to value).

    A `bitmap` is left out: it needs a place of its own.
    """
    pieces = [*_pieces(state, glyphs), *_around(around)]
    screen = [Text(f"{glyphs.side}{line}{glyphs.side}", style="reverse" if state.get("on") else "") for line in state.get("lines", ())]
    label = Text(f"{part_id[:id_width]:<{id_width}} ", style="bold")
    if screen:
        inner = width - len(label) - screen[0].cell_len - 1
        beside = flowed(pieces, max(inner, 20))
        rows = max(len(screen), len(beside))
        blank = Text(" " * screen[0].cell_len)
        body = [Text.assemble(screen[at] if at < len(screen) else blank, " ", beside[at] if at < len(beside) else "") for at in range(rows)]
    else:
        body = flowed(pieces, max(width - len(label), 1)) or [Text()]
    return [Text.assemble(label if at == 0 else " " * len(label), line) for at, line in enumerate(body)]


def flowed(pieces: Iterable[Text], width: int) -> list[Text]:
    """Pieces put one after another, two spaces between, with a new line where one does not fit; a long one is broken between words."""
    lines: list[Text] = []
    for piece in (part for whole in pieces for part in _broken(whole, width)):
        if lines and lines[-1].cell_len + 2 + piece.cell_len <= width:
            lines[-1].append("  ").append_text(piece)
        else:
            lines.append(piece.copy())
    for line in lines:
        line.truncate(width)
    return lines


def _broken(piece: Text, width: int) -> list[Text]:
    """A piece that is wider than a line, in as many as it needs; words stay whole."""
    if piece.cell_len <= width:
        return [piece]
    parts: list[Text] = []
    for word in piece.split(" "):
        if parts and parts[-1].cell_len + 1 + word.cell_len <= width:
            parts[-1].append(" ").append_text(word)
        else:
            parts.append(word)
    return parts


def _pieces(state: Mapping[str, Any], glyphs: Glyphs) -> list[Text]:
    pieces = [] if state.get("powered", True) else [Text(t(key("no power")), style="bold red")]
    for name, value in state.items():
        if name in _SPECIAL:
            pieces += [piece if isinstance(piece, Text) else Text(piece) for piece in _SPECIAL[name](value, state, glyphs)]
        elif name not in _ELSEWHERE:
            pieces.append(Text(_measured(name, value)))
    return pieces


def _around(around: Mapping[str, str]) -> list[Text]:
    if not around:
        return []
    settings = [f"{quantity}={value}" for quantity, value in around.items()]
    return [Text(f"{t(key('around:'))} {settings[0]}", style="dim"), *(Text(setting, style="dim") for setting in settings[1:])]


def _measured(name: str, value: Any) -> str:
    """A number with its quantity and unit, as a person writes it; anything else as it is called."""
    quantity, _, unit = name.rpartition("_")
    shown = _NO_VALUE if value is None else number(value, "g") if isinstance(value, float | int) else str(value)
    if name in _UNITS:
        return f"{shown} {_UNITS[name]}"
    if unit not in _UNITS:
        return f"{name} {shown}"
    word = t(_QUANTITIES[quantity]) if quantity in _QUANTITIES else quantity.replace("_", " ")
    return f"{word} {shown}{'' if _UNITS[unit] == '°' else ' '}{_UNITS[unit]}"


def _word(words: tuple[str, str]) -> Callable[..., list[str]]:
    return lambda value, _state, _glyphs: [t(words[0] if value else words[1])]


def _on(value: bool, state: Mapping[str, Any], _glyphs: Glyphs) -> list[str]:
    if "tone_hz" in state:
        return []
    words = _LIT if any(name in state for name in _DISPLAYS) else _SWITCHED
    return [t(words[0] if value else words[1])]


def _brightness(value: float, _state: Mapping[str, Any], glyphs: Glyphs) -> list[str]:
    return [f"{drawn_bar(value, _BAR_WIDTH, glyphs)} {number(value, 'g')} %"]


def _angle(value: float, state: Mapping[str, Any], glyphs: Glyphs) -> list[str]:
    target = state.get("target_deg")
    heading = "" if target is None or abs(target - value) < 0.5 else f" {glyphs.arrow} {number(target, 'g')}°"
    return [f"0° {drawn_gauge(value, 0, 180, GAUGE_WIDTH, glyphs)} 180°", f"{number(value, 'g')}°{heading}"]


def _speed(value: float, _state: Mapping[str, Any], glyphs: Glyphs) -> list[str]:
    return [f"-100 {drawn_gauge(value, -100, 100, GAUGE_WIDTH, glyphs)} 100", f"{number(value, 'g')} %"]


def _tone(value: float | None, _state: Mapping[str, Any], glyphs: Glyphs) -> list[str]:
    return [t(key("silent")) if value is None else f"{glyphs.note} {t(key('sounds'))} {number(value, 'g')} Hz"]


def _motion(value: str, _state: Mapping[str, Any], _glyphs: Glyphs) -> list[str]:
    return [t(_MOTIONS[value]) if value in _MOTIONS else value]


_SPECIAL: dict[str, Callable[..., list[Any]]] = {
    "on": _on,
    "brightness_percent": _brightness,
    "rgb": lambda value, _state, glyphs: [drawn_colour(value, glyphs)],
    "colours": lambda value, _state, glyphs: drawn_colours(value, glyphs),
    "angle_deg": _angle,
    "speed_percent": _speed,
    "motion": _motion,
    "tone_hz": _tone,
    "pressed": _word(_PRESSED),
    "detected": _word(_DETECTED),
    "warming_up": lambda value, _state, _glyphs: [t(key("warms up"))] if value else [],
    "key": lambda value, _state, _glyphs: [] if value is None else [f"{t(key('key'))} {value}"],
    "text": lambda value, _state, _glyphs: [Text(f"[{value}]", style="bold")],
}
_ELSEWHERE = {"part", "powered", "lines", "bitmap", "target_deg", "segments"}
