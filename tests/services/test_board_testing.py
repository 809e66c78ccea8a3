"""Each part of the kit passes its own test when it is wired as its file says, and never when something is wrong with it."""

from __future__ import annotations

import pytest
from lovhe.apps import wiring
from lovhe.core.circuits.hardware import Circuit, CircuitPart
from lovhe.core.circuits.part_tests import part_trials
from lovhe.services.board_testing import check_parts

from .part_circuits import PLACED, Follower, moved, table, trials_of, tried, words

SENSORS = [placed for placed in PLACED if any(step.set for step in wiring.kit().parts()[placed.part].test.step)]  # type: ignore[union-attr]
WIRES = [(placed, pin) for placed in PLACED for (trial,) in [trials_of(placed)] for pin in trial.lesson.wired["thing"].wires]  # type: ignore[union-attr]


def _name(value: object) -> str:
    return value.part if isinstance(value, CircuitPart) else str(value)


def test_there_is_a_circuit_here_for_every_part_that_can_be_tested() -> None:
    """A new part cannot slip by; the jumper wire alone says why it has no test."""
    untested = {part.id for part in wiring.kit().parts().values() if part.test is not None and part.test.skip}
    assert untested == {"jumper"}
    assert {placed.part for placed in PLACED} == wiring.kit().parts().keys() - untested


@pytest.mark.parametrize("placed", PLACED, ids=_name)
def test_a_part_that_is_wired_right_passes(placed: CircuitPart) -> None:
    """On a virtual board, whose surroundings the test changes itself."""
    report = tried(trials_of(placed), placed)
    assert report.outcome == "passed", words(report)


@pytest.mark.parametrize("placed", PLACED, ids=_name)
def test_a_part_that_is_missing_fails(placed: CircuitPart) -> None:
    """A failure says what to look at: the wires of that part, how it is wired, another wire, another part."""
    report = tried(trials_of(placed))
    assert report.outcome == "failed", words(report)
    hints = [str(hint) for hint in report.checks[0].hints]
    assert len(hints) == 3
    assert all(f"{part_pin} → {board_pin}" in hints[0] for part_pin, board_pin in placed.wires.items())
    assert hints[1] == wiring.kit().parts()[placed.part].wiring["en"]


@pytest.mark.parametrize(("placed", "part_pin"), WIRES, ids=_name)
def test_a_wire_at_another_pin_fails(placed: CircuitPart, part_pin: str) -> None:
    """Each wire to a pin that programs use is needed by the test."""
    report = tried(trials_of(placed), moved(placed, part_pin))
    assert report.outcome == "failed", words(report)


@pytest.mark.parametrize("placed", SENSORS, ids=_name)
def test_a_sensor_that_does_not_change_fails(placed: CircuitPart) -> None:
    """That it is there and answers is not enough."""
    report = tried(trials_of(placed), placed, stubborn=True)
    assert report.outcome == "failed", words(report)


def _in(circuit_part: str, part_id: str, **changes: dict[str, str]) -> CircuitPart:
    found = next(placed for placed in PLACED if placed.part == circuit_part)
    return CircuitPart(part_id, found.part, changes.get("wires", found.wires), found.through, found.options)


def test_one_failure_stops_no_other_part() -> None:
    """The failing part is named, the others are tried, and the jumper says why it is not."""
    light, led = _in("light-sensor", "light"), _in("led", "lamp")
    jumper = CircuitPart("bridge", "jumper", {"1": "IO32", "2": "IO33"})
    follower = Follower()
    with table(led) as (link, running):
        report = check_parts("x", trials_of(light, jumper, led), link, lambda _: running, follower, runtime=wiring.runtime())
    assert follower.told == [
        ("begins", "light"), ("failed", "light"), ("begins", "bridge"), ("skipped", "bridge"), ("begins", "lamp"), ("passed", "lamp"),
    ]  # fmt: skip
    assert (report.outcome, [check.outcome for check in report.checks]) == ("failed", ["failed", "skipped", "passed"])


def test_a_driver_that_the_board_lacks_is_not_the_parts_fault() -> None:
    """With an old library on the board nothing can be said of the part."""
    placed = _in("bmp280", "air")
    library = {path: file for path, file in wiring.runtime().items() if "drivers/" not in path}
    with table(placed) as (link, running):
        link.execute("import os\nfor n in os.listdir('/lib/lovhe/drivers'):os.remove('/lib/lovhe/drivers/'+n)")
        report = check_parts("x", trials_of(placed), link, lambda _: running, Follower(), runtime=library)
    assert report.outcome == "unclear", words(report)


def test_two_thermometers_on_one_wire_are_both_missed() -> None:
    """Each alone would answer for the other; so as many must answer as there should be."""
    first, second = _in("ds18b20", "in"), _in("ds18b20", "out")
    assert tried(trials_of(first, second), first, second).outcome == "passed"
    assert tried(trials_of(first, second), first).outcome == "failed"


@pytest.mark.parametrize(
    ("part", "wires"),
    [
        ("switch", {"common": "IO4", "on": "GND"}),
        ("led", {"anode": "3V3", "cathode": "IO2"}),
        ("button", {"1": "3V3", "2": "IO4"}),
        ("sound-sensor", {"VCC": "3V3", "GND": "GND", "DO": "IO4"}),
        ("joystick", {"VCC": "3V3", "GND": "GND", "VRy": "IO35"}),
        ("rgb-led", {"R": "IO16", "cathode": "GND"}),
        ("keypad", {"R1": "IO13", "R2": "IO14", "C1": "IO25", "C2": "IO33"}),
        ("motor-l298n", {"GND": "GND", "IN1": "IO16", "IN2": "IO17"}),
    ],
)
def test_other_ways_to_wire_a_part_pass_too(part: str, wires: dict[str, str]) -> None:
    """An LED to 3V3 is lit by a low pin, a button to 3V3 needs the other pull, and pins that are free are not asked for."""
    placed = _in(part, "thing", wires=wires)
    report = tried(trials_of(placed), placed)
    assert report.outcome == "passed", words(report)


def test_a_part_without_a_wire_to_a_gpio_is_skipped() -> None:
    """An LED between 3V3 and GND only shows that the board has power."""
    (trial,) = trials_of(CircuitPart("on", "led", {"anode": "3V3", "cathode": "GND"}, {"anode": "220 Ω"}))
    assert trial.lesson is None
    assert trial.skipped().outcome == "skipped"


@pytest.mark.parametrize("lesson", wiring.kit().lessons(), ids=lambda lesson: lesson.id)
def test_the_lessons_circuits_pass(lesson) -> None:  # type: ignore[no-untyped-def]
    """Each lesson's parts can be tested together."""
    circuit: Circuit = lesson.file.circuit
    report = tried(part_trials(wiring.kit().boards()[circuit.board], wiring.kit().parts(), circuit), *circuit.part)
    assert report.outcome == "passed", words(report)


def test_the_pins_are_let_go_when_the_test_is_over() -> None:
    """Also when it was cut off: a motor must not go on turning."""
    motor = _in("motor-l9110", "motor")

    class Impatient(Follower):
        def begins(self, trial, number: int, count: int) -> None:  # type: ignore[no-untyped-def]
            if number == 2:
                raise KeyboardInterrupt

    with table(motor) as (link, running):
        with pytest.raises(KeyboardInterrupt):
            check_parts("x", [*trials_of(motor), *trials_of(motor)], link, lambda _: running, Impatient(), runtime=wiring.runtime())
        assert running.part_state("motor")["speed_percent"] == 0.0
        assert link.execute("from machine import Pin;print('OUT' in repr(Pin(16)))") == b"False\r\n"
