"""Files that may be class lists, where a teacher has them: on USB sticks, among downloads and documents, on the desktop."""

from __future__ import annotations

import datetime
import logging
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from urllib.request import url2pathname

import platformdirs

from lovhe.adapters.removable_drives import removable_drives
from lovhe.core.errors import InputError, reason_of
from lovhe.core.messages import N_

log = logging.getLogger(__name__)

MOST_OFFERED = 100

_ENDINGS = (".csv", ".xlsx", ".txt")
_MOST_LOOKED_AT = 20_000
_MOST_READ_BYTES = 20_000_000
_HIDDEN = (".", "~$")  # the second are those that Excel has beside a file it has open


def list_folders() -> list[Path]:
    """The folders to look in, sticks first. May wait for a drive that spins up."""
    own = (platformdirs.user_downloads_path(), platformdirs.user_documents_path(), platformdirs.user_desktop_path())
    return [*removable_drives(), *own]


def list_files(folders: Iterable[Path]) -> list[tuple[Path, datetime.datetime]]:
    """The files there, and right below in folders, whose names end as lists do; the one changed last comes first, MOST_OFFERED of them."""
    found: dict[Path, datetime.datetime] = {}
    for folder in folders:
        for entry in islice(_walked(folder), _MOST_LOOKED_AT):
            if entry.name.lower().endswith(_ENDINGS) and _is(entry, folder=False):
                found[Path(entry.path)] = _changed(entry)
    return sorted(found.items(), key=lambda one: one[1], reverse=True)[:MOST_OFFERED]


def typed_path(typed: str) -> Path:
    """A path as people paste it: in quotes as Windows copies it, as an address of a file, or from the home folder on."""
    path = typed.strip().strip("\"'“”").strip()
    if path.lower().startswith("file://"):
        path = url2pathname(re.sub(r"^file://(localhost)?", "", path, flags=re.IGNORECASE))
    with suppress(RuntimeError):  # of a user whom the system does not know
        return Path(path).expanduser()
    return Path(path)


def is_folder(path: Path) -> bool:
    """Whether there is a folder; not where nobody can tell."""
    try:
        return path.is_dir()
    except OSError:
        return False


def read_list_file(path: Path) -> bytes:
    """What is in the file. Raises `InputError`."""
    try:
        if not path.is_file():  # what is no file may never end
            raise InputError(
                N_("There is no file {file}.", file=str(path)),
                N_("Look at its name and folder. Or copy it to a USB stick, or among your documents, and press “Look again”."),
            )
        with path.open("rb") as source:
            return source.read(_MOST_READ_BYTES)
    except (OSError, ValueError) as problem:
        reason = reason_of(problem) if isinstance(problem, OSError) else str(problem)
        raise InputError(
            N_("The file {file} cannot be read: {reason}.", file=str(path), reason=reason),
            N_("Close it in other programs, or copy it to another folder, then try again."),
        ) from problem


def _walked(folder: Path) -> Iterator[os.DirEntry[str]]:
    entries = list(islice(_entries(folder), _MOST_LOOKED_AT))
    yield from entries
    for entry in entries:
        if _is(entry, folder=True):
            yield from _entries(Path(entry.path))


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            yield from (entry for entry in entries if not entry.name.startswith(_HIDDEN))
    except (OSError, ValueError) as problem:
        log.info("%s is not looked into: %s", folder, problem)


def _is(entry: os.DirEntry[str], *, folder: bool) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False) if folder else entry.is_file()
    except OSError:
        return False


def _changed(entry: os.DirEntry[str]) -> datetime.datetime:
    try:
        return datetime.datetime.fromtimestamp(entry.stat().st_mtime, datetime.UTC)
    except (OSError, ValueError, OverflowError):  # gone meanwhile, or a stick whose clock was never set
        return datetime.datetime.fromtimestamp(0, datetime.UTC)
