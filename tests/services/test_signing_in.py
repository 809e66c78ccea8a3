"""A pupil shows who they are over the real results file: right, wrong, and too soon."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from lovhe.adapters.results_db.store import SqlResults
from lovhe.services.ports.pupils import Roster
from lovhe.services.signing_in import Tried, choose_secret, has_secret, must_wait_s, show_secret

from tests.school_classes import add_pupils

NOW = datetime.datetime(2026, 11, 23, 8, 30, tzinfo=datetime.UTC)


@pytest.fixture
def roster(tmp_path: Path) -> Iterator[Roster]:
    """A class of one."""
    with SqlResults(tmp_path / "results.sqlite") as store:
        roster = store.roster()
        add_pupils(roster, "7A", ["Aysel"])
        roster.set_secret_kind("7A", "pin")
        yield roster


def _later(seconds: float) -> datetime.datetime:
    return NOW + datetime.timedelta(seconds=seconds)


def test_a_chosen_secret_is_known_again(roster: Roster, tmp_path: Path) -> None:
    """And stands nowhere in the file as it was typed."""
    aysel = roster.classes()[0].pupils[0].id
    assert not has_secret(roster, aysel)
    choose_secret(roster, aysel, "0427")
    assert has_secret(roster, aysel)
    assert show_secret(roster, aysel, "0427", NOW) == Tried(True)
    assert roster.secret(aysel).hashed.startswith("scrypt$")


def test_the_third_wrong_try_makes_wait_and_the_right_one_too(roster: Roster) -> None:
    """A try within the wait is not looked at, whatever it is; after it the right one is right, and the count begins anew."""
    aysel = roster.classes()[0].pupils[0].id
    choose_secret(roster, aysel, "0427")
    assert [show_secret(roster, aysel, "1111", NOW) for _ in range(3)] == [Tried(False), Tried(False), Tried(False, 5.0)]
    assert show_secret(roster, aysel, "0427", _later(2)) == Tried(False, 3.0)
    assert must_wait_s(roster, aysel, _later(2)) == 3.0
    assert roster.secret(aysel).wrong == 3
    assert show_secret(roster, aysel, "1111", _later(6)) == Tried(False, 15.0)
    assert show_secret(roster, aysel, "0427", _later(22)) == Tried(True)
    assert show_secret(roster, aysel, "1111", _later(23)) == Tried(False)


def test_a_try_counts_before_it_is_looked_at(roster: Roster, monkeypatch: pytest.MonkeyPatch) -> None:
    """A power cut in the middle of a try does not take it back."""
    aysel = roster.classes()[0].pupils[0].id
    choose_secret(roster, aysel, "0427")

    def power_cut(secret: str, kept: str) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr("lovhe.services.signing_in.fits", power_cut)
    with pytest.raises(KeyboardInterrupt):
        show_secret(roster, aysel, "1111", NOW)
    assert roster.secret(aysel).wrong == 1
