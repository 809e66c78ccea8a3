"""Copies of the results are noted when they were read back, found again, put back, and asked for when the last one is old."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from lovhe.apps import wiring
from lovhe.apps.attempts import record_attempt
from lovhe.apps.teaching.backups import before_restore
from lovhe.apps.teaching.copies import CopyState, find_copies, how_it_stands, make_copy, put_back, read_copy_state, reminder
from lovhe.apps.teaching.wiring import results_file
from lovhe.core.checks.report import Report
from lovhe.core.errors import InputError
from lovhe.services.ports.copy_notes import LastCopy

from tests.school_classes import add_pupils

NOW = datetime.datetime(2026, 11, 23, 8, 30, tzinfo=datetime.UTC)


def _record() -> None:
    with wiring.results() as store:
        record_attempt(store, wiring.kit().lesson("6-01-blink"), Report("6-01-blink", "passed", 1, 1, []), [], board="b", program="")


def _copy(folder: Path) -> Path:
    return make_copy(folder, [], lambda share: None).file


def test_a_copy_is_noted_when_it_is_whole(tmp_path: Path) -> None:
    """One that could not be made is not; what comes afterwards makes it old."""
    _record()
    assert read_copy_state() == CopyState(None, 1)
    with pytest.raises(InputError):
        make_copy(tmp_path / "gone" / "copy.sqlite", [], lambda share: None)
    assert read_copy_state().last is None
    _copy(tmp_path)
    state = read_copy_state()
    assert state.is_up_to_date
    assert state.last is not None
    assert state.last.attempts == 1
    _record()
    assert not read_copy_state().is_up_to_date


def test_what_was_noted_stays_with_this_computer_s_results(tmp_path: Path) -> None:
    """A copy does not bring back what an older results file knew of copies: it is known by itself, with its own day."""
    _record()
    first = _copy(tmp_path)
    older = first.rename(tmp_path / "lovhe-results-2026-11-01-080000.sqlite")
    first.with_name(f"{first.name}.sha256").unlink()
    _record()
    kept = put_back(older)
    state = read_copy_state()
    assert state.is_up_to_date
    assert state.attempts == 1
    assert "01.11.2026" in str(how_it_stands(state)[0])
    put_back(kept)
    assert read_copy_state().attempts == 2


def test_a_copy_that_is_gone_is_told_before_anything_is_done(tmp_path: Path) -> None:
    """The stick may have been pulled out since."""
    _record()
    with pytest.raises(InputError):
        put_back(tmp_path / "gone.sqlite")
    assert not list(wiring.data_folder().glob("results.before-*"))


def test_copies_are_found_by_their_names_the_newest_first(tmp_path: Path) -> None:
    """Those that were kept before a restore, too; other files are left alone, and a name that tells no day does no harm."""
    _record()
    first = _copy(tmp_path)
    kept = before_restore(results_file(), NOW.astimezone())
    kept.write_bytes(first.read_bytes())
    (tmp_path / "photo.sqlite").touch()
    (tmp_path / "lovhe-results-2026-99-99-999999.sqlite").touch()
    (tmp_path / "lovhe-results-2020-01-01-000000.sqlite").mkdir()
    found = find_copies([tmp_path, tmp_path, wiring.data_folder(), tmp_path / "gone"])
    assert {copy.file for copy in found} == {first, kept, tmp_path / "lovhe-results-2026-99-99-999999.sqlite"}
    assert [copy.made for copy in found] == sorted((copy.made for copy in found), reverse=True)
    assert next(copy for copy in found if copy.file == kept).made == NOW


@pytest.mark.parametrize(
    ("age", "attempts", "reminds"),
    [
        (datetime.timedelta(days=6), 12, False),
        (datetime.timedelta(days=7), 12, True),
        (datetime.timedelta(days=70), 10, False),
        (datetime.timedelta(days=70), 9, True),
        (-datetime.timedelta(days=70), 12, True),
    ],
)
def test_an_old_copy_is_told_of_if_results_have_changed(age: datetime.timedelta, attempts: int, reminds: bool) -> None:
    """Also where a clock was wrong, and the copy seems to come from the future."""
    state = CopyState(LastCopy((NOW - age).isoformat(), 10), attempts)
    assert (reminder(state, NOW) is not None) == reminds
    assert reminder(state, NOW, 0) is None


def test_without_any_copy_it_is_told_as_soon_as_there_are_results() -> None:
    """And not before."""
    assert reminder(CopyState(None, 0), NOW) is None
    assert reminder(CopyState(None, 1), NOW) is not None


def test_an_erased_pupil_is_a_change(tmp_path: Path) -> None:
    """Older copies still have what was erased."""
    with wiring.results() as store:
        [aysel] = add_pupils(store.roster(), "7A", ["Aysel"])
        lesson = wiring.kit().lesson("6-01-blink")
        record_attempt(store, lesson, Report(lesson.id, "passed", 1, 1, []), [], board="b", program="", pupils=[aysel])
    _copy(tmp_path)
    with wiring.results() as store:
        store.roster().erase(aysel.id)
    assert not read_copy_state().is_up_to_date


def test_a_damaged_note_is_no_copy() -> None:
    """Rather one copy too many than a reminder too few."""
    with wiring.results() as store:
        for when, attempts in (("yesterday", 3), ("2026-11-23T08:30:00", 3)):
            store.copy_notes().note(LastCopy(when, attempts))
            last = store.copy_notes().last()
            assert (last is None) == (when == "yesterday")
