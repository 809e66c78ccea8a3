"""`lovhe results merge`: what came in is told, file by file, and what cannot be used stops nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from lovhe.adapters.results_db.backups import back_up
from lovhe.adapters.results_db.store import SqlResults
from lovhe.adapters.work_files import WorkFiles
from lovhe.apps import wiring
from lovhe.apps.teaching.wiring import all_work
from lovhe.apps.workspace.desk import Desk
from lovhe.apps.workspace.wiring import load_desk, save_desk
from lovhe.core.pupils.group import Group, work_key
from lovhe.services.ports.work import WorkKey

from tests.merging_school import an_attempt
from tests.school_classes import add_pupils

Command = Callable[..., tuple[str, str]]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """With the copies of two PCs: one list, on the second with another name; and a file that is none."""
    folder = tmp_path / "stick"
    folder.mkdir()
    for number, names in enumerate((["Aysel", "Murad"], ["Aysel", "Fatmə"]), 1):
        with SqlResults(tmp_path / f"pc{number}.sqlite") as store:
            for pupil in add_pupils(store.roster(), "7A", names):
                store.add(an_attempt(pupil))
        back_up(tmp_path / f"pc{number}.sqlite", folder / f"pc{number}.sqlite")
    (folder / "photo.sqlite").write_bytes(b"no database" * 500)
    return folder


def test_what_came_in_is_told(command: Command, stick: Path) -> None:
    """New results, pupils, who has another number; and where the results of before are."""
    out, said = command("results", "merge", str(stick), code=2)
    assert f"{stick / 'pc1.sqlite'}: 2 new results; here already: 0." in out
    assert "2 new pupils came with it." in out
    assert "1 new pupil came with it." in out
    assert "photo.sqlite is no copy of results." in said
    assert "In 7A somebody else has the number 2, too: Fatmə has the number 3 now." in said
    [kept] = wiring.data_folder().glob("results.before-*.sqlite")
    assert str(kept) in said
    with wiring.results() as store:
        assert len(store.attempts()) == 4
    assert "0 new results; here already: 2." in command("results", "merge", str(stick / "pc2.sqlite"))[0]
    command("results", "restore", str(kept), "--yes")
    with wiring.results() as store:
        assert store.attempts() == []


def test_programs_read_what_came_in(command: Command, stick: Path) -> None:
    """On standard output JSON alone."""
    found = json.loads(command("results", "merge", "--json", str(stick), code=2)[0])
    assert [(Path(one["file"]).name, one["attempts"], one["pupils"]) for one in found["files"]] == [
        ("pc1.sqlite", 2, 2),
        ("pc2.sqlite", 2, 1),
    ]
    assert [Path(one["file"]).name for one in found["refused"]] == ["photo.sqlite"]
    assert found["files"][1]["renumbered"] == [{"class": "7A", "name": "Fatmə", "wanted": 2, "number": 3}]


def test_what_was_typed_here_follows_the_pupils(command: Command, stick: Path) -> None:
    """Whose list was taken over here later than on the other PC; who sits here signs in anew."""
    with wiring.results() as store:
        [aysel] = add_pupils(store.roster(), "7A", ["Aysel"])
    WorkFiles(wiring.data_folder() / "work").write(WorkKey(work_key([aysel.id]), "6-01-blink", ""), "typed")
    save_desk(Desk(group=Group((aysel,))))
    command("results", "merge", str(stick / "pc1.sqlite"))
    with wiring.results() as store:
        now = store.roster().classes()[0].pupils[0]
    assert now.id != aysel.id
    assert all_work().groups() == [work_key([now.id])]
    assert load_desk().group is None
