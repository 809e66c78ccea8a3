"""A circuit that would not work, or would harm something, is told with its mend."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from lovhe.core.circuits.hardware import Board, Circuit, CircuitPart, Part
from lovhe.core.circuits.hardware_check import check_circuit, circuit_problems
from lovhe.core.errors import HardwareError

HARDWARE = Path(__file__).parents[3] / "hardware"


def board() -> Board:
    """The board of the kit, from its file."""
    return msgspec.toml.decode((HARDWARE / "boards/esp32-devkitc.toml").read_bytes(), type=Board)


def parts() -> dict[str, Part]:
    """All parts of the kit, from their files."""
    read = [msgspec.toml.decode(path.read_bytes(), type=Part) for path in sorted((HARDWARE / "parts").glob("*.toml"))]
    return {part.id: part for part in read}


def placed(part: str, wires: dict[str, str], **more: Any) -> CircuitPart:
    """A part in a circuit, called after its kind unless `id` is given."""
    return CircuitPart(id=more.pop("id", part), part=part, wires=wires, **more)


def led(anode: str = "IO2", cathode: str = "GND", **more: Any) -> CircuitPart:
    """An LED with its resistor, from IO2 to GND unless told otherwise."""
    more.setdefault("through", {"anode": "220 Ω"})
    return placed("led", {"anode": anode, "cathode": cathode}, **more)


def told(*circuit_parts: CircuitPart, board_id: str = "esp32-devkitc") -> list[str]:
    """All problems of a circuit of these parts, as a person reads them."""
    problems = circuit_problems(board(), parts(), Circuit(board=board_id, part=list(circuit_parts)))
    return [f"{problem.what} {problem.next_step}" for problem in problems]


def test_sound_circuit_of_all_parts_has_no_problem() -> None:
    """A circuit with every part of the kit, each on a fitting pin, is let through."""
    circuit = [
        led(),
        led("3V3", "IO4", id="led2"),
        placed("button", {"1": "IO5", "2": "GND"}),
        placed("button", {"1": "3V3", "2": "IO18"}, id="button2"),
        placed("potentiometer", {"VCC": "3V3", "OUT": "IO32", "GND": "GND"}),
        placed("light-sensor", {"VCC": "3V3", "AO": "IO34", "GND": "GND"}),
        placed("buzzer", {"+": "IO25", "-": "GND"}),
        placed("dht11", {"VCC": "3V3", "DATA": "IO26", "GND": "GND"}),
    ]
    assert told(*circuit) == []
    check_circuit(board(), parts(), Circuit(part=circuit))


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (placed("laser", {"a": "IO2"}), "laser"),
        (led("IO99"), "IO99"),
        (placed("led", {"anode": "IO2", "kathode": "GND"}), "kathode"),
        (led(through={"middle": "220 Ω"}), "middle"),
        (placed("led", {"anode": "IO2"}, through={"anode": "220 Ω"}), "cathode"),
        (placed("light-sensor", {"VCC": "3V3", "GND": "GND"}), "AO"),
        (led("IO34"), "IO34, which can only read"),
        (placed("buzzer", {"+": "IO36", "-": "GND"}), "IO36"),
        (placed("light-sensor", {"VCC": "3V3", "AO": "IO23", "GND": "GND"}), "IO23 cannot measure"),
        (placed("button", {"1": "IO35", "2": "GND"}), "IO35, which has no pull-up"),
        (led("IO7"), "flash"),
        (led("IO1"), "talk to the computer"),
        (led("EN"), "EN, which no program"),
        (led(through={}), "no resistor"),
        (led("GND", "IO2"), "wrong way round"),
        (led("IO2", "3V3"), "wrong way round"),
        (led("3V3", "GND"), "No wire"),
        (led("IO2", "IO2"), "same pin"),
        (placed("light-sensor", {"VCC": "5V", "AO": "IO34", "GND": "GND"}), "5.0 V"),
        (placed("button", {"1": "5V", "2": "IO4"}), "5.0 V on IO4"),
        (placed("dht11", {"VCC": "IO4", "DATA": "IO5", "GND": "GND"}), "gets no power"),
        (placed("dht11", {"VCC": "3V3", "DATA": "IO5", "GND": "3V3"}), "Wire “GND” to GND"),
        (led(id="my led"), "my led"),
        (led(id="a.b"), "a.b"),
    ],
)
def test_wrong_circuit_is_told(wrong: CircuitPart, named: str) -> None:
    """Each thing that can be wired wrong is told once or more, naming what is wrong, and no message has an unfilled gap."""
    problems = told(wrong)
    assert any(named in problem for problem in problems), problems
    assert not any("{id}" in problem or "{{" in problem for problem in problems)


def test_two_parts_on_one_pin_are_told() -> None:
    """Two parts at the same GPIO are told with both their ids."""
    assert told(led(), led(id="led2")) == ["These parts are wired to the same pin IO2: led, led2. Give each of them a pin of its own."]


def test_i2c_parts_share_their_bus() -> None:
    """Parts that meet at SDA and at SCL are no conflict, but SDA of one at SCL of another is."""
    pins = [{"name": name, "kind": "data"} for name in ("SDA", "SCL")]
    part = msgspec.convert({"id": "clock", "model": "clock", "names": {}, "pin": pins}, Part)
    both = [CircuitPart(id=name, part="clock", wires={"SDA": "IO21", "SCL": "IO22"}) for name in ("one", "two")]
    crossed = CircuitPart(id="three", part="clock", wires={"SDA": "IO22", "SCL": "IO21"})
    assert circuit_problems(board(), {"clock": part}, Circuit(part=both)) == []
    assert len(circuit_problems(board(), {"clock": part}, Circuit(part=[*both, crossed]))) == 2


def test_doubled_id_and_other_board_are_told() -> None:
    """Two parts of one name, and a circuit for another kind of board, are told."""
    assert "two parts" in told(led(), led())[0]
    assert "other-board" in told(led(), board_id="other-board")[0]


def test_divider_saves_the_pin_from_5_v() -> None:
    """A part fed from 5 V may drive a pin only through something that is named under `through`."""
    pins = [{"name": "VCC", "kind": "supply"}, {"name": "ECHO", "kind": "digital-out"}, {"name": "GND", "kind": "ground"}]
    part = msgspec.convert({"id": "sonar", "model": "sonar", "names": {}, "pin": pins, "supply_v": [4.5, 5.5]}, Part)
    wires = {"VCC": "5V", "ECHO": "IO18", "GND": "GND"}
    bare = CircuitPart(id="sonar", part="sonar", wires=wires)
    divided = CircuitPart(id="sonar", part="sonar", wires=wires, through={"ECHO": "1 kΩ / 2 kΩ"})
    assert "5.0 V on IO18" in str(circuit_problems(board(), {"sonar": part}, Circuit(part=[bare]))[0])
    assert circuit_problems(board(), {"sonar": part}, Circuit(part=[divided])) == []


def test_check_circuit_raises_the_first_problem() -> None:
    """`check_circuit` ends with a `HardwareError`, which the command line shows with exit code 2."""
    with pytest.raises(HardwareError) as caught:
        check_circuit(board(), parts(), Circuit(part=[led(through={})]))
    assert caught.value.exit_code == 2
