"""`lovhe board wiring`: a table to build from and what is wrong in words, of a file, a lesson and a running board."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lovhe.apps import wiring
from lovhe.apps.cli.main import main
from lovhe.virtual.process.control import BoardControl
from lovhe.virtual.process.registry import find_board

CIRCUIT = """
[[part]]
id = "door"
part = "button"
wires = { 1 = "IO4", 2 = "GND" }
[[part]]
id = "lamp"
part = "led"
wires = { anode = "3V3", cathode = "IO2" }
through = { anode = "220 Ω" }
[[part]]
id = "light"
part = "light-sensor"
wires = { VCC = "3V3", AO = "IO36", GND = "GND" }
"""
WRONG = CIRCUIT.replace('through = { anode = "220 Ω" }', "")
PATIENCE_S = 60.0

Cli = Callable[..., str]


@pytest.fixture
def cli(command: Callable[..., tuple[str, str]], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """What a command prints, and then what it says, in eighty columns."""
    monkeypatch.setenv("COLUMNS", "80")
    return lambda *words, code=0: "".join(command(*words, code=code))


@pytest.fixture
def circuit(tmp_path: Path) -> Path:
    """A circuit with something doubtful and something to know, and nothing wrong."""
    file = tmp_path / "circuit.toml"
    file.write_text(CIRCUIT, "utf-8")
    return file


def test_a_circuits_file_is_shown_as_a_table_with_what_is_doubtful(cli: Cli, circuit: Path) -> None:
    """Each wire with both ends and what is in it; the warning, the note, and what to do about each. The exit code is 0."""
    shown = cli("board", "wiring", "--circuit", str(circuit))
    rows = [re.split(r"\s{2,}", line.rstrip()) for line in shown.splitlines()]
    assert ["lamp (led)", "anode", "220 Ω", "3V3"] in rows
    assert ["", "cathode", "–", "IO2"] in rows
    assert ["", "AO", "–", "IO36 (VP)"] in rows
    assert "Doubtful" in shown
    assert "can make IO2 1" in shown
    assert "Good to know" in shown
    assert "Pin(4, Pin.IN, Pin.PULL_UP)" in shown


def test_what_is_wrong_ends_with_1(cli: Cli, circuit: Path) -> None:
    """For people under a heading that says how grave it is, for programs as JSON with rule and severity."""
    circuit.write_text(WRONG, "utf-8")
    shown = cli("board", "wiring", "--circuit", str(circuit), code=1)
    assert shown.index("Wrong;") < shown.index("no resistor") < shown.index("Put a resistor")
    seen = json.loads(cli("board", "wiring", "--circuit", str(circuit), "--json", code=1))
    assert seen["board"] == "esp32-devkitc"
    assert {"part": "lamp", "kind": "led", "pin": "anode", "in_wire": "", "board_pin": "3V3", "printed": ""} in seen["wires"]
    assert [finding["rule"] for finding in seen["findings"] if finding["severity"] == "error"] == ["series-resistor"]
    assert all(finding["what"] and finding["next_step"] for finding in seen["findings"])


def test_names_that_nobody_knows_are_shown_and_told(cli: Cli, circuit: Path) -> None:
    """A circuit that cannot be read is a table all the same, with what is unknown in it."""
    circuit.write_text(
        CIRCUIT.replace('"IO36"', '"IO99"').replace('"220 Ω"', '"a bit"').replace('part = "button"', 'part = "door"'), "utf-8"
    )
    shown = cli("board", "wiring", "--circuit", str(circuit), code=1)
    for word in ("IO99", "a bit", "no such part"):
        assert word in shown


@pytest.mark.parametrize("lesson", [path.name for path in sorted((Path(__file__).parents[2] / "lessons").glob("6-*"))])
def test_the_kits_lessons_have_sound_circuits(cli: Cli, lesson: str) -> None:
    """Nothing wrong and nothing doubtful."""
    assert "Nothing is wrong or doubtful" in cli("board", "wiring", "--lesson", lesson)


def test_more_than_one_circuit_or_none_is_refused(cli: Cli, circuit: Path) -> None:
    """With what to give; a file that is not there is told as in every command."""
    assert "one of them" in cli("board", "wiring", "--lesson", "6-01-blink", "--circuit", str(circuit), code=2)
    assert "No virtual board is running" in cli("board", "wiring", code=2)
    assert "cannot be read" in cli("board", "wiring", "--circuit", str(circuit) + "x", code=2)
    assert "no lesson" in cli("board", "wiring", "--lesson", "9-99-none", code=2)


@pytest.fixture
def board(data_dir: Path, cli: Cli, circuit: Path) -> Iterator[str]:
    """A flashed board with that circuit; what its start said."""
    pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")
    (data_dir / "boards").mkdir(parents=True)
    (data_dir / "boards" / "desk.flash").write_bytes(wiring._factory_flash())
    try:
        yield cli("board", "start", "--name", "desk", "--circuit", str(circuit))
    finally:
        main(["board", "stop", "--all"])


def test_a_running_board_shows_what_is_wrong_now(cli: Cli, board: str, tmp_path: Path) -> None:
    """The start tells the warning and where to read on; a program that drives a pressed button's pin is a short circuit now."""
    assert "can make IO2 1" in board
    assert "`lovhe board wiring desk`" in board
    assert "Pin.PULL_UP" not in board
    before = cli("board", "wiring")
    assert "lamp (led)" in before
    assert "Now:" not in before
    program = tmp_path / "program.py"
    program.write_text("from machine import Pin\nPin(4, Pin.OUT).on()\nimport time\ntime.sleep(60)\n")
    cli("board", "set", "desk", "door=pressed")
    link = wiring.open_link(wiring.choose_board("desk"))
    try:
        link.start(program.read_text())
        entry = find_board("desk")
        with BoardControl(entry.control, entry.authkey) as control:
            deadline_s = time.monotonic() + PATIENCE_S
            while not control.snapshot()["shorts"]:
                assert time.monotonic() < deadline_s
                time.sleep(0.02)
        assert "drives IO4 against GND, joined by “door”" in cli("board", "wiring", "desk", code=1)
        cli("board", "set", "desk", "door=released")
        assert "Now:" not in cli("board", "wiring", "desk")
    finally:
        link.close()
