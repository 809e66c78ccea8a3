"""Words for boards that all front ends share: what kind they are, in which state, and what is to be done then."""

from __future__ import annotations

from lovhe.apps.language import key, t
from lovhe.core.messages import N_, Text
from lovhe.services.ports import BoardInfo

STATES = {
    "ready": key("ready"),
    "unfinished": key("flash unfinished"),
    "empty": key("empty"),
    "loader": key("in its loader"),
    "silent": key("does not start"),
    "mute": key("does not answer"),
    "busy": key("busy"),
    "off": key("unplugged"),
}
KINDS = {True: key("virtual"), False: key("real")}
"""By `BoardInfo.virtual`."""

_CHIPS = {"esp32": "ESP32", "esp32s3": "ESP32-S3", "esp32c3": "ESP32-C3"}
_TO_FLASH = ("unfinished", "empty", "mute", "loader")


def board_label(board: BoardInfo) -> list[str]:
    """What a board is, in a few words: what it is called, its chip where that is known, real or virtual, its state."""
    chip = _CHIPS.get(board.chip, board.chip)
    return [board.shown, *([chip] if chip else []), t(KINDS[board.virtual]), t(STATES.get(board.state, board.state))]


def needs_flash(board: BoardInfo) -> bool:
    """Whether no program can run on it before it is flashed, as far as that is known."""
    return board.state in _TO_FLASH


def what_to_do(board: BoardInfo) -> Text | None:
    """What somebody has to do before programs run on it; None where nothing is to be done."""
    match board.state:
        case "empty" | "mute":
            return N_("There is no MicroPython on this board yet. Call your teacher: it has to be flashed, here or with `lovhe flash`.")
        case "unfinished":
            return N_("The flash of this board was cut off. Call your teacher: it has to be flashed again, here or with `lovhe flash`.")
        case "loader":
            return N_("This board waits to be flashed. Press its RESET button; if it stays so, call your teacher to flash it.")
        case "silent":
            return N_("This board does not start: a part holds its pin IO12 high. Take that wire off, then press RESET.")
        case "off":
            return N_("The cable of this board is out. Plug it in.")
    return None
