"""What pupils are typing goes with a copy of the results, and comes back beside what they type by then."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from lovhe.adapters.work_files import MOST_BYTES
from lovhe.apps import wiring
from lovhe.apps.teaching.copies import make_copy, put_back
from lovhe.apps.teaching.pupil_data import erase_for_good
from lovhe.apps.teaching.wiring import all_work, restore, results_file
from lovhe.apps.workspace.drafts import go_on_putting_back
from lovhe.apps.workspace.wiring import work_store
from lovhe.core.pupils.group import Group
from lovhe.core.pupils.pupil import Pupil
from lovhe.services.ports.work import WorkKey

from tests.school_classes import add_pupils

BLINK = "6-01-blink"


@pytest.fixture
def pupils() -> list[Pupil]:
    """Three of a class."""
    with wiring.results() as store:
        return add_pupils(store.roster(), "7A", ["Aysel", "Murad", "Nigar"])


def _key(*pupils: Pupil) -> WorkKey:
    return WorkKey(Group(tuple(pupils)).key, BLINK, "make")


def _type(key: WorkKey, text: str) -> None:
    store = work_store()
    store.write(key, text)
    assert store.flush()


def _typed(key: WorkKey) -> str | None:
    work_store().let_go(key.group)
    return work_store().read(key)


def _copy(folder: Path) -> Path:
    return make_copy(folder, [], lambda share: None).file


def _go_on() -> None:
    with wiring.results() as store:
        go_on_putting_back(store.drafts(), all_work())


def _new_pc() -> None:
    shutil.rmtree(wiring.data_folder() / "work")


def test_it_comes_with_the_results_to_another_pc(pupils: list[Pupil], tmp_path: Path) -> None:
    """Of pupils alone and together, of all lessons; guests' stays where it is."""
    alone, together, guest = _key(pupils[0]), _key(*pupils[:2]), WorkKey(Group(guest="somebody").key, BLINK, "make")
    other = WorkKey(alone.group, "pack/7-01", "")
    for number, key in enumerate((alone, together, guest, other)):
        _type(key, f"ışıq = {number}\n")
    file = _copy(tmp_path)
    _new_pc()
    put_back(file)
    assert [_typed(key) for key in (alone, together, guest, other)] == ["ışıq = 0\n", "ışıq = 1\n", None, "ışıq = 3\n"]


def test_what_is_typed_by_then_stays_and_the_older_one_is_in_the_history(pupils: list[Pupil], tmp_path: Path) -> None:
    """Once, however often the copy is put back; what did not change has no version."""
    changed, same = _key(pupils[0]), _key(pupils[1])
    _type(changed, "then")
    _type(same, "always")
    file = _copy(tmp_path)
    _type(changed, "now")
    for _ in range(2):
        put_back(file)
    assert (_typed(changed), _typed(same)) == ("now", "always")
    versions = work_store().versions(changed)
    assert [work_store().version(changed, one.id) for one in versions if one.reason == "copied"] == ["then"]
    assert not [one for one in work_store().versions(same) if one.reason == "copied"]


def test_what_was_cut_off_goes_on_and_leaves_nothing_in_the_results(pupils: list[Pupil], tmp_path: Path) -> None:
    """The power may go when the results have been put back, and what was typed has not."""
    key, text = _key(pupils[0]), "print('of Aysel')\n" * 300
    _type(key, text)
    file = _copy(tmp_path)
    _new_pc()
    restore(file)
    assert _typed(key) is None
    _go_on()
    assert _typed(key) == text
    assert b"of Aysel" in file.read_bytes()
    assert not [path for path in results_file().parent.glob("results.sqlite*") if b"of Aysel" in path.read_bytes()]


def test_a_disk_that_is_full_loses_nothing(pupils: list[Pupil], tmp_path: Path) -> None:
    """What has no room waits, and is put back when there is some."""
    key = _key(pupils[0])
    _type(key, "mine")
    file = _copy(tmp_path)
    _new_pc()
    (wiring.data_folder() / "work").write_text("in the way")
    restore(file)
    _go_on()
    (wiring.data_folder() / "work").unlink()
    _go_on()
    assert _typed(key) == "mine"


GROUP, NAME = "0123456789abcdef01234567", f"{BLINK}/make.txt"


@pytest.mark.parametrize(
    ("group", "name", "data"),
    [
        (GROUP, "../../out.txt", b"bad"),
        (GROUP, f"{BLINK}/../../../out.txt", b"bad"),
        (GROUP, "/out/out.txt", b"bad"),
        (GROUP, f"{BLINK}/con.txt", b"bad"),
        (GROUP, f"{BLINK}/make.history/20261122T093000000000Z-run.txt", b"bad"),
        (GROUP, f"{BLINK}/make.py", b"bad"),
        (GROUP, f"{BLINK}/a\0b.txt", b"bad"),
        (GROUP, NAME.encode(), b"bad"),
        (GROUP, f"{BLINK}/text.txt", "text where bytes belong"),
        (GROUP, f"{BLINK}/long.txt", b"x" * (MOST_BYTES + 1)),
        (GROUP.encode(), f"{BLINK}/other.txt", b"bad"),
        (7, f"{BLINK}/other.txt", b"bad"),
        ("..", NAME, b"bad"),
        ("guest-somebody", NAME, b"bad"),
    ],
)
def test_a_copy_that_nobody_vouches_for_writes_nowhere_else(tmp_path: Path, group: object, name: object, data: object) -> None:
    """What is no text of pupils is left out, nothing of it waits, and the rest comes."""
    with wiring.results():
        pass
    file = _copy(tmp_path)
    with closing(sqlite3.connect(file)) as db, db:
        db.executemany("INSERT INTO drafts VALUES (?, ?, ?)", [(group, name, data), (GROUP, NAME, b"good")])
    file.with_name(f"{file.name}.sha256").unlink()
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    put_back(file)
    work = wiring.data_folder() / "work"
    assert [path for path in work.rglob("*.*") if path.is_file() and path.name != ".lock"] == [work / GROUP / NAME]
    assert not [path for path in tmp_path.rglob("out.txt") if path not in before]
    with wiring.results() as store:
        assert store.drafts().waiting() == []


def test_bytes_that_are_no_letters_are_left_out(tmp_path: Path) -> None:
    """SQLite keeps them as text all the same."""
    with wiring.results():
        pass
    file = _copy(tmp_path)
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("INSERT INTO drafts VALUES (?, CAST(? AS TEXT), ?)", (GROUP, b"6-01\xff/make.txt", b"bad"))
    file.with_name(f"{file.name}.sha256").unlink()
    put_back(file)
    with wiring.results() as store:
        assert store.drafts().waiting() == []


def test_who_was_erased_since_types_nothing_any_more(pupils: list[Pupil], tmp_path: Path) -> None:
    """Neither alone nor with others; the others' own comes back."""
    alone, together, others = _key(pupils[0]), _key(*pupils[:2]), _key(pupils[1])
    for key in (alone, together, others):
        _type(key, "x")
    file = _copy(tmp_path)
    erase_for_good(pupils[0])
    _new_pc()
    put_back(file)
    assert [_typed(key) for key in (alone, together, others)] == [None, None, "x"]
