"""A school's PCs for tests of merging: what each did on its own, left as copies of its results."""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import uuid_utils
from lovhe.adapters.results_db.store import SqlResults
from lovhe.core.checks.evidence import Event
from lovhe.core.pupils.class_edits import edited, moved, new_year, regrouped
from lovhe.core.pupils.pupil import Pupil
from lovhe.services.ports import Attempt
from msgspec.structs import replace

from tests.school_classes import add_pupils

NAMES = ("Aysel", "Murad", "Nigar", "Rəşad", "Aysel", "Leyla")
MERGED = (
    ("attempts", "id"),
    ("attempt_pupils", "attempt_id, pupil_id"),
    ("check_results", "attempt_id, position"),
    ("evidence", "attempt_id"),
    ("audit", "id"),
    ("audit_notes", "audit_id"),
    ("class_notes", "id, when_utc, chain, name, secret_kind, has_left"),
    ("pupil_notes", "id, when_utc, chain, class_id, number, first_name, group_number"),
    ("apart", "id, other"),
    ("pupil_secrets", "pupil_id"),
    ("same_ones", "id"),
    ("classes", "id"),
    ("pupils", "id"),
)
"""Each table that is merged, and its key; `here`, `boards` and `moved_pupils` belong to a PC."""


def an_attempt(*pupils: Pupil) -> Attempt:
    """A small one, made by these."""
    report = b'{"lesson":"6-01-blink","outcome":"passed","points":1,"total":1,"checks":[{"id":"on","outcome":"passed"}]}'
    when = "2026-11-23T08:30:00+00:00"
    makers = tuple(pupil.id for pupil in pupils)
    return Attempt(str(uuid_utils.uuid7()), "6-01-blink", "b", makers, when, "print(1)", "passed", 1, 1, report, [Event(1, "begin", [])])


def make_pc(folder: Path, *names: str) -> tuple[Path, list[Pupil]]:
    """A PC that took over the list of 7A, on which each pupil made one attempt."""
    file = folder / "results.sqlite"
    with SqlResults(file) as store:
        pupils = add_pupils(store.roster(), "7A", names)
        for pupil in pupils:
            store.add(an_attempt(pupil))
    return file, pupils


def outcome(results: Path) -> str:
    """A hash of all rows that are merged."""
    found = hashlib.sha256()
    with closing(sqlite3.connect(results)) as db:
        for table, key in MERGED:
            columns = ", ".join(sorted(row[1] for row in db.execute(f"PRAGMA table_info({table})")))
            for row in db.execute(f"SELECT {columns} FROM {table} ORDER BY {key}"):
                found.update(repr((table, row)).encode())
    return found.hexdigest()


def make_copies(folder: Path, count: int, seed: int = 7) -> list[Path]:
    """So many files, of a third as many PCs: some took over the same lists, some began with another's file, each went on by itself."""
    chance = random.Random(seed)
    folder.mkdir(exist_ok=True)
    copies: list[Path] = []
    while len(copies) < count:
        file = folder / f"copy{len(copies)}.sqlite"
        if copies and chance.random() < 0.7:
            shutil.copyfile(chance.choice(copies), file)
        with SqlResults(file) as store:
            for _ in range(chance.randrange(2, 6)):
                _do_something(store, chance)
        copies.append(file)
    return copies


def _do_something(store: SqlResults, chance: random.Random) -> None:
    roster = store.roster()
    classes = [one for one in roster.classes() if one.pupils]
    if not classes or chance.random() < 0.15:
        begin = chance.randrange(3)
        add_pupils(roster, chance.choice(("6A", "7A", "7B")), NAMES[begin : begin + 3])
        return
    of_class = chance.choice(classes)
    pupil = chance.choice(of_class.pupils)
    match chance.randrange(9):
        case 0 | 1 | 2:
            store.add(an_attempt(*chance.sample(of_class.pupils, min(len(of_class.pupils), chance.randrange(1, 4)))))
        case 3:
            store.audit().correct(pupil.id, "6-01-blink", chance.randrange(5), "r")
        case 4:
            free = max(one.number for one in of_class.pupils) + 1
            roster.change([edited(of_class, replace(pupil, first_name=chance.choice(NAMES), number=free))])
        case 5:
            other = chance.choice(classes)
            if other.name != of_class.name:
                roster.change(moved(pupil, of_class, other))
        case 6:
            roster.change([regrouped(of_class, [[one.number for one in of_class.pupils[:2]]])])
        case 7:
            roster.set_secret_kind(of_class.name, chance.choice(("none", "pin")))
            roster.set_secret(pupil.id, f"hash{chance.randrange(9)}")
        case _ if chance.random() < 0.4:
            roster.erase(pupil.id)
        case _:
            roster.change(new_year(classes, 2026))


def shuffled(copies: Sequence[Path], seed: int) -> list[Path]:
    """All copies in some order, and some of them twice."""
    chance = random.Random(seed)
    order = [*copies, *chance.sample(copies, len(copies) // 10)]
    chance.shuffle(order)
    return order
