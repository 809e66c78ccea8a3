"""Work is copied to a USB stick, and fetched from one, by jobs: a stick is slow, and may be pulled out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from lovhe.apps.language import current_language
from lovhe.apps.lesson_view import language_for
from lovhe.apps.workspace.jobs import Job
from lovhe.apps.workspace.lesson_work import LessonWork
from lovhe.apps.workspace.told import Busy
from lovhe.core.errors import InputError, LovheError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.steps import LessonStep
from lovhe.core.messages import N_, Message, Text
from lovhe.core.pupils.group import Group
from lovhe.core.work.stick import KIND, StickFile, StickIndex, folder_name, lesson_folder, may_fetch, owners, step_file
from lovhe.services.ports.work import WorkKey, WorkStore

_PROGRAMS = ("change", "make")


class CopyWork(Job):
    """Copies all that a group has typed into `folder`. `said` is afterwards what to tell."""

    def __init__(self, group: Group, store: WorkStore, lessons: Callable[[], Sequence[Lesson]], folder: Path) -> None:
        super().__init__()
        self._group, self._store, self._lessons, self._folder = group, store, lessons, folder
        self.said: list[Text] = []

    def _work(self) -> None:
        from lovhe.apps.workspace.wiring import write_copies

        self.tell(Busy(N_("Looking for what you have typed …")))
        files = [file for lesson in self._lessons() for file in self._texts(lesson)]
        if not files:
            raise InputError(N_("There is nothing to copy yet."), N_("Type something in a lesson first."))
        self.tell(Busy(N_("Copying to {folder} … Do not pull the stick out yet.", folder=str(self._folder))))
        index = StickIndex(KIND, self._group.names, owners(self._group), [file for file, _ in files])
        where, kept = write_copies(self._folder, folder_name(self._group), index, files)
        self.said = [
            N_("{n} file is on the stick, and was compared.", "{n} files are on the stick, and were compared.", n=len(files)),
            N_("They are in {folder}.", folder=str(where)),
            *([_kept(kept)] if kept else []),
            N_("Let the computer eject the stick before you pull it out."),
        ]

    def _texts(self, lesson: Lesson) -> list[tuple[StickFile, str]]:
        steps: list[LessonStep | None] = list(lesson.file.step) or [None]
        language = language_for(current_language().code, lesson.texts)
        folder = lesson_folder(lesson.id, lesson.texts[language].title)
        found = []
        for number, step in enumerate(steps, 1):
            step_id = step.id if step is not None else ""
            text = self._store.read(WorkKey(self._group.key, lesson.id, step_id))
            if text is not None and text.strip():
                found.append((number, step_id, step is None or step.kind in _PROGRAMS, text))
        last = max((number for number, _, is_program, _ in found if is_program), default=0)
        return [
            (StickFile(lesson.id, step_id, f"{folder}/{step_file(number, step_id, is_program, number == last)}"), text)
            for number, step_id, is_program, text in found
        ]


def _kept(count: int) -> Text:
    return N_(
        "{n} file there had been changed elsewhere: it is kept beside the new one, with “before” in its name.",
        "{n} files there had been changed elsewhere: they are kept beside the new ones, with “before” in their names.",
        n=count,
    )


class FetchWork(Job):
    """Fetches the work in a stick's folder for a group. What stands here goes into the history first; `said` is what to tell."""

    def __init__(self, group: Group, store: WorkStore, lessons: Callable[[], Sequence[Lesson]], folder: Path, index: StickIndex) -> None:
        super().__init__()
        self._group, self._store, self._lessons, self._folder, self._index = group, store, lessons, folder, index
        self.said: list[Text] = []

    def _work(self) -> None:
        if not may_fetch(self._index, self._group):
            raise InputError(
                N_("This is the work of somebody else: {names}.", names=self._index.names or "?"),
                N_("Choose your own folder on the stick, or sit down with them."),
            )
        self.tell(Busy(N_("Fetching …")))
        known = {lesson.id: lesson for lesson in self._lessons()}
        fetched, same, refused = 0, 0, list[Message]()
        for number, file in enumerate(self._index.files, 1):
            if self.stopped.is_set():
                break
            self.tell(Busy(N_("Fetching …"), number, len(self._index.files)))
            try:
                if self._fetch(file, known):
                    fetched += 1
                else:
                    same += 1
            except LovheError as problem:
                refused.append(N_("Left out: {what}", what=problem.what))
        self.said = [N_("{n} text was fetched.", "{n} texts were fetched.", n=fetched)]
        if fetched:
            self.said.append(N_("What stood there before is in the history of its step."))
        if same:
            self.said.append(N_("{n} was here already.", "{n} were here already.", n=same))
        self.said += refused[:5]
        if len(refused) > 5:
            self.said.append(N_("And {n} more were left out.", n=len(refused) - 5))

    def _fetch(self, file: StickFile, known: dict[str, Lesson]) -> bool:
        """Whether it was news here."""
        from lovhe.apps.workspace.wiring import text_on_stick

        lesson = known.get(file.lesson)
        step = lesson.step(file.step) if lesson is not None else None
        if lesson is None or (step is None and (file.step or lesson.file.step)):
            what = N_("there is no lesson {lesson} with this step here.", lesson=f"{file.lesson[:40]} {file.step[:40]}")
            raise InputError(what, N_("Install its lesson pack, then fetch again."))
        text = text_on_stick(self._folder, file)
        work = LessonWork(lesson, self._group, self._store)
        before = work.text_or_begin(step)[0]
        if before == text:
            return False
        if before != work.begin_of(step):
            work.keep(step, before, "fetched")
        work.typed(step, text)
        return True
