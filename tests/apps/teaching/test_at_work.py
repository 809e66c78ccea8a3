"""Where each pupil is, and on which check they are stuck since when."""

from __future__ import annotations

from lovhe.apps.teaching.at_work import MOST_LOOKED_AT, AtWork, at_work, last_rows
from lovhe.core.pupils.pupil import Pupil
from lovhe.services.ports import Mark

AYSEL, MURAD = (Pupil(name.lower(), "7A", number, name) for number, name in enumerate(("Aysel", "Murad"), 1))


def _mark(number: int, outcome: str, when: str, *pupils: Pupil, step: str = "write", lesson: str = "6-01-blink") -> Mark:
    return Mark(str(number), lesson, step, outcome, 1, 4, f"2026-11-{when}:00+00:00", tuple(one.id for one in pupils))


def _where(tried: list[Mark], failed: dict[str, list[str]]) -> list[AtWork]:
    return at_work([AYSEL, MURAD], last_rows([AYSEL, MURAD], tried), failed)


def test_who_fails_the_same_check_is_stuck_since_the_first_time() -> None:
    """Not since an earlier try that failed at something else; the tries in a row at the step count all the same."""
    tried = [_mark(number, "failed", f"23T08:{10 + number}", AYSEL) for number in range(4)]
    aysel, _ = _where(tried, {"0": ["on"], "1": ["on", "off"], "2": ["off"], "3": ["off"]})
    assert aysel.is_stuck
    assert (aysel.check, aysel.since_utc, aysel.tries) == ("off", "2026-11-23T08:11:00+00:00", 4)


def test_who_has_passed_is_not_stuck() -> None:
    """Nor since before the pass, where it is failed again."""
    tried = [_mark(1, "failed", "23T08:01", AYSEL), _mark(2, "passed", "23T08:02", AYSEL)]
    aysel, murad = _where(tried, {"1": ["on"]})
    assert (aysel.is_stuck, aysel.check, aysel.when_utc) == (False, "", "2026-11-23T08:02:00+00:00")
    assert murad == AtWork(MURAD)
    aysel, _ = _where([*tried, _mark(3, "failed", "23T08:03", AYSEL)], {"1": ["on"], "3": ["on"]})
    assert aysel.since_utc == "2026-11-23T08:03:00+00:00"


def test_the_last_step_counts_and_not_what_was_failed_elsewhere() -> None:
    """Another step or lesson begins anew."""
    tried = [
        _mark(1, "failed", "23T08:01", AYSEL),
        _mark(2, "failed", "23T08:02", AYSEL, step="other"),
        _mark(3, "failed", "23T08:03", AYSEL),
    ]
    aysel, _ = _where(tried, {"1": ["on"], "2": ["on"], "3": ["on"]})
    assert (aysel.tries, aysel.since_utc) == (1, "2026-11-23T08:03:00+00:00")


def test_another_days_trouble_is_over() -> None:
    """A pause longer than a lesson and its break begins anew."""
    tried = [_mark(1, "failed", "20T08:01", AYSEL), _mark(2, "failed", "23T08:01", AYSEL), _mark(3, "failed", "23T09:00", AYSEL)]
    aysel, _ = _where(tried, {"1": ["on"], "2": ["on"], "3": ["on"]})
    assert (aysel.tries, aysel.since_utc) == (2, "2026-11-23T08:01:00+00:00")


def test_each_of_a_group_is_stuck_for_themselves() -> None:
    """Who came later has failed only what they were there for."""
    tried = [_mark(1, "failed", "23T08:01", AYSEL), _mark(2, "failed", "23T08:05", AYSEL, MURAD)]
    aysel, murad = _where(tried, {"1": ["on"], "2": ["on"]})
    assert (aysel.since_utc, murad.since_utc) == ("2026-11-23T08:01:00+00:00", "2026-11-23T08:05:00+00:00")


def test_a_try_that_failed_no_check_is_stuck_all_the_same() -> None:
    """An answer, or a program that could not be read, has none."""
    aysel, _ = _where([_mark(1, "failed", "23T08:01", AYSEL), _mark(2, "failed", "23T08:02", AYSEL)], {})
    assert (aysel.is_stuck, aysel.check, aysel.since_utc) == (True, "", "2026-11-23T08:01:00+00:00")


def test_of_somebody_who_tries_for_hours_the_last_tries_are_looked_at() -> None:
    """The rest would only cost time."""
    tried = [_mark(n, "failed", f"23T{8 + n // 60:02}:{n % 60:02}", AYSEL) for n in range(MOST_LOOKED_AT + 20)]
    aysel, _ = _where(tried, {one.id: ["on"] for one in tried})
    assert aysel.tries == MOST_LOOKED_AT
