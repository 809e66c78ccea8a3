"""A stored run at any moment of it."""

from __future__ import annotations

import msgspec
import pytest
import uuid_utils
from lovhe.apps import wiring
from lovhe.apps.teaching.replay import Replay, read_attempt
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.report import CheckReport, encode_report, make_report
from lovhe.core.messages import N_
from lovhe.core.pupils.pupil import Pupil
from lovhe.services.ports import Attempt

from tests.school_classes import add_pupils

EVENTS = [
    Event(0, "begin", ["1", 5, "main.py"]),
    Event(10, "level", [2, 1]),
    Event(20, "text", ["light: 1\n"]),
    Event(30, "level", [2, 0]),
    Event(40, "text", ["light: 2\n"]),
    Event(50, "end", ["done", "", 0]),
]


def _attempt(pupil: Pupil, program: str, lesson: str = "6-01-blink", step: str = "lighthouse") -> Attempt:
    report = make_report(lesson, [CheckReport("blinks", "failed", N_("Expected."), N_("Seen."), total=1)], step)
    key = str(uuid_utils.uuid7())
    when = "2026-11-23T08:00:00+00:00"
    return Attempt(key, lesson, "7A-1", (pupil.id,), when, program, "failed", 0, 1, encode_report(report), EVENTS, step)


@pytest.fixture
def aysel() -> Pupil:
    """A pupil who has handed in two programs, and one for a lesson that is gone."""
    with wiring.results() as store:
        pupil = add_pupils(store.roster(), "7A", ["Aysel"])[0]
        for attempt in (_attempt(pupil, "old"), _attempt(pupil, "new"), _attempt(pupil, "gone", lesson="9-99-gone")):
            store.add(attempt)
    return pupil


def _replay(pupil: Pupil, number: int) -> Replay:
    with wiring.results() as store:
        marks = store.progress_of([pupil.id])
    return Replay(read_attempt(pupil, marks[number].id, marks))


def test_it_goes_to_any_moment_forth_and_back(aysel: Pupil) -> None:
    """Pins, output and readings are those of that moment, also when one comes from later."""
    replay = _replay(aysel, 1)
    assert replay.end_ms == 50
    for t_ms, level, said in ((35, 0, "light: 1"), (15, 1, ""), (45, 0, "light: 2"), (0, None, "")):
        replay.go_to(t_ms)
        assert replay.pins is not None
        assert replay.pins.snapshot()["pins"]["2"]["level"] == level
        text = replay.output.take_all()
        assert said in text
        assert ("light: 2" in text) == (t_ms >= 40)
        assert replay.plot.readings.any == (t_ms >= 20)


def test_the_keys_go_to_what_happened_before_and_next(aysel: Pupil) -> None:
    """At both ends it stays."""
    replay = _replay(aysel, 1)
    assert replay.next_ms() == 50
    replay.go_to(replay.before_ms())
    assert replay.t_ms == 40
    replay.go_to(0)
    assert (replay.before_ms(), replay.next_ms()) == (0, 10)
    replay.go_to(10_000)
    assert replay.t_ms == 50


def test_it_tells_who_made_it_and_what_was_handed_in_before(aysel: Pupil) -> None:
    """The first attempt at a step has nothing before it."""
    first, second = _replay(aysel, 0).shown, _replay(aysel, 1).shown
    assert (first.before, second.before) == (None, "old")
    assert second.who == "7A 1 Aysel"
    checks = _replay(aysel, 1).checks()
    assert checks is not None
    assert [(row.id, row.state) for row in checks.rows] == [("blinks", "failed")]


def test_a_lesson_that_is_gone_leaves_its_verdict_and_output(aysel: Pupil) -> None:
    """Its circuit is not known any more, so there are no pins."""
    replay = _replay(aysel, 2)
    assert replay.shown.lesson is None
    assert replay.pins is None
    assert replay.checks() is None
    assert "light: 2" in replay.output.take_all()


def test_an_attempt_without_evidence_has_no_time(aysel: Pupil) -> None:
    """An answer to a question is one moment."""
    with wiring.results() as store:
        store.add(msgspec.structs.replace(_attempt(aysel, "stays", step="guess"), evidence=[]))
    replay = _replay(aysel, 3)
    assert (replay.end_ms, replay.next_ms(), replay.before_ms()) == (0, 0, 0)
