"""Where a teacher's work meets files and the results database: the one module here that chooses the concrete adapters."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from lovhe.adapters.pdf_paper import PdfPaper
    from lovhe.adapters.results_db.backups import Copied
    from lovhe.adapters.school_db.opening import SchoolDb
    from lovhe.adapters.school_db.outgoing import Outgoing
    from lovhe.adapters.school_db.pushing import Pushed
    from lovhe.core.marks.summaries import ReportRow
    from lovhe.core.pupils.roster_lists import ClassList
    from lovhe.core.tables import Sheet
    from lovhe.core.teacher_settings import TeacherSettings
    from lovhe.services.ports.merging import Merged
    from lovhe.services.ports.teacher_door import Hashing
    from lovhe.services.ports.work import AllWork

log = logging.getLogger(__name__)

_SETTINGS_FILE = "settings.json"


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


def pdf_paper(text: str) -> PdfPaper:
    """What PDFs with the letters of `text` are written with. Raises `UnavailableError`."""
    from lovhe.adapters.pdf_paper import PdfPaper

    return PdfPaper(text)


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
    """Copy the results of this PC, and what pupils are typing, to `file`, and read that back. Raises `InputError`, `ResultsError`."""
    from lovhe.adapters.results_db.backups import back_up
    from lovhe.apps.workspace.drafts import drafts_of

    return back_up(results_file(), file, told, lambda: drafts_of(all_work()))


def look_into_backup(file: Path) -> Copied:
    """What is in a copy. Raises `InputError` where it cannot be used."""
    from lovhe.adapters.results_db.backups import look_into

    return look_into(file)


def restore(file: Path) -> None:
    """Make the results of this PC what the copy is. Raises `ResultsError`."""
    from lovhe.adapters.results_db.backups import restore

    restore(file, results_file())


def documents_folder() -> Path:
    """Where the user keeps papers."""
    from lovhe.adapters.user_data import documents_folder

    return documents_folder()


def load_settings() -> TeacherSettings:
    """What a teacher has settled for this PC; as it is from the first day where nothing is kept that can be read."""
    from msgspec import MsgspecError

    from lovhe.apps import wiring
    from lovhe.core.teacher_settings import TeacherSettings, read_settings

    try:
        return read_settings((wiring.data_folder() / _SETTINGS_FILE).read_bytes())
    except FileNotFoundError:
        pass
    except (OSError, MsgspecError) as problem:
        log.warning("%s: %s", _SETTINGS_FILE, problem)
    return TeacherSettings()


def save_settings(settings: TeacherSettings) -> Path:
    """Keep them; the file, which is on the disk then. Raises `InputError`."""
    from lovhe.apps.workspace.wiring import keep_whole
    from lovhe.core.teacher_settings import settings_bytes

    return keep_whole(_SETTINGS_FILE, settings_bytes(settings))


def passphrase_hashing() -> Hashing:
    """How the teacher's passphrase is hashed."""
    from lovhe.adapters.passphrases import Argon2

    return Argon2()


def leave_desk(pupils: Collection[str]) -> None:
    """Nobody of these, by their ids, sits at the desk any more."""
    from lovhe.apps.workspace.wiring import load_desk, save_desk

    desk = load_desk()
    if desk.group is not None and any(one.id in pupils for one in desk.group.pupils):
        desk.stand_up()
        save_desk(desk)


def school_db(address: str, *, writes: bool) -> SchoolDb:
    """A school's server; a context manager. Raises `LovheError`."""
    from lovhe.adapters.school_db.opening import SchoolDb

    return SchoolDb(address, writes=writes)


def outgoing() -> Outgoing:
    """What of this PC's results can be sent; a context manager. Raises `ResultsError`."""
    from lovhe.adapters.school_db.outgoing import Outgoing

    return Outgoing(results_file())


def push(db: SchoolDb, own: Outgoing, school: str, told: Callable[[int], None]) -> Pushed:
    """Bring a school's server up to date with this PC. Raises `LovheError`."""
    from lovhe.adapters.school_db.pushing import push
    from lovhe.apps import wiring

    return push(db, own, school, wiring.kit().lessons(broken=lambda problem: None), told)


def report(db: SchoolDb, school: str = "") -> list[ReportRow]:
    """The classes of a school, or all schools. Raises `LovheError`."""
    from lovhe.adapters.school_db.reporting import classes_report, schools_report

    return classes_report(db, school) if school else schools_report(db)


def merge(file: Path) -> Merged:
    """Take in what another PC's copy has. Raises `InputError` where it cannot be used, `ResultsError` where nothing can be taken in."""
    from lovhe.adapters.results_db.merging import merge

    return merge(file, results_file())


def moved_pupils() -> Mapping[str, str]:
    """Pupils whose work is still kept under another id, and the new one. Raises `ResultsError`."""
    from lovhe.adapters.results_db.merging import moved_pupils

    return moved_pupils(results_file())


def forget_moved() -> None:
    """Their work has followed them. Raises `ResultsError`."""
    from lovhe.adapters.results_db.merging import forget_moved

    forget_moved(results_file())
