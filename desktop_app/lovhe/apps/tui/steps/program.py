"""The form of steps in which a program is written: the editor, what is found in it, and what is wrong with it."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.events import Click
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static, TextArea

from lovhe.apps.language import t
from lovhe.apps.tui.messages import CursorMoved
from lovhe.apps.tui.panes.editor import ProgramEditor
from lovhe.apps.tui.panes.find_bar import FindBar
from lovhe.apps.tui.steps.step_form import NOT_STARTED, StepForm
from lovhe.core.checks.evidence import Event
from lovhe.core.messages import Text
from lovhe.core.programs.problem import ProgramProblem

_PAUSE_S = 1.5


class ProgramForm(StepForm):
    """An editor. What is wrong with the program is told when one stops typing, and after a run that failed."""

    _wrong_of = ""  # "typing" or "run": where the sentence that is shown comes from
    _ran = ""
    _refused: str | None = None  # the text that was not started: what was said of it stays
    _pause: Timer | None = None

    def compose(self) -> ComposeResult:
        editor = ProgramEditor(self.text, self._changed, id="editor")
        yield FindBar(editor)
        yield editor
        yield Static(id="wrong", markup=False)

    def on_mount(self) -> None:
        self.editor.move_cursor(self.cursor)
        if self.ended is not None:
            self.happened([self.ended])
        else:
            self._wait_for_a_pause()

    @property
    def editor(self) -> ProgramEditor:
        """The program's text area."""
        return self.query_one(ProgramEditor)

    @property
    def place_to_work(self) -> Widget | None:
        """The editor."""
        return self.editor

    @property
    def program(self) -> str | None:
        """What stands in the editor."""
        return self.text

    @property
    def answer(self) -> str | None:
        """A program is handed in."""
        return None

    def put(self, text: str) -> None:
        """Another text comes from elsewhere; Undo brings the present one back."""
        self.editor.put_text(text)

    def find(self) -> None:
        """Ask for what is to be found."""
        self.query_one(FindBar).open()

    def go_to_error(self) -> None:
        """Put the cursor at the end of the line that is marked: what is missing is mostly missing there."""
        editor = self.editor
        if editor.marked_line:
            row = min(editor.marked_line, editor.document.line_count) - 1
            editor.move_cursor((row, len(editor.document[row])), center=True)
        editor.focus()

    def mark_error(self, line: int, sentences: list[str], source: str = "run") -> None:
        """Mark a line (0: none) and say below the editor what is wrong, until the line is changed."""
        self._wrong_of = source
        self.editor.mark(line)
        wrong = self.query_one("#wrong", Static)
        wrong.update("! " + " ".join(sentences))
        wrong.add_class("told")

    def clear_error(self) -> None:
        """Nothing is wrong any more, as far as one can see."""
        self._wrong_of, self.ended = "", None
        self.editor.mark(0)
        self.query_one("#wrong", Static).remove_class("told")

    def look_over_now(self) -> bool:
        """That is told without waiting for a pause."""
        from lovhe.core.programs.program import syntax_problem

        problem = syntax_problem(self.text)
        if problem is None:
            return False
        self._refused = self.text
        self.mark_error(problem.line, [t(NOT_STARTED), *_sentences(problem.what, problem.hint)], "typing")
        self.go_to_error()
        return True

    def happened(self, events: list[Event]) -> None:
        """A run that ended with an error marks its line."""
        from lovhe.core.programs.friendly_errors import explain

        for event in events:
            match event.kind, event.args:
                case "begin", _:
                    self._ran = self.text
                    self.clear_error()
                case "end", ["error", kind, message, line, *_]:
                    self.ended = event
                    what, hint = explain(str(kind), str(message), int(line), self._ran or self.text)
                    self.mark_error(int(line), _sentences(what, hint))

    # --- typing ---

    def _changed(self, text: str) -> None:
        if text != self.text:
            self._refused = None
            self.take(text)
            self._wait_for_a_pause()

    @on(TextArea.SelectionChanged)
    def _moved(self, event: TextArea.SelectionChanged) -> None:
        event.stop()
        self.post_message(CursorMoved(*event.selection.end))

    @on(ProgramEditor.FindWanted)
    def _find_wanted(self) -> None:
        self.find()

    @on(ProgramEditor.MarkGone)
    def _mark_gone(self) -> None:
        self.clear_error()

    def on_click(self, event: Click) -> None:
        """A click on the sentence goes to its line."""
        if event.widget is not None and event.widget.id == "wrong":
            self.go_to_error()

    def _wait_for_a_pause(self) -> None:
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(_PAUSE_S, self._look_over)

    def _look_over(self) -> None:
        self.run_worker(partial(self._look_for_problems, self.text), thread=True, exclusive=True, group="syntax")

    def _look_for_problems(self, text: str) -> None:
        from lovhe.core.programs.program import syntax_problem

        problem = syntax_problem(text) if text.strip() else None
        self.app.call_from_thread(self._looked_over, text, problem)

    def _looked_over(self, text: str, problem: ProgramProblem | None) -> None:
        if text == self._refused or text != self.text or not self.is_attached:
            return
        if problem is not None:
            self.mark_error(problem.line, _sentences(problem.what, problem.hint), "typing")
        elif self._wrong_of == "typing":
            self.clear_error()


def _sentences(what: Text, hint: Text | None) -> list[str]:
    return [t(what)] + ([t(hint)] if hint is not None else [])
