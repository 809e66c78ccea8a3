"""A lesson that is being written, looked at as pupils see it: page by page, read anew as its files change."""

from __future__ import annotations

from collections.abc import Callable

from lovhe.apps.lesson_view import LANGUAGE_NAMES, LessonPage, LessonView
from lovhe.core.errors import LovheError
from lovhe.core.lessons.lesson import Lesson

Show = Callable[[Lesson, str], LessonView]

_KEYS = {
    "next": ("n", "т", " ", "\r", "\x1b[C", "\x1b[6~"),
    "back": ("p", "з", "\x7f", "\x1b[D", "\x1b[5~"),
    "down": ("j", "о", "\x1b[B"),
    "up": ("k", "л", "\x1b[A"),
    "language": ("l", "д"),
    "quit": ("q", "й", "\x1b"),
}
"""Each key by its letter, by what a Cyrillic layout gives for the same key, and by arrows."""

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

    def press(self, typed: str) -> bool:
        """Do what a key means; whether there is such a key."""
        name = _OF_KEY.get(typed if len(typed) > 1 else typed.casefold())
        pages = len(self.view.pages) if self.view is not None else 1
        if name == "next":
            self._turn(min(self.number + 1, pages - 1))
        elif name == "back":
            self._turn(max(self.number - 1, 0))
        elif name in ("up", "down"):
            self.down = max(0, self.down + (1 if name == "down" else -1))
        elif name == "language":
            codes = list(LANGUAGE_NAMES)
            self.language = codes[(codes.index(self.language) + 1) % len(codes)] if self.language in codes else codes[0]
            self._render()
        self.ended = self.ended or name == "quit"
        return name is not None

    def _turn(self, number: int) -> None:
        if number != self.number:
            self.number, self.down = number, 0

    def _render(self) -> None:
        if self._lesson is not None:
            self.view = self._show(self._lesson, self.language)
            wanted, self._begin_with = self._begin_with, None
            if wanted is not None:
                self.number = next((index for index, page in enumerate(self.view.pages) if page.id == wanted), 0)
            self.number = min(self.number, len(self.view.pages) - 1)


def keys_in(typed: str) -> list[str]:
    """The single keys in what a terminal has sent: letters, and arrows, which come as several characters."""
    found: list[str] = []
    while typed:
        known = next((keys for keys in sorted(_OF_KEY, key=len, reverse=True) if typed.startswith(keys)), typed[0])
        found.append(known)
        typed = typed[len(known) :]
    return found
