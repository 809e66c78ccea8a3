"""Results of several PCs come together as one, in whatever order, however often, and whatever stands in the files."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from lovhe.adapters.file_lock import file_lock
from lovhe.adapters.results_db import incoming
from lovhe.adapters.results_db.backups import back_up, restore
from lovhe.adapters.results_db.merging import merge, moved_pupils
from lovhe.adapters.results_db.store import SqlResults
from lovhe.core.errors import InputError, ResultsError
from lovhe.core.pupils.class_edits import edited, new_year
from lovhe.services.ports.merging import Merged
from msgspec.structs import replace

from tests.adapters.older_results import older_file
from tests.merging_school import an_attempt, make_copies, make_pc, outcome, shuffled
from tests.school_classes import add_pupils

ANY_BYTES = int(os.environ.get("LOVHE_MERGE_ANY_BYTES", "8"))
ORDERS = int(os.environ.get("LOVHE_MERGE_ORDERS", "2"))


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Two PCs, one list."""
    return make_pc(tmp_path / "one", "Aysel", "Murad")[0], make_pc(tmp_path / "two", "Aysel", "Murad")[0]


def test_fifty_files_come_to_the_same_in_any_order(tmp_path: Path) -> None:
    """With lists taken over on several PCs, copies that went on apart, pupils who moved, who were erased, corrections and forks."""
    copies = make_copies(tmp_path / "copies", 50)
    outcomes = set()
    for seed in range(ORDERS):
        results = tmp_path / f"pc{seed}" / "results.sqlite"
        for copy in shuffled(copies, seed):
            merge(copy, results)
        outcomes.add(outcome(results))
    assert len(outcomes) == 1


def test_files_that_were_merged_elsewhere_come_to_the_same(tmp_path: Path) -> None:
    """Whoever brings them together first, and whoever begins with a file of their own."""
    copies = make_copies(tmp_path / "copies", 9, seed=3)
    left, right = (shutil.copyfile(copies[place], tmp_path / f"pc{place}.sqlite") for place in (0, 5))
    for copy in copies[:5]:
        merge(copy, left)
    for copy in reversed(copies[4:]):
        merge(copy, right)
    both = shutil.copyfile(right, tmp_path / "both.sqlite")
    merge(right, left)
    merge(left, both)
    assert outcome(left) == outcome(both)


def test_one_list_on_two_pcs_is_one_class(two: tuple[Path, Path]) -> None:
    """A pupil's results from both are theirs, under one id; a second time nothing is new."""
    here, there = two
    merged = merge(there, here)
    assert merged == Merged(there, attempts=2, known=0, pupils=0, erased=0, otherwise=0, altered=False, renumbered=[])
    before = outcome(here)
    assert merge(there, here).attempts == 0
    assert outcome(here) == before
    with SqlResults(here) as store:
        [school_class] = store.roster().classes()
        assert [(one.number, one.first_name) for one in school_class.pupils] == [(1, "Aysel"), (2, "Murad")]
        aysel = school_class.pupils[0].id
        assert [one.pupils for one in store.attempts(pupil_id=aysel)] == [(aysel,), (aysel,)]
        assert [mark.pupils for mark in store.progress_of([aysel])] == [(aysel,), (aysel,)]


def test_who_is_known_under_another_id_now_is_found_under_both(two: tuple[Path, Path]) -> None:
    """An app that was open goes on with the old one; and what they typed can follow them."""
    here, there = two  # the second one's ids are the younger ones
    with SqlResults(there) as store:
        [old, _] = store.roster().classes()[0].pupils
        merge(here, there)
        store.roster().set_secret(old.id, "hash")
        store.add(an_attempt(old))
        found = store.roster().pupil(old.id)
        assert found is not None
        assert found.id != old.id
        assert len(store.attempts(pupil_id=found.id)) == 3
        assert store.roster().secret(found.id).hashed == store.roster().secret(old.id).hashed == "hash"
    assert moved_pupils(there)[old.id] == found.id


def test_two_of_one_number_are_both_kept_and_told(tmp_path: Path) -> None:
    """The one whose id is older has the number; a name that is corrected later makes one of them."""
    here, _ = make_pc(tmp_path / "one", "Aysel", "Murad")
    there, [fatme, _] = make_pc(tmp_path / "two", "Fatmə", "Murad")
    [told] = merge(there, here).renumbered
    assert (told.class_name, told.first_name, told.wanted, told.number) == ("7A", "Fatmə", 1, 3)
    with SqlResults(there) as store:
        before = store.roster().classes()[0]
        store.roster().change([edited(before, replace(fatme, first_name="Aysel"))])
    assert merge(there, here).renumbered == []
    with SqlResults(here) as store:
        assert [one.first_name for one in store.roster().classes()[0].pupils] == ["Aysel", "Murad"]


def test_who_was_erased_stays_so(two: tuple[Path, Path]) -> None:
    """On the PC where that was done, whatever comes; and with its copy everywhere. What was made with others stays theirs."""
    here, there = two
    merge(there, here)
    with SqlResults(here) as store:
        aysel, murad = store.roster().classes()[0].pupils
        store.add(an_attempt(aysel, murad))
        store.audit().correct(aysel.id, "6-01-blink", 1, "reason-of-aysel")
        copy = back_up(here, here.with_name("before.sqlite")).file
        store.roster().erase(aysel.id)
    for file in (there, copy):
        merge(file, here)
        with SqlResults(here) as store:
            assert [one.first_name for one in store.roster().classes()[0].pupils] == ["Murad"]
            assert [one.pupils for one in store.attempts()] == [(murad.id,)] * 3
            assert store.audit().faults() == []
    assert b"reason-of-aysel" not in here.read_bytes()
    assert merge(here, there).erased == 1
    with SqlResults(there) as store:
        assert [one.first_name for one in store.roster().classes()[0].pupils] == ["Murad"]
        assert len(store.attempts()) == 3


def test_this_years_class_is_not_last_years(two: tuple[Path, Path], tmp_path: Path) -> None:
    """Also where a copy came back in between, after which new ones are made in another file."""
    here, there = two
    restore(back_up(here, tmp_path / "copy.sqlite").file, here)
    with SqlResults(here) as store:
        store.roster().change(new_year(store.roster().classes(), 2026))
        add_pupils(store.roster(), "7A", ["Aysel", "Murad"])
    merge(there, here)
    with SqlResults(here) as store:
        classes = {one.name: one.pupils for one in store.roster().classes()}
        assert {name: len(pupils) for name, pupils in classes.items()} == {"7A": 2, "8A": 2}
        assert [len(store.attempts(pupil_id=one.id)) for one in (*classes["8A"], *classes["7A"])] == [2, 2, 0, 0]


def test_a_correction_of_another_pc_counts_and_its_chain_holds(two: tuple[Path, Path]) -> None:
    """The newest is in force, wherever it was made."""
    for number, file in enumerate(two):
        with SqlResults(file) as store:
            store.audit().correct(store.roster().classes()[0].pupils[0].id, "6-01-blink", number, "r")
    merge(two[1], two[0])
    with SqlResults(two[0]) as store:
        aysel = store.roster().classes()[0].pupils[0]
        assert sorted(one.points or 0 for one in store.audit().corrections([aysel.id])) == [0, 1]
        assert {one.pupil_id for one in store.audit().corrections([aysel.id])} == {aysel.id}
        assert store.audit().faults() == []


def _change(path: Path, *sql: str) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        for one in sql:
            db.execute(one)


@pytest.mark.parametrize(
    "sql", ["UPDATE audit SET subject = 'murad'", "UPDATE audit_notes SET note = replace(note, ':1,', ':9,')", "DELETE FROM audit_notes"]
)
def test_who_edits_a_copy_is_found_out(two: tuple[Path, Path], sql: str) -> None:
    """And what is right stays right."""
    here, there = two
    with SqlResults(there) as store:
        store.audit().correct("aysel", "6-01-blink", 1, "r")
    merge(there, here)
    _change(there, sql)
    assert merge(there, here).altered
    with SqlResults(here) as store:
        assert store.audit().faults() == []
        assert [one.points for one in store.audit().corrections(["aysel"])] == [1]


def test_two_that_went_on_with_one_chain_are_found_out(two: tuple[Path, Path]) -> None:
    """A results file that was copied by hand to another PC."""
    here = two[0]
    there = shutil.copyfile(here, here.with_name("copied.sqlite"))
    for file in (here, there):
        with SqlResults(file) as store:
            store.audit().correct("aysel", "6-01-blink", 1, "r")
    assert merge(there, here).altered
    with SqlResults(here) as store:
        assert "gap" in [fault for fault, _ in store.audit().faults()]
        assert store.audit().head()[0] == 2


def test_an_attempt_that_was_changed_in_a_copy_is_told(two: tuple[Path, Path]) -> None:
    """The one here stays."""
    here, there = two
    merge(there, here)
    _change(there, "UPDATE attempts SET points = 9 WHERE id = (SELECT min(id) FROM attempts)")
    assert merge(there, here).otherwise == 1
    with SqlResults(here) as store:
        assert {one.points for one in store.attempts()} == {1}


def test_a_copy_of_an_older_version_is_brought_up_to_date_elsewhere(two: tuple[Path, Path], tmp_path: Path) -> None:
    """The file stays as it is, and comes to the same each time."""
    old = tmp_path / "old.sqlite"
    row = "INSERT INTO classes (id, name, secret_kind, has_left) VALUES ('019a', '7A', 'pin', 0)"
    pupil = "INSERT INTO pupils VALUES ('019b', '019a', 1, 'Aysel', 'hash', 0, NULL, 2)"
    older_file(old, "0005", [(row, ()), (pupil, ())])
    before = old.read_bytes()
    merge(old, two[0])
    first = outcome(two[0])
    merge(old, two[0])
    assert outcome(two[0]) == first
    assert old.read_bytes() == before
    with SqlResults(two[0]) as store:
        [school_class] = store.roster().classes()
        assert [one.first_name for one in school_class.pupils] == ["Aysel", "Murad"]
    assert not list(two[0].parent.glob("*.incoming"))


def test_two_merges_at_once_come_to_the_same(tmp_path: Path) -> None:
    """Two windows, or a window and the command line: each copy is taken in whole, one after another."""
    copies = make_copies(tmp_path / "copies", 6, seed=5)
    alone, together = tmp_path / "alone.sqlite", tmp_path / "together.sqlite"
    for copy in copies:
        merge(copy, alone)
    with ThreadPoolExecutor(3) as threads:
        assert len(list(threads.map(merge, copies, [together] * len(copies)))) == len(copies)
    assert outcome(together) == outcome(alone)


def test_who_waits_too_long_is_told(two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing of the file that another one is just making ready is touched."""
    here, there = two
    ready = here.with_name("results.sqlite.incoming")
    ready.write_bytes(b"of the other one")
    monkeypatch.setattr(incoming, "_WAIT_S", 0.0)
    with file_lock(here.with_name("results.sqlite.incoming.lock"), 0.0), pytest.raises(ResultsError, match="Another window"):
        merge(there, here)
    assert ready.read_bytes() == b"of the other one"
    assert merge(there, here).attempts == 2
    assert not ready.exists()


def test_the_own_file_is_no_copy(two: tuple[Path, Path]) -> None:
    """Whatever name it is given by."""
    with pytest.raises(InputError, match="of this computer itself"):
        merge(two[0].parent / ".." / "one" / "results.sqlite", two[0])


@pytest.mark.parametrize(
    "sql",
    [
        ["UPDATE attempts SET points = 'many'"],
        ["UPDATE attempts SET points = -9223372036854775808"],
        ["UPDATE attempts SET when_utc = '2026-02-31 08:00:00.000000'"],
        ["UPDATE attempts SET outcome = 'great'"],
        ["UPDATE attempts SET program = CAST(x'ff' AS TEXT)"],
        ["UPDATE attempts SET report = x'789c'"],
        ["UPDATE evidence SET events = x'00'"],
        ["DELETE FROM evidence"],
        ["UPDATE pupil_notes SET number = 'x'"],
        ["UPDATE pupil_notes SET first_name = printf('%.9999c', 'x')"],
        ["UPDATE class_notes SET secret_kind = 'magic'"],
        ["UPDATE class_notes SET has_left = 7"],
        ["INSERT INTO pupil_secrets VALUES ('p', '', 'pin', CAST(x'ff' AS TEXT))"],
        ["INSERT INTO audit VALUES ('a', 'c', 'x', '', 'mark', 's', 'n', 'b', 'h')"],
        ["INSERT INTO audit VALUES ('a', 'c', 1, '', 'mark', 's', 'n', 'b', 'h')", "INSERT INTO audit_notes VALUES ('a', 's', '{')"],
        ["CREATE TRIGGER evil AFTER INSERT ON attempts BEGIN DELETE FROM attempts; END"],
        ["CREATE VIEW evil AS SELECT 1"],
        ["DROP TABLE attempt_pupils"],
        ["ALTER TABLE attempts RENAME COLUMN program TO text"],
    ],
)
def test_what_no_pc_has_written_is_refused(two: tuple[Path, Path], sql: list[str]) -> None:
    """With the file's name, and nothing of it is taken in."""
    here, there = two
    SqlResults(there).close()
    _change(there, *sql)
    before = outcome(here)
    with pytest.raises(InputError, match=r"two/results\.sqlite.*(damaged|is no copy)"):
        merge(there, here)
    assert outcome(here) == before
    assert not list(here.parent.glob("*.incoming"))


@pytest.mark.parametrize("seed", range(ANY_BYTES))
def test_any_bytes_are_refused_or_merged(two: tuple[Path, Path], seed: int) -> None:
    """Whatever was changed in a file; the results here stay whole."""
    here, there = two
    chance = random.Random(seed)
    data = bytearray(there.read_bytes())
    for _ in range(chance.choice((1, 5, 400))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    there.write_bytes(data)
    said = str(there)
    try:
        merge(there, here)
    except InputError as problem:
        said = str(problem)
    assert str(there) in said
    with SqlResults(here) as store:
        assert store.is_whole()
        assert len(store.attempts()) >= 2
