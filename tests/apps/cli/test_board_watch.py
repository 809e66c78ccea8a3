"""`lovhe board watch` on a running virtual board: once, as JSON, and live on a real terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from lovhe.apps.cli.main import main

from tests.apps.cli.terminal import Terminal

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")

CIRCUIT = """
board = "esp32-devkitc"
[[part]]
id = "ring"
part = "neopixel-ring"
wires = { VDD = "5V", GND = "GND", DIN = "IO13" }
[[part]]
id = "arm"
part = "servo"
wires = { VCC = "5V", GND = "GND", SIG = "IO14" }
[[part]]
id = "lamp"
part = "led"
wires = { anode = "IO2", cathode = "GND" }
through = { anode = "220 Ω" }
[[part]]
id = "knob"
part = "potentiometer"
wires = { VCC = "3V3", GND = "GND", OUT = "IO34" }
"""
PROGRAM = """
from machine import PWM, Pin
from neopixel import NeoPixel
import time
Pin(2, Pin.OUT, value=1)
PWM(Pin(14), freq=50).duty_ns(500_000)
ring = NeoPixel(Pin(13), 12)
ring.fill((0, 64, 128))
ring.write()
time.sleep(1)
print("the ring is blue")
"""
Command = Callable[..., tuple[str, str]]


@pytest.fixture
def board(command: Command, tmp_path: Path) -> Iterator[str]:
    """A running virtual board, not flashed, with a ring, a servo, an LED and a knob; its name."""
    circuit = tmp_path / "circuit.toml"
    circuit.write_text(CIRCUIT, encoding="utf-8")
    name = f"watched-{os.getpid()}"
    command("board", "start", "--name", name, "--circuit", str(circuit))
    yield name
    main(["board", "stop", "--all"])


def test_once_shows_pins_parts_and_surroundings_of_a_running_program(command: Command, board: str, tmp_path: Path) -> None:
    """Into a file it is shown once, with what the program has made of the pins, and with what has been set."""
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    command("flash", board)
    command("run", str(program), "--port", board)
    command("board", "set", board, "knob=25%")
    out, _ = command("board", "watch", board)
    lines = out.splitlines()
    assert lines[0].startswith(f"{board} · esp32 · ")
    assert any("IO2 output 1" in line and "IO13 output 0" in line for line in lines)
    assert any("IO34 825 mV" in line for line in lines)
    assert "lamp lit  ██████████ 100 %" in lines
    assert any(line.startswith("ring ██004080×12") for line in lines)
    assert any(line.startswith("arm  0° ├●─") for line in lines)
    assert "knob 825 mV  around: position=25 %" in lines
    assert "│ the ring is blue" in lines
    assert "\x1b" not in out


def test_named_parts_are_shown_alone(command: Command, board: str) -> None:
    """Parts after the board's name leave the others out; an unknown one is told with those there are."""
    out, _ = command("board", "watch", board, "lamp", "--once")
    assert "lamp dark" in out
    assert "knob" not in out
    _, said = command("board", "watch", board, "tuba", code=2)
    assert "“tuba”" in said
    assert "ring, arm, lamp, knob" in said


def test_json_is_the_whole_state(command: Command, board: str) -> None:
    """For programs: the board, its pins, parts and surroundings, as `World.snapshot` has them."""
    seen = json.loads(command("board", "watch", "--json")[0])  # the only board there is
    assert (seen["name"], seen["chip"], seen["state"]) == (board, "esp32", "empty")
    assert seen["parts"]["ring"]["colours"] == ["000000"] * 12
    assert seen["surroundings"] == {"knob.position": "50 %"}
    assert set(json.loads(command("board", "watch", board, "arm", "--json")[0])["parts"]) == {"arm"}


def test_a_board_that_is_not_there_is_told(command: Command) -> None:
    """Without a board, and with a name that none has."""
    assert "No virtual board is running" in command("board", "watch", code=2)[1]
    assert "lovhe board start" in command("board", "watch", "nobody", code=3)[1]


def test_a_real_board_cannot_be_watched(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told as such, with what can be done instead."""
    port = SimpleNamespace(device="/dev/ttyUSB7", vid=0x10C4, pid=0xEA60, serial_number="")
    monkeypatch.setattr("serial.tools.list_ports.comports", lambda: [port])
    _, said = command("board", "watch", "/dev/ttyUSB7", code=2)
    assert "is a real board" in said
    assert "lovhe board start --lesson" in said


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals that Python can open")
class TestLive:
    """On a terminal of 80 by 24."""

    @pytest.fixture
    def watch(self, board: str) -> Iterator[Terminal]:
        """The command, running on a pseudo-terminal."""
        terminal = Terminal("board", "watch", board)
        yield terminal
        terminal.close()

    def test_view_follows_the_board_until_ctrl_c(self, command: Command, board: str, watch: Terminal) -> None:
        """What changes is seen without a command; Ctrl+C ends quietly and gives the terminal back as it was."""
        watch.until("position=50 %")
        command("board", "set", board, "knob=75%")
        watch.until("position=75 %")
        watch.press_ctrl_c()
        assert watch.end() == 0
        assert "\x1b[?1049l" in watch.raw  # back from the alternate screen
        assert "Traceback" not in watch.drawn
        assert "Stopped" not in watch.drawn

    def test_view_ends_with_a_sentence_when_the_board_is_stopped(self, command: Command, board: str, watch: Terminal) -> None:
        """Stopped from another window, it says so and ends without an error."""
        watch.until("lamp")
        command("board", "stop", board)
        assert watch.end() == 0
        assert f"The board {board} has been stopped." in watch.drawn
