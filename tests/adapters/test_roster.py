"""Classes and pupils in the results file: numbers in order, secrets as hashes alone, wrong tries counted across restarts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from lovhe.adapters.results_db.roster import SqlRoster
from lovhe.adapters.results_db.store import SqlResults
from lovhe.core.errors import InputError
from lovhe.core.pupils.pupil import SchoolClass
from lovhe.services.ports.pupils import KeptSecret, Roster


@pytest.fixture
def roster(tmp_path: Path) -> Iterator[SqlRoster]:
    """An empty results file's roster."""
    with SqlResults(tmp_path / "results.sqlite") as store:
        yield store.roster()


def test_pupils_get_the_next_numbers(roster: SqlRoster) -> None:
    """In the order of the list, on from the highest; two pupils of one name are two."""
    fits: Roster = roster
    fits.add_class("7A")
    first = fits.add_pupils("7A", ["Aysel", "Əşrəf"])
    more = fits.add_pupils("7A", ["Aysel"])
    assert [(pupil.number, pupil.first_name, pupil.class_name) for pupil in first + more] == [
        (1, "Aysel", "7A"),
        (2, "Əşrəf", "7A"),
        (3, "Aysel", "7A"),
    ]
    assert fits.classes() == [SchoolClass("7A", first + more)]
    assert fits.pupil(more[0].id) == more[0]
    assert fits.pupil("nobody") is None


def test_a_class_that_is_there_stays_as_it_is(roster: SqlRoster) -> None:
    """Adding it again takes neither its pupils nor its way to know them; classes stand in a school's order."""
    for name in ("10A", "7A", "7A", "6B"):
        roster.add_class(name)
    roster.add_pupils("7A", ["Aysel"])
    roster.set_secret_kind("7A", "pin")
    roster.add_class("7A")
    assert [(one.name, len(one.pupils), one.secret_kind) for one in roster.classes()] == [
        ("6B", 0, "none"),
        ("7A", 1, "pin"),
        ("10A", 0, "none"),
    ]


def test_an_unknown_class_is_told(roster: SqlRoster) -> None:
    """With what to do next."""
    for attempt in (lambda: roster.add_pupils("7B", ["Aysel"]), lambda: roster.set_secret_kind("7B", "pin")):
        with pytest.raises(InputError, match="no class 7B"):
            attempt()


def test_two_windows_that_add_pupils_at_once_give_each_number_once(roster: SqlRoster) -> None:
    """Writers wait for each other."""
    roster.add_class("7A")
    threads = [threading.Thread(target=roster.add_pupils, args=("7A", ["a", "b"])) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [pupil.number for pupil in roster.classes()[0].pupils] == list(range(1, 17))


def test_wrong_tries_are_counted_after_a_restart(tmp_path: Path) -> None:
    """A right one, and a new secret, set the count back to none."""
    path = tmp_path / "results.sqlite"
    with SqlResults(path) as store:
        store.roster().add_class("7A")
        [pupil] = store.roster().add_pupils("7A", ["Aysel"])
        store.roster().set_secret(pupil.id, "hash")
        for second in range(3):
            store.roster().note_try(pupil.id, right=False, when_utc=f"2026-11-21T08:30:0{second}+00:00")
    with SqlResults(path) as store:
        roster = store.roster()
        assert roster.secret(pupil.id) == KeptSecret("hash", 3, "2026-11-21T08:30:02+00:00")
        roster.note_try(pupil.id, right=True, when_utc="2026-11-21T08:31:00+00:00")
        assert roster.secret(pupil.id) == KeptSecret("hash")
        roster.note_try(pupil.id, right=False, when_utc="2026-11-21T08:32:00+00:00")
        roster.set_secret(pupil.id, "")
        assert roster.secret(pupil.id) == KeptSecret()
        assert roster.secret("nobody") == KeptSecret()


def test_another_kind_of_secret_makes_all_of_a_class_choose_anew(roster: SqlRoster) -> None:
    """The same kind again leaves them; another class is not touched."""
    for name in ("7A", "7B"):
        roster.add_class(name)
        roster.set_secret_kind(name, "pin")
    [aysel], [murad] = roster.add_pupils("7A", ["Aysel"]), roster.add_pupils("7B", ["Murad"])
    for pupil in (aysel, murad):
        roster.set_secret(pupil.id, "hash")
    roster.set_secret_kind("7A", "pin")
    assert roster.secret(aysel.id).hashed == "hash"
    roster.set_secret_kind("7A", "pictures")
    assert (roster.secret(aysel.id).hashed, roster.secret(murad.id).hashed) == ("", "hash")
