"""Files on a board become equal the given ones, or stay what they were."""

from __future__ import annotations

import random
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lovhe.adapters import board_scripts
from lovhe.adapters.board_files import PIECE_BYTES, WINDOW_BITS, pieces, storing_error
from lovhe.adapters.board_link import ReplLink
from lovhe.core.errors import BoardError, InputError

from .conftest import PlainMicroPython

NOISE = random.Random(5).randbytes(40_000)


def _on_disk(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _set_of(folder: Path, version: bytes) -> dict[str, bytes]:
    return {
        f"{folder}/main.py": b"print(%s)\n" % version * 80,
        f"{folder}/lib/lovhe/trace.mpy": NOISE[:3000] + version,
        f"{folder}/lib/lovhe/deep/er/x.bin": bytes(range(256)) * 9 + version,
        f"{folder}/empty": b"",
    }


def test_files_are_written_and_unchanged_ones_left_alone(plain_micropython: PlainMicroPython) -> None:
    """The first time all are written, the second time none, the third time the one that differs."""
    folder = plain_micropython.folder
    link = ReplLink(plain_micropython.serial_port, fresh=False)
    files = _set_of(folder, b"1")
    told: list[tuple[int, int]] = []
    assert link.put_files(files, lambda done, total: told.append((done, total))) == 4
    assert _on_disk(folder) == files
    assert told[-1] == (sum(map(len, files.values())),) * 2
    assert link.put_files(files) == 0
    files[f"{folder}/main.py"] = b"print('changed')\n"
    assert link.put_files(files) == 1
    assert _on_disk(folder) == files
    link.close()


def test_a_module_replaces_its_other_form(plain_micropython: PlainMicroPython) -> None:
    """A deployed foo.mpy removes foo.py, which would hide it, and the other way round; even when nothing else changes."""
    folder = plain_micropython.folder
    (folder / "foo.py").write_bytes(b"old")
    link = ReplLink(plain_micropython.serial_port, fresh=False)
    link.put_files({f"{folder}/foo.mpy": b"M"})
    assert _on_disk(folder) == {f"{folder}/foo.mpy": b"M"}
    (folder / "foo.py").write_bytes(b"back again")
    link.put_files({f"{folder}/foo.mpy": b"M"})
    assert _on_disk(folder) == {f"{folder}/foo.mpy": b"M"}
    link.put_files({f"{folder}/foo.py": b"new"})
    assert _on_disk(folder) == {f"{folder}/foo.py": b"new"}
    link.close()


def test_half_written_files_of_an_earlier_cut_are_removed(plain_micropython: PlainMicroPython) -> None:
    """What a power cut left under another name is gone after the next deploy."""
    folder = plain_micropython.folder
    (folder / "main.py.new").write_bytes(b"half")
    link = ReplLink(plain_micropython.serial_port, fresh=False)
    link.put_files({f"{folder}/main.py": b"whole"})
    assert _on_disk(folder) == {f"{folder}/main.py": b"whole"}
    link.close()


@pytest.mark.parametrize("seed", range(12))
def test_a_cut_at_any_byte_leaves_old_files_or_new_ones(plain_micropython: PlainMicroPython, seed: int) -> None:
    """The board dies at a random byte of a deploy: every file is the old or the new one, to the last byte."""
    folder = plain_micropython.folder
    old, new = _set_of(folder, b"1"), _set_of(folder, b"2")
    for path, content in old.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(content)
    link = ReplLink(plain_micropython.serial_port, fresh=False)
    plain_micropython.cut_after = plain_micropython.received + random.Random(seed).randrange(1, 7000)
    try:
        link.put_files(new)
    except BoardError:
        pass
    link.close()
    now = _on_disk(folder)
    for path in old:
        assert now[path] in (old[path], new[path])
    assert {path for path in now if not path.endswith(".new")} == set(old)


@given(st.binary(max_size=2000))
@settings(max_examples=60)
def test_any_bytes_survive_as_a_literal(data: bytes) -> None:
    """A chunk is a bytes literal equal to its data, without NUL, Ctrl-C, Ctrl-D or a line end in it."""
    code = board_scripts.chunk(data)
    assert not set(code) & {0, 3, 4, 10, 13}
    # CPython allows ASCII alone in a bytes literal, so it reads a text literal.
    assert eval(code.decode("latin-1").removeprefix("_lw(b").removesuffix(")")).encode("latin-1") == data


def test_hard_bytes_arrive_on_real_micropython(plain_micropython: PlainMicroPython) -> None:
    """All byte values, next to digits and quotes, come through the lexer of the real interpreter."""
    folder = plain_micropython.folder
    hard = bytes(range(256)) + b"".join(bytes([code]) + b"07'\\" for code in range(256)) + NOISE
    link = ReplLink(plain_micropython.serial_port, fresh=False)
    link.put_files({f"{folder}/hard.bin": hard})
    assert _on_disk(folder) == {f"{folder}/hard.bin": hard}
    link.close()


@pytest.mark.parametrize("content", [NOISE, b"print('hello')\n" * 9000, NOISE[:500], b"x"])
def test_pieces_fit_the_boards_memory(content: bytes) -> None:
    """Each piece unpacks for itself within the board's window, none is larger than the board has room for."""
    whole = b""
    for packed, taken in pieces(content):
        assert len(packed) <= PIECE_BYTES
        plain = zlib.decompressobj(WINDOW_BITS).decompress(packed)
        assert len(plain) == taken
        whole += plain
    assert whole == content


@pytest.mark.parametrize("path", ["main.py", "/", "", "/a//b", "/../x", "/a\nb", "/lib/"])
def test_a_path_that_is_none_is_refused(plain_micropython: PlainMicroPython, path: str) -> None:
    """A wrong path is told before anything is sent."""
    link = ReplLink(plain_micropython.serial_port, fresh=False)
    with pytest.raises(InputError):
        link.put_files({path: b""})
    link.close()


@pytest.mark.parametrize(
    ("traceback", "word"),
    [
        ("Traceback…\nOSError: [Errno 28] ENOSPC", "full"),
        ("OSError: 28", "full"),
        ("MemoryError: memory allocation failed", "memory"),
        ("OSError: [Errno 21] EISDIR", "EISDIR"),
    ],
)
def test_what_went_wrong_while_storing_is_told(traceback: str, word: str) -> None:
    """A full flash, too little memory and anything else are three different sentences."""
    assert word in str(storing_error("COM3", traceback))


def test_a_full_disk_leaves_the_old_files(plain_micropython: PlainMicroPython) -> None:
    """When the flash is full the old files are whole, the half-written ones are gone, and the error says so."""
    folder = plain_micropython.folder
    link = ReplLink(plain_micropython.serial_port, fresh=False)
    old = {f"{folder}/main.py": b"old\n", f"{folder}/other.py": b"old too\n"}
    link.put_files(old)
    link.execute(
        "import os\n"
        "class Full:\n"
        " def __init__(s,f):s.f=f\n"
        " def close(s):s.f.close()\n"
        " def write(s,b):raise OSError(28)\n"
        "_open=open\n"
        "def open(p,m='r'):return Full(_open(p,m)) if 'w' in m else _open(p,m)\n"
    )
    with pytest.raises(BoardError) as caught:
        link.put_files({f"{folder}/main.py": NOISE[:9000], f"{folder}/other.py": b"new\n"})
    assert "full" in str(caught.value)
    assert _on_disk(folder) == old
    link.close()
