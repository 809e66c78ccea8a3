"""What a class of boards gets is made ready once, and once only in memory."""

from __future__ import annotations

import hashlib
import itertools
import random
import struct
import threading
import tracemalloc
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lovhe.adapters import flash_plan
from lovhe.adapters.flash_plan import PIECE_SIZE, FlashPlan, Piece
from lovhe.adapters.littlefs_image import files_regions
from lovhe.core.firmware.image_format import xor_checksum
from lovhe.services.ports import Region
from lovhe.virtual.chip.slip import SlipReader

CLASS = 30
IMAGE = random.Random(1).randbytes(5 * PIECE_SIZE // 2)
BLOCK_SIZE = 0x4000


def _board_regions(number: int, files_size: int = 0x200000) -> list[Region]:
    """The regions of one board, all made for it alone, as its thread makes them."""
    files = {"/lib/large.bin": IMAGE[:200_000], "/board.json": b'{"name":"7A-%d"}' % number}
    return [Region(0x1000, bytes(bytearray(IMAGE))), *files_regions(files, 0x200000, files_size)]


def _counted(monkeypatch: pytest.MonkeyPatch, name: str) -> list[object]:
    """What `flash_plan`'s function of that name is called with, from now on."""
    calls: list[object] = []
    original: Callable[..., object] = getattr(flash_plan, name)

    def counted(*args: object) -> object:
        calls.append(args[0])
        return original(*args)

    monkeypatch.setattr(flash_plan, name, counted)
    return calls


def test_a_class_is_cut_hashed_and_framed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty boards at once, with regions of their own that are equal: each region is cut once, each piece framed once."""
    cut, packed = _counted(monkeypatch, "_cut"), _counted(monkeypatch, "_packed")
    plan = FlashPlan()
    together = threading.Barrier(CLASS)

    def board(number: int) -> list[Piece]:
        together.wait(30)
        pieces = plan.pieces(_board_regions(0))
        for piece in pieces:
            piece.packed(BLOCK_SIZE)
        return pieces

    with ThreadPoolExecutor(CLASS) as pool:
        boards = list(pool.map(board, range(CLASS)))
    assert len(cut) == len(_board_regions(0))
    assert len(packed) == len(boards[0])
    assert all(ours is theirs for pieces in boards for ours, theirs in zip(pieces, boards[0], strict=True))


@pytest.mark.parametrize("files_size", [0x200000, 0x38000])
def test_boards_with_names_of_their_own_share_all_but_the_root_folder(files_size: int) -> None:
    """A file system differs from board to board in the two blocks where the name stands; all other regions are the very same bytes."""
    first, second = (_board_regions(number, files_size) for number in (1, 12))
    differing = [(ours.offset, len(ours.data)) for ours, theirs in zip(first, second, strict=True) if ours != theirs]
    assert differing == [(0x200000, 2 * 4096)]
    assert all(ours.data is theirs.data for ours, theirs in zip(first[2:], second[2:], strict=True))
    assert len(first) > 2


def test_a_class_takes_the_memory_of_one_image() -> None:
    """Pieces and frames of thirty boards take little more memory than one board's."""

    def held(boards: int) -> int:
        """Bytes that are still there when so many boards' pieces and frames are."""
        plan = FlashPlan()
        regions = [Region(0x1000, IMAGE)]
        tracemalloc.start()
        pieces = [plan.pieces([*regions, Region(0x200000, b"7A-%d" % number)]) for number in range(boards)]
        for piece in itertools.chain.from_iterable(pieces):
            piece.packed(BLOCK_SIZE)
        size = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        return size

    assert held(CLASS) - held(1) < len(IMAGE) // 4


def test_a_file_system_takes_the_memory_of_its_used_blocks() -> None:
    """Building 30 KB of files for a partition of 2 MB never holds anything like 2 MB."""
    files = {"/lib/a.bin": IMAGE[:30_000], "/board.json": b"{}"}
    files_regions(files, 0, 0x200000)  # imports and caches
    tracemalloc.start()
    files_regions(files, 0, 0x200000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300_000


@given(st.binary(max_size=3 * BLOCK_SIZE), st.sampled_from([0x400, BLOCK_SIZE]))
def test_frames_carry_the_piece_to_the_loader(data: bytes, block_size: int) -> None:
    """Read as the loader reads them, the frames are numbered blocks with right lengths and checksums, which inflate to the piece."""
    [piece] = FlashPlan().pieces([Region(0, data + b"!")])
    packed = piece.packed(block_size)
    blocks = b""
    for number, frame in enumerate(packed.frames):
        [packet] = SlipReader().feed(frame)
        direction, command, length, checksum = struct.unpack_from("<BBHI", packet)
        size, sequence, zero, also_zero = struct.unpack_from("<IIII", packet, 8)
        block = packet[24:]
        assert (direction, command, length, sequence, zero, also_zero) == (0, 0x11, len(packet) - 8, number, 0, 0)
        assert size == len(block) <= block_size
        assert checksum == xor_checksum(block)
        blocks += block
    assert zlib.decompress(blocks) == data + b"!"
    assert packed.compressed_size == len(blocks)
    assert piece.md5 == hashlib.md5(data + b"!", usedforsecurity=False).hexdigest()


@pytest.mark.parametrize("size", [1, PIECE_SIZE - 1, PIECE_SIZE, PIECE_SIZE + 1, 3 * PIECE_SIZE])
def test_pieces_are_the_whole_region_in_order(size: int) -> None:
    """No byte of a region is left out or doubled, whatever its length."""
    data = random.Random(size).randbytes(size)
    pieces = FlashPlan().pieces([Region(0x10000, data, only_with_others=True)])
    at = 0x10000
    for piece in pieces:
        assert piece.offset == at
        assert 0 < piece.size <= PIECE_SIZE
        assert piece.md5 == hashlib.md5(data[at - 0x10000 :][: piece.size], usedforsecurity=False).hexdigest()
        assert piece.only_with_others
        at += piece.size
    assert at == 0x10000 + size


def test_equal_bytes_at_other_places_are_other_pieces() -> None:
    """What makes a region the same is its place and its bytes, and whether it goes only with others."""
    plan = FlashPlan()
    [first], [second], [third] = (plan.pieces([region]) for region in (Region(0, b"a"), Region(4096, b"a"), Region(0, b"a", True)))
    assert (first.offset, second.offset) == (0, 4096)
    assert (first.only_with_others, third.only_with_others) == (False, True)
