"""What the writer's screen draws: a lesson as a line of a table, and what is to be mended in it, each with sign and words."""

from __future__ import annotations

import textwrap

from lovhe.apps.language import key, t
from lovhe.apps.tui.fitted_text import filled
from lovhe.apps.writing.mends import Mend
from lovhe.apps.writing.written import Cell, Sign, WrittenLesson
from lovhe.core.shown_text import harmless

SIGNS: dict[Sign, str] = {"fine": "√", "wrong": "x", "pity": "?", "busy": "►", "unknown": "○", "old": "~"}
"""Characters that Windows' old console has, too."""

_HEADS = (key("Lesson"), key("Files"), key("Tests"), key("Mutation"))
_LEAST = (18, 22, 14, 14)
_SHARES = (5, 4, 2, 2)


class Columns:
    """Four columns in `width`; what is wider than they need at least goes to them in shares."""

    def __init__(self, width: int) -> None:
        spare = max(width - sum(_LEAST), 0)
        self.widths = [least + spare * share // sum(_SHARES) for least, share in zip(_LEAST, _SHARES, strict=True)]

    def head(self) -> str:
        """The names of the columns."""
        return self._row([t(head) for head in _HEADS])

    def line(self, lesson: WrittenLesson) -> str:
        """How a lesson stands."""
        return self._row([lesson.id, *(_shown(cell) for cell in (lesson.lint_cell, lesson.tests_cell, lesson.mutation_cell))])

    def _row(self, cells: list[str]) -> str:
        return "".join(filled(harmless(cell), width) for cell, width in zip(cells, self.widths, strict=True)).rstrip()


def mend_lines(mend: Mend, width: int) -> str:
    """What is to be mended, folded to `width`."""
    lines = _folded(f"{SIGNS[mend.sign]} {mend.head}", width, "  ")
    for more in mend.more:
        lines += _folded(f"    {more}", width, "    ")
    return "\n".join(lines)


def _folded(text: str, width: int, below: str) -> list[str]:
    return textwrap.wrap(harmless(text), width, subsequent_indent=below, break_on_hyphens=False)


def _shown(cell: Cell) -> str:
    return f"{SIGNS[cell[0]]} {t(cell[1])}"
