"""`lovhe class keep` and `clean-up`: who is past the time, and that nobody goes unasked."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID

import pytest
import uuid_utils
from lovhe.adapters.work_files import WorkFiles
from lovhe.apps import wiring
from lovhe.apps.workspace.wiring import load_desk, save_desk
from lovhe.core.pupils.class_changes import listed_class
from lovhe.core.pupils.class_edits import renamed
from lovhe.core.pupils.group import Group, work_key
from lovhe.core.pupils.pupil import Pupil
from lovhe.core.pupils.roster_lists import Entry
from lovhe.services.ports import Attempt
from lovhe.services.ports.pupils import Roster
from lovhe.services.ports.work import WorkKey

from .terminal import Terminal

Command = Callable[..., tuple[str, str]]
BLINK = "6-01-blink"


def _attempt(program: str, months_ago: int, pupils: Sequence[Pupil] = ()) -> None:
    when = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=31 * months_ago)
    report = b'{"checks": []}'
    ids = [pupil.id for pupil in pupils]
    with wiring.results() as store:
        store.add(Attempt(str(uuid_utils.uuid7()), BLINK, "b", ids, when.isoformat(), program, "failed", 1, 2, report, []))


def _class_of_2020(roster: Roster, name: str, first_name: str, *others: str) -> list[Pupil]:
    """A class whose list was made in September 2020: the ids tell."""
    ids = (str(UUID(int=1_600_000_000_000 << 80 | 7 << 76 | 2 << 62 | secrets.randbits(60))) for _ in range(9))
    change = listed_class(None, name, [Entry(0, one) for one in (first_name, *others)], lambda: next(ids)).change
    roster.change([change])
    return change.added


@pytest.fixture
def school(command: Command) -> None:
    """A class that left two years ago, one that has just left, and one at school whose attempts are as old; and two guests."""
    with wiring.results() as store:
        roster = store.roster()
        aysel, murad = _class_of_2020(roster, "11A", "Aysel", "Murad")
        (nigar,) = _class_of_2020(roster, "11B", "Nigar")
        (rauf,) = _class_of_2020(roster, "8A", "Rauf")
        roster.change([renamed(one, f"{one.name}9", has_left=True) for one in roster.classes() if one.name != "8A"])
    for program, months_ago, pupils in (
        ("hers", 30, (aysel,)),
        ("ours", 30, (murad, rauf)),
        ("new", 1, (nigar,)),
        ("old", 40, (nigar,)),
        ("at school", 40, (rauf,)),
        ("an old guest", 30, ()),
        ("a new guest", 1, ()),
    ):
        _attempt(program, months_ago, pupils)
    WorkFiles(wiring.data_folder() / "work").write(WorkKey(work_key([aysel.id]), BLINK, ""), "typed")
    desk = load_desk()
    desk.sit_down(Group(pupils=(aysel,)))
    save_desk(desk)


def _left() -> tuple[list[str], list[str]]:
    """The pupils and programs that there are."""
    with wiring.results() as store:
        names = [pupil.first_name for one in store.roster().classes() for pupil in one.pupils]
        return sorted(names), sorted(one.program for one in store.attempts())


ALL = ["Aysel", "Murad", "Nigar", "Rauf"], ["a new guest", "an old guest", "at school", "hers", "new", "old", "ours"]


@pytest.mark.usefixtures("school")
def test_at_first_all_is_kept_for_ever(command: Command) -> None:
    """And said so."""
    assert "kept for ever" in command("class", "keep")[0]
    assert "Nothing was erased" in command("class", "clean-up", "--yes")[1]
    assert _left() == ALL


@pytest.mark.usefixtures("school")
def test_a_time_that_is_set_erases_nobody_and_tells_how_many_are_past_it(command: Command) -> None:
    """It is kept with the results, and taken back."""
    out, said = command("class", "keep", "--months", "24")
    assert "are kept for 24 months" in out
    assert "2 pupils are past that time." in out
    assert "1 attempt of guests is past that time." in out
    assert "clean-up" in said
    assert "0 pupils are past that time." in command("class", "keep", "--months", "36")[0]
    assert "36 months" in command("class", "keep")[0]
    assert "Nothing is past its time." in command("class", "clean-up")[1]
    assert "kept for ever" in command("class", "keep", "--for-ever")[0]
    assert "not both" in command("class", "keep", "--for-ever", "--months", "3", code=2)[1]
    assert "from 1 to 120" in command("class", "keep", "--months", "0", code=2)[1]
    assert _left() == ALL


@pytest.mark.usefixtures("school")
def test_what_is_past_its_time_is_shown_and_erased(command: Command, data_dir: Path) -> None:
    """With what they typed; what they made with others stays theirs. It is written down without names."""
    command("class", "keep", "--months", "24")
    out, said = command("class", "clean-up", code=2)
    assert "nobody can be asked here" in said
    assert [line.split()[:3] for line in out.splitlines()[1:3]] == [["11A9", "1", "Aysel"], ["11A9", "2", "Murad"]]
    assert not {"Nigar", "Rauf"} & set(out.split())
    assert "1 attempt of guests" in out
    assert _left() == ALL
    said = command("class", "clean-up", "--yes")[1]
    assert "2 pupils were erased." in said
    assert "2 attempts were erased." in said
    assert "Copies that were made before" in said
    assert _left() == (["Nigar", "Rauf"], ["a new guest", "at school", "new", "old", "ours"])
    assert load_desk().group is None
    assert not list((data_dir / "work").rglob("*.txt"))
    assert b"Aysel" not in (data_dir / "results.sqlite").read_bytes()
    assert "3 changes by hand, as they were written" in command("results", "audit")[0]
    assert "Nothing is past its time." in command("class", "clean-up", "--yes")[1]


@pytest.mark.usefixtures("school")
@pytest.mark.parametrize(("answer", "left"), [("2", 4), ("1", 2)])
def test_at_a_terminal_it_is_asked_with_todays_date(command: Command, answer: str, left: int) -> None:
    """A clock that is years ahead would make everybody old."""
    command("class", "keep", "--months", "24")
    terminal = Terminal("class", "clean-up")
    try:
        terminal.until("Today is 2")
        terminal.until("Is the date of today right, and shall all of this be erased for good?")
        terminal.type(answer)
        assert terminal.end() == 0
    finally:
        terminal.close()
    assert len(_left()[0]) == left
