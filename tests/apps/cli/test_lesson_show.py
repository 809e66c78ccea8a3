"""A lesson is shown as its reader sees it, step by step, live while it is written; what a step begins with is copied."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.step_lesson import BLINK, step_lesson_files

from .terminal import Terminal

Command = Callable[..., tuple[str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A lesson that is being written, with a step of every kind, in English."""
    folder = tmp_path / "6-99-steps"
    for name, data in step_lesson_files().items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder


def test_each_step_has_the_form_of_its_kind(command: Command, folder: Path) -> None:
    """Wiring as table and drawing, choices with letters, numbered lines, gaps, what is checked; nothing is left in braces."""
    out, said = command("lesson", "show", str(folder))
    assert said == ""
    assert "| Light-emitting diode (LED) | anode | 220 Ω | IO2 |" in out
    assert "├─[220 Ω]─┤ IO2" in out
    assert "light-sensor" not in out  # the step builds the LED alone
    assert "- **b)** Again and again." in out
    assert re.search(r"\n     led = Pin\(2, Pin\.OUT\)\n\n  1  ", out)
    assert "1 of these lines does not belong." in out
    assert "time.sleep(____1)\n    ____2" in out
    assert "GAP_" not in out
    assert "- Title of steady" in out
    assert not re.search(r"^\{.*\}$", out, re.MULTILINE)
    assert "{#" not in out
    assert "The loop begins again each time." not in out  # that is said after the answer
    assert '--step sort --answer "3 1 2"' in out


def test_what_is_to_be_seen_stands_last_in_each_step(command: Command, folder: Path) -> None:
    """Question, program and checks come before it, wherever the text puts them."""
    out, _ = command("lesson", "show", str(folder), "--step", "own")
    assert out.index("What is checked:") < out.index("**You should see:** the thing of own")
    assert out.index("# TODO") < out.index("**You should see:**")
    assert "Title of guess" not in out


def test_the_teachers_page_lists_what_is_needed(command: Command, folder: Path) -> None:
    """Board, parts, resistors and wires are counted from the circuit."""
    out, _ = command("lesson", "show", str(folder), "--teacher")
    assert "| ESP32-DevKitC board | 1 |" in out
    assert "| resistor 220 Ω | 1 |" in out
    assert "| wire | 5 |" in out


def test_a_language_that_is_missing_is_said_to_be(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    """The lesson is shown in another one, and the kit's own words in that one, too."""
    from lovhe.apps.cli.main import main

    assert main(["lesson", "show", str(folder), "--lang", "ru"]) == 0
    out, said = capsys.readouterr()
    assert "Русский" in said
    assert "English" in said
    assert "What is checked:" in out


def test_a_step_that_is_not_there_is_refused(command: Command, folder: Path) -> None:
    """With the one that was meant."""
    _, said = command("lesson", "show", str(folder), "--step", "gap", code=2)
    assert "no step “gap”" in said
    assert "“gaps”" in said


def test_a_broken_lesson_is_one_clear_message(command: Command, folder: Path) -> None:
    """Where nobody watches, a preview ends with what is wrong."""
    (folder / "steps" / "gaps.py").unlink()
    out, said = command("lesson", "preview", str(folder), code=2)
    assert out == ""
    assert "steps/gaps.py is missing" in said


def test_a_preview_turns_pages_and_follows_the_files(folder: Path) -> None:
    """Keys turn pages; a change shows by itself; a mistake stands on top, over what could be read before."""
    terminal = Terminal("lesson", "preview", str(folder))
    terminal.until("A lighthouse")
    terminal.type("n")
    terminal.until("Title of start")
    terminal.type("\x1b[C")
    terminal.until("Title of build")
    text = (folder / "en.md").read_text()
    (folder / "en.md").write_text(text.replace("Title of build", "Wire it up"))
    terminal.until("Wire it up")
    (folder / "en.md").write_text(text.replace("{wiring}", ""))
    terminal.until("it does not show how to wire")
    terminal.type("q")
    assert terminal.end() == 0


def test_a_preview_does_not_begin_with_a_step_that_is_not_there(folder: Path) -> None:
    """It would show another page without a word."""
    terminal = Terminal("lesson", "preview", str(folder), "--step", "gap")
    terminal.until("no step “gap”")
    assert terminal.end() == 2


class _Tags(HTMLParser):
    """Counts the elements of a page, and whether each is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.count: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.count[tag] = self.count.get(tag, 0) + 1


def test_a_page_for_the_browser_holds_everything(command: Command, folder: Path, tmp_path: Path) -> None:
    """One file with the drawing in it, which loads nothing; what an author writes as HTML is text."""
    (folder / "en.md").write_text((folder / "en.md").read_text().replace("Once.", "Once <script>alert(1)</script>."))
    file = tmp_path / "lesson.html"
    command("lesson", "preview", str(folder), "--html", str(file))
    page = file.read_text(encoding="utf-8")
    tags = _Tags()
    tags.feed(page)
    assert tags.count["svg"] == 1
    assert tags.count["table"] >= 1
    assert "script" not in tags.count
    assert not re.search(r'(src|href)="', page)
    assert "@drawing" not in page


@pytest.mark.parametrize(
    ("step", "file", "begin"), [(None, "main.py", "# TODO"), ("sort", "sort.py", "import time"), ("gaps", "gaps.py", "____1")]
)
def test_what_a_step_begins_with_is_copied_but_never_over_a_file(
    command: Command, folder: Path, tmp_path: Path, step: str | None, file: str, begin: str
) -> None:
    """The second copy is refused, and the work that is there stays."""
    words = ["lesson", "copy", str(folder), str(tmp_path / "work"), *(["--step", step] if step else [])]
    command(*words)
    copy = tmp_path / "work" / file
    assert begin in copy.read_text()
    assert copy.read_text() != BLINK
    copy.write_text("mine\n")
    assert "somebody's work" in command(*words, code=2)[1]
    assert copy.read_text() == "mine\n"


def test_a_step_without_a_program_has_nothing_to_copy(command: Command, folder: Path, tmp_path: Path) -> None:
    """And no empty file is made."""
    command("lesson", "copy", str(folder), str(tmp_path / "work"), "--step", "build", code=2)
    assert not (tmp_path / "work").exists()
