"""What parts foretell is sent once, and anew only when it comes otherwise; what a pin may change is known beforehand."""

from __future__ import annotations

from typing import Any

from lovhe.virtual.surroundings.channel import Channel

from tests.virtual.wired_harness import placed, world_of

SONAR = {"VCC": "5V", "TRIG": "IO5", "ECHO": "IO18"}
TRIGGER = [[100, 5, "mode", "out", "none"], [200, 5, "level", 1], [220, 5, "level", 0]]
RISE_US, FALL_US = 220 + 450, 220 + 450 + 580


def test_a_table_says_what_holds_and_what_will_come() -> None:
    """Before a measurement the echo is low for good; a trigger brings both edges at their time."""
    world = world_of(placed("sonar", "hc-sr04", SONAR))
    assert world.initial_messages() == [["couple", {"5": [18]}], ["in", {"5": "z"}], ["edges", {"18": [(0, 0)]}]]
    world.set("sonar", "10 cm")
    assert world.handle(["log", TRIGGER]) == [["edges", {"18": [(220, 0), (RISE_US, 1), (FALL_US, 0)]}]]
    assert world.next_change_us() == RISE_US


def test_what_comes_as_foretold_is_not_sent_again() -> None:
    """Neither the passing of time nor questions repeat a table; the parts themselves follow it."""
    world = world_of(placed("sonar", "hc-sr04", SONAR))
    world.initial_messages()
    world.set("sonar", "10 cm")
    world.handle(["log", TRIGGER])
    for now_us, level in ((RISE_US - 1, 0), (RISE_US, 1), (FALL_US - 1, 1), (FALL_US, 0)):
        assert world.handle(["look", 1, now_us]) == [["re", 1, None]]
        assert world.snapshot()["pins"]["18"]["level"] == level


def test_parts_that_are_ahead_of_a_late_guest_send_no_past() -> None:
    """In real time the parts may be further than the guest's message: that changes nothing it was told, and new edges still come."""
    world = world_of(placed("sonar", "hc-sr04", SONAR))
    world.initial_messages()
    world.set("sonar", "10 cm")
    world.handle(["log", TRIGGER])
    assert world.advance(50_000) == []
    assert world.handle(["look", 1, 30_000]) == [["re", 1, None]]
    again = [[40_000, 5, "level", 1], [40_020, 5, "level", 0]]
    assert world.handle(["log", again]) == [["edges", {"18": [(40_020, 0), (40_470, 1), (41_050, 0)]}]]


def test_an_echo_ends_with_the_power() -> None:
    """With the cable out no edge is foretold any more, and what was under way does not go on when the power comes back."""
    world = world_of(placed("sonar", "hc-sr04", SONAR))
    world.initial_messages()
    world.set("sonar", "10 cm")
    world.handle(["log", TRIGGER])
    world.advance(RISE_US + 1)
    assert ["edges", {"18": [(RISE_US + 1, "z")]}] in world.set_power(fed=False)
    assert world.next_change_us() is None
    assert ["edges", {"18": [(RISE_US + 1, 0)]}] in world.set_power(fed=True)


def test_after_a_reset_the_board_counts_anew_and_the_parts_go_on() -> None:
    """A hard reset starts the board's clock at 0; an echo that was under way still comes to its end, in the new clock's time."""
    world = world_of(placed("sonar", "hc-sr04", SONAR))
    world.initial_messages()
    world.set("sonar", "10 cm")
    world.handle(["log", TRIGGER])
    world.advance(1000)
    world.reset_pins(hard=True)
    assert world.now_us == 0
    assert world.initial_messages()[-1] == ["edges", {"18": [(0, 1), (FALL_US - 1000, 0)]}]
    assert world.next_change_us() == FALL_US - 1000


def test_the_horizon_comes_nearer_when_the_guest_starts_something() -> None:
    """A guest that was told it may run freely hears, before the edges, that it has to ask again at the first of them."""
    channel = Channel(world_of(placed("sonar", "hc-sr04", SONAR)), virtual=True)
    sent: list[Any] = []
    channel.connect(sent.append)
    channel.on_message(["sync", 50])
    sent.clear()
    channel.on_message(["log", TRIGGER])
    assert [message[0] for message in sent] == ["till", "edges"]
    assert sent[0] == ["till", RISE_US]
    sent.clear()
    channel.on_message(["look", 7, 230])
    assert sent == [["re", 7, None]]


def test_what_a_pin_may_change() -> None:
    """Rows and columns of a keypad change each other, a bus pin its own wire, a trigger its echo; a button to ground nothing."""
    keys = placed("keys", "keypad", {"R1": "IO13", "C1": "IO32", "C2": "IO33"})
    probe = placed("probe", "ds18b20", {"DQ": "IO4"})
    button = placed("button", "button", {"1": "IO2", "2": "GND"})
    world = world_of(keys, probe, button, placed("sonar", "hc-sr04", SONAR))
    assert world.initial_messages()[0][1] == {"4": [4], "5": [18], "13": [32, 33], "32": [13, 33], "33": [13, 32]}


def test_resistors_in_a_wire_pull_it() -> None:
    """What `through` says of a pull-up or a pull-down holds the wire when nobody else does."""
    for text, level in (("4.7 kΩ pull-up", 1), ("10 kΩ pull-down", 0), ("220 Ω", None)):
        probe = placed("probe", "ds18b20", {"DQ": "IO4"}, through={"DQ": text})
        assert world_of(probe).snapshot()["pins"]["4"]["level"] == level
