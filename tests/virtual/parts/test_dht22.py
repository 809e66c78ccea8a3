"""A DHT22 sends what its manual's examples say."""

from __future__ import annotations

import pytest

from tests.virtual.wired_harness import placed, world_of


@pytest.mark.parametrize(
    ("temperature", "humidity", "data"),
    [("35.1", "65.2", "028c015fee"), ("-10.1", "65.2", "028c806573"), ("0", "0", "0000000000"), ("80", "99.9", "03e703200d")],
)
def test_the_manuals_examples(temperature: str, humidity: str, data: str) -> None:
    """Tenths in two bytes each, a sign bit for frost, and the sum of the four."""
    world = world_of(placed("air", "dht22", {"DATA": "IO4"}))
    world.set("air.temperature", temperature)
    world.set("air.humidity", humidity)
    assert bytes(world.handle(["dht", 1, 4, 0])[-1][2]).hex() == data
    shown = world.snapshot()["parts"]["air"]
    assert (shown["temperature_c"], shown["humidity_percent"]) == (float(temperature), float(humidity))


def test_it_measures_every_two_seconds() -> None:
    """Asked again within two seconds it says the same as before."""
    world = world_of(placed("air", "dht22", {"DATA": "IO4"}))
    first = world.handle(["dht", 1, 4, 0])[-1][2]
    world.set("air.temperature", "30")
    assert world.handle(["dht", 1, 4, 1_999_999])[-1][2] == first
    assert world.handle(["dht", 1, 4, 2_000_000])[-1][2] != first
