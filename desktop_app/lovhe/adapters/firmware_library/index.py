"""What is remembered of each firmware file in the user's folder: its SHA-256, so that a changed file is never flashed.

`index.json` is written anew beside the old one, flushed to the disk and renamed: a power cut leaves one or the other.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

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
            found = msgspec.json.decode(self._file.read_bytes(), type=_IndexFile)
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


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a power cut leaves the old or the new content, never half of it."""
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    put_in_place(fresh, path)


def put_in_place(fresh: Path, path: Path) -> None:
    """Rename `fresh`, already flushed, to `path`, and flush the folder where the system can."""
    fresh.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def locked(path: Path, wait_s: float) -> Iterator[None]:
    """Hold a lock between programs and threads, which ends with this process however that ends. SQLite locks on every system alike.

    Raises `BlockingIOError` where another holds it for longer than `wait_s`, `OSError` where there can be no such file.
    """
    try:
        with closing(sqlite3.connect(path, timeout=wait_s, isolation_level=None)) as lock:
            lock.execute("BEGIN EXCLUSIVE")
            yield
    except sqlite3.Error as problem:
        if getattr(problem, "sqlite_errorcode", 0) == sqlite3.SQLITE_BUSY:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN), str(path)) from problem
        raise OSError(errno.EACCES, os.strerror(errno.EACCES), str(path)) from problem


def not_writable(folder: Path, problem: OSError) -> UnavailableError:
    """The folder for firmware cannot be written."""
    return UnavailableError(
        N_("The folder for firmware, {folder}, cannot be written: {reason}.", folder=str(folder), reason=reason_of(problem)),
        N_("Make room on that disk, or let yourself write there, then try again."),
    )


def _by_file(record: Remembered) -> str:
    return record.file
