"""The commands on boards made of software: real MicroPython, real esptool, a real serial line."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lovhe.apps.cli.main import main

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")

LESSONS = Path(__file__).parent.parent.parent / "lessons"
BLINK = "6-01-blink"
SOLUTION = LESSONS / BLINK / "solution.py"
PATIENCE_S = 30.0
TOO_FAST = LESSONS / BLINK / "wrong" / "too_fast.py"


class Cli:
    """Runs commands and reads what they print."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.said = ""
        """What the last command told the person in front of the screen."""

    def __call__(self, *words: object, code: int = 0) -> str:
        """What the command prints; fails unless it ends with `code`."""
        self._capsys.readouterr()
        ended = main([*map(str, words), "--lang", "en"])
        said = self._capsys.readouterr()
        self.said = said.err
        assert ended == code, said.err + said.out
        assert "Traceback" not in said.err
        return said.out

    def json(self, *words: object, code: int = 0) -> Any:
        """The command's JSON."""
        return json.loads(self(*words, "--json", code=code))


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command line on a PC without real boards."""
    monkeypatch.setattr("serial.tools.list_ports.comports", list)
    return Cli(capsys)


@pytest.fixture
def board(cli: Cli) -> Iterator[str]:
    """A running virtual board with the first lesson's circuit, not flashed yet; its name."""
    (started,) = cli.json("board", "start", "--name", f"desk-{os.getpid()}", "--lesson", BLINK)
    yield started["name"]
    main(["board", "stop", "--all"])


def test_a_right_program_passes_in_virtual_time(cli: Cli) -> None:
    """Exit code 0 and every check passed; the run is recorded and replays to the very same verdict."""
    report = cli.json("check", BLINK, SOLUTION, "--virtual")
    assert report["outcome"] == "passed"
    assert report["points"] == report["total"] > 0
    assert {check["outcome"] for check in report["checks"]} == {"passed"}
    (result,) = cli.json("results")
    assert cli.json("results", "replay", result["id"]) == report


def test_a_wrong_program_fails_with_what_was_expected_seen_and_a_hint(cli: Cli) -> None:
    """Exit code 1, and the check that the program's author names is the first to fail."""
    report = cli.json("check", BLINK, TOO_FAST, "--virtual", code=1)
    failed = [check for check in report["checks"] if check["outcome"] == "failed"]
    assert f"# caught by: {failed[0]['id']}" in TOO_FAST.read_text("utf-8").splitlines()[0]
    assert all(failed[0][part] for part in ("expected", "seen", "hint"))
    assert report["points"] < report["total"]


def test_a_lesson_is_proved_with_all_its_programs(cli: Cli) -> None:
    """Exit code 0: all solutions pass, all wrong programs are caught by the check they name, the starter does not pass."""
    trials = cli.json("lesson", "test", BLINK)["programs"]
    assert {trial["program"] for trial in trials} == {
        path.relative_to(LESSONS / BLINK).as_posix() for path in (LESSONS / BLINK).glob("**/*.py")
    }
    assert all(trial["right"] for trial in trials)


def test_a_board_outlives_its_command_and_not_its_stop(cli: Cli, board: str) -> None:
    """It is listed with its serial port while it runs, its surroundings can be changed, and nothing of it stays behind."""
    (listed,) = cli.json("boards")
    assert (listed["name"], listed["virtual"], listed["chip"]) == (board, True, "esp32")
    assert listed["serial_port"].startswith("rfc2217://127.0.0.1:")
    cli("board", "set", board, "colour=blue", code=2)
    cli("board", "stop", board)
    assert cli.json("boards") == []
    _until(lambda: _processes_of(board) == [])


def _until(condition: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline_s
        time.sleep(0.05)


def _processes_of(board: str) -> list[str]:
    """Command lines of this user's processes that name the board (Linux; elsewhere the registry has said it already)."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if f'"name":"{board}"' in line and int(folder.name) != os.getpid():
            found.append(line)
    return found


def test_the_main_job_from_an_empty_board_to_a_result(cli: Cli, board: str, tmp_path: Path) -> None:
    """Flash, deploy, run, check in real time over the serial line, record; a second flash writes nothing."""
    (flashed,) = cli.json("flash", board)
    assert flashed["ok"]
    assert flashed["written"] > 0
    _until(lambda: cli.json("boards")[0]["state"] == "ready")  # that nobody has its line any more is told a moment later
    (listed,) = cli.json("boards")
    cli("deploy", BLINK, "--port", board)

    hello = tmp_path / "hello.py"
    hello.write_text("import time\nprint('salam')\nwhile True:\n    time.sleep(0.1)\n")
    assert "salam" in cli("run", hello, "--port", listed["serial_port"], "--for", "1s")
    assert "The time is over" in cli.said
    hello.write_text("import time\nprint('salam')\nled.on()\n")
    assert "salam" in cli("run", hello, code=1)
    assert "Line 3: The name “led” is not known. (NameError)" in cli.said
    hello.write_text("n = 0\nwhile True:\n    n += 1\n    print('salam', n)\n")
    cli("run", hello, "--for", "2s")
    assert cli.said.endswith("The time is over, and the program was stopped.\n")  # and the board was not reset
    hello.write_text("while True\n    pass\n")
    cli("run", hello, code=1)
    assert cli.said.startswith("hello.py: Line 1: ")
    cli("check", "6-02-button-light", LESSONS / "6-02-button-light" / "solution.py", code=2)
    assert "board start --lesson 6-02-button-light" in cli.said

    report = cli.json("check", BLINK, SOLUTION)
    assert report["outcome"] == "passed"
    (result,) = cli.json("results")
    assert result["board"] == board

    (again,) = cli.json("flash", board, "--keep-files")
    assert again["ok"]
    assert again["written"] < flashed["written"] / 10
