"""Real MicroPython on a PTY, as a board's raw REPL, with a folder of its own as file system."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import threading
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

MICROPYTHON = Path(sys.executable).with_name("micropython")


class PlainMicroPython:
    """The unix port's REPL behind a serial port. `cut_after` bytes of input, the cable is pulled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cut_after: int | None = None
        self.received = 0
        self._inner, guest = pty.openpty()
        self._outer, client = pty.openpty()
        tty.setraw(guest)
        tty.setraw(client)
        self.serial_port = os.ttyname(client)
        self._client = client
        self._process = subprocess.Popen([str(MICROPYTHON)], stdin=guest, stdout=guest, stderr=guest, cwd=folder, start_new_session=True)
        os.close(guest)
        self._thread = threading.Thread(target=self._pump)
        self._thread.start()

    def _pump(self) -> None:
        """Carry bytes both ways until the interpreter has ended; then hang up, as a pulled cable does."""
        try:
            while True:
                for ready in select.select([self._inner, self._outer], [], [])[0]:
                    data = os.read(ready, 4096)
                    os.write(self._outer if ready == self._inner else self._inner, data if ready == self._inner else self._admitted(data))
        except OSError:
            pass
        finally:
            for end in (self._client, self._outer, self._inner):
                os.close(end)

    def _admitted(self, data: bytes) -> bytes:
        if self.cut_after is not None and self.received + len(data) >= self.cut_after:
            data = data[: max(0, self.cut_after - self.received)]
            self._process.kill()
        self.received += len(data)
        return data

    def close(self) -> None:
        """Kill the interpreter, which ends the rest."""
        self._process.kill()
        self._process.wait()
        self._thread.join(5)


@pytest.fixture
def plain_micropython(tmp_path: Path) -> Iterator[PlainMicroPython]:
    """One interpreter; it is killed after the test."""
    folder = tmp_path / "root"
    folder.mkdir()
    board = PlainMicroPython(folder)
    yield board
    board.close()
