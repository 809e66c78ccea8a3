"""On a real board the student changes the surroundings, and the evidence shows it."""

from __future__ import annotations

import pytest
from lovhe.adapters.kit_files import KitFiles
from lovhe.adapters.manual_stage import ManualStage
from lovhe.core.checks.evidence import Event
from lovhe.core.errors import InputError
from lovhe.core.lessons.lesson import Lesson
from lovhe.services.ports import AskingStage

KIT = KitFiles()


def _lesson(lesson_id: str) -> Lesson:
    """The lesson with the checks of its goal."""
    lesson = KIT.lesson(lesson_id)
    return lesson.judged_by(lesson.goal)


class _Asked(list[str]):
    """The sentences a student has been asked."""


def _stage(lesson_id: str, asked: _Asked, patience_s: float = 30.0, language: str = "en") -> ManualStage:
    stage = ManualStage(_lesson(lesson_id), KIT.parts(), language, asked.append, patience_s)
    stage.begin()
    return stage


def test_it_is_a_stage_that_asks() -> None:
    """The check engine knows by its shape that it must wait for the student."""
    assert isinstance(_stage("6-02-button-light", _Asked()), AskingStage)


def test_a_pressed_button_is_seen_at_its_pin() -> None:
    """The student is asked in the lesson's words, in their language; the pin's level answers."""
    asked = _Asked()
    stage = _stage("6-02-button-light", asked, language="az")
    stage.observe([Event(0, "level", [4, 1, 2, 0])])
    stage.set("button", "pressed")
    assert asked == [_lesson("6-02-button-light").texts["az"].ask["button=pressed"]]
    assert stage.answer() is None
    stage.observe([Event(900, "level", [2, 1])])
    assert stage.answer() is None
    stage.observe([Event(1000, "level", [4, 0])])
    assert stage.answer() is True


def test_what_is_so_already_is_not_asked_for() -> None:
    """A button that nobody presses needs no words to be released."""
    asked = _Asked()
    stage = _stage("6-02-button-light", asked)
    stage.observe([Event(0, "level", [4, 1])])
    stage.set("button", "released")
    assert (stage.answer(), asked) == (True, [])


def test_a_pin_tells_when_it_was_done() -> None:
    """By the board's clock; what was so before has no such time, nor has what came after it."""
    stage = _stage("6-02-button-light", _Asked())
    stage.observe([Event(0, "level", [4, 1])])
    stage.set("button", "pressed")
    assert stage.seen_ms() is None
    stage.observe([Event(1000, "level", [4, 0]), Event(1200, "level", [4, 0])])
    assert stage.seen_ms() == 1000
    stage.set("button", "pressed")
    assert (stage.answer(), stage.seen_ms()) == (True, None)


def test_of_a_button_the_pin_tells_and_not_what_the_program_says() -> None:
    """Also where the step wants a text: one that must not come would never come, and a wrong program may stay silent."""
    lesson = KIT.lesson("7-04-reaction")
    stage = ManualStage(lesson.judged_by(next(step for step in lesson.file.step if step.id == "alert")), KIT.parts(), "en", _Asked().append)
    stage.begin()
    stage.set("button", "released")
    stage.observe([Event(900, "text", ["too early\n"])])
    assert stage.answer() is None
    stage.observe([Event(1000, "level", [27, 1])])
    assert stage.answer() is True


def test_darkness_is_seen_in_what_the_program_reads() -> None:
    """A covered light sensor shows in the program's own readings; half-covered is not covered."""
    stage = _stage("6-03-night-light", _Asked())
    stage.set("light", "15 %")
    stage.observe([Event(0, "adc", [34, 40_000])])
    assert stage.answer() is None
    stage.observe([Event(100, "adc", [34, 7_000])])
    assert stage.answer() is True


def test_a_text_that_must_not_come_shows_nothing_and_one_that_must_belongs_to_the_step() -> None:
    """In the dark the program says "night" and not "day"; a word said once, at the change, is counted in the step that it begins."""
    lesson = KIT.lesson("6-03-night-light")
    step = next(step for step in lesson.file.step if "says-nothing" in step.checks)
    stage = ManualStage(lesson.judged_by(step), KIT.parts(), "en", _Asked().append)
    stage.begin()
    stage.set("light", "15 %")
    stage.observe([Event(400, "text", ["day\n"])])
    assert stage.answer() is None
    stage.observe([Event(900, "text", ["night\n"])])
    assert (stage.answer(), stage.seen_ms()) == (True, 900)


def test_a_check_has_words_of_its_own_for_what_is_done() -> None:
    """The river rises in one check and falls in another; the glide is named alike in both."""
    lesson, person = _lesson("9-02-prediction"), _Asked()
    stage = ManualStage(lesson, KIT.parts(), "en", person.append)
    stage.begin()
    text = lesson.texts["en"]
    for check_id, words in (("slope", text.ask), ("falls", text.checks["falls"].ask)):
        step = next(check.step[0] for check in lesson.file.check if check.id == check_id)
        stage.move("level.distance", "glide", step)
        assert person[-1] == words["level.distance=glide"]


def test_nobody_waits_for_ever() -> None:
    """When the student's time is over, the answer is no."""
    stage = _stage("6-03-night-light", _Asked(), patience_s=0.0)
    stage.set("light", "15 %")
    while (answer := stage.answer()) is None:
        pass
    assert answer is False


@pytest.mark.parametrize(("part", "value"), [("no-such-part", "pressed"), ("button", "eaten")])
def test_a_wrong_word_is_refused(part: str, value: str) -> None:
    """An unknown part or value is an error for the lesson's writer."""
    with pytest.raises(InputError):
        _stage("6-02-button-light", _Asked()).set(part, value)


def test_the_lessons_words_are_found_however_the_value_is_spaced() -> None:
    """The step says "15 %" and the texts "light=15%": a pupil reads a sentence, not a key."""
    asked = _Asked()
    _stage("6-03-night-light", asked).set("light", "15 %")
    assert asked == [_lesson("6-03-night-light").texts["en"].ask["light=15%"]]
