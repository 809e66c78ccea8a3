"""Flashes of a class that are struck by faults: boards that are processes of their own, and `lovhe flash` as a process of its own.

Each round every board is given another past (blank, damaged, or whole) and a fault at a random byte, and all are flashed at once.
A hand puts pulled cables back after a random time (a PTY then has another path) and ends noise; in some rounds `lovhe flash` is
killed. Then `lovhe flash --resume` finishes what is unfinished. What is called done is read back from the board's flash file.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from lovhe.apps import wiring
from lovhe.core.boards.fault_words import Fault
from lovhe.core.errors import BoardError
from lovhe.services.ports import BoardInfo, BoardRecord, Region
from lovhe.virtual.process.control import BoardControl
from lovhe.virtual.process.registry import BoardEntry, find_board, list_boards

FLASH_BYTES = 4 << 20
FAULTS = ("unplug", "unplug", "noise", "brownout")
COMMAND_TIMEOUT_S = 150.0
MOST_RESUMES = 6
HANDSHAKE_BYTES, DAMAGED_BYTES = 5_000, 9_000
"""About what a board is sent that is whole, or lacks one piece."""
_LOOK_S = 0.05

T = TypeVar("T")


class Figures:
    """What happened in all rounds."""

    def __init__(self) -> None:
        self.cases = 0
        self.struck = dict.fromkeys(("unplug", "noise", "brownout", "kill"), 0)
        self.renamed = 0
        self.tries = 0
        self.came_back = 0
        self.kills = 0
        self.resumes = 0
        self.resumed = 0
        self.failed = 0
        self.untouched = 0
        self.called_done = 0
        self.false_done: list[str] = []
        self.whole = 0

    def __str__(self) -> str:
        return ", ".join(f"{name} {value}" for name, value in vars(self).items())


class Trial:
    """Running boards and what strikes them, all named, so that no real board is flashed. `folder` is LOVHE_DATA_DIR.

    `forgotten` is the share of pulled cables that are put back only when the command is over: it waits for them for 20 s.
    """

    def __init__(self, folder: Path, names: Sequence[str], seed: str, forgotten: float = 0.0) -> None:
        self.figures = Figures()
        self._folder = folder
        self._names = list(names)
        self._chance = random.Random(seed)
        self._forgotten = forgotten
        self._flash_s = 0.0
        self._regions: dict[str, list[Region]] = {}
        self._bytes: dict[str, int] = {}

    # --- a round ---

    def first_flash(self) -> None:
        """Flash all boards, undisturbed: from then on it is known how many bytes that takes."""
        before = {name: self._ask(name, BoardControl.received) for name in self._names}
        begin_s = time.monotonic()
        results = self._flash(*self._names, "--class", "7A")
        self._flash_s = time.monotonic() - begin_s
        assert all(result["ok"] for result in results), results
        self._judge(results)
        self._bytes = {name: self._ask(name, BoardControl.received) - before[name] for name in self._names}

    def round(self, kill: bool) -> None:
        """One flash of all boards with a fault for each, and what finishes it."""
        likely = {name: self._give_past(name) for name in self._names}
        before = {name: self._chip(name) for name in self._names}
        hand = Hand({name: self._arm(name, likely[name]) for name in self._names}, self._chance.random(), self._forgotten)
        with hand:
            if kill:
                self._flash_and_kill()
            else:
                self._judge(self._flash(*self._names, "--class", "7A"))
        self.figures.renamed += hand.renamed
        for name in hand.struck:
            self.figures.struck[hand.armed[name]] += 1
        self.figures.cases += len(self._names)
        marked = self._look_at_the_journal(before)
        self.figures.struck["kill"] += marked if kill else 0
        self._finish()
        self._judge(self._flash(*self._names, "--class", "7A"), again=True)
        whole = [name for name in self._names if self._is_whole(name)]
        assert whole == self._names, set(self._names) - set(whole)
        self.figures.whole += len(whole)

    def would_see_a_false_done(self) -> bool:
        """Whether a board that lacks one byte, and is called done, is seen; it is damaged for that, and everything is over then."""
        name = self._names[0]
        region = self._wanted(name)[-1]
        with self._file(name).open("r+b") as file:
            file.seek(region.offset)
            file.write(bytes([region.data[0] ^ 0xFF]))
        before = len(self.figures.false_done)
        self._judge([{"ok": True, "mac": find_board(name).mac, "notes": []}])
        return len(self.figures.false_done) == before + 1

    def _finish(self) -> None:
        """`lovhe flash --resume` until nothing is unfinished."""
        for _ in range(MOST_RESUMES):
            unfinished = [record for record in self._records() if record.flash_state == "unfinished"]
            if not unfinished:
                return
            self.figures.resumes += 1
            results = self._flash("--resume", *self._names)
            assert {result["mac"] for result in results} == {record.mac for record in unfinished}
            self._judge(results)
            self.figures.resumed += sum(result["ok"] for result in results)
        raise AssertionError(f"still unfinished: {unfinished}")

    def _look_at_the_journal(self, before: dict[str, bytes]) -> int:
        """A board that is not marked unfinished is whole or has not been touched; how many are marked."""
        marked = {record.mac for record in self._records() if record.flash_state == "unfinished"}
        for name in self._names:
            if find_board(name).mac in marked or self._is_whole(name):
                continue
            assert self._chip(name) == before[name], f"{name} was changed and is not marked unfinished"
            self.figures.untouched += 1
        return len(marked)

    def _judge(self, results: Sequence[dict[str, Any]], *, again: bool = False) -> None:
        """Every board that is called done has, byte for byte, what it should have."""
        names = {entry.mac: entry.name for entry in list_boards()}
        for result in results:
            notes = " ".join(result["notes"])
            self.figures.tries += notes.count("It is tried again")
            self.figures.came_back += notes.count("It came back as")
            if result["ok"]:
                self.figures.called_done += 1
                if not self._is_whole(names[result["mac"]]):
                    self.figures.false_done.append(f"{result} in round with {self.figures.cases} cases")
            else:
                assert not again, result
                self.figures.failed += 1

    # --- commands ---

    def _command(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "lovhe", "flash", *words, "--json", "--lang", "en"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "LOVHE_DATA_DIR": str(self._folder)},
        )

    def _flash(self, *words: str) -> list[dict[str, Any]]:
        with self._command(*words) as command:
            out, said = command.communicate(timeout=COMMAND_TIMEOUT_S)
        assert "Traceback" not in out + said, said
        assert command.returncode in (0, 3), said
        results = json.loads(out)
        assert isinstance(results, list)
        return results

    def _flash_and_kill(self) -> None:
        """Kill the command outright, mostly a moment after the first board is marked unfinished."""
        at_once, moment_s = self.figures.kills % 4 == 3, self._chance.choice((0.0, 0.1, 0.3))
        begin_s = time.monotonic()
        with self._command(*self._names, "--class", "7A") as command:
            while command.poll() is None:
                marked = any(record.flash_state == "unfinished" for record in self._records())
                if marked or (at_once and time.monotonic() - begin_s > self._flash_s / 3):
                    time.sleep(moment_s)
                    command.send_signal(signal.SIGKILL)
                    self.figures.kills += 1
                    command.communicate()
                    return
                time.sleep(_LOOK_S)
            out, said = command.communicate()
            assert "Traceback" not in said
            self._judge(json.loads(out))

    # --- boards ---

    def _give_past(self, name: str) -> int:
        """Make the board blank, damaged, or leave it whole; how many bytes it will be sent at least."""
        past = self._chance.choice(("blank", "blank", "damaged", "whole"))
        with self._file(name).open("r+b") as file:
            if past == "blank":
                file.truncate(0)
            elif past == "damaged":
                region = self._chance.choice(self._wanted(name)[:1] + self._wanted(name)[-1:])
                file.seek(region.offset + self._chance.randrange(len(region.data)))
                file.write(self._chance.randbytes(4096))
        return {"blank": self._bytes[name], "damaged": DAMAGED_BYTES, "whole": HANDSHAKE_BYTES}[past]

    def _arm(self, name: str, among: int) -> str:
        """Arm a fault at a random byte of a flash; which it is."""
        kind = self._chance.choice(FAULTS)
        seed = self._chance.randrange(1 << 30)
        if kind == "noise":
            rate = 10 ** self._chance.uniform(-5.0, -3.0)
            faults = [Fault(self._chance.choice(("drop", "flip")), rate)]
        else:
            faults = [Fault(kind, self._chance.randrange(1, among))]
        self._ask(name, lambda board: board.order_faults(faults, seed, clear=True))
        return kind

    def _ask(self, name: str, question: Callable[[BoardControl], T]) -> T:
        return ask(find_board(name), question)

    def _records(self) -> list[BoardRecord]:
        with wiring.results() as store:
            return store.class_set().boards()

    def _chip(self, name: str) -> bytes:
        """The whole flash of a board; what its file lacks at the end is erased."""
        return self._file(name).read_bytes().ljust(FLASH_BYTES, b"\xff")

    def _is_whole(self, name: str) -> bool:
        chip = self._chip(name)
        return all(_md5(chip[region.offset : region.offset + len(region.data)]) == _md5(region.data) for region in self._wanted(name))

    def _wanted(self, name: str) -> list[Region]:
        """What a flash means to put on the board, its name among it."""
        if name not in self._regions:
            mac = find_board(name).mac
            [sticker] = [str(record.name) for record in self._records() if record.mac == mac]
            board = BoardInfo(name=name, serial_port="", chip="esp32", virtual=True, state="ready", sticker=sticker)
            firmware = wiring._firmware_library().firmware_for(board, board.chip)
            self._regions[name] = [*firmware.regions, *wiring._files_for(board, mac, firmware)]
        return self._regions[name]

    def _file(self, name: str) -> Path:
        return self._folder / "boards" / f"{name}.flash"


class Hand:
    """Puts pulled cables back after a random time, and makes an end of noise. As a context manager; at its end all boards are well."""

    def __init__(self, armed: dict[str, str], seed: float, forgotten: float) -> None:
        self.armed = armed
        self._forgotten = forgotten
        self.struck: set[str] = {name for name, kind in armed.items() if kind == "noise"}
        self.renamed = 0
        self._chance = random.Random(seed)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)

    def __enter__(self) -> Hand:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._over.set()
        self._thread.join()
        for entry in list_boards():
            if self.armed[entry.name] == "brownout" and not ask(entry, BoardControl.faults):
                self.struck.add(entry.name)
            self._make_well(entry)

    def _work(self) -> None:
        quiet_s = {name: time.monotonic() + self._chance.uniform(2.0, 8.0) for name, kind in self.armed.items() if kind == "noise"}
        plug_s: dict[str, float] = {}
        while not self._over.wait(_LOOK_S):
            now_s = time.monotonic()
            for entry in list_boards():
                if entry.state == "off" and entry.name not in plug_s:
                    is_forgotten = self._chance.random() < self._forgotten
                    plug_s[entry.name] = math.inf if is_forgotten else now_s + self._chance.choice((0.0, 0.3, 1.0, 4.0))
                    self.struck.add(entry.name)
            for name in [name for name, when_s in plug_s.items() if when_s <= now_s]:
                self._make_well(find_board(name))
                del plug_s[name]
            for name in [name for name, when_s in quiet_s.items() if when_s <= now_s]:
                ask(find_board(name), lambda board: board.order_faults([], clear=True))
                del quiet_s[name]

    def _make_well(self, entry: BoardEntry) -> None:
        off = entry.state == "off"
        ask(entry, lambda board: board.order_faults([Fault("plug")] if off else [], clear=True))
        if off and find_board(entry.name).serial_port != entry.serial_port:
            self.renamed += 1


def ask(entry: BoardEntry, question: Callable[[BoardControl], T]) -> T:
    """Ask one board's supervisor; busy for a moment, it is asked again."""
    deadline_s = time.monotonic() + 10.0
    while True:
        try:
            with BoardControl(entry.control, entry.authkey) as board:
                return question(board)
        except BoardError:
            if time.monotonic() > deadline_s:
                raise


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def start(count: int) -> list[str]:
    """Start boards, half of each kind of serial port, that end with this process; their names."""
    names = []
    for endpoint in ("rfc2217", "pty"):
        boards = wiring.start_virtual_boards(
            count=count // 2,
            name=endpoint,
            lesson=None,
            circuit=None,
            chip="esp32",
            baud_limit=None,
            endpoint=endpoint,
            tie_to_this_process=True,
        )
        names += [board.name for board in boards]
    return names
