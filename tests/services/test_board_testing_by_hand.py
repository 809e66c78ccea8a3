"""On a real board a person does what the test asks; the evidence, and what they say they see, decide.

The board here is a virtual one in real time, and a pair of hands changes its surroundings when it is asked to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from lovhe.adapters.board_link import ReplLink
from lovhe.adapters.manual_stage import ManualStage
from lovhe.apps import wiring
from lovhe.core.checks.report import CheckReport
from lovhe.core.circuits.hardware import CircuitPart
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.messages import Text
from lovhe.services.board_testing import check_parts
from lovhe.virtual.local_board import LocalBoard

from .boards import powered_board
from .part_circuits import Follower, trials_of

LED = CircuitPart("led", "led", {"anode": "IO2", "cathode": "GND"}, {"anode": "220 Ω"})
BUTTON = CircuitPart("button", "button", {"1": "IO4", "2": "GND"})
LIGHT = CircuitPart("light", "light-sensor", {"VCC": "3V3", "AO": "IO34", "GND": "GND"})
PUSH, COVER = "Press the button and hold it down.", "Cover the light sensor with your hand and keep it there."


class Hands:
    """Does what it is asked as far as it knows how, and answers each question alike; None is silence."""

    def __init__(self, board: LocalBoard, does: dict[str, tuple[str, str]], says: bool | None) -> None:
        self._board, self._does, self._says = board, does, says
        self.asked: list[str] = []
        self.questions: list[str] = []

    def do(self, sentence: str) -> None:
        """A request."""
        self.asked.append(sentence)
        if sentence in self._does:
            self._board.set(*self._does[sentence])

    def ask(self, question: Text) -> None:
        self.questions.append(str(question))

    def answer(self) -> bool | None:
        return self._says


@contextmanager
def _table(folder: Path, lesson_id: str) -> Iterator[tuple[LocalBoard, ReplLink]]:
    with powered_board(folder, wiring.kit().lesson(lesson_id)) as board:
        link = ReplLink("desk", board.line)
        try:
            yield board, link
        finally:
            link.close()


Try = Callable[..., tuple[CheckReport, Hands]]


@pytest.fixture
def try_part(tmp_path: Path) -> Try:
    """Test one part on a board with the circuit of a lesson."""

    def run(
        lesson_id: str, placed: CircuitPart, does: dict[str, tuple[str, str]], says: bool | None, patience_s: float
    ) -> tuple[CheckReport, Hands]:
        with _table(tmp_path, lesson_id) as (board, link):
            hands = Hands(board, does, says)

            def stage_for(lesson: Lesson) -> ManualStage:
                return ManualStage(lesson, wiring.kit().parts(), "en", hands.do, patience_s, hands)

            report = check_parts("x", trials_of(placed), link, stage_for, Follower(), runtime=wiring.runtime())
            return report.checks[0], hands

    return run


BUTTON_DONE = {PUSH: ("button", "pressed"), "Let the button go.": ("button", "released")}
LIGHT_DONE = {COVER: ("light", "5 %"), "Take your hand away from the sensor.": ("light", "60 %")}


@pytest.mark.parametrize(
    ("lesson_id", "placed", "does"), [("6-02-button-light", BUTTON, BUTTON_DONE), ("6-03-night-light", LIGHT, LIGHT_DONE)]
)
def test_what_was_done_is_seen_in_the_evidence(
    try_part: Try, lesson_id: str, placed: CircuitPart, does: dict[str, tuple[str, str]]
) -> None:
    """Nobody has to say that it was done, and what is so already is not asked for."""
    check, hands = try_part(lesson_id, placed, does, None, 60.0)
    assert check.outcome == "passed", check
    assert hands.asked == list(does)
    assert hands.questions == []


def test_a_part_that_did_not_answer_to_what_was_done_has_failed(try_part: Try) -> None:
    """The board saw nothing, and the person says that it was done: the part, or its wire, does not work."""
    check, hands = try_part("6-02-button-light", BUTTON, {}, True, 0.4)
    assert check.outcome == "failed"
    assert hands.questions == [f"The board has not noticed it: “{PUSH}” Have you done it?"]
    assert str(check.expected).startswith(PUSH)
    assert str(check.hints[0]) == "Look at its wires: 1 → IO4, 2 → GND."


@pytest.mark.parametrize("says", [None, False])
def test_what_was_not_done_proves_nothing(try_part: Try, says: bool | None) -> None:
    """Nobody there, or nobody who has pressed: unclear, after one question."""
    check, hands = try_part("6-02-button-light", BUTTON, {}, says, 0.4)
    assert check.outcome == "unclear"
    assert len(hands.questions) == 1


@pytest.mark.parametrize(("says", "outcome"), [(True, "passed"), (False, "failed"), (None, "unclear")])
def test_what_shows_something_is_asked_about(try_part: Try, says: bool | None, outcome: str) -> None:
    """Pins only tell that the LED should blink; whether it does, a person says."""
    check, hands = try_part("6-01-blink", LED, {}, says, 0.4)
    assert check.outcome == outcome, check
    assert hands.questions == ["Does the LED blink?"]


def test_a_dead_sensor_is_told_from_an_idle_hand(try_part: Try) -> None:
    """The sensor of another circuit is not there at all: its voltage does not follow, whatever is done."""
    check, _ = try_part("6-01-blink", LIGHT, {}, True, 0.4)
    assert check.outcome == "failed"
