"""The form of a step in which gaps in a program are filled: fields that stand in the program where its gaps are."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, ScrollableContainer, Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from lovhe.apps.language import key, t
from lovhe.apps.tui.panes.program_colours import coloured_lines
from lovhe.apps.tui.steps.step_form import NOT_STARTED, StepForm
from lovhe.core.lessons.answers import filled_program, gap_fillings, gap_marks, gap_pattern
from lovhe.core.messages import N_

_LEAST = 8
_MOST = 200
"""Letters in a gap."""


class Gap(Input, inherit_bindings=True):
    """One gap; it grows with what is typed. `name_of_gap` is its name in the lesson."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,enter", "app.focus_next", key("The next gap"), id="gap.next", show=False),
        Binding("up", "app.focus_previous", key("The gap before"), id="gap.before", show=False),
    ]

    def __init__(self, name_of_gap: str, mark: str, filling: str) -> None:
        super().__init__(filling, placeholder=mark, compact=True, max_length=_MOST, select_on_focus=False, classes="gap")
        self.name_of_gap = name_of_gap
        self.fit()

    def fit(self) -> None:
        """As wide as what stands in it."""
        self.styles.width = max(_LEAST, cell_len(self.value) + 2)


class FillForm(StepForm):
    """What is kept is the program with what fills its gaps; where it differs elsewhere, it is shown in an editor instead."""

    _last: Gap | None = None

    @property
    def fillings(self) -> dict[str, str]:
        """What fills which gap."""
        assert self.step is not None
        found = gap_fillings(self.lesson, self.step, self.text)
        return found if found is not None else dict.fromkeys(self.step.gaps, "")

    @property
    def program(self) -> str | None:
        """The program with what fills its gaps so far."""
        return self.text

    @property
    def answer(self) -> str | None:
        """The program is handed in."""
        return None

    def compose(self) -> ComposeResult:
        with ScrollableContainer(id="gapped", can_focus=False), Vertical():
            yield from self._lines()
        yield Static(
            t(N_("Write into the gaps. Tab goes to the next one, F5 runs the program, F6 checks it.")), id="fill-help", markup=False
        )
        yield Static(id="fill-wrong", markup=False)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The keys come back to the gap that they left."""
        if isinstance(event.widget, Gap):
            self._last = event.widget

    @property
    def place_to_work(self) -> Widget | None:
        """The gap that had the keys last, or the first one."""
        return self._last if self._last is not None and self._last.is_attached else super().place_to_work

    def on_resize(self) -> None:
        """The lower panel has opened or closed: the gap that has the keys stays in view."""
        self.call_after_refresh(self._show_gap)

    def _show_gap(self) -> None:
        for gap in self.query(Gap):
            if gap.has_focus:
                gap.scroll_visible(animate=False)

    def look_over_now(self) -> bool:
        """What cannot be compiled is told here, beside the gaps, and not by the board."""
        from lovhe.core.programs.program import syntax_problem

        problem = syntax_problem(self.text)
        if problem is None:
            self._tell("")
            return False
        sentences = [one for one in (NOT_STARTED, problem.what, problem.hint) if one is not None]
        self._tell("! " + " ".join(t(sentence) for sentence in sentences))
        return True

    def _tell(self, words: str) -> None:
        wrong = self.query_one("#fill-wrong", Static)
        wrong.update(words)
        wrong.display = bool(words)

    def _lines(self) -> ComposeResult:
        """Lines without a gap stand together, those with gaps alone; of a gap that is there twice, only the first is a field."""
        assert self.step is not None
        marks, fillings, seen = gap_marks(self.step), self.fillings, set[str]()
        source = self.lesson.begin_of(self.step) or ""
        lines = coloured_lines(source, dark=self.app.current_theme.dark)
        width, plain = len(str(len(lines))), Text(no_wrap=True)
        for number, line in enumerate(lines, 1):
            found = sorted((one.start(), one.end(), name) for name in marks for one in gap_pattern(name).finditer(line.plain))
            head = Text(f"{number:>{width}} ", style="dim")
            if not found:
                plain.append_text(Text("\n") if plain else Text()).append_text(head).append_text(line)
                continue
            if plain:
                yield Static(plain)
            plain = Text(no_wrap=True)
            with Horizontal(classes="gapped-line"):
                at, piece = 0, head
                for begin, end, name in found:
                    yield Static(piece.append_text(line[at:begin]))
                    if name in seen:
                        yield Static(fillings[name] or marks[name], classes=f"again-{marks[name].strip('_')}", markup=False)
                    else:
                        yield Gap(name, marks[name], fillings[name])
                    seen.add(name)
                    at, piece = end, Text()
                yield Static(piece.append_text(line[at:]))
        if plain:
            yield Static(plain)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        assert self.step is not None
        assert isinstance(event.input, Gap)
        event.input.fit()
        fillings = {gap.name_of_gap: gap.value for gap in self.query(Gap)}
        marks = gap_marks(self.step)
        for again in self.query(f".again-{marks[event.input.name_of_gap].strip('_')}").results(Static):
            again.update(event.value or marks[event.input.name_of_gap])
        text = filled_program(self.lesson, self.step, fillings)
        if text != self.text:
            self._tell("")
            self.take(text)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
