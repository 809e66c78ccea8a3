"""`lovhe results backup` and `restore`: onto a stick and back, and what is said when that cannot be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lovhe.apps import wiring
from lovhe.apps.attempts import record_attempt
from lovhe.apps.teaching.copies import read_copy_state
from lovhe.apps.workspace import wiring as work_wiring
from lovhe.core.checks.report import Report

from tests.school_classes import add_pupils

from .terminal import Terminal

Command = Callable[..., tuple[str, str]]


@pytest.fixture
def recorded(command: Command) -> None:
    """A class and two results."""
    with wiring.results() as store:
        add_pupils(store.roster(), "7A", ["Aysel"])
        for _ in range(2):
            record_attempt(store, wiring.kit().lesson("6-01-blink"), Report("6-01-blink", "passed", 1, 1, []), [], board="b", program="")


def _count() -> int:
    with wiring.results() as store:
        return len(store.attempts())


@pytest.mark.usefixtures("recorded")
def test_results_go_onto_the_stick_and_come_back(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the one stick that there is, under a name with the day; what was there before a copy came back is kept."""
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(work_wiring, "stick_folders", lambda: [stick])
    said = command("results", "backup")[1]
    [copy] = stick.glob("lovhe-results-*.sqlite")
    assert f"2 results are in {copy} (1 MB); the copy was read back." in said
    assert read_copy_state().is_up_to_date
    record_attempt_again()
    assert _count() == 3
    said = command("results", "restore", str(copy), "--yes")[1]
    assert "2 results are in" in said
    assert _count() == 2
    [kept] = wiring.data_folder().glob("results.before-*.sqlite")
    assert str(kept) in said
    command("results", "restore", str(kept), "--yes")
    assert _count() == 3


def record_attempt_again() -> None:
    """One more, after the copy."""
    with wiring.results() as store:
        record_attempt(store, wiring.kit().lesson("6-01-blink"), Report("6-01-blink", "passed", 1, 1, []), [], board="b", program="")


@pytest.mark.usefixtures("recorded")
def test_what_cannot_be_is_said(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to do, and the results as they were."""
    monkeypatch.setattr(work_wiring, "stick_folders", list)
    assert "There is no USB stick" in command("results", "backup", code=2)[1]
    monkeypatch.setattr(work_wiring, "stick_folders", lambda: [tmp_path, tmp_path / "other"])
    assert "several USB sticks" in command("results", "backup", code=2)[1]
    command("results", "backup", str(tmp_path / "copy.sqlite"))
    assert "already" in command("results", "backup", str(tmp_path / "copy.sqlite"), code=2)[1]
    assert "cannot be written" in command("results", "backup", str(tmp_path / "none" / "copy.sqlite"), code=2)[1]
    (tmp_path / "other.sqlite").write_bytes(b"hello" * 1000)
    assert "is no copy of results" in command("results", "restore", str(tmp_path / "other.sqlite"), "--yes", code=2)[1]
    assert "There is no file" in command("results", "restore", str(tmp_path / "none.sqlite"), "--yes", code=2)[1]
    assert _count() == 2


@pytest.mark.usefixtures("recorded")
def test_at_a_terminal_it_is_asked_first(command: Command, tmp_path: Path) -> None:
    """After a no all is as it was."""
    command("results", "backup", str(tmp_path / "copy.sqlite"))
    record_attempt_again()
    terminal = Terminal("results", "restore", str(tmp_path / "copy.sqlite"))
    try:
        terminal.until("Put them in the place")
        terminal.type("2")
        assert terminal.end() == 0
    finally:
        terminal.close()
    assert "Nothing was changed" in terminal.drawn
    assert _count() == 3
