"""What a board has printed last, as a person would read it: without frames, terminal codes and the raw REPL's marks."""

from __future__ import annotations

import pytest
from lovhe.virtual.line.recent_output import RecentOutput


def lines(*pieces: bytes, count: int = 10) -> list[str]:
    """The lines after these pieces of output."""
    output = RecentOutput()
    for piece in pieces:
        output.add(piece)
    return output.lines(count)


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        (b"", []),
        (b"salam\r\nn = 5\r\n", ["salam", "n = 5"]),
        (b"one\r\n\r\nunfini", ["one", "unfini"]),
        (b'before\r\n\x1e[17,10512,"level",2,1]\nafter\r\n', ["before", "after"]),
        (b"half a frame\r\n\x1e[17,105", ["half a frame"]),
        (b"raw REPL; CTRL-B to exit\r\n>OKsalam\r\n\x04\x04>", ["salam"]),
        (b"raw REPL; CTRL-B to exit\r\n>R\x01\x80\x00\x01\x01\x04salam\r\n\x04\x04>", ["salam"]),
        (b'>OKf00d\r\n-\r\n\x1e[0,512,"begin","0.1.0",5,"main.py"]\nsalam\r\n', ["salam"]),
        (b">light:512\r\n>x:5\r\n", [">light:512", ">x:5"]),
        (b"\x1b[31mred\x1b[0m\tand\x07 bell\r\n", ["red\tand bell"]),
        ("сәlam ə\r\n".encode(), ["сәlam ə"]),
        (b"\xff\xfe\r\n", ["\ufffd\ufffd"]),
    ],
)
def test_only_the_programs_words_are_read(printed: bytes, read: list[str]) -> None:
    """Frames, whole or cut off, and what the PC and the REPL say to each other are left out; a program's own ">" stays."""
    assert lines(printed) == read


def test_words_that_come_in_pieces_are_joined() -> None:
    """A line, and a letter of two bytes, may be cut anywhere."""
    assert lines(b"sal", "əm".encode()[:1], "əm".encode()[1:], b"\r", b"\n") == ["saləm"]


def test_only_the_newest_is_kept() -> None:
    """A flood needs no memory, the oldest line that has lost its begin is left out, and only as many come as were asked for."""
    flood = [b"line %d\r\n" % number for number in range(5000)]
    assert lines(*flood, count=2) == ["line 4998", "line 4999"]
    kept = lines(*flood, count=5000)
    assert len(kept) < 500
    assert kept[-2:] == ["line 4998", "line 4999"]
    assert all(line.startswith("line ") for line in kept)
    assert lines(b"x\r\n", count=0) == []
