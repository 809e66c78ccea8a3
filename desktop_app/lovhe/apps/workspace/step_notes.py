"""What is kept of a step beside its text: how many hints were taken, and for guests how far they are."""

from __future__ import annotations

import logging

import msgspec

from lovhe.apps.workspace.hints import Hints
from lovhe.core.decoding import decode_json
from lovhe.core.errors import InputError
from lovhe.core.lessons.hint_rule import HintRule
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.steps import LessonStep
from lovhe.core.pupils.group import Group
from lovhe.services.ports.work import WorkKey, WorkStore

log = logging.getLogger(__name__)


class StepNote(msgspec.Struct):
    """One step: `hints` taken by the check's id, the best `outcome` so far, "" as long as nothing was handed in, and the most `points`.

    `since` is when each check that is not passed failed, or its last hint was taken, in seconds of the clock on the wall.
    """

    hints: dict[str, int] = {}
    since: dict[str, float] = {}
    outcome: str = ""
    points: int = 0


class StepNotes:
    """One group's notes at one lesson, kept with its work. A disk that refuses is logged: a note must not stop a lesson."""

    def __init__(self, lesson: Lesson, group: Group, store: WorkStore) -> None:
        self._lesson, self._group, self._store = lesson, group, store
        self._notes: dict[str, StepNote] = {}

    def of(self, step: LessonStep | None) -> StepNote:
        """The step's note; a new one where there is none that can be read."""
        step_id = step.id if step is not None else ""
        if step_id not in self._notes:
            self._notes[step_id] = self._read(step_id)
        return self._notes[step_id]

    def hints(self, step: LessonStep | None, rule: HintRule) -> Hints:
        """Those of the step; what becomes of them is kept."""
        note = self.of(step)
        return Hints(note.hints, note.since, rule, lambda: self._write(step, note))

    def judged(self, step: LessonStep | None, outcome: str, points: int) -> None:
        """The step was checked; a passed one stays passed, and points that were reached stay reached."""
        note = self.of(step)
        if note.outcome != "passed":
            note.outcome, note.points = outcome, max(points, note.points)
            self._write(step, note)

    def _key(self, step_id: str) -> WorkKey:
        return WorkKey(self._group.key, self._lesson.id, f"{step_id}.notes")

    def _read(self, step_id: str) -> StepNote:
        try:
            kept = self._store.read(self._key(step_id))
            return decode_json(kept.encode(), StepNote) if kept else StepNote()
        except (InputError, msgspec.MsgspecError) as problem:
            log.info("no notes of %s: %s", step_id, problem)
            return StepNote()

    def _write(self, step: LessonStep | None, note: StepNote) -> None:
        try:
            self._store.write(self._key(step.id if step is not None else ""), msgspec.json.encode(note).decode())
        except InputError as problem:
            log.warning("notes are not kept: %s", problem)
