"""The question before boards are flashed: which firmware, what becomes of their files, and of which class new boards are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import msgspec
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Static

from lovhe.apps.language import key, t
from lovhe.apps.teaching.flash_choices import FlashChoice, FlashOffers, Offer
from lovhe.apps.tui.screens.question import Question
from lovhe.apps.tui.teacher.choice import ListChoice
from lovhe.apps.tui.teacher.line_question import LineQuestion
from lovhe.core.boards.names import MAX_CLASS_LENGTH, check_class_name
from lovhe.core.messages import N_, Text

_CLASS = N_("Boards without a name get the next one of this class, like 7A-12. Leave it empty to give no names.")


class _Field(NamedTuple):
    """What is chosen in a list of its own."""

    name: str
    asked: str


_FIELDS = {
    "firmware": _Field(key("Firmware"), key("Which firmware?")),
    "keep_files": _Field(key("Files"), key("What becomes of the files on the boards?")),
}
"""By their names in a `FlashChoice`."""

OnFlash = Callable[[FlashChoice, str], None]
"""Called after a yes, with what was chosen and the class, "" for none."""


class FlashQuestion(LineQuestion):
    """`likely` is the class that is offered, None where all boards have names. Enter at a choice shows all that can be chosen there."""

    def __init__(
        self, asked: Text, sure: Text, title: Text, offers: FlashOffers, choice: FlashChoice, likely: str | None, on_flash: OnFlash
    ) -> None:
        super().__init__([asked, *offers.warnings], self._flash, title, typed=likely or "", read=_class_or_none)
        self._offers, self._choice, self._sure = offers, offers.fitting(choice), sure
        self._asks_class, self._on_flash = likely is not None, on_flash

    def compose(self) -> ComposeResult:
        with Vertical(classes="paper"):
            yield Static(t(self._title), classes="paper-title", markup=False)
            with VerticalScroll(can_focus=False):
                for sentence in dict.fromkeys(map(t, self._sentences)):  # what helps with one chip may help with the other
                    yield Static(sentence, classes="sentence", markup=False)
                for field in _FIELDS:
                    yield Button(id=_button(field), classes="flash-choice", compact=True)
                    yield Static(id=_meaning(field), classes="sentence", markup=False)
            if self._asks_class:
                yield Static(t(_CLASS), id="flash-class", markup=False)
                yield Input(self._typed, id="question-line", placeholder=t(key("Class")), max_length=MAX_CLASS_LENGTH, compact=True)
            yield Static(id="question-wrong", markup=False)
            yield Static(t(self._sure), id="flash-sure", markup=False)
            with Horizontal(classes="answers"):
                yield from self.answers()

    def on_mount(self, event: events.Mount) -> None:  # type: ignore[override]
        event.prevent_default()  # the line's own would look for a line
        self._show()
        self.query_one("#question-line" if self._asks_class else "#no").focus()

    def answers(self) -> ComposeResult:
        """To a question, whatever else is asked beside it."""
        yield from Question.answers(self)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Where there is little room, what a choice means is seen with it."""
        for field in _FIELDS:
            if event.widget.id == _button(field):
                self.query_one(f"#{_meaning(field)}").scroll_visible(animate=False)

    @on(Button.Pressed, ".flash-choice")
    def _choose(self, event: Button.Pressed) -> None:
        event.stop()
        event.prevent_default()  # the line's own would take it for an answer
        field = next(field for field in _FIELDS if event.button.id == _button(field))
        offers = self._offers.of(field)
        names, meanings = [t(offer.name) for offer in offers], [t(offer.meaning) for offer in offers]
        take = partial(self._take, field)
        self.app.push_screen(ListChoice(t(_FIELDS[field].asked), names, take, meanings, offers.index(self._chosen(field))))

    def _take(self, field: str, place: int) -> None:
        self._choice = msgspec.structs.replace(self._choice, **{field: self._offers.of(field)[place].value})
        self._show()

    def _chosen(self, field: str) -> Offer:
        return next(offer for offer in self._offers.of(field) if offer.value == getattr(self._choice, field))

    def _show(self) -> None:
        for field, words in _FIELDS.items():
            chosen = self._chosen(field)
            self.query_one(f"#{_button(field)}", Button).label = Content(f"{t(words.name)}: {t(chosen.name)} …")
            self.query_one(f"#{_meaning(field)}", Static).update(t(chosen.meaning))

    def _flash(self, class_name: str) -> None:
        self._on_flash(self._choice, class_name)


def _button(field: str) -> str:
    return f"choose-{field}"


def _meaning(field: str) -> str:
    return f"means-{field}"


def _class_or_none(typed: str) -> str:
    return check_class_name(typed) if typed.strip() else ""
