"""Results of several PCs brought together: which files are meant, and what pupils typed goes with them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from lovhe.apps.teaching.backups import ENDING, KEPT
from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.core.pupils.group import MOST_PUPILS, work_key
from lovhe.core.pupils.pupil import SchoolClass
from lovhe.services.ports.work import AllWork


def copies_in(places: Sequence[Path]) -> list[Path]:
    """The files that are given, and those in the folders that are given, each once. Raises `InputError` for a folder without any."""
    found: dict[Path, None] = {}
    for place in places:
        files = [file for file in sorted(place.glob(f"*{ENDING}")) if not file.name.startswith(KEPT)] if place.is_dir() else [place]
        if not files:
            raise InputError(
                N_("There is no copy of results in {folder}.", folder=str(place)),
                N_("`lovhe results backup {folder}` writes one, on each of the computers.", folder=str(place)),
            )
        found.update(dict.fromkeys(files))
    return list(found)


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
