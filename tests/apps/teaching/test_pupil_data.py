"""All that is kept of a pupil can be given out as one file, and erased so that nothing of them is left on the PC."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from lovhe.adapters.results_db.backups import back_up, restore
from lovhe.adapters.results_db.store import SqlResults
from lovhe.adapters.work_files import WorkFiles
from lovhe.apps import wiring
from lovhe.apps.attempts import record_attempt
from lovhe.apps.teaching.audit_state import audit_state
from lovhe.apps.teaching.pupil_data import (
    all_classes,
    erase_for_good,
    erase_pupil,
    give_out,
    pupil_zip,
    read_class_data,
    work_of,
    would_go,
)
from lovhe.apps.workspace.wiring import load_desk, save_desk
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.report import Report
from lovhe.core.pupils.group import Group, work_key
from lovhe.core.pupils.pupil import Pupil
from lovhe.services.ports.work import AllWork, WorkKey

from tests.school_classes import add_pupils

BLINK = "6-01-blink"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlResults]:
    """Aysel alone, Aysel and Murad, Murad alone; a correction each."""
    with SqlResults(tmp_path / "results.sqlite") as store:
        aysel, murad, _ = add_pupils(store.roster(), "7A", ["Ayselxanım", "Murad", "Nigar"])
        lesson = wiring.kit().lesson(BLINK)
        for name, pupils in (("alone", [aysel]), ("together", [aysel, murad]), ("his", [murad])):
            record_attempt(
                store,
                lesson,
                Report(BLINK, "failed", 1, 2, []),
                [Event(1, "text", [name])],
                board="b",
                program=f"# {name}-program\n" * 300,
                pupils=pupils,
            )
        store.audit().correct(aysel.id, BLINK, 5, "reason-of-aysel")
        store.audit().correct(murad.id, BLINK, 4, "reason-of-murad")
        yield store


def _pupils(store: SqlResults) -> list[Pupil]:
    return store.roster().classes()[0].pupils


def _typed(folder: Path, store: SqlResults) -> WorkFiles:
    """What Aysel typed alone, with Murad, and with Nigar, who has work of her own."""
    work = WorkFiles(folder)
    aysel, murad, nigar = _pupils(store)
    for text, group in (("mine", [aysel]), ("ours", [murad, aysel]), ("hers and mine", [aysel, nigar]), ("hers", [nigar])):
        work.write(WorkKey(work_key(one.id for one in group), BLINK, ""), text)
    return work


def test_all_of_a_pupil_is_in_one_file_and_nothing_of_others(store: SqlResults, tmp_path: Path) -> None:
    """Programs, evidence, reports, corrections, what was typed; others are a number."""
    fits: AllWork = _typed(tmp_path / "work", store)
    aysel, murad, nigar = _pupils(store)
    data = pupil_zip(aysel, store.roster().classes(), store, store.audit(), fits)
    assert data == pupil_zip(aysel, store.roster().classes(), store, store.audit(), fits)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        texts = {name: packed.read(name).decode() for name in packed.namelist()}
    about = json.loads(texts["pupil.json"])
    assert (about["first_name"], about["number"], about["attempts"]) == ("Ayselxanım", 1, 2)
    assert [one["reason"] for one in about["corrections"]] == ["reason-of-aysel"]
    assert sorted(text.split("\n")[0] for name, text in texts.items() if name.startswith("attempts/") and name.endswith("program.txt")) == [
        "# alone-program",
        "# together-program",
    ]
    assert {json.loads(text)["pupils"] for name, text in texts.items() if name.endswith("attempt.json")} == {1, 2}
    assert sum('"text"' in text for name, text in texts.items() if name.endswith("evidence.jsonl")) == 2
    assert sorted(text for name, text in texts.items() if name.startswith("work/")) == ["hers and mine", "mine", "ours"]
    whole = "".join(texts.values())
    assert not any(word in whole for word in ("Murad", "Nigar", murad.id, nigar.id, "reason-of-murad", "his-program"))


def test_nothing_of_an_erased_pupil_is_left(store: SqlResults, tmp_path: Path) -> None:
    """Neither in the file nor in its log nor in copies made after; what was made with others is theirs; that it was done stands there."""
    work = _typed(tmp_path / "work", store)
    aysel, murad, nigar = _pupils(store)
    store.roster().set_secret(aysel.id, "scrypt$hash-of-aysel")
    erased = erase_pupil(aysel, store.roster().classes(), store.roster(), work)
    assert (erased.attempts, erased.shared) == (1, 1)
    assert [one.first_name for one in _pupils(store)] == ["Murad", "Nigar"]
    assert [attempt.program.split("\n")[0] for attempt in store.attempts()] == ["# together-program", "# his-program"]
    assert all(attempt.pupils == (murad.id,) for attempt in store.attempts())
    assert store.audit().corrections([aysel.id]) == []
    assert [one.reason for one in store.audit().corrections([murad.id])] == ["reason-of-murad"]
    assert store.audit().faults() == []
    assert store.audit().head()[0] == 3
    assert store.is_whole()
    back_up(store.path, tmp_path / "copy.sqlite")
    for file in [*tmp_path.glob("results.sqlite*"), tmp_path / "copy.sqlite"]:
        data = file.read_bytes()
        assert not any(word.encode() in data for word in ("Ayselxanım", "alone-program", "reason-of-aysel", "hash-of-aysel")), file.name
    typed = {key: work.files(key)[0][1] for key in work.groups()}
    assert typed == {work_key([murad.id]): b"ours", work_key([nigar.id]): b"hers"}


def test_who_was_erased_does_not_come_back_with_an_older_copy(store: SqlResults, tmp_path: Path) -> None:
    """Nor does what they made; the others are as the copy has them."""
    copy = back_up(store.path, tmp_path / "copy.sqlite").file
    aysel = _pupils(store)[0]
    erase_pupil(aysel, store.roster().classes(), store.roster(), WorkFiles(tmp_path / "work"))
    restore(copy, store.path)
    assert [one.first_name for one in _pupils(store)] == ["Murad", "Nigar"]
    assert [attempt.program.split("\n")[0] for attempt in store.attempts()] == ["# together-program", "# his-program"]
    assert store.audit().faults() == []


def test_an_erasing_that_was_broken_off_is_done_by_the_next_one(store: SqlResults, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What they typed goes first: as long as the pupil is there, the rest can be found."""
    work = _typed(tmp_path / "work", store)
    aysel = _pupils(store)[0]
    roster = store.roster()
    with monkeypatch.context() as patch:
        patch.setattr(type(roster), "erase", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            erase_pupil(aysel, roster.classes(), roster, work)
    assert aysel in _pupils(store)
    assert erase_pupil(aysel, roster.classes(), roster, work).attempts == 1
    assert work_of(aysel, roster.classes(), work) == {}


def test_a_pupil_who_is_gone_is_erased_without_harm(store: SqlResults, tmp_path: Path) -> None:
    """By two windows at once, for example."""
    aysel = _pupils(store)[0]
    for attempts in (1, 0):
        assert erase_pupil(aysel, store.roster().classes(), store.roster(), WorkFiles(tmp_path / "work")).attempts == attempts
    assert store.audit().faults() == []
    assert store.audit().head()[0] == 3


def _at_this_pc(store: SqlResults) -> Pupil:
    """Aysel of the store's own file, made this computer's."""
    store.close()
    wiring.data_folder().mkdir(parents=True, exist_ok=True)
    store.path.rename(wiring.data_folder() / "results.sqlite")
    return all_classes()[0].pupils[0]


def test_what_erasing_takes_is_told_before_and_done_then(store: SqlResults) -> None:
    """The same numbers; whoever is erased does not sit here any more, and is in no list."""
    aysel = _at_this_pc(store)
    desk = load_desk()
    desk.sit_down(Group((aysel,)))
    save_desk(desk)
    kept = read_class_data(all_classes()[0])
    assert [(one.pupil.first_name, one.attempts, bool(one.newest_utc)) for one in kept.kept] == [
        ("Ayselxanım", 2, True),
        ("Murad", 2, True),
        ("Nigar", 0, False),
    ]
    assert (kept.audit.count, kept.audit.faults) == (2, [])
    assert would_go(aysel) == erase_for_good(aysel)
    assert load_desk().group is None
    kept = read_class_data(all_classes()[0])
    assert [one.pupil.first_name for one in kept.kept] == ["Murad", "Nigar"]
    assert kept.audit.count == 3


def test_what_is_given_out_is_a_new_file(store: SqlResults, tmp_path: Path) -> None:
    """Under a name that every system of files takes, and never in another one's place."""
    aysel = _at_this_pc(store)
    (tmp_path / "out").mkdir()
    files = [give_out(aysel, "7A: 1", tmp_path / "out") for _ in range(2)]
    assert [file.name for file in files] == ["7A 1.zip", "7A 1 (2).zip"]
    assert all(zipfile.is_zipfile(file) for file in files)


def test_a_change_from_outside_is_told(store: SqlResults) -> None:
    """In words; as long as all is as it was written, a code is told."""
    aysel = _at_this_pc(store)
    file = wiring.data_folder() / "results.sqlite"
    with wiring.results() as here:
        assert "Code" in str(audit_state(here.audit()).told)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE audit_notes SET note = replace(note, '5', '9')")
    state = read_class_data(all_classes()[0]).audit
    assert [(fault, entry.subject) for fault, entry in state.faults] == [("note changed", aysel.id)]
    assert "changed from outside" in str(state.told)
