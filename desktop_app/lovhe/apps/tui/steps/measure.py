"""The form of a step in which a program measures: its readings as they come, then the question about them."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from lovhe.apps.language import number, t
from lovhe.apps.tui.steps.choices import Choices
from lovhe.apps.tui.steps.shown_program import ShownProgram
from lovhe.apps.tui.steps.step_form import StepForm
from lovhe.core.checks.evidence import Event
from lovhe.core.lessons.answer_report import choice_words, question_of
from lovhe.core.messages import N_, Text
from lovhe.core.shown_text import harmless

_LONGEST = 40


class MeasureForm(StepForm):
    """`text` is the answer: a choice's id, or a number as it is typed."""

    @property
    def program(self) -> str | None:
        """The step's program, or the pupil's own one."""
        begin = super().program
        return begin if begin is not None else self.own_program

    @property
    def why_nothing_runs(self) -> Text:
        """The program was to be written before."""
        return N_("Here you measure with your own program. F3 goes back to the step where it is written.")

    def compose(self) -> ComposeResult:
        assert self.step is not None
        if super().program is None:
            yield Static(t(N_("Here you measure with your own program, which you wrote before.")), markup=False)
        yield Static(id="readings", markup=False)
        yield Static(t(question_of(self.lesson, self.step)), id="question", markup=False)
        if self.step.number is None:
            yield Choices([(choice, t(choice_words(self.lesson, self.step, choice))) for choice in self.step.choices], self.text.strip())
        else:
            yield Input(self.text, id="number", max_length=_LONGEST, select_on_focus=False, placeholder=t(N_("a number")))
        yield Static(t(N_("F5 runs the program. Answer when there are enough readings, then press F6.")), id="measure-help", markup=False)
        if self.program is not None:
            yield ShownProgram(self.program)

    def on_mount(self) -> None:
        self._show()

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        self.take(event.choice)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self.text:
            self.take(event.value)

    @on(Input.Submitted)
    async def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        await self.run_action("screen.check")

    def happened(self, events: list[Event]) -> None:
        """More readings."""
        if self.is_attached:
            self._show()

    def _show(self) -> None:
        self.query_one("#readings", Static).update("\n".join(self._readings()))

    def _readings(self) -> list[str]:
        series = self.seen.series if self.seen is not None else {}
        if not series:
            return [t(N_("No readings yet. F5 runs the program."))]
        width = max(len(_shown(name)) for name in series)
        return [
            f"{_shown(name):<{width}}  {t(N_('{n} reading', '{n} readings', n=one.count))}: "
            + ("… " if one.count > len(one.newest) else "")
            + "  ".join(number(round(value, 3)) for value in one.newest)
            for name, one in series.items()
        ]


def _shown(name: str) -> str:
    return harmless(name)[:24] or t(N_("(no name)"))
