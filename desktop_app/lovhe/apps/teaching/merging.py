"""Results of several PCs brought together: which files are meant, and what pupils typed goes with them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from lovhe.apps import wiring
from lovhe.apps.teaching import wiring as teaching_wiring
from lovhe.apps.teaching.backups import ENDING
from lovhe.apps.teaching.copies import may_be_of_others
from lovhe.core.errors import InputError, ResultsError
from lovhe.core.messages import N_
from lovhe.core.pupils.group import MOST_PUPILS, work_key
from lovhe.core.pupils.pupil import SchoolClass
from lovhe.services.ports.merging import Merged
from lovhe.services.ports.work import AllWork


class Refused(NamedTuple):
    """A file that cannot be used, and why; nothing of it was taken in."""

    file: Path
    problem: InputError


def copies_in(places: Sequence[Path]) -> list[Path]:
    """The files that are given, and those in the folders that are given, each once. Raises `InputError` for a folder without any."""
    found: dict[Path, None] = {}
    for place in places:
        files = [file for file in sorted(place.glob(f"*{ENDING}")) if may_be_of_others(file.name)] if place.is_dir() else [place]
        if not files:
            raise InputError(
                N_("There is no copy of results in {folder}.", folder=str(place)),
                N_("`lovhe results backup {folder}` writes one, on each of the computers.", folder=str(place)),
            )
        found.update(dict.fromkeys(files))
    return list(found)


def merge_each(files: Iterable[Path]) -> Iterator[Merged | Refused]:
    """Take in one after another, each whole or not at all; however it ends, what pupils typed follows them.

    Not for the event loop. Raises `ResultsError` for the results of this PC, `InputError` where what was typed cannot follow.
    """
    try:
        for file in files:
            try:
                came: Merged | Refused = teaching_wiring.merge(file)
            except ResultsError:
                raise
            except InputError as problem:
                came = Refused(file, problem)
            yield came
    finally:
        _bring_all_along()


def _bring_all_along() -> None:
    """Who sat here last signs in anew, if they are known otherwise now."""
    moved = teaching_wiring.moved_pupils()
    if moved:
        with wiring.results() as store:
            bring_along(moved, store.roster().classes(), teaching_wiring.all_work())
        teaching_wiring.leave_desk(moved)
        teaching_wiring.forget_moved()


def bring_along(moved: Mapping[str, str], classes: Sequence[SchoolClass], work: AllWork) -> None:
    """Give what pupils typed to the same pupils under their new ids; nothing is written over: where they have work already, it stays.

    Groups within a class are looked for, and pairs of any two. Raises `InputError` where the disk refuses; then it can be done again.
    """
    kept = set(work.groups())
    for group in _groups(moved, classes):
        key, heir = work_key(group), work_key({moved.get(one, one) for one in group})
        if key in kept and key != heir:
            work.hand_over(key, heir)
            kept.remove(key)
        if not kept:
            return


def _groups(moved: Mapping[str, str], classes: Sequence[SchoolClass]) -> Iterator[tuple[str, ...]]:
    """Who may have sat together, by the ids that they had: hundreds of thousands in a large school."""
    old_ids: dict[str, list[str]] = {}
    for old_id, new_id in moved.items():
        old_ids.setdefault(new_id, []).append(old_id)
    of_class = [[one for pupil in school_class.pupils for one in (pupil.id, *old_ids.get(pupil.id, ()))] for school_class in classes]
    for ids in of_class:
        for count in range(1, MOST_PUPILS + 1):
            yield from itertools.combinations(ids, count)
    everybody = [one for ids in of_class for one in ids]
    for old_id in moved:
        yield from ((old_id, other) for other in everybody if other != old_id)
