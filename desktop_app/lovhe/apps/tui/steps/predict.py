"""The form of a step in which one says what a shown program will do, then runs it: what was said stands beside what happened."""

from __future__ import annotations

from functools import cached_property

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from lovhe.apps.language import t
from lovhe.apps.tui.aim import Aim
from lovhe.apps.tui.steps.choices import Choices
from lovhe.apps.tui.steps.shown_program import ShownProgram
from lovhe.apps.tui.steps.step_form import StepForm
from lovhe.apps.workspace.prediction import Prediction, prediction_text, read_prediction
from lovhe.apps.workspace.run_seen import summary_sentences
from lovhe.core.checks.evidence import Event
from lovhe.core.lessons.answer_report import choice_words, question_of
from lovhe.core.messages import N_, Text
from lovhe.services.ports import BoardInfo


class PredictForm(StepForm):
    """The first answer is handed in first, whatever was seen after it; another one counts as another try, as on the command line."""

    _followed = False  # whether what happened was brought into view in this run

    @property
    def prediction(self) -> Prediction:
        """What is kept."""
        return read_prediction(self.text, self._choices)

    @cached_property
    def _aim(self) -> Aim:
        return Aim(self, lambda: self.max_scroll_y)

    @property
    def _choices(self) -> list[str]:
        return self.step.choices if self.step is not None else []

    @property
    def answer(self) -> str | None:
        """What F6 hands in."""
        return self.prediction.to_hand_in or None

    def compose(self) -> ComposeResult:
        assert self.step is not None
        words = [(choice, t(choice_words(self.lesson, self.step, choice))) for choice in self._choices]
        if self.program is not None:
            yield ShownProgram(self.program)
        yield Static(t(question_of(self.lesson, self.step)), id="question", markup=False)
        yield Choices(words, self.prediction.now)
        yield Static(id="what-happened", markup=False)

    def on_mount(self) -> None:
        self._show()

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        self._put(self.prediction.say(event.choice))

    def board_is(self, board: BoardInfo | None) -> None:
        """A virtual one is watched elsewhere."""
        super().board_is(board)
        if self.is_attached:
            self._show()

    def happened(self, events: list[Event]) -> None:
        """The run is remembered, and that the answer was given before it; once, what happened comes into view."""
        if any(event.kind == "begin" for event in events):
            self._followed = False
        if self.seen is not None and any(event.kind in ("level", "neo", "pwm", "text", "end", "gone", "stuck") for event in events):
            changed = self.prediction.ran(self.seen.summary)
            if changed != self.prediction:
                self._put(changed)
                if not self._followed:
                    self._followed = True
                    self._aim.take()

    def checked(self) -> None:
        """What was handed in is handed in."""
        if self.state is not None and self.state.phase == "over" and self.state.report is not None:
            changed = self.prediction.handed_in()
            if changed != self.prediction:
                self._put(changed)
            self.call_after_refresh(self._show_answers)

    def _show_answers(self) -> None:
        """The verdict is about them, and another one may be chosen."""
        for choices in self.query(Choices):
            choices.scroll_visible(animate=False)

    def _put(self, prediction: Prediction) -> None:
        self.take(prediction_text(prediction))
        if self.is_attached:
            self._show()

    def _show(self) -> None:
        self.query_one("#what-happened", Static).update("\n".join(one if isinstance(one, str) else t(one) for one in self._sentences()))

    def _sentences(self) -> list[Text | str]:
        assert self.step is not None
        kept = self.prediction
        if not kept.first and kept.run is None:
            return [N_("Choose an answer with the arrows and Enter, or press its number. Then F5 runs the program.")]
        said: list[Text | str] = []
        if kept.first:
            said.append(
                N_("Before the run you said: {answer}", answer=choice_words(self.lesson, self.step, kept.first))
                if kept.run is not None
                else N_("Your answer: {answer}", answer=choice_words(self.lesson, self.step, kept.first))
            )
        if kept.run is None:
            if self.board is not None and self.board.virtual:
                return [*said, N_("F5 runs the program. Shift+F8 shows what the virtual board does.")]
            return [*said, N_("F5 runs the program. Watch the board.")]
        said += [N_("What happened:"), *[_indented(one) for one in summary_sentences(self.lesson, kept.run)]]
        if not kept.first:
            return [*said, N_("Choose an answer, then press F6.")]
        if kept.now != kept.first:
            said.append(N_("Now you say: {answer}", answer=choice_words(self.lesson, self.step, kept.now)))
        if not kept.handed:
            said.append(N_("F6 hands in what you said before the run; after that you can hand in another answer."))
        return said


def _indented(sentence: Text | str) -> str:
    return "  " + (sentence if isinstance(sentence, str) else t(sentence))
