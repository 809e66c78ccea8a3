"""Words for boards that all front ends share: what kind they are, in which state, and what is to be done then."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lovhe.apps.flash.sentences import in_short
from lovhe.apps.language import key, t
from lovhe.core.boards.lights import BoardLight
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
OUTCOMES = {"passed": key("passed"), "failed": key("failed"), "skipped": key("skipped"), "unclear": key("unclear")}
"""Of a self-test."""

_CHIPS = {"esp32": "ESP32", "esp32s3": "ESP32-S3", "esp32c3": "ESP32-C3"}
_VERSION = re.compile(r"v[0-9]+(?:\.[0-9]+)+.*")
_TO_FLASH = ("unfinished", "empty", "mute", "loader")


def chip_name(chip: str) -> str:
    """A chip as its maker prints it."""
    return _CHIPS.get(chip, chip)


def board_label(board: BoardInfo) -> list[str]:
    """What a board is, in a few words: what it is called, its chip where that is known, real or virtual, its state."""
    chip = chip_name(board.chip)
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


def who_is_missing(missing: Sequence[str], total: int, unknown: int) -> Text:
    """Which of the `total` boards of a class set are not here; `unknown` are here and do not say who they are."""
    if not missing:
        return N_("{n} board, and it is here.", "{n} boards, and all are here.", n=total)
    if not unknown:
        return N_(
            "{n} of {total} is not plugged in: {names}.",
            "{n} of {total} are not plugged in: {names}.",
            n=len(missing),
            total=total,
            names=in_short(missing),
        )
    return N_(
        "{n} of {total} is not plugged in, or does not say who it is: {names}.",
        "{n} of {total} are not plugged in, or do not say who they are: {names}.",
        n=len(missing),
        total=total,
        names=in_short(missing),
    )


def where_to_look(board: str, lights: Sequence[BoardLight], seconds: float) -> Text:
    """What to look for while a board with these LEDs shows itself."""
    if all(light.rgb and light.on is None for light in lights):
        return N_(
            "{board} blinks for {seconds} s: look for the board whose coloured LED goes on and off, in white.",
            board=board,
            seconds=seconds,
        )
    if any(light.rgb for light in lights):
        return N_(
            "{board} blinks for {seconds} s: look for the board whose blue or white LED goes on and off twice a second.",
            board=board,
            seconds=seconds,
        )
    return N_(
        "{board} blinks for {seconds} s: look for the board whose small blue LED goes on and off twice a second. "
        "The LED that is always on, mostly a red one, only shows that a board has power.",
        board=board,
        seconds=seconds,
    )


def short_firmware(name: str) -> str:
    """A firmware in a narrow column: its version, where its file's name has one."""
    found = _VERSION.search(name.removesuffix(".bin"))
    return found[0] if found else name
