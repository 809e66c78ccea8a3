"""A cable that is pulled in the middle of a flash, fifty times: real esptool, real commands, boards that are processes of their own."""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from lovhe.adapters.board_link import ReplLink
from lovhe.apps import wiring
from lovhe.apps.cli.main import main
from lovhe.apps.flash import wiring as flash_wiring
from lovhe.core.boards.fault_words import Fault
from lovhe.services.flash.class_flash import Patience
from lovhe.services.ports import BoardInfo
from lovhe.virtual.process.control import BoardControl
from lovhe.virtual.process.registry import find_board

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")

BOARDS = [*(f"rfc2217-{number}" for number in range(1, 8)), *(f"pty-{number}" for number in range(1, 11))]
ROUNDS = 3
FLASH_BYTES = 4 << 20
BEFORE_ANY_WRITE = 2_000
"""Bytes after which esptool is still asking what chip it is; the stub alone is 4 KB."""
SURE_TO_COME = 300
"""How much shorter than the first one another flash may be: SYNC is sent until it is answered."""
READY_TIMEOUT_S = 60.0

_T = TypeVar("_T")


class Bench:
    """Boards of both kinds of serial port, and the commands a teacher has."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._folder = folder
        self._capsys = capsys

    def command(self, *words: str, code: int) -> Any:
        """The JSON a command prints; fails unless it ends with `code` and without a traceback."""
        self._capsys.readouterr()
        ended = main([*words, "--json", "--lang", "en"])
        said = self._capsys.readouterr()
        assert ended == code, said.out + said.err
        assert "Traceback" not in said.err + said.out
        return json.loads(said.out)

    def states(self) -> dict[str, str]:
        """What `lovhe boards` shows, by name."""
        return {board["name"]: board["state"] for board in self.command("boards", code=0)}

    def wait_for_states(self, fit: Callable[[str], bool]) -> dict[str, str]:
        """Poll `lovhe boards` until the state of every board fits."""
        deadline_s = time.monotonic() + READY_TIMEOUT_S
        while not all(map(fit, (states := self.states()).values())):
            assert time.monotonic() < deadline_s, states
        return states

    def ask(self, name: str, question: Callable[[BoardControl], _T]) -> _T:
        """Ask one board's supervisor."""
        entry = find_board(name)
        with BoardControl(entry.control, entry.authkey) as board:
            return question(board)

    def chip(self, name: str) -> bytes:
        """The whole flash of a board; what its file lacks at the end is erased."""
        return self._file(name).read_bytes().ljust(FLASH_BYTES, b"\xff")

    def is_flashed(self, name: str) -> bool:
        """Whether every region of the flash is what the kit means to put there, by its MD5."""
        chip = self.chip(name)
        board = BoardInfo(name=name, serial_port="", chip="esp32", virtual=True, state="ready")
        firmware = wiring._firmware_library().firmware_for(board, board.chip)
        regions = [*firmware.regions, *wiring._files_for(board, "", firmware)]
        assert sum(len(region.data) for region in regions) > 100_000
        return all(_md5(chip[region.offset : region.offset + len(region.data)]) == _md5(region.data) for region in regions)

    def make_blank(self, name: str) -> None:
        """A chip as it comes from the factory."""
        with self._file(name).open("r+b") as file:
            file.truncate(0)

    def _file(self, name: str) -> Path:
        return self._folder / "boards" / f"{name}.flash"


@pytest.fixture
def bench(data_dir: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """Running boards, half of each kind, that end with this process; none is flashed, and `lovhe flash` waits for none to come back."""
    monkeypatch.setattr(flash_wiring, "PATIENCE", Patience(come_back_s=0.0))
    monkeypatch.setattr("serial.tools.list_ports.comports", list)
    options: dict[str, Any] = {"lesson": None, "circuit": None, "chip": "esp32", "baud_limit": None, "tie_to_this_process": True}
    try:
        for endpoint in ("rfc2217", "pty"):
            count = sum(name.startswith(endpoint) for name in BOARDS)
            wiring.start_virtual_boards(count=count, name=endpoint, endpoint=endpoint, **options)
        yield Bench(data_dir, capsys)
    finally:
        main(["board", "stop", "--all"])


def test_a_flash_cut_at_any_byte_ends_well_the_next_time(bench: Bench) -> None:
    """Fifty cuts at random bytes of a whole flash, over RFC 2217 and PTYs: each is an error in words with exit code 3; plugged in again,
    the board is shown as unfinished if a byte of its flash has changed, and as what it was otherwise; and the next `lovhe flash`
    leaves every region as it should be, from which MicroPython answers. Takes some 40 s.
    """
    before = {name: bench.ask(name, BoardControl.received) for name in BOARDS}
    assert all(flashed["ok"] for flashed in bench.command("flash", "--all", code=0))
    total = min(bench.ask(name, BoardControl.received) - before[name] for name in BOARDS)
    chance = random.Random("a power cut")
    kinds = dict.fromkeys(("unfinished", "empty"), 0)

    for _ in range(ROUNDS):
        bench.wait_for_states(lambda state: state == "ready")
        cuts = {name: chance.randrange(1, total - SURE_TO_COME) for name in BOARDS}
        for name, at in cuts.items():
            bench.make_blank(name)
            bench.ask(name, lambda board, at=at: board.order_faults([Fault("unplug", at)]))  # type: ignore[misc]
        for cut in bench.command("flash", "--all", code=3):
            assert not cut["ok"], (cut, cuts)
            assert "went away" in cut["error"], (cut, cuts)
        bench.wait_for_states(lambda state: state == "off")

        touched = {name: bench.chip(name).count(0xFF) != FLASH_BYTES for name in BOARDS}
        for name in BOARDS:
            bench.ask(name, lambda board: board.order_faults([Fault("plug")]))
        plugged = bench.wait_for_states(lambda state: state in ("empty", "unfinished"))
        for name in BOARDS:
            assert plugged[name] == "unfinished" or not touched[name], cuts[name]
            assert plugged[name] == "empty" or cuts[name] > BEFORE_ANY_WRITE, cuts[name]
            kinds[plugged[name]] += 1

        assert all(flashed["ok"] for flashed in bench.command("flash", "--all", code=0))
        assert all(map(bench.is_flashed, BOARDS))
        with ThreadPoolExecutor(len(BOARDS)) as pool:
            assert list(pool.map(_answer, BOARDS)) == [b"3.4.0\r\n"] * len(BOARDS)

    assert sum(kinds.values()) >= 50
    assert min(kinds.values()) > 5, kinds


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def _answer(name: str) -> bytes:
    """What MicroPython says, started from the board's flash."""
    link = ReplLink(find_board(name).serial_port)
    try:
        return link.execute("import sys; from lovhe import runner; print(sys.version.split(';')[0])")
    finally:
        link.close()
