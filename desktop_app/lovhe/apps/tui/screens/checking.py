"""Checks in the workspace: between the screen, whose keys and jobs these are, and what the panes show of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lovhe.apps.language import key, t
from lovhe.apps.tui.panes.ask_box import AskBox
from lovhe.apps.tui.panes.checks import ChecksPane, result_sentence
from lovhe.apps.tui.panes.problem_box import ProblemBox
from lovhe.apps.tui.panes.step_bar import StepBar
from lovhe.apps.tui.steps.step_form import StepForm
from lovhe.apps.workspace.check_state import CheckState
from lovhe.apps.workspace.step_check import HandedIn, StepCheck, WatchedRun
from lovhe.apps.workspace.step_notes import StepNotes
from lovhe.apps.workspace.step_progress import better, step_outcomes
from lovhe.apps.workspace.told import AnswerWanted, Asked, Busy, Happened, Judged, Noticed, Recorded, Told
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.report import Report
from lovhe.core.errors import InputError, LovheError, NoBoardError
from lovhe.core.messages import N_, Text
from lovhe.services.ports import BoardInfo

if TYPE_CHECKING:
    from lovhe.apps.tui.screens.workspace import WorkspaceScreen

_MOST_EVENTS = 20_000


class Checking:
    """One for a workspace. `state` is how the checks of the step in view stand, `problem` what went wrong with the board last."""

    def __init__(self, screen: WorkspaceScreen, notes: StepNotes) -> None:
        self._screen, self._notes = screen, notes
        self.outcomes: dict[str, str] = {}
        self.problem: LovheError | None = None
        self._begun_at = 0  # after so many keys the last check was begun
        self._checked: WatchedRun | None = None
        self._own: WatchedRun | None = None
        self.state = self._fresh()

    def _fresh(self) -> CheckState:
        step = self._screen.step
        return CheckState(self._screen.lesson, step, self._notes.hints(step, self._screen.lovhe.settings.hint_rule))

    # --- the screen's parts ---

    @property
    def pane(self) -> ChecksPane:
        """What shows the checks."""
        steps = self._screen.lesson.file.step
        return ChecksPane(self.state, is_last=not steps or self._screen.step == steps[-1])

    @property
    def ask_box(self) -> AskBox:
        """What shows what somebody is asked."""
        return AskBox(self.state)

    @property
    def problem_box(self) -> ProblemBox:
        """What shows what went wrong."""
        return ProblemBox(self.problem)

    @property
    def step_bar(self) -> StepBar:
        """The first line."""
        group = self._screen.lovhe.desk.group
        names = (group.names or t(key("Guest"))) if group is not None else ""
        board = self._screen.lovhe.board
        return StepBar(self._screen.lesson, self._screen.step, self.outcomes, names, board.shown if board is not None else "")

    def load_outcomes(self) -> None:
        """Find out how the steps stand, in a thread."""
        group = self._screen.lovhe.desk.group
        assert group is not None

        def look() -> None:
            found = step_outcomes(self._screen.lesson, group, self._notes)
            self._screen.app.call_from_thread(self._stands, found)

        self._screen.run_worker(look, thread=True, group="outcomes", exit_on_error=False)

    def _stands(self, found: dict[str, str]) -> None:
        for step, outcome in found.items():
            self.outcomes[step] = better(self.outcomes.get(step, ""), outcome)
        for bar in self._screen.query(StepBar):
            bar.stands(self.outcomes)

    # --- a check ---

    def new_step(self) -> None:
        """Another step is in view."""
        self._checked = self._own = self.problem = None
        self.state = self._fresh()

    def begin(self) -> None:
        """F6: judge what the form holds."""
        screen, group = self._screen, self._screen.lovhe.desk.group
        if isinstance(screen.job, StepCheck) and not screen.job.stopped.is_set():
            screen.lovhe.say(N_("A check goes on. Shift+F5 stops it."))
            return
        if screen.step is not None and screen.step.kind == "read":
            screen.lovhe.say(N_("In this step there is something to read, and nothing to check. F4 goes to the next step."))
            return
        assert group is not None
        self._begun_at = screen.lovhe.keys_taken
        form = screen.form
        given = HandedIn(screen.lesson, screen.step, form.program, form.answer, group, screen.lovhe.board, self._checked, self._own)
        self.tell_problem(None)
        self.state.begins()
        before = self._before(given)
        if before is not None:
            self.state.busy(before, 0, 0)
        screen.keep("checked")
        screen.show_work()
        screen.show_below("tab-checks")
        self._show()
        screen.begin_job(StepCheck(given))

    def stops(self) -> None:
        """Shift+F5 was pressed, and the program does not listen yet."""
        if self.state.goes_on:
            self.state.busy(N_("Stopping …"), 0, 0)
            for pane in self._screen.query(ChecksPane):
                pane.show_progress()

    def _before(self, given: HandedIn) -> Text | None:
        """What will happen, and how long it takes."""
        if not given.needs_board or given.board is None:
            return None
        if given.step is not None and given.step.kind == "wire":
            return N_("Now each part is tested on the board {board}, one after another.", board=given.board.shown)
        if given.asks:
            return N_("Your program runs on the board {board}. Stay here: you will be asked to do something.", board=given.board.shown)
        return N_(
            "Your program runs on the board {board}, and Lövhə watches it for about {n} second.",
            "Your program runs on the board {board}, and Lövhə watches it for about {n} seconds.",
            board=given.board.shown,
            n=max(1, round(given.seconds)),
        )

    def hint(self) -> None:
        """F7."""
        if not self.state.next_hint():
            self._screen.lovhe.say(self.state.why_no_hint)
            return
        self._screen.show_below("tab-checks")
        self._show()

    def answered(self, yes: bool) -> None:
        """Somebody has said yes or no."""
        if isinstance(self._screen.job, StepCheck):
            self._screen.job.answered(yes)

    # --- what jobs tell ---

    def take(self, job: StepCheck, told: Told) -> None:
        """Show what a check tells; one that was stopped, or belongs to another step by now, tells nothing any more."""
        late = job.stopped.is_set() and not isinstance(told, Recorded)
        if late or not self.state.goes_on or job.handed_in.step != self._screen.step:
            return
        match told:
            case Busy(what, done, total):
                self.state.busy(what, done, total)
                self._screen.query_one(ChecksPane).show_progress()
                return
            case Judged(verdicts, now):
                self.state.judged(verdicts, now)
            case Asked():
                self.state.ask(told)
                self._screen.query_one(AskBox).show()
                return
            case Noticed():
                self.state.noticed()
                self._screen.query_one(AskBox).show()
                return
            case AnswerWanted():
                self.state.wants_answer()
            case Recorded(report, not_kept):
                self.state.over(report, not_kept)
                self._judged(report, kept=not_kept is None)
            case Happened():
                return
        self._show()

    def ran(self, source: str, events: list[Event]) -> None:
        """A program runs outside of a check; in a measure step its readings are what an answer is about."""
        step = self._screen.step
        if step is None or step.number is None:
            return
        if self._own is None or self._own.source != source or any(event.kind == "begin" for event in events):
            self._own = WatchedRun(source, [])
        if len(self._own.events) < _MOST_EVENTS:
            self._own.events.extend(events)

    def over(self, job: StepCheck) -> None:
        """The job has ended."""
        if job.handed_in.step != self._screen.step:
            return
        if job.run is not None:
            self._checked = job.run
        if job.problem is not None:
            self.state.broke(job.problem)
            if isinstance(job.problem, NoBoardError):
                self._show_board()
            if not isinstance(job.problem, InputError):
                self.tell_problem(job.problem)
            elif self._screen.has_class("no-below"):
                self._screen.lovhe.tell_problem(job.problem)
        elif self.state.goes_on:
            self.state.stopped()
        self._show()

    def _show_board(self) -> None:
        """Where one can be started, and with Enter, unless somebody types on in the program meanwhile."""
        if self._screen.lovhe.keys_typed > self._begun_at + 1:
            self._screen.show_below("tab-board")
        else:
            self._screen.action_show_board()

    def board_is(self, board: BoardInfo | None) -> None:
        """Boards have come or gone: that there is none is no problem any more once there is one."""
        if board is not None and isinstance(self.problem, NoBoardError):
            self.tell_problem(None)

    def _judged(self, report: Report, *, kept: bool) -> None:
        step = self._screen.step
        if kept:
            self._notes.judged(step, report.outcome, report.points)
            self._stands({step.id if step is not None else "": report.outcome})
        sentence = result_sentence(self.state)
        if sentence is not None and self._screen.has_class("no-below"):
            self._screen.lovhe.say(sentence)

    def tell_problem(self, problem: LovheError | None) -> None:
        """What went wrong with the board stays to be read; None takes it away."""
        self.problem = problem
        for box in self._screen.query(ProblemBox):
            box.tell(problem)

    def _show(self) -> None:
        for form in self._screen.query(StepForm):
            form.state = self.state
            form.checked()
        for pane in self._screen.query(ChecksPane):
            pane.show()
        for box in self._screen.query(AskBox):
            box.show()
