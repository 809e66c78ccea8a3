"""`lovhe flash --watch` at this moment: big words for what to do next, the boards that are plugged in, the last ones, the count."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from rich.text import Text as Line

from lovhe.apps.flash.view import cut, ending, lines_of_boards, result_mark
from lovhe.apps.flash.watch_state import WatchState, count_words, headline
from lovhe.apps.language import key, number, t
from lovhe.apps.terminal_drawings import Glyphs
from lovhe.services.flash.flashing import FlashResult

_LEAST_LAST = 5
"""So many lines are kept for the last ones, however many boards are plugged in."""
_STYLES = {"done": "bold green", "unchanged": "bold green", "failed": "bold red", "stopped": "bold yellow"}


def watch_lines(state: WatchState, width: int, height: int, glyphs: Glyphs) -> list[Line]:
    """At most `height` lines of at most `width` columns."""
    top, bottom = _headline(state, width, glyphs), [Line(), Line(cut(t(count_words(state)), width, glyphs), style="bold")]
    room = max(height - len(top) - len(bottom), 1)
    boards = list(state.boards.values())
    if len(boards) > 1 or any(board.result is None for board in boards):
        rows = room - 1 - min(len(state.ends) + 2, _LEAST_LAST)
        top += [Line(), *lines_of_boards(boards, state.clock(), width, max(rows, 1), glyphs)]
    last = list(state.ends.values())[::-1]
    room = height - len(top) - len(bottom) - 2
    if last and room > 0:
        top += [Line(), Line(t(key("The last ones:")), style="dim"), *_last(last[:room], width, glyphs)]
    lines = [*top, *bottom][-height:]
    for line in lines:
        line.truncate(width)
    return lines


def _headline(state: WatchState, width: int, glyphs: Glyphs) -> list[Line]:
    """The words between two rules, in the colour of what they say and with its mark."""
    news = state.news
    result = news.result if news is not None else None
    style = _STYLES[result.outcome] if result and not state.stopping else "bold"
    mark = f"{result_mark(result.outcome, glyphs)} " if result and not state.stopping else ""
    rule = Line(glyphs.line * width, style=style)
    first, *rest = map(t, headline(state))
    words = [line for text in (mark + first, *rest) for line in _folded(text, width)]
    return [rule, *(Line(line, style=style) for line in words), rule.copy()]


def _folded(text: str, width: int) -> list[str]:
    return [f" {line}" for line in textwrap.wrap(text, max(width - 2, 10))]


def _last(results: Iterable[FlashResult], width: int, glyphs: Glyphs) -> list[Line]:
    shown = [(result.name or result.board.shown, result) for result in results]
    widest = max(len(name) for name, _ in shown)
    lines = []
    for name, result in shown:
        line = Line(f" {name.ljust(widest)}  ").append_text(ending(result, glyphs))
        line.append(f"  {number(result.seconds, '.0f')} s")
        if result.error is not None:
            line.append(f"  {cut(t(result.error.what), width - line.cell_len - 2, glyphs)}")
        lines.append(line)
    return lines
