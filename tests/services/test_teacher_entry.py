"""The teacher's passphrase, with real Argon2 and a real results file."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from lovhe.adapters.passphrases import Argon2
from lovhe.adapters.results_db.store import SqlResults
from lovhe.core.errors import InputError
from lovhe.services.teacher_entry import choose_passphrase, is_chosen, must_wait_s, show_passphrase

NOW = datetime.datetime(2026, 11, 23, 8, tzinfo=datetime.UTC)
ARGON2 = Argon2()


@pytest.fixture
def results(tmp_path: Path) -> Iterator[SqlResults]:
    """An empty results file."""
    with SqlResults(tmp_path / "results.sqlite") as store:
        yield store


def test_the_right_one_opens_and_a_wrong_one_does_not(results: SqlResults) -> None:
    """Before one is chosen, none does."""
    door = results.teacher_door()
    assert not is_chosen(door)
    assert not show_passphrase(door, ARGON2, "göy qurşağı", NOW).right
    choose_passphrase(door, ARGON2, "göy qurşağı")
    assert is_chosen(door)
    assert show_passphrase(door, ARGON2, " göy qurşağı", NOW).right
    assert not show_passphrase(door, ARGON2, "göy qurşaq", NOW).right


def test_five_wrong_ones_slow_down_the_sixth_also_after_a_restart(results: SqlResults) -> None:
    """The right one, too, has to wait then; it forgets the wrong ones."""
    choose_passphrase(results.teacher_door(), ARGON2, "göy qurşağı")
    tried = [show_passphrase(results.teacher_door(), ARGON2, "a wrong one", NOW) for _ in range(5)]
    assert [one.wait_s for one in tried] == [0.0, 0.0, 0.0, 0.0, 30.0]
    with SqlResults(results.path) as again:
        door = again.teacher_door()
        assert must_wait_s(door, NOW) == 30.0
        early = show_passphrase(door, ARGON2, "göy qurşağı", NOW + datetime.timedelta(seconds=10))
        assert (early.right, early.wait_s) == (False, 20.0)
        assert show_passphrase(door, ARGON2, "göy qurşağı", NOW + datetime.timedelta(seconds=31)).right
        assert must_wait_s(door, NOW) == 0.0


def test_one_that_is_too_easy_changes_nothing(results: SqlResults) -> None:
    """The one before stays."""
    door = results.teacher_door()
    choose_passphrase(door, ARGON2, "göy qurşağı")
    with pytest.raises(InputError):
        choose_passphrase(door, ARGON2, "12345")
    assert show_passphrase(door, ARGON2, "göy qurşağı", NOW).right


def test_the_file_holds_no_passphrase_and_no_quick_hash(results: SqlResults) -> None:
    """What is kept is Argon2id, with a salt of its own each time."""
    door = results.teacher_door()
    choose_passphrase(door, ARGON2, "göy qurşağı")
    first = door.kept().hashed
    choose_passphrase(door, ARGON2, "göy qurşağı")
    assert first.startswith("$argon2id$")
    assert door.kept().hashed != first
    assert "göy" not in first


def test_a_damaged_hash_opens_nothing(results: SqlResults) -> None:
    """Nor is it an error that anybody sees."""
    door = results.teacher_door()
    door.choose("$argon2id$v=19$damaged")
    assert not show_passphrase(door, ARGON2, "göy qurşağı", NOW).right
