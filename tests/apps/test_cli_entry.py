"""Whatever a user types, there is a clear answer, in their language, with the right exit code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from lovhe.apps.cli import root
from lovhe.apps.cli.main import main


def test_without_arguments_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody meets an empty screen."""
    assert main(["--lang", "en"]) == 0
    assert "lesson" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [["frobnicate"], ["flash", "--frob"], ["check"], ["board"], ["board", "start", "--count", "many"], ["board", "start", "--count", "0"]],
)
@pytest.mark.parametrize("code", ["az", "ru", "en"])
def test_bad_use_is_told_in_the_users_language_with_exit_code_2(words: list[str], code: str, capsys: pytest.CaptureFixture[str]) -> None:
    """click's own sentences too; nothing goes to standard output."""
    assert main([*words, "--lang", code]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.strip().splitlines()) == 2
    cyrillic = any("а" <= letter <= "я" for letter in captured.err.lower())
    assert cyrillic == (code == "ru")
    if code == "az":
        assert any(letter in captured.err for letter in "əışğçöü")
    if code == "en":
        assert captured.err.isascii()


@pytest.mark.parametrize(
    "words", [["--lang", "ru", "flash", "--help"], ["flash", "--help", "--lang", "ru"], ["flash", "--lang=ru", "--help"]]
)
def test_the_language_may_be_given_before_and_after_the_command(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """And help follows it, headings included."""
    assert main(words) == 0
    out = capsys.readouterr().out
    assert "плат" in out
    assert "Options" not in out
    assert "Usage" not in out


def test_help_follows_the_language_of_each_call(capsys: pytest.CaptureFixture[str]) -> None:
    """One process may serve two languages, one after the other."""
    main(["flash", "--help", "--lang", "en"])
    english = capsys.readouterr().out
    main(["flash", "--help", "--lang", "az"])
    azerbaijani = capsys.readouterr().out
    main(["flash", "--help", "--lang", "en"])
    assert capsys.readouterr().out == english != azerbaijani


def test_a_language_that_is_none_of_ours_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """With the three there are."""
    assert main(["boards", "--lang", "tr"]) == 2
    assert "'az', 'ru', 'en'" in capsys.readouterr().err


def test_what_nobody_foresaw_is_one_sentence_and_a_log_entry(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data_dir: Path
) -> None:
    """A user never meets a traceback; whoever helps them does, in the log file."""

    def fail() -> None:
        raise ZeroDivisionError("not foreseen at all")

    monkeypatch.setattr(root, "root", fail)
    assert main(["--lang", "en", "boards"]) == 3
    err = capsys.readouterr().err
    assert "Traceback" not in err
    assert str(data_dir / "lovhe.log") in err
    log = (data_dir / "lovhe.log").read_text("utf-8")
    assert "Traceback" in log
    assert "not foreseen at all" in log


def test_a_log_that_cannot_be_written_stops_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data_dir: Path
) -> None:
    """A full or locked disk: the sentence is still shown."""
    data_dir.write_text("a file where the folder should be")
    monkeypatch.setattr(root, "root", lambda: 1 / 0)
    assert main(["--lang", "en", "boards"]) == 3
    assert "did not foresee" in capsys.readouterr().err


def test_ctrl_c_ends_quietly(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 130, as shells expect, and one word."""

    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(root, "root", interrupt)
    assert main(["--lang", "en", "boards"]) == 130
    assert capsys.readouterr().err == "Stopped.\n"


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    """`lovhe --help | head -1` prints its line and nothing else."""
    script = "import sys; from lovhe.apps.cli.main import main; sys.exit(main(['--help', '--lang', 'en']))"
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.parametrize("encoding", ["cp1254", "cp866", "ascii"])
@pytest.mark.parametrize("code", ["az", "ru", "en"])
def test_an_old_console_loses_letters_not_the_command(encoding: str, code: str) -> None:
    """A console that lacks ə or ж shows a question mark there."""
    command = [sys.executable, "-X", "utf8=0", "-m", "lovhe.apps.cli.main", "--help", "--lang", code]
    run = subprocess.run(command, capture_output=True, env={"PYTHONIOENCODING": encoding, "PATH": ""}, timeout=60)
    assert run.returncode == 0, run.stderr
    assert b"lovhe" in run.stdout


def test_no_colour_reaches_a_file_or_one_who_wants_none() -> None:
    """Standard output that is no terminal gets no escape sequence."""
    run = subprocess.run([sys.executable, "-m", "lovhe.apps.cli.main", "--help"], capture_output=True, timeout=60)
    assert b"\x1b" not in run.stdout + run.stderr
