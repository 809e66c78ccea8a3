"""Which files are merged, and that what pupils typed goes with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from lovhe.adapters.work_files import WorkFiles
from lovhe.apps.teaching.merging import bring_along, copies_in
from lovhe.core.errors import InputError
from lovhe.core.pupils.group import work_key
from lovhe.core.pupils.pupil import Pupil, SchoolClass
from lovhe.services.ports.work import WorkKey

_CLASSES = [
    SchoolClass("7A", [Pupil("aysel", "7A", 1, "Aysel"), Pupil("murad", "7A", 2, "Murad"), Pupil("nigar", "7A", 3, "Nigar")]),
    SchoolClass("7B", [Pupil("leyla", "7B", 1, "Leyla")]),
]
_MOVED = {"old-aysel": "aysel", "old-murad": "murad"}


def _key(*ids: str) -> WorkKey:
    return WorkKey(work_key(ids), "6-01-blink", "")


def test_what_pupils_typed_goes_with_them(tmp_path: Path) -> None:
    """Alone, with others, with somebody of another class; what nobody new has stays."""
    work = WorkFiles(tmp_path)
    groups = [("old-aysel",), ("old-aysel", "old-murad", "nigar"), ("leyla", "old-murad"), ("nigar",)]
    for group in groups:
        work.write(_key(*group), " ".join(group))
    work.write(WorkKey("guest-1", "6-01-blink", ""), "guest")
    for _ in range(2):  # a second time, where the power went before it was noted as done
        bring_along(_MOVED, _CLASSES, work)
    found = {group: WorkFiles(tmp_path).read(_key(*(_MOVED.get(one, one) for one in group))) for group in groups}
    assert found == {group: " ".join(group) for group in groups}
    assert work.read(WorkKey("guest-1", "6-01-blink", "")) == "guest"
    assert len(work.groups()) == 5


def test_work_that_is_there_already_is_not_written_over(tmp_path: Path) -> None:
    """Both stay."""
    work = WorkFiles(tmp_path)
    for one in ("old-aysel", "aysel"):
        work.write(_key(one), one)
    bring_along(_MOVED, _CLASSES, work)
    assert [work.read(_key(one)) for one in ("old-aysel", "aysel")] == ["old-aysel", "aysel"]


def test_a_folder_stands_for_the_copies_in_it(tmp_path: Path) -> None:
    """Each once, and not for those that were kept before a merge; without any it is told."""
    for name in ("b.sqlite", "a.sqlite", "results.before-2026-11-23-083000.sqlite", "a.sqlite.sha256"):
        (tmp_path / name).touch()
    (tmp_path / "empty").mkdir()
    found = copies_in([tmp_path / "b.sqlite", tmp_path, tmp_path / "none.sqlite"])
    assert [file.name for file in found] == ["b.sqlite", "a.sqlite", "none.sqlite"]
    with pytest.raises(InputError, match="no copy of results"):
        copies_in([tmp_path / "empty"])
