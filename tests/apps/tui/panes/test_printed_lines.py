"""Lines that a program prints are drawn at their place, and nothing around them is laid out anew."""

from __future__ import annotations

import asyncio

from lovhe.apps.tui.panes.printed_lines import PrintedLines
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.screen import Screen

HEIGHT = 5


class _Panel(App[None]):
    CSS = f"Vertical {{ height: {HEIGHT}; }} PrintedLines {{ height: 1fr; }}"
    layouts = 0

    def compose(self) -> ComposeResult:
        with Vertical():
            yield PrintedLines(max_lines=50)

    def get_default_screen(self) -> Screen[None]:
        app = self

        class Counted(Screen[None]):
            def _refresh_layout(self, *arguments: object, **options: object) -> None:
                app.layouts += 1
                super()._refresh_layout(*arguments, **options)  # type: ignore[arg-type]

        return Counted()


def test_more_lines_move_the_scroll_bar_and_lay_nothing_out() -> None:
    """The bar knows of all lines that are kept, the newest ones can be seen, and the screen keeps its layout meanwhile."""

    async def look() -> None:
        app = _Panel()
        async with app.run_test(size=(40, 12)) as pilot:
            lines = app.query_one(PrintedLines)
            lines.write("first\n")
            for _ in range(3):
                await pilot.pause()
            assert lines.render_line(0).text.startswith("first")
            before = app.layouts
            assert before
            for number in range(200):
                lines.write(f"more {number}\n")
                await pilot.pause()
                assert lines.vertical_scrollbar.window_virtual_size == lines.virtual_size.height
            assert app.layouts == before
            assert lines.line_count <= 50
            assert lines.virtual_size.height - HEIGHT <= lines.max_scroll_y <= lines.virtual_size.height
            lines.clear()
            await pilot.pause()
            assert lines.vertical_scrollbar.window_virtual_size == lines.virtual_size.height == 0

    asyncio.run(look())
