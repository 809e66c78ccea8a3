"""Whether a part's description says what the rules of wiring must know of it: volts, milliamperes, resistors, addresses.

A part that is silent about them would be let through everywhere. Every problem names the file's id, the key and the mend.
"""

from __future__ import annotations

from collections.abc import Iterator

from lovhe.core.circuits.hardware import Part, PartPin
from lovhe.core.errors import HardwareError
from lovhe.core.messages import N_, Message

_BUS_PINS = {"SDA", "SCL"}
_SPEAKS = ("data", "digital-out", "analog-out")
_LISTENS = ("data", "digital-in")


def electric_problems(part: Part) -> list[HardwareError]:
    """All that is missing or cannot be of a part's electric fields."""
    return [
        *_supply(part),
        *(problem for pin in part.pin for problem in _pin(part, pin)),
        *_load(part),
        *_options(part),
        *_bus(part),
    ]


def _problem(part: Part, key: str, why: Message, example: str) -> HardwareError:
    return HardwareError(
        N_("“{id}”, key “{key}”: {why}", id=part.id, key=key, why=why),
        N_("Write it like this: {example}.", example=example),
    )


def _supply(part: Part) -> Iterator[HardwareError]:
    fed = any(pin.kind == "supply" for pin in part.pin)
    if fed and part.supply_v is None:
        yield _problem(part, "supply_v", N_("the part has a supply pin, and nothing says which voltage it bears."), "supply_v = [3.0, 3.6]")
    if fed and not part.supply_ma:
        yield _problem(part, "supply_ma", N_("the part has a supply pin, and nothing says how much it draws."), "supply_ma = 20.0")
    if fed and not any(pin.kind == "ground" for pin in part.pin):
        yield _problem(part, "pin", N_("the part has a supply pin and no ground."), 'kind = "ground"')


def _pin(part: Part, pin: PartPin) -> Iterator[HardwareError]:
    place = f"pin.{pin.name}"
    if pin.open_drain and pin.kind not in ("data", "digital-out"):
        yield _problem(part, f"{place}.open_drain", N_("only an output can be one."), "open_drain = false")
    if pin.pull_up and (pin.kind not in ("data", "digital-out", "digital-in") or part.supply_v is None):
        yield _problem(part, f"{place}.pull_up", N_("a pull-up goes from a data pin to the part's supply."), "pull_up = false")
    if pin.high_v is not None and (pin.kind not in _SPEAKS or pin.high_v <= 0):
        yield _problem(part, f"{place}.high_v", N_("only an output gives a voltage."), "high_v = 3.3")
    if pin.max_v is not None and (pin.kind not in _LISTENS or pin.max_v <= 0):
        yield _problem(part, f"{place}.max_v", N_("only an input bears a voltage."), "max_v = 5.0")
    if pin.reads_high is not None and (pin.kind not in _LISTENS or not 0 < pin.reads_high < 1):
        yield _problem(part, f"{place}.reads_high", N_("it is a share of the supply, at an input."), "reads_high = 0.7")
    if pin.series_ohm is not None and (pin.kind != "passive" or not 0 < pin.series_ohm[0] < pin.series_ohm[1]):
        yield _problem(
            part, f"{place}.series_ohm", N_("it is the lowest and the highest resistor for a passive pin."), "series_ohm = [100.0, 1000.0]"
        )
    if pin.advised_ohm is not None and (pin.kind != "passive" or pin.advised_ohm <= 0):
        yield _problem(part, f"{place}.advised_ohm", N_("it is a resistor for a passive pin."), "advised_ohm = 220.0")
    if pin.current_ma is not None and pin.current_ma <= 0:
        yield _problem(part, f"{place}.current_ma", N_("a current is more than 0."), "current_ma = 5.0")


def _load(part: Part) -> Iterator[HardwareError]:
    """What only consumes (an LED, a buzzer) must say how much, or which resistor limits it."""
    passive = [pin for pin in part.pin if pin.kind == "passive"]
    if len(passive) == len(part.pin) and not part.quantity and not any(pin.series_ohm or pin.current_ma for pin in passive):
        yield _problem(
            part,
            f"pin.{part.pin[0].name if part.pin else '?'}.series_ohm",
            N_("the part draws current from a pin, and nothing says how much, or which resistor limits it."),
            "series_ohm = [100.0, 1000.0]",
        )


def _options(part: Part) -> Iterator[HardwareError]:
    for name, default in part.options.items():
        low, high = part.option_range.get(name, (default + 1, default))
        if not low <= default <= high:
            yield _problem(
                part,
                f"option_range.{name}",
                N_("every option needs the lowest and the highest value that a circuit may choose, its own between them."),
                f"option_range = {{ {name} = [{default}, {default + 1}] }}",
            )
    for name in part.option_range:
        if name not in part.options:
            yield _problem(part, f"option_range.{name}", N_("there is no option of that name."), f"options = {{ {name} = 1 }}")


def _bus(part: Part) -> Iterator[HardwareError]:
    bus = [pin for pin in part.pin if pin.name in _BUS_PINS and pin.kind == "data"]
    for pin in bus:
        if not pin.open_drain:
            yield _problem(part, f"pin.{pin.name}.open_drain", N_("on an I2C bus a part only pulls down."), "open_drain = true")
    if len(bus) == len(_BUS_PINS) and "address" not in part.options:
        yield _problem(part, "options.address", N_("a part on an I2C bus has an address."), "options = { address = 0x3c }")
