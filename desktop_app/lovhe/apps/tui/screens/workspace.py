"""Where a lesson is worked on: the step's text, the place for the program or the answer, and below what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.containers import Horizontal, Vertical
from textual.widgets import TabbedContent, TabPane

from lovhe.apps.language import key, t
from lovhe.apps.tui.messages import Answered, BoardsChanged, LineTyped
from lovhe.apps.tui.panes.board import BoardPane
from lovhe.apps.tui.panes.board_line import BoardLine
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.panes.output import OutputPane
from lovhe.apps.tui.panes.plot import PlotPane
from lovhe.apps.tui.panes.saved_sign import SavedSign
from lovhe.apps.tui.panes.step_bar import StepBar
from lovhe.apps.tui.screens.board_actions import BoardActions
from lovhe.apps.tui.screens.laying_out import LayingOut
from lovhe.apps.tui.screens.own_editing import OwnEditingScreen
from lovhe.apps.tui.screens.plot_actions import PlotActions
from lovhe.apps.tui.steps.step_form import StepForm
from lovhe.apps.tui.work_commands import WorkCommands
from lovhe.apps.workspace.board_jobs import TakeHome
from lovhe.apps.workspace.jobs import Job, ProgramRun
from lovhe.apps.workspace.plot_state import PlotState
from lovhe.apps.workspace.run_output import RunOutput
from lovhe.apps.workspace.run_seen import RunSeen
from lovhe.apps.workspace.step_check import StepCheck
from lovhe.apps.workspace.told import Busy, Happened, Told
from lovhe.core.checks.judging import switched_gpios
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.steps import LessonStep
from lovhe.core.messages import N_

_LOOK_S = 0.05
_SLOW_S = 0.5
_PROGRAM = "main.py"


class WorkspaceScreen(LayingOut, BoardActions, PlotActions, OwnEditingScreen):
    """One lesson of one group. What runs is a `Job`, looked at twenty times a second."""

    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {WorkCommands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "step(-1)", key("Back"), id="step.back", priority=True),
        Binding("f4", "step(1)", key("Next"), id="step.next", priority=True),
        Binding("f5", "run", key("Run"), id="run", priority=True),
        Binding("shift+f5,f17", "stop", key("Stop"), id="stop", priority=True),
        Binding("f6", "check", key("Check"), id="check", priority=True),
        Binding("f7", "hint", key("Hint"), id="hint", priority=True),
        Binding("f8", "fold('below')", key("Panel"), id="fold.below", priority=True),
        Binding("f9", "fold('text')", key("Text"), id="fold.text", priority=True),
        Binding("f12", "take_home", key("Take home"), id="board.take-home", priority=True),
        Binding("shift+f9,f21", "text_language", key("Text in another language"), id="text.language", priority=True, show=False),
        Binding("shift+f8,f20", "show_board", key("Board"), id="board.show", priority=True),
        Binding("shift+f7,f19", "find", key("Find"), id="editor.find-key", priority=True, show=False),
        Binding("ctrl+up", "scroll_below(-2)", key("Up in the panel below"), id="below.up", priority=True, show=False),
        Binding("ctrl+down", "scroll_below(2)", key("Down in the panel below"), id="below.down", priority=True, show=False),
        Binding("escape", "lessons", key("Lessons"), id="lessons"),
    ]

    def __init__(self, lesson: Lesson, step_id: str) -> None:
        super().__init__()
        from lovhe.apps.tui.screens.checking import Checking
        from lovhe.apps.workspace.lesson_work import LessonWork
        from lovhe.apps.workspace.step_notes import StepNotes
        from lovhe.apps.workspace.wiring import work_store

        self.lesson = lesson
        self.step: LessonStep | None = lesson.step(step_id) or next(iter(lesson.file.step), None)
        assert self.lovhe.desk.group is not None
        self.work = LessonWork(lesson, self.lovhe.desk.group, work_store())
        self.output = RunOutput()
        self.job: Job | None = None
        self.next_job: Job | None = None
        self.open_tab = "tab-output"
        self.seen = RunSeen()
        self.plot = PlotState()
        self.checking = Checking(self, StepNotes(lesson, self.lovhe.desk.group, work_store()))

    def compose(self) -> ComposeResult:
        with Horizontal(id="top"):
            yield self.checking.step_bar
            yield SavedSign()
        yield BoardLine()
        with Vertical(id="desk"):
            with Horizontal(id="upper"):
                yield self.instructions()
                yield self.form_of_step()
            with TabbedContent(id="below", initial=self.open_tab):
                with TabPane(t(key("Output")), id="tab-output"):
                    yield OutputPane(self.output)
                with TabPane(t(key("Checks")), id="tab-checks"):
                    yield self.checking.pane
                with TabPane(t(key("Plot")), id="tab-plot"):
                    yield PlotPane(self.plot)
                with TabPane(t(key("Board")), id="tab-board"):
                    yield BoardPane(self.lesson)
        yield self.checking.problem_box
        yield self.checking.ask_box
        yield KeyLine()

    def form_of_step(self) -> StepForm:
        """The form, with what outlives it."""
        form = super().form_of_step()
        form.state, form.seen, form.own_program = self.checking.state, self.seen, self.work.own_program(self.step)
        form.board_is(self.lovhe.board)
        return form

    def on_mount(self) -> None:
        self.set_interval(_LOOK_S, self._look)
        self._remember_place()
        self.checking.load_outcomes()
        self.lovhe.keeper.fit(self.lesson)

    def on_unmount(self) -> None:
        self.action_stop()

    # --- steps ---

    def action_step(self, by: int) -> None:
        """Another step."""
        steps = self.lesson.file.step
        if self.step is None:
            return
        number = steps.index(self.step) + by
        if 0 <= number < len(steps):
            self.show_step(steps[number])

    def show_step(self, step: LessonStep) -> None:
        """Go to `step`, keeping what was typed in this one."""
        self.keep("typed")
        self.action_stop()
        self.step = step
        self.seen = RunSeen()
        self.plot = PlotState()
        self.checking.new_step()
        self._remember_place()
        self.begin_layout()
        self.refresh(recompose=True)

    @on(StepBar.Chosen)
    def _step_chosen(self, event: StepBar.Chosen) -> None:
        self.show_step(event.step)

    def _remember_place(self) -> None:
        self.lovhe.desk.open(self.lesson.id, self.step.id if self.step is not None else "")
        self.lovhe.keep_desk()

    # --- what runs ---

    def action_run(self) -> None:
        """Run what the form makes, on the board in use."""
        source, board = self.form.program, self.lovhe.board
        self.keep("run")
        if source is None:
            self.lovhe.say(self.form.why_nothing_runs)
            self.show_work()
            return
        if self.syntax_is_wrong():
            self.show_work()
            return
        if board is None:
            self.show_work()
            self.action_show_board()
            return
        self.begin_job(ProgramRun(source, _PROGRAM, board, switched_gpios(self.lesson)))
        self.show_work()
        self.show_below("tab-output")

    def begin_job(self, job: Job) -> None:
        """Let `job` work; a program or a check before it is stopped first."""
        if self.job is None or self.job.over:
            self._start(job)
        elif isinstance(self.job, ProgramRun | StepCheck):
            self._stop_job(self.job)
            self.next_job = job
        else:
            self.lovhe.say(N_("Something still runs. Stop it first with Shift+F5."))

    def _start(self, job: Job) -> None:
        self._look()  # what the one before it still told
        self.checking.tell_problem(None)
        if not isinstance(job, StepCheck) or job.handed_in.needs_board:  # an answer alone leaves what was seen in view
            self.query_one(OutputPane).begin(self.form.program or "", typing=isinstance(job, ProgramRun))
            self.seen.begin()
        if isinstance(job, ProgramRun) and self.lovhe.board is not None:
            self.query_one(OutputPane).busy(N_("Running {file} on {board} …", file=_PROGRAM, board=self.lovhe.board.shown), 0, 0)
        self.job = job
        job.begin()
        self.refresh_bindings()

    def action_stop(self) -> None:
        """Stop what runs."""
        self.next_job = None
        if self.job is not None:
            self._stop_job(self.job)

    def _stop_job(self, job: Job) -> None:
        job.stop()
        if self.is_attached:
            self.set_timer(_SLOW_S, partial(self._tell_stopping, job))

    def _tell_stopping(self, job: Job) -> None:
        """A program that does not listen is ended by a reset, which takes some seconds."""
        if self.job is not job or job.over:
            return
        if isinstance(job, StepCheck):
            self.checking.stops()
        else:
            self.query_one(OutputPane).busy(N_("Stopping …"), 0, 0)

    def _look(self) -> None:
        job = self.job
        if job is None or self._rebuilding:
            return
        over = job.over
        for told in job.take():
            self._show(job, told)
        if over:
            self.job = None
            self.refresh_bindings()
            self.query_one(OutputPane).over()
            if isinstance(job, StepCheck):
                self.checking.over(job)
            elif job.problem is not None:
                self.checking.tell_problem(job.problem)
            elif isinstance(job, TakeHome):
                self.taken_home(job)
            if self.next_job is not None:
                follower, self.next_job = self.next_job, None
                self._start(follower)

    def _show(self, job: Job, told: Told) -> None:
        match told:
            case Happened(events):
                self.query_one(OutputPane).add(events, self.form.program or "")
                self.query_one(PlotPane).add(events)
                self.query_one(BoardPane).happened(events)
                self.seen.add(events)
                self.form.happened(events)
                if isinstance(job, ProgramRun):
                    self.checking.ran(self.form.program or "", events)
            case Busy(what, done, total) if not isinstance(job, StepCheck):
                self.query_one(OutputPane).busy(what, done, total)
        if isinstance(job, StepCheck):
            self.checking.take(job, told)

    @on(LineTyped)
    def _typed_to_the_program(self, event: LineTyped) -> None:
        if isinstance(self.job, ProgramRun):
            self.job.type(event.line.encode() + b"\r")

    # --- checks ---

    def action_check(self) -> None:
        """Judge what was done in this step."""
        self.checking.begin()

    def action_hint(self) -> None:
        """The next hint of the first check that failed."""
        self.checking.hint()

    @on(TabbedContent.TabActivated, "#below")
    def _tab_activated(self, event: TabbedContent.TabActivated) -> None:
        if self.open_tab != event.pane.id and not self.below_open:
            self.below_open = True
            self.lay_out()
        self.open_tab = event.pane.id or ""
        self.set_class(self.open_tab == "tab-checks", "checks-open")
        self.set_class(self.open_tab == "tab-plot", "plot-open")

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        """A yes or no to what was asked."""
        self.checking.answered(event.yes)

    def run_and_check(self) -> None:
        """The program was saved in the pupil's own editor."""
        self.action_stop()
        if self.step is None or self.step.checks:
            self.action_check()
        else:
            self.action_run()

    # --- boards, panels ---

    @on(BoardsChanged)
    def _boards_changed(self, event: BoardsChanged) -> None:
        self.query_one(BoardPane).board_is(event.boards, event.used)
        self.query_one(StepBar).board_is(event.used.shown if event.used is not None else "")
        self.checking.board_is(event.used)
        for form in self.query(StepForm):
            form.board_is(event.used)
        if event.used is not None:
            self.focus_if_lost()  # the button that started a board is hidden; Textual would give the keys to the button beside it

    def action_scroll_below(self, by: int) -> None:
        """What the lower panel shows, while the editor keeps the focus."""
        pane = self.query_one("#below", TabbedContent).active_pane
        for widget in pane.query("*") if pane is not None else ():
            if widget.max_scroll_y > 0:
                widget.scroll_relative(y=by, animate=False)
                return

    def action_lessons(self) -> None:
        """Back to the list."""
        self.lovhe.close_lesson()
