"""Copies of the results: made and noted, found again, and put back; and whether it is time for a new one."""

from __future__ import annotations

import datetime
import logging
import re
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from lovhe.apps import wiring
from lovhe.apps.teaching import wiring as teaching_wiring
from lovhe.apps.teaching.backups import ENDING, KEPT, backup_file, before_restore
from lovhe.apps.workspace.drafts import put_drafts_back
from lovhe.core.errors import InputError
from lovhe.core.messages import N_, Text
from lovhe.services.ports.copy_notes import LastCopy

if TYPE_CHECKING:
    from lovhe.adapters.results_db.backups import Copied

log = logging.getLogger(__name__)

REMIND_DAYS = 7
"""A copy that is older is told of, if results have come since."""

_NAME = re.compile(rf"(?:lovhe-results|results\.before)-(\d{{4}}-\d\d-\d\d-\d{{6}})(?:-\d+)?{re.escape(ENDING)}")
_MOST_ENTRIES = 2_000  # of a folder that are looked at


class CopyState(msgspec.Struct, frozen=True):
    """The newest good copy, None for none, and how many attempts there are now."""

    last: LastCopy | None
    attempts: int

    @property
    def is_up_to_date(self) -> bool:
        """Whether nothing has come or gone since."""
        return self.attempts == (self.last.attempts if self.last is not None else 0)


class FoundCopy(msgspec.Struct, frozen=True):
    """A file that is called like a copy, when it was made, and its size; what is in it was not looked at."""

    file: Path
    made: datetime.datetime
    size_bytes: int


def read_copy_state() -> CopyState:
    """Not for the event loop. Raises `ResultsError`."""
    with wiring.results() as store:
        notes = store.copy_notes()
        return CopyState(notes.last(), notes.attempts())


def how_it_stands(state: CopyState) -> list[Text]:
    """The newest copy, in sentences."""
    if state.last is None:
        return [N_("No copy of the results has been made yet.")]
    since = N_("Nothing has changed since.") if state.is_up_to_date else N_("Results have come since.")
    return [N_("The last copy of the results was made on {day}.", day=day_of(state.last.when_utc)), since]


def reminder(state: CopyState, now: datetime.datetime, days: int = REMIND_DAYS) -> Text | None:
    """What to remind the teacher of, if the newest copy is older than `days`; None for nothing. 0 days: never.

    A copy from the future tells that a clock was wrong, and nothing of its age.
    """
    if not days or state.is_up_to_date:
        return None
    if state.last is None:
        return N_("No copy of the results has been made yet. Put in a USB stick, and choose “Copies”.")
    age = now - datetime.datetime.fromisoformat(state.last.when_utc)
    if datetime.timedelta() <= age < datetime.timedelta(days=days):
        return None
    day = day_of(state.last.when_utc)
    return N_("The last copy of the results was made on {day}; others have come since. Put in a USB stick, and choose “Copies”.", day=day)


def day_of(when_utc: str) -> str:
    """A day on the clock of the place."""
    return f"{datetime.datetime.fromisoformat(when_utc).astimezone():%d.%m.%Y}"


def make_copy(where: Path | None, sticks: Sequence[Path], told: Callable[[float], None]) -> Copied:
    """Copy the results (see `backup_file` for where), read the copy back, then note that there is one.

    Not for the event loop. Raises `InputError`, `ResultsError`.
    """
    now = datetime.datetime.now(datetime.UTC)
    copied = teaching_wiring.back_up(backup_file(where, sticks, now.astimezone()), told)
    with wiring.results() as store:
        store.copy_notes().note(LastCopy(now.isoformat(timespec="seconds"), copied.attempts))
    return copied


def put_back(file: Path, told: Callable[[float], None] = lambda share: None) -> Path:
    """Make the results of this PC what a copy has, that was looked into; where what was here is kept, as another copy.

    `told` hears how far that one is. Not for the event loop. Raises `InputError`, `ResultsError`; then the results are as they were.
    """
    try:
        made = found_copy(file).made.astimezone(datetime.UTC)
    except OSError as error:
        raise InputError(
            N_("There is no file {file}.", file=str(file)), N_("Is the stick plugged in? Look at its name, and try again.")
        ) from error
    kept = keep_results(told)
    teaching_wiring.restore(file)
    with wiring.results() as store:
        notes = store.copy_notes()
        notes.note(LastCopy(made.isoformat(timespec="seconds"), notes.attempts()))
        put_drafts_back(store.drafts(), teaching_wiring.all_work())
    return kept


def keep_results(told: Callable[[float], None] = lambda share: None) -> Path:
    """Copy the results of now to a file beside them, before others take their place or come to them.

    `told` hears how far it is. Not for the event loop. Raises `InputError`, `ResultsError`.
    """
    now = datetime.datetime.now(datetime.UTC).astimezone()
    return teaching_wiring.back_up(before_restore(teaching_wiring.results_file(), now), told).file


def copies_here(*more: Path) -> list[FoundCopy]:
    """The copies on sticks, on this computer and in the folders `more`, the newest first. Not for the event loop: a stick is slow."""
    from lovhe.apps.workspace.wiring import stick_folders

    return find_copies([*stick_folders(), teaching_wiring.documents_folder(), wiring.data_folder(), *more])


def copies_of_others(*more: Path) -> list[FoundCopy]:
    """What may have come from other computers, on sticks, among the user's documents and in the folders `more`, the newest first.

    Somebody may have named them by their computers. Not for the event loop.
    """
    from lovhe.apps.workspace.wiring import stick_folders

    return find_copies([*stick_folders(), teaching_wiring.documents_folder(), *more], may_be_of_others)


def may_be_of_others(name: str) -> bool:
    """Whether a file of this name may be a copy from another computer; what was kept before a merge is of this one."""
    return name.endswith(ENDING) and not name.startswith(KEPT)


def find_copies(folders: Sequence[Path], is_copy: Callable[[str], object] = _NAME.fullmatch) -> list[FoundCopy]:
    """The copies right in these folders, by the names that their files have; the newest first."""
    found: dict[Path, FoundCopy] = {}
    for folder in folders:
        try:
            for file in islice(folder.iterdir(), _MOST_ENTRIES):
                if is_copy(file.name) and file.is_file():
                    found[file.resolve()] = found_copy(file)
        except OSError as problem:
            log.info("no copies in %s: %s", folder, problem)
    return sorted(found.values(), key=lambda copy: copy.made, reverse=True)


def found_copy(file: Path) -> FoundCopy:
    """What is seen of a copy from outside. Its name tells when it was made, else the system of files. Raises `OSError`."""
    there, named = file.stat(), _NAME.fullmatch(file.name)
    try:
        made = datetime.datetime.strptime(named[1] if named else "", "%Y-%m-%d-%H%M%S").astimezone()
    except ValueError:
        made = datetime.datetime.fromtimestamp(there.st_mtime, datetime.UTC).astimezone()
    return FoundCopy(file, made, there.st_size)
