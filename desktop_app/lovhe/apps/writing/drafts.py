"""A lesson that is being written as pupils will see it, in each language beside the others, read anew as its files change."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from lovhe.apps.language import LANGUAGES
from lovhe.apps.lesson_view import LessonView, student_view
from lovhe.apps.workspace.jobs import Job, unforeseen
from lovhe.apps.writing.lesson_files import files_of, stamp_of
from lovhe.core.errors import LovheError
from lovhe.core.lessons.lint.finding import Finding
from lovhe.core.lessons.reading import LESSON_FILE
from lovhe.core.messages import N_

if TYPE_CHECKING:
    from lovhe.adapters.lesson_packs.lesson_places import LessonPlace
    from lovhe.apps.writing.lesson_files import Stamp
    from lovhe.core.lessons.lesson import Lesson

log = logging.getLogger(__name__)

LOOK_S = 0.3
_WIDTH = 80


class Draft(msgspec.Struct, frozen=True):
    """A lesson as its files are now: as far as it can be made out, its errors, and the texts, for the lines in them.

    `pages` are the ids of its pages, "" first: those of the first language that can be shown, then what only others have.
    """

    lesson: Lesson | None
    errors: list[Finding]
    texts: dict[str, str]
    pages: tuple[str, ...] = ("",)

    def errors_in(self, code: str) -> list[Finding]:
        """Why the page cannot be shown in that language; empty where it can."""
        found = [error for error in self.errors if _spoils(error.file, code)]
        if not found and (self.lesson is None or code not in self.lesson.texts):
            mend = N_("Write it; until then another language stands in.")
            found.append(Finding(f"{code}.md", None, "", N_("this language is missing."), mend, "warning"))
        return found

    def view(self, code: str, width: int) -> LessonView | None:
        """Its pages in that language, with drawings of that width if they can be so narrow; None where there are errors in it."""
        from lovhe.apps import wiring
        from lovhe.apps.lesson_forms import drawn_in_text

        if self.lesson is None or self.errors_in(code):
            return None
        kit = wiring.kit()
        return student_view(self.lesson, kit.boards(), kit.parts(), code, partial(drawn_in_text, width=width))

    def line_of(self, code: str, page: str) -> int | None:
        """The line of that language's file at which a page begins."""
        lines = self.texts.get(f"{code}.md", "").split("\n")
        return next((number for number, line in enumerate(lines, 1) if page and line.startswith("## ") and f"{{#{page}}}" in line), None)


def _spoils(file: str, code: str) -> bool:
    """Whether an error in that file may make the page in that language senseless. Mistakes and teachers' pages are on no page."""
    if file.endswith(".py"):
        return not file.startswith("wrong/")
    return file in (LESSON_FILE, f"{code}.md")


def read_draft_of(place: LessonPlace) -> Draft:
    """The lesson as it is now. Raises `LessonError` where its files cannot be read."""
    from lovhe.apps import wiring
    from lovhe.core.lessons.lint.findings import read_draft

    files, kit = files_of(place), wiring.kit()
    lesson, found = read_draft(place.id, files, kit.boards(), kit.parts())
    texts = {name: data.decode("utf-8-sig", "replace").replace("\r\n", "\n") for name, data in files.items() if name.endswith(".md")}
    draft = Draft(lesson, found, texts)
    views = [view for code in LANGUAGES if (view := draft.view(code, _WIDTH)) is not None]
    return msgspec.structs.replace(draft, pages=tuple(dict.fromkeys(["", *(page.id for view in views for page in view.pages)])))


class DraftWatch(Job):
    """Reads the lesson anew when its files have changed, until it is stopped. `draft` is None until it was read for the first time.

    `trouble` is why it could not be read as it is now.
    """

    def __init__(self, place: LessonPlace, look_s: float = LOOK_S) -> None:
        super().__init__()
        self.place = place
        self.draft: Draft | None = None
        self.trouble: LovheError | None = None
        self._look_s = look_s

    def _work(self) -> None:
        stamp: Stamp | None = None
        while not self.stopped.is_set():
            now = stamp_of(self.place)
            if now != stamp:
                stamp = now
                try:
                    self.draft, self.trouble = read_draft_of(self.place), None
                except LovheError as problem:
                    self.trouble = problem
                except Exception as problem:
                    log.warning("%s cannot be shown", self.place.id, exc_info=problem)
                    self.trouble = unforeseen()
            self.stopped.wait(self._look_s)
