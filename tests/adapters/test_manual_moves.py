"""What goes on during a step on a real board: a person is asked for it, and the step begins when the evidence shows that they began."""

from __future__ import annotations

import pytest
from lovhe.adapters.kit_files import KitFiles
from lovhe.adapters.manual_stage import ManualStage
from lovhe.core.checks.evidence import Event
from lovhe.core.messages import Text

from tests.services.lesson_words import lesson_with

PARTS = KitFiles().parts()
CIRCUIT = """
[[circuit.part]]
id = "wind"
part = "hall-sensor"
wires = { VCC = "5V", OUT = "IO27", GND = "GND" }
[[circuit.part]]
id = "light"
part = "light-sensor"
wires = { VCC = "3V3", AO = "IO34", GND = "GND" }
[[circuit.part]]
id = "level"
part = "hc-sr04"
wires = { VCC = "5V", TRIG = "IO5", ECHO = "IO18", GND = "GND" }
through = { ECHO = "divider 1 kΩ + 2 kΩ" }
"""
STEPS = {
    "wind": 'swing = { part = "wind", values = ["60 mT", "0 mT"], period = "400 ms" }',
    "waving": 'swing = { part = "light", values = ["10 %", "70 %"], period = "1 s" }',
    "dimming": 'glide = { part = "light", from = "70 %", to = "10 %" }',
    "nearing": 'glide = { part = "level.distance", from = "60 cm", to = "20 cm" }',
}
LESSON = lesson_with(CIRCUIT, "".join(f'[[check]]\nid = "{name}"\n[[check.step]]\ndelay = "4 s"\n{step}\n' for name, step in STEPS.items()))


class Person:
    """Somebody who says what they are told to say."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.questions: list[str] = []
        self.says: bool | None = None

    def ask(self, question: Text) -> None:
        """A question that wants a yes."""
        self.questions.append(str(question))

    def answer(self) -> bool | None:
        """What is said."""
        return self.says


@pytest.fixture
def person() -> Person:
    """Somebody in front of the screen."""
    return Person()


def _move(person: Person, check_id: str, *before: Event, alone: bool = False, patience_s: float = 30.0) -> ManualStage:
    stage = ManualStage(LESSON, PARTS, "en", person.asked.append, patience_s, None if alone else person)
    stage.begin()
    stage.observe(before)
    step = next(check.step[0] for check in LESSON.file.check if check.id == check_id)
    [(part, how)] = step.asked
    stage.move(part, how, step)
    return stage


def adc(percent: float) -> Event:
    """What the program reads at about that brightness."""
    quantity = PARTS["light-sensor"].quantity[0]
    (low, low_mv), (high, high_mv) = quantity.analog_mv[0], quantity.analog_mv[-1]
    return Event(0, "adc", [34, round((low_mv + (high_mv - low_mv) * (percent - low) / (high - low)) / 3300 * 65535)])


def test_a_pin_that_changes_shows_that_somebody_swings(person: Person) -> None:
    """In the words under [ask]; other pins, and the level that was there before, show nothing."""
    stage = _move(person, "wind", Event(0, "level", [27, 1]))
    assert person.asked == ["Do wind=swing."]
    stage.observe([Event(5, "level", [18, 1]), Event(6, "level", [27, 1])])
    assert stage.answer() is None
    stage.observe([Event(9, "level", [27, 0])])
    assert stage.answer() is True


def test_the_first_level_that_is_told_is_no_change(person: Person) -> None:
    """A pin of which nothing is known yet has not moved."""
    stage = _move(person, "wind")
    stage.observe([Event(5, "level", [27, 0])])
    assert stage.answer() is None
    stage.observe([Event(9, "level", [27, 1])])
    assert stage.answer() is True


def test_a_voltage_that_goes_to_one_side_shows_that_somebody_waves(person: Person) -> None:
    """By a good part of what it should; noise is none."""
    stage = _move(person, "waving")
    stage.observe([adc(40), adc(41), adc(39)])
    assert stage.answer() is None
    stage.observe([adc(58)])
    assert stage.answer() is True


def test_what_glides_has_begun_when_it_leaves_its_first_value_the_right_way(person: Person) -> None:
    """Brighter is not darker."""
    stage = _move(person, "dimming")
    stage.observe([adc(60), adc(80)])
    assert stage.answer() is None
    stage.observe([adc(40)])
    assert stage.answer() is True


def test_what_no_pin_tells_is_said_by_the_person(person: Person) -> None:
    """The question has the lesson's words, and the step begins with the yes."""
    stage = _move(person, "nearing")
    assert person.asked == []
    assert person.questions == ["Do level.distance=glide. Answer yes in the moment in which you begin."]
    assert stage.answer() is None
    person.says = True
    assert stage.answer() is True


def test_what_a_part_never_shows_is_said_at_once_and_not_again_while_it_is_so(person: Person) -> None:
    """No waiting for evidence that cannot come; a second step with the same distance asks nothing, another distance does."""
    stage = ManualStage(LESSON, PARTS, "en", person.asked.append, 30.0, person)
    stage.begin()
    stage.set("level.distance", "30 cm")
    assert person.questions == ["level.distance=30cm Answer yes when it is so."]
    assert stage.answer() is None
    person.says = True
    assert stage.answer() is True
    person.says = None
    stage.set("level.distance", "30 cm")
    assert (stage.answer(), len(person.questions)) == (True, 1)
    stage.set("level.distance", "80 cm")
    assert (stage.answer(), len(person.questions)) == (None, 2)
    assert person.asked == []


def test_a_voltage_nearer_to_what_was_asked_for_before_shows_nothing(person: Person) -> None:
    """Half-shade is no darkness, though it is not far from it: the step would begin before anybody has moved."""
    stage = ManualStage(LESSON, PARTS, "en", person.asked.append, 30.0, person)
    stage.begin()
    stage.set("light", "37 %")
    stage.observe([adc(37)])
    assert stage.answer() is True
    stage.set("light", "20 %")
    stage.observe([adc(37), adc(33)])
    assert stage.answer() is None
    stage.observe([adc(22)])
    assert stage.answer() is True


def test_where_nobody_can_answer_the_time_runs_out(person: Person) -> None:
    """They are asked all the same; then the check can only be unclear."""
    stage = _move(person, "nearing", alone=True, patience_s=0.0)
    assert person.asked == ["Do level.distance=glide."]
    while (answer := stage.answer()) is None:
        pass
    assert answer is False
