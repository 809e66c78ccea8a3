"""`lovhe results push` and `report`: what is told before anything is sent, and what comes out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from lovhe.apps import wiring
from lovhe.apps.attempts import record_attempt
from lovhe.core.checks.report import Report

from tests.postgres_server import PASSWORD, PostgresServer
from tests.school_classes import add_pupils

from .terminal import Terminal

Command = Callable[..., tuple[str, str]]


@pytest.fixture
def address(postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database in which there is nothing, for who names none."""
    address = postgres.new_database()
    monkeypatch.setenv("LOVHE_POSTGRES_URL", address)
    return address


@pytest.fixture
def recorded() -> None:
    """A class of two, one of whom has handed in something."""
    lesson = wiring.kit().lesson("6-01-blink")
    with wiring.results() as store:
        aysel, _ = add_pupils(store.roster(), "7A", ["Aysel", "Murad"])
        report = Report(lesson.id, "passed", 3, 3, [], step=lesson.goal.id if lesson.goal else "")
        record_attempt(store, lesson, report, [], board="b", program="", pupils=[aysel])


@pytest.mark.usefixtures("recorded", "address")
def test_what_goes_and_what_stays_is_told_before(command: Command) -> None:
    """The school is asked for once; the second time nothing is sent."""
    assert "--school" in command("results", "push", "--yes", code=2)[1]
    said = command("results", "push", "--school", "AZ-17", "--yes")[1]
    assert "as the school “AZ-17”, go:" in said
    assert "2 pupils: first name, number and class" in said
    assert "PINs, guests' attempts" in said
    assert "This school is new there." in said
    assert "1 attempt was sent" in said
    again = command("results", "push", "--yes")[1]
    assert "2 pupils of this school are there already." in again
    assert "0 attempts were sent; the others were there." in again
    assert "new or changed" not in again


@pytest.mark.usefixtures("recorded", "address")
def test_nothing_is_sent_without_a_yes(command: Command) -> None:
    """Where nobody can be asked it must be said; at a terminal it is asked."""
    assert "Give --yes" in command("results", "push", "--school", "AZ-17", code=2)[1]
    terminal = Terminal("results", "push", "--school", "AZ-17")
    try:
        terminal.until("Send it?")
        terminal.type("2")
        assert terminal.end() == 0
    finally:
        terminal.close()
    assert "Nothing was changed" in terminal.drawn
    assert command("results", "report", "--json")[0].strip() == "[]"


@pytest.mark.usefixtures("recorded", "address")
def test_a_report_is_shown_and_written(command: Command, tmp_path: Path) -> None:
    """A row a school, or a row a class of one school; on the screen, as JSON and for Excel."""
    command("results", "push", "--school", "AZ-17", "--yes")
    shown = command("results", "report")[0]
    assert "AZ-17" in shown
    assert "Lessons begun" in shown
    [row] = json.loads(command("results", "report", "--school", "AZ-17", "--json")[0])
    assert (row["name"], row["pupils"], row["begun"], row["points"] > 0, row["percent"] > 0) == ("7A", 2, 1, True, True)
    command("results", "report", "--csv", str(tmp_path / "r.csv"), "--xlsx", str(tmp_path / "r.xlsx"))
    assert "AZ-17" in (tmp_path / "r.csv").read_text("utf-8-sig")
    assert openpyxl.load_workbook(tmp_path / "r.xlsx").worksheets[0]["A2"].value == "AZ-17"
    assert "no pupils of a school “AZ-18”" in command("results", "report", "--school", "AZ-18", code=2)[1]


def test_which_database_must_be_said(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """And one that is not there is told."""
    monkeypatch.delenv("LOVHE_POSTGRES_URL", raising=False)
    assert "LOVHE_POSTGRES_URL" in command("results", "report", code=2)[1]
    assert "cannot be reached" in command("results", "push", "--to", "postgresql://u@127.0.0.1:1/d", "--yes", code=3)[1]


@pytest.mark.usefixtures("recorded")
def test_no_password_comes_into_the_log(command: Command, address: str, data_dir: Path) -> None:
    """Neither of what goes well nor of what fails."""
    command("results", "push", "--to", address, "--school", "AZ-17", "--yes")
    command("results", "report", "--from", f"{address}x", code=2)
    said = command("results", "report", "--from", address.replace(PASSWORD, "geheim"), code=2)[1]
    log = (data_dir / "lovhe.log").read_text("utf-8")
    assert PASSWORD not in log + said
    assert "geheim" not in log + said
