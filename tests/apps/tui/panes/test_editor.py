"""The editor as a pupil uses it: keys, the mouse, what is pasted, and the mark at a line."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
import textual.widgets._text_area as text_area
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.panes.editor import MOST_LETTERS, ProgramEditor
from lovhe.apps.tui.panes.find_bar import FindBar
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.pilot import Pilot
from textual.widgets import Input
from textual.widgets.text_area import Selection

Story = Callable[[Pilot[None], ProgramEditor], Awaitable[None]]

_NAMES = {
    " ": "space",
    ":": "colon",
    "(": "left_parenthesis",
    ")": "right_parenthesis",
    '"': "quotation_mark",
    "\n": "enter",
    "#": "number_sign",
}


class _Desk(App[None]):
    """An editor with its find bar; F-keys and Escape are the app's."""

    CSS_PATH = LovheApp.CSS_PATH

    BINDINGS = [Binding(name, f"note('{name}')", name) for name in ("f5", "f6", "f7", "escape")]  # noqa: RUF012 (Textual's own way)

    def __init__(self, text: str) -> None:
        super().__init__()
        self.noted: list[str] = []
        self.changes: list[str] = []
        self._begin = text

    def compose(self) -> ComposeResult:
        editor = ProgramEditor(self._begin, self.changes.append)
        yield FindBar(editor)
        yield editor

    def on_program_editor_find_wanted(self) -> None:
        self.query_one(FindBar).open()

    def action_note(self, name: str) -> None:
        self.noted.append(name)


def _play(text: str, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    async def play() -> None:
        app = _Desk(text)
        async with app.run_test(size=size) as pilot:
            editor = app.query_one(ProgramEditor)
            editor.focus()
            editor.move_cursor(editor.document.end)
            await story(pilot, editor)

    asyncio.run(play())


async def _type(pilot: Pilot[None], text: str) -> None:
    await pilot.press(*(_NAMES.get(letter, letter) for letter in text))


def test_a_program_is_typed_with_few_keys() -> None:
    """Lines shift by themselves, brackets and quotes close and are typed over, and each change is told at once."""

    async def story(pilot: Pilot[None], editor: ProgramEditor) -> None:
        await _type(pilot, 'while True:\nprint("hi")\n')
        await pilot.press("backspace")
        await _type(pilot, "x")
        assert editor.text == 'while True:\n    print("hi")\nx'
        assert isinstance(pilot.app, _Desk)
        assert pilot.app.changes[-1] == editor.text
        await pilot.press("ctrl+z")
        assert pilot.app.changes[-1] == editor.text
        await pilot.press("ctrl+y")
        assert editor.text.endswith("\nx")

    _play("", story)


def test_the_screen_s_keys_are_left_alone() -> None:
    """F-keys and Escape reach the screen, and change nothing."""

    async def story(pilot: Pilot[None], editor: ProgramEditor) -> None:
        await pilot.press("f5", "f6", "f7", "escape")
        assert isinstance(pilot.app, _Desk)
        assert pilot.app.noted == ["f5", "f6", "f7", "escape"]
        assert (editor.text, editor.selection) == ("a\nb", Selection.cursor((1, 1)))
        assert editor.has_focus

    _play("a\nb", story)


def test_lines_are_shifted_and_commented() -> None:
    """Tab and Shift+Tab take all selected lines four to the side; Ctrl+/ makes them comments and back; one Undo each."""

    async def story(pilot: Pilot[None], editor: ProgramEditor) -> None:
        editor.selection = Selection((0, 0), (1, 1))
        await pilot.press("tab")
        assert editor.text == "    a\n    b\nc"
        await pilot.press("ctrl+underscore")
        assert editor.text == "    # a\n    # b\nc"
        await pilot.press("ctrl+underscore", "shift+tab")
        assert editor.text == "a\nb\nc"
        await pilot.press("ctrl+z")
        assert editor.text == "    a\n    b\nc"
        editor.move_cursor((2, 1))
        await pilot.press("tab")
        assert editor.text.endswith("\nc   ")

    _play("a\nb\nc", story)


def test_a_quote_goes_round_what_is_selected() -> None:
    """And a bracket, too; another letter takes its place."""

    async def story(pilot: Pilot[None], editor: ProgramEditor) -> None:
        editor.selection = Selection((0, 0), (0, 2))
        await pilot.press("quotation_mark")
        assert editor.text == '"hi"'
        editor.select_all()
        await pilot.press("x")
        assert editor.text == "x"

    _play("hi", story)


@pytest.mark.parametrize("plain", [False, True])
def test_what_is_pasted_does_no_harm(monkeypatch: pytest.MonkeyPatch, plain: bool) -> None:
    """Windows' line ends, tabs, NUL and thousands of lines; also where no parser for the colours is installed."""
    if plain:
        monkeypatch.setattr(text_area, "TREE_SITTER", False)

    async def story(pilot: Pilot[None], editor: ProgramEditor) -> None:
        editor.post_message(events.Paste("if x:\r\n\ty = 1\0\x1b[31m\r\n"))
        await pilot.pause()
        assert editor.text == "if x:\n    y = 1[31m\n"
        editor.post_message(events.Paste("\r\n".join(f"    x{number} = {number}" for number in range(5_000))))
        await pilot.pause()
        assert editor.document.line_count == 5_002
        await _type(pilot, "abc")
        assert editor.text.endswith("x4999 = 4999abc")
        editor.post_message(events.Paste("x" * MOST_LETTERS))
        await pilot.pause()
        assert len(editor.text) < MOST_LETTERS
        await pilot.press("ctrl+home")
        assert editor.cursor_location == (0, 0)

    _play("", story)


def test_what_took_the_scrollbar_along_is_undone_and_redone() -> None:
    """A long text that was pasted into an empty editor, or all of it deleted: the cursor is where it was, and typing goes on."""
    long = "\n".join(f"x{number} = {number}" for number in range(60))

    async def story(pilot: Pilot[None], editor: ProgramEditor) -> None:
        async def is_seen(text: str, scrollbar: bool) -> None:
            await pilot.pause()
            assert editor.text == text
            assert editor.show_vertical_scrollbar is scrollbar
            assert editor.scroll_offset.y <= editor.cursor_location[0] < editor.scroll_offset.y + editor.size.height

        editor.post_message(events.Paste(long))
        await is_seen(long, True)
        await pilot.press("ctrl+z")
        await is_seen("", False)
        await pilot.press("ctrl+y")
        await is_seen(long, True)
        await pilot.press("ctrl+a", "delete")
        await is_seen("", False)
        await pilot.press("ctrl+z")
        await is_seen(long, True)
        await pilot.press("ctrl+end", "ctrl+y")
        await is_seen("", False)
        await _type(pilot, "abc")
        await is_seen("abc", False)

    _play("", story)


def _gutter(pilot: Pilot[None], editor: ProgramEditor, row: int) -> str:
    return editor.render_line(row).text[: editor.gutter_width]


def test_a_mark_goes_with_its_line_and_away_when_it_is_changed() -> None:
    """A sign stands behind the number of the line, not only a colour."""

    async def story(pilot: Pilot[None], editor: ProgramEditor) -> None:
        editor.mark(2)
        assert [_gutter(pilot, editor, row) for row in range(3)] == ["1  ", "2! ", "3  "]
        editor.move_cursor((0, 0))
        await pilot.press("enter")
        assert editor.marked_line == 3
        editor.move_cursor((3, 1))
        await pilot.press("x")
        assert editor.marked_line == 3
        editor.move_cursor((2, 1))
        await pilot.press("x")
        assert editor.marked_line == 0
        assert "!" not in "".join(_gutter(pilot, editor, row) for row in range(4))
        editor.mark(99)
        assert editor.marked_line == 0

    _play("a\nb\nc", story)


def test_colours_are_there_for_the_lines_in_view() -> None:
    """Words of the language look otherwise than names, also far down in a program."""

    async def story(pilot: Pilot[None], editor: ProgramEditor) -> None:
        editor.move_cursor((299, 0))
        await pilot.pause()
        y = 298 - editor.scroll_offset.y
        styles = {segment.text.strip(): segment.style for segment in editor.render_line(y) if segment.text.strip()}
        assert styles["while"] is not None
        assert styles["while"].bold
        assert styles["while"] != styles["x298:"]

    if text_area.TREE_SITTER:
        _play("\n".join(f"while x{number}: pass" for number in range(300)), story)


def test_find_and_replace() -> None:
    """Ctrl+F opens, Enter finds and goes round, Replace and All replace, Escape comes back; Undo takes it back."""

    async def story(pilot: Pilot[None], editor: ProgramEditor) -> None:
        await pilot.press("ctrl+f")
        await pilot.pause()
        bar = pilot.app.query_one(FindBar)
        await pilot.press(*"led", "enter")
        assert (editor.selection, editor.selected_text) == (Selection((0, 0), (0, 3)), "led")
        await pilot.press("enter")
        assert editor.selection == Selection((2, 0), (2, 3))
        bar.query_one("#instead", Input).focus()
        await pilot.press(*"lamp", "enter")
        assert editor.text == "led = 1\nx\nlamp.on()"
        await pilot.click("#replace-all")
        assert editor.text == "lamp = 1\nx\nlamp.on()"
        await pilot.press("escape")
        assert not bar.has_class("open")
        assert editor.has_focus
        await pilot.press("ctrl+z")
        assert editor.text == "led = 1\nx\nlamp.on()"

    _play("led = 1\nx\nLED.on()", story, (60, 24))
