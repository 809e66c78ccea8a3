"""The first hour of a teacher who has never programmed: a practice class in a folder of its own, and the page that is kept there."""

from __future__ import annotations

import datetime
import logging
import shutil
from pathlib import Path

import msgspec

from lovhe.apps import wiring
from lovhe.apps.language import key, t
from lovhe.apps.teaching.first_hour_pages import PAGES
from lovhe.apps.user_files import write_whole
from lovhe.core.decoding import decode_json
from lovhe.core.errors import InputError, reason_of
from lovhe.core.messages import N_
from lovhe.core.pupils.class_changes import listed_class
from lovhe.core.pupils.pupil import Pupil, SchoolClass
from lovhe.core.pupils.roster_lists import Entry

log = logging.getLogger(__name__)

CLASS, LESSON = "6A", "6-01-blink"
_FOLDER, _PLACE, _MARKS = "practice", "first-hour.json", "6A.xlsx"


class _Place(msgspec.Struct):
    page: str = ""


def practice_folder() -> Path:
    """Where practice keeps its data; to be asked before they lie there."""
    return wiring.data_folder() / _FOLDER


def last_page(folder: Path) -> int:
    """The page at which the hour was left; the first one where nothing can be read."""
    try:
        place = decode_json((folder / _PLACE).read_bytes(), _Place)
    except (OSError, msgspec.MsgspecError) as problem:
        log.info("the first hour begins: %s", problem)
        return 0
    return next((number for number, page in enumerate(PAGES) if page.id == place.page), 0)


def keep_page(folder: Path, number: int) -> None:
    """Go on there the next time. A disk that refuses is logged: the hour goes on without it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / _PLACE, msgspec.json.encode(_Place(PAGES[number].id)))
    except (OSError, InputError) as problem:
        log.warning("the page is not kept: %s", problem)


def practice_class() -> SchoolClass:
    """The class of the data in use, which is made where it is not there yet; the teacher is its first pupil. Raises `ResultsError`."""
    import uuid_utils

    with wiring.results() as store:
        roster = store.roster()
        found = next((one for one in roster.classes() if one.name == CLASS and one.pupils), None)
        if found is None:
            entries = [Entry(0, name) for name in (t(key("Teacher")), "Aysel", "Murad")]
            change = listed_class(None, CLASS, entries, lambda: str(uuid_utils.uuid7())).change
            roster.change([change])
            found = change.after
        return found


def teacher_of(school_class: SchoolClass) -> Pupil:
    """The pupil that the teacher plays."""
    return school_class.pupils[0]


def save_marks(folder: Path) -> Path:
    """The practice class's marks as an Excel file in the practice folder. Not for the event loop. Raises `LovheError`."""
    from lovhe.apps.teaching.class_progress import read_class
    from lovhe.apps.teaching.marks_tables import all_sheets
    from lovhe.apps.teaching.wiring import xlsx_bytes

    marks = read_class(practice_class(), datetime.datetime.now(datetime.UTC)).marks
    file = folder / _MARKS
    write_whole(file, xlsx_bytes(all_sheets(marks)))
    return file


def remove_practice(folder: Path) -> None:
    """All that practice has kept goes. Raises `InputError` where something of it stays."""
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        pass
    except OSError as problem:
        raise InputError(
            N_("The practice folder {folder} cannot be removed: {problem}.", folder=str(folder), problem=reason_of(problem)),
            N_("If a file of it is open in another program, close it there, and try again."),
        ) from problem
