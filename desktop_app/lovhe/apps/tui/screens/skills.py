"""What the group has learned: skills, and of how many lessons that train them how many are checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from lovhe.apps.language import key, t
from lovhe.apps.terminal_drawings import drawn_bar
from lovhe.apps.tui.drawing import screen_glyphs
from lovhe.apps.tui.fitted_text import shortened
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.screens.base import LovheScreen
from lovhe.core.lessons.progress import Gained, Skills
from lovhe.core.lessons.skill_words import DIGCOMP, STEAM, STRANDS, skill_word
from lovhe.core.messages import N_, Text

_LEAST_NAME, _MOST_NAME = 38, 60
_REST = 40
"""What a line has beside the name: spaces, bar, count, scrollbar."""
_BAR = 12


class SkillsScreen(LovheScreen):
    """A page to be read."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", key("Back"), id="skills.back")]

    def __init__(self, skills: Skills) -> None:
        super().__init__()
        self._skills = skills

    def compose(self) -> ComposeResult:
        yield Static(t(key("Skills")), classes="title", markup=False)
        with VerticalScroll(id="skills"):
            yield Static(id="skills-lines", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self._show()
        self.query_one("#skills").focus()

    def put_together(self) -> None:
        self._show()

    def on_resize(self) -> None:
        self._show()

    def _show(self) -> None:
        for shown in self.query("#skills-lines").results(Static):
            shown.update("\n".join(self._lines()))

    def action_back(self) -> None:
        """Escape."""
        self.dismiss()

    def _lines(self) -> list[str]:
        room = min(max(self.app.size.width - _REST, _LEAST_NAME), _MOST_NAME)
        lines = [t(key("A lesson counts when its goal is checked.")), ""]
        for title, words, gained in (
            (key("Digital Skills programme"), STRANDS, self._skills.strands),
            (key("STEAM"), STEAM, self._skills.steam),
            (key("DigComp 2.2, what European schools call digital competence"), DIGCOMP, self._skills.digcomp),
        ):
            lines += [t(title), *_table(words, gained, room, numbered=words is DIGCOMP), ""]
        return lines


def _table(words: dict[str, Text], gained: Mapping[str, Gained], room: int, *, numbered: bool) -> list[str]:
    glyphs = screen_glyphs()
    lines = []
    for name, one in gained.items():
        shown = shortened(f"{name}  {t(skill_word(words, name))}" if numbered else t(skill_word(words, name)), room)
        bar = drawn_bar(100 * one.checked / one.lessons, _BAR, glyphs)
        count = t(N_("{checked} of {n} lesson", "{checked} of {n} lessons", checked=one.checked, n=one.lessons))
        lines.append(f"  {shown}{' ' * (room - cell_len(shown))}  {bar}  {count}")
    return lines
