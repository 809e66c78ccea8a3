"""The board's ports as clients see them: RFC 2217 on every system, a PTY on POSIX."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import serial
from lovhe.virtual.line.uart import OUTPUT_LIMIT

posix = pytest.mark.skipif(sys.platform == "win32", reason="a PTY exists on POSIX alone")
IAC, SB, SE, DO, WILL = b"\xff", b"\xfa", b"\xf0", b"\xfd", b"\xfb"


@pytest.fixture
def open_port() -> Iterator[Callable[..., serial.SerialBase]]:
    """Open ports with pyserial; they are closed after the test."""
    ports = []

    def opened(board: Any, **options: Any) -> serial.SerialBase:
        ports.append(serial.serial_for_url(board.serial_port, timeout=30, **options))
        return ports[-1]

    yield opened
    for port in ports:
        port.close()


@pytest.fixture
def raw_client() -> Iterator[Callable[..., socket.socket]]:
    """Open bare TCP connections, which speak Telnet as badly as the test wants."""
    sockets = []

    def opened(board: Any) -> socket.socket:
        sockets.append(socket.create_connection(("127.0.0.1", int(board.serial_port.rpartition(":")[2])), timeout=30))
        return sockets[-1]

    yield opened
    for client in sockets:
        client.close()


def ended(client: socket.socket) -> bool:
    """Whether the other side closes the connection (after what it had to say)."""
    try:
        while client.recv(4096):
            pass
    except ConnectionResetError:
        pass
    return True


@pytest.mark.parametrize("kind", ["rfc2217", pytest.param("pty", marks=posix)])
def test_all_bytes_pass_both_ways(bare_board: Callable[..., Any], open_port: Callable[..., Any], kind: str) -> None:
    """Every byte value, Telnet's 0xFF and control characters too, comes back from a program that echoes."""
    board = bare_board(kind)
    port = open_port(board)
    data = bytes(range(256)) * 8 + b"\xff" * 5 + b"\xff\xf0\r\n\x03\x04"
    port.write(data)
    assert port.read(len(data)) == data


@pytest.mark.parametrize("kind", ["rfc2217", pytest.param("pty", marks=posix)])
def test_the_clients_rate_is_kept(bare_board: Callable[..., Any], open_port: Callable[..., Any], kind: str) -> None:
    """The rate a client chooses reaches the UART."""
    board = bare_board(kind)
    port = open_port(board, baudrate=460800)
    port.write(b"x")
    assert port.read(1) == b"x"
    assert board.uart.baud_bd == 460800


def test_opening_and_closing_resets_nothing(
    bare_board: Callable[..., Any], open_port: Callable[..., Any], wait_until: Callable[..., None]
) -> None:
    """The lines go up one by one when a port opens and fall together when it closes."""
    board = bare_board()
    port = open_port(board)
    port.close()
    wait_until(lambda: board.endpoint._client is None)
    assert board.booted == []


def test_a_second_client_is_sent_away_and_the_first_stays(
    bare_board: Callable[..., Any], open_port: Callable[..., Any], raw_client: Callable[..., Any], wait_until: Callable[..., None]
) -> None:
    """One cable, one client; when the first has left, the next is let in."""
    board = bare_board()
    first = open_port(board)
    assert ended(raw_client(board))
    first.write(b"still here")
    assert first.read(10) == b"still here"
    first.close()
    wait_until(lambda: board.endpoint._client is None)
    second = open_port(board)
    second.write(b"now me")
    assert second.read(6) == b"now me"


def test_only_this_pc_can_reach_the_port(bare_board: Callable[..., Any]) -> None:
    """The socket listens on the loopback address alone."""
    board = bare_board()
    assert board.endpoint._listener.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize(
    "last_words",
    [b"\xc0\x00\x08\x24\x00", IAC, IAC + SB, IAC + SB + b"\x2c\x01\x00", IAC + DO, b"half a line", b"\x1b["],
    ids=["mid-frame", "mid-escape", "mid-command", "mid-option", "mid-negotiation", "mid-line", "mid-key"],
)
def test_a_client_that_vanishes_in_mid_byte_harms_no_one(
    bare_board: Callable[..., Any],
    raw_client: Callable[..., Any],
    open_port: Callable[..., Any],
    wait_until: Callable[..., None],
    last_words: bytes,
) -> None:
    """Whatever it left half said, the next client finds the board as it should be."""
    board = bare_board()
    client = raw_client(board)
    client.sendall(last_words)
    client.close()
    wait_until(lambda: board.endpoint._client is None)
    port = open_port(board)
    port.write(b"hello")
    assert port.read(5) == b"hello"


@pytest.mark.parametrize(
    "nonsense",
    [
        IAC + SE,
        IAC + SB + IAC + SE,
        IAC + SB + b"\x2c\x01" + IAC + SE,
        IAC + SB + b"\x2c\x03\x63" + IAC + SE,
        IAC + SB + b"\x2c\x04\x09" + IAC + SE,
        IAC + SB + b"\x2c\x0a" + IAC + SE,
        IAC + SB + bytes(100_000),
    ],
    ids=["end", "empty", "no-rate", "parity", "stop-bits", "no-mask", "endless"],
)
def test_broken_telnet_ends_the_connection_and_nothing_else(
    bare_board: Callable[..., Any],
    raw_client: Callable[..., Any],
    open_port: Callable[..., Any],
    wait_until: Callable[..., None],
    nonsense: bytes,
) -> None:
    """Commands that make no sense are answered by hanging up or not at all; the port serves the next client."""
    board = bare_board()
    client = raw_client(board)
    client.sendall(nonsense)
    client.shutdown(socket.SHUT_WR)
    assert ended(client)
    wait_until(lambda: board.endpoint._client is None)
    port = open_port(board)
    port.write(b"hello")
    assert port.read(5) == b"hello"


def test_refused_options_are_refused(bare_board: Callable[..., Any], raw_client: Callable[..., Any]) -> None:
    """An option nobody knows is declined, and data around it passes."""
    board = bare_board()
    client = raw_client(board)
    client.sendall(b"a" + IAC + WILL + b"\x63" + b"b")
    got = b""
    while not (got.endswith(b"ab") or (b"a" in got and got.endswith(b"b"))):
        got += client.recv(4096)
    assert IAC + b"\xfe\x63" in got


def test_a_pulled_cable_ends_the_connection_and_the_port(
    bare_board: Callable[..., Any], open_port: Callable[..., Any], raw_client: Callable[..., Any]
) -> None:
    """The client loses the connection, the port is not there until the cable is back, and then under the same address."""
    board = bare_board()
    address = board.serial_port
    client = raw_client(board)
    board.run(board.uart.unplug)
    assert ended(client)
    with pytest.raises(ConnectionRefusedError):
        raw_client(board)
    board.run(board.uart.replug)
    assert board.serial_port == address
    port = open_port(board)
    port.write(b"back")
    assert port.read(4) == b"back"


def test_a_client_that_does_not_read_does_not_stop_the_board(
    bare_board: Callable[..., Any], raw_client: Callable[..., Any], wait_until: Callable[..., None]
) -> None:
    """A flood for a client that is asleep: the board is held back for a moment, never for good, and memory stays bounded."""
    board = bare_board()
    raw_client(board)
    wait_until(lambda: board.endpoint._client is not None)

    async def flood() -> int:
        held_back = 0
        while held_back < 3:
            await board.uart.output_room()
            board.uart.transmit(b"x" * 100_000)
            held_back += bool(board.uart._to_client.waiting)
        return board.uart._to_client.waiting

    assert board.run(flood()) <= OUTPUT_LIMIT


@posix
def test_a_pty_stays_raw_whatever_a_client_does_to_it(bare_board: Callable[..., Any], wait_until: Callable[..., None]) -> None:
    """A client that turns echo and line mode on does not make the board hear itself."""
    import termios

    board = bare_board("pty")
    theirs = os.open(board.serial_port, os.O_RDWR | os.O_NOCTTY)
    settings = termios.tcgetattr(theirs)
    settings[0] |= termios.ICRNL
    settings[1] |= termios.OPOST | termios.ONLCR
    settings[3] |= termios.ECHO | termios.ICANON | termios.ISIG
    termios.tcsetattr(theirs, termios.TCSANOW, settings)
    board.run(lambda: board.uart.transmit(b">>> no newline"))
    assert os.read(theirs, 100) == b">>> no newline"
    assert not termios.tcgetattr(theirs)[3] & (termios.ECHO | termios.ICANON)
    assert board.program_got == b""
    os.close(theirs)


@posix
def test_a_pty_takes_more_than_its_buffer_holds(bare_board: Callable[..., Any], open_port: Callable[..., Any]) -> None:
    """Output larger than the system's buffer comes whole and in order to a client that reads."""
    board = bare_board("pty")
    port = open_port(board)
    data = b"".join(b"%07d\n" % number for number in range(20_000))
    board.run(lambda: board.uart.transmit(data))
    assert port.read(len(data)) == data


@posix
def test_a_pulled_pty_is_gone_until_the_cable_is_back(bare_board: Callable[..., Any], open_port: Callable[..., Any]) -> None:
    """Reading fails on the old one, whose path is gone and no other board's; a new one serves the next client."""
    board = bare_board("pty")
    port = open_port(board)
    path = board.serial_port
    board.run(board.uart.unplug)
    with pytest.raises((serial.SerialException, OSError)):
        port.read(1)
    with pytest.raises((serial.SerialException, OSError)):
        port.write(b"anyone?")
    port.close()
    assert not Path(path).exists()
    assert bare_board("pty").serial_port != path
    board.run(board.uart.replug)
    again = open_port(board)
    again.write(b"back")
    assert again.read(4) == b"back"
