"""What a group has typed in a lesson: the text of each step as it stands now, and as it once was."""

from __future__ import annotations

from lovhe.core.errors import InputError
from lovhe.core.lessons.answers import gapped_program
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.steps import LessonStep
from lovhe.core.pupils.group import Group
from lovhe.services.ports.work import Reason, Version, WorkKey, WorkStore


class LessonWork:
    """One group's work at one lesson. A step's text is a program, or the answer where lines are ordered or questions answered."""

    def __init__(self, lesson: Lesson, group: Group, store: WorkStore) -> None:
        self.lesson = lesson
        self._group, self._store = group, store

    def key(self, step: LessonStep | None) -> WorkKey:
        """Where the step's text is kept."""
        return WorkKey(self._group.key, self.lesson.id, step.id if step is not None else "")

    def text(self, step: LessonStep | None) -> str:
        """What was typed last; what the step begins with where nothing was. Raises `InputError`."""
        kept = self._store.read(self.key(step))
        return self.begin_of(step) if kept is None else kept

    def text_or_begin(self, step: LessonStep | None) -> tuple[str, InputError | None]:
        """The same; where it cannot be read, what the step begins with, and why. What cannot be read is not lost by typing."""
        try:
            return self.text(step), None
        except InputError as problem:
            return self.begin_of(step), problem

    def begin_of(self, step: LessonStep | None) -> str:
        """What the step begins with: a program in which something is to be done, "" where an answer is wanted."""
        if step is None:
            return self.lesson.starter
        if step.kind == "fill":
            return gapped_program(self.lesson, step)
        return self.lesson.begin_of(step) or "" if step.kind in ("change", "make") else ""

    def own_program(self, step: LessonStep | None) -> str | None:
        """The program that was written last before this step, where it measures with that; None otherwise."""
        if step is None or step.kind != "measure" or self.lesson.begin_of(step) is not None:
            return None
        before = self.lesson.file.step[: self.lesson.file.step.index(step)]
        written = next((one for one in reversed(before) if one.kind in ("make", "change", "fill")), None)
        return self.text_or_begin(written)[0] if written is not None else None

    def typed(self, step: LessonStep | None, text: str) -> None:
        """Keep what stands there now. Raises `InputError`."""
        self._store.write(self.key(step), text)

    def keep(self, step: LessonStep | None, text: str, reason: Reason) -> None:
        """Put it into the history, too. Raises `InputError`."""
        self._store.keep_version(self.key(step), text, reason)

    def versions(self, step: LessonStep | None) -> list[Version]:
        """The history, newest first. Waits for the disk. Raises `InputError`."""
        return self._store.versions(self.key(step))

    def version(self, step: LessonStep | None, version_id: str) -> str:
        """One of them. Raises `InputError`."""
        return self._store.version(self.key(step), version_id)
