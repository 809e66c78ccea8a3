"""What the workspace does while a step is edited in the pupil's own editor."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from lovhe.apps.language import t
from lovhe.apps.tui.screens.keeping import KeepingScreen
from lovhe.apps.tui.steps.program import ProgramForm
from lovhe.apps.tui.steps.step_form import StepForm
from lovhe.apps.workspace.own_editor import OwnFile
from lovhe.core.errors import LovheError
from lovhe.core.lessons.steps import LessonStep
from lovhe.core.messages import N_

_LOOK_S = 0.1


class OwnEditingScreen(KeepingScreen):
    """A workspace that takes in a file. What is typed here meanwhile is written to the file."""

    _own: OwnFile | None = None
    _own_step = ""

    def on_mount(self) -> None:
        self.set_interval(_LOOK_S, self._look_at_own_file)

    def on_unmount(self) -> None:
        self.end_own_file()

    def action_own_editor(self) -> None:
        """Ask for the folder; a second time, the app's own editor is enough again."""
        from lovhe.apps.tui.screens.own_editor import OwnEditorScreen
        from lovhe.apps.tui.screens.question import Question
        from lovhe.apps.workspace.wiring import own_file_folder

        if self._own is not None:
            sentences = [
                N_("Lövhə looks at this file: {file}", file=str(self._own.file)),
                N_("Each time you save it in your editor, it runs and is checked here. Stop that? The file stays where it is."),
            ]
            self.lovhe.push_screen(Question(sentences, self.end_own_file, N_("Use my own editor")))
        elif not isinstance(self.form, ProgramForm):
            self.lovhe.say(N_("There is no program to write in this step."))
        else:
            key = self.work.key(self.step)
            folder = own_file_folder(key.group, key.lesson, key.step)
            self.lovhe.push_screen(OwnEditorScreen(folder, self._begin_own_file))

    def end_own_file(self) -> None:
        """The file is looked at no more; it stays."""
        if self._own is not None:
            self._own.end()
            self._own = None

    def form_of_step(self) -> StepForm:
        """See `KeepingScreen`; a file belongs to one step."""
        if self._own is not None and self._own_step != (self.step.id if self.step is not None else ""):
            self.end_own_file()
        return super().form_of_step()

    def _typed(self, step: LessonStep | None, text: str) -> None:
        super()._typed(step, text)
        if self._own is not None:
            from lovhe.apps.workspace.wiring import work_store

            work_store().also("own file", partial(self._own.put, text))

    def _begin_own_file(self, folder: Path) -> None:
        self._own_step = self.step.id if self.step is not None else ""
        self.run_worker(partial(self._put_own_file, OwnFile(folder / "main.py"), self.form.text), thread=True, exit_on_error=False)

    def _put_own_file(self, own: OwnFile, text: str) -> None:
        try:
            own.begin(text)
        except LovheError as problem:
            self.app.call_from_thread(self.lovhe.tell_problem, problem)
            return
        self.app.call_from_thread(self._own_file_is_there, own)

    def _own_file_is_there(self, own: OwnFile) -> None:
        self._own = own
        told = N_("Open {file} in your editor. When you save it, it runs and is checked here.", file=str(own.file))
        self.notify(t(told), timeout=30, markup=False)

    def _look_at_own_file(self) -> None:
        own = self._own
        if own is None or not self.query(StepForm):
            return
        for news in own.take():
            if isinstance(news, LovheError):
                self.lovhe.tell_problem(news)
            elif news != self.form.text:
                self.keep("typed")
                self.form.put(news)
                self.run_and_check()

    def run_and_check(self) -> None:
        """What is to be done with a program that was saved elsewhere."""
        raise NotImplementedError
