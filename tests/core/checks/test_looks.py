"""What is seen of a part: a virtual part's state, or the answer of a person."""

from __future__ import annotations

from typing import Any

import pytest
from lovhe.adapters.kit_files import KitFiles
from lovhe.core.checks.check_steps import ExpectLook
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.judging import judge
from lovhe.core.checks.looks import LookTally
from lovhe.core.circuits.part_tests import PartTrial, part_trials

KIT = KitFiles()


@pytest.mark.parametrize(
    ("shows", "states", "complete"),
    [
        ({"on": [True, False]}, [{"on": True}, {"on": False}], True),
        ({"on": [True, False]}, [{"on": True}, {"on": True}], False),
        ({"tone_hz": ["523 ± 3 %"]}, [{"tone_hz": None}, {"tone_hz": 523.2}], True),
        ({"tone_hz": ["523 ± 3 %"]}, [{"tone_hz": 600.0}], False),
        ({"angle_deg": ["≤ 40", "≥ 140"]}, [{"angle_deg": 20.0}, {"angle_deg": 90.0}, {"angle_deg": 150.0}], True),
        ({"lines": ["KIT"]}, [{"lines": ["  ", "KIT 7"]}], True),
        ({"bitmap": ["ff"]}, [{"bitmap": {"width": 8, "rows": ["00", "ff"]}}], True),
        ({"colours": ["280000"]}, [{"colours": []}, {"colours": ["002800"]}], False),
        ({"on": [True]}, [{}], False),
        ({"on": [True]}, [{"on": 1}], False),
    ],
)
def test_each_value_must_have_been_there_at_some_moment(
    shows: dict[str, list[bool | str]], states: list[dict[str, Any]], complete: bool
) -> None:
    """Not all at once; a part that is not there shows nothing."""
    tally = LookTally(ExpectLook("it", "x", shows))
    for state in states:
        tally.add(state)
    assert tally.complete is complete


def test_what_was_there_is_told_once() -> None:
    """Among other things of the state only what was looked for, each value once, and not more than a few."""
    tally = LookTally(ExpectLook("it", "x", {"motion": ["forward"]}))
    for motion in ("coast", "brake", "coast"):
        tally.add({"motion": motion, "speed_percent": 0.0})
    assert tally.told == "motion: coast; motion: brake"
    for number in range(100):
        tally.add({"motion": str(number)})
    assert len(tally.told) < 200


def _led_trial() -> PartTrial:
    circuit = KIT.lesson("6-01-blink").file.circuit
    return part_trials(KIT.boards()[circuit.board], KIT.parts(), circuit)[0]


def _judged(*look: object) -> tuple[str, str]:
    """The verdict on a run in which the LED's pin blinked as it should, with this look."""
    trial = _led_trial()
    assert trial.lesson is not None
    levels = [Event(t_ms, "level", [2, t_ms // 500 % 2]) for t_ms in range(0, 3300, 500)]
    looks = [Event(3290, "look", ["led", 0, "led", "blinks", *look])] if look else []
    events = [Event(0, "begin", ["1", 5, "x"]), Event(0, "step", ["led", 0]), *levels, *looks, Event(3300, "over")]
    check = judge(trial.lesson, trial.source, sorted(events, key=lambda event: event.t_ms)).checks[0]
    return check.outcome, str(check.seen)


@pytest.mark.parametrize(
    ("look", "outcome", "seen"),
    [
        (("yes", None), "passed", ""),
        (("no", None), "failed", "The answer was no."),
        (("", None), "unclear", "Nobody has answered."),
        ((), "unclear", "Nobody has answered."),
        (("yes", "on: +; on: –"), "passed", ""),
        (("no", "on: –"), "failed", "The virtual part showed: on: –."),
        (("no", ""), "failed", "On the virtual board there is no such part."),
    ],
)
def test_the_answer_decides(look: tuple[object, ...], outcome: str, seen: str) -> None:
    """A pin that blinks is not an LED that does; without an answer nothing is certain."""
    told = _judged(*look)
    assert told[0] == outcome
    assert seen in told[1]
