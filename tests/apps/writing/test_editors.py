"""The writer's own editor opens at the line; nothing goes through a shell."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from lovhe.apps.writing.editors import Jump, jump_to, open_here, open_in_own_window
from lovhe.core.errors import InputError

from .conftest import Waits

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="its editors are scripts for a POSIX system")


def _editor(folder: Path, name: str) -> Path:
    """A real program, which writes down what it was asked for."""
    folder.mkdir(parents=True, exist_ok=True)
    told = folder / f"{name}.told"
    script = folder / name
    script.write_text(f"#!{sys.executable}\nimport sys\nopen({str(told)!r}, 'w').write('\\n'.join(sys.argv[1:]) + '\\n')\n", "utf-8")
    script.chmod(0o755)
    return told


@pytest.mark.parametrize(
    ("name", "options", "words", "here"),
    [
        ("code", "", ["--goto", "{file}:7"], False),
        ("codium", "--wait", ["--wait", "--goto", "{file}:7"], False),
        ("subl", "", ["{file}:7"], False),
        ("hx", "", ["{file}:7"], True),
        ("vim", "", ["+7", "{file}"], True),
        ("nano", "-w", ["-w", "+7", "{file}"], True),
        ("emacs", "-nw", ["-nw", "+7", "{file}"], True),
        ("gedit", "", ["+7", "{file}"], False),
        ("kate", "", ["--line", "7", "{file}"], False),
        ("nobody-knows-it", "", ["{file}"], True),
    ],
)
def test_each_editor_is_told_the_line_in_its_own_way(name: str, options: str, words: list[str], here: bool, tmp_path: Path) -> None:
    """One that nobody knows gets the file alone, and the terminal."""
    _editor(tmp_path / "bin", name)
    file = tmp_path / "lesson.toml"
    jump = jump_to(file, 7, {"EDITOR": f"{name} {options}", "PATH": str(tmp_path / "bin")})
    assert jump is not None
    assert jump.words == [str(tmp_path / "bin" / name), *(word.format(file=file) for word in words)]
    assert jump.needs_terminal is here


def test_visual_comes_before_editor_and_vs_code_where_neither_is_said(tmp_path: Path) -> None:
    """And without all of them there is none."""
    for name in ("code", "vim", "nano"):
        _editor(tmp_path, name)
    file, path = tmp_path / "en.md", {"PATH": str(tmp_path)}
    cases = [({"VISUAL": "nano", "EDITOR": "vim"}, "nano"), ({"EDITOR": "vim"}, "vim"), ({}, "code"), ({"EDITOR": " "}, "code")]
    for environment, wanted in cases:
        jump = jump_to(file, None, {**path, **environment})
        assert jump is not None
        assert jump.words == [str(tmp_path / wanted), str(file)]
    assert jump_to(file, 1, {"PATH": str(tmp_path / "nowhere")}) is None
    assert jump_to(file, 1, {"EDITOR": "is-not-there", **path}) is None


def test_a_name_that_a_shell_would_obey_is_a_name(tmp_path: Path, wait_for: Waits) -> None:
    """Spaces, quotation marks and commands in a path stand in one word, and nothing is run."""
    told = _editor(tmp_path / "with space", "code")
    file = tmp_path / "a; touch made $(touch made) 'b' & \"c\".md"
    file.touch()
    jump = jump_to(file, 3, {"VISUAL": f"'{told.with_name('code')}'", "PATH": os.environ["PATH"]})
    assert jump is not None
    assert not jump.needs_terminal
    open_in_own_window(jump)
    wait_for(lambda: told.exists() and told.read_text("utf-8").endswith("\n"), "the editor")
    assert told.read_text("utf-8").split("\n")[:-1] == ["--goto", f"{file}:3"]
    open_here(jump)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([file.name, "with space"])


def test_an_editor_that_cannot_be_started_is_told(tmp_path: Path) -> None:
    """With the file, to be opened by hand."""
    for start in (open_here, open_in_own_window):
        with pytest.raises(InputError, match=r"cannot be started.*VISUAL or EDITOR.*en\.md"):
            start(Jump([str(tmp_path / "gone"), "en.md"], needs_terminal=True))
