"""`lovhe write`: it opens for a folder of lessons, and says in sentences why it cannot."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from lovhe.apps import wiring
from lovhe.apps.cli.main import main
from lovhe.apps.tui import opening
from lovhe.apps.workspace.desk import Desk
from lovhe.apps.workspace.wiring import load_desk, save_desk
from lovhe.core.pupils.group import Group

from .terminal import Terminal

Command = Callable[..., tuple[str, str]]
CTRL_Q, ESCAPE, F4, F6, ENTER = "\x11", "\x1b", "\x1bOS", "\x1b[17~", "\r"


def test_a_folder_that_is_not_there_is_told(command: Command, tmp_path: Path) -> None:
    """Before a screen is opened."""
    _, said = command("write", str(tmp_path / "nowhere"), code=2)
    assert "is no folder" in said
    assert "holds your lessons" in said


def test_without_a_terminal_the_other_commands_are_named(command: Command, tmp_path: Path) -> None:
    """In a pipe nothing could be shown."""
    _, said = command("write", str(tmp_path), code=3)
    assert "lovhe lesson lint" in said


def test_the_folder_is_the_one_that_is_said_or_the_last_one(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the kit's own, in a checkout."""
    opened: list[tuple[Path | None, str]] = []
    monkeypatch.setattr("lovhe.apps.cli.write._has_screen", lambda: True)
    monkeypatch.setattr(opening, "run_writer", lambda folder, language: opened.append((folder, language)) or 0)
    command("write")
    command("write", str(tmp_path))
    save_desk(Desk(lessons_folder=str(tmp_path)))
    command("write")
    assert opened == [(wiring.kit().root / "lessons", "en"), (tmp_path, "en"), (tmp_path, "en")]
    assert main(["write"]) == 0
    assert opened[-1] == (tmp_path, "")  # the app's own language stays


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    """One lesson of the kit."""
    folder = tmp_path / "lessons"
    shutil.copytree(wiring.kit().root / "lessons" / "6-01-blink", folder / "6-01-blink")
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
def test_in_a_real_terminal_a_slip_is_seen_and_the_editor_opens_at_its_line(
    lessons: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The editor draws in the same terminal, which the app takes back; a pupil's place at the desk stays theirs."""
    save_desk(Desk(language="en", group=Group(guest="somebody"), lesson="6-01-blink"))
    told, editor = tmp_path / "told", tmp_path / "vim"
    begin = f"#!{sys.executable}\nimport sys\n"
    editor.write_text(f"{begin}open({str(told)!r}, 'w').write('\\n'.join(sys.argv[1:]))\nprint('EDITING')\nsys.stdin.readline()\n", "utf-8")
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    terminal = Terminal("write", str(lessons))
    try:
        terminal.until("nothing to mend")
        toml = lessons / "6-01-blink" / "lesson.toml"
        toml.write_text(toml.read_text("utf-8").replace("minutes = 45", "minutes = 45\nminuts = 45"), "utf-8", newline="\n")
        terminal.until_all("1 error", "minuts")
        terminal.type(ENTER)
        terminal.type(ENTER)
        terminal.until("EDITING")
        line = toml.read_text("utf-8").split("\n").index("minuts = 45") + 1
        assert told.read_text("utf-8").split("\n") == [f"+{line}", str(toml)]
        terminal.type(ENTER)
        terminal.until("Lessons being written")
        terminal.type(F4)
        terminal.until("cannot be shown")
        terminal.type(ESCAPE)
        terminal.until("Lessons being written")
        terminal.type(ESCAPE)
        assert terminal.end() == 0
    finally:
        terminal.close()
    assert "Traceback" not in terminal.drawn
    desk = load_desk()
    assert desk.lessons_folder == str(lessons)
    assert desk.group == Group(guest="somebody")
    assert desk.lesson == "6-01-blink"


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_ctrl_q_in_the_middle_of_mutation_ends_all_of_it(lessons: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At once, without a word on the terminal, and nothing stays: neither interpreters nor folders."""
    pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")
    places = tmp_path / "temporary"
    places.mkdir()
    monkeypatch.setenv("TMPDIR", str(places))
    terminal = Terminal("write", str(lessons))
    try:
        terminal.until("nothing to mend")
        terminal.type(F6)
        terminal.until_like(r"[1-9]\d* of \d+\. Shift")
        terminal.type(CTRL_Q)
        assert terminal.end() == 0
    finally:
        terminal.close()
    assert "Traceback" not in terminal.drawn
    assert not list(places.iterdir())
    parent = f"parent={terminal.process.pid}".encode()
    assert not [line for line in Path("/proc").glob("[0-9]*/cmdline") if parent in _words_of(line)]


def _words_of(cmdline: Path) -> list[bytes]:
    try:
        return cmdline.read_bytes().split(b"\0")
    except OSError:  # it has just ended
        return []
