"""A session with a board's loader, over the real esptool and the real loader protocol."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable

import pytest
from esptool.targets import ESP32ROM
from esptool.util import FatalError
from lovhe.adapters.esptool_flash import EsptoolLoader, EsptoolSession
from lovhe.adapters.esptool_messages import stopped_error
from lovhe.adapters.flash_plan import PIECE_SIZE
from lovhe.core.errors import BoardGoneError, LoaderError
from lovhe.services.ports import BoardInfo, Region, Written
from lovhe.virtual.line.faults import Faults, Strike

from tests.virtual.conftest import BareBoard, bare_board, wait_until

__all__ = ["bare_board", "wait_until"]

BAUD_BD = 460_800
NOISE = random.Random(7).randbytes(PIECE_SIZE + 50_000)
REGIONS = [Region(0x1000, NOISE), Region(0x9000 + len(NOISE), b"\xff" * 4096, only_with_others=True), Region(0x200000, b"files" * 999)]
TOTAL = sum(len(region.data) for region in REGIONS)

Boards = Callable[..., BareBoard]


class StopError(Exception):
    """What a caller's callback raises."""


def _info(board: BareBoard) -> BoardInfo:
    return BoardInfo("desk", board.serial_port, "", True, "ready")


def _stored(board: BareBoard, region: Region) -> bytes:
    return bytes(board.run(lambda: board.flash.read(region.offset, len(region.data))))


def _begun_writes(session: EsptoolSession, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The places where the session begins to write, from now on."""
    places: list[int] = []
    begin = session._esp.flash_defl_begin

    def noted(size: int, compressed_size: int, offset: int) -> object:
        places.append(offset)
        return begin(size, compressed_size, offset)

    monkeypatch.setattr(session._esp, "flash_defl_begin", noted)
    return places


def test_fresh_writes_all_and_compares_nothing_first(bare_board: Boards, monkeypatch: pytest.MonkeyPatch) -> None:
    """A board that holds everything gets everything once more, those regions too that go only with others; each piece is read back."""
    board = bare_board(endpoint="pty")
    begun: list[str] = []
    with EsptoolLoader().connect(_info(board), BAUD_BD) as session:
        session.write(REGIONS)
        places = _begun_writes(session, monkeypatch)
        read_back: list[int] = []
        md5sum = session._esp.flash_md5sum
        monkeypatch.setattr(session._esp, "flash_md5sum", lambda offset, size: (read_back.append(offset), md5sum(offset, size))[1])
        assert session.write(REGIONS, before_writing=lambda: begun.append("once")) == Written(0, TOTAL)
        assert (places, begun) == ([], [])
        read_back.clear()
        written = session.write(REGIONS, before_writing=lambda: begun.append("once"), fresh=True)
    assert written == Written(TOTAL, 0)
    assert begun == ["once"]
    assert places == [0x9000 + len(NOISE), 0x1000, 0x1000 + PIECE_SIZE, 0x200000]
    assert read_back == places


def test_fresh_progress_runs_from_nothing_to_all(bare_board: Boards) -> None:
    """Bytes done begin near zero, never fall and end at the total."""
    board = bare_board(endpoint="pty")
    told: list[tuple[int, int]] = []
    with EsptoolLoader().connect(_info(board), BAUD_BD) as session:
        session.write(REGIONS)
        session.write(REGIONS, lambda done, total: told.append((done, total)), fresh=True)
    assert 0 < told[0][0] < PIECE_SIZE
    assert told[-1] == (TOTAL, TOTAL)
    assert told == sorted(told)


@pytest.mark.parametrize("endpoint", ["pty", "rfc2217"])
@pytest.mark.parametrize("fresh", [False, True])
def test_a_progress_that_raises_stops_between_two_blocks(
    bare_board: Boards, wait_until: Callable[..., None], endpoint: str, fresh: bool
) -> None:
    """What it raises comes out as it is; the flash is unfinished, and the same session reads, finishes it and restarts the board."""
    board = bare_board(endpoint=endpoint)
    heard: list[int] = []

    def stop(done: int, total: int) -> None:
        heard.append(done)
        if done > PIECE_SIZE // 2:
            raise StopError

    with EsptoolLoader().connect(_info(board), BAUD_BD) as session:
        with pytest.raises(StopError):
            session.write(REGIONS, stop, fresh=fresh)
        assert PIECE_SIZE // 2 < heard[-1] < PIECE_SIZE
        assert _stored(board, REGIONS[0]) != REGIONS[0].data
        assert session.read(0x1000, 3000) == NOISE[:3000]
        assert session.write(REGIONS).written > 0
        session.restart()
    assert [_stored(board, region) for region in REGIONS] == [region.data for region in REGIONS]
    wait_until(lambda: board.booted[-1] != "loader")


@pytest.mark.parametrize("error", [IndexError("mine"), OSError(5, "mine"), LoaderError("mine", "yours")])
def test_what_callbacks_raise_is_not_taken_for_the_lines_trouble(bare_board: Boards, error: Exception) -> None:
    """An error of the caller's own comes out unchanged, whatever its kind."""
    board = bare_board(endpoint="pty")

    def fail(*_: int) -> None:
        raise error

    with EsptoolLoader().connect(_info(board), BAUD_BD) as session:
        for callbacks in ({"progress": fail}, {"before_writing": fail}):
            with pytest.raises(type(error)) as caught:
                session.write(REGIONS, **callbacks)  # type: ignore[arg-type]
            assert caught.value is error
        assert _stored(board, REGIONS[0]).count(b"\xff") == len(NOISE)


@pytest.mark.parametrize("endpoint", ["pty", "rfc2217"])
@pytest.mark.parametrize("chip", ["esp32", "esp32s3", "esp32c3"])
def test_a_session_reads_what_the_flash_holds(bare_board: Boards, capfd: pytest.CaptureFixture[str], endpoint: str, chip: str) -> None:
    """Any range comes back as it is, whole sectors or not, between other work and without a word on the terminal."""
    board = bare_board(endpoint=endpoint, chip=chip)
    board.run(lambda: board.flash.program(0x8000, NOISE))
    with EsptoolLoader().connect(_info(board), BAUD_BD) as session:
        assert session.chip == chip
        for offset, size in ((0x8000, 3072), (0x8001, 1), (0x8123, 20_000), (0x3FF000, 0x1000)):
            expected = board.run(lambda offset=offset, size=size: board.flash.read(offset, size))
            assert session.read(offset, size) == expected
        assert session.write([Region(0x100000, b"more")]).written == 4
    assert capfd.readouterr() == ("", "")


def test_reading_beyond_the_flash_is_an_error(bare_board: Boards) -> None:
    """The loader refuses, and the session goes on."""
    board = bare_board(endpoint="pty")
    with EsptoolLoader().connect(_info(board), BAUD_BD) as session:
        with pytest.raises(LoaderError):
            session.read(0x3FF000, 0x2000)
        assert session.read(0x1000, 16) == b"\xff" * 16


def test_a_board_that_does_not_follow_to_the_fast_rate_is_spoken_to_slowly(bare_board: Boards) -> None:
    """The line is cut to pieces above 115,200 baud: the session says which rate it came to, and works."""
    board = bare_board(endpoint="rfc2217")
    set_baud = board.uart.set_baud

    def noisy_when_fast(baud_bd: int) -> None:
        set_baud(baud_bd)
        board.uart.faults.flip_rate = 0.5 if baud_bd > 115_200 else 0.0

    board.uart.set_baud = noisy_when_fast  # type: ignore[method-assign]
    with EsptoolLoader().connect(_info(board), BAUD_BD) as session:
        assert session.baud_bd == 115_200
        assert session.write(REGIONS).written > len(NOISE)
    assert _stored(board, REGIONS[0]) == NOISE


@pytest.mark.parametrize("seed", range(8))
def test_a_bad_line_ends_in_an_error_that_can_be_tried_again(bare_board: Boards, seed: int) -> None:
    """Bytes that are lost or flipped end in a loader's error or in a flash that is right; never in another exception."""
    faults = Faults(seed=seed, flip_rate=2e-4 if seed % 2 else 0.0, drop_rate=0.0 if seed % 2 else 2e-4)
    board = bare_board(endpoint="pty" if seed % 4 < 2 else "rfc2217", faults=faults)
    done = False
    with contextlib.suppress(LoaderError), EsptoolLoader().connect(_info(board), BAUD_BD) as session:
        session.write(REGIONS[1:])
        done = True
    assert not done or _stored(board, REGIONS[2]) == REGIONS[2].data
    faults.calm()
    with EsptoolLoader().connect(_info(board), BAUD_BD) as session:
        session.write(REGIONS[1:])
    assert _stored(board, REGIONS[2]) == REGIONS[2].data


@pytest.mark.parametrize("seed", range(16))
def test_a_cable_pulled_at_any_byte_is_a_board_that_is_gone(bare_board: Boards, seed: int) -> None:
    """From the first byte of the hand-shake to the last of the flash: never another exception."""
    board = bare_board(endpoint="pty" if seed % 2 else "rfc2217")
    board.uart.faults.arm(Strike.UNPLUG, random.Random(seed).randrange(0, 12_000))
    with pytest.raises(BoardGoneError), EsptoolLoader().connect(_info(board), BAUD_BD) as session:
        session.write(REGIONS)


@pytest.mark.parametrize("code", [b"\xc0\x00", b"\xc1\x00", b"\xc6\x00", b"\xc7\x00", b"\xff\x00", b"\x01\x07"])
def test_a_block_that_came_to_pieces_is_told_as_a_bad_line(code: bytes) -> None:
    """The loader's codes for what noise does to a block become the sentence about a garbled line."""
    reason = str(FatalError.WithResult("Failed to write compressed data to flash", code))
    assert "garbled" in str(stopped_error("COM7", reason))


def test_a_flash_chip_that_fails_is_not_told_as_a_bad_line() -> None:
    """The loader could read the block, and the flash chip did not take it."""
    assert "garbled" not in str(stopped_error("COM7", str(FatalError.WithResult("Failed to write", b"\xc4\x00"))))


def test_what_goes_with_others_goes_first(bare_board: Boards, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session that is cut off at any place leaves the next one something that says so: else old settings would stay for ever."""
    board = bare_board(endpoint="pty")
    with EsptoolLoader().connect(_info(board), BAUD_BD) as session:
        session.write(REGIONS)
        for region in REGIONS[:2]:
            board.run(lambda place=region.offset: board.flash.program(place, b"\0" * 16))
        places = _begun_writes(session, monkeypatch)
        session.write(REGIONS)
    assert places == [0x9000 + len(NOISE), 0x1000]


@pytest.mark.parametrize("asked", ["read_efuse", "run_spiflash_command"])
def test_a_garbled_answer_to_who_it_is_makes_no_other_board_of_it(bare_board: Boards, monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    """One flipped bit in the MAC would be a board nobody has, in the flash's size a file system that nobody mounts: it is a bad line."""
    board = bare_board(endpoint="pty")
    answers: list[int] = []
    original = getattr(ESP32ROM, asked)

    def garbled_once(esp: ESP32ROM, *question: object) -> int:
        answers.append(original(esp, *question))
        return answers[-1] ^ 0x10008 * (len(answers) == 1)

    with EsptoolLoader().connect(_info(board), BAUD_BD) as session:
        mac, flash_size = session.mac, session.flash_size
    monkeypatch.setattr(ESP32ROM, asked, garbled_once)
    with pytest.raises(LoaderError) as caught, EsptoolLoader().connect(_info(board), BAUD_BD):
        pass
    assert "garbled" in str(caught.value)
    with EsptoolLoader().connect(_info(board), BAUD_BD) as session:
        assert (session.mac, session.flash_size) == (mac, flash_size)
