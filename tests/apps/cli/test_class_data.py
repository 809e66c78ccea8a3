"""`lovhe class export` and `erase`: what is said, and what is asked."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lovhe.apps import wiring
from lovhe.apps.workspace.wiring import load_desk, save_desk
from lovhe.core.pupils.group import Group

from tests.school_classes import add_pupils

from .terminal import Terminal

Command = Callable[..., tuple[str, str]]


@pytest.fixture
def seven_a(command: Command) -> None:
    """A class of two; Aysel sits at the desk."""
    with wiring.results() as store:
        aysel, _ = add_pupils(store.roster(), "7A", ["Aysel", "Murad"])
    desk = load_desk()
    desk.sit_down(Group(pupils=(aysel,)))
    save_desk(desk)


def _names() -> list[str]:
    with wiring.results() as store:
        return [pupil.first_name for pupil in store.roster().classes()[0].pupils]


@pytest.mark.usefixtures("seven_a")
def test_a_pupils_data_are_written_and_then_erased(command: Command, tmp_path: Path) -> None:
    """Nobody who is erased sits at the desk."""
    file = tmp_path / "aysel.zip"
    assert "All that is kept of Aysel is in" in command("class", "export", "7A", "1", str(file))[1]
    assert "pupil.json" in zipfile.ZipFile(file).namelist()
    (tmp_path / "mine.txt").write_text("mine")
    assert "may hold somebody's work" in command("class", "export", "7A", "1", str(tmp_path / "mine.txt"), code=2)[1]
    assert "nobody can be asked here" in command("class", "erase", "7A", "1", code=2)[1]
    assert "The pupil was erased, with 0 attempts." in command("class", "erase", "7A", "1", "--yes")[1]
    assert _names() == ["Murad"]
    assert load_desk().group is None
    assert "nobody has the number 1" in command("class", "erase", "7A", "1", "--yes", code=2)[1]
    assert "1 change by hand" in command("results", "audit")[0]


@pytest.mark.usefixtures("seven_a")
@pytest.mark.parametrize(("answer", "left"), [("2", ["Aysel", "Murad"]), ("1", ["Aysel"])])
def test_at_a_terminal_it_is_asked_first(answer: str, left: list[str]) -> None:
    """By name and number."""
    terminal = Terminal("class", "erase", "7A", "2")
    try:
        terminal.until("Erase Murad (7A, number 2) for good?")
        terminal.type(answer)
        assert terminal.end() == 0
    finally:
        terminal.close()
    assert _names() == left
