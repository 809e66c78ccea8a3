"""What the boards of one flash share, and how one of them ends early."""

from __future__ import annotations

import threading
from collections.abc import Callable

import msgspec

from lovhe.core.errors import BoardGoneError, LoaderError, LovheError
from lovhe.core.messages import N_, Text
from lovhe.services.flash.flashing import FilesFor, FlashWatcher, FlashWishes
from lovhe.services.flash.lost_boards import LostBoards
from lovhe.services.ports import BoardInfo, ClassSet, Firmware, Loader


class Patience(msgspec.Struct, frozen=True):
    """How long a board is given: for a session that fails (`tries`), to come back when it went away, to be brought into its loader
    by hand, and for the system to make a port that has just come usable."""

    tries: int = 3
    come_back_s: float = 20.0
    boot_button_s: float = 20.0
    settle_s: float = 3.0


class FlashClass(msgspec.Struct, frozen=True):
    """What all boards of a class have in common."""

    loader: Loader
    class_set: ClassSet
    firmware_for: Callable[[BoardInfo, str, str], tuple[Firmware, str]]
    files_for: FilesFor
    lost: LostBoards
    wishes: FlashWishes
    watcher: FlashWatcher
    patience: Patience
    stopped: threading.Event
    first_words: Callable[[BoardInfo], Text | None]


class Stopped(Exception):  # noqa: N818 (no error: the user wants it)
    """The user has stopped the flash."""


class LeftAsItIs(Exception):  # noqa: N818 (no error: there is nothing to do)
    """Nothing is to be written to this board."""


class Hopeless(Exception):  # noqa: N818 (carries the error)
    """An error that another try would not mend; nothing was written in this session."""

    def __init__(self, problem: LovheError) -> None:
        super().__init__(problem)
        self.problem = problem


def swapped_error(serial_port: str) -> BoardGoneError:
    """Another board answers where this one was."""
    return BoardGoneError(
        N_("The board at {serial_port} was unplugged, and another one is there now.", serial_port=serial_port),
        N_("Plug it in again and flash it again; it goes on where it stopped."),
    )


def unforeseen_error(board: BoardInfo, problem: Exception) -> LoaderError:
    """A slip of ours, which must not end the other boards' flashes."""
    return LoaderError(
        N_(
            "Something unforeseen happened while {board} was flashed: {reason}",
            board=board.shown,
            reason=f"{type(problem).__name__}: {problem}",
        ),
        N_("Flash it again. If it happens again, show somebody the log file, which `lovhe doctor` names."),
    )
