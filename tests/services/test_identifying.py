"""Asking boards who they are, letting one show itself, naming one: on real MicroPython over a serial line."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from lovhe.adapters.board_link import ReplLink
from lovhe.apps import wiring
from lovhe.core.boards.lights import BOOT_PINS, BoardLight, board_lights
from lovhe.core.circuits.hardware import Circuit, CircuitPart
from lovhe.core.errors import BoardBusyError, BoardSilentError, LovheError
from lovhe.core.messages import N_
from lovhe.services.identifying import BOARD_FILE, Identity, ask, ask_boards, show_itself, write_name
from lovhe.services.ports import BoardInfo, BoardLink
from lovhe.virtual.board import BoardPlan
from lovhe.virtual.local_board import LocalBoard

from .boards import powered_board

LESSON = wiring.kit().lesson("6-01-blink")
WAIT_S = 15.0
PATIENCE_S = 60.0


@contextmanager
def board_of_kind(folder: Path, kind: str, *parts: CircuitPart) -> Iterator[LocalBoard]:
    """A freshly flashed board of that kind with what its maker has soldered to it, and `parts`."""
    board = wiring.kit().boards()[kind]
    flash = folder / "flash.bin"
    flash.write_bytes(wiring._factory_flash(board.chip, board.flash_size_mb))
    circuit = Circuit(board.id, list(parts))
    plan = BoardPlan(flash=flash, mac=bytes.fromhex("240ac4000001"), board=board, parts=wiring.kit().parts(), circuit=circuit)
    with LocalBoard(plan, "desk") as running:
        yield running


def world(board: LocalBoard) -> dict[str, Any]:
    """What the board's pins and parts show now."""
    found: list[dict[str, Any]] = []
    board._call(lambda: found.append(board._board.stage.snapshot()))
    return found[0]


def wait_until(condition: Callable[[], object]) -> None:
    """Poll until it holds: what a board's pins do is told a moment later."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


class Watching:
    """Notes each new state of something, over and over, until it is left."""

    def __init__(self, look: Callable[[], object]) -> None:
        self.seen: list[object] = []
        self._look = look
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def _watch(self) -> None:
        while not self._over.wait(0.02):
            state = self._look()
            if self.seen[-1:] != [state]:
                self.seen.append(state)

    def __enter__(self) -> Watching:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._over.set()
        self._thread.join()


def wait_for(board: LocalBoard, said: bytes) -> None:
    """Read from the line until it has been said."""
    deadline, heard = time.monotonic() + PATIENCE_S, b""
    while said not in heard:
        assert time.monotonic() < deadline, heard
        heard += board.line.read(max(1, board.line.in_waiting))


# --- asking ---


def test_a_board_says_its_mac_its_chip_and_its_name(link: ReplLink) -> None:
    """The MAC is the one its loader tells."""
    link.put_files({BOARD_FILE: '{"name":"7Ə-12","kit":"1"}'.encode()})
    assert ask(link) == Identity("24:0a:c4:00:00:01", "esp32", "7Ə-12")


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'{"kit":"1"}', b"\xff\xfe", b"x" * 5000])
def test_a_board_whose_name_is_damaged_still_says_its_mac(link: ReplLink, content: bytes) -> None:
    """A broken `/board.json` is no name."""
    link.put_files({BOARD_FILE: content})
    assert ask(link) == Identity("24:0a:c4:00:00:01", "esp32", "")


@pytest.mark.parametrize("kind", ["esp32-c3-supermini", "esp32-s3-devkitc-1"])
def test_other_chips_say_which_they_are(tmp_path: Path, kind: str) -> None:
    """As esptool calls them."""
    with board_of_kind(tmp_path, kind) as board:
        link = ReplLink("desk", board.line)
        assert ask(link).chip == wiring.kit().boards()[kind].chip
        link.close()


def info(name: str) -> BoardInfo:
    """A real board that does not tell its MAC by USB."""
    return BoardInfo(name, f"/dev/{name}", "", False, "ready", "CH340")


def test_boards_are_asked_together_and_their_programs_start_again(tmp_path: Path) -> None:
    """One that is busy, and one that never answers, keep no other's answer back."""
    never = threading.Event()

    def open_link(wanted: BoardInfo) -> BoardLink:
        if wanted.name == "busy":
            raise BoardBusyError(N_("Another program is using it."), N_("Close that."))
        if wanted.name == "hangs":
            never.wait(WAIT_S)
            raise BoardBusyError(N_("Too late."), N_("Nothing."))
        if wanted.name == "odd":
            raise RuntimeError("a driver's own")
        return ReplLink("desk", board.line)

    main = b"import time\nprint('main', 'runs')\nwhile True:\n    time.sleep(1)\n"
    with powered_board(tmp_path, LESSON, main=main) as board:
        wait_for(board, b"main runs")
        kept = board.line.close
        board.line.close = lambda: None  # type: ignore[method-assign]  # the test goes on listening
        boards = [info(name) for name in ("busy", "hangs", "odd", "desk")]
        answers = {answer.board.name: answer for answer in ask_boards(boards, open_link, time_limit_s=WAIT_S / 2)}
        never.set()
        assert answers["desk"].identity == Identity("24:0a:c4:00:00:01", "esp32", "virtual")
        assert isinstance(answers["busy"].error, BoardBusyError)
        assert isinstance(answers["hangs"].error, BoardSilentError)
        assert isinstance(answers["odd"].error, LovheError)
        wait_for(board, b"main runs")
        kept()


# --- showing ---


KINDS = {
    "esp32-c3-supermini": lambda parts: parts["board-led"]["on"],
    "esp32-c3-devkitm-1": lambda parts: parts["board-rgb"]["colours"] != ["000000"],
    "esp32-s3-devkitc-1": lambda parts: parts["board-rgb"]["colours"] != ["000000"],
    "esp32-devkitc": lambda parts: parts["led"]["on"],
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_led_of_each_kind_of_board_blinks_and_the_board_is_free_afterwards(tmp_path: Path, kind: str) -> None:
    """Several times on and off; in the end dark, the pins inputs as at power-up, and the board's own program runs."""
    led = CircuitPart("led", "led", {"anode": "IO2", "cathode": "GND"}, {"anode": "220 Ω"})
    boards = wiring.kit().boards()
    chip = boards[kind].chip
    lights = board_lights(boards.values(), chip)
    with board_of_kind(tmp_path, kind, *([led] if chip == "esp32" else [])) as board:
        link = ReplLink("desk", board.line)
        with Watching(lambda: KINDS[kind](world(board)["parts"])) as watch:
            assert show_itself(link, lights, BOOT_PINS[chip], duration_s=2.2) is False
        assert watch.seen.count(True) >= 4
        wait_until(lambda: not KINDS[kind](world(board)["parts"]))
        wait_until(lambda: all(world(board)["pins"][str(light.gpio)]["mode"] == "in" for light in lights))
        line = board.line
        closing, line.close = line.close, lambda: None  # type: ignore[method-assign]  # the test goes on listening
        link.restart()
        wait_for(board, b"virtual")  # what the first program says
        closing()


def test_pressing_boot_says_that_it_is_this_board(tmp_path: Path) -> None:
    """The blinking ends at once; a wire that holds the pin low from the beginning is no pressing."""
    button = CircuitPart("boot", "button", {"1": "IO0", "2": "GND"})
    with board_of_kind(tmp_path, "esp32-devkitc", button) as board:
        link = ReplLink("desk", board.line)
        board.set("boot", "pressed")
        assert show_itself(link, [BoardLight(2, on=1)], 0, duration_s=0.5) is False
        board.set("boot", "released")
        found: list[bool] = []
        showing = threading.Thread(target=lambda: found.append(show_itself(link, [BoardLight(2, on=1)], 0, duration_s=WAIT_S)))
        showing.start()
        wait_until(lambda: world(board)["pins"].get("2", {}).get("level"))
        board.set("boot", "pressed")
        showing.join(WAIT_S)
        assert found == [True]
        link.close()


def test_a_show_that_is_broken_off_leaves_the_board_as_it_was(tmp_path: Path) -> None:
    """Ctrl+C at the PC: the pins are put back, and the board answers."""

    class Impatient(ReplLink):
        reads = 0

        def read(self, timeout_s: float) -> bytes:
            self.reads += 1
            if self.reads == 4:
                raise KeyboardInterrupt
            return super().read(timeout_s)

    with powered_board(tmp_path, LESSON) as board:
        link = Impatient("desk", board.line)
        with pytest.raises(KeyboardInterrupt):
            show_itself(link, [BoardLight(2, on=1)], 0, duration_s=60)
        wait_until(lambda: world(board)["pins"]["2"]["mode"] == "in")
        assert ask(link).chip == "esp32"
        link.close()


# --- naming ---


def test_a_name_is_written_beside_what_the_board_knows_of_itself(link: ReplLink) -> None:
    """The kit's version, which flashed the board, stays."""
    link.put_files({BOARD_FILE: b'{"name":"desk","kit":"0.1.0"}'})
    write_name(link, "7Б-3")
    assert ask(link).name == "7Б-3"
    assert json.loads(link.execute(f"print(open('{BOARD_FILE}').read())")) == {"name": "7Б-3", "kit": "0.1.0"}


def test_a_board_without_a_name_or_with_a_broken_one_gets_one(link: ReplLink) -> None:
    """What was there before does not matter."""
    link.execute(f"import os\nos.remove('{BOARD_FILE}')")
    write_name(link, "7A-1")
    assert ask(link).name == "7A-1"
    link.put_files({BOARD_FILE: b"{"})
    write_name(link, "7A-2")
    assert ask(link).name == "7A-2"


class Saying:
    """A board that answers whatever it is told to."""

    def __init__(self, file: bytes, chip_id: str = "240ac4000001") -> None:
        self._answer = f"\x02{chip_id}\x02{file.hex()}\x02ESP32\x02".encode()
        self.written = b""

    def execute(self, code: str, timeout_s: float = 10.0) -> bytes:
        return self._answer

    def put_files(self, files: dict[str, bytes]) -> None:
        self.written = files[BOARD_FILE]


@pytest.mark.parametrize("file", [b"[" * 1024, b'{"a":' * 200, b"9" * 1024, b"\xff", b"null"])
def test_a_board_file_that_is_none_has_no_name(file: bytes) -> None:
    """A pupil, or a power cut, may have written anything; the board can be named all the same."""
    assert ask(Saying(file)).name == ""  # type: ignore[arg-type]


def test_letters_that_are_none_do_not_keep_a_board_from_its_name() -> None:
    """JSON can hold half of a pair of surrogates; a file cannot."""
    board = Saying(b'{"name":"7A-1","owner":"\\ud800"}')
    write_name(board, "7A-1")  # type: ignore[arg-type]
    assert json.loads(board.written)["name"] == "7A-1"


@pytest.mark.parametrize("chip_id", ["\x1b[2J", "24:0a:c4:00:00:01", "24", ""])
def test_a_mac_that_is_none_is_not_believed(chip_id: str) -> None:
    """What is kept in the class set and shown must be a MAC."""
    with pytest.raises(BoardSilentError):
        ask(Saying(b"", chip_id))  # type: ignore[arg-type]
