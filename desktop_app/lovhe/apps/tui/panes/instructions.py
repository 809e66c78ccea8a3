"""What the pupil reads: the step's page, the story, the words to know and the stretch tasks, in the language that is wanted here."""

from __future__ import annotations

from functools import partial

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from lovhe.apps.language import LANGUAGES, current_language, key, t
from lovhe.apps.lesson_view import language_for
from lovhe.apps.tui.fitted_text import shortened
from lovhe.apps.tui.panes.page import PageView
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.steps import LessonStep
from lovhe.core.messages import N_

STEP = "step"
"""The page of the step that is shown."""

PAGES = {STEP: key("Task"), "story": key("Story"), "words": key("Words"), "stretch": key("More")}


class PageRow(Static):
    """One line: the pages on the left, the languages on the right, with their key where there is room; a click chooses."""

    class Chosen(Message):
        """A page, or a language."""

        def __init__(self, choice: str) -> None:
            super().__init__()
            self.choice = choice

    def __init__(self) -> None:
        super().__init__(id="page-row", markup=False)
        self._places: list[tuple[int, int, str]] = []

    def show(self, pages: list[str], page: str, code: str, width: int) -> None:
        """Draw it; the words for pages are shortened where there is no room for them."""
        words = [(one, t(PAGES[one])) for one in pages]
        tail = sum(len(one) + 2 for one in LANGUAGES)
        if sum(cell_len(word) + 2 for _, word in words) + tail >= width:
            most = (width - 1 - tail) // len(words) - 2
            words = [(one, shortened(word, max(most, 1))) for one, word in words]
        line, self._places = Text(no_wrap=True), []
        for choice, word in words:
            self._put(line, choice, word, chosen=choice == page)
        room = width - line.cell_len - tail
        keys = f"{t(key('Language of the text: Shift+F9'))} "
        if cell_len(keys) >= room:
            keys = f"{t(key('Shift+F9'))} "
        if cell_len(keys) < room:
            line.append(" " * (room - cell_len(keys)) + keys, "dim")
        else:
            line.append(" " * max(1, room))
        for one in LANGUAGES:
            self._put(line, one, one, chosen=one == code)
        self.update(line)

    def _put(self, line: Text, choice: str, word: str, *, chosen: bool) -> None:
        begin = line.cell_len
        line.append(f"[{word}]" if chosen else f" {word} ", "bold" if chosen else "")
        self._places.append((begin, line.cell_len, choice))

    def on_click(self, event: events.Click) -> None:
        """Tell what stands there."""
        event.stop()
        for begin, end, choice in self._places:
            if begin <= event.x < end:
                self.post_message(self.Chosen(choice))


class Instructions(Vertical):
    """One page of the lesson. `page` is which; `language` the one it is shown in, "" for the app's; `alone`: nothing stands beside it."""

    def __init__(self, lesson: Lesson, step: LessonStep | None, page: str = STEP, language: str = "", *, alone: bool = False) -> None:
        super().__init__(id="text")
        self._lesson, self._step = lesson, step
        self.page, self.language, self.alone = page, language, alone
        self._shown: tuple[str, str, int, bool] | None = None
        self._told = ""

    @property
    def code(self) -> str:
        """The language that the page is wanted in."""
        return self.language or current_language().code

    @property
    def pages(self) -> list[str]:
        """Which pages there are."""
        text = self._lesson.texts[language_for(self.code, self._lesson.texts)]
        return [page for page in PAGES if page == STEP or f"{{#{page}}}" in text.body]

    def compose(self) -> ComposeResult:
        yield PageRow()
        yield Static(id="page-fallback", markup=False)
        yield PageView(id="page")
        yield Static(id="page-next", markup=False)

    def on_mount(self) -> None:
        self.watch(self.query_one(PageView), "scroll_y", self._tell_next, init=False)
        self.screen.screen_layout_refresh_signal.subscribe(self, lambda _screen: self._tell_next())

    def on_resize(self) -> None:
        self.draw()

    def turn_to(self, page: str = "", language: str = "", *, alone: bool | None = None) -> None:
        """Another page, or another language of it; what is not said stays."""
        self.page, self.language = page or self.page, language
        self.alone = self.alone if alone is None else alone
        self.draw()

    def take_focus(self) -> None:
        """So that keys scroll it, from the very next one on."""
        self.screen.set_focus(self.query_one(PageView))

    def draw(self) -> None:
        """Show the page, if that would change anything."""
        if not self.is_attached or not self.size.width:
            return
        view = self.query_one(PageView)
        width = view.text_width_in(self.content_size.width)
        wanted = self.page, self.code, width, self.alone
        if wanted == self._shown:
            return
        same = self._shown is not None and self._shown[0] == self.page
        self._shown = wanted
        markdown, fallback = page_text(self._lesson, self._step, self.page, self.code, width, alone=self.alone)
        self.query_one(PageRow).show(self.pages, self.page, self.code, self.content_size.width - 1)
        note = self.query_one("#page-fallback", Static)
        note.update(fallback)
        note.display = bool(fallback)
        view.show(markdown, from_begin=not same)

    def _tell_next(self) -> None:
        """Where nothing stands beside the text, the way on stands below it."""
        if not self.is_attached:
            return
        view, told = self.query_one(PageView), self.query_one("#page-next", Static)
        told.display = self.alone
        if view.scroll_y < view.max_scroll_y - 1:
            words = N_("The text goes on below: press the key Down, or Space.")
        elif self._step is not None and self._step.kind == "read":
            words = N_("When you have read it, F4 goes to the next step.")
        else:
            words = N_("When you have read it, F9 opens the place to work, and leads back here.")
        if t(words) != self._told:  # each change asks for another layout
            self._told = t(words)
            told.update(self._told)


def page_text(lesson: Lesson, step: LessonStep | None, page: str, code: str, width: int, *, alone: bool) -> tuple[str, str]:
    """The page's Markdown, and a sentence where it is not in the language `code`.

    `alone` says that what is to be done does not stand beside it.
    """
    from lovhe.apps import wiring
    from lovhe.apps.lesson_forms import drawn_in_text
    from lovhe.apps.lesson_view import student_view

    kit = wiring.kit()
    beside = partial(_beside, alone=alone)
    view = student_view(lesson, kit.boards(), kit.parts(), code, partial(drawn_in_text, width=width), beside)
    wanted = {"story": "", STEP: step.id if step is not None else ""}.get(page, page)
    found = next((one for one in view.pages if one.id == wanted), view.pages[0])
    markdown = found.markdown
    if page == STEP and step is not None and step == lesson.file.step[0]:
        goal = view.pages[0].markdown.split("\n\n")[1]
        markdown = f"{goal}\n\n{markdown}"
    return markdown, t(view.fallback) if view.fallback is not None else ""


def _beside(step: LessonStep, *, alone: bool) -> tuple[bool, bool]:
    """Whether the step's program and its question stand in its form; what a text explains line by line stays with a text that is alone."""
    if step.kind in ("order", "fill", "change"):
        return True, False
    answered = step.kind in ("predict", "measure")
    return (answered and not alone), answered
