"""Bytes on the serial line: how fast they go, who waits for whom, and what faults do to them."""

from __future__ import annotations

import asyncio
import random

import pytest
from lovhe.virtual.line.faults import Faults, Strike
from lovhe.virtual.line.uart import OUTPUT_LIMIT, OUTPUT_ROOM

from tests.virtual.line_harness import Line, run

# --- pacing ---


@pytest.mark.parametrize(("baud_bd", "limit_bd"), [(115200, 460800), (460800, 460800), (921600, 460800)])
def test_the_line_is_no_faster_than_its_rate(baud_bd: int, limit_bd: int) -> None:
    """Ten bits a byte at the lower of the client's rate and the limit, in both directions, and no byte is lost."""

    async def work() -> None:
        line = Line(baud_limit_bd=limit_bd)
        line.uart.set_baud(baud_bd)
        data = bytes(range(256)) * 100
        started_s = asyncio.get_running_loop().time()
        line.uart.client_write(data)
        line.uart.transmit(data)
        await asyncio.sleep(60)
        due_s = started_s + len(data) * 10 / min(baud_bd, limit_bd)
        assert (line.chip_got, line.client_got) == (data, data)
        assert line.at_chip[-1][0] == pytest.approx(due_s, abs=0.001)
        assert line.at_client[-1][0] == pytest.approx(due_s, abs=0.001)

    run(work)


def test_a_line_without_a_limit_costs_no_time() -> None:
    """Without a limit a byte is there at once, whatever the client's rate."""

    async def work() -> None:
        line = Line()
        line.uart.set_baud(9600)
        line.uart.client_write(b"x" * 100_000)
        assert len(line.chip_got) == 100_000

    run(work)


def test_a_single_byte_comes_after_its_own_time() -> None:
    """A key press on an idle line is not held back for a slice."""

    async def work() -> None:
        line = Line(baud_limit_bd=115200)
        await asyncio.sleep(5)
        started_s = asyncio.get_running_loop().time()
        line.uart.client_write(b"\x03")
        await asyncio.sleep(1)
        assert line.at_chip == [(pytest.approx(started_s + 10 / 115200), b"\x03")]

    run(work)


# --- a client that does not read ---


def test_a_flood_waits_for_a_client_that_reads() -> None:
    """`output_room` holds the board back until the client has taken what waits."""

    async def work() -> None:
        line = Line(baud_limit_bd=460800)
        sent = 0
        for _ in range(100):
            await line.uart.output_room()
            line.uart.transmit(b"flood " * 1000)
            sent += 6000
        await asyncio.sleep(60)
        assert len(line.client_got) == sent

    run(work)


def test_a_client_that_stopped_reading_does_not_stop_the_board() -> None:
    """After half a second without a byte taken, what waits is lost and the board goes on."""

    async def work() -> None:
        line = Line()
        line.uart.hold_output(True)
        for _ in range(5):
            await asyncio.wait_for(line.uart.output_room(), 2)
            line.uart.transmit(b"x" * OUTPUT_ROOM)
        line.uart.hold_output(False)
        assert len(line.client_got) < 2 * OUTPUT_ROOM

    run(work)


def test_output_nobody_waits_for_is_bounded() -> None:
    """A board that never asks for room cannot fill the PC's memory."""

    async def work() -> None:
        line = Line()
        line.uart.hold_output(True)
        for _ in range(100):
            line.uart.transmit(b"x" * 100_000)
        line.uart.hold_output(False)
        assert len(line.client_got) == OUTPUT_LIMIT

    run(work)


def test_a_new_client_does_not_get_the_last_ones_bytes() -> None:
    """What waited for a client that left is not for the next one."""

    async def work() -> None:
        line = Line()
        line.uart.hold_output(True)
        line.uart.transmit(b"for the first")
        line.uart.detach()
        line.uart.transmit(b"for nobody")
        got: list[bytes] = []
        line.uart.attach(got.append)
        line.uart.transmit(b"for the second")
        assert got == [b"for the second"]

    run(work)


# --- faults ---


@pytest.mark.parametrize("after", [0, 1, 9, 10, 11, 25])
def test_the_cable_is_pulled_at_the_very_byte(after: int) -> None:
    """The chip gets exactly so many bytes, and nothing until the cable is back; then it starts from power-on."""

    async def work() -> None:
        line = Line()
        pulled: list[str] = []
        line.uart.on_unplug = lambda: pulled.append("unplug")
        line.uart.on_replug = lambda: pulled.append("replug")
        line.uart.faults.arm(Strike.UNPLUG, after)
        for _ in range(3):
            line.uart.client_write(b"0123456789")
        assert line.chip_got == (b"0123456789" * 3)[:after]
        assert (line.resets, pulled, line.uart.mode) == (["held"], ["unplug"], "off")
        line.uart.transmit(b"ghost")
        assert line.client_got == b""
        line.uart.replug()
        assert (line.resets, pulled) == (["held", "power"], ["unplug", "replug"])
        line.uart.client_write(b"again")
        assert line.chip_got.endswith(b"again")

    run(work)


def test_a_brownout_resets_the_chip_at_the_very_byte() -> None:
    """The bytes before it reach the loader, those after it the program that starts anew."""

    async def work() -> None:
        line = Line()
        line.uart.faults.arm(Strike.BROWNOUT, 4)
        line.uart.client_write(b"aaaabbbb")
        assert line.resets == ["brownout"]
        assert [data for _, data in line.at_chip] == [b"aaaa", b"bbbb"]

    run(work)


def test_two_faults_come_each_at_its_byte() -> None:
    """A brown-out and then a pulled cable, both counted from when they were armed."""

    async def work() -> None:
        line = Line()
        line.uart.faults.arm(Strike.UNPLUG, 6)
        line.uart.faults.arm(Strike.BROWNOUT, 2)
        line.uart.client_write(b"0123456789")
        assert line.resets == ["brownout", "held"]
        assert line.chip_got == b"012345"

    run(work)


def test_noise_is_the_same_for_the_same_seed() -> None:
    """Lost and flipped bytes come at about the set rate, and again alike with the same seed."""

    async def work() -> None:
        heard = []
        for seed in (1, 1, 2):
            line = Line(Faults(flip_rate=0.01, drop_rate=0.005, seed=seed))
            for _ in range(10):
                line.uart.client_write(bytes(10_000))
            heard.append(line.chip_got)
        assert heard[0] == heard[1] != heard[2]
        assert 300 < 100_000 - len(heard[0]) < 700
        assert 800 < len(heard[0]) - heard[0].count(0) < 1200

    run(work)


@pytest.mark.parametrize("piece", [1, 7, 1000])
def test_noise_hits_the_same_bytes_however_they_come(piece: int) -> None:
    """Pieces of any size are hit at the same places, and each direction by its own seed."""
    data = random.Random(5).randbytes(5000)
    whole, pieces = Faults(flip_rate=0.01, drop_rate=0.01, seed=4), Faults(flip_rate=0.01, drop_rate=0.01, seed=4)
    one = whole.disturb(data)
    other = b"".join(pieces.disturb(data[start : start + piece]) for start in range(0, len(data), piece))
    assert one == other != data
    assert whole.disturb(data, to_chip=False) != one


def test_a_healthy_board_again() -> None:
    """`calm` ends everything that was armed or set, and the noise begins anew."""
    faults = Faults(drop_rate=0.5, flip_rate=0.5, slow_bd=300, ignores_loader=True, stuck_in_loader=True, chip="esp32c3", seed=9)
    faults.arm(Strike.UNPLUG, 1)
    faults.arm(Strike.BROWNOUT, 1)
    faults.disturb(bytes(1000))
    faults.calm()
    assert faults == Faults(seed=9)
    assert faults.admit(b"abc") == (b"abc", None, b"")
    faults.drop_rate = 0.1
    assert faults.disturb(bytes(range(256))) == Faults(drop_rate=0.1, seed=9).disturb(bytes(range(256)))


def test_a_slow_line_is_slow_without_a_limit() -> None:
    """`slow_bd` paces a line that would otherwise cost no time."""

    async def work() -> None:
        line = Line(Faults(slow_bd=9600))
        started_s = asyncio.get_running_loop().time()
        line.uart.client_write(b"x" * 960)
        await asyncio.sleep(5)
        assert line.at_chip[-1][0] - started_s == pytest.approx(1.0, abs=0.001)

    run(work)
