"""In which line of a TOML file a key stands. The parsers that we have read values and forget where they were."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

Path = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)([^\]#]+)\]\]?\s*(#.*)?")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PIECE = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")
_QUOTES = ('"""', "'''", '"', "'")


class Span(msgspec.Struct, frozen=True):
    """Lines of a file, counted from 1, both ends included."""

    first: int
    last: int


class TomlLines:
    """Where the tables and keys of a TOML text stand; `first_line` is the number of its first line in its file.

    A path is as one goes down in the values: ("check", 0, "step", 1, "delay"). Lists and tables inside a value count as the value.
    """

    def __init__(self, text: str, first_line: int = 1) -> None:
        self._lines = text.split("\n")
        self._first_line = first_line
        self._spans: dict[Path, Span] = {}
        self._counts: dict[Path, int] = {}
        self._unclosed = False
        self._read()

    def find(self, path: Sequence[str | int], words: Sequence[str] = ()) -> int | None:
        """The line of the longest known beginning of `path`; inside a longer value the one with the rest of the path or `words`."""
        for length in range(len(path), 0, -1):
            span = self._spans.get(tuple(path[:length]))
            if span is not None:
                rest = [*(str(key) for key in path[length:] if isinstance(key, str)), *words]
                return self._first_line + self._inside(span, rest[::-1])
        return None

    def _inside(self, span: Span, words: Sequence[str]) -> int:
        """The first line that holds the most telling of `words`, of which the first tells most."""
        lines = range(span.first, span.last + 1)
        hits = [([word in self._lines[line] for word in words], -line) for line in lines]
        return -max(hits)[1]

    def _read(self) -> None:
        table: Path = ()
        number = 0
        while number < len(self._lines):
            line = self._lines[number]
            header, key = _HEADER.fullmatch(line), _KEY.match(line)
            if header is not None:
                table = self._table(_pieces(header[2]), header[1] == "[[")
                self._spans[table] = Span(number, number)
            elif key is not None:
                last = self._end_of_value(number, key.end())
                self._spans[(*table, *_pieces(key[1]))] = Span(number, last)
                number = last
            number += 1
        self._widen()

    def _table(self, names: Sequence[str], is_list: bool) -> Path:
        path: Path = ()
        for index, name in enumerate(names):
            path = (*path, name)
            if is_list and index == len(names) - 1:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
        return path

    def _end_of_value(self, number: int, column: int) -> int:
        """The last line of a value that begins there: strings of several lines, lists and tables that go on."""
        depth, quote = 0, ""
        lines = range(number, number + 1 if self._unclosed else len(self._lines))
        for line_number in lines:
            depth, quote = _scan(self._lines[line_number][column if line_number == number else 0 :], depth, quote)
            if depth <= 0 and not quote:
                return line_number
        self._unclosed = True  # the file ends before it does; others need not be followed so far
        return number

    def _widen(self) -> None:
        """A table's first line stands for the list that it is the first of."""
        for path, span in list(self._spans.items()):
            if path and path[-1] == 0:
                self._spans.setdefault(path[:-1], span)


def _pieces(dotted: str) -> list[str]:
    return [piece.strip("\"'") for piece in _PIECE.findall(dotted)]


def _scan(text: str, depth: int, quote: str) -> tuple[int, str]:
    """How deep in brackets, and in which long string, a line ends."""
    at = 0
    while at < len(text):
        if quote:
            end = text.find(quote, at)
            if end < 0:
                return depth, quote if len(quote) == 3 else ""
            if quote[0] == '"' and text[end - 1 : end] == "\\":
                at = end + 1
                continue
            at, quote = end + len(quote), ""
        elif text[at] == "#":
            break
        elif found := next((mark for mark in _QUOTES if text.startswith(mark, at)), ""):
            at, quote = at + len(found), found
        else:
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(text[at], 0)
            at += 1
    return depth, quote if len(quote) == 3 else ""
