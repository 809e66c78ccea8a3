"""Any program a student can write leaves the board recoverable without flashing."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from lovhe.adapters.board_link import ReplLink
from lovhe.adapters.repl_transport import ReplTransport
from lovhe.apps import wiring
from lovhe.services.ports import BoardInfo, FlashOrder
from lovhe.services.recovery import with_records
from lovhe.virtual.local_board import LocalBoard

from .boards import powered_board
from .conftest import Journal

LESSON = wiring.kit().lesson("6-01-blink")

STUBBORN = {
    "endless loop": b"while True: pass\n",
    "catches all": b"import time\nwhile True:\n try:\n  time.sleep(1)\n except BaseException: pass\n",
    "no Ctrl-C": b"import micropython\nmicropython.kbd_intr(-1)\nprint('main.py runs')\nwhile True: pass\n",
    "flood": b"while True: print('x' * 300)\n",
    "prints the REPL's banner": b"while True: print('raw REPL; CTRL-B to exit\\n>')\n",
    "all timers": b"from machine import Timer\nfor n in range(4): Timer(n).init(period=1, callback=lambda t: print('tick', n))\n",
    "asks": b"while True: input('name? ')\n",
    "resets": b"import machine, time\ntime.sleep(0.3)\nmachine.reset()\n",
    "exits": b"import sys\nsys.exit()\n",
    "eats memory": b"a = []\nwhile True:\n try:\n  a.append(bytearray(1000))\n except MemoryError: pass\n",
}


def _wait_for(board: LocalBoard, said: bytes) -> None:
    deadline = time.monotonic() + 60
    heard = b""
    while said not in heard:
        assert time.monotonic() < deadline, heard
        heard += board.line.read(max(1, board.line.in_waiting))


@pytest.mark.parametrize("main", STUBBORN.values(), ids=STUBBORN.keys())
def test_a_link_comes_up_whatever_main_py_does(tmp_path: Path, main: bytes) -> None:
    """The raw REPL is reached within seconds, files can be put, and main.py is as it was."""
    main = main if b"main.py runs" in main else b"print('main.py runs')\n" + main
    with powered_board(tmp_path, LESSON, main=main) as board:
        _wait_for(board, b"main.py runs")
        begin = time.monotonic()
        link = ReplLink("desk", board.line)
        assert link.execute("print(6 * 7)").strip() == b"42"
        assert time.monotonic() - begin < 20
        assert link.put_files({"/note.txt": b"saved\n"}) == 1
        assert link.execute("print(open('/main.py').read(), end='')").replace(b"\r\n", b"\n") == main
        link.close()


def test_a_boot_that_a_busy_pc_slept_through_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """boot.py listens for a moment only."""
    pressed = []

    def reset_while_busy(transport: ReplTransport) -> bool:
        done = reset(transport)
        if not pressed:
            _wait_for(board, b"main.py runs")
        pressed.append(done)
        return done

    reset = ReplTransport.reset
    monkeypatch.setattr(ReplTransport, "reset", reset_while_busy)
    with powered_board(tmp_path, LESSON, main=STUBBORN["no Ctrl-C"]) as board:
        _wait_for(board, b"main.py runs")
        link = ReplLink("desk", board.line)
        assert link.execute("print(6 * 7)").strip() == b"42"
        assert len(pressed) > 1
        link.close()


@pytest.mark.parametrize("program", STUBBORN.values(), ids=STUBBORN.keys())
def test_started_code_can_always_be_ended(tmp_path: Path, program: bytes) -> None:
    """`stop` brings any running program to its end, and the link goes on."""
    with powered_board(tmp_path, LESSON) as board:
        link = ReplLink("desk", board.line)
        link.start(program.decode())
        deadline = time.monotonic() + 0.5
        while time.monotonic() < deadline and not link.ended():
            link.read(0.05)
        link.stop()
        assert link.ended()
        assert link.execute("print(6 * 7)").strip() == b"42"
        link.close()


ORDER = FlashOrder("", "00" * 32, keep_files=False)


def test_a_cut_off_board_is_shown_as_unfinished(journal: Journal) -> None:
    """A board whose flash was cut off says so until it is flashed whole; others keep their state."""
    boards = [BoardInfo(name, name, "esp32", True, "ready", mac=f"24:0a:c4:00:00:0{name}") for name in "123"]
    for board in boards[:2]:
        journal.flash_begins(board.mac, board.serial_port, "esp32", ORDER)
    journal.flash_ended(boards[1].mac, "2", "esp32", "v1.28.0")
    assert [board.state for board in with_records(boards, journal)] == ["unfinished", "ready", "ready"]


def test_an_unplugged_board_is_shown_as_that(journal: Journal) -> None:
    """Whether its flash is finished can wait until the cable is back."""
    unplugged = BoardInfo(name="a", serial_port="1", chip="esp32", virtual=True, state="off", mac="24:0a:c4:00:00:01")
    journal.flash_begins(unplugged.mac, "1", "esp32", ORDER)
    assert with_records([unplugged], journal) == [unplugged]
