"""What a virtual board keeps over a long time: a day of virtual time, a thousand resets, a thousand clients that come and go.

The figures are what is left over at the end, beyond what the first tenth has settled to: memory of the board's process and of
its interpreter, open files, child processes. Memory may wander by what the allocator keeps; files and processes may not.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from lovhe.apps import wiring
from lovhe.apps.flash.wiring import class_flash
from lovhe.services.flash.flashing import FlashWishes

from tests.bench.scale import own_folders
from tests.bench.table import Row, seconds

HOURS = 24
TIMES = 1000
TIMEOUT_S = 30.0
BLINK = (
    "from machine import Pin\nimport time\nled = Pin(2, Pin.OUT)\n"
    "while True:\n    for _ in range(3600):\n        led.on()\n        time.sleep_ms(500)\n        led.off()\n        time.sleep_ms(500)\n"
    "    print('hour')\n"
)


class _Kept(msgspec.Struct, frozen=True):
    """What a process and its children hold."""

    memory_mb: float
    files: int
    processes: int

    @classmethod
    def of(cls, pid: int) -> _Kept:
        children = [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
        lines = (line for each in (pid, *children) for line in Path(f"/proc/{each}/smaps_rollup").read_text().splitlines())
        memory = sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
        return cls(memory, len(list(Path(f"/proc/{pid}/fd").iterdir())), len(children))


def rows() -> Iterator[Row]:
    """A row for the time each trial takes, and one for each thing that must not grow."""
    yield from _day()
    with own_folders():
        [board] = wiring.start_virtual_boards(
            count=1, name="lasts", lesson=None, circuit=None, chip="esp32", baud_limit=None, endpoint="rfc2217", tie_to_this_process=True
        )
        try:
            with class_flash(FlashWishes()) as flash:
                flash.flash([board])
            client = _Client(board.serial_port)
            yield from _trial(f"{TIMES} hard resets", lambda: _reset(client))
            client.close()
            yield from _trial(f"{TIMES} connects and disconnects", lambda: _connect(board.serial_port))
        finally:
            wiring.stop_virtual_boards()


def _day() -> Iterator[Row]:
    lesson = wiring.kit().lesson("6-01-blink")
    with wiring.virtual_bench(lesson) as (link, stage):
        stage.begin()
        link.start(BLINK)

        said = b""

        def hour() -> None:
            nonlocal said
            for _ in range(60):
                stage.allow(60_000)
                deadline_s = time.monotonic() + 60
                while not stage.reached():
                    said += link.read(0.0)
                    assert time.monotonic() < deadline_s, "the board's clock stands still"
                    time.sleep(0.001)

        hour()
        before = _Kept.of(os.getpid())
        took_s = seconds(lambda: [hour() for _ in range(HOURS - 1)])
        yield Row(f"{HOURS} h of blinking in virtual time", took_s, "real time", HOURS * 3600.0)
        yield from _growth(before, _Kept.of(os.getpid()))
        assert said.count(b"hour") >= HOURS - 1, "the program did not last a day"
        link.stop()
        stage.end()


def _trial(what: str, once: Callable[[], None]) -> Iterator[Row]:
    from lovhe.virtual.process.registry import find_board

    pid = find_board("lasts").pid
    for _ in range(TIMES // 10):
        once()
    before = _Kept.of(pid)
    took_s = seconds(lambda: [once() for _ in range(TIMES)])
    yield Row(what, took_s, "one a second", float(TIMES))
    time.sleep(1)  # the last client's end is being closed
    yield from _growth(before, _Kept.of(pid))


def _growth(before: _Kept, after: _Kept) -> Iterator[Row]:
    yield Row("  memory that has grown", after.memory_mb - before.memory_mb, "what it held before", before.memory_mb, "M")
    yield Row("  files left open", after.files - before.files, "open before", before.files, "n")
    yield Row("  processes left", after.processes - before.processes, "there before", before.processes, "n")


class _Client:
    """A bare RFC 2217 client: pyserial's own sleeps for most of a second at each connect, which is not what is measured here."""

    def __init__(self, serial_port: str) -> None:
        address = urlsplit(serial_port)
        assert address.hostname is not None
        assert address.port is not None
        self._socket = socket.create_connection((address.hostname, address.port), timeout=TIMEOUT_S)

    def set_rts(self, on: bool) -> None:
        """SET-CONTROL 11 or 12 of the COM-PORT option (RFC 2217, section 3)."""
        self._socket.sendall(bytes((255, 250, 44, 5, 11 if on else 12, 255, 240)))

    def ask(self, data: bytes, answer: bytes) -> None:
        """Send, and read until `answer` has come."""
        self._socket.sendall(data)
        seen = b""
        while answer not in seen:
            data = self._socket.recv(4096)
            assert data, "the board has closed the connection"
            seen = seen[-100:] + data

    def close(self) -> None:
        self._socket.close()


def _reset(client: _Client) -> None:
    """Pull EN low and let it go, then wait for the prompt."""
    client.set_rts(True)
    client.set_rts(False)
    client.ask(b"", b">>> ")


def _connect(serial_port: str) -> None:
    client = _Client(serial_port)
    client.ask(b"\x03print(6 * 7)\r", b"42\r\n")
    client.close()
