"""A bare board for tests of the interpreter: an engine, a flash file, and a world that does nothing but answer.

Talks the raw REPL protocol by itself, so that these tests need neither mpremote nor the rest of the virtual board.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any

from lovhe.virtual.interpreter.engine import EngineOptions, Exit, ExitReason
from lovhe.virtual.interpreter.unix_engine import UnixEngine

FACTS = Path(__file__).with_name("esp32_facts.jsonl")
FLASH_BYTES = 4 << 20
VFS_OFFSET = 2 << 20
PATIENCE_S = 60.0
"""So long a board may take for anything: another program may have the processor meanwhile."""
RAW_BANNER = b"raw REPL; CTRL-B to exit\r\n>"
PRELUDE = """
def T(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e.args)
"""


class BareBoard:
    """One engine after the other over one flash file. Use as `async with BareBoard(path) as board`."""

    def __init__(self, folder: Path, **options: Any) -> None:
        self.flash = folder / "flash.bin"
        if not self.flash.exists():
            self.flash.write_bytes(b"\xff" * FLASH_BYTES)
        self.options: dict[str, Any] = options
        self.output = bytearray()
        self.messages: list[list[Any]] = []
        self.exit: Exit | None = None
        self.exits: list[Exit] = []
        self.answers: dict[str, Any] = {}
        self.grants_us: list[int] = [-1]
        self._changed = asyncio.Event()

    async def __aenter__(self) -> BareBoard:
        await self.start()
        return self

    async def __aexit__(self, *_error: object) -> None:
        self.engine.kill()
        await self.ended()

    async def start(self, **options: Any) -> None:
        """Start a fresh interpreter over the flash file."""
        self.exit = None
        self.engine = UnixEngine()
        self.engine.on_output = self._on_output
        self.engine.on_message = self._on_message
        self.engine.on_exit = self._on_exit
        merged = {"flash": self.flash, "vfs_offset": VFS_OFFSET, "vfs_size": FLASH_BYTES - VFS_OFFSET, **self.options, **options}
        await self.engine.start(EngineOptions(**merged))

    async def restart_soft(self) -> None:
        """Start again as a board does after a soft reset."""
        ended = await self.ended()
        raw = ended.reason is ExitReason.SOFT_RESET_RAW
        await self.start(raw_repl_start=raw, reset_cause=5, clock_us=ended.clock_us, pins=ended.pins, kept=ended.kept)

    async def restart_hard(self) -> None:
        """Start again as a board does after a reset from inside the chip."""
        ended = await self.ended()
        assert ended.reason is ExitReason.HARD_RESET, ended
        await self.start(reset_cause=ended.reset_cause, kept=ended.kept)

    def _on_output(self, data: bytes) -> None:
        self.output += data
        self._changed.set()

    def _on_exit(self, ended: Exit) -> None:
        self.exit = ended
        self.exits.append(ended)
        self._changed.set()

    def _on_message(self, message: list[Any]) -> None:
        self.messages.append(message)
        self._changed.set()
        if message[0] == "sync":
            if self.grants_us:
                self.engine.send(["go", self.grants_us.pop(0) if len(self.grants_us) > 1 else self.grants_us[0]])
        elif message[0] in ("dht", "i2c", "ow", "joined", "look"):
            self.engine.send(["re", message[1], self.answers.get(message[0])])

    async def until(self, done: Any, timeout_s: float = PATIENCE_S) -> None:
        """Wait until `done()` is true. Fails with what was printed so far."""
        deadline = time.monotonic() + timeout_s
        while not done():
            self._changed.clear()
            left = deadline - time.monotonic()
            try:
                await asyncio.wait_for(self._changed.wait(), max(left, 0.001))
            except TimeoutError:
                raise AssertionError(f"waited in vain; printed so far: {bytes(self.output[-2000:])!r}, exit {self.exit}") from None

    async def read_until(self, end: bytes, timeout_s: float = PATIENCE_S) -> bytes:
        """What is printed up to and with `end`."""
        await self.until(lambda: end in self.output, timeout_s)
        at = self.output.index(end) + len(end)
        data = bytes(self.output[:at])
        del self.output[:at]
        return data

    async def ended(self, timeout_s: float = PATIENCE_S) -> Exit:
        """Wait until the interpreter has ended."""
        await self.until(lambda: self.exit is not None, timeout_s)
        assert self.exit is not None
        return self.exit

    async def enter_raw(self) -> None:
        """From the friendly prompt into the raw REPL."""
        await self.read_until(b">>> ")
        self.engine.write(b"\r\x01")
        await self.read_until(RAW_BANNER)

    async def run(self, code: str, timeout_s: float = PATIENCE_S) -> tuple[str, str]:
        """Run `code` in the raw REPL; what it printed and its traceback, line ends as on the PC."""
        self.start_run(code)
        return await self.finish_run(timeout_s)

    def start_run(self, code: str) -> None:
        """Start `code` in the raw REPL."""
        self.engine.write(code.encode() + b"\x04")

    async def finish_run(self, timeout_s: float = PATIENCE_S) -> tuple[str, str]:
        """Wait for the end of what `start_run` started."""
        await self.read_until(b"OK", timeout_s)
        out = (await self.read_until(b"\x04", timeout_s))[:-1]
        err = (await self.read_until(b"\x04", timeout_s))[:-1]
        await self.read_until(b">", timeout_s)
        return _text(out), _text(err)

    async def fresh_raw(self) -> None:
        """A soft reset in the raw REPL, as `mpremote` does before each program."""
        self.engine.write(b"\x04")
        await self.restart_soft()
        await self.read_until(RAW_BANNER)


def run_programs(folder: Path, *programs: str, **options: Any) -> list[tuple[str, str]]:
    """What each of the programs prints, and its traceback, one after the other on one board in virtual time."""

    async def session() -> list[tuple[str, str]]:
        async with BareBoard(folder, virtual_time=True, **options) as board:
            await board.enter_raw()
            return [await board.run(program) for program in programs]

    return asyncio.run(session())


def _text(data: bytes) -> str:
    return data.decode("utf8", "replace").replace("\r\n", "\n")


def last_line(err: str) -> str:
    """Exception and message of a traceback."""
    lines = err.strip().splitlines()
    return lines[-1] if lines else ""


async def differences(folder: Path, facts: Path = FACTS, **options: Any) -> tuple[list[str], int, int]:
    """Run recorded facts; what differs, how many scored rows agree, and how many there are."""
    found, same, scored = [], 0, 0
    rows = [json.loads(line) for line in facts.read_text("utf8").splitlines()]
    async with BareBoard(folder, **options) as board:
        await board.enter_raw()
        for row in rows:
            await board.fresh_raw()
            out, err = await board.run(PRELUDE + row["code"])
            agrees = out == row["out"] and last_line(err) == last_line(row.get("err", ""))
            if row.get("scored", True):
                scored += 1
                same += agrees
            if not agrees:
                mark = "" if row.get("scored", True) else " (not scored)"
                chip = f"{row['out']!r} {last_line(row.get('err', ''))}"
                found.append(f"{row['name']}{mark}\n  chip:  {chip}\n  board: {out!r} {last_line(err)}")
    return found, same, scored


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        started = time.monotonic()
        lines, same, scored = asyncio.run(differences(Path(name), Path(sys.argv[1]) if len(sys.argv) > 1 else FACTS))
        print("\n".join(lines), f"\n{same} of {scored} agree, {time.monotonic() - started:.1f} s")
