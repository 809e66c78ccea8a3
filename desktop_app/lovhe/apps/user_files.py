"""Files written where the user said: whole ones, and never over somebody's work."""

from __future__ import annotations

import errno
import itertools
import os
import secrets
from contextlib import suppress
from pathlib import Path

from lovhe.core.errors import InputError, reason_of
from lovhe.core.messages import N_
from lovhe.core.work.stick import plain_name


def write_whole(path: Path, data: bytes, *, begins: bytes = b"") -> None:
    """Write a file under another name, then rename it: there is never half of it, and a link goes on leading where it led.

    With `begins` a file that is there is replaced only if it begins so: else it is somebody's work. Raises `InputError`.
    """
    from lovhe.adapters import whole_files

    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if path.exists() and not path.is_file():
            path.write_bytes(data)  # a device or a pipe, such as /dev/stdout, stays what it is
            return
        if begins and path.is_file():
            _refuse_somebodys(path, begins)
        place = Path(os.path.realpath(path))
        whole_files.write_whole(place, data, place.with_name(f".{secrets.token_hex(8)}.new"))
    except OSError as error:
        raise InputError(
            N_("The file {file} cannot be written: {reason}.", file=str(path), reason=reason_of(error)),
            N_("Give a file name in a folder that exists and that you may write to; if another program has the file open, close it there."),
        ) from error


def write_new(folder: Path, name: str, ending: str, data: bytes) -> Path:
    """Write a whole file into `folder` under this name, or with a number behind it where that is taken; where it is.

    The name is made one that every system of files takes. Raises `InputError`.
    """
    refuse_no_folder(folder)
    stem = plain_name(name)
    stems = itertools.chain([stem], (f"{stem} ({number})" for number in itertools.count(2)))
    file = next(file for one in stems if not os.path.lexists(file := folder / f"{one}.{ending}"))
    write_whole(file, data)
    return file


def refuse_no_folder(folder: Path) -> None:
    """Raises `InputError` where there is no such folder, or nobody may look."""
    with suppress(OSError):
        if folder.is_dir():
            return
    raise InputError(
        N_("There is no folder {folder}.", folder=str(folder)), N_("Is the stick plugged in? Look at its name, and try again.")
    )


def unwritable(file: Path, error: OSError) -> InputError:
    """What to say about a file or folder that could not be made."""
    return InputError(
        N_("The file {file} cannot be written: {reason}.", file=str(file), reason=reason_of(error)),
        N_("Give the name of a folder that you may write to."),
    )


def _refuse_somebodys(file: Path, begins: bytes) -> None:
    with file.open("rb") as there:
        head = there.read(len(begins))
    if head and not head.startswith(begins):
        raise InputError(
            N_("The file {file} is there already, and may hold somebody's work.", file=str(file)),
            N_("Give another file name, or delete that file if nobody needs it."),
        )
