"""`lovhe` alone opens the app in a terminal that can show one; everything else is the command line."""

from __future__ import annotations

import subprocess
import sys

import pytest
from lovhe.apps import entry
from lovhe.apps.tui import opening


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ([], ""),
        (["--lang", "ru"], "ru"),
        (["--lang=az"], "az"),
        (["--lang", "de"], None),
        (["--lang"], None),
        (["ru"], None),
        (["lessons"], None),
        (["--lang", "ru", "lessons"], None),
        (["--version"], None),
    ],
)
def test_only_a_language_may_stand_behind_the_app_s_name(words: list[str], language: str | None) -> None:
    """Words that name a command are never swallowed."""
    assert entry.app_language(words) == language


def test_the_app_opens_in_the_language_that_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """`lovhe --lang ru` in a terminal."""
    opened: list[str] = []
    monkeypatch.setattr(entry, "can_show_an_app", lambda: True)
    monkeypatch.setattr(opening, "run_app", lambda language: opened.append(language) or 0)
    assert entry.main(["--lang", "ru"]) == 0
    assert opened == ["ru"]


def test_without_a_terminal_the_help_is_shown() -> None:
    """In a pipe, or where the terminal is dumb."""
    assert not entry.can_show_an_app()
    run = subprocess.run(
        [sys.executable, "-m", "lovhe", "--lang", "en"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60
    )
    assert run.returncode == 0
    assert "lessons" in run.stdout


def test_what_breaks_before_the_first_screen_is_told_in_sentences(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No traceback, whatever happens; the log has it."""

    def broken(self: object) -> None:
        raise RuntimeError("a line of a traceback")

    monkeypatch.setattr("lovhe.apps.tui.app.LovheApp.__init__", broken)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert opening.run_app() == 1
    told = capsys.readouterr().err
    assert "did not foresee" in told
    assert "traceback" not in told.lower().replace("lovhe.log", "")
