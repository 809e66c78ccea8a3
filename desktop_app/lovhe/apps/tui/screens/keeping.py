"""What the workspace does so that no work is lost: it hands on each change at once, keeps versions, and remembers the cursor's place."""

from __future__ import annotations

from functools import partial

from textual import on

from lovhe.apps.tui.messages import CursorMoved
from lovhe.apps.tui.panes.saved_sign import SavedSign
from lovhe.apps.tui.screens.stick_actions import StickActions
from lovhe.apps.tui.steps.forms import form_for
from lovhe.apps.tui.steps.program import ProgramForm
from lovhe.apps.tui.steps.step_form import StepForm
from lovhe.apps.workspace.lesson_work import LessonWork
from lovhe.core.errors import InputError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.steps import LessonStep
from lovhe.core.messages import N_
from lovhe.services.ports.work import Reason

_LOOK_S = 0.2
_FLUSH_S = 3.0


class KeepingScreen(StickActions):
    """A screen on which work is typed. `work` belongs to `lesson`, and what is typed to `step`."""

    lesson: Lesson
    step: LessonStep | None
    work: LessonWork
    _form: StepForm | None = None
    _told_problem: InputError | None = None
    _last: tuple[LessonStep | None, str] | None = None

    @property
    def form(self) -> StepForm:
        """The form of the step that is shown."""
        return self.query_one(StepForm)

    def on_mount(self) -> None:
        self.set_interval(_LOOK_S, self._show_saved)

    def on_unmount(self) -> None:
        from lovhe.apps.workspace.wiring import work_store

        if self._last is not None:
            self._keep(*self._last, "typed")
        work_store().flush(_FLUSH_S)

    def kept_text(self) -> str:
        """What was typed in this step; one that cannot be read is told."""
        text, problem = self.work.text_or_begin(self.step)
        if problem is not None:
            self.lovhe.tell_problem(problem)
        return text

    def form_of_step(self) -> StepForm:
        """The form of the step, with what was typed in it, which from now on hands on each change."""
        form = form_for(self.lesson, self.step, self.kept_text())
        form.hand_over = self._typed
        if self._form is not None and self._form.step == self.step:
            form.ended = self._form.ended
        self._form = form
        if self.lovhe.desk.lesson == self.lesson.id and self.lovhe.desk.step == (self.step.id if self.step is not None else ""):
            form.cursor = self.lovhe.desk.cursor
        return form

    def keep(self, reason: Reason) -> None:
        """What stands there now is worth a version."""
        form = self.form
        self._keep(form.step, form.text, reason)

    def _keep(self, step: LessonStep | None, text: str, reason: Reason) -> None:
        if text != self.work.begin_of(step):  # what nobody has changed is no work
            self.work.keep(step, text, reason)

    def _typed(self, step: LessonStep | None, text: str) -> None:
        self._last = step, text
        self.work.typed(step, text)

    def put_text(self, text: str) -> None:
        """Another text takes the place of what is typed in this step."""
        if type(form_for(self.lesson, self.step, text)) is type(self.form):
            self.form.put(text)
        else:
            self.form.take(text)
            self.refresh(recompose=True)

    @on(CursorMoved)
    def _cursor_moved(self, event: CursorMoved) -> None:
        from lovhe.apps.workspace.wiring import save_desk, work_store

        desk, place = self.lovhe.desk, (event.row, event.column)
        if desk.lesson == self.lesson.id and desk.cursor != place:
            desk.cursor = place
            work_store().also("desk", partial(save_desk, desk))

    def _show_saved(self) -> None:
        from lovhe.apps.workspace.wiring import work_store

        store = work_store()
        sign = self.query_one_optional(SavedSign)
        if sign is not None:
            sign.show_state(store.state)
        if store.problem is None:
            self._told_problem = None
        elif self._told_problem is None:
            self._told_problem = store.problem
            self.lovhe.tell_problem(store.problem)

    # --- versions ---

    def action_history(self) -> None:
        """What was typed in this step before."""
        from lovhe.apps.tui.screens.history import HistoryScreen

        self.keep("typed")
        self.lovhe.push_screen(HistoryScreen(self.work, self.step, self.form.text, self.put_text))

    def action_begin_again(self) -> None:
        """The step as it was in the beginning; what was typed stays in the history."""
        from lovhe.apps.tui.screens.question import Question

        sentences = [
            N_("This puts back what the step began with."),
            N_("What you have typed is kept: the history of this step has it. Begin again?"),
        ]
        self.lovhe.push_screen(Question(sentences, self._begin_again, N_("Begin again")))

    def _begin_again(self) -> None:
        self.keep("anew")
        self.put_text(self.work.begin_of(self.step))

    # --- a USB stick ---

    def before_stick(self) -> None:
        self.keep("fetched")

    def after_stick(self) -> None:
        text = self.kept_text()
        if text != self.form.text:
            self.form.put(text)

    # --- the editor ---

    def action_find(self) -> None:
        """Find and replace in the program."""
        form = self.form
        if isinstance(form, ProgramForm):
            form.find()
        else:
            self.lovhe.say(N_("There is no program to search in this step."))

    def syntax_is_wrong(self) -> bool:
        """Whether the program cannot run as it stands; then its line is marked, and said what is wrong."""
        return self.form.look_over_now()

    def action_go_to_error(self) -> None:
        """To the line in which something is wrong."""
        form = self.form
        if isinstance(form, ProgramForm):
            form.go_to_error()
