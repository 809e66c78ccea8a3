"""The author's commands: what they print, and the exit codes that a script can rely on."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lovhe.apps import wiring
from lovhe.core.lessons.schema import schema_text

from tests.services.small_lesson import DARK, small_lesson_files
from tests.step_lesson import step_lesson_files

from .terminal import Terminal

Command = Callable[..., tuple[str, str]]

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")


def write(folder: Path, files: dict[str, bytes]) -> str:
    """The files in a folder."""
    for name, data in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return str(folder)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[str]:
    """The folder of a lesson that is judged in a second."""
    wiring.kit.cache_clear()
    yield write(tmp_path / "6-99-small", small_lesson_files())
    wiring.kit.cache_clear()


def test_a_lesson_that_is_right_is_shown_whole_and_one_that_is_not_ends_with_1(small: str, command: Command) -> None:
    """Alone every program is listed; a mistake that passes is marked, and a script sees it."""
    out, said = command("lesson", "test", small)
    assert out.count("✓") == 4
    assert "Judging 4 programs" in said
    assert "All programs were judged as they should be: 4." in said
    Path(small, "wrong", "dark.py").write_text("# caught by: stays\n" + DARK, "utf-8")
    out, said = command("lesson", "test", small, code=1)
    assert [line.split()[:4] for line in out.splitlines() if line.startswith("✗")] == [["✗", "wrong/dark.py", "stays", "on,"]]
    assert "1 program of 4 was not judged as it should be." in said


def test_with_repeat_only_what_is_wrong_is_listed(small: str, command: Command) -> None:
    """Three rounds of four programs, all right: nothing to look at."""
    out, said = command("lesson", "test", small, "--repeat", "3")
    assert out == ""
    assert "12" in said


def test_weak_checks_are_named(small: str, command: Command) -> None:
    """A check without a mistake of its own, in words and as JSON."""
    Path(small, "wrong", "goes_out.py").unlink()
    out, said = command("lesson", "test", small)
    assert "No wrong program is caught by the check “stays”." in out
    assert "1 check is weak." in said
    weak = json.loads(command("lesson", "test", small, "--json")[0])["weak"]
    assert [(one["check"], one["weakness"]) for one in weak] == [("stays", "uncaught")]


def test_survivors_are_listed_with_file_and_line(small: str, command: Command) -> None:
    """A line that no check sees; `--at-least` makes it a condition."""
    solution = Path(small, "solution.py")
    solution.write_text(solution.read_text("utf-8").replace("    pass", "    led.value()"), "utf-8")
    out, _ = command("lesson", "mutate", small)
    assert "solution.py:5  led.value()  →  (left out)" in out
    told = json.loads(command("lesson", "mutate", small, "--json", "--at-least", "100", code=1)[0])
    assert [(change["line"], change["fate"]) for change in told["lessons"][0]["changes"] if change["before"] == "led.value()"] == [
        (5, "survived")
    ]
    assert 0 < told["percent"] < 100


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("test",), 2),
        (("test", "6-01-blink", "--all"), 2),
        (("lint",), 2),
        (("mutate",), 2),
        (("mutate", "6-01-blink", "--limit", "0"), 2),
        (("test", "6-01-blink", "--port", "desk"), 2),
        (("test", "6-01-blink", "--pace", "human"), 2),
        (("test", "--all", "--real"), 2),
        (("test", "6-01-blink", "--real"), 3),  # there is no board
        (("new", "--grade", "6"), 2),
        (("new", "--grade", "0", "--order", "1", "--slug", "a", "--parts", "led"), 2),
        (("new", "--grade", "6", "--order", "1", "--slug", "A b", "--parts", "led"), 2),
        (("new", "--grade", "6", "--order", "1", "--slug", "a", "--parts", "laser"), 2),
        (("new", "--grade", "6", "--order", "1", "--slug", "a", "--parts", "led", "--board", "uno"), 2),
        (("lint", "no-such-lesson"), 2),
    ],
)
def test_what_cannot_be_meant_is_answered_in_a_sentence(
    words: tuple[str, ...], code: int, command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Exit code 2 for words, 3 for boards, and nothing is made."""
    monkeypatch.chdir(tmp_path)
    _, said = command("lesson", *words, code=code)
    assert said.strip()
    assert "did not foresee" not in said
    assert not list(tmp_path.glob("6-*"))


def test_lint_names_file_line_and_mend(tmp_path: Path, command: Command) -> None:
    """One line for what is wrong, one for the mend; exit code 1 for errors alone."""
    files = step_lesson_files()
    folder = write(tmp_path / "6-99-steps", files)
    out, said = command("lesson", "lint", folder)
    assert "✗" not in out
    assert "this language is missing." in out
    Path(folder, "lesson.toml").write_bytes(files["lesson.toml"].replace(b'answer = "always"', b'answer = "allways"'))
    line = files["lesson.toml"].decode().split("\n").index('answer = "always"') + 1
    out, said = command("lesson", "lint", folder, code=1)
    assert (
        f"✗ lesson.toml:{line}  step “guess”, answer: the right answer is none of the choices: “allways”.\n    Did you mean “always”?"
        in out
    )
    assert "1 error." in said
    (error,) = [one for one in json.loads(command("lesson", "lint", folder, "--json", code=1)[0]) if one["severity"] == "error"]
    assert (error["file"], error["line"], error["key"]) == ("lesson.toml", line, "step “guess”, answer")


def test_a_new_lesson_can_be_tested_and_nothing_is_overwritten(tmp_path: Path, command: Command) -> None:
    """The folder passes the lint but for its TODOs; asked for again, it is left as it is."""
    words = (
        "new",
        "--grade",
        "7",
        "--order",
        "3",
        "--slug",
        "lamp",
        "--title",
        'A "lamp"',
        "--parts",
        "led,button",
        "--folder",
        str(tmp_path),
    )
    out, _ = command("lesson", *words)
    folder = Path(out.strip())
    assert folder == tmp_path / "7-03-lamp"
    command("lesson", "lint", str(folder))
    out, _ = command("lesson", "test", str(folder))
    assert out.count("✓") == 6
    assert tomllib.loads((folder / "en.md").read_text("utf-8").split("+++\n")[1])["title"] == "A ”lamp”"
    before = {path: path.read_bytes() for path in folder.glob("**/*.*")}
    _, said = command("lesson", *words, code=2)
    assert "is there already" in said
    assert {path: path.read_bytes() for path in folder.glob("**/*.*")} == before


def test_new_asks_in_a_terminal_for_what_is_not_said(tmp_path: Path) -> None:
    """One question after another, each until the answer can be meant."""
    answers = {
        "Which grade": "eight",
        "from 1 to 12": "8",
        "Which place": "2",
        "English name": "wind",
        "Its title?": "Wind",
        "Which parts": "led",
    }
    terminal = Terminal("lesson", "new", "--folder", str(tmp_path))
    try:
        for question, answer in answers.items():
            while question not in terminal.drawn:
                assert terminal._read(20.0), terminal.drawn
            terminal.type(f"{answer}\n")
        assert terminal.end() == 0
    finally:
        terminal.close()
    assert (tmp_path / "8-02-wind" / "lesson.toml").is_file()


def test_the_schema_is_printed_or_written(tmp_path: Path, command: Command) -> None:
    """On standard output for other programs, or into a file as UTF-8."""
    assert command("lesson", "schema")[0] == schema_text()
    command("lesson", "schema", str(tmp_path / "schema.json"))
    assert (tmp_path / "schema.json").read_bytes() == schema_text().encode()
    command("lesson", "schema", str(tmp_path / "no" / "schema.json"), code=2)
