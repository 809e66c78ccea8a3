"""A question whose answer is a line: it is asked again where the line will not do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Input, Static

from lovhe.apps.language import key, t
from lovhe.apps.tui.screens.question import Question
from lovhe.core.errors import InputError
from lovhe.core.messages import Text


class LineQuestion(Question):
    """`on_line` is called after an OK with what `read` makes of the line. `read` raises `InputError` for what will not do."""

    AUTO_FOCUS = ""  # it has its own first, and would be scrolled to another
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "point(-1)", show=False, priority=True),  # what scrolls would take them
        Binding("down", "point(1)", show=False, priority=True),
    ]

    def __init__(
        self,
        sentences: Sequence[Text],
        on_line: Callable[[str], None],
        title: Text | str,
        *,
        typed: str = "",
        placeholder: str = "",
        most: int = 0,
        read: Callable[[str], str] = str.strip,
    ) -> None:
        super().__init__(sentences, lambda: None, title)
        self._on_line, self._read = on_line, read
        self._typed, self._placeholder, self._most = typed, placeholder, most

    def compose(self) -> ComposeResult:
        with Vertical(classes="paper"):
            yield Static(t(self._title), classes="paper-title", markup=False)
            with VerticalScroll(can_focus=False):
                for sentence in self._sentences:
                    yield Static(t(sentence), classes="sentence", markup=False)
            yield Input(self._typed, id="question-line", placeholder=t(self._placeholder), max_length=self._most, compact=True)
            yield Static(id="question-wrong", markup=False)
            with Horizontal(classes="answers"):
                yield from self.answers()

    def on_mount(self, event: events.Mount) -> None:  # type: ignore[override]
        event.prevent_default()  # the letter's own would give a button the focus
        self.query_one(Input).focus()

    def answers(self) -> ComposeResult:
        """What a line answers is not answered with yes or no."""
        yield Static(t(key("Arrows and Enter")), classes="answers-keys", markup=False)
        yield Button(t(key("Cancel")), id="no", compact=True)
        yield Button(t(key("OK")), id="yes", compact=True)

    def action_point(self, by: int) -> None:
        """The arrow keys go from one to the next, and never round: above the first there is no yes, but the begin of what is asked."""
        stops = list(self.query("Button, Input"))
        here = next((place for place, stop in enumerate(stops) if stop.has_focus), 0)
        if here + by < 0:
            self.query_one(VerticalScroll).scroll_home(animate=False)
        else:
            stops[min(here + by, len(stops) - 1)].focus()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._typed = event.value

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.query_one("#yes").focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        event.prevent_default()
        if event.button.id != "yes":
            self.dismiss()
            return
        try:
            line = self._read(self._typed)
        except InputError as problem:
            self.query_one("#question-wrong", Static).update(f"{t(problem.what)} {t(problem.next_step)}")
            self.query_one(Input).focus()
            return
        self.dismiss()
        self._on_line(line)
