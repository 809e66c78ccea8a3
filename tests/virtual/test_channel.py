"""What comes out of the guest's socket reaches the world and the clock, and rubbish reaches nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lovhe.core.circuits.hardware import Board, Circuit, CircuitPart, Part
from lovhe.core.errors import InputError
from lovhe.virtual.surroundings.channel import Channel
from lovhe.virtual.surroundings.parts import models
from lovhe.virtual.surroundings.parts.model import PartModel
from lovhe.virtual.surroundings.world import World

from tests.virtual.wired_harness import placed, world_of

HARDWARE = Path(__file__).parents[2] / "hardware"
BOARD = msgspec.toml.decode((HARDWARE / "boards/esp32-devkitc.toml").read_bytes(), type=Board)
PARTS = {name: msgspec.toml.decode((HARDWARE / f"parts/{name}.toml").read_bytes(), type=Part) for name in ("led", "button", "dht11")}
CIRCUIT = Circuit(
    part=[
        CircuitPart("led", "led", {"anode": "IO2", "cathode": "GND"}),
        CircuitPart("button", "button", {"1": "IO4", "2": "GND"}),
        CircuitPart("dht", "dht11", {"VCC": "3V3", "DATA": "IO26", "GND": "GND"}),
    ]
)


def joined(virtual: bool = True, **more: Any) -> tuple[Channel, list[Any]]:
    """A channel over the circuit above, and the list of what the guest is sent."""
    channel = Channel(World(BOARD, PARTS, CIRCUIT, seed=7), virtual, **more)
    sent: list[Any] = []
    channel.connect(sent.append)
    return channel, sent


def test_a_guest_is_told_the_mode_first_and_then_its_inputs() -> None:
    """The first message is the mode with the seed; then come couples and inputs, and all of it again for the next guest."""
    channel, sent = joined()
    first = list(sent)
    assert first == [["mode", "virtual", 7], ["couple", {"26": [26]}], ["in", {"2": 0, "4": "z", "26": 1}]]
    sent.clear()
    channel.disconnect()
    channel.set("button", "pressed")
    assert sent == []
    channel.connect(sent.append)
    assert sent == [*first[:2], ["in", {"2": 0, "4": 0, "26": 1}]]


def test_a_judged_run_in_virtual_time() -> None:
    """Begin, block, set, allow, block, end: the guest hears of a change before it may go on."""
    channel, sent = joined()
    sent.clear()
    channel.begin()
    channel.on_message(["log", [[40, 2, "mode", "out", "none"], [50, 2, "level", 1]]])
    channel.on_message(["sync", 100])
    assert channel.reached()
    channel.set("button", "pressed")
    channel.allow(20)
    assert not channel.reached()
    channel.on_message(["sync", 20_100])
    assert channel.reached()
    assert channel.snapshot()["parts"]["led"]["on"] is True
    channel.end()
    assert sent == [["go", 0], ["in", {"4": 0}], ["go", 20_100], ["go", -1]]


def test_what_is_typed_comes_before_the_guest_may_go_on_and_is_forgotten_after_the_run() -> None:
    """At a moment of virtual time; in real time the line has to carry it."""
    channel, sent = joined()
    channel.begin()
    channel.on_message(["sync", 100])
    sent.clear()
    assert channel.type_in(b"yes\r")
    channel.allow(20)
    channel.end()
    assert sent == [["typed", "yes\r"], ["go", 20_100], ["typed", ""], ["go", -1]]
    sent.clear()
    channel.begin()
    channel.end()
    assert "typed" not in [message[0] for message in sent]
    assert not channel.type_in(b"")
    assert not joined(virtual=False)[0].type_in(b"yes\r")


def test_using_up_the_grant_is_told_each_time() -> None:
    """`on_reached` is called whenever the guest blocks at its grant, and not when it may go on."""
    channel, _ = joined()
    told: list[int] = []
    channel.on_reached = lambda: told.append(channel.clock.now_us)
    channel.begin()
    channel.on_message(["sync", 10])
    channel.allow(2)
    channel.on_message(["sync", 1000])
    channel.on_message(["sync", 2010])
    assert told == [10, 2010]


def test_the_last_words_of_a_guest_that_has_gone_are_left() -> None:
    """What a killed guest had sent does not move the pins of a chip that has been reset since."""
    channel, sent = joined()
    channel.disconnect()
    channel.reset_pins(hard=True)
    channel.on_message(["log", [[0, 2, "mode", "out", "none"], [0, 2, "level", 1]]])
    channel.on_message(["sync", 5])
    assert channel.snapshot()["parts"]["led"]["on"] is False
    sent.clear()
    channel.connect(sent.append)
    assert [message[0] for message in sent] == ["mode", "couple", "in"]


def test_a_pad_that_the_line_loses_is_handed_on() -> None:
    """The board hears which pin it is, and only of pins that there can be."""
    lost: list[int] = []
    channel, _ = joined(on_pad=lost.append)
    for gpio in (1, -1, 64, "1", None):
        channel.on_message(["pad", gpio])
    assert (lost, channel.malformed) == ([1], 4)


NOT_MESSAGES: list[list[Any]] = [[], [[]], ["sync"], ["sync", -1], ["sync", 1.5], ["go", 5], ["boot"], ["log", [[]] * 5000], [{}, 1]]


@pytest.mark.parametrize("message", NOT_MESSAGES)
def test_rubbish_is_counted_and_left(message: list[Any]) -> None:
    """What is no message of the contract is counted; the channel works on."""
    channel, sent = joined()
    sent.clear()
    channel.on_message(message)
    assert (channel.malformed, sent) == (1, [])
    channel.on_message(["dht", 1, 26, 0])
    assert sent == [["re", 1, [45, 0, 24, 0, 69]]]


NOT_QUESTIONS: list[list[Any]] = [
    ["look", 7, -1],
    ["dht", 7],
    ["i2c", 7, [18, 19], 60, "00" * 9000, 0, 0],
    ["ow", 7, 4, "fly", 0, 0],
]


@pytest.mark.parametrize("message", NOT_QUESTIONS)
def test_a_question_that_cannot_be_read_is_answered_with_silence(message: list[Any]) -> None:
    """The guest waits for its answer, so it must get one."""
    channel, sent = joined()
    sent.clear()
    channel.on_message(message)
    assert (channel.malformed, sent) == (1, [["re", 7, None]])


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=7) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=20,
)
_kinds = st.sampled_from(["log", "sync", "dht", "i2c", "ow", "joined", "look", "boot", "neo", ""])


@given(st.lists(st.tuples(_kinds, st.lists(_json, max_size=6)), max_size=8))
def test_no_message_breaks_the_channel(messages: list[tuple[str, list[Any]]]) -> None:
    """Whatever a hostile program sends, the channel does not raise, and still answers."""
    channel, sent = joined()
    for kind, rest in messages:
        channel.on_message([kind, *rest])
    sent.clear()
    channel.on_message(["dht", 1, 26, 0])
    assert sent[-1][:2] == ["re", 1]


_pin = st.sampled_from([4, 5, 13, 18, 19, 24, 32, 63])
_time = st.one_of(st.integers(0, 10_000), st.integers(0, 2**53))
_change = st.one_of(
    st.tuples(_time, _pin, st.just("level"), st.integers(0, 1)),
    st.tuples(_time, _pin, st.just("mode"), st.sampled_from(["in", "out", "od", "off"]), st.sampled_from(["up", "down", "none"])),
    st.tuples(_time, _pin, st.just("pwm"), st.integers(0, 80_000_000), st.integers(0, 65535)),
)
_onewire = st.sampled_from(["reset", "readbit", "readbyte", "writebit", "writebyte"])
_sensible = st.one_of(
    st.tuples(st.just("log"), st.lists(_change, max_size=12)),
    st.tuples(st.just("ow"), st.just(1), _pin, _onewire, st.integers(0, 255), _time),
    st.tuples(st.just("joined"), st.just(2), _pin, st.lists(_pin, max_size=4), _time),
    st.tuples(st.just("look"), st.just(3), _time),
)


@given(st.lists(_sensible, max_size=20))
def test_no_behaviour_of_pins_breaks_the_parts(messages: list[tuple[Any, ...]]) -> None:
    """Whatever pins do, at whatever times, parts that answer pins stay well, and each question is answered once."""
    keys = placed("keys", "keypad", {"R1": "IO13", "C1": "IO32"})
    digits = placed("digits", "tm1637", {"CLK": "IO18", "DIO": "IO19"})
    world = world_of(keys, digits, placed("probe", "ds18b20", {"DQ": "IO4"}), placed("sonar", "hc-sr04", {"TRIG": "IO5", "ECHO": "IO32"}))
    channel = Channel(world, virtual=True)
    sent: list[Any] = []
    channel.connect(sent.append)
    for message in messages:
        channel.on_message(msgspec.json.decode(msgspec.json.encode(message)))
    assert channel.malformed == 0
    assert [message[0] for message in sent].count("re") == sum(message[0] != "log" for message in messages)
    channel.snapshot()


def test_setting_what_is_not_there_raises_for_the_caller() -> None:
    """An unknown part is the caller's error, not the guest's."""
    channel, _ = joined()
    with pytest.raises(InputError):
        channel.set("lamp", "on")


def test_a_part_with_a_clock_of_its_own_wakes_up_in_real_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """In real time a part's own change is told without any message of the guest."""

    class Late(PartModel):
        level = 0

        def next_change_us(self) -> int | None:
            return None if self.level else 5000

        def advance(self) -> None:
            self.level = 1

        def pull(self, part_pin: str) -> int | None:
            return self.level

    monkeypatch.setitem(models(), "button", Late)

    async def scene() -> None:
        channel, sent = joined(virtual=False)
        changed = asyncio.Event()
        channel.connect(lambda message: changed.set() if message == ["in", {"4": 1}] else sent.append(message))
        channel.on_message(["log", [[0, 2, "level", 1]]])
        await asyncio.wait_for(changed.wait(), 5)
        assert channel.snapshot()["now_us"] >= 5000
        channel.disconnect()

    asyncio.run(scene())
