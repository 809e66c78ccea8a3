"""What is kept of a prediction."""

from __future__ import annotations

import pytest
from lovhe.apps import wiring
from lovhe.apps.workspace.prediction import Prediction, prediction_text, read_prediction
from lovhe.apps.workspace.run_seen import RunSeen, RunSummary, summary_sentences
from lovhe.core.checks.evidence import Event

CHOICES = ["once", "always"]


def test_before_the_run_an_answer_can_be_changed_after_it_the_first_one_counts() -> None:
    """Whatever was seen."""
    kept = Prediction().say("once").say("always")
    assert kept.to_hand_in == "always"
    kept = kept.ran(RunSummary(ended="done")).say("once")
    assert kept.to_hand_in == "always"
    assert kept.now == "once"


def test_when_the_first_answer_is_handed_in_another_one_can_be() -> None:
    """As on the command line, each is a try of its own."""
    kept = Prediction().say("once").handed_in().say("always")
    assert (kept.first, kept.to_hand_in) == ("once", "always")


@pytest.mark.parametrize(
    "kept",
    [
        Prediction(),
        Prediction().say("once"),
        Prediction().say("once").ran(RunSummary({"2": (3, 1)}, ["a"], "error")).say("always").handed_in(),
    ],
)
def test_all_of_it_is_read_again(kept: Prediction) -> None:
    """The first line alone is the answer that is handed in."""
    text = prediction_text(kept)
    assert read_prediction(text, CHOICES) == kept
    assert text.partition("\n")[0] == kept.to_hand_in


@pytest.mark.parametrize("text", ["never", "once\n{", 'x\n{"first":"never","now":7}', "\x00\n[]"])
def test_what_nobody_can_have_said_is_no_answer(text: str) -> None:
    """A file may be damaged."""
    assert read_prediction(text, CHOICES).first in ("", "once")


def test_a_run_in_few_words() -> None:
    """Changes of pins, the last lines, readings in either form, across pieces of lines."""
    seen = RunSeen()
    seen.add([Event(0, "begin"), Event(0, "level", [2, 0]), Event(5, "level", [2, 1]), Event(9, "level", [2, 0, 4, 1])])
    seen.add(
        [Event(10, "text", ["light: 4"]), Event(11, "text", ["12\nend"]), Event(12, "show", [{"light": 7}]), Event(13, "end", ["done"])]
    )
    assert seen.summary == RunSummary({"2": (2, 0), "4": (0, 1)}, ["light: 412", "end"], "done")
    assert seen.series["light"].count == 2
    assert seen.series["light"].newest == [412.0, 7.0]


def test_of_a_part_that_is_more_than_on_or_off_no_level_is_told() -> None:
    """A strip that was given colours is not "off all the time", and a released button is not "on"."""
    seen = RunSeen()
    seen.add([Event(0, "begin"), Event(0, "level", [4, 0]), Event(1, "neo", [4, "3c0000"]), Event(2, "end", ["done"])])
    carpet = [str(sentence) for sentence in summary_sentences(wiring.kit().lesson("7-01-carpet"), seen.summary)]
    assert len(carpet) == 2
    assert "was given colours" in carpet[0]
    seen.add([Event(0, "begin"), Event(0, "level", [2, 0, 4, 1])])
    cellar = [str(sentence) for sentence in summary_sentences(wiring.kit().lesson("6-02-button-light"), seen.summary)]
    assert len(cellar) == 1
    assert "off all the time" in cellar[0]


def _told(lesson: str, *events: Event) -> list[str]:
    seen = RunSeen()
    seen.add([Event(0, "begin"), *events])
    return [str(sentence) for sentence in summary_sentences(wiring.kit().lesson(lesson), seen.summary)]


def test_what_is_done_by_pwm_is_told() -> None:
    """How bright a light was, in its first duties and the last; how often a buzzer sounded; nothing of what a duty says nothing about."""
    duties = [0, 6550, 6550, 65_500]
    told = _told("7-02-novruz-lights", *(Event(at, "pwm", [18, 1000, duty]) for at, duty in enumerate(duties)), Event(1, "level", [18, 1]))
    assert len(told) == 1
    assert told[0].endswith("0 % → 10 % → 100 %")
    rising = _told("7-02-novruz-lights", *(Event(at, "pwm", [18, 1000, at * 6553]) for at in range(11)))
    assert rising[0].endswith("0 % → 10 % → 20 % → … → 100 %")
    beeps = [Event(at, "pwm", [25, 440, duty]) for at, duty in enumerate([0, 32_768, 0, 32_768, 0, 32_768])]
    assert "sounded 3 times" in _told("6-05-doorbell", *beeps)[0]
    assert "made no sound" in _told("6-05-doorbell", beeps[0], Event(9, "pwm", [25, 0, 0]))[0]
