"""Where a teacher's work meets files and the results database: the one module here that chooses the concrete adapters."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from lovhe.adapters.results_db.backups import Copied
    from lovhe.core.pupils.roster_lists import ClassList
    from lovhe.core.tables import Sheet
    from lovhe.services.ports.teacher_door import Hashing
    from lovhe.services.ports.work import AllWork


def read_roster(data: bytes, file: str) -> list[ClassList]:
    """The class lists in a file of this name. Raises `InputError`."""
    from lovhe.adapters.roster_files import read_roster

    return read_roster(data, file)


def list_files(folder: Path | None = None) -> list[tuple[Path, datetime.datetime]]:
    """Files that may be class lists, and when they were changed: in `folder`, else where a teacher has them.

    Not for the event loop: a drive may have to spin up.
    """
    from lovhe.adapters import list_files

    return list_files.list_files(list_files.list_folders() if folder is None else [folder])


def typed_path(typed: str) -> Path:
    """A path as people paste it."""
    from lovhe.adapters.list_files import typed_path

    return typed_path(typed)


def is_folder(path: Path) -> bool:
    """Whether there is a folder. Not for the event loop."""
    from lovhe.adapters.list_files import is_folder

    return is_folder(path)


def read_list_file(path: Path) -> list[ClassList]:
    """The class lists in a file. Raises `InputError`."""
    from lovhe.adapters.list_files import read_list_file

    return read_roster(read_list_file(path), path.name)


def xlsx_bytes(sheets: Sequence[Sheet]) -> bytes:
    """Tables as an Excel file."""
    from lovhe.adapters.xlsx_writing import xlsx_bytes

    return xlsx_bytes(sheets)


def all_work() -> AllWork:
    """What all groups at this PC have typed."""
    from lovhe.adapters.work_files import WorkFiles
    from lovhe.apps import wiring

    return WorkFiles(wiring.data_folder() / "work")


def results_file() -> Path:
    """Where this PC keeps its results."""
    from lovhe.adapters.results_db.opening import results_file

    return results_file()


def back_up(file: Path, told: Callable[[float], None] = lambda share: None) -> Copied:
    """Copy the results of this PC to `file`, and read that back. Raises `InputError`, `ResultsError`."""
    from lovhe.adapters.results_db.backups import back_up

    return back_up(results_file(), file, told)


def look_into_backup(file: Path) -> Copied:
    """What is in a copy. Raises `InputError` where it cannot be used."""
    from lovhe.adapters.results_db.backups import look_into

    return look_into(file)


def restore(file: Path) -> None:
    """Make the results of this PC what the copy is. Raises `ResultsError`."""
    from lovhe.adapters.results_db.backups import restore

    restore(file, results_file())


def passphrase_hashing() -> Hashing:
    """How the teacher's passphrase is hashed."""
    from lovhe.adapters.passphrases import Argon2

    return Argon2()
