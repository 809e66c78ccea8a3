"""From a program file to a verdict on the screen and a result on the disk, where no board is needed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from lovhe.apps.cli.main import main
from lovhe.services.ports import BoardInfo

LESSON = "6-01-blink"
SLIP = "from machine import Pin\nwhile True\n    pass\n"


@pytest.fixture
def slip(tmp_path: Path) -> Path:
    """A program whose second line lacks its colon."""
    file = tmp_path / "main.py"
    file.write_text(SLIP)
    return file


@pytest.mark.parametrize(("code", "line"), [("az", "2 nömrəli sətir"), ("ru", "Строка 2"), ("en", "Line 2")])
def test_a_slip_in_the_text_is_told_with_its_line_before_anything_is_sent(
    slip: Path, code: str, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """No board is there, and none is needed: the program is judged failed, in the user's language."""
    assert main(["check", LESSON, str(slip), "--lang", code]) == 1
    assert line in capsys.readouterr().out


def test_json_holds_what_a_program_needs(slip: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object: lesson, outcome, points, total, and for each check id, outcome, expected, seen, hint."""
    assert main(["check", LESSON, str(slip), "--json", "--lang", "en"]) == 1
    captured = capsys.readouterr()
    report = json.loads(captured.out)
    assert captured.err == ""
    assert {name: report[name] for name in ("lesson", "outcome", "points")} == {"lesson": LESSON, "outcome": "failed", "points": 0}
    assert report["total"] > 0
    assert report["checks"][0]["id"] == "syntax"
    assert {check["outcome"] for check in report["checks"][1:]} == {"skipped"}
    assert all(set(check) == {"id", "outcome", "expected", "seen", "hint"} for check in report["checks"])


def test_a_verdict_is_recorded_listed_exported_and_judged_again(slip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What `check` recorded, `results` shows, writes as a table, and replays to the same verdict."""
    main(["check", LESSON, str(slip), "--lang", "en"])
    verdict = capsys.readouterr().out
    assert main(["results", "--json", "--csv", str(tmp_path / "class.csv"), "--lang", "en"]) == 0
    (result,) = json.loads(capsys.readouterr().out)
    assert (result["lesson"], result["outcome"], result["points"]) == (LESSON, "failed", 0)

    assert main(["results", "--lang", "en"]) == 0
    assert result["id"][:13] in capsys.readouterr().out

    table = list(csv.reader(io.StringIO((tmp_path / "class.csv").read_bytes().decode("utf-8-sig"), newline="")))
    assert len(table) == 2
    assert table[1][1] == LESSON
    assert table[1][-1] == result["id"]

    assert main(["results", "replay", result["id"][:13], "--lang", "en"]) == 1
    assert capsys.readouterr().out == verdict


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["check", "no-such-lesson", "x.py"], 2),
        (["check", LESSON], 2),
        (["check", LESSON, "no such file.py"], 2),
        (["check", LESSON, "."], 2),
        (["check", LESSON, "{file}", "--virtual", "--port", "COM3"], 2),
        (["check", LESSON, "{file}", "--port", "/dev/no-such-port"], 3),
        (["check", LESSON, "{file}", "--port", "rfc2217://127.0.0.1:9"], 3),
        (["check", LESSON, "{file}"], 3),
        (["run", "no such file.py"], 2),
        (["run", "{file}", "--for", "soon"], 2),
        (["run", "{file}", "--port", "/dev/no-such-port"], 3),
        (["deploy", "no-such-lesson", "--port", "x"], 2),
        (["deploy", LESSON, "--port", "no-such-board"], 3),
        (["flash", "/dev/no-such-port"], 3),
        (["flash", "--all"], 3),
        (["lesson", "show", "../../etc"], 2),
        (["lesson", "test"], 2),
        (["lesson", "test", "no-such-lesson"], 2),
        (["board", "stop", "no-such-board"], 3),
        (["board", "set", "no-such-board", "light=20%"], 3),
        (["board", "set", "x", "light"], 2),
        (["board", "start", "--lesson", LESSON, "--circuit", "x.toml"], 2),
        (["results", "replay", "0"], 2),
        (["results", "--csv", "no such folder/x.csv"], 2),
        (["results", "--csv"], 2),
        (["check", LESSON, ".", "--virtual"], 2),
        (["board", "start", "--chip", "esp8266"], 2),
    ],
)
def test_bad_input_is_one_clear_message(
    words: list[str], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2 for bad input, 3 for no board; two sentences at least, nothing on standard output, no traceback."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("serial.tools.list_ports.comports", list)
    (tmp_path / "ok.py").write_text("print(1)\n")
    assert main([word.replace("{file}", "ok.py") for word in words] + ["--lang", "en"]) == code
    captured = capsys.readouterr()
    assert captured.out == "" or words[0] == "flash"  # flashing ends in a table, of failures too
    lines = [line for line in captured.err.splitlines() if not line.endswith("…")]
    assert len(lines) == 2, captured.err
    assert "Traceback" not in captured.err
    assert "did not foresee" not in captured.err


def test_a_flash_of_nobody_knows_which_board_asks_for_names(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`flash` takes names as they are and has no --port: its message must not send anybody there."""
    boards = [BoardInfo(name=name, serial_port=name, chip="esp32", virtual=True, state="ready") for name in ("desk", "door")]
    monkeypatch.setattr("lovhe.apps.wiring.find_boards", lambda: boards)
    assert main(["flash", "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert "desk, door" in said
    assert "--all" in said
    assert "--port" not in said


def test_doctor_names_the_log_file_and_says_what_to_do(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each finding that is not right has a next step."""
    main(["doctor", "--json", "--lang", "en"])
    findings = json.loads(capsys.readouterr().out)
    assert any(str(data_dir / "lovhe.log") in finding["what"] for finding in findings)
    assert all(finding["next_step"] for finding in findings if finding["outcome"] != "passed")
    assert {"Python", "Lessons", "Results", "Disk"} <= {finding["subject"] for finding in findings}


def test_doctor_says_when_the_results_are_damaged(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And leaves the file alone."""
    data_dir.mkdir()
    (data_dir / "results.sqlite").write_bytes(b"no database")
    assert main(["doctor", "--lang", "en"]) == 1
    assert "not a results file" in capsys.readouterr().out
    assert (data_dir / "results.sqlite").read_bytes() == b"no database"


@pytest.mark.parametrize("code", ["az", "ru", "en"])
def test_lessons_are_shown_in_the_users_language(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Titles and texts are the author's, in three languages."""
    assert main(["lessons", "--json", "--lang", code]) == 0
    lessons = json.loads(capsys.readouterr().out)
    assert LESSON in [lesson["id"] for lesson in lessons]
    assert main(["lesson", "show", LESSON, "--lang", code]) == 0
    assert capsys.readouterr().out.startswith("# " + lessons[0]["title"])
