"""What swings and glides during a step has its value at each moment, the same each time."""

from itertools import pairwise

import pytest
from lovhe.core.checks.check_steps import Glide, Step, Swing
from lovhe.core.checks.step_course import course
from lovhe.core.circuits.hardware import Circuit, CircuitPart
from lovhe.core.errors import InputError

from tests.core.conftest import PARTS

LIGHT = CircuitPart("light", "light-sensor", {"VCC": "3V3", "AO": "IO34", "GND": "GND"})
BUTTON = CircuitPart("button", "button", {"1": "IO4", "2": "GND"})
CIRCUIT = Circuit(part=[LIGHT, BUTTON])


def changes(step: Step) -> list[tuple[float, str, str]]:
    """When what is set to what."""
    return [(change.at_ms, change.part, change.value) for change in course(step, PARTS, CIRCUIT)]


def test_a_swing_goes_through_its_values_once_a_period():
    """From the step's begin, as long as the step lasts."""
    step = Step(delay="1 s", swing=Swing("button", ["pressed", "released"], "400 ms"))
    assert changes(step) == [(200.0 * turn, "button", ("pressed", "released")[turn % 2]) for turn in range(5)]


def test_a_swing_longer_than_its_step_is_cut():
    """A press of half a second, and nothing after it."""
    step = Step(delay="1 s", swing=Swing("button", ["pressed", "released", "released"], "1500 ms"))
    assert changes(step) == [(0.0, "button", "pressed"), (500.0, "button", "released")]


@pytest.mark.parametrize(("begin", "to"), [("10 %", "70 %"), ("70 %", "10 %")])
def test_a_glide_goes_evenly_and_has_its_last_value_at_the_end(begin, to):
    """Up or down, in steps of 50 ms."""
    found = changes(Step(delay="1 s", glide=Glide("light", begin, to)))
    values = [float(value.split()[0]) for _, _, value in found]
    assert (found[0], found[-1]) == ((0, "light", begin), (999.0, "light", to))
    steps = {round(later - sooner, 6) for sooner, later in pairwise(values)}
    assert steps == ({3.0} if values[-1] > values[0] else {-3.0})


def test_both_at_once_come_by_their_times():
    """A button that is pressed while it gets dark."""
    step = Step(delay="200 ms", swing=Swing("button", ["pressed", "released"], "200 ms"), glide=Glide("light", "70 %", "10 %"))
    assert [at_ms for at_ms, _, _ in changes(step)] == sorted(at_ms for at_ms, _, _ in changes(step))
    assert {part for _, part, _ in changes(step)} == {"button", "light"}


def test_a_step_that_does_neither_has_no_course():
    """What `set` does is done before the step begins."""
    assert changes(Step(delay="1 s", set={"light": "10 %"})) == []


def test_an_unknown_value_is_refused():
    """By the words of surroundings."""
    with pytest.raises(InputError):
        changes(Step(delay="1 s", glide=Glide("light", "dark", "bright")))
