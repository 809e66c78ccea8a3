"""Classes and pupils in the results file: numbers in order, secrets as hashes alone, wrong tries counted across restarts."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, nullcontext
from pathlib import Path

import pytest
from lovhe.adapters.file_lock import file_lock
from lovhe.adapters.results_db import opening
from lovhe.adapters.results_db.roster import SqlRoster
from lovhe.adapters.results_db.store import SqlResults
from lovhe.core.errors import InputError, ResultsError
from lovhe.core.pupils.class_changes import ClassChange
from lovhe.core.pupils.class_edits import moved
from lovhe.core.pupils.pupil import Pupil, SchoolClass
from lovhe.services.ports.pupils import KeptSecret, Roster
from msgspec.structs import replace

from tests.school_classes import add_pupils


@pytest.fixture
def roster(tmp_path: Path) -> Iterator[SqlRoster]:
    """An empty results file's roster."""
    with SqlResults(tmp_path / "results.sqlite") as store:
        yield store.roster()


def test_pupils_get_the_next_numbers(roster: SqlRoster) -> None:
    """In the order of the list, on from the highest; two pupils of one name are two."""
    fits: Roster = roster
    first = add_pupils(fits, "7A", ["Aysel", "Əşrəf"])
    more = add_pupils(fits, "7A", ["Aysel"])
    assert [(pupil.number, pupil.first_name, pupil.class_name) for pupil in first + more] == [
        (1, "Aysel", "7A"),
        (2, "Əşrəf", "7A"),
        (3, "Aysel", "7A"),
    ]
    assert fits.classes() == [SchoolClass("7A", first + more)]
    assert fits.pupil(more[0].id) == more[0]
    assert fits.pupil("nobody") is None


def test_classes_stand_in_a_schools_order(roster: SqlRoster) -> None:
    """6B comes before 10A."""
    for name in ("10A", "7A", "6B"):
        add_pupils(roster, name, [])
    assert [one.name for one in roster.classes()] == ["6B", "7A", "10A"]


def test_pupils_change_places_names_and_their_class_its_name(roster: SqlRoster) -> None:
    """Whose number another one has just had, too; secrets and ids stay."""
    pupils = add_pupils(roster, "7A", ["Aysel", "Murad", "Nigar"])
    roster.set_secret(pupils[1].id, "hash")
    before = roster.classes()[0]
    turned = [
        replace(one, number=number, first_name=f"{one.first_name}!", class_name="8A") for one, number in zip(pupils, (3, 1, 2), strict=True)
    ]
    after = SchoolClass("8A", sorted(turned, key=lambda one: one.number))
    roster.change([ClassChange(before, after)])
    assert roster.classes() == [after]
    assert roster.secret(pupils[1].id).hashed == "hash"


def test_pupils_move_and_classes_change_names_all_at_once(roster: SqlRoster) -> None:
    """A new school year, with a pupil who goes from one class to the other: each keeps what belongs to them."""
    [aysel, murad], [nigar] = add_pupils(roster, "7A", ["Aysel", "Murad"]), add_pupils(roster, "8A", ["Nigar"])
    roster.set_secret(murad.id, "hash")
    seven, eight = roster.classes()
    in_nine = [replace(nigar, class_name="9A", number=2), replace(murad, class_name="9A", number=1, group=4)]
    after = [SchoolClass("8A", [replace(aysel, class_name="8A")]), SchoolClass("9A", sorted(in_nine, key=lambda one: one.number))]
    roster.change([ClassChange(seven, after[0]), ClassChange(eight, after[1])])
    assert roster.classes() == after
    assert roster.secret(murad.id).hashed == "hash"


def test_of_several_classes_all_are_changed_or_none(roster: SqlRoster) -> None:
    """Where one is not any more what it was."""
    add_pupils(roster, "7A", ["Aysel"])
    [seven] = roster.classes()
    with pytest.raises(InputError, match="meanwhile"):
        roster.change([ClassChange(seven, replace(seven, has_left=True)), ClassChange(SchoolClass("8A", []), SchoolClass("9A", []))])
    assert roster.classes() == [seven]


def test_an_unknown_class_is_told(roster: SqlRoster) -> None:
    """With what to do next."""
    with pytest.raises(InputError, match="no class 7B"):
        roster.set_secret_kind("7B", "pin")


def test_of_two_windows_that_change_a_class_at_once_the_second_is_told(roster: SqlRoster) -> None:
    """It had looked at a class that is another one now; what the first did stays."""
    changes = []
    for names in (["a", "b"], ["c"]):
        pupils = [Pupil(f"{name}-id", "7A", number, name) for number, name in enumerate(names, 1)]
        changes.append(ClassChange(None, SchoolClass("7A", pupils)))
    told: list[InputError] = []

    def change(what: ClassChange) -> None:
        try:
            roster.change([what])
        except InputError as problem:
            told.append(problem)

    threads = [threading.Thread(target=change, args=(what,)) for what in changes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [problem] = told
    assert "changed meanwhile" in str(problem)
    assert [one.after for one in changes if one.after in roster.classes()] == roster.classes()


def test_wrong_tries_are_counted_after_a_restart(tmp_path: Path) -> None:
    """A right one, and a new secret, set the count back to none."""
    path = tmp_path / "results.sqlite"
    with SqlResults(path) as store:
        [pupil] = add_pupils(store.roster(), "7A", ["Aysel"])
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
    [aysel], [murad] = add_pupils(roster, "7A", ["Aysel"]), add_pupils(roster, "7B", ["Murad"])
    for name in ("7A", "7B"):
        roster.set_secret_kind(name, "pin")
    for pupil in (aysel, murad):
        roster.set_secret(pupil.id, "hash")
    roster.set_secret_kind("7A", "pin")
    assert roster.secret(aysel.id).hashed == "hash"
    roster.set_secret_kind("7A", "pictures")
    assert (roster.secret(aysel.id).hashed, roster.secret(murad.id).hashed) == ("", "hash")


def test_who_goes_to_a_class_with_another_kind_of_secret_chooses_anew(roster: SqlRoster) -> None:
    """Digits fit no pictures; in a class with the same kind what was chosen stays."""
    [aysel, murad] = add_pupils(roster, "7A", ["Aysel", "Murad"])
    for name, kind in (("7B", "pictures"), ("7C", "pin")):
        add_pupils(roster, name, [])
        roster.set_secret_kind(name, kind)  # type: ignore[arg-type]
    roster.set_secret_kind("7A", "pin")
    for pupil in (aysel, murad):
        roster.set_secret(pupil.id, "hash")
    roster.note_try(aysel.id, False, "2026-01-01T08:00:00+00:00")
    seven_a, seven_b, seven_c = roster.classes()
    assert roster.with_secret() == {aysel.id, murad.id}
    gone, with_aysel = moved(aysel, seven_a, seven_b)
    with_murad = moved(murad, gone.after, seven_c)[1]
    roster.change([replace(gone, after=replace(gone.after, pupils=[])), with_aysel, with_murad])
    assert roster.with_secret() == {murad.id}
    assert roster.secret(aysel.id) == KeptSecret()


def test_a_class_keeps_its_shift_and_the_pc_when_the_second_begins(roster: SqlRoster) -> None:
    """At one o'clock, where nobody has said."""
    assert roster.second_shift() == "13:00"
    add_pupils(roster, "7A", ["Aysel"])
    [before] = roster.classes()
    roster.change([ClassChange(before, replace(before, shift=2))])
    roster.set_second_shift("12:30")
    assert roster.classes() == [replace(before, shift=2)]
    assert roster.second_shift() == "12:30"


def test_traces_that_could_not_be_cleaned_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While somebody reads what stood there before, it cannot go; it has gone when the file is closed."""
    monkeypatch.setattr(opening, "_BUSY_S", 0.05)
    file = tmp_path / "results.sqlite"
    with SqlResults(file) as store:
        [aysel] = add_pupils(store.roster(), "7A", ["Ayselxanim"])
        with closing(sqlite3.connect(file, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM pupils").fetchone()
            with pytest.raises(ResultsError, match="it still has traces"):
                store.roster().erase(aysel.id)
            assert reader.execute("SELECT first_name FROM pupils").fetchall() == [("Ayselxanim",)]
        assert [one.pupils for one in store.roster().classes()] in ([], [[]])
    assert not [path for path in tmp_path.iterdir() if b"Ayselxanim" in path.read_bytes()]


def test_what_a_power_cut_left_of_a_merge_goes_with_who_is_erased(tmp_path: Path) -> None:
    """It may have their work in it; what another window is just making ready stays."""
    left = tmp_path / "results.sqlite.incoming"
    with SqlResults(tmp_path / "results.sqlite") as store:
        for somebody_is_at_it in (True, False):
            [one] = add_pupils(store.roster(), "7A", ["Aysel"])
            left.write_bytes(b"of Aysel")
            with file_lock(tmp_path / "results.sqlite.incoming.lock", 0.0) if somebody_is_at_it else nullcontext():
                store.roster().erase(one.id)
            assert left.exists() == somebody_is_at_it
