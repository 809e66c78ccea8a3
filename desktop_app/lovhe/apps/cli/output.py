"""Where words go: data to standard output, everything else to standard error, both fit for any console."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from contextlib import suppress
from io import UnsupportedOperation
from typing import TYPE_CHECKING, Any, TextIO

import click

from lovhe.apps.language import key, t
from lovhe.core.messages import Text
from lovhe.core.shown_text import harmless_coloured

if TYPE_CHECKING:
    from rich.console import Console

_MARKS = {"passed": ("✓", "+"), "failed": ("✗", "x"), "skipped": ("–", "-"), "unclear": ("?", "?")}
_COLOURS = {"passed": "green", "failed": "red", "skipped": "bright_black", "unclear": "yellow"}
_COLOURED = re.compile(r"\x1b\[[0-9;]*m[^\x1b]*\x1b\[0m")
_UNBROKEN = ("MAC",)
NOT_PASSED = key("not passed")
_WORDS = {"passed": key("passed"), "failed": key("failed"), "skipped": key("skipped"), "unclear": key("unclear")}


def make_streams_forgiving() -> None:
    """A letter that an old console lacks is shown as "?" and stops nothing; so does a key whose letter cannot be read."""
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            with suppress(UnsupportedOperation):  # somebody has read from it already
                reconfigure(errors="replace")


def say(text: Text | str = "") -> None:
    """A sentence for the person in front of the screen, on standard error. A plain string is printed as it is."""
    click.echo(_folded(text if isinstance(text, str) else t(text), sys.stderr), err=True)


def show(text: Text | str = "") -> None:
    """A line of what was asked for, on standard output."""
    click.echo(_folded(text if isinstance(text, str) else t(text), sys.stdout))


def _folded(text: str, stream: TextIO) -> str:
    """A sentence that is longer than the terminal's line, broken between words; below its begin, a bit to the right."""
    text = harmless_coloured(text)  # file names and ids are other people's, too
    width = shutil.get_terminal_size().columns
    plain = click.unstyle(text)
    if len(plain) < width or "\n" in text or not stream.isatty():
        return text
    indent = " " * (len(plain) - len(plain.lstrip()) + 2)
    folded = textwrap.fill(plain, width - 1, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    for coloured in _COLOURED.findall(text):  # colours have no width: they are put back where they were
        folded = folded.replace(click.unstyle(coloured), coloured, 1)
    return folded


def show_json(value: Any) -> None:
    """One JSON value on standard output; letters outside ASCII are escaped where the stream could not carry them."""
    utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    click.echo(json.dumps(value, ensure_ascii=not utf8, indent=2))


def outcome_word(outcome: str) -> str:
    """An outcome as mark and word: "✓ passed". Colour only repeats what they say."""
    return _coloured(f"{_mark(outcome)} {t(_WORDS[outcome])}", outcome)


def outcome_mark(outcome: str) -> str:
    """An outcome as mark alone, for what is not a verdict."""
    return _coloured(_mark(outcome), outcome)


def _mark(outcome: str) -> str:
    fine, plain = _MARKS[outcome]
    try:
        fine.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return plain
    return fine


def _coloured(words: str, outcome: str) -> str:
    return click.style(words, fg=_COLOURS[outcome]) if uses_colour() else words


def uses_colour() -> bool:
    """Whether standard output is a terminal whose user wants colours."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def show_table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, err: bool = False) -> None:
    """Columns with headings (catalogue keys), as wide as their contents. Where a terminal is too narrow, long cells are folded, no MACs."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, show_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(t(heading), overflow="fold", no_wrap=heading in _UNBROKEN)
    for row in rows:
        from rich.text import Text as Cell

        table.add_row(*(Cell.from_ansi(harmless_coloured(cell)) for cell in row))
    rich_console(err=err).print(table)


def rich_console(*, err: bool = False) -> Console:
    """A console of Rich's on one of the standard streams; what is not a terminal is never folded."""
    from rich.console import Console

    stream = sys.stderr if err else sys.stdout
    return Console(file=stream, width=None if stream.isatty() else 500, highlight=False, soft_wrap=False)
