"""A page of a lesson, folded to the width there is; a table or a drawing that needs more keeps it, and the page scrolls sideways."""

from __future__ import annotations

import io
from typing import ClassVar

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Heading, Markdown, MarkdownElement, TableElement
from rich.measure import Measurement
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text
from rich.theme import Theme
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from lovhe.apps.language import key
from lovhe.apps.lesson_screen import shown_markdown
from lovhe.apps.tui.panes.program_colours import coloured

_FAR = 1000
_LEAST_WIDTH = 20
_MOST_WIDTH = 90
"""Longer lines are hard to read."""

_LOOKS = {
    "markdown.h1": "bold reverse",
    "markdown.h2": "bold reverse",
    "markdown.h3": "bold underline",
    "markdown.strong": "bold",
    "markdown.em": "italic",
    "markdown.item.bullet": "bold",
    "markdown.item.number": "bold",
    "markdown.table.header": "bold",
    "markdown.table.border": "dim",
    "markdown.link": "underline",
    "markdown.link_url": "underline",
    "markdown.block_quote": "italic",
}


class _Heading(Heading):
    """One line."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Text.assemble(" ", self.text.copy(), " ", style=console.get_style(f"markdown.{self.tag}"))


class _Code(CodeBlock):
    """Lines stay as they are, however long."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        code = str(self.text).rstrip()
        if self.lexer_name in ("python", "py"):
            yield coloured(code, dark=self.theme == "dark")
        else:
            yield Text(code.expandtabs(4), no_wrap=True, overflow="ignore")


class _Table(TableElement):
    """A word is never cut: where the widest words need more room than there is, the table is wider."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for table in super().__rich_console__(console, options):
            assert isinstance(table, Table)
            table.show_edge = False
            for column in table.columns:
                cells = [column.header, *column.cells]
                column.min_width = max(Measurement.get(console, options, cell).minimum for cell in cells)
                column.overflow = "fold"
            least = Measurement.get(console, options.update(width=_FAR), table).minimum
            yield from console.render(table, options.update(width=max(options.max_width, least)))


class PageText(Markdown):
    """Markdown in the looks of the app."""

    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "heading_open": _Heading,
        "fence": _Code,
        "code_block": _Code,
        "table_open": _Table,
    }


def page_lines(markdown: str, width: int, *, dark: bool) -> list[list[Segment]]:
    """The page, folded to `width` columns; lines of tables and drawings may be longer."""
    looks = {**_LOOKS, "markdown.code": "bold #ffb86c" if dark else "bold #8a2b00"}
    console = Console(
        file=io.StringIO(), width=width, theme=Theme(looks), force_terminal=True, color_system="truecolor", legacy_windows=False
    )
    text = shown_markdown(markdown, PageText, "dark" if dark else "light")
    lines = list(Segment.split_lines(console.render(text, console.options.update(width=width))))
    bullet, dash = " • ", " - "
    return [[Segment(dash, segment.style) if segment.text == bullet else segment for segment in line] for line in lines]


class PageView(ScrollView, can_focus=True):
    """Scrolls by keys when it is focused, and by the wheel. What the mouse has selected in it is copied with Ctrl+C."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", key("Up"), show=False),
        Binding("down", "scroll_down", key("Down"), show=False),
        Binding("left", "scroll_left", key("Left"), show=False),
        Binding("right", "scroll_right", key("Right"), show=False),
        Binding("home", "scroll_home", key("Begin"), show=False),
        Binding("end", "scroll_end", key("End"), show=False),
        Binding("pageup", "page_up", key("A page up"), show=False),
        Binding("pagedown,space", "page_down", key("A page down"), show=False),
    ]

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._markdown = ""
        self._strips: list[Strip] = []
        self._drawn_for: tuple[str, int, bool] = ("", 0, True)

    def text_width_in(self, width: int) -> int:
        """The columns that there are for text in a page of this width, beside the sign for the focus and the bar."""
        return max(_LEAST_WIDTH, min(width - 2, _MOST_WIDTH))

    @property
    def plain(self) -> str:
        """What stands in the page, without its looks."""
        return "\n".join(strip.text.rstrip() for strip in self._strips)

    def show(self, markdown: str, *, from_begin: bool = True) -> None:
        """Another page."""
        self._markdown = markdown
        self._draw()
        if from_begin:
            self.scroll_to(0, 0, animate=False)

    def on_resize(self) -> None:
        self._draw()

    def notify_style_update(self) -> None:
        """See `Widget`: another theme, or other looks."""
        super().notify_style_update()
        if self.is_attached:
            self._draw()

    def _draw(self) -> None:
        wanted = self._markdown, self.text_width_in(self.outer_size.width), self.app.current_theme.dark
        if not self.outer_size.width or wanted == self._drawn_for:
            return
        self._drawn_for = wanted
        lines = page_lines(*wanted[:2], dark=wanted[2])
        self._strips = [Strip(line) for line in lines]
        self.virtual_size = Size(max((strip.cell_length for strip in self._strips), default=0), len(self._strips))
        self.refresh()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """See `Widget`."""
        if selection.start is not None and selection.start.y >= len(self.plain.splitlines()):
            return None
        return selection.extract(self.plain), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """See `Widget`."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        left, top = self.scroll_offset
        row, width = top + y, self.size.width
        style = self.rich_style
        base = Style(color=style.color, bgcolor=style.bgcolor)
        if row >= len(self._strips):
            return Strip.blank(width, base)
        strip = self._with_selection(self._strips[row], row).apply_style(base)
        return strip.crop(left, left + width).extend_cell_length(width, base).apply_offsets(left, row)

    def _with_selection(self, strip: Strip, row: int) -> Strip:
        """The line with what is selected of it in other colours."""
        span = self.text_selection.get_span(row) if self.text_selection is not None else None
        if span is None:
            return strip
        begin, end = span
        end = strip.cell_length if end == -1 else min(end, strip.cell_length)
        if begin >= end:
            return strip
        looks = self.screen.get_component_rich_style("screen--selection")
        chosen = Strip(Segment.apply_style(strip.crop(begin, end), post_style=looks), end - begin)
        return Strip.join([strip.crop(0, begin), chosen, strip.crop(end, strip.cell_length)])
