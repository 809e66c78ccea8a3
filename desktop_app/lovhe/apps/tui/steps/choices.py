"""The possible answers to a question, one of which is chosen by arrows and Enter, by its number or letter, or by a click."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from lovhe.apps.language import key
from lovhe.apps.tui.drawing import screen_glyphs
from lovhe.core.lessons.answer_report import LETTERS
from lovhe.core.shown_text import harmless


class Choices(Widget, can_focus=True):
    """`choices` are ids with their words; `chosen` is the id of the chosen one, "" for none."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", key("Up"), show=False),
        Binding("down", "move(1)", key("Down"), show=False),
        Binding("enter,space", "choose", key("Choose"), id="answer.choose", show=False),
    ]

    class Chosen(Message):
        """This is the answer."""

        def __init__(self, choice: str) -> None:
            super().__init__()
            self.choice = choice

    def __init__(self, choices: Sequence[tuple[str, str]], chosen: str = "") -> None:
        super().__init__()
        self._choices = list(choices)
        self.chosen = chosen
        ids = [choice for choice, _ in self._choices]
        self._at = ids.index(chosen) if chosen in ids else 0

    def _rows(self, width: int) -> list[tuple[int, Text]]:
        """The lines, each with the number of its choice."""
        knob, rows = screen_glyphs().knob, []
        for number, (choice, words) in enumerate(self._choices):
            sign = knob if choice == self.chosen else " "
            here = self.has_focus and number == self._at
            head = f"{screen_glyphs().arrow if here else ' '}({sign}) {number + 1} {LETTERS[number]}) "
            folded = _folded(harmless(words), max(width - len(head), 10))
            look = "bold reverse" if here else "bold" if choice == self.chosen else ""
            for index, line in enumerate(folded):
                rows.append((number, Text(f"{head if index == 0 else ' ' * len(head)}{line}".ljust(width), style=look)))
        return rows

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """See `Widget`."""
        return len(self._rows(width))

    def render(self) -> Text:
        return Text("\n").join(row for _, row in self._rows(self.size.width))

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_key(self, event: events.Key) -> None:
        """A number chooses, and so does a letter."""
        typed = (event.character or " ").lower()
        signs = ("123456789", LETTERS)
        number = next((row.index(typed) for row in signs if typed in row), len(self._choices))
        if number < len(self._choices):
            event.stop()
            self._choose(number)

    def on_click(self, event: events.Click) -> None:
        """So does a click."""
        rows = self._rows(self.size.width)
        if event.y < len(rows):
            self._choose(rows[event.y][0])

    def action_move(self, by: int) -> None:
        """To the neighbour."""
        self._at = min(max(self._at + by, 0), len(self._choices) - 1)
        self.refresh()

    def action_choose(self) -> None:
        """The one that is pointed at."""
        self._choose(self._at)

    def _choose(self, number: int) -> None:
        self._at, self.chosen = number, self._choices[number][0]
        self.refresh(layout=True)
        self.post_message(self.Chosen(self.chosen))


def _folded(words: str, width: int) -> list[str]:
    return textwrap.wrap(" ".join(words.split()), width) or [""]
