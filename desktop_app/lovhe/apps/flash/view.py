"""A flash of many boards at this moment, as lines for a terminal: a bar a board, what happened last, and the sums.

Pure: the state and the size of the terminal go in, lines come out. Boards that do not fit below each other stand in columns of
short bars, so that thirty are seen on 80×24; none is left out before the bars are too short to be read.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from rich.text import Text as Line

from lovhe.apps.flash.sentences import put_together, said_of
from lovhe.apps.flash.state import FlashedBoard, FlashState
from lovhe.apps.flash.words import RESULT_WORDS, STOPPING
from lovhe.apps.language import key, t
from lovhe.apps.terminal_drawings import Glyphs, drawn_bar
from lovhe.core.messages import N_, Text
from lovhe.services.flash.flashing import FlashResult

_MARKS = {"done": ("✓", "+"), "unchanged": ("✓", "+"), "failed": ("✗", "x"), "stopped": ("–", "-")}
_COLOURS = {"done": "green", "unchanged": "green", "failed": "red", "stopped": "yellow"}

_GAP = 2
_LEAST_CELL = 18
_LEAST_BAR, _MOST_BAR = 4, 40
_PERCENT, _SECONDS = 6, 6
_MOST_LABEL = 16
_NOTES = 3
_MB, _KB = 1e6, 1e3


def flash_lines(state: FlashState, width: int, height: int, glyphs: Glyphs) -> list[Line]:
    """At most `height` lines of at most `width` columns."""
    below = _sums(state, width, glyphs)
    if state.stopping:
        below[:0] = [Line(words, style="bold") for words in textwrap.wrap(t(STOPPING), width)]
    room = max(height - len(below), 1)
    boards = list(state.boards.values())
    if len(boards) <= room:
        lines = lines_of_boards(boards, state.clock(), width, room, glyphs)
        beside = width - _alone_width(width, _label_width(boards)) - _GAP
        cut_notes = [board for board in boards if board.note is not None and len(t(board.note)) > beside]
        lines += _notes(cut_notes, state.clock(), width, room - len(lines), glyphs)
    else:
        lines = lines_of_boards(boards, state.clock(), width, max(room - _NOTES, 1), glyphs)
        lines += _notes(boards, state.clock(), width, max(room - len(lines), 0), glyphs)
    lines = [*lines, *below][-height:]
    for line in lines:
        line.truncate(width)
    return lines


def result_mark(outcome: str, glyphs: Glyphs) -> str:
    """A sign for how a board's flash ended; a word says the same beside it."""
    return _MARKS[outcome][0 if glyphs.braille else 1]


def ending(result: FlashResult, glyphs: Glyphs) -> Line:
    """Mark and word: "✓ done". Colour only repeats what they say."""
    return Line(f"{result_mark(result.outcome, glyphs)} {t(RESULT_WORDS[result.outcome])}", style=_COLOURS[result.outcome])


def board_line(board: FlashedBoard, now_s: float, width: int, glyphs: Glyphs, label_width: int) -> Line:
    """One board in `width` columns: its label, then a bar with percent and seconds, or how it ended."""
    line = Line().append(_label(board, label_width), style="bold")
    line.append("!" if board.waits(now_s) else " ", style="bold yellow")
    if board.waits(now_s) and not board.total:
        line.append(" ")
    seconds = f"{int(board.result.seconds if board.result else now_s - board.began_s)} s".rjust(_SECONDS)
    room = width - line.cell_len - _SECONDS
    if board.result is not None or not board.total:
        words = ending(board.result, glyphs) if board.result else Line(t(key("getting ready")), style="dim")
        if words.cell_len > room:
            room, seconds = room + _SECONDS, ""
        line.append_text(_fitted(words, min(room, _MOST_BAR + _PERCENT)))
    else:
        percent = f"{int(board.share * 100)} %".rjust(_PERCENT)
        bar = min(room - _PERCENT, _MOST_BAR)
        if bar < _LEAST_BAR:
            bar, seconds = bar + _SECONDS, ""
        line.append(drawn_bar(board.share * 100, max(bar, 0), glyphs) + percent, style="cyan")
    return line.append(seconds)


def _alone(board: FlashedBoard, now_s: float, width: int, glyphs: Glyphs, label_width: int) -> Line:
    """A board with a line of its own: its speed, and what was said of it last, stand at its right."""
    line = board_line(board, now_s, _alone_width(width, label_width), glyphs, label_width)
    speed = board.speed(now_s) if board.result is None and not board.waits(now_s) else None
    words = [t(N_("{n} KB/s", n=round(speed / _KB)))] if speed is not None else []
    if board.note is not None:
        words.append(t(board.note))
    return line.append(f"  {cut('  '.join(words), width - line.cell_len - _GAP, glyphs)}") if words else line


def _alone_width(width: int, label_width: int) -> int:
    """What a board with a line of its own has for all but its note."""
    bar = min(max(width // 3, _LEAST_BAR), _MOST_BAR)
    return min(label_width + 1 + bar + _PERCENT + _SECONDS, width)


def lines_of_boards(boards: Sequence[FlashedBoard], now_s: float, width: int, rows: int, glyphs: Glyphs) -> list[Line]:
    """The boards in at most so many lines: each with one of its own where that can be, else in columns."""
    if len(boards) > rows:
        return _columns(boards, now_s, width, rows, glyphs)
    return [_alone(board, now_s, width, glyphs, _label_width(boards)) for board in boards]


def _columns(boards: Sequence[FlashedBoard], now_s: float, width: int, rows: int, glyphs: Glyphs) -> list[Line]:
    """The boards in as many columns as it takes, read downwards; a last line tells how many had no room."""
    most = max((width + _GAP) // (_LEAST_CELL + _GAP), 1)
    columns = min(-(-len(boards) // rows), most)
    cell = (width + _GAP) // columns - _GAP
    left_out = max(len(boards) - columns * rows, 0)
    if left_out:
        rows -= 1
        left_out = len(boards) - columns * rows
        boards = sorted(boards, key=lambda board: board.result is not None)[: columns * rows]  # what still runs is seen
    rows = min(rows, -(-len(boards) // columns))
    label = min(_label_width(boards), cell - _LEAST_BAR - _PERCENT - 1)
    lines = []
    for row in range(rows):
        cells = [_fitted(board_line(board, now_s, cell, glyphs, label), cell) for board in boards[row::rows]]
        lines.append(Line(" " * _GAP).join(cells))
    if left_out:
        lines.append(Line(t(N_("{n} more board has no room here.", "{n} more boards have no room here.", n=left_out)), style="dim"))
    return lines


def _notes(boards: Sequence[FlashedBoard], now_s: float, width: int, rows: int, glyphs: Glyphs) -> list[Line]:
    """What there is to know of boards that wait, as somebody may have to do something; then of those that failed; the newest first.

    As many sentences as fit whole; the first one is cut rather than left out.
    """
    noted = [board for board in boards if board.note is not None and (board.waits(now_s) or (board.result and not board.result.ok))]
    noted.sort(key=lambda board: -board.noted_s)
    lines: list[str] = []
    for sentence in (*_told(noted, now_s, waiting=True), *_told(noted, now_s, waiting=False)):
        words = textwrap.wrap(sentence, width)
        if len(lines) + len(words) <= rows:
            lines += words
        elif not lines and rows > 0:
            lines = [*words[: rows - 1], cut(" ".join(words[rows - 1 :]), width, glyphs)]
    return [Line(line) for line in lines]


def _told(boards: Sequence[FlashedBoard], now_s: float, *, waiting: bool) -> list[str]:
    """The last notes of those that wait, with the sign that stands at them, or of the others; once where it is the same."""
    noted = [board for board in boards if board.waits(now_s) == waiting]
    said = put_together(said_of(board.board, board.label, (board.note,)) for board in noted if board.note is not None)
    return [f"{'! ' if waiting else ''}{labels}: {t(texts[0])}" for labels, texts in said]


def _sums(state: FlashState, width: int, glyphs: Glyphs) -> list[Line]:
    """The bar of all boards together, and the sums in words."""
    count = state.count()
    percent = f"{int(count.share * 100)} %".rjust(_PERCENT)
    bar = drawn_bar(count.share * 100, max(width - _PERCENT - _SECONDS, 1), glyphs)
    words: list[Text] = [N_("done: {done} of {n}", done=count.done, n=count.boards)]
    if count.failed:
        words.append(N_("not done: {n}", n=count.failed))
    if count.running:
        words.append(N_("running: {n}", n=count.running))
    if count.bytes_total:
        total_mb = count.bytes_total / _MB
        words.append(N_("{done:.1f} of {total:.1f} MB", done=count.bytes_done / _MB, total=total_mb))
    if count.left_s is not None and count.left_s >= 1:
        words.append(N_("about {seconds} s left", seconds=round(count.left_s)))
    seconds = f"{int(state.clock() - state.began_s)} s".rjust(_SECONDS)
    return [Line(bar + percent + seconds, style="bold"), Line(cut(glyphs.between.join(map(t, words)), width, glyphs), style="bold")]


def _label_width(boards: Sequence[FlashedBoard]) -> int:
    return min(max((len(board.label) for board in boards), default=0), _MOST_LABEL)


def _label(board: FlashedBoard, width: int) -> str:
    """The board's label; of a long one the end, where its number is."""
    return board.label[-width:].ljust(width) if width > 0 else ""


def _fitted(line: Line, width: int) -> Line:
    line.truncate(max(width, 0), pad=True)
    return line


def cut(text: str, width: int, glyphs: Glyphs) -> str:
    """The begin of `text`, and a sign where something is missing."""
    if len(text) <= width:
        return text
    return text[: max(width - len(glyphs.more), 0)] + glyphs.more if width > len(glyphs.more) else ""
