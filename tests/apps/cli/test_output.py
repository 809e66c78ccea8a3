"""Sentences and tables on a narrow terminal."""

from __future__ import annotations

import io

import click
import pytest
from lovhe.apps.cli import output


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        """Which it is not."""
        return True


def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Standard output of 80 columns, from now on."""
    stream = Terminal()
    for name, value in (("COLUMNS", "80"), ("TERM", "xterm")):
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("sys.stdout", stream)
    return stream


def test_colours_take_no_room_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """A coloured mark neither breaks a line too early nor is lost where the line is broken."""
    screen = terminal(monkeypatch)
    words = " ".join(["lövhə"] * 16)
    output.show(f"{output.outcome_mark('passed')} {words[:75]}")
    output.show(f"{output.outcome_mark('passed')} {words}")
    lines = screen.getvalue().splitlines()
    assert [click.unstyle(line) for line in lines] == [f"✓ {words[:75]}", f"✓ {words[:77]}", f"  {words[78:]}"]
    assert lines[1].startswith("\x1b[32m✓\x1b[0m ")


def test_a_mac_is_never_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody may have to copy it: other cells are folded instead."""
    screen = terminal(monkeypatch)
    output.show_table(("Board", "Name", "MAC"), [("a" * 60, "b" * 20, "24:0a:c4:00:00:01")])
    assert "24:0a:c4:00:00:01" in screen.getvalue()
