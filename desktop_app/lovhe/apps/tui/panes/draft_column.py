"""One language of a page that is being written, and the row to choose a language from where only one has room."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from lovhe.apps.language import LANGUAGES, t
from lovhe.apps.lesson_view import LANGUAGE_NAMES
from lovhe.apps.tui.panes.page import PageView
from lovhe.apps.writing.drafts import Draft
from lovhe.apps.writing.words import finding_sentence, place_words
from lovhe.core.messages import N_
from lovhe.core.shown_text import harmless

_MOST_ERRORS = 5


class DraftColumn(Vertical):
    """One language of the page, or why it cannot be shown."""

    def __init__(self, code: str) -> None:
        super().__init__(id=f"draft-{code}", classes="draft")
        self.code = code

    def compose(self) -> ComposeResult:
        yield Static(f"{self.code}  {LANGUAGE_NAMES[self.code]}", classes="draft-language", markup=False)
        yield Static(classes="draft-errors", markup=False)
        yield PageView()

    @property
    def page(self) -> PageView:
        """Where the text stands."""
        return self.query_one(PageView)

    def show(self, markdown: str, errors: str, *, from_begin: bool) -> None:
        """The page, or else what is wrong."""
        told = self.query_one(".draft-errors", Static)
        told.update(harmless(errors))
        told.display = bool(errors)
        self.page.show(markdown, from_begin=from_begin)


class LanguageRow(Static):
    """The languages, where only one has room; a click chooses."""

    def __init__(self, choose: Callable[[str], None]) -> None:
        super().__init__(id="draft-row", markup=False)
        self._choose = choose

    def show(self, chosen: str) -> None:
        """Mark the one that is shown."""
        self.update(" ".join(f"[{code}]" if code == chosen else f" {code} " for code in LANGUAGES))

    def on_click(self, event: events.Click) -> None:
        """Each takes four columns and one between."""
        at = (event.x - 1) // 5
        if 0 <= at < len(LANGUAGES):
            self._choose(LANGUAGES[at])


def errors_words(draft: Draft, code: str) -> str:
    """The first few of what is wrong, with the line of each and the mend."""
    found = draft.errors_in(code)
    lines = [t(N_("This page cannot be shown in this language as the files are now:"))]
    for one in found[:_MOST_ERRORS]:
        lines += [f"x {place_words(one.file, one.line)}  {finding_sentence(one)}", f"  {t(one.mend)}"]
    if len(found) > _MOST_ERRORS:
        lines.append(t(N_("And {n} more.", n=len(found) - _MOST_ERRORS)))
    return "\n".join(lines)
