"""Work on a USB stick: written, read back and compared; and read from a stick that nobody vouches for."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

import msgspec

from lovhe.adapters.plain_files import read_plain, refuse_link
from lovhe.adapters.whole_files import keep_beside, write_whole
from lovhe.core.errors import InputError, reason_of
from lovhe.core.messages import N_
from lovhe.core.work.stick import INDEX, StickFile, StickIndex, digest_of, is_inside, read_index

log = logging.getLogger(__name__)

_MOST_BYTES = 1 << 20
_MOST_INDEX_BYTES = 1 << 20
_MOST_ENTRIES = 500  # of a stick's first folder that are looked at


class WorkCopies:
    """The copies of work below one folder: a stick's first one, or one that was typed by hand."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, name: str, index: StickIndex, texts: Sequence[tuple[StickFile, str]]) -> tuple[Path, int]:
        """Write all of it into a folder called `name`, or a new one beside it where that holds other people's work.

        Every file is read back and compared. A file that was changed elsewhere, or is not ours, is kept beside the new one: the folder,
        and how many were kept. Raises `InputError`; what was on the stick before is there still.
        """
        if not self._folder.is_dir():
            raise InputError(
                N_("There is no folder {folder}.", folder=str(self._folder)),
                N_("Is the stick plugged in? Look at its name, and try again."),
            )
        try:
            folder, before = self._own_folder(name, index)
            written = {file.path: file.digest for file in before.files} if before is not None else {}
            kept, listed = 0, []
            for file, text in texts:
                path, data = folder / file.path, text.encode("utf-8", "replace")
                path.parent.mkdir(parents=True, exist_ok=True)
                kept += _keep_foreign(path, data, written.get(file.path, ""))
                _write_and_compare(path, data)
                listed.append(msgspec.structs.replace(file, digest=digest_of(data)))
            index = msgspec.structs.replace(index, files=listed)
            _write_and_compare(folder / INDEX, msgspec.json.format(msgspec.json.encode(index), indent=1))
        except OSError as problem:
            raise InputError(
                N_("Your work could not be copied to {folder}: {reason}.", folder=str(self._folder), reason=reason_of(problem)),
                N_("Take another stick, or make room on this one. Nothing is lost on this computer."),
            ) from problem
        return folder, kept

    def find(self) -> list[tuple[Path, StickIndex]]:
        """The folders with work: this one, and those in it. Raises `InputError` where it cannot be read at all."""
        try:
            folders = [self._folder, *sorted(path for path in islice(self._folder.iterdir(), _MOST_ENTRIES) if path.is_dir())]
        except OSError as problem:
            raise InputError(
                N_("The folder {folder} cannot be read: {reason}.", folder=str(self._folder), reason=reason_of(problem)),
                N_("Is the stick plugged in? Look at its name, and try again."),
            ) from problem
        found = []
        for folder in folders:
            try:
                refuse_link(folder)
                index = read_index(read_plain(folder / INDEX, _MOST_INDEX_BYTES))
            except OSError as problem:
                log.info("no work in %s: %s", folder, problem)
                continue
            if index is not None:
                found.append((folder, index))
        return found

    def _own_folder(self, name: str, index: StickIndex) -> tuple[Path, StickIndex | None]:
        for number in range(1, 100):
            folder = self._folder / (name if number == 1 else f"{name} {number}")
            refuse_link(folder)
            if not folder.exists():
                folder.mkdir()
                return folder, None
            try:
                there = read_index(read_plain(folder / INDEX, _MOST_INDEX_BYTES))
            except OSError:
                continue
            if there is not None and there.pupils == index.pupils and there.names == index.names:
                return folder, there
        raise OSError(None, "it is full of other people's work")


def stick_text(folder: Path, file: StickFile) -> str:
    """The text of one file. Raises `InputError` in words for what is no plain text of a sane length in this folder."""
    path = folder / file.path
    refused = N_("Leave it out, or copy the work to the stick once more.")
    if not is_inside(file.path):
        raise InputError(N_("{file} lies outside of the stick's folder.", file=file.path[:80]), refused)
    try:
        for place in (path.parent, path):
            refuse_link(place)
        data = read_plain(path, _MOST_BYTES)
    except OSError as problem:
        raise InputError(N_("{file} cannot be read: {reason}.", file=file.path, reason=reason_of(problem)), refused) from problem
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as problem:
        raise InputError(
            N_("{file} is not saved as UTF-8.", file=file.path), N_("Save it in your editor as UTF-8, then fetch it again.")
        ) from problem
    if "\0" in text:
        raise InputError(N_("{file} is no text.", file=file.path), refused)
    return text


def _keep_foreign(path: Path, data: bytes, digest: str) -> bool:
    """Whether a file that is to be replaced holds what nobody wrote from here; it is kept then."""
    refuse_link(path)
    try:
        there = read_plain(path, _MOST_BYTES)
        if there == data or digest_of(there) == digest:
            return False
    except FileNotFoundError:
        return False
    except OSError as problem:  # a folder, or larger than any program
        log.info("%s: %s", path, problem)
    keep_beside(path)
    return True


def _write_and_compare(path: Path, data: bytes) -> None:
    refuse_link(path)
    if _reads_as(path, data):
        return  # it is there already: a stick is slow
    write_whole(path, data)
    if not _reads_as(path, data):
        raise OSError(None, "the stick does not give back what was written")


def _reads_as(path: Path, data: bytes) -> bool:
    try:
        return read_plain(path, len(data)) == data
    except OSError:
        return False


def sources(folders: Iterable[Path]) -> list[tuple[Path, StickIndex]]:
    """The work on several sticks; one that cannot be read has none."""
    found = []
    for folder in folders:
        try:
            found.extend(WorkCopies(folder).find())
        except InputError as problem:
            log.info("%s", problem)
    return found
