"""A lesson that is being written, looked at as pupils see it: page by page, read anew as its files change."""

from __future__ import annotations

import re
from collections.abc import Callable

from lovhe.apps.lesson_view import LANGUAGE_NAMES, LessonPage, LessonView
from lovhe.core.errors import LovheError
from lovhe.core.lessons.lesson import Lesson

Show = Callable[[Lesson, str], LessonView]

_KEYS = {
    "next": ("n", "т", " ", "\r", "\x1b[C", "\x1bOC"),
    "back": ("p", "з", "\x7f", "\x1b[D", "\x1bOD"),
    "further": ("\x1b[6~",),
    "before": ("\x1b[5~",),
    "first": ("\x1b[H", "\x1bOH", "\x1b[1~", "\x1b[7~"),
    "last": ("\x1b[F", "\x1bOF", "\x1b[4~", "\x1b[8~"),
    "down": ("j", "о", "\x1b[B", "\x1bOB"),
    "up": ("k", "л", "\x1b[A", "\x1bOA"),
    "language": ("l", "д"),
    "quit": ("q", "й", "\x1b"),
}
"""Each key by its letter, by what a Cyrillic layout gives for the same key, and by arrows."""

_END_OF_PAGE = 1_000_000
_KEY = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]?|O.?|[^\x1b])|.", re.DOTALL)
"""A letter, or the sequence that a terminal sends for another key, as Home or F1; ECMA-48, 5.4 "Control sequences"."""
_UNFINISHED = re.compile(r"\x1b(?:\[[0-9;?]*|O)?\Z")

_OF_KEY = {typed: name for name, keys in _KEYS.items() for typed in keys}


class LessonPreview:
    """Where somebody is in a lesson: the page, how far down, the language. `problem` is why the files cannot be read as they are now."""

    def __init__(self, read: Callable[[], Lesson], show: Show, language: str, step: str | None = None) -> None:
        """`read` reads the lesson from its files, raising `LovheError`s; `show` makes pages of it in a language."""
        self._read, self._show = read, show
        self.language = language
        self._lesson: Lesson | None = None
        self.view: LessonView | None = None
        self.problem: LovheError | None = None
        self.number = 0
        self.down = 0
        self.room, self.below = 1, 0
        self.ended = False
        self._begin_with = step
        self.look()

    @property
    def page(self) -> LessonPage | None:
        """The page that is shown; None as long as the lesson could never be read."""
        return self.view.pages[self.number] if self.view is not None else None

    def look(self) -> bool:
        """Read the lesson anew; whether anything has changed. What could be read before stays on the screen."""
        problem = self.problem
        try:
            lesson = self._read()
        except LovheError as error:
            self.problem = error
            return str(error) != str(problem or "")
        self.problem = None
        if lesson == self._lesson:
            return problem is not None
        self._lesson = lesson
        self._render()
        return True

    def shown(self, lines: int, room: int) -> None:
        """The screen's word on the page that is there: so many lines long, and so many fit."""
        self.down = min(self.down, max(0, lines - room))
        self.room, self.below = room, max(0, lines - room - self.down)

    def press(self, typed: str) -> bool:
        """Do what a key means; whether there is such a key."""
        name = _OF_KEY.get(typed if len(typed) > 1 else typed.casefold())
        pages = len(self.view.pages) if self.view is not None else 1
        if name == "next":
            self._turn(min(self.number + 1, pages - 1))
        elif name == "back":
            self._turn(max(self.number - 1, 0))
        elif name in ("first", "last"):
            self._turn(0 if name == "first" else pages - 1)
        elif name == "further" and not self.below:
            self._turn(min(self.number + 1, pages - 1))
        elif name == "before" and not self.down:
            self._turn(max(self.number - 1, 0), _END_OF_PAGE)
        elif name in ("further", "before"):
            self._scroll(max(1, self.room - 1) * (1 if name == "further" else -1))
        elif name in ("up", "down"):
            self._scroll(1 if name == "down" else -1)
        elif name == "language":
            codes = list(LANGUAGE_NAMES)
            self.language = codes[(codes.index(self.language) + 1) % len(codes)] if self.language in codes else codes[0]
            self._render()
        self.ended = self.ended or name == "quit"
        return name is not None

    def _scroll(self, lines: int) -> None:
        self.down, self.below = max(0, self.down + lines), max(0, self.below - lines)

    def _turn(self, number: int, down: int = 0) -> None:
        if number != self.number:
            self.number, self.down, self.below = number, down, 0

    def _render(self) -> None:
        if self._lesson is not None:
            self.view = self._show(self._lesson, self.language)
            wanted, self._begin_with = self._begin_with, None
            if wanted is not None:
                self.number = next((index for index, page in enumerate(self.view.pages) if page.id == wanted), 0)
            self.number = min(self.number, len(self.view.pages) - 1)


class Keys:
    """Tells the single keys apart in what a terminal sends, piece by piece: letters, and others, which are several characters."""

    def __init__(self) -> None:
        self._left = ""

    def told(self, typed: str) -> list[str]:
        """The keys in the next piece. What may be the begin of a longer one waits for the piece after it, which may be empty."""
        text, self._left = self._left + typed, ""
        if typed and (unfinished := _UNFINISHED.search(text)):
            text, self._left = text[: unfinished.start()], unfinished[0]
        return _KEY.findall(text)
