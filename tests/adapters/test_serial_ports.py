"""Which serial ports are boards, and how failures to open them are told."""

from __future__ import annotations

import errno
import os
import pty
import socket
import struct
import sys
import threading
import time
from types import SimpleNamespace

import pytest
import serial
import serial.tools.list_ports
from lovhe.adapters.kit_files import KitFiles
from lovhe.adapters.serial_ports import find_serial_boards, gone_if_unplugged, open_serial, opening_error
from lovhe.core.boards.usb_bridges import BRIDGES
from lovhe.core.errors import BoardBusyError, BoardGoneError, NoBoardError
from serial import rfc2217


def _usb(device: str, vid: int | None, pid: int | None, serial_number: str = "") -> SimpleNamespace:
    return SimpleNamespace(device=device, vid=vid, pid=pid, serial_number=serial_number)


def test_boards_are_known_by_their_usb_bridge(monkeypatch: pytest.MonkeyPatch) -> None:
    """CP210x, CH340, CH9102, FTDI and Espressif's own USB are boards; a mouse, a modem and a built-in port are not."""
    ports = [
        _usb("/dev/ttyUSB3", 0x0403, 0x6001),
        _usb("/dev/ttyUSB0", 0x10C4, 0xEA60),
        _usb("/dev/ttyUSB1", 0x1A86, 0x7523),
        _usb("/dev/ttyUSB2", 0x1A86, 0x55D4),
        _usb("/dev/ttyACM0", 0x303A, 0x1001, "24:0A:C4:01:02:03"),
        _usb("/dev/ttyACM1", 0x1234, 0x0001),
        _usb("/dev/ttyS0", None, None),
    ]
    monkeypatch.setattr(serial.tools.list_ports, "comports", lambda: ports)
    found = {board.serial_port: board for board in find_serial_boards()}
    assert {port: board.bridge for port, board in found.items()} == {
        "/dev/ttyACM0": "Espressif USB JTAG/serial",
        "/dev/ttyUSB0": "CP210x",
        "/dev/ttyUSB1": "CH340",
        "/dev/ttyUSB2": "CH9102",
        "/dev/ttyUSB3": "FT232R",
    }
    assert found["/dev/ttyACM0"].mac == "24:0a:c4:01:02:03"
    assert not any(board.virtual for board in found.values())


def test_every_bridge_of_the_hardware_files_is_in_the_table() -> None:
    """A board described in hardware/ is found without its file too."""
    table = {(bridge.vid, bridge.pid) for bridge in BRIDGES}
    assert len(table) == len(BRIDGES)
    for board in KitFiles().boards().values():
        assert {(usb_id.vid, usb_id.pid) for usb_id in board.usb} <= table


@pytest.mark.parametrize(
    ("port", "word"),
    [
        ("/dev/no-such-port", "no serial port"),
        ("rfc2217://127.0.0.1:1", "no serial port"),
        ("rfc2217://nonsense", "not an address"),
        ("rfc2217://127.0.0.1:99999", "not an address"),
    ],
)
def test_a_port_that_is_not_there_is_told(port: str, word: str) -> None:
    """No such port, nobody behind an address, and no address: each in its own words."""
    with pytest.raises(NoBoardError) as caught:
        open_serial(port)
    assert word in str(caught.value)


@pytest.mark.skipif(sys.platform == "win32", reason="PTYs are POSIX's")
def test_a_port_in_use_is_told() -> None:
    """Two programs cannot have one port: the second is told who may hold it."""
    outer, inner = pty.openpty()
    with open_serial(os.ttyname(inner)), pytest.raises(BoardBusyError) as caught:
        open_serial(os.ttyname(inner))
    assert "Thonny" in str(caught.value)
    os.close(inner)
    os.close(outer)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no groups for ports")
def test_missing_rights_name_the_group() -> None:
    """A user outside the group is told the command that puts them in."""
    error = opening_error("/dev/ttyUSB0", serial.SerialException(errno.EACCES, "could not open port: Permission denied"))
    assert isinstance(error, BoardBusyError)
    assert "dialout" in str(error)


def test_a_pulled_cable_is_a_board_that_went_away() -> None:
    """What pyserial and the system say when the port vanishes becomes one error; other errors pass."""
    for problem in (serial.SerialException("device disconnected"), OSError(errno.EIO, "Input/output error"), OSError(errno.ENXIO, "gone")):
        with pytest.raises(BoardGoneError), gone_if_unplugged("COM3"):
            raise problem
    with pytest.raises(FileNotFoundError), gone_if_unplugged("COM3"):
        raise FileNotFoundError(errno.ENOENT, "another file")


def test_an_address_behind_which_nobody_speaks_rfc2217_is_told() -> None:
    """A web server is no board, and is not waited for for ever."""
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(NoBoardError):
        open_serial(f"rfc2217://127.0.0.1:{server.getsockname()[1]}?timeout=0.5")


def test_a_line_that_is_hung_up_while_it_is_opened_is_a_port_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where connecting or sending meets the hanging up, before the reader does that waits for an answer."""
    hung_up = threading.Event()

    def send_off() -> None:
        line, _ = server.accept()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        line.close()
        hung_up.set()

    send = rfc2217.Serial.telnet_send_option

    def send_late(line: rfc2217.Serial, action: bytes, option: bytes) -> None:
        assert hung_up.wait(10.0)
        send(line, action, option)

    monkeypatch.setattr(rfc2217.Serial, "telnet_send_option", send_late)
    monkeypatch.setattr(rfc2217.Serial, "_telnet_read_loop", lambda line: hung_up.wait(11.0) and time.sleep(0.5))
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=send_off, daemon=True).start()
        with pytest.raises(BoardBusyError) as caught:
            open_serial(f"rfc2217://127.0.0.1:{server.getsockname()[1]}")
    met = caught.value.__cause__.__cause__
    assert isinstance(met, ConnectionError) or isinstance(met.__context__, ConnectionError)


@pytest.mark.skipif(sys.platform == "win32", reason="PTYs are POSIX's")
def test_a_cable_pulled_before_the_input_is_thrown_away_is_a_board_that_went_away() -> None:
    """pyserial lets the system's own `termios.error` through there, which is no `OSError`."""
    outer, inner = pty.openpty()
    with open_serial(os.ttyname(inner)) as line:
        os.close(inner)
        os.close(outer)
        with pytest.raises(BoardGoneError), gone_if_unplugged("COM3"):
            line.reset_input_buffer()
