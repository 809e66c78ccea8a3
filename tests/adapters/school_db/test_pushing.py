"""What is sent to a school's server: all that belongs there, once, whatever happens on the way; and nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import msgspec
import pytest
from lovhe.adapters.results_db.backups import back_up
from lovhe.adapters.results_db.merging import merge
from lovhe.adapters.results_db.models import AttemptRow
from lovhe.adapters.school_db import pushing
from lovhe.adapters.school_db.models import SummaryRow
from lovhe.adapters.school_db.opening import SchoolDb
from lovhe.adapters.school_db.outgoing import Outgoing
from lovhe.adapters.school_db.pushing import Pushed
from lovhe.adapters.school_db.reporting import classes_report, schools_report
from lovhe.core.audit.hash_chain import Entry, faults
from lovhe.core.checks.evidence import decode_events
from lovhe.core.errors import UnavailableError
from lovhe.core.marks.summaries import ReportRow
from lovhe.core.pupils.class_changes import ClassChange
from lovhe.core.pupils.secrets import hashed
from lovhe.services.ports import Attempt
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tests.postgres_server import PostgresServer

from .conftest import LESSON, Pc

NOTHING = Pushed(0, 0, 0, 0, 0)

# Sends in small batches, and says so after each.
_SENDER = """
import sys
import zlib
from pathlib import Path
from lovhe.adapters.school_db import pushing
from lovhe.adapters.school_db.opening import SchoolDb
from lovhe.adapters.school_db.outgoing import Outgoing
from lovhe.apps import wiring
pushing._BATCH = 5
with SchoolDb(sys.argv[1], writes=True) as db, Outgoing(Path(sys.argv[2])) as own:
    pushing.push(db, own, "AZ-17", [wiring.kit().lesson("6-01-blink")], lambda done: print(done, flush=True))
"""


def _attempts(address: str) -> dict[str, Attempt]:
    """What is there, as it is on a PC."""
    query = select(AttemptRow).options(selectinload(AttemptRow.makers), selectinload(AttemptRow.evidence))
    with SchoolDb(address, writes=False) as db, db.reads() as session:
        return {
            row.id: Attempt(
                id=row.id,
                lesson_id=row.lesson_id,
                board=row.board,
                pupils=tuple(maker.pupil_id for maker in row.makers),
                when_utc=row.when.isoformat(timespec="seconds"),
                program=row.program,
                outcome=row.outcome,
                points=row.points,
                total=row.total,
                report=row.report,
                evidence=decode_events(zlib.decompress(row.evidence.events)),
                step=row.step,
            )
            for row in session.scalars(query)
        }


def _summaries(address: str) -> dict[str, tuple[int, int, bool]]:
    """Of each pupil the lessons begun, the points, and whether they wait."""
    with SchoolDb(address, writes=False) as db, db.reads() as session:
        return {row.pupil_id: (row.begun, row.points, row.waiting) for row in session.scalars(select(SummaryRow))}


def test_attempts_are_there_as_they_are_here(pc: Pc, address: str) -> None:
    """With their evidence, their report and who made them, also where two did."""
    aysel, murad = pc.add("7A", "Aysel", "Murad")
    ids = [pc.attempt(aysel), pc.attempt(aysel, murad, outcome="passed", points=3)]
    assert pc.push(address) == Pushed(pupils=2, attempts=2, corrections=0, erased=0, kept_out=0)
    assert _attempts(address) == {one: pc.store.attempt(one) for one in ids}
    assert {key: begun for key, (begun, _, _) in _summaries(address).items()} == {aysel.id: 1, murad.id: 1}


def test_what_was_sent_is_not_sent_again(pc: Pc, address: str, postgres: PostgresServer) -> None:
    """The second time no row is written; then what is new, alone."""
    aysel, murad = pc.add("7A", "Aysel", "Murad")
    for _ in range(3):
        pc.attempt(aysel)
    pc.store.audit().correct(aysel.id, LESSON, 2, "a")
    assert pc.push(address) == Pushed(2, 3, 1, 0, 0)
    name = address.rpartition("/")[2]
    written = "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables"
    before = postgres.sql(written, name)
    assert pc.push(address) == NOTHING
    assert postgres.sql(written, name) == before
    pc.attempt(murad)
    assert pc.push(address) == Pushed(0, 1, 0, 0, 0)
    assert len(_attempts(address)) == 4


def test_secrets_reasons_guests_and_free_names_stay_here(pc: Pc, address: str, postgres: PostgresServer) -> None:
    """Not a byte of them is in any table there."""
    [aysel] = pc.add("7A", "Aysel")
    pc.store.roster().set_secret_kind("7A", "pin")
    secret = hashed("4711", b"s" * 16)
    pc.store.roster().set_secret(aysel.id, secret)
    pc.store.audit().correct(aysel.id, LESSON, 2, "was-ill-that-week")
    guests = pc.attempt(program="guest")
    pc.attempt(aysel)
    with pc.store._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE attempts SET student = 'Aysel-Surname'")
    pc.push(address)
    name = address.rpartition("/")[2]
    tables = [table for (table,) in postgres.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", name)]
    all_there = "\n".join(str(postgres.sql(f"SELECT t::text FROM {table} t", name)) for table in tables)
    assert aysel.id in all_there
    for kept in (secret, "was-ill-that-week", guests, "Aysel-Surname", "pin"):
        assert kept not in all_there


def test_points_set_by_hand_count_there(pc: Pc, address: str) -> None:
    """The newest that was set is in force, and what was taken back is not; that it was set can be proven there, too."""
    aysel, murad = pc.add("7A", "Aysel", "Murad")
    pc.attempt(aysel)
    pc.store.audit().correct(aysel.id, LESSON, 2, "a")
    pc.store.audit().correct(murad.id, LESSON, 3, "b")
    pc.push(address)
    assert {key: points for key, (_, points, _) in _summaries(address).items()} == {aysel.id: 2, murad.id: 3}
    pc.store.audit().correct(murad.id, LESSON, None, "c")
    pc.push(address)
    assert {key: points for key, (_, points, _) in _summaries(address).items()} == {aysel.id: 2, murad.id: 0}
    with SchoolDb(address, writes=False) as db, db.reads() as session:
        columns = ", ".join(Entry.__struct_fields__)
        entries = [Entry(*row) for row in session.connection().exec_driver_sql(f"SELECT {columns} FROM audit")]
    assert len(entries) == 3
    assert {fault for fault, _ in faults(entries, {})} == {"note missing"}


def test_who_changes_class_or_number_changes_there(pc: Pc, address: str) -> None:
    """Also where two change their numbers, and where a class gets the name that another one had."""
    aysel, murad = pc.add("7A", "Aysel", "Murad")
    pc.add("7B", "Nigar")
    pc.push(address)
    roster = pc.store.roster()
    old_a, old_b = roster.classes()
    swapped = [msgspec.structs.replace(aysel, number=2, class_name="8A"), msgspec.structs.replace(murad, number=1, class_name="8A")]
    new_a = msgspec.structs.replace(old_a, name="8A", pupils=swapped[::-1])
    new_b = msgspec.structs.replace(old_b, name="7A", pupils=[msgspec.structs.replace(one, class_name="7A") for one in old_b.pupils])
    roster.change([ClassChange(old_a, new_a), ClassChange(old_b, new_b)])
    assert pc.push(address).pupils == 2
    with SchoolDb(address, writes=False) as db:
        assert [(row.name, row.pupils) for row in classes_report(db, "AZ-17")] == [("7A", 1), ("8A", 2)]


def test_an_erased_pupil_is_erased_there(pc: Pc, address: str) -> None:
    """With what they made alone; what they made with another one stays as the other's."""
    aysel, murad = pc.add("7A", "Aysel", "Murad")
    pc.attempt(aysel)
    shared = pc.attempt(aysel, murad)
    pc.store.audit().correct(aysel.id, LESSON, 2, "a")
    pc.push(address)
    pc.store.roster().erase(aysel.id)
    assert pc.push(address) == Pushed(0, 0, 0, 1, 0)
    assert {key: one.pupils for key, one in _attempts(address).items()} == {shared: (murad.id,)}
    assert _summaries(address).keys() == {murad.id}
    assert pc.push(address) == NOTHING


def test_no_other_pc_brings_an_erased_pupil_back(pc: Pc, other_pc: Pc, address: str, tmp_path: Path) -> None:
    """Neither what they made alone, nor their part in what they made with others; who stays comes as ever."""
    aysel, murad = pc.add("7A", "Aysel", "Murad")
    other_pc.store.close()
    pc.attempt(aysel)
    shared = pc.attempt(aysel, murad)
    pc.store.close()
    shutil.copy(pc.file, other_pc.file)
    other, pc = Pc(other_pc.file), Pc(pc.file)
    pc.store.roster().erase(aysel.id)
    pc.push(address)
    others = other.attempt(aysel, murad)
    other.attempt(aysel)
    assert other.push(address) == Pushed(0, 1, 0, 0, 1)
    assert {key: one.pupils for key, one in _attempts(address).items()} == {shared: (murad.id,), others: (murad.id,)}
    assert other.push(address) == Pushed(0, 0, 0, 0, 1)
    for one in (pc, other):
        one.store.close()


def test_two_pcs_of_a_school_are_summed_up_together(pc: Pc, other_pc: Pc, address: str) -> None:
    """Whatever the order in which they send."""
    [aysel] = pc.add("7A", "Aysel")
    pc.store.close()
    other_pc.store.close()
    shutil.copy(pc.file, other_pc.file)
    one, two = Pc(pc.file), Pc(other_pc.file)
    for _ in range(3):
        two.attempt(aysel)
    one.attempt(aysel, points=2)
    for sender in (two, one, two):
        sender.push(address)
    with SchoolDb(address, writes=False) as db:
        [row] = classes_report(db, "AZ-17")
    assert (row.pupils, row.begun, row.stuck, row.points, row.waiting) == (1, 1, 1, 2, 0)
    for sender in (one, two):
        sender.store.close()


def test_two_who_become_one_on_a_pc_become_one_there(pc: Pc, other_pc: Pc, address: str) -> None:
    """Each PC had its own list of 7A and has sent; when their files are merged, attempts and points set by hand are one pupil's there."""
    [aysel], [again] = pc.add("7A", "Aysel"), other_pc.add("7A", "Aysel")
    for one, pupil in ((pc, aysel), (other_pc, again)):
        one.attempt(pupil)
        one.push(address)
    other_pc.store.audit().correct(again.id, LESSON, 3, "by hand")
    other_pc.push(address)
    with SchoolDb(address, writes=False) as db:
        assert [row.pupils for row in classes_report(db, "AZ-17")] == [1, 1]
    merge(back_up(other_pc.file, other_pc.file.with_name("copy.sqlite")).file, pc.file)
    pc.push(address)
    with SchoolDb(address, writes=False) as db:
        [row] = classes_report(db, "AZ-17")
    assert (row.pupils, row.begun, row.points, row.waiting) == (1, 1, 3, 0)
    assert len(_attempts(address)) == 2
    assert pc.push(address) == NOTHING


def test_schools_are_told_apart(pc: Pc, other_pc: Pc, address: str) -> None:
    """Each has a 7A; a school that has a new name leaves the old one empty."""
    for one, school in ((pc, "AZ-17"), (other_pc, "AZ-2")):
        one.attempt(*one.add("7A", "Aysel", "Murad"))
        one.push(address, school)
    with SchoolDb(address, writes=False) as db:
        total = schools_report(db)[0].total
        assert schools_report(db) == [ReportRow(name, 2, 2, 0, 2, total, 0) for name in ("AZ-17", "AZ-2")]
        assert classes_report(db, "AZ-2") == [ReportRow("7A", 2, 2, 0, 2, total, 0)]
        other_pc.push(address, "AZ-200")
        assert [row.name for row in schools_report(db)] == ["AZ-17", "AZ-200"]


def test_texts_that_postgres_does_not_take_are_sent_as_near_as_can_be(pc: Pc, address: str) -> None:
    """A program may have a NUL in it, a name may be longer than its column: SQLite minds neither."""
    [aysel] = pc.add("7A", "Aysel")
    made = pc.attempt(aysel, program="a\0b", board="b" * 300, report=b'{"checks": [{"id": "' + b"x" * 200 + b'", "outcome": "passed"}]}')
    assert pc.push(address).attempts == 1
    there = _attempts(address)[made]
    assert (there.program, there.board) == ("a\ufffdb", "b" * 100)
    assert pc.push(address) == NOTHING


@pytest.mark.parametrize("batches", [0, 1, 7])
def test_a_sender_that_is_killed_is_gone_on_with(pc: Pc, address: str, batches: int) -> None:
    """What it said is there whole; the next one sends the rest, and sums up what waits."""
    aysel, murad = pc.add("7A", "Aysel", "Murad")
    ids = [pc.attempt(aysel, *([murad] if number % 2 else [])) for number in range(60)]
    with subprocess.Popen([sys.executable, "-c", _SENDER, address, str(pc.file)], stdout=subprocess.PIPE, text=True) as sender:
        assert sender.stdout is not None
        said = [int(sender.stdout.readline()) for _ in range(batches + 1)]  # first how many were there before
        sender.kill()
        said += [int(line) for line in sender.stdout.read().split()]
    there = _attempts(address)
    assert len(there) % 5 == 0
    assert len(there) >= sum(said)
    assert all(one == pc.store.attempt(key) for key, one in there.items())
    assert pc.push(address).attempts <= 60 - sum(said)
    assert _attempts(address).keys() == set(ids)
    assert not any(waiting for _, _, waiting in _summaries(address).values())
    assert pc.push(address) == NOTHING


def test_a_connection_that_is_lost_is_told_and_gone_on_with(pc: Pc, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the middle of sending."""
    monkeypatch.setattr(pushing, "_BATCH", 5)
    address = postgres.new_database()
    [aysel] = pc.add("7A", "Aysel")
    for _ in range(20):
        pc.attempt(aysel)
    name = address.rpartition("/")[2]

    def cut_off(done: int) -> None:
        if done:
            postgres.sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")

    with SchoolDb(address, writes=True) as db, Outgoing(pc.file) as own, pytest.raises(UnavailableError, match="was lost"):
        pushing.push(db, own, "AZ-17", [], cut_off)
    assert len(_attempts(address)) == 5
    assert pc.push(address).attempts == 15


def test_two_who_send_at_once_make_one_whole(pc: Pc, other_pc: Pc, address: str) -> None:
    """Also the tables, which neither finds."""
    [aysel] = pc.add("7A", "Aysel")
    pc.store.close()
    other_pc.store.close()
    shutil.copy(pc.file, other_pc.file)
    pcs = [Pc(pc.file), Pc(other_pc.file)]
    ids = {one.attempt(aysel) for one in pcs for _ in range(30)}
    processes = [
        subprocess.Popen([sys.executable, "-c", _SENDER, address, str(one.file)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for one in pcs
    ]
    for process in processes:
        _, said = process.communicate(timeout=60)
        assert process.returncode == 0, said
    assert _attempts(address).keys() == ids
    with SchoolDb(address, writes=False) as db:
        [row] = classes_report(db, "AZ-17")
    assert (row.begun, row.stuck, row.waiting) == (1, 1, 0)
    for one in pcs:
        one.store.close()
