"""The flash chip in a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lovhe.virtual.chip.flash_file import SECTOR, FlashFile

SIZE = 4 * SECTOR


@pytest.fixture
def flash(tmp_path: Path) -> Iterator[FlashFile]:
    """A chip of four sectors."""
    chip = FlashFile(tmp_path / "flash.bin", SIZE)
    yield chip
    chip.close()


def test_a_new_chip_is_erased_and_takes_no_room(flash: FlashFile) -> None:
    """Erased bytes read 0xFF without having been written anywhere."""
    assert flash.read(0, SIZE) == b"\xff" * SIZE
    assert flash.path.stat().st_size == 0


def test_programming_only_clears_bits(flash: FlashFile) -> None:
    """A second write without an erase leaves the AND of both."""
    flash.program(100, b"\xf0\xff\x0f")
    flash.program(100, b"\x3c\x3c\x3c")
    assert flash.read(99, 5) == b"\xff\x30\x3c\x0c\xff"


def test_erasing_takes_whole_sectors(flash: FlashFile) -> None:
    """A range inside a sector erases all of it, and not its neighbours."""
    flash.program(0, bytes(SIZE))
    flash.erase(SECTOR + 10, 1)
    assert flash.read(0, SIZE) == bytes(SECTOR) + b"\xff" * SECTOR + bytes(2 * SECTOR)


def test_the_whole_chip_can_be_laid_out_for_another_reader(flash: FlashFile) -> None:
    """After `materialise` the file itself reads as the chip does."""
    flash.program(SECTOR, b"abc")
    flash.materialise()
    assert flash.path.read_bytes() == (b"\xff" * SECTOR + b"abc").ljust(SIZE, b"\xff")


def test_the_chip_is_found_again(tmp_path: Path) -> None:
    """Flash keeps its content without power."""
    first = FlashFile(tmp_path / "flash.bin", SIZE)
    first.program(5, b"kept")
    first.close()
    again = FlashFile(tmp_path / "flash.bin", SIZE)
    assert again.read(5, 4) == b"kept"
    again.close()


@pytest.mark.parametrize(("offset", "length"), [(SIZE, 1), (0, SIZE + 1), (-1, 2), (SIZE - 1, 2)])
def test_outside_the_chip_there_is_nothing(flash: FlashFile, offset: int, length: int) -> None:
    """A range that leaves the chip is refused, not wrapped."""
    for action in (flash.read, flash.erase, flash.md5):
        with pytest.raises(ValueError, match="outside"):
            action(offset, length)
    if offset >= 0:
        with pytest.raises(ValueError, match="outside"):
            flash.program(offset, bytes(length))


Steps = st.lists(
    st.one_of(
        st.tuples(st.just("program"), st.integers(0, SIZE - 1), st.binary(min_size=1, max_size=600)),
        st.tuples(st.just("erase"), st.integers(0, SIZE - 1), st.integers(0, 2 * SECTOR)),
        st.tuples(st.just("materialise"), st.just(0), st.just(0)),
    ),
    max_size=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None, max_examples=60)
@given(Steps)
def test_it_behaves_like_a_chip_in_memory(tmp_path: Path, steps: list) -> None:
    """Whatever is programmed and erased, the file reads as a plain model of NOR flash does."""
    (tmp_path / "model.bin").unlink(missing_ok=True)
    chip, model = FlashFile(tmp_path / "model.bin", SIZE), bytearray(b"\xff" * SIZE)
    for action, offset, what in steps:
        if action == "program":
            what = what[: SIZE - offset]
            chip.program(offset, what)
            for index, byte in enumerate(what):
                model[offset + index] &= byte
        elif action == "erase":
            end = min(SIZE, offset + what)
            chip.erase(offset, end - offset)
            first, last = offset // SECTOR * SECTOR, -(-end // SECTOR) * SECTOR
            model[first:last] = b"\xff" * (last - first)
        else:
            chip.materialise()
    assert chip.read(0, SIZE) == model
    assert chip.md5(7, SIZE - 7) == hashlib.md5(model[7:]).digest()
    chip.close()
