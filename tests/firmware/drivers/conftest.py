"""Runs drivers of the board on fake wires, by real MicroPython and by CPython."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ..conftest import FIRMWARE, interpreter

BOARD = Path(__file__).parents[1] / "board"
PRELUDE = "import json\nfrom fake_wires import *\nimport fake_time\ndef tell(*things):\n    print(json.dumps(things))\n"
Driven = Callable[[str], list[Any]]


def _drive(name: str, source: str, folder: Path) -> list[Any]:
    script = folder / "script.py"
    script.write_text(PRELUDE + source, encoding="utf-8")
    command = [*interpreter(name), "drive_part.py", str(FIRMWARE / "lib"), str(script)]
    done = subprocess.run(command, capture_output=True, timeout=120, cwd=BOARD)
    assert done.returncode == 0, (done.stdout + done.stderr).decode()[-3000:]
    said = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return [things[0] if len(things) == 1 else things for things in said]


@pytest.fixture(params=["micropython", "cpython"])
def drive(request: pytest.FixtureRequest, tmp_path: Path) -> Driven:
    """What a script `tell`s, a value for each call, on both interpreters."""
    return lambda source: _drive(request.param, source, tmp_path)


@pytest.fixture
def drive_micropython(tmp_path: Path) -> Driven:
    """The same on MicroPython alone, for what CPython lacks."""
    return lambda source: _drive("micropython", source, tmp_path)
