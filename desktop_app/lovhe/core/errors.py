"""Everything that can go wrong in a way a user can do something about.

    LovheError
    ├── InputError            exit code 2: a file or a word given to us is wrong
    │   ├── LessonError       a lesson pack: file, key, mend
    │   ├── HardwareError     a board or part description, a circuit
    │   ├── ImageError        a firmware image: damaged, for another chip, not for real chips
    │   └── ResultsError      the results file cannot be opened or written
    ├── BoardError            exit code 3: the board, its cable or its serial port
    │   ├── NoBoardError      nothing there, or no such name or serial port
    │   ├── BoardBusyError    another program holds the serial port
    │   ├── LoaderError       the board's loader does not answer, or refuses
    │   ├── BoardSilentError  MicroPython does not answer
    │   └── BoardGoneError    the board went away in mid-run
    └── UnavailableError      exit code 3: this PC cannot do it (no interpreter wheel, missing image)

Adapters translate their libraries' exceptions into these with `raise … from`; only `apps`
catches them. `what` says what happened and where, `next_step` what the user can do.
"""

from __future__ import annotations

import errno

from lovhe.core.messages import N_, Text

_REASONS = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("a part of its path is no folder"),
    errno.EACCES: N_("this is not allowed to you"),
    errno.EPERM: N_("this is not allowed to you"),
    errno.EROFS: N_("nothing can be written there"),
    errno.ENOSPC: N_("the disk is full"),
    errno.ENAMETOOLONG: N_("its name is too long"),
    errno.ELOOP: N_("it is a link that leads to itself"),
}


def reason_of(error: OSError) -> Text | str:
    """Why a file could not be read or written, to be put into a sentence; the system's own words where we have none."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


class LovheError(Exception):
    """Base of all errors that are shown to a user: two whole sentences and an exit code."""

    exit_code = 2

    def __init__(self, what: Text, next_step: Text) -> None:
        super().__init__(what, next_step)
        self.what = what
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.what} {self.next_step}"


class InputError(LovheError):
    """A file or a word given to us is wrong."""


class LessonError(InputError):
    """A lesson pack is wrong: `what` names file and key, `next_step` the mend."""


class HardwareError(InputError):
    """A board, a part or a circuit description is wrong."""


class ImageError(InputError):
    """A firmware image is damaged, is for another chip, or is not for real chips."""


class ResultsError(InputError):
    """The results file cannot be opened or written."""


class BoardError(LovheError):
    """The board, its cable or its serial port."""

    exit_code = 3


class NoBoardError(BoardError):
    """No board is there, or none of that name or serial port."""


class BoardBusyError(BoardError):
    """Another program holds the serial port."""


class LoaderError(BoardError):
    """The board's loader does not answer, or refuses what it was told."""


class BoardSilentError(BoardError):
    """MicroPython on the board does not answer."""


class BoardGoneError(BoardError):
    """The board went away while we were talking to it."""


class UnavailableError(LovheError):
    """This PC cannot do it."""

    exit_code = 3
