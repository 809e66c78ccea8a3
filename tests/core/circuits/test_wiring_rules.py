"""Each thing that can be wrong or doubtful in a circuit is told by its rule, as gravely as it is, with why and what to do."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from lovhe.core.circuits.hardware import Board, Circuit, CircuitPart, Part
from lovhe.core.circuits.wiring_rules import circuit_findings
from lovhe.core.circuits.wiring_rules.finding import Finding

from tests.core.conftest import BOARDS, PARTS


def _part(part_id: str, *pins: dict[str, Any], **more: Any) -> Part:
    return msgspec.convert({"id": part_id, "model": part_id, "names": {}, "pin": list(pins), **more}, Part)


VCC, GND = {"name": "VCC", "kind": "supply"}, {"name": "GND", "kind": "ground"}
SDA, SCL = ({"name": name, "kind": "data", "open_drain": True} for name in ("SDA", "SCL"))
ONE_WIRE = {"name": "DQ", "kind": "data", "open_drain": True, "shared": True}
SONAR_PINS = [VCC, {"name": "TRIG", "kind": "digital-in"}, {"name": "ECHO", "kind": "digital-out"}, GND]

OWN = {
    part.id: part
    for part in (
        _part("sonar", *SONAR_PINS, supply_v=[4.5, 5.5], supply_ma=15),
        _part(
            "clock", VCC, SDA, SCL, GND, supply_v=[3.0, 5.5], supply_ma=1, options={"address": 0x68}, option_range={"address": [0x68, 0x69]}
        ),
        _part(
            "pulled",
            VCC,
            {**SDA, "pull_up": True},
            {**SCL, "pull_up": True},
            GND,
            supply_v=[3.0, 5.5],
            supply_ma=1,
            options={"address": 0x3C},
        ),
        _part("thermometer", VCC, ONE_WIRE, GND, supply_v=[3.0, 5.5], supply_ma=2),
        _part("motion", VCC, {"name": "OUT", "kind": "digital-out"}, GND, supply_v=[3.0, 5.5], supply_ma=5),
        _part(
            "strip",
            VCC,
            {"name": "DIN", "kind": "digital-in", "reads_high": 0.7},
            GND,
            supply_v=[3.0, 5.5],
            supply_ma=80,
            options={"leds": 8},
        ),
        _part("arm", {**VCC, "inductive": True}, {"name": "SIG", "kind": "digital-in"}, GND, supply_v=[4.8, 6.0], supply_ma=250),
        _part("coil", {"name": "+", "kind": "passive", "inductive": True, "current_ma": 70}, {"name": "-", "kind": "passive"}),
        _part("siren", {"name": "+", "kind": "passive", "current_ma": 30}, {"name": "-", "kind": "passive"}),
        _part("heater", {"name": "+", "kind": "passive", "current_ma": 60}, {"name": "-", "kind": "passive"}),
        _part(
            "chooser", VCC, {"name": "A", "kind": "digital-in", "max_v": 3.6}, {"name": "B", "kind": "digital-in"}, GND, supply_v=[3.0, 3.6]
        ),
        _part(
            "rgb",
            *({"name": name, "kind": "passive", "series_ohm": [100, 1000]} for name in "RGB"),
            {"name": "common", "kind": "passive"},
        ),
    )
}


def placed(part: str, more: dict[str, Any] | None = None, /, **wires: str) -> CircuitPart:
    """A part in a circuit, called after its kind unless `more` says `id`; "_" before a pin that begins with a digit."""
    more = more or {}
    return CircuitPart(id=more.pop("id", part), part=part, wires={pin.removeprefix("_"): end for pin, end in wires.items()}, **more)


def found(*parts: CircuitPart, board: Board = BOARDS["esp32-devkitc"]) -> list[Finding]:
    """What the rules say of a circuit of these parts. Every sentence has its gaps filled, and each finding says what to do."""
    told = circuit_findings(board, {**PARTS, **OWN}, Circuit(board=board.id, part=list(parts)))
    for finding in told:
        assert str(finding.what)
        assert str(finding.next_step)
        assert not {"{id}", "{pin}", "{board_pin}", "{{"} & set(f"{finding.what} {finding.next_step}".split())
    return told


def rules(*parts: CircuitPart) -> set[tuple[str, str]]:
    """Severity and rule of all that is found, notes left out."""
    return {(finding.severity, finding.rule) for finding in found(*parts) if finding.severity != "note"}


def led(more: dict[str, Any] | None = None, anode: str = "IO4", cathode: str = "GND") -> CircuitPart:
    """An LED; `more` has its resistor."""
    return placed("led", more, anode=anode, cathode=cathode)


def through(**inside: str) -> dict[str, Any]:
    """What `placed` takes for things in wires."""
    return {"through": inside}


SONAR = {"VCC": "5V", "TRIG": "IO5", "ECHO": "IO18", "GND": "GND"}
BUS = {"VCC": "3V3", "SDA": "IO21", "SCL": "IO22", "GND": "GND"}


@pytest.mark.parametrize(
    ("circuit", "told"),
    [
        # LEDs and their resistors
        ([led(through(anode="220 Ω"))], set()),
        ([led(through(cathode="220 Ω"))], set()),
        ([led()], {("error", "series-resistor")}),
        ([led(through(anode="10 kΩ pull-up"))], {("error", "series-resistor")}),
        ([led(through(anode="22 Ω"))], {("error", "series-resistor")}),
        ([led(through(anode="10 kΩ"))], {("warning", "series-resistor")}),
        ([placed("rgb", through(R="220 Ω", G="220 Ω", B="220 Ω"), R="IO4", G="IO5", B="IO18", common="GND")], set()),
        ([placed("rgb", through(R="220 Ω", G="220 Ω"), R="IO4", G="IO5", B="IO18", common="GND")], {("error", "series-resistor")}),
        ([placed("rgb", through(common="220 Ω"), R="IO4", G="IO5", B="IO18", common="GND")], {("warning", "shared-resistor")}),
        # 5 V on a pin
        ([placed("sonar", **SONAR)], {("error", "pin-volts")}),
        ([placed("sonar", through(ECHO="1 kΩ"), **SONAR)], {("error", "pin-volts")}),
        ([placed("sonar", through(ECHO="divider 1 kΩ + 2 kΩ"), **SONAR)], set()),
        ([placed("sonar", through(ECHO="level shifter"), **SONAR)], set()),
        ([placed("sonar", through(ECHO="divider 1 kΩ + 10 kΩ"), **SONAR)], {("error", "pin-volts")}),
        ([placed("sonar", through(ECHO="divider 2 kΩ + 1 kΩ"), **SONAR)], {("warning", "level-low")}),
        ([placed("pulled", **BUS | {"VCC": "5V"})], {("error", "pin-volts")}),
        ([placed("pulled", through(SDA="level shifter", SCL="level shifter"), **BUS | {"VCC": "5V"})], set()),
        ([placed("pulled", through(SDA="1 kΩ / 2 kΩ", SCL="1 kΩ / 2 kΩ"), **BUS | {"VCC": "5V"})], {("warning", "divider-both-ways")}),
        ([placed("chooser", VCC="3V3", A="5V", B="IO4", GND="GND")], {("error", "input-volts")}),
        # 3.3 V where more is wanted
        ([placed("strip", VCC="5V", DIN="IO4", GND="GND")], {("warning", "level-low")}),
        ([placed("strip", through(DIN="level shifter"), VCC="5V", DIN="IO4", GND="GND")], set()),
        ([placed("strip", VCC="3V3", DIN="IO4", GND="GND")], set()),
        # outputs against each other
        ([placed("motion", {"id": one}, VCC="3V3", OUT="IO4", GND="GND") for one in "ab"], {("error", "outputs-joined")}),
        ([placed("motion", VCC="3V3", OUT="GND", GND="GND")], {("error", "output-at-supply"), ("error", "no-gpio")}),
        ([placed("motion", VCC="3V3", OUT="IO4", GND="GND"), led(through(anode="220 Ω"))], {("error", "pin-taken")}),
        # pull-ups, buses and addresses
        ([placed("clock", **BUS)], {("warning", "no-pull-up")}),
        ([placed("clock", through(SDA="4.7 kΩ pull-up", SCL="4.7 kΩ pull-up"), **BUS)], set()),
        ([placed("clock", **BUS), placed("pulled", **BUS)], set()),
        ([placed("thermometer", VCC="3V3", DQ="IO4", GND="GND")], {("warning", "no-pull-up")}),
        (
            [placed("thermometer", {"id": one, **through(DQ="4.7 kΩ pull-up")}, VCC="3V3", DQ="IO4", GND="GND") for one in "ab"],
            set(),
        ),
        ([placed("pulled", {"id": one}, **BUS) for one in "ab"], {("error", "i2c-address")}),
        (
            [placed("pulled", **BUS), *(placed("clock", {"id": f"c{at}", "options": {"address": at}}, **BUS) for at in (0x68, 0x69))],
            set(),
        ),
        (
            [
                placed("pulled", {"id": one}, **BUS | {"SDA": data, "SCL": clock})
                for one, data, clock in (("a", "IO4", "IO5"), ("b", "IO21", "IO22"))
            ],
            set(),
        ),
        # motors, and what is too much
        ([placed("arm", VCC="5V", SIG="IO4", GND="GND")], set()),
        ([placed("arm", VCC="3V3", SIG="IO4", GND="GND")], {("error", "motor-at-3v3")}),
        ([placed("arm", VCC="IO18", SIG="IO4", GND="GND")], {("error", "fed-from-pin")}),
        (
            [placed("arm", {"id": one}, VCC="5V", SIG=pin, GND="GND") for one, pin in (("a", "IO4"), ("b", "IO5"))],
            {("warning", "rail-current")},
        ),
        ([placed("strip", {"options": {"leds": 60}}, VCC="3V3", DIN="IO4", GND="GND")], {("warning", "rail-current")}),
        ([placed("siren", **{"+": "IO4", "-": "GND"})], {("warning", "pin-current")}),
        ([placed("siren", {"through": {"+": "1 kΩ"}}, **{"+": "IO4", "-": "GND"})], {("warning", "starved")}),
        ([placed("heater", **{"+": "IO4", "-": "GND"})], {("error", "pin-current")}),
        ([placed("heater", {"through": {"+": "transistor"}}, **{"+": "IO4", "-": "GND"})], set()),
        ([placed("coil", **{"+": "IO4", "-": "GND"})], {("error", "no-driver"), ("error", "pin-current")}),
        ([placed("coil", {"through": {"+": "transistor"}}, **{"+": "IO4", "-": "GND"})], {("warning", "no-diode")}),
        ([placed("coil", {"through": {"+": "transistor, diode"}}, **{"+": "IO4", "-": "GND"})], set()),
        # strapping pins
        ([led(through(anode="220 Ω"), anode="IO2")], set()),
        ([led(through(cathode="220 Ω"), anode="3V3", cathode="IO2")], {("warning", "strapping")}),
        ([placed("motion", VCC="3V3", OUT="IO12", GND="GND")], {("warning", "strapping")}),
        ([placed("motion", VCC="3V3", OUT="IO15", GND="GND")], set()),
        # a converter that rests while Wi-Fi is on, and a pin without one
        ([placed("light-sensor", VCC="3V3", AO="IO25", GND="GND")], {("warning", "adc2")}),
        ([placed("light-sensor", VCC="3V3", AO="IO23", GND="GND")], {("error", "not-adc1")}),
        # an outer pull-up makes a pin without one fit for a button
        ([placed("button", _1="IO35", _2="GND")], {("error", "no-pull")}),
        ([placed("button", {"through": {"1": "10 kΩ pull-up"}}, _1="IO35", _2="GND")], set()),
        # words that mean nothing
        ([led(through(anode="220"))], {("error", "in-wire")}),
        ([placed("strip", {"options": {"colour": 1}}, VCC="3V3", DIN="IO4", GND="GND")], {("error", "option")}),
        ([placed("clock", {"options": {"address": 0x70}}, **BUS)], {("error", "option")}),
    ],
)
def test_each_trouble_is_told_by_its_rule(circuit: list[CircuitPart], told: set[tuple[str, str]]) -> None:
    """Just these errors and warnings, and no others."""
    assert rules(*circuit) == told


def test_a_switch_says_which_pull_the_program_needs() -> None:
    """A note, with the line to write: PULL_UP towards ground, PULL_DOWN towards the supply, none where a resistor pulls."""
    up, down = placed("button", _1="IO4", _2="GND"), placed("button", {"id": "b"}, _1="IO5", _2="3V3")
    notes = {finding.rule: str(finding.next_step) for finding in found(up) if finding.severity == "note"}
    assert "Pin(4, Pin.IN, Pin.PULL_UP)" in notes["pull-in-program"]
    assert "Pin(5, Pin.IN, Pin.PULL_DOWN)" in str(found(down)[0].next_step)
    assert found(placed("button", {"through": {"1": "10 kΩ pull-up"}}, _1="IO4", _2="GND")) == []


def test_a_button_at_a_strapping_pin_is_worth_a_note() -> None:
    """It does no harm while nobody holds it down at the board's start."""
    notes = [finding for finding in found(placed("button", _1="IO0", _2="GND")) if finding.rule == "strapping"]
    assert [finding.severity for finding in notes] == ["note"]


@pytest.mark.parametrize(
    ("circuit", "rule", "mend"),
    [
        (placed("button", _1="3V3", _2="GND"), "short-circuit", "“1” to a pin"),
        (placed("jumper", _1="5V", _2="3V3"), "short-circuit", "“1” to a pin"),
        (placed("switch", common="3V3", on="GND", off="IO4"), "short-circuit", "“common” to a pin"),
        (placed("bme280", VCC="GND", GND="3V3", SCL="IO22", SDA="IO21"), "supply-swapped", "“VCC” to 3V3 and “GND” to GND"),
        (placed("bme280", VCC="3V3", GND="GND", SCL="IO22", SDA="GND"), "data-at-supply", "“SDA” to a pin"),
        (placed("motor-l9110", VCC="IO23", GND="GND", **{"A-IA": "IO18", "A-IB": "IO19"}), "fed-from-pin", "to 5V"),
        (placed("rgb-led", through(R="220 Ω"), R="IO4", cathode="3V3"), "polarity", "“cathode” to GND"),
        (placed("rgb-led-anode", through(R="220 Ω"), R="IO4", anode="GND"), "polarity", "“anode” to 3V3"),
        (placed("potentiometer", VCC="5V", GND="GND", OUT="IO34"), "pin-volts", "Feed it from 3V3"),
        (led(through(anode="220 Ω"), anode="GPIO18"), "board-pin", "“IO18”"),
        (led(through(anode="220 Ω"), anode="18"), "board-pin", "“IO18”"),
        (led(through(anode="220 Ω"), cathode="gnd"), "board-pin", "“GND”"),
        (placed("potentiometer", VCC="3V3", GND="GND", OUT="vp"), "board-pin", "“IO36”"),
        (placed("led", Anode="IO4", cathode="GND"), "part-pin", "“anode”"),
        (placed("ledd", anode="IO4", cathode="GND"), "part", "“led”"),
    ],
)
def test_a_mistake_is_told_with_the_mend_that_fits_it(circuit: CircuitPart, rule: str, mend: str) -> None:
    """What a person gets wrong most often is told by its own name, and one thing to do about it."""
    (finding,) = (finding for finding in found(circuit) if finding.rule == rule)
    assert finding.severity == "error"
    assert mend in str(finding.next_step)


def test_a_switch_between_both_supplies_is_no_short_circuit() -> None:
    """Its outer pins never meet."""
    assert rules(placed("switch", common="IO4", on="3V3", off="GND")) == set()


@pytest.mark.parametrize("board", BOARDS.values(), ids=lambda board: board.id)
def test_advice_names_pins_of_the_board_at_hand(board: Board) -> None:
    """A mend never names a pin that the board does not have, or that is not free for parts."""
    taken = next(pin.name for pin in board.pin if pin.note in ("flash", "serial"))
    advised = str(found(led(through(anode="220 Ω"), anode=taken), board=board)[0].next_step).rpartition("example ")[2].rstrip(".")
    fitting = {pin.name for pin in board.pin if pin.kind == "gpio" and not pin.note and {"out", "pull"} <= set(pin.can)}
    assert advised in fitting
    digital = next(pin.name for pin in board.pin if pin.kind == "gpio" and not pin.note and not {"adc1", "adc2"} & set(pin.can))
    sensor = placed("light-sensor", VCC="3V3", AO=digital, GND="GND")
    (not_measured,) = (finding for finding in found(sensor, board=board) if finding.rule == "not-adc1")
    listed = str(not_measured.next_step).rpartition(": ")[2].rstrip(".").split(", ")
    assert set(listed) <= {pin.name for pin in board.pin if "adc1" in pin.can}


def test_a_sensor_at_adc2_is_doubtful_and_a_board_starts_with_it() -> None:
    """The chip measures there while Wi-Fi is off, so a circuit from elsewhere that does so is let through."""
    (finding,) = (one for one in found(placed("light-sensor", VCC="3V3", AO="IO14", GND="GND")) if one.rule in ("adc2", "not-adc1"))
    assert (finding.rule, finding.severity) == ("adc2", "warning")


def test_errors_come_first() -> None:
    """What harms most is read first."""
    ranks = [
        finding.rank
        for finding in found(placed("button", _1="IO0", _2="GND"), placed("siren", **{"+": "IO4", "-": "GND"}), led(anode="IO5"))
    ]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2}
