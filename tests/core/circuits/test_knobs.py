"""A quantity's knob stands where its value is, and every turn of it gives a value the quantity can have."""

from __future__ import annotations

import itertools

import pytest
from lovhe.apps import wiring
from lovhe.core.circuits.hardware import Quantity
from lovhe.core.circuits.knobs import Knob, knob_of, setting_text
from lovhe.core.circuits.surroundings import default_value, read_value

KNOBS = [
    pytest.param(quantity, knob, id=f"{part.id}.{quantity.id}")
    for part in wiring.kit().parts().values()
    for quantity in part.quantity
    if (knob := knob_of(quantity)) is not None
]


def test_all_numbers_of_the_kit_have_a_knob_and_no_words_have() -> None:
    """A number without a knob could not be changed on a screen."""
    for part in wiring.kit().parts().values():
        for quantity in part.quantity:
            assert (knob_of(quantity) is None) == bool(quantity.values), f"{part.id}.{quantity.id}"


@pytest.mark.parametrize(("quantity", "knob"), KNOBS)
def test_from_end_to_end_and_back(quantity: Quantity, knob: Knob) -> None:
    """Small steps go through values in rising order that can all be read, some hundred of them, and big ones are bigger."""
    values = list(_walk(knob, knob.low, 1))
    assert values[-1] == knob.high
    assert 50 <= len(values) <= 250
    assert all(low < high for low, high in itertools.pairwise(values))
    assert all(read_value(quantity, setting_text(value), "x") == pytest.approx(value) for value in values)
    assert list(_walk(knob, knob.high, -1))[-1] == knob.low
    start = default_value(quantity)
    assert isinstance(start, float)
    assert knob.moved(start, 1, big=True) > knob.moved(start, 1) > start


def _walk(knob: Knob, value: float, by: int) -> list[float]:
    values = [value]
    while len(values) < 1000 and (moved := knob.moved(values[-1], by)) != values[-1]:
        values.append(moved)
    return values


@pytest.mark.parametrize(("quantity", "knob"), KNOBS)
def test_a_place_gives_the_value_that_stands_there(quantity: Quantity, knob: Knob) -> None:
    """Where the mouse is, there the knob goes: a hundredth of the way off at most; in the dark a lux is more than that."""
    most = 0.05 if knob.curved else 0.011
    for place in range(101):
        assert knob.share(knob.at(place / 100)) == pytest.approx(place / 100, abs=most)
    assert (knob.at(-1), knob.at(2)) == (knob.low, knob.high)


def test_light_has_fine_steps_where_it_is_dark() -> None:
    """A lux more is much in the dark and nothing in the sun."""
    knob = knob_of(Quantity(id="light", default=0.0, unit="lx", min=0.0, max=100_000.0))
    assert knob is not None
    assert knob.moved(3.0, 1) == 4.0
    assert knob.moved(50_000.0, 1) - 50_000.0 >= 1000
