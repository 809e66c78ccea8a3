"""Jobs with copies end in good order when they are stopped: there is a whole copy or none, and each copy comes whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lovhe.adapters.results_db.backups import back_up
from lovhe.adapters.results_db.store import SqlResults
from lovhe.apps import wiring
from lovhe.apps.language import t
from lovhe.apps.teaching.copies import copies_of_others
from lovhe.apps.teaching.copy_jobs import CopyJob, LookIntoAll, MakeCopy, PutBack, PutTogether
from lovhe.apps.workspace import wiring as work_wiring
from lovhe.core.errors import ResultsError

from tests.merging_school import an_attempt
from tests.school_classes import add_pupils

_LIMIT_S = 60.0


def _done(job: CopyJob) -> str:
    job.begin()
    assert job.wait(_LIMIT_S)
    return "\n".join(map(t, job.said))


@pytest.fixture
def copies(tmp_path: Path) -> list[Path]:
    """Of two PCs, on each of which a pupil of 7A has handed in once."""
    files = []
    for number in (1, 2):
        with SqlResults(tmp_path / f"pc{number}" / "results.sqlite") as store:
            store.add(an_attempt(*add_pupils(store.roster(), "7A", ["Aysel"])))
        files.append(back_up(tmp_path / f"pc{number}" / "results.sqlite", tmp_path / f"pc{number}.sqlite").file)
    return files


@pytest.mark.parametrize("kind", [MakeCopy, PutBack, lambda file: PutTogether([file])])
def test_who_is_stopped_before_the_copy_is_whole_changes_nothing(
    kind: Callable[[Path], CopyJob], copies: list[Path], tmp_path: Path
) -> None:
    """Neither the results nor their folder nor the stick: there is no half copy."""
    wiring.results().close()
    (tmp_path / "stick").mkdir()
    job = kind(tmp_path / "stick" if kind is MakeCopy else copies[0])
    job.stop()
    assert _done(job) == ""
    assert job.problem is not None
    assert list((tmp_path / "stick").iterdir()) == []
    assert not list(wiring.data_folder().glob("results.before*"))
    with wiring.results() as store:
        assert store.attempts() == []


def test_what_came_before_the_results_were_out_of_reach_is_told(copies: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk may be full at the second copy: the first one is here, and where that is undone is told, too."""
    from lovhe.apps.teaching import wiring as teaching_wiring

    results = teaching_wiring.results_file()
    wiring.results().close()

    def _one_only() -> Path:
        with SqlResults(results) as store:
            return results if not store.attempts() else results.with_name("folder")

    results.with_name("folder").mkdir()
    job = PutTogether(copies)
    monkeypatch.setattr("lovhe.apps.teaching.wiring.results_file", _one_only)
    said = _done(job)
    assert isinstance(job.problem, ResultsError)
    assert f"{copies[0]}: 1 new result; here already: 0." in said
    assert "What was here before is in" in said


def test_copies_are_read_before_they_are_trusted(copies: list[Path], tmp_path: Path) -> None:
    """Those that cannot be used are told; the others are still good."""
    copies[0].write_bytes(copies[0].read_bytes()[:9000])
    job = LookIntoAll([*copies, tmp_path / "gone.sqlite"])
    said = _done(job)
    assert job.refused == [copies[0], tmp_path / "gone.sqlite"]
    assert [(one.file, one.attempts) for one in job.copied] == [(copies[1], 1)]
    assert str(copies[0]) in said


def test_copies_of_others_may_have_any_name(copies: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """But not the one of what was kept here before a merge."""
    (tmp_path / "results.before-2026-11-20-083000.sqlite").touch()
    monkeypatch.setattr(work_wiring, "stick_folders", lambda: [tmp_path])
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert {copy.file for copy in copies_of_others(tmp_path, tmp_path / "gone")} == set(copies)
