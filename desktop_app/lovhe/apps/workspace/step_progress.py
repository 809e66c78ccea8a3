"""How far a group is in a lesson: of each step whether it was tried or passed."""

from __future__ import annotations

import logging

from lovhe.apps import wiring
from lovhe.apps.workspace.step_notes import StepNotes
from lovhe.core.errors import LovheError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.pupils.group import Group

log = logging.getLogger(__name__)


def step_outcomes(lesson: Lesson, group: Group, notes: StepNotes) -> dict[str, str]:
    """The best outcome of each step that was handed in, by the step's id. Reads files: not for the event loop.

    Pupils' results are in the results file, from whatever group; a guest's are known by the guest's own work.
    """
    found = {step.id: note.outcome for step in lesson.file.step if (note := notes.of(step)).outcome}
    if not group.pupils:
        return found
    try:
        with wiring.results() as store:
            marks = store.progress_of([pupil.id for pupil in group.pupils])
    except LovheError as problem:
        log.warning("how far the group is, is not known: %s", problem)
        return found
    for mark in marks:
        if mark.lesson_id == lesson.id:
            found[mark.step] = better(found.get(mark.step, ""), mark.outcome)
    return found


def better(before: str, now: str) -> str:
    """Of two outcomes of a step the one that counts."""
    return "passed" if "passed" in (before, now) else now or before
