"""What the writer's screen does while programs of its lessons are judged: begin, tell how far it is, stop."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual.widgets import Static

from lovhe.apps.language import t
from lovhe.apps.terminal_drawings import drawn_bar
from lovhe.apps.tui.drawing import screen_glyphs
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.screens.base import LovheScreen
from lovhe.apps.writing.judging import Judging, MutateLessons, TestLessons
from lovhe.apps.writing.written import WrittenLesson
from lovhe.core.messages import N_

_BAR = 12


class JudgingScreen(LovheScreen):
    """A screen with lessons, of which one is under the cursor. What it does stands in the line #writer-doing."""

    job: Judging | None = None

    @property
    def lesson(self) -> WrittenLesson | None:
        """The lesson under the cursor."""
        raise NotImplementedError

    @property
    def lessons(self) -> list[WrittenLesson]:
        """All that are there."""
        raise NotImplementedError

    def on_unmount(self) -> None:
        if self.job is not None:
            self.job.stop()

    def action_test(self) -> None:
        """F5."""
        self._begin(TestLessons, [self.lesson] if self.lesson is not None else [])

    def action_mutate(self) -> None:
        """F6."""
        self._begin(MutateLessons, [self.lesson] if self.lesson is not None else [])

    def action_test_all(self) -> None:
        """One lesson after another."""
        self._begin(TestLessons, self.lessons)

    def action_mutate_all(self) -> None:
        """One lesson after another, which takes some minutes."""
        self._begin(MutateLessons, self.lessons)

    def _begin(self, kind: type[Judging], lessons: Sequence[WrittenLesson]) -> None:
        if self.job is not None:
            self.lovhe.say(N_("One thing at a time: wait until this is done, or stop it with Shift+F5."))
        elif lessons:
            self.job = kind(lessons)
            self.job.begin()
            self._keys_changed()
            self.show_doing()

    def action_stop(self) -> None:
        """Shift+F5."""
        if self.job is None:
            self.lovhe.say(N_("Nothing is running."))
        else:
            self.job.stop()
            self.show_doing()

    def show_doing(self) -> None:
        """What is running, and how far it is; what has ended is put away."""
        if self.job is not None and self.job.over:
            problem, self.job = self.job.problem, None
            self._keys_changed()
            if problem is not None:
                self.lovhe.tell_problem(problem)
        doing, job = self.query_one("#writer-doing", Static), self.job
        doing.display = job is not None
        if job is None or job.now is None:
            return
        _, done, total = job.now.busy or ("", 0, 0)
        percent = 100 * done // total if total else 0
        about = {"lesson": job.now.id, "done": done, "total": total}
        if job.stopped.is_set():
            told = N_("Stopping …")
        elif job.kind == "tests":
            told = N_("Tests of {lesson}: {done} of {total}. Shift+F5 stops.", **about)
        else:
            told = N_("Mutation of {lesson}: {done} of {total}. Shift+F5 stops.", **about)
        updated(doing, f"{drawn_bar(percent, _BAR, screen_glyphs())} {percent:3d} %  {t(told)}")

    def _keys_changed(self) -> None:
        self.call_after_refresh(partial(self.query_one(KeyLine).refresh, recompose=True))


def updated(line: Static, words: str) -> None:
    """Draw a line anew, if it says something else now."""
    if str(line.content) != words:
        line.update(words)
