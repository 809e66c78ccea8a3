"""What the interpreter writes becomes what the chip sends, however the bytes arrive."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lovhe.virtual.interpreter.engine_output import OutputCooker

NONCE = b"0123456789abcdef"
MARK = b"\0" + NONCE


def test_lone_line_feeds_get_a_carriage_return() -> None:
    """Lines end with CR LF once, also when the pair is split between two reads."""
    cooker = OutputCooker(NONCE)
    assert cooker.feed(b"a\nb\r\nc\r") == b"a\r\nb\r\nc\r"
    assert cooker.feed(b"\nd\n\n") == b"\nd\r\n\r\n"


def test_marked_bytes_go_out_as_they_are() -> None:
    """A mark says how many bytes follow; text goes on after them."""
    assert OutputCooker(NONCE).feed(b"a\n" + MARK + b"0003\n\0\nb\n") == b"a\r\n\n\0\nb\r\n"


def test_banner_names_the_chip_and_not_the_pc() -> None:
    """The interpreter's own banner is replaced in the two pieces in which it is written."""
    cooker = OutputCooker(NONCE)
    shown = cooker.feed(b"MicroPython 9458e3a23f on 2026-07-05") + cooker.feed(b"; linux [GCC 14.2.1] version") + cooker.feed(b"\r\n")
    assert shown.decode().endswith("Lövhə virtual board with ESP32\r\n")
    assert b"linux" not in shown


def test_a_zero_byte_is_not_kept_back() -> None:
    """A program's own zero byte at the end of a print goes out at once."""
    assert OutputCooker(NONCE).feed(b"x\0") == b"x\0"


RAW = st.binary(max_size=8)
TEXT = st.text("ab\n\0", max_size=8)


@given(pieces=st.lists(RAW | TEXT), cuts=st.lists(st.integers(1, 40)))
def test_cuts_do_not_matter(pieces: list[bytes | str], cuts: list[int]) -> None:
    """The same stream in other pieces gives the same bytes."""
    stream, expected = b"", b""
    for piece in pieces:
        if isinstance(piece, bytes):
            stream += MARK + b"%04x" % len(piece) + piece
            expected += piece
        else:
            stream += piece.encode()
            expected += piece.encode().replace(b"\n", b"\r\n")
    cooker = OutputCooker(NONCE)
    seen = b""
    for cut in cuts:
        first, stream = stream[:cut], stream[cut:]
        seen += cooker.feed(first, more=bool(stream))
    assert seen + cooker.feed(stream) == expected
