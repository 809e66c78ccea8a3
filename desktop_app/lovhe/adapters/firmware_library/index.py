"""What is remembered of each firmware file in the user's folder: its SHA-256, so that a changed file is never flashed.

`index.json` is written anew beside the old one, flushed to the disk and renamed: a power cut leaves one or the other.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from lovhe.adapters.file_lock import file_lock
from lovhe.adapters.whole_files import write_whole
from lovhe.core.decoding import decode_json
from lovhe.core.errors import ImageError, UnavailableError, reason_of
from lovhe.core.messages import N_

_LOCK_WAIT_S = 10.0


class Remembered(msgspec.Struct, frozen=True):
    """A file as it was when it was taken in: `added` is a time with its zone, `origin` an address, a path or nothing."""

    file: str
    sha256: str
    size: int
    chip: str
    program: str
    machine: str = ""
    origin: str = ""
    added: str = ""


class _IndexFile(msgspec.Struct):
    images: list[Remembered]
    version: int = 1


class FirmwareIndex:
    """The remembered files of one folder, by their names. Several programs may use it at the same time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "index.json"

    def read(self) -> dict[str, Remembered]:
        """All that is remembered. Raises `ImageError` when the file is broken: nothing is trusted then."""
        try:
            found = decode_json(self._file.read_bytes(), _IndexFile)
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.MsgspecError) as problem:
            raise ImageError(
                N_("{file}, the list of what is known of the firmware here, cannot be read.", file=str(self._file)),
                N_("Delete that file, then fetch the firmware again, or look at it with `lovhe firmware list`."),
            ) from problem
        return {record.file: record for record in found.images}

    def remember(self, record: Remembered) -> None:
        """Put a file's record in place of an older one. Raises `UnavailableError` when it cannot be written."""
        with self._changing() as known:
            known[record.file] = record

    def forget(self, file: str) -> None:
        """Drop a file's record, if there is one."""
        with self._changing() as known:
            known.pop(file, None)

    @contextmanager
    def _changing(self) -> Iterator[dict[str, Remembered]]:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with locked(self._folder / "index.lock", _LOCK_WAIT_S):
                known = self.read()
                yield known
                write_whole(self._file, msgspec.json.format(msgspec.json.encode(_IndexFile(sorted(known.values(), key=_by_file)))))
        except OSError as problem:
            raise not_writable(self._folder, problem) from problem


@contextmanager
def locked(file: Path, wait_s: float) -> Iterator[None]:
    """Hold a lock between programs and threads. Raises `BlockingIOError` where another has it for longer than `wait_s`, and `OSError`."""
    with file_lock(file, wait_s) as held:
        if not held:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN), str(file))
        yield


def not_writable(folder: Path, problem: OSError) -> UnavailableError:
    """The folder for firmware cannot be written."""
    return UnavailableError(
        N_("The folder for firmware, {folder}, cannot be written: {reason}.", folder=str(folder), reason=reason_of(problem)),
        N_("Make room on that disk, or let yourself write there, then try again."),
    )


def _by_file(record: Remembered) -> str:
    return record.file
