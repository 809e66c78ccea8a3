"""The parts of a circuit, tested on a board one after another: what each did, and what somebody is asked meanwhile."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from lovhe.apps.language import key, t
from lovhe.apps.teaching.board_jobs import PartsTest
from lovhe.apps.teaching.marks_tables import titled
from lovhe.apps.tui.messages import Answered
from lovhe.apps.tui.panes.ask_box import AskBox
from lovhe.apps.tui.panes.checks import row_body, row_head
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.teacher.base import TeacherScreen
from lovhe.apps.workspace.check_state import CheckState
from lovhe.apps.workspace.hints import Hints
from lovhe.apps.workspace.told import Asked, Busy, Judged, Noticed, Recorded, Told
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.steps import LessonStep
from lovhe.core.messages import N_, Text
from lovhe.core.shown_text import harmless
from lovhe.services.ports import BoardInfo

_LOOK_S = 0.1
_ALL_PARTS = LessonStep(id="", kind="wire")


class PartsTestScreen(TeacherScreen):
    """It begins with the screen. Shift+F5 stops it, F9 tests again; Escape stops it, too, and goes back once it is over."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "again", key("Test again"), id="parts-test.again", priority=True),
        Binding("shift+f5", "stop", key("Stop"), id="parts-test.stop", priority=True),
    ]

    def __init__(self, board: BoardInfo, label: str, lesson: Lesson) -> None:
        super().__init__()
        self._board, self._label, self._lesson = board, label, lesson
        self._state = CheckState(lesson, _ALL_PARTS, Hints({}, {}))

    @property
    def keys_first(self) -> tuple[str, ...]:
        return ("app.help", "app.menu", "parts-test.again", "parts-test.stop", "teacher.back")

    def compose(self) -> ComposeResult:
        name = t(N_("Test of {board} | {lesson}", board=self._label, lesson=harmless(titled(self._lesson))))
        yield Static(name, classes="title", markup=False)
        yield Static(id="parts-told", classes="line", markup=False)
        with VerticalScroll(id="parts"):
            yield Static(id="parts-rows", markup=False)
        yield AskBox(self._state)
        yield KeyLine()

    def on_mount(self) -> None:
        self.set_interval(_LOOK_S, self._look)
        self.action_again()

    def put_together(self) -> None:
        self._show()
        self.query_one("#parts").focus()

    def action_again(self) -> None:
        """F9."""
        if self.job is None:
            self._state.begins()
            self.job = PartsTest(self._board, self._lesson)
            self.job.begin()
            self._show()

    def action_stop(self) -> None:
        """Shift+F5."""
        if self.job is not None:
            self.job.stop()
            self._state.noticed()
            self._show()

    def action_back(self) -> None:
        """Escape."""
        if self.job is None:
            self.dismiss()
        else:
            self.action_stop()

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        if isinstance(self.job, PartsTest):
            self.job.answered(event.yes)

    def _look(self) -> None:
        job = self.job
        if job is None:
            return
        over, news = job.over, job.take()
        for told in news:
            self._take(told)
        if over:
            self.job = None
            self.lovhe.look_for_boards()
            if job.problem is not None:
                self._state.broke(job.problem)
            elif job.stopped.is_set():
                self._state.stopped()
        if over or news:
            self._show()

    def _take(self, told: Told) -> None:
        match told:
            case Busy():
                self._state.busy(told.what, told.done, told.total)
            case Judged():
                self._state.judged(told.verdicts, told.now)
            case Asked():
                self._state.ask(told)
            case Noticed():
                self._state.noticed()
            case Recorded():
                self._state.over(told.report, told.not_kept)

    # --- what is seen ---

    def _show(self) -> None:
        if self._rebuilding or not self.query("#parts-rows"):
            return
        self.query_one("#parts-told", Static).update("\n".join(t(sentence) for sentence in self._told()))
        lines = []
        for row in self._state.rows:
            row.hints = len(row.report.hints) if row.report is not None else 0
            lines += [row_head(row), *(f"   {line}" for line in row_body(row))]
        self.query_one("#parts-rows", Static).update("\n".join(lines))
        self.query_one(AskBox).show()

    def _told(self) -> list[Text]:
        state = self._state
        match state.phase:
            case "broken" if state.problem is not None:
                return [state.problem.what, state.problem.next_step]
            case "stopped":
                return [N_("The test was stopped, and nothing was kept of it. F9 tests again.")]
            case "over" if state.report is not None and state.report.outcome == "passed":
                return [N_("All parts work. The result is kept with the board {board}.", board=self._label)]
            case "over":
                return [N_("Not all parts work. The result is kept with the board {board}. F9 tests again.", board=self._label)]
        doing = state.doing if state.doing is not None else N_("One moment …")
        return [doing, N_("Shift+F5 stops the test.")]
