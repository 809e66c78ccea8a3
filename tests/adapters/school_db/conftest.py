"""A school's PC and a server that it can send to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
import pytest
import uuid_utils
from lovhe.adapters.results_db.store import SqlResults
from lovhe.adapters.school_db.opening import SchoolDb
from lovhe.adapters.school_db.outgoing import Outgoing
from lovhe.adapters.school_db.pushing import Pushed, push
from lovhe.apps import wiring
from lovhe.core.checks.evidence import Event
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.pupils.pupil import Pupil
from lovhe.services.ports import Attempt

from tests.postgres_server import PostgresServer
from tests.school_classes import add_pupils

REPORT = msgspec.json.encode({"outcome": "failed", "checks": [{"id": "on", "outcome": "passed"}, {"id": "off", "outcome": "failed"}]})
LESSON = "6-01-blink"


@cache
def blink() -> Lesson:
    """The one lesson; to read all takes longer than to send."""
    return wiring.kit().lesson(LESSON)


class Pc:
    """A PC with a results file, whose attempts are all at one lesson."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.store = SqlResults(file)

    def add(self, class_name: str, *first_names: str) -> list[Pupil]:
        """Pupils of a class."""
        return add_pupils(self.store.roster(), class_name, first_names)

    def attempt(self, *pupils: Pupil, **changed: object) -> str:
        """One attempt by them; its id."""
        step = next(one.id for one in blink().file.step if one.kind == "make")
        attempt = Attempt(
            id=str(uuid_utils.uuid7()),
            lesson_id=LESSON,
            board="7A-1",
            pupils=tuple(one.id for one in pupils),
            when_utc="2026-11-21T08:30:00+00:00",
            program="print('salam, dünya')\n",
            outcome="failed",
            points=1,
            total=3,
            report=REPORT,
            evidence=[Event(0, "begin", ["0.1.0", 5, "main.py"]), Event(12, "text", ["5 °C\n"])],
            step=step,
        )
        attempt = msgspec.structs.replace(attempt, **changed)
        self.store.add(attempt)
        return attempt.id

    def push(self, address: str, school: str = "AZ-17") -> Pushed:
        """Send it all."""
        with SchoolDb(address, writes=True) as db, Outgoing(self.file) as own:
            return push(db, own, school, [blink()])


@pytest.fixture
def pc(tmp_path: Path) -> Iterator[Pc]:
    """One without anybody."""
    made = Pc(tmp_path / "results.sqlite")
    yield made
    made.store.close()


@pytest.fixture
def other_pc(tmp_path: Path) -> Iterator[Pc]:
    """Another one."""
    made = Pc(tmp_path / "other.sqlite")
    yield made
    made.store.close()


@pytest.fixture
def address(postgres: PostgresServer) -> str:
    """A database in which there is nothing."""
    return postgres.new_database()
