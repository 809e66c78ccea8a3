"""The editor for programs: it colours them, shifts lines, closes brackets, and marks a line in which something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult, LanguageDoesNotExist, Selection

from lovhe.apps.language import key, t
from lovhe.apps.tui.panes.editor_looks import DARK, LIGHT, THEMES
from lovhe.core.messages import N_
from lovhe.core.programs import typing_rules

MOST_LETTERS = 400_000
"""More is not pasted: no board takes it."""

_COLOURED_LINES = 500  # longer ones would make a key slow
_BLOCK = 32
_SIGN = "!"


class ProgramEditor(TextArea, inherit_bindings=False):
    """A program's text, as it is typed; `changed` is called with it at each change. F-keys and Escape are left to the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+f", "find", key("Find"), id="editor.find", show=False),
        Binding("ctrl+z", "undo", key("Undo"), id="editor.undo", show=False),
        Binding("ctrl+y,ctrl+shift+z", "redo", key("Redo"), id="editor.redo", show=False),
        Binding("ctrl+slash,ctrl+underscore", "comment", key("Comment out"), id="editor.comment", show=False),
        Binding("ctrl+x", "cut", key("Cut"), id="editor.cut", show=False),
        Binding("ctrl+c", "copy", key("Copy"), id="editor.copy", show=False),
        Binding("ctrl+v", "paste", key("Paste"), id="editor.paste", show=False),
        Binding("ctrl+a", "select_all", key("Select all"), id="editor.all", show=False),
        Binding("ctrl+k", "delete_line", key("Delete the line"), id="editor.delete-line", show=False),
        Binding("up", "cursor_up", key("Up"), show=False),
        Binding("down", "cursor_down", key("Down"), show=False),
        Binding("left", "cursor_left", key("Left"), show=False),
        Binding("right", "cursor_right", key("Right"), show=False),
        Binding("ctrl+left", "cursor_word_left", key("A word to the left"), show=False),
        Binding("ctrl+right", "cursor_word_right", key("A word to the right"), show=False),
        Binding("home", "cursor_line_start", key("Begin of the line"), show=False),
        Binding("end", "cursor_line_end", key("End of the line"), show=False),
        Binding("ctrl+home", "cursor_text(0)", key("Begin of the program"), show=False),
        Binding("ctrl+end", "cursor_text(1)", key("End of the program"), show=False),
        Binding("pageup", "cursor_page_up", key("A page up"), show=False),
        Binding("pagedown", "cursor_page_down", key("A page down"), show=False),
        Binding("shift+up", "cursor_up(True)", key("Select upwards"), show=False),
        Binding("shift+down", "cursor_down(True)", key("Select downwards"), show=False),
        Binding("shift+left", "cursor_left(True)", key("Select to the left"), show=False),
        Binding("shift+right", "cursor_right(True)", key("Select to the right"), show=False),
        Binding("ctrl+shift+left", "cursor_word_left(True)", key("Select a word to the left"), show=False),
        Binding("ctrl+shift+right", "cursor_word_right(True)", key("Select a word to the right"), show=False),
        Binding("shift+home", "cursor_line_start(True)", key("Select to the begin of the line"), show=False),
        Binding("shift+end", "cursor_line_end(True)", key("Select to the end of the line"), show=False),
        Binding("backspace", "delete_left", key("Delete to the left"), show=False),
        Binding("ctrl+w,ctrl+backspace", "delete_word_left", key("Delete a word to the left"), id="editor.delete-word-left", show=False),
        Binding("delete", "delete_right", key("Delete to the right"), show=False),
        Binding("ctrl+delete", "delete_word_right", key("Delete a word to the right"), id="editor.delete-word-right", show=False),
    ]

    class FindWanted(Message):
        """Something is to be found in the program."""

    class MarkGone(Message):
        """The line that was marked has been changed."""

    _sized = True  # whether the size may be asked for

    def __init__(self, text: str, changed: Callable[[str], None] = lambda text: None, id: str | None = None) -> None:
        text = typing_rules.taken_in(text)
        self._tell_change = changed
        super().__init__(text, soft_wrap=False, tab_behavior="indent", show_line_numbers=True, id=id, compact=True)
        for theme in THEMES:
            self.register_theme(theme)
        self._colour(text.count("\n") + 1)
        self._marked: tuple[int, str] | None = None  # the row, and what stood there

    def on_mount(self) -> None:
        self._app_theme_changed()

    def _app_theme_changed(self) -> None:
        self.theme = DARK if self.app.current_theme.dark else LIGHT
        super()._app_theme_changed()

    # --- texts ---

    def put_text(self, text: str) -> None:
        """Another text, which can be undone; the cursor stays in its line."""
        row, column = self.cursor_location
        text = typing_rules.taken_in(text)
        self._colour(text.count("\n") + 1)
        self.replace(text, (0, 0), self.document.end)
        self.move_cursor((row, column))
        self.history.checkpoint()

    def _colour(self, lines: int) -> None:
        """Colours where there is a parser for them, and the text is not so long that it would be slow."""
        wanted = "python" if lines <= _COLOURED_LINES else None
        if wanted == self.language:
            return
        selection = self.selection  # which goes with the document that is made anew
        try:
            self.language = wanted
        except (LanguageDoesNotExist, ImportError, OSError, ValueError):
            self.language = None
        self.selection = selection

    def edit(self, edit: Edit) -> EditResult:
        """See `TextArea.edit`: the mark goes with its line, or away when that is changed."""
        lines, top = self.document.line_count, min(edit.from_location, edit.to_location)
        result = super().edit(edit)
        self._follow_mark(top[0], self.document.line_count - lines)
        self._tell_change(self.text)
        return result

    def _undo_batch(self, edits: Sequence[Edit]) -> None:
        with self._at_one_size():
            super()._undo_batch(edits)
        self._redone()

    def _redo_batch(self, edits: Sequence[Edit]) -> None:
        with self._at_one_size():
            super()._redo_batch(edits)
        self._redone()

    @contextmanager
    def _at_one_size(self) -> Iterator[None]:
        """Textual asks for the size before it moves the cursor: where a scrollbar goes then, the cursor's line may be gone already."""
        self._sized = False
        try:
            yield
        finally:
            self._sized = True
        self._refresh_size()
        self.scroll_cursor_visible()

    def _refresh_size(self) -> None:
        if self._sized:
            super()._refresh_size()

    def _redone(self) -> None:
        if self._marked is not None:
            self._follow_mark(self._marked[0], 0)
        self._tell_change(self.text)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "escape" or (event.key.startswith("f") and event.key[1:].isdigit()):
            event.prevent_default()  # the screen's
            return
        if self.read_only:
            return
        if event.key in ("tab", "shift+tab"):
            done = self._shift(event.key == "tab")
        elif event.key == "enter":
            done = self._put(f"\n{typing_rules.next_line_begin(self._before())}")
        else:
            done = event.is_printable and event.character is not None and self._type(event.character)
        if done:
            self._restart_blink()
            event.stop()
            event.prevent_default()

    def _put(self, text: str, back: int = 0) -> bool:
        """Replace the selection by `text`; the cursor ends `back` characters before its end."""
        result = self._replace_via_keyboard(text, *self.selection)
        if result is not None and back:
            row, column = result.end_location
            self.move_cursor((row, column - back))
        return True

    def _type(self, character: str) -> bool:
        """Pairs; False leaves the character to the text area."""
        before, after = self._before(), self._after()
        if not self.selection.is_empty:
            chosen = self.selected_text
            closer = typing_rules.pair_for(character, "", "")
            return self._put(f"{character}{chosen}{closer}") if closer is not None and "\n" not in chosen else False
        if typing_rules.typed_over(character, after):
            self.move_cursor_relative(columns=1)
            return True
        closer = typing_rules.pair_for(character, before, after)
        return closer is not None and self._put(character + closer, back=1)

    def _before(self) -> str:
        row, column = min(self.selection)
        return self.document.get_line(row)[:column]

    def _after(self) -> str:
        row, column = max(self.selection)
        return self.document.get_line(row)[column:]

    def _shift(self, right: bool) -> bool:
        """Tab in a line fills up to the next step; with several lines selected, or backwards, whole lines go."""
        top, bottom = sorted(self.selection)
        if right and top[0] == bottom[0]:
            return False
        self._change_lines(typing_rules.shifted_right if right else typing_rules.shifted_left)
        return True

    def action_comment(self) -> None:
        """Make the selected lines comments, or code again."""
        self._change_lines(typing_rules.commented)

    def _change_lines(self, change: Callable[[list[str]], list[str]]) -> None:
        """Change whole lines; the selection stays on them."""
        if self.read_only:
            return
        start, end = self.selection
        top, bottom = sorted((start, end))
        last = bottom[0] - 1 if bottom[0] > top[0] and bottom[1] == 0 else bottom[0]
        old = [self.document.get_line(row) for row in range(top[0], last + 1)]
        new = change(old)
        if new == old:
            return
        self.history.checkpoint()
        self.replace("\n".join(new), (top[0], 0), (last, len(old[-1])))

        def moved(place: tuple[int, int]) -> tuple[int, int]:
            row, column = place
            if not top[0] <= row <= last or (column == 0 and top != bottom):
                return place
            return row, max(0, column + len(new[row - top[0]]) - len(old[row - top[0]]))

        self.selection = Selection(moved(start), moved(end))
        self.history.checkpoint()

    def action_delete_left(self) -> None:
        """Backspace: an empty pair goes as a whole, and so does a step of spaces at a line's begin."""
        row, column = self.cursor_location
        before, after = self._before(), self._after()
        if self.selection.is_empty and not self.read_only:
            if typing_rules.is_empty_pair(before, after):
                self._delete_via_keyboard((row, column - 1), (row, column + 1))
                return
            if (count := typing_rules.back_to(before)) > 1:
                self._delete_via_keyboard((row, column - count), (row, column))
                return
        super().action_delete_left()

    def action_cursor_text(self, end: int) -> None:
        """To the program's begin or end."""
        self.move_cursor(self.document.end if end else (0, 0))

    def action_find(self) -> None:
        """Ask for what is to be found."""
        self.post_message(self.FindWanted())

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self._paste(event.text)

    def action_paste(self) -> None:
        """Ctrl+V, where the terminal leaves it to us."""
        self._paste(self.app.clipboard)

    def _paste(self, text: str) -> None:
        if self.read_only:
            return
        if len(text) + len(self.text) > MOST_LETTERS:
            what = N_("This is too much to paste: {n} letters. No board takes a program of that length.", n=len(text))
            self.notify(t(what), severity="warning", markup=False)
            return
        self.history.checkpoint()
        taken = typing_rules.taken_in(text)
        self._colour(self.document.line_count + taken.count("\n"))
        if (result := self._replace_via_keyboard(taken, *self.selection)) is not None:
            self.move_cursor(result.end_location)
        self.history.checkpoint()

    # --- colours ---

    def _build_highlight_map(self) -> None:
        """Forget the colours: those of the lines in view are found when they are drawn, for those of all lines would take too long."""
        self._line_cache.clear()
        self._highlights.clear()
        self._coloured: set[int] = set()

    def _colour_block(self, block: int) -> None:
        """Find the colours of some lines."""
        self._coloured.add(block)
        if not self._highlight_query:
            return
        first, behind = block * _BLOCK, (block + 1) * _BLOCK
        found = self.document.query_syntax_tree(self._highlight_query, (first, 0), (behind, 0))
        for name, nodes in found.items():
            for node in nodes:
                (top, left), (bottom, right) = node.start_point, node.end_point
                for row in range(max(top, first), min(bottom, behind - 1) + 1):
                    self._highlights[row].append((left if row == top else 0, right if row == bottom else None, name))

    # --- the mark ---

    @property
    def marked_line(self) -> int:
        """The marked line, from 1; 0 where none is."""
        return self._marked[0] + 1 if self._marked is not None else 0

    def mark(self, line: int) -> None:
        """Mark a line, from 1, until it is changed; 0 takes the mark away."""
        inside = 1 <= line <= self.document.line_count
        self._marked = (line - 1, self.document.get_line(line - 1)) if inside else None
        self._line_cache.clear()
        self.refresh()

    def _follow_mark(self, top_row: int, more_lines: int) -> None:
        if self._marked is None:
            return
        row, text = self._marked
        for now in (row + more_lines, row) if top_row <= row else (row,):
            if 0 <= now < self.document.line_count and self.document.get_line(now) == text:
                self._marked = now, text
                return
        self.mark(0)
        self.post_message(self.MarkGone())

    def render_line(self, y: int) -> Strip:
        """A line of the text, with a sign behind its number where something is wrong."""
        block = (self.scroll_offset.y + y) // _BLOCK
        if block not in self._coloured:
            self._colour_block(block)
        strip = super().render_line(y)
        if self._marked is None or self.scroll_offset.y + y != self._marked[0] or self.gutter_width < 2:
            return strip
        at = self.gutter_width - 2
        sign = Strip([Segment(_SIGN, Style(bold=True, reverse=True))], 1)
        return Strip.join([strip.crop(0, at), sign, strip.crop(at + 1)])
