"""`lovhe board test` as a teacher uses it: on a virtual board by itself, on a real one with questions and answers."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lovhe.apps import wiring
from lovhe.apps.cli.main import main
from lovhe.services.ports import BoardRecord

from tests.apps.cli.terminal import Terminal

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")

LESSON = "6-03-night-light"
LED_ALONE = """\
[[part]]
id = "led"
part = "led"
wires = { anode = "IO2", cathode = "GND" }
through = { anode = "220 Ω" }
"""

Command = Callable[..., tuple[str, str]]


@pytest.fixture
def start(command: Command) -> Iterator[Callable[..., str]]:
    """Starts and flashes a virtual board that ends with the test, and gives its serial port."""

    def start_board(*words: str) -> str:
        (board,) = json.loads(command("board", "start", "--name", "desk", *words, "--json")[0])
        command("flash", "desk")
        return str(board["serial_port"])

    yield start_board
    main(["board", "stop", "--all"])


def _kept() -> BoardRecord:
    with wiring.results() as store:
        (record,) = store.class_set().boards()
    return record


def test_a_virtual_board_is_tested_without_anybody(start: Callable[..., str], command: Command) -> None:
    """Its world changes and its parts tell what they show; the outcome is kept with the board, that of one part alone is not."""
    start("--lesson", LESSON)
    out, said = command("board", "test", "--lesson", LESSON)
    assert [line.split()[0] for line in out.splitlines()[1:]] == ["led", "light"]
    assert out.count("passed") == 2
    assert "2/2  Light sensor: VCC → 3V3, AO → IO34, GND → GND" in said
    record = _kept()
    assert (record.test_lesson, record.test_outcome) == (LESSON, "passed")
    out, said = command("board", "test", "led", "--lesson", LESSON, "--json")
    told = json.loads(out)
    assert [(part["id"], part["outcome"]) for part in told["parts"]] == [("led", "passed")]
    assert told["mac"] == record.mac
    assert _kept() == record


def test_a_part_that_is_not_there_is_named(start: Callable[..., str], command: Command, tmp_path: Path) -> None:
    """The others are tested all the same; the exit code says that one failed, and so does what is kept."""
    circuit = tmp_path / "led.toml"
    circuit.write_text(LED_ALONE, encoding="utf-8")
    start("--circuit", str(circuit))
    out, said = command("board", "test", "--port", "desk", "--lesson", LESSON, code=1)
    assert [line.split()[-1] for line in out.splitlines()[1:]] == ["passed", "failed"]
    assert "Look at its wires: VCC → 3V3, AO → IO34, GND → GND." in said
    assert _kept().test_outcome == "failed"
    command("board", "test", "--port", "desk", "--circuit", str(circuit))
    assert (_kept().test_lesson, _kept().test_outcome) == ("led.toml", "passed")


def test_a_virtual_board_with_nothing_of_the_circuit_is_not_blamed(start: Callable[..., str], command: Command) -> None:
    """It was started without the lesson: that is said, and nothing is kept."""
    start()
    _, said = command("board", "test", "--lesson", LESSON, code=2)
    assert "Nothing of this circuit is wired to the virtual board desk." in said
    assert "lovhe board start --lesson" in said
    assert _kept().test_outcome == ""


@pytest.mark.parametrize("words", [(), ("--lesson", LESSON, "--circuit", "x.toml")])
def test_one_circuit_is_needed(command: Command, words: tuple[str, ...]) -> None:
    """Without a circuit nobody knows what to test, and two are one too many."""
    _, said = command("board", "test", *words, code=2)
    assert "--lesson" in said


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals that Python can open")
@pytest.mark.parametrize(("answer", "outcome", "code"), [("1", "passed", 0), ("2", "failed", 1)])
def test_with_a_real_board_a_person_answers(
    start: Callable[..., str], command: Command, tmp_path: Path, answer: str, outcome: str, code: int
) -> None:
    """A serial port that this PC has not listed is a real board: it is asked for its MAC, and a person for the rest."""
    usb = tmp_path / "ttyUSB0"
    usb.symlink_to(start("--lesson", LESSON, "--endpoint", "pty"))
    terminal = Terminal("board", "test", "--port", str(usb), "--lesson", LESSON)
    try:
        terminal.until("Does the LED blink?")
        terminal.type("\r" + answer)  # Enter alone answers nothing
        terminal.until(outcome)
        terminal.until("Cover the light sensor with your hand")
        command("board", "set", "desk", "light=5%")
        terminal.until("Take your hand away")
        command("board", "set", "desk", "light=60%")
        assert terminal.end() == code, terminal.drawn
    finally:
        terminal.close()
    assert _kept().test_outcome == outcome


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals that Python can open")
def test_ctrl_c_ends_it_and_keeps_nothing(start: Callable[..., str], command: Command, tmp_path: Path) -> None:
    """The board is free for the next test, and remembers none."""
    usb = tmp_path / "ttyUSB0"
    usb.symlink_to(start("--lesson", LESSON, "--endpoint", "pty"))
    terminal = Terminal("board", "test", "--port", str(usb), "--lesson", LESSON)
    try:
        terminal.until("Does the LED blink?")
        terminal.press_ctrl_c()
        assert terminal.end() == 130, terminal.drawn
    finally:
        terminal.close()
    assert "Traceback" not in terminal.drawn
    assert _kept().test_outcome == ""
    command("board", "test", "--port", "desk", "--lesson", LESSON)
    assert _kept().test_outcome == "passed"
