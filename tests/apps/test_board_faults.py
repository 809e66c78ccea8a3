"""`lovhe board fault` on processes of boards: what esptool, mpremote and our own commands then meet, and that all can be undone."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lovhe.apps import wiring
from lovhe.apps.cli.main import main
from lovhe.apps.flash import wiring as flash_wiring
from lovhe.services.flash.class_flash import Patience
from lovhe.virtual.process.control import BoardControl
from lovhe.virtual.process.registry import find_board

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")

PATIENCE_S = 30.0
HELLO = "print('salam')\n"
LONG = "import time\nfor n in range(300):\n    print('salam', n)\n    time.sleep(0.1)\n"


class Desk:
    """One board and the commands a teacher has."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.name = "desk"
        self._folder = folder
        self._capsys = capsys
        self.said = ""

    def __call__(self, *words: str, code: int = 0) -> str:
        """What a command prints; fails unless it ends with `code`."""
        self._capsys.readouterr()
        ended = main([*words, "--lang", "en"])
        out, self.said = self._capsys.readouterr()
        assert ended == code, out + self.said
        assert "Traceback" not in out + self.said
        return out

    def fault(self, *words: str, code: int = 0) -> str:
        """`lovhe board fault` on the board."""
        return self("board", "fault", self.name, *words, code=code)

    def run(self, source: str, code: int = 0) -> str:
        """`lovhe run` of a program: all that it prints and says."""
        program = self._folder / "program.py"
        program.write_text(source)
        return self("run", str(program), "--port", self.name, code=code) + self.said

    @property
    def state(self) -> str:
        """What `lovhe boards` shows."""
        (board,) = json.loads(self("boards", "--json"))
        return str(board["state"])

    def wait_for(self, state: str) -> None:
        """Poll until the board is in this state."""
        _until(lambda: self.state == state, f"the board did not become {state}")

    def tool(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A tool of others, as a program, on the board's serial port."""
        return subprocess.run([sys.executable, "-m", *words], capture_output=True, text=True, timeout=90, check=False)

    @property
    def serial_port(self) -> str:
        """As the board's entry has it now."""
        return find_board(self.name).serial_port


def _until(condition: Callable[[], object], what: str) -> None:
    deadline_s = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline_s, what
        time.sleep(0.02)


@pytest.fixture(params=["rfc2217", "pty"])
def desk(
    request: pytest.FixtureRequest, data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> Iterator[Desk]:
    """A flashed board behind each kind of serial port, on a PC without real ones; `lovhe flash` waits for no hand at the board."""
    monkeypatch.setattr(flash_wiring, "PATIENCE", Patience(come_back_s=0.0, boot_button_s=0.0))
    monkeypatch.setattr("serial.tools.list_ports.comports", list)
    (data_dir / "boards").mkdir(parents=True)
    (data_dir / "boards" / "desk.flash").write_bytes(wiring._factory_flash())
    made = Desk(tmp_path, capsys)
    try:
        made("board", "start", "--name", "desk", "--endpoint", request.param, "--lesson", "6-02-button-light")
        made.wait_for("ready")
        yield made
    finally:
        main(["board", "stop", "--all"])


def test_a_pulled_cable_is_seen_by_everyone_and_can_be_put_back(desk: Desk) -> None:
    """The board is shown as unplugged, nobody can open it, and once the cable is back it starts from power-on."""
    before = desk.serial_port
    desk.run("from machine import Pin\nPin(2, Pin.OUT).on()\n")
    lit = json.loads(desk("board", "watch", desk.name, "--json"))
    assert lit["parts"]["led"]["on"]
    assert "unplug" in desk.fault("unplug")
    assert desk.state == "off"
    assert not json.loads(desk("board", "watch", desk.name, "--json"))["parts"]["led"]["on"]
    assert "unplugged" in desk("boards")
    assert "no serial port" in desk.run(HELLO, code=3)
    assert desk.tool("mpremote", "connect", before, "exec", "print(6*7)").returncode != 0
    desk.fault("brownout", "plug", "drop=1%", code=2)
    assert "no supply" in desk.said
    assert "drop" not in desk.fault()
    desk.fault("plug")
    assert "its serial port" in desk.said
    desk.wait_for("ready")
    assert "salam" in desk.run(HELLO)


def test_a_cable_pulled_in_mid_flash_leaves_a_flash_to_finish(desk: Desk) -> None:
    """After so many bytes; the message says that the board went away, the board stays unfinished until the next flash."""
    assert "unplug=4000" in desk.fault("unplug=4000", "slow=115200")
    desk("flash", desk.name, code=3)
    assert "went away" in desk.said
    desk.wait_for("off")
    assert "Nothing is wrong" in desk.fault("--clear")
    desk("flash", desk.name)
    assert "salam" in desk.run(HELLO)


def test_a_brownout_is_told_as_one_and_is_no_programs_fault(desk: Desk) -> None:
    """In mid-run, now: exit code 3 and the supply is named; the board starts anew by itself."""
    begun = threading.Event()

    def sag() -> None:
        begun.wait(PATIENCE_S)
        from lovhe.core.boards.fault_words import Fault
        from lovhe.virtual.process.control import BoardControl

        entry = find_board(desk.name)
        with BoardControl(entry.control, entry.authkey) as board:
            _until(lambda: board.snapshot()["pins"].get("2", {}).get("level") == 1, "the program did not begin")
            board.order_faults([Fault("brownout")])

    thread = threading.Thread(target=sag)
    thread.start()
    begun.set()
    said = desk.run("from machine import Pin\nPin(2, Pin.OUT).on()\n" + LONG, code=3)
    thread.join()
    assert "brown-out" in said
    assert "salam 0" in said
    assert "salam" in desk.run(HELLO)


def test_a_board_that_will_not_enter_its_loader(desk: Desk) -> None:
    """`lovhe flash` and esptool give up with words; its program runs all the same, and so does a flash once it is mended."""
    desk.fault("no-loader")
    desk("flash", desk.name, code=3)
    assert "loader" in desk.said or "garbled" in desk.said  # a PTY has no control lines: there the program answers instead
    assert desk.tool("esptool", "--port", desk.serial_port, "--connect-attempts", "1", "chip-id").returncode != 0
    assert "salam" in desk.run(HELLO)
    assert "Nothing is wrong" in desk.fault("no-loader=off")
    desk("flash", desk.name)


def test_a_board_that_will_not_leave_its_loader(desk: Desk) -> None:
    """After its next reset: it can be flashed, is shown in its loader, runs nothing; ending the fault lets it start."""
    desk.fault("stuck-loader", "unplug")
    desk.fault("plug")
    desk.wait_for("loader")
    assert "does not answer" in desk.run(HELLO, code=3)
    assert "BOOT" in desk.said
    assert "Nothing is wrong" in desk.fault("--clear")
    desk.wait_for("ready")
    assert "salam" in desk.run(HELLO)


def test_the_wrong_chip_is_refused_and_keeps_its_flash(desk: Desk) -> None:
    """esptool finds the chip that the board pretends to be, `lovhe flash` writes nothing to it, and its program still runs."""
    desk.fault("chip=esp32", code=2)
    assert "cannot pretend" in desk.said
    desk.fault("chip=esp32c3")
    answer = desk.tool("esptool", "--port", desk.serial_port, "chip-id")
    assert "ESP32-C3" in answer.stdout, answer
    desk("flash", desk.name, code=3)
    assert "should have the chip esp32, and its loader says that it has a esp32c3" in desk.said
    desk.wait_for("ready")
    assert "salam" in desk.run(HELLO)
    desk.fault("chip=off")
    desk("flash", desk.name)


@pytest.mark.parametrize("noise", ["drop=0.2%", "flip=0.2%"])
def test_a_noisy_line_ends_in_words_and_does_no_lasting_harm(desk: Desk, noise: str) -> None:
    """Whether a flash comes through or not, it ends with a message of ours; on a clean line the next one is done."""
    desk.fault(noise, "--seed", "7")
    ended = main(["flash", desk.name, "--lang", "en"])
    assert ended in (0, 3)
    assert json.loads(desk("board", "fault", desk.name, "--json"))[0]["fault"] == noise[:4]
    desk.fault("--clear")
    desk("flash", desk.name)
    assert "salam" in desk.run(HELLO)


def test_a_slow_line_is_slow(desk: Desk) -> None:
    """2 KB of text at 9600 baud take two seconds and more."""
    desk.fault("slow=9600")
    begin_s = time.monotonic()
    assert "end" in desk.run("print('x' * 2000)\nprint('end')\n")
    assert time.monotonic() - begin_s > 2.0
    assert "slow=9600" in desk.fault()


def test_one_wrong_word_changes_nothing(desk: Desk) -> None:
    """Faults are ordered all or none, and so are settings."""
    desk.fault("drop=1%", "drip", code=2)
    assert "Nothing is wrong" in desk.fault()
    desk("board", "set", desk.name, "button=pressed", "button=sideways", "light=20%", code=2)
    desk("board", "set", desk.name, "button=pressed", "light=20%", code=2)
    entry = find_board(desk.name)
    with BoardControl(entry.control, entry.authkey) as board:
        assert board.snapshot()["surroundings"] == {"button.state": "released"}
    desk("board", "set", desk.name, "button=pressed")
    with BoardControl(entry.control, entry.authkey) as board:
        assert board.snapshot()["surroundings"] == {"button.state": "pressed"}
