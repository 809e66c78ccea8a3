"""What a teacher sets by hand counts, with its reason."""

from __future__ import annotations

import pytest
from lovhe.apps import wiring
from lovhe.core.errors import InputError
from lovhe.core.marks.class_marks import class_marks
from lovhe.core.marks.corrections import MOST_REASON_LETTERS, Correction, check_points, check_reason
from lovhe.core.pupils.pupil import Pupil

AYSEL = Pupil("aysel", "7A", 1, "Aysel")


def _points(*corrections: Correction) -> int | None:
    lesson = wiring.kit().lesson("6-01-blink")
    mark = class_marks([lesson], [AYSEL], [], "best", corrections).pupils[0].lessons.get(lesson.id)
    return None if mark is None else mark.points


def _correction(points: int | None) -> Correction:
    return Correction("aysel", "6-01-blink", points, "r", "2026-11-23T08:30:00+00:00")


def test_the_newest_correction_is_in_force() -> None:
    """Also where nothing was handed in; one that was taken back is none; no more than the lesson has counts."""
    assert _points(_correction(3), _correction(5)) == 5
    assert _points(_correction(3), _correction(None)) is None
    assert (
        _points(_correction(10_000))
        == class_marks([wiring.kit().lesson("6-01-blink")], [AYSEL], [], "best", [_correction(1)]).totals["6-01-blink"]
    )
    assert _points() is None


def test_a_correction_has_a_reason_and_points_that_can_be_had() -> None:
    """What commands a terminal is not kept."""
    assert check_reason("  Əl  ilə\x1b[2J ") == "Əl ilə?[2J"
    assert check_points(0, 5) == 0
    for wrong in ("", "  ", "x" * (MOST_REASON_LETTERS + 1)):
        with pytest.raises(InputError):
            check_reason(wrong)
    for points in (-1, 6):
        with pytest.raises(InputError, match="from 0 to 5"):
            check_points(points, 5)
