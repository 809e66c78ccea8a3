"""Where the interpreter has no wheel and POSIX's modules are missing, as on Windows, all but virtual boards works."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "desktop_app" / "lovhe"
POSIX_ONLY = ("fcntl", "termios", "pty", "tty", "resource", "grp", "pwd", "micropython_run", "micropython_unix")
RUNS_AS_A_SCRIPT = {
    "lovhe.virtual.interpreter.engine_host",
    "lovhe.virtual.interpreter.sandbox",
}  # only ever in the interpreter's own process

WITHOUT_POSIX = f"""
import builtins, importlib.util, sys

real_import, real_find_spec = builtins.__import__, importlib.util.find_spec

# For our own modules only: pyserial and others choose by the system, and this one is POSIX.
def without_posix(name, globals=None, *rest, **named):
    if name.partition(".")[0] in {POSIX_ONLY!r} and ((globals or {{}}).get("__name__") or "").startswith("lovhe"):
        raise ModuleNotFoundError("No module named " + repr(name), name=name)
    return real_import(name, globals, *rest, **named)

builtins.__import__ = without_posix
importlib.util.find_spec = lambda name, package=None: None if name.startswith("micropython") else real_find_spec(name, package)
"""


def python(code: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `code` in a Python that lacks POSIX's modules."""
    environment = os.environ | {"LOVHE_DATA_DIR": str(folder), "LOVHE_RUNTIME_DIR": str(folder), "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", WITHOUT_POSIX + code, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env=environment,
        check=False,
    )


def modules() -> list[str]:
    """All modules of the package that run in a process of ours."""
    paths = (path.relative_to(PACKAGE.parent).with_suffix("") for path in sorted(PACKAGE.rglob("*.py")))
    names = [".".join(path.parts).removesuffix(".__init__") for path in paths if "guest" not in path.parts]
    left_out = RUNS_AS_A_SCRIPT | {"lovhe.__main__"}
    return [name for name in names if name not in left_out and ".migrations." not in name]


def test_every_module_can_be_imported_without_posix(tmp_path: Path) -> None:
    """No module needs what Windows has not, before a virtual board is asked for."""
    code = "import importlib\nfor name in sys.argv[1:]:\n    importlib.import_module(name)\nprint(len(sys.argv) - 1)"
    done = python(code, tmp_path, *modules())
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) > 50


def test_asking_for_a_virtual_board_says_that_this_pc_has_none(tmp_path: Path) -> None:
    """A teacher on Windows learns in words why there is no virtual board, and exit code 3 tells a script."""
    program = tmp_path / "blink.py"
    program.write_text("print('a')\n", encoding="utf-8")
    code = "from lovhe.apps.cli.main import main\nsys.exit(main(sys.argv[1:]))"
    done = python(code, tmp_path, "--lang", "en", "check", "6-01-blink", str(program), "--virtual")
    assert done.returncode == 3
    assert "Virtual boards do not run on this PC" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [["lessons"], ["boards"], ["results"], ["lesson", "show", "6-01-blink"], ["doctor"]])
def test_commands_without_a_board_work(words: list[str], tmp_path: Path) -> None:
    """Lessons, boards, results and the doctor need nothing of POSIX."""
    done = python("from lovhe.apps.cli.main import main\nsys.exit(main(sys.argv[1:]))", tmp_path, "--lang", "en", *words)
    assert done.returncode in (0, 3 if words == ["doctor"] else 0), done.stderr
    assert "Traceback" not in done.stderr
    assert "did not foresee" not in done.stderr
