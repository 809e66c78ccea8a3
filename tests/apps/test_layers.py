"""What may be imported where, looked at in real processes and in every file."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent.parent / "desktop_app" / "lovhe"
HEAVY = {"esptool", "sqlalchemy", "alembic", "textual", "mpremote", "rich", "serial", "littlefs", "lovhe.adapters", "lovhe.virtual"}
POSIX_ONLY = {"fcntl", "termios", "tty", "pty", "resource", "pwd", "grp", "syslog", "posix"}


def _imported_by(code: str) -> set[str]:
    report = "; import sys; print('\\n'.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code + report], capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    return set(run.stdout.split())


def test_the_version_is_told_without_heavy_imports() -> None:
    """`lovhe --version` answers at once: nothing heavy is imported for it."""
    modules = _imported_by("from lovhe.apps.cli.main import main; assert main(['--version']) == 0")
    assert "lovhe.apps.cli.root" in modules
    assert not HEAVY & modules


def test_no_command_of_the_command_line_imports_textual_or_a_tool_at_its_top() -> None:
    """Help for all commands needs their modules alone; Textual is the app's."""
    imports = "; ".join(
        f"import lovhe.apps.cli.{path.stem}" for path in sorted((SOURCE / "apps" / "cli").glob("*.py")) if path.stem != "__init__"
    )
    assert not HEAVY & _imported_by(imports)


_FROM_ANY_THREAD = ("decoding", "syntax_tree")


def _imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module or ""


@pytest.mark.parametrize("path", sorted((SOURCE / "core").rglob("*.py")), ids=lambda path: path.stem)
def test_core_needs_msgspec_and_the_standard_library_alone(path: Path) -> None:
    """No I/O library, no clock, no third-party package but msgspec; of threads nothing but a lock, where two at a time end in a fault."""
    allowed = set(sys.stdlib_module_names) - {"os", "pathlib", "time", "datetime", "socket", "subprocess", "threading", "random", "sqlite3"}
    if path.stem in _FROM_ANY_THREAD:
        allowed.add("threading")
        assert set(re.findall(r"\bthreading\.(\w+)", path.read_text("utf-8"))) == {"Lock"}
    assert {name.split(".")[0] for name in _imports_of(path)} <= allowed | {"msgspec", "lovhe"}


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_posix_modules_are_imported_for_virtual_boards_alone(path: Path) -> None:
    """All the rest works on Windows; a terminal's keys have a module with each system's way behind a look at it."""
    if "virtual" not in path.relative_to(SOURCE).parts and path.name != "keyboard.py":
        assert not POSIX_ONLY & set(_imports_of(path))
