"""The lessons of this PC, as far as they are needed: those with somebody's work in them, those of some ids, and whether any has changed."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lovhe.apps import wiring
from lovhe.core.errors import LovheError

if TYPE_CHECKING:
    from lovhe.core.lessons.lesson import Lesson

log = logging.getLogger(__name__)


def lessons_with_work(group: str) -> list[Lesson]:
    """The lessons in which a group has typed something; no other is read."""
    from lovhe.apps.workspace.wiring import work_store

    store = work_store()
    return lessons_named([lesson for lesson in wiring.kit().places() if store.has_work(group, lesson)])


def lessons_named(ids: Iterable[str]) -> list[Lesson]:
    """The lessons of these ids that are there and can be read."""
    found = []
    there = wiring.kit().places()
    for lesson in dict.fromkeys(ids):
        try:
            if lesson in there:
                found.append(wiring.kit().read(there[lesson]))
        except LovheError as problem:
            log.info("%s is left out: %s", lesson, problem)
    return found


def lessons_stand() -> list[tuple[str, str, int, int]]:
    """The files of all lessons with size and time of change: while it is the same, lessons need not be read again. Raises `LovheError`."""
    found = []
    for place in wiring.kit().places().values():
        try:
            for file in sorted(place.folder.rglob("*")):
                looked = file.stat()
                found.append((place.id, str(file), looked.st_size, looked.st_mtime_ns))
        except OSError as problem:
            log.info("%s: %s", place.folder, problem)
    return found
