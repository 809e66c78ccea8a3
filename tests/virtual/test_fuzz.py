"""Random and mutated bytes, a million where they are quick, for all that reads bytes from a cable: nothing may crash, nothing may hang."""

from __future__ import annotations

import logging
import random
import socket
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lovhe.apps import wiring
from lovhe.virtual.chip.chip_registers import CHIP_MODELS
from lovhe.virtual.chip.flash_file import FlashFile
from lovhe.virtual.chip.rom_loader import Loader
from lovhe.virtual.chip.slip import SlipReader, encode_frame

from tests.services.boards import powered_board

MILLION = 1_000_000
MAC = bytes.fromhex("246f28a1b2c3")
SYNC = struct.pack("<BBHI", 0, 0x08, 36, 0) + b"\x07\x07\x12\x20" + b"\x55" * 32
DEFLATED = zlib.compress(b"\xa5" * 1024)
COMMANDS = {
    0x02: struct.pack("<4I", 4096, 4, 1024, 0x1000),
    0x03: struct.pack("<4I", 1024, 0, 0, 0) + b"\x5a" * 1024,
    0x04: struct.pack("<I", 1),
    0x05: struct.pack("<4I", 64, 1, 64, 0x400BE000),
    0x06: struct.pack("<2I", 0, 0x400BE000),
    0x07: struct.pack("<4I", 64, 0, 0, 0) + b"\x36" * 64,
    0x08: SYNC[8:],
    0x09: struct.pack("<4I", 0x60002000, 1, 0xFFFFFFFF, 0),
    0x0A: struct.pack("<I", 0x40001000),
    0x0B: struct.pack("<6I", 0, 4 << 20, 65536, 4096, 256, 0xFFFF),
    0x0D: struct.pack("<2I", 0, 0),
    0x0E: struct.pack("<2I", 0x1000, 64),
    0x0F: struct.pack("<2I", 921600, 115200),
    0x10: struct.pack("<4I", 1024, 1, 1024, 0x1000),
    0x11: struct.pack("<4I", len(DEFLATED), 0, 0, 0) + DEFLATED,
    0x12: struct.pack("<I", 1),
    0x13: struct.pack("<4I", 0, 4096, 0, 0),
    0x14: b"",
    0xD1: struct.pack("<2I", 0x2000, 0x1000),
    0xD2: struct.pack("<4I", 0, 4096, 1024, 64),
    0xD3: b"",
}


def _frame(command: int, body: bytes) -> bytes:
    checksum = 0xEF
    for byte in body[16:]:
        checksum ^= byte
    return encode_frame(struct.pack("<BBHI", 0, command, len(body), checksum) + body)


def _mutated(chance: random.Random, data: bytes) -> bytes:
    """`data` with a few bytes changed, dropped, doubled or put in, or as it is."""
    changed = bytearray(data)
    for _ in range(chance.choice((0, 0, 1, 1, 2, 8))):
        place = chance.randrange(len(changed) + 1)
        match chance.randrange(4):
            case 0 if place < len(changed):
                changed[place] = chance.randrange(256)
            case 1:
                del changed[place : place + chance.randrange(1, 9)]
            case 2:
                changed[place:place] = chance.randbytes(chance.randrange(1, 9))
            case 3:
                changed[place:place] = changed[place : place + chance.randrange(1, 33)]
            case _:
                pass
    return bytes(changed)


def _stream(chance: random.Random, corpus: list[bytes], total: int) -> Iterator[bytes]:
    """Pieces of at least `total` bytes: some noise, mostly what is nearly right."""
    sent = 0
    while sent < total:
        piece = chance.randbytes(chance.randrange(1, 200)) if chance.random() < 0.1 else _mutated(chance, chance.choice(corpus))
        sent += len(piece)
        yield piece


@pytest.mark.parametrize("chip", CHIP_MODELS)
def test_a_million_bytes_leave_the_loader_able_to_answer(chip: str, tmp_path: Path) -> None:
    """Whatever came before, a reset and a SYNC bring the loader back, and its flash keeps its size."""
    chance = random.Random(f"loader {chip}")
    flash = FlashFile(tmp_path / "flash.bin")
    answers: list[bytes] = []
    reader = SlipReader()
    loader = Loader(flash, MAC, lambda data: answers.extend(reader.feed(data)), lambda: None, chip)
    corpus = [_frame(command, body) for command, body in COMMANDS.items()]
    for piece in _stream(chance, corpus, MILLION):
        loader.feed(piece)
        if chance.random() < 0.002:
            loader.reset(greet=False)
    assert len(answers) > 1000, "hardly anything was understood, so little was tried"
    loader.reset(greet=False)
    reader.clear()
    answers.clear()
    loader.feed(encode_frame(SYNC))
    assert any(answer[:2] == b"\x01\x08" for answer in answers)
    flash.close()
    assert (tmp_path / "flash.bin").stat().st_size <= 4 << 20


_TELNET = [
    b"\xff\xfd\x2c",
    b"\xff\xfb\x2c",
    b"\xff\xfa\x2c\x01\x00\x01\xc2\x00\xff\xf0",
    b"\xff\xfa\x2c\x05\x08\xff\xf0",
    b"\xff\xfa\x2c\x05\x0b\xff\xf0",
    b"\xff\xfa\x2c\x05\x0c\xff\xf0",
    b"\xff\xfa\x2c\x0c\x03\xff\xf0",
    b"\xff\xfa\x2c\x02\x08\xff\xf0",
    b"\xff\xff",
    b"plain text " * 10,
]


def test_a_million_bytes_leave_the_rfc2217_port_usable(bare_board: Callable[..., Any], wait_until: Callable[..., None]) -> None:
    """Clients that speak broken telnet are borne or dropped, and the next one is served."""
    chance = random.Random("rfc2217")
    board = bare_board()
    host, _, tcp_port = board.serial_port.removeprefix("rfc2217://").partition(":")

    def connect() -> socket.socket:
        client = socket.create_connection((host, int(tcp_port.partition("?")[0])), timeout=10)
        client.setblocking(False)
        return client

    client = connect()
    waiting = b""
    for piece in _stream(chance, _TELNET, MILLION):
        waiting += piece
        if len(waiting) < 4096:
            continue
        try:
            sent = client.send(waiting)
            waiting = waiting[sent:]
            client.recv(1 << 20)
        except BlockingIOError:
            wait_until(lambda: board.run(lambda: True))
        except OSError:
            client.close()
            client = connect()
        if chance.random() < 0.02:
            client.close()
            client = connect()
    client.close()
    board.write_firmware()
    with connect() as last:
        told = b""

        def heard(what: bytes) -> bool:
            nonlocal told
            try:
                told += last.recv(65536)
            except BlockingIOError:
                pass
            return what in told

        wait_until(lambda: heard(b"\xff\xfd\x2c") or heard(b"\xff\xfb\x2c"))
        board.run(lambda: board.uart.reset(cause="power"))
        wait_until(lambda: heard(b"program runs"))


_REPL = [
    b"\r\x03\x03",
    b"\r\x01",
    b"\r\x02",
    b"\x05A\x01",
    b"\r\x01\x05A\x01\x20\x00print(1)\x04",
    b"\r\x02print('salam')\r\n",
    b"from machine import Pin\r\nPin(2, Pin.OUT).on()\r\n",
    b"for i in range(3):\r\n    print(i)\r\n\r\n",
    b"\x05x = 1\r\nprint(x)\r\n\x03",
    b"import os\r\nos.listdir()\r\n",
    b"\x01def f(n):\n    return n and f(n - 1)\nprint(f(10))\n\x04",
    b"\x01x = [i * i for i in range(100)]\n\x04",
    b"\x01import time\nwhile True:\n    time.sleep_ms(1)\n\x04\x03",
    b"\x01open('a.txt', 'w').write('b')\n\x04",
    b"\x01{}[1]\n\x04",
]
_REPL_BYTES = 50_000  # a million take four minutes: a soft reset, of which there are many, takes a tenth of a second
_ROUND_BYTES = 10_000


def test_bytes_typed_at_random_do_not_crash_the_interpreter(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever was typed, a board answers again once it is interrupted, at the latest after a reset."""
    chance = random.Random("repl")
    caplog.set_level(logging.WARNING, "lovhe.virtual")
    with powered_board(tmp_path, wiring.kit().lesson("6-01-blink")) as board:
        line = board.line
        pending = 0
        for piece in _stream(chance, _REPL, _REPL_BYTES):
            line.write(piece)
            pending += len(piece)
            line.read(line.in_waiting)
            if pending > _ROUND_BYTES:
                pending = 0
                _must_answer(line)
    assert not [record for record in caplog.records if "ended with" in record.getMessage()], "the interpreter crashed"


def _must_answer(line: Any) -> None:
    """Asked again and again: what is typed while the interpreter restarts is lost, as it may be on the chip."""
    line.timeout = 2
    for _ in range(20):
        line.write(b"\r\x03\x03\x02\rprint(6 * 7000001)\r")
        if b"42000006" in line.read_until(b"42000006\r\n"):
            return
    line.dtr = False
    line.rts = True
    line.reset_input_buffer()
    line.rts = False
    line.timeout = 20
    assert b">>> " in line.read_until(b">>> "), "the board does not start any more"
    line.write(b"print(6 * 7000001)\r")
    assert b"42000006" in line.read_until(b"42000006\r\n"), "the board does not answer after a reset"
