"""Who resets the chip over the serial line, and into what: the control lines, and SYNC where there are none."""

from __future__ import annotations

import asyncio

import pytest
from lovhe.virtual.line.faults import Faults
from lovhe.virtual.line.uart import STRAP_WINDOW_S, SYNC_QUIET_S

from tests.virtual.line_harness import Line, run

SYNC = b"\xc0\x00\x08\x24\x00\0\0\0\0\x07\x07\x12\x20" + b"\x55" * 32 + b"\xc0"


# --- reset circuit ---

CLASSIC = [(0, 1, 0.1), (1, 1, 0.05), (1, 0, 0.05), (0, 0, 0)]  # one line after the other, as RFC 2217 clients do
TIGHT = [(0, 0, 0), (1, 1, 0), (0, 1, 0.1), (1, 0, 0.05), (0, 0, 0)]  # both at once, as on a Linux port
HARD_RESET = [(0, 1, 0.1), (0, 0, 0)]
OPENING = [(1, 0, 0.05), (1, 1, 0.05)]
CLOSING = [(1, 1, 0.01), (0, 0, 0)]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (OPENING + CLASSIC, ["held", "loader"]),
        (OPENING + TIGHT, ["held", "loader"]),
        (CLASSIC + HARD_RESET, ["held", "loader", "held", "pin"]),
        (HARD_RESET, ["held", "pin"]),
        (OPENING, []),
        (CLOSING, []),
    ],
    ids=["classic", "tight", "loader-then-run", "hard-reset", "opening", "closing"],
)
def test_the_two_lines_reset_the_chip_as_on_a_board(steps: list[tuple[int, int, float]], expected: list[str]) -> None:
    """Esptool's sequences reach the loader or the program; opening and closing a port reset nothing."""

    async def work() -> None:
        line = Line()
        for dtr, rts, pause_s in steps:
            line.uart.set_lines(bool(dtr), bool(rts))
            await asyncio.sleep(pause_s)
        await asyncio.sleep(2 * STRAP_WINDOW_S)
        assert line.resets == expected

    run(work)


def test_a_strap_that_comes_too_late_means_run() -> None:
    """IO0 that goes low after the window does not count."""

    async def work() -> None:
        line = Line()
        line.uart.set_lines(False, True)
        line.uart.set_lines(True, True)
        await asyncio.sleep(STRAP_WINDOW_S + 0.01)
        line.uart.set_lines(True, False)
        assert line.resets == ["held", "pin"]

    run(work)


def test_a_chip_held_in_reset_neither_hears_nor_speaks() -> None:
    """Bytes on the line while EN is low are lost in both directions."""

    async def work() -> None:
        line = Line()
        line.uart.set_lines(False, True)
        line.uart.client_write(b"anyone?")
        line.uart.transmit(b"here")
        assert (line.chip_got, line.client_got) == (b"", b"")

    run(work)


def test_a_client_that_leaves_in_mid_reset_lets_the_chip_run() -> None:
    """When the port closes while EN is low, the lines fall and the chip starts."""

    async def work() -> None:
        line = Line()
        line.uart.set_lines(False, True)
        line.uart.detach()
        await asyncio.sleep(1)
        assert line.resets == ["held", "pin"]

    run(work)


@pytest.mark.parametrize(("faults", "expected"), [(Faults(ignores_loader=True), "pin"), (Faults(stuck_in_loader=True), "loader")])
def test_a_board_with_a_broken_strap_goes_its_own_way(faults: Faults, expected: str) -> None:
    """One that will not enter the loader, and one that will not leave it."""

    async def work() -> None:
        line = Line(faults)
        for dtr, rts, pause_s in CLASSIC if faults.ignores_loader else HARD_RESET:
            line.uart.set_lines(bool(dtr), bool(rts))
            await asyncio.sleep(pause_s)
        await asyncio.sleep(1)
        assert line.resets == ["held", expected]

    run(work)


# --- no control lines: SYNC stands in ---


@pytest.mark.parametrize("piece", [1, 7, 46])
def test_a_sync_frame_enters_the_loader_where_there_are_no_lines(piece: int) -> None:
    """Arriving in pieces too; the loader gets the whole frame, and what came before is the program's."""

    async def work() -> None:
        line = Line()
        line.uart.sync_enters_loader = True
        line.uart.client_write(b"print(1)\r")
        for start in range(0, len(SYNC), piece):
            line.uart.client_write(SYNC[start : start + piece])
        assert line.resets == ["loader"]
        assert line.uart.entered_by_sync
        assert line.at_chip[0][1] == b"print(1)\r"
        assert line.at_chip[-1][1] == SYNC

    run(work)


def test_a_port_with_lines_does_not_listen_for_sync() -> None:
    """On a port with control lines a program may receive any bytes."""

    async def work() -> None:
        line = Line()
        line.uart.client_write(SYNC)
        assert (line.resets, line.chip_got) == ([], SYNC)

    run(work)


def test_a_quiet_loader_goes_back_to_the_program() -> None:
    """Three seconds after the last byte the board runs again; a write that has begun gets longer."""

    async def work() -> None:
        line = Line()
        line.uart.sync_enters_loader = True
        line.uart.client_write(SYNC)
        await asyncio.sleep(SYNC_QUIET_S - 0.5)
        line.uart.client_write(b"more")
        await asyncio.sleep(SYNC_QUIET_S - 0.5)
        assert line.uart.mode == "loader"
        await asyncio.sleep(1)
        assert line.resets == ["loader", "quiet"]
        line.uart.loader_is_busy = lambda: True
        line.uart.client_write(SYNC)
        await asyncio.sleep(4 * SYNC_QUIET_S)
        assert line.uart.mode == "loader"
        await asyncio.sleep(2 * SYNC_QUIET_S)
        assert line.uart.mode == "run"

    run(work)
