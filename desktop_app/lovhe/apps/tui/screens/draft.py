"""A lesson that is being written as pupils will see it: three languages side by side where there is room, else one at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.containers import Horizontal
from textual.widgets import Static

from lovhe.apps.language import LANGUAGES, current_language, key, t
from lovhe.apps.tui.own_editors import go_to
from lovhe.apps.tui.panes.draft_column import DraftColumn, LanguageRow, errors_words
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.screens.base import LovheScreen
from lovhe.apps.tui.writer_commands import WriterCommands
from lovhe.apps.writing.drafts import Draft, DraftWatch
from lovhe.core.messages import N_
from lovhe.core.shown_text import harmless

if TYPE_CHECKING:
    from lovhe.apps.writing.written import WrittenLesson

_LOOK_S = 0.1
_SIDE_BY_SIDE = 120


class DraftScreen(LovheScreen):
    """One page after another. `page` is the id of the one that is shown, `language` the one that has the room where there is little."""

    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {WriterCommands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "turn(-1)", key("Back"), id="draft.page-back", priority=True),
        Binding("f4", "turn(1)", key("Next"), id="draft.page-next", priority=True),
        Binding("shift+f9,f21", "text_language", key("Language"), id="draft.language", priority=True),
        Binding("enter", "open", key("Open the file"), id="draft.open"),
        Binding("escape", "back", key("Lessons"), id="draft.back"),
    ]

    def __init__(self, lesson: WrittenLesson) -> None:
        super().__init__()
        self._lesson = lesson
        self._watch = DraftWatch(lesson.place)
        self._shown: tuple[Draft | None, object] | None = None
        self._pages: tuple[str, ...] = ("",)
        self.page = ""
        self.language = current_language().code
        self._share = self._share_before = 0.0
        self._expected: dict[str, int] = {}

    @property
    def keys_first(self) -> tuple[str, ...]:
        return ("app.help", "app.menu", "draft.page-back", "draft.page-next", "draft.language", "draft.open", "draft.back")

    @property
    def is_alone(self) -> bool:
        """Whether one language has all the room."""
        return self.size.width < _SIDE_BY_SIDE

    def compose(self) -> ComposeResult:
        yield Static(id="draft-title", classes="title", markup=False)
        yield LanguageRow(self._speak)
        with Horizontal(id="drafts"):
            for code in LANGUAGES:
                yield DraftColumn(code)
        yield KeyLine()

    def on_mount(self) -> None:
        self._watch.begin()
        self.set_interval(_LOOK_S, self._look)
        self._settle()

    async def recompose(self) -> None:
        self._share_before = self._share  # new columns begin at their top, and say so
        await super().recompose()

    def put_together(self) -> None:
        self._share = self._share_before
        self._settle()

    def on_unmount(self) -> None:
        self._watch.stop()

    def on_resize(self, event: events.Resize) -> None:
        self._lay_out()
        self._draw(same_page=True)

    def _settle(self) -> None:
        for column in self.query(DraftColumn):
            self.watch(column.page, "scroll_y", self._follower(column), init=False)
        self._lay_out()
        self._draw(same_page=True)
        self._take_focus()

    def _lay_out(self) -> None:
        self.set_class(self.is_alone, "-alone")
        for column in self.query(DraftColumn):
            column.display = not self.is_alone or column.code == self.language
        for row in self.query(LanguageRow):
            row.show(self.language)

    def _take_focus(self) -> None:
        if self.query(DraftColumn):
            self.query_one(f"#draft-{self.language}", DraftColumn).page.focus()

    # --- what is done ---

    def action_turn(self, by: int) -> None:
        """F3 and F4."""
        at = self._pages.index(self.page) + by
        if 0 <= at < len(self._pages):
            self.page = self._pages[at]
            self._share = 0.0
            self._draw(same_page=False)

    def action_text_language(self) -> None:
        """Shift+F9: another language where one is shown alone, else the focus goes to it."""
        self._speak(LANGUAGES[(LANGUAGES.index(self._code()) + 1) % len(LANGUAGES)])

    def action_open(self) -> None:
        """Enter: the file of this language, at the line of the page or of what is wrong."""
        draft, code = self._watch.draft, self._code()
        file, line = f"{code}.md", None
        if draft is not None:
            errors = draft.errors_in(code)
            file, line = (errors[0].file, errors[0].line) if errors else (file, draft.line_of(code, self.page))
        go_to(self.lovhe, self._lesson.place.folder / file, line)

    def action_back(self) -> None:
        """Escape."""
        self.dismiss()

    def _speak(self, code: str) -> None:
        self.language = code
        self._lay_out()
        self._draw(same_page=True)
        self._take_focus()

    def _code(self) -> str:
        """The language that the keys are about."""
        focused = next((column for column in self.query(DraftColumn) if column.page is self.focused), None)
        return focused.code if focused is not None else self.language

    # --- what is seen ---

    def _look(self) -> None:
        if self._rebuilding or not self.query(DraftColumn):
            return
        stands = self._watch.draft, self._watch.trouble
        if self._shown is None or any(new is not old for new, old in zip(stands, self._shown, strict=True)):
            page = self.query_one(f"#draft-{self._code()}", DraftColumn).page
            line = page.scroll_y if page.max_scroll_y else None
            self._draw(same_page=True)
            if line is not None and page.max_scroll_y:  # where somebody reads, the line stays; the others go along
                self._share = min(line / page.max_scroll_y, 1.0)
        self._scroll_together()

    def _draw(self, *, same_page: bool) -> None:
        if self._rebuilding or not self.query(DraftColumn) or not self.size.width:
            return
        draft = self._watch.draft
        self._shown = draft, self._watch.trouble
        if draft is not None:
            before, self._pages = self._pages, draft.pages
            if self.page not in self._pages:
                at = before.index(self.page) if self.page in before else 0
                self.page = self._pages[min(at, len(self._pages) - 1)]
        titles = {column.code: self._draw_column(column, draft, same_page=same_page) for column in self.query(DraftColumn)}
        title = titles[self.language] or next((one for one in titles.values() if one), "")
        told = N_("{lesson}: page {page} of {count}", lesson=self._lesson.id, page=self._pages.index(self.page) + 1, count=len(self._pages))
        self.query_one("#draft-title", Static).update(harmless(f"{t(told)}  {title}".rstrip()))

    def _draw_column(self, column: DraftColumn, draft: Draft | None, *, same_page: bool) -> str:
        """Show one language; the title of its page, "" where there is none."""
        trouble = self._watch.trouble
        if draft is None or trouble is not None:
            told = f"! {t(trouble.what)}\n{t(trouble.next_step)}" if trouble is not None else t(key("Reading …"))
            column.show("", told, from_begin=False)
            return ""
        width = column.page.text_width_in(max((self.size.width if self.is_alone else self.size.width // len(LANGUAGES)) - 1, 1))
        view = draft.view(column.code, width)
        if view is None:
            column.show("", errors_words(draft, column.code), from_begin=not same_page)
            return ""
        found = next((page for page in view.pages if page.id == self.page), None)
        if found is None:
            missing = N_("{file}: there is no section {id} in it.", file=f"{column.code}.md", id=f"{{#{self.page}}}")
            column.show("", f"! {t(missing)}", from_begin=True)
            return ""
        column.show(found.markdown, "", from_begin=not same_page)
        return found.title

    # --- scrolling together ---

    def _follower(self, column: DraftColumn) -> Callable[[float], None]:
        def scrolled(at: float) -> None:
            page = column.page
            if self._expected.pop(column.code, None) != round(at) and column.display and page.max_scroll_y:
                self._share = at / page.max_scroll_y
                self._scroll_together()

        return scrolled

    def _scroll_together(self) -> None:
        """The texts are of different lengths: each goes as far of its own way."""
        for column in self.query(DraftColumn):
            page = column.page
            at = round(self._share * page.max_scroll_y)
            if column.display and at != round(page.scroll_y):
                self._expected[column.code] = at
                page.scroll_to(y=at, animate=False, immediate=True)
