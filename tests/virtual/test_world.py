"""What a program's pins do to the parts of its circuit, and what the parts do to its pins."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from lovhe.core.circuits.hardware import Board, Circuit, CircuitPart, Part
from lovhe.core.errors import HardwareError, InputError
from lovhe.virtual.surroundings.guest_messages import MalformedMessage
from lovhe.virtual.surroundings.world import World

HARDWARE = Path(__file__).parents[2] / "hardware"
BOARD = msgspec.toml.decode((HARDWARE / "boards/esp32-devkitc.toml").read_bytes(), type=Board)
PARTS = {part.id: part for path in (HARDWARE / "parts").glob("*.toml") for part in [msgspec.toml.decode(path.read_bytes(), type=Part)]}

LED = CircuitPart("led", "led", {"anode": "IO2", "cathode": "GND"})
LED_FROM_SUPPLY = CircuitPart("led", "led", {"anode": "3V3", "cathode": "IO2"})
BUTTON = CircuitPart("button", "button", {"1": "IO4", "2": "GND"})
BUTTON_TO_SUPPLY = CircuitPart("button", "button", {"1": "3V3", "2": "IO4"})
LIGHT = CircuitPart("light", "light-sensor", {"VCC": "3V3", "AO": "IO34", "GND": "GND"})
KNOB = CircuitPart("knob", "potentiometer", {"VCC": "3V3", "OUT": "IO35", "GND": "GND"})
BUZZER = CircuitPart("buzzer", "buzzer", {"+": "IO25", "-": "GND"})
DHT = CircuitPart("dht", "dht11", {"VCC": "3V3", "DATA": "IO26", "GND": "GND"})


def world(*placed: CircuitPart) -> World:
    """A world of these parts, with all its first messages sent."""
    made = World(BOARD, PARTS, Circuit(part=list(placed)), seed=1)
    made.initial_messages()
    return made


def out(gpio: int, level: int, t_us: int = 0) -> list[Any]:
    """The log of a pin that is made an output and given a level."""
    return ["log", [[t_us, gpio, "mode", "out", "none"], [t_us, gpio, "level", level]]]


def shown(made: World, part_id: str) -> dict[str, Any]:
    """What one part shows."""
    state = made.snapshot()["parts"][part_id]
    assert isinstance(state, dict)
    return state


@pytest.mark.parametrize(("wired", "on_level"), [(LED, 1), (LED_FROM_SUPPLY, 0)])
def test_led_is_on_at_the_level_its_wiring_asks_for(wired: CircuitPart, on_level: int) -> None:
    """An LED to GND is on at 1, one from 3V3 at 0, and none at a pin that is no output."""
    made = world(wired)
    assert shown(made, "led")["on"] is False
    made.handle(out(2, on_level))
    assert shown(made, "led") == {"part": "led", "powered": True, "on": True, "brightness_percent": 100.0}
    made.handle(out(2, 1 - on_level))
    assert shown(made, "led")["on"] is False
    made.handle(["log", [[0, 2, "level", on_level], [0, 2, "mode", "in", "none"]]])
    assert shown(made, "led")["on"] is False


@pytest.mark.parametrize(("wired", "brightness"), [(LED, 25.0), (LED_FROM_SUPPLY, 75.0)])
def test_led_is_as_bright_as_the_pwm_makes_it(wired: CircuitPart, brightness: float) -> None:
    """PWM dims an LED by its duty, and the other way round at its cathode; releasing PWM gives the pin's level back."""
    made = world(wired)
    made.handle(["log", [[0, 2, "mode", "out", "none"], [0, 2, "pwm", 1000, 16384]]])
    assert shown(made, "led")["brightness_percent"] == pytest.approx(brightness, abs=0.1)
    made.handle(["log", [[0, 2, "pwm", 0, 0]]])
    assert shown(made, "led")["brightness_percent"] in (0.0, 100.0)
    assert shown(made, "led")["on"] is (wired is LED_FROM_SUPPLY)


@pytest.mark.parametrize(("wired", "read"), [(LED, 0), (LED_FROM_SUPPLY, 1)])
def test_pin_that_lets_go_is_read_at_the_other_side_of_its_led(wired: CircuitPart, read: int) -> None:
    """A forgotten `Pin.OUT` does not make an LED blink by the noise of a floating pin."""
    inputs = world(wired).initial_messages()[1]
    assert inputs[1]["2"] == read


def test_open_drain_pin_only_pulls_down() -> None:
    """An open-drain pin lights an LED from 3V3 at 0 and lets go at 1, but never lights one to GND."""
    drain = ["log", [[0, 2, "level", 0], [0, 2, "mode", "od", "none"]]]
    release = ["log", [[0, 2, "level", 1]]]
    low, high = world(LED_FROM_SUPPLY), world(LED)
    low.handle(drain)
    assert shown(low, "led")["on"] is True
    low.handle(release)
    high.handle(drain)
    high.handle(release)
    assert shown(low, "led")["on"] is False
    assert shown(high, "led")["on"] is False


@pytest.mark.parametrize(("wired", "pressed"), [(BUTTON, 0), (BUTTON_TO_SUPPLY, 1)])
def test_button_drives_its_pin_only_while_pressed(wired: CircuitPart, pressed: int) -> None:
    """A pressed button gives what its other side is wired to, a released one nothing; the same again is not told twice."""
    made = World(BOARD, PARTS, Circuit(part=[wired]), seed=1)
    assert made.initial_messages() == [["couple", {}], ["in", {"4": "z"}]]
    assert made.set("button", "pressed") == [["in", {"4": pressed}]]
    assert made.set("button", "pressed") == []
    assert made.set("button", "released") == [["in", {"4": "z"}]]


def test_own_output_does_not_come_back_as_input() -> None:
    """What the guest is told about a pin leaves the pin's own level and pull-up out."""
    made = world(BUTTON)
    assert made.handle(["log", [[0, 4, "mode", "in", "up"]]]) == []
    assert made.snapshot()["pins"]["4"]["level"] == 1
    made.set("button", "pressed")
    assert made.snapshot()["pins"]["4"]["level"] == 0


def test_output_against_the_supply_is_a_short_circuit() -> None:
    """A high output at a pressed button to GND is told as a short circuit, as long as it lasts."""
    made = world(BUTTON)
    made.handle(out(4, 1))
    assert made.snapshot()["shorts"] == []
    made.set("button", "pressed")
    assert [sorted(short) for short in made.snapshot()["shorts"]] == [["GND", "IO4"]]
    made.set("button", "released")
    assert made.snapshot()["shorts"] == []


@pytest.mark.parametrize("levels", [(0, 1), (1, 0)])
def test_of_two_outputs_that_fight_the_low_one_wins(levels: tuple[int, int]) -> None:
    """Two outputs joined by a button are a short circuit, and both are then read low, whichever of them is low."""
    made = world(CircuitPart("button", "button", {"1": "IO4", "2": "IO5"}))
    made.handle(out(4, levels[0]))
    made.handle(out(5, levels[1]))
    made.set("button", "pressed")
    told = made.snapshot()
    assert (told["pins"]["4"]["level"], told["pins"]["5"]["level"]) == (0, 0)
    assert [sorted(short) for short in told["shorts"]] == [["IO4", "IO5"]]


def test_button_between_two_pins_couples_them() -> None:
    """A button between two pins makes both coupled; pressed, one drives the other, and PWM comes over with its frequency and duty."""
    made = World(BOARD, PARTS, Circuit(part=[CircuitPart("button", "button", {"1": "IO4", "2": "IO5"})]), seed=1)
    assert made.initial_messages()[0] == ["couple", {"4": [5], "5": [4]}]
    made.handle(out(4, 1))
    assert made.set("button", "pressed") == [["in", {"5": 1}]]
    assert made.handle(["log", [[9, 4, "level", 0]]]) == [["in", {"5": 0}]]
    assert made.handle(["log", [[9, 4, "pwm", 100, 65535 // 5]]]) == [["wave", {"5": (9, 100, 0.2)}], ["in", {"5": 0}]]
    assert made.handle(["log", [[19, 4, "level", 1]]]) == []
    assert made.set("button", "released") == [["wave", {"5": None}], ["in", {"5": "z"}]]


def test_buttons_to_the_same_ground_do_not_couple() -> None:
    """Pins that meet only at a supply are no couple: a supply does not move."""
    other = CircuitPart("other", "button", {"1": "IO5", "2": "GND"})
    assert World(BOARD, PARTS, Circuit(part=[BUTTON, other]), 0).initial_messages()[0] == ["couple", {}]


def test_sensor_fed_by_a_pin_is_coupled_and_works_only_while_fed() -> None:
    """A light sensor whose supply is an output gives a voltage only while that is high, and the guest must ask for it."""
    fed = CircuitPart("light", "light-sensor", {"VCC": "IO4", "AO": "IO34", "GND": "GND"})
    made = World(BOARD, PARTS, Circuit(part=[fed]), seed=1)
    assert made.initial_messages() == [["couple", {"4": [34]}], ["in", {"4": "z", "34": "z"}]]
    assert made.handle(out(4, 1)) == [["in", {"34": 0}], ["mv", {"34": 1530}]]
    assert made.handle(out(4, 0)) == [["in", {"34": "z"}], ["mv", {"34": None}]]


def test_light_sensor_follows_its_table() -> None:
    """The voltage is what the part's file says for the light, whole millivolts."""
    made = World(BOARD, PARTS, Circuit(part=[LIGHT]), seed=1)
    assert made.initial_messages()[2] == ["mv", {"34": 1530}]
    assert made.set("light", "20%") == [["mv", {"34": 610}]]
    assert made.set("light", "0 %") == [["mv", {"34": 150}]]
    assert ["mv", {"34": 2450}] in made.set("light.light", "100")
    assert shown(made, "light")["mv"] == 2450.0


def test_parts_work_only_while_the_board_has_power() -> None:
    """Without the cable colours are forgotten, relays let go and sensors give nothing; with it they start anew."""
    made = world(
        CircuitPart("ring", "neopixel-ring", {"VDD": "5V", "DIN": "IO16", "GND": "GND"}),
        CircuitPart("relay", "relay", {"VCC": "5V", "IN": "IO17", "GND": "GND"}),
        CircuitPart("knob", "potentiometer", {"VCC": "3V3", "OUT": "IO34", "GND": "GND"}),
    )
    made.handle(["log", [[1000, 16, "mode", "out", "none"], [1000, 16, "neo", "ff0000"], *out(17, 0, 1000)[1]]])
    made.advance(1_000_000)
    assert shown(made, "relay")["on"]
    assert set(shown(made, "ring")["colours"]) != {"000000"}
    made.reset_pins(hard=True)
    assert made.set_power(False)
    assert [shown(made, part)["powered"] for part in ("ring", "relay", "knob")] == [False] * 3
    assert set(shown(made, "ring")["colours"]) == {"000000"}
    assert not shown(made, "relay")["on"]
    assert "mv" not in made.snapshot()["pins"]["34"]
    assert made.set_power(True)
    assert shown(made, "knob")["powered"]
    assert made.set_power(True) == []


def test_voltage_never_exceeds_the_supply() -> None:
    """A table that promises more than the supply is cut there, and scaled when the supply is another."""
    table = msgspec.structs.replace(PARTS["light-sensor"].quantity[0], analog_mv=[(0.0, 0.0), (100.0, 5000.0)])
    bold = msgspec.structs.replace(PARTS["light-sensor"], quantity=[table])
    made = World(BOARD, {"light-sensor": bold}, Circuit(part=[LIGHT]), 0)
    made.initial_messages()
    assert made.set("light", "100 %")[-1] == ["mv", {"34": 3300}]


def test_knob_turns_the_other_way_when_wired_the_other_way_round() -> None:
    """A potentiometer is symmetrical: with its ends swapped, 20 % gives what 80 % gave."""
    right = world(KNOB)
    assert right.set("knob", "20 %")[-1] == ["mv", {"35": 660}]
    turned = world(CircuitPart("knob", "potentiometer", {"VCC": "GND", "OUT": "IO35", "GND": "3V3"}))
    assert turned.set("knob", "20 %")[-1] == ["mv", {"35": 2640}]


def test_pin_reads_an_analog_voltage_with_hysteresis() -> None:
    """Between a quarter and three quarters of the supply a digital input keeps what it read before."""
    steps = world(KNOB)
    steps.set("knob", "0 %")
    sent = [[message for message in steps.set("knob", f"{percent} %") if message[0] == "in"] for percent in (60, 80, 60, 30, 20)]
    assert sent == [[], [["in", {"35": 1}]], [], [], [["in", {"35": 0}]]]


def test_buzzer_sounds_with_pwm() -> None:
    """A buzzer tells the PWM's frequency while it is heard, and nothing at duty 0 or above what is heard."""
    made = world(BUZZER)
    made.handle(["log", [[0, 25, "pwm", 440, 32768]]])
    assert shown(made, "buzzer")["tone_hz"] == 440
    for silent in ([440, 0], [440, 65535], [40_000, 32768], [0, 0]):
        made.handle(["log", [[0, 25, "pwm", *silent]]])
        assert shown(made, "buzzer")["tone_hz"] is None


def test_buzzer_sounds_when_the_program_toggles_it() -> None:
    """A pin toggled every millisecond is heard as 500 Hz until a tenth of a second after the last time."""
    made = world(BUZZER)
    made.handle(["log", [[0, 25, "mode", "out", "none"], *([1000 * ms, 25, "level", ms & 1] for ms in range(40))]])
    assert shown(made, "buzzer")["tone_hz"] == 500
    made.advance(200_000)
    assert shown(made, "buzzer")["tone_hz"] is None


def test_dht11_answers_its_five_bytes() -> None:
    """Whole numbers, clamped to what a DHT11 measures, and a checksum that is right."""
    made = world(DHT)
    made.set("temperature", "23.5 °C")
    made.set("dht.humidity", "61 %")
    assert made.handle(["dht", 7, 26, 1000]) == [["re", 7, [61, 0, 24, 0, 85]]]


def test_dht11_read_too_often_repeats_itself() -> None:
    """Within a second of a measurement it answers the same again; after it, what is true then."""
    made = world(DHT)
    made.set("temperature", "20")
    assert made.handle(["dht", 1, 26, 5_000_000])[0][2][2] == 20
    made.set("temperature", "30")
    assert made.handle(["dht", 2, 26, 5_999_999])[0][2][2] == 20
    assert made.handle(["dht", 3, 26, 6_000_000])[0][2][2] == 30
    made.set("temperature", "40")
    assert made.handle(["dht", 4, 26, 100])[0][2][2] == 40  # the clock began anew: the chip was reset


@pytest.mark.parametrize(
    "wires",
    [
        {"VCC": "IO4", "DATA": "IO26", "GND": "GND"},
        {"DATA": "IO26", "GND": "GND"},
        {"VCC": "3V3", "DATA": "IO26"},
        {"VCC": "GND", "DATA": "IO26", "GND": "3V3"},
        {"VCC": "3V3", "DATA": "IO27", "GND": "GND"},
    ],
)
def test_part_without_power_or_wire_is_silent(wires: dict[str, str]) -> None:
    """A sensor with its supply missing, off or swapped, or wired elsewhere, answers null."""
    made = world(CircuitPart("dht", "dht11", wires))
    assert made.handle(["dht", 1, 26, 0]) == [["re", 1, None]]


def test_requests_nobody_answers_are_answered_with_null() -> None:
    """An empty bus and a pin with nothing at it all get an answer, so that no guest waits."""
    made = world(LED, BUTTON)
    assert made.handle(["i2c", 1, [22, 21], 0x3C, "00", 0]) == [["re", 1, None]]
    assert made.handle(["i2c", 2, [4, 2], 0x3C, "", 4, 50]) == [["re", 2, None]]
    assert made.handle(["dht", 4, 33, 0]) == [["re", 4, None]]
    assert made.handle(["ow", 5, 63, "reset", 0, 0]) == [["re", 5, 1]]
    assert made.handle(["joined", 6, 63, [62, 63], 0]) == [["re", 6, [63]]]


def test_hard_reset_lets_all_pins_float_and_a_soft_one_ends_pwm() -> None:
    """After a soft reset an output keeps its level but not its PWM; after a hard one nothing is left."""
    made = world(LED, BUZZER)
    made.handle(out(2, 1))
    made.handle(["log", [[0, 25, "pwm", 440, 32768]]])
    made.reset_pins(hard=False)
    assert shown(made, "led")["on"] is True
    assert shown(made, "buzzer")["tone_hz"] is None
    made.reset_pins(hard=True)
    assert shown(made, "led")["on"] is False


def test_snapshot_tells_pins_parts_and_surroundings() -> None:
    """The snapshot is plain JSON, with the pins' names and the surroundings as people write them."""
    made = world(LED, LIGHT, DHT)
    made.handle(["log", [[42, 2, "mode", "out", "none"], [43, 2, "level", 1], [44, 13, "mode", "in", "up"], [44, 5, "neo", "ff0000"]]])
    made.set("light", "20 %")
    told = msgspec.json.decode(msgspec.json.encode(made.snapshot()))
    assert told == made.snapshot()
    assert told["now_us"] == 44
    assert told["pins"]["2"] == {"name": "IO2", "mode": "out", "pull": "none", "level": 1, "pwm": None, "neo": ""}
    assert (told["pins"]["13"]["level"], told["pins"]["13"]["pull"]) == (1, "up")
    assert told["surroundings"] == {"light.light": "20 %", "dht.temperature": "24 °C", "dht.humidity": "45 %"}


def test_unknown_names_are_refused() -> None:
    """A setting the circuit has no part for is an `InputError`; a part or model that is not there, a `HardwareError`."""
    with pytest.raises(InputError, match=r"button\.state"):
        world(BUTTON).set("lamp", "on")
    with pytest.raises(HardwareError):
        world(CircuitPart("x", "laser", {}))
    odd = msgspec.structs.replace(PARTS["led"], model="../../etc")
    with pytest.raises(HardwareError, match="level-sensor"):
        World(BOARD, {"led": odd}, Circuit(part=[LED]), 0)


@pytest.mark.parametrize(
    "message",
    [
        [],
        [None],
        ["log"],
        ["log", 5],
        ["log", [[0, 2, "level", 2]]],
        ["log", [[0, 2, "level", True]]],
        ["log", [[0, 2, "level", 1], [0, 2, "level"]]],
        ["log", [[-1, 2, "level", 1]]],
        ["log", [[0, 2**70, "level", 1]]],
        ["log", [[0, 2, "mode", "sideways", "none"]]],
        ["log", [[0, 2, "pwm", float("nan"), 1]]],
        ["log", [[0, 2, "neo", "xyz"]]],
        ["log", [[0, 2, "level", 1]] * 5000],
        ["dht", 1, 26],
        ["dht", "1", 26, 0],
        ["i2c", 1, [1], 2, "", 1],
        ["i2c", 1, [1, 2], 2, "", 10**9],
        ["ow", 1, 4, "shout", 0, 0],
        ["ow", 1, 4, "writebyte", 256, 0],
        ["joined", 1, 4, 5, 0],
        ["joined", 1, 4, [5, "6"], 0],
        ["look", 1],
        ["format", "c:"],
    ],
)
def test_malformed_messages_change_nothing(message: list[Any]) -> None:
    """A message that breaks the contract is told as such and leaves the world as it was."""
    made = world(LED, DHT)
    made.handle(out(2, 0))
    before = made.snapshot()
    with pytest.raises(MalformedMessage):
        made.handle(message)
    assert made.snapshot() == before


def test_log_of_a_pin_the_board_has_not_is_left() -> None:
    """A pin number that this board does not have is passed over."""
    made = world(LED)
    assert made.handle(["log", [[0, 63, "level", 1]]]) == []
