"""Runs board code on real MicroPython and on CPython, with the fake chip of `board/`, and reads the evidence back."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.frames import FrameDecoder

ROOT = Path(__file__).parents[2]
FIRMWARE = ROOT / "firmware"
BOARD = Path(__file__).parent / "board"


class Run:
    """What came out of one program: raw bytes, evidence, and what was left behind on the board."""

    def __init__(self, output: bytes) -> None:
        self.output, _, after = output.rpartition(b"after:")
        decoder = FrameDecoder()
        self.events: list[Event] = decoder.feed(self.output) + decoder.finish()
        self.after: dict[str, Any] = json.loads(after)

    def of(self, kind: str) -> list[Event]:
        return [event for event in self.events if event.kind == kind]

    def args(self, kind: str) -> list[list[Any]]:
        return [event.args for event in self.of(kind)]

    @property
    def text(self) -> str:
        return "".join(event.args[0] for event in self.of("text"))

    @property
    def end(self) -> list[Any]:
        return self.events[-1].args

    def levels(self, gpio: int) -> list[tuple[int, int]]:
        """(milliseconds, level) of one pin."""
        pairs = [(e.t_ms, e.args[i], e.args[i + 1]) for e in self.of("level") for i in range(0, len(e.args), 2)]
        return [(t_ms, level) for t_ms, number, level in pairs if number == gpio]


def interpreter(name: str) -> list[str]:
    """The command that starts MicroPython or CPython."""
    if name == "cpython":
        return [sys.executable, "-B"]
    found = shutil.which("micropython", path=str(Path(sys.executable).parent))
    if not found:
        pytest.skip("MicroPython has no wheel for this system")
    return [found]


def start(name: str, script: str, *arguments: str) -> bytes:
    """Run a script of `board/` and return what it printed."""
    command = [*interpreter(name), str(BOARD / script), *arguments]
    done = subprocess.run(command, capture_output=True, timeout=120, cwd=BOARD)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    assert not done.stderr, done.stderr
    return done.stdout


@pytest.fixture(params=["micropython", "cpython"])
def run(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., Run]:
    """Runs a program's source under trace on the named interpreter."""

    def run(source: str, /, **options: Any) -> Run:
        program = tmp_path / "program.py"
        program.write_text(source, encoding="utf-8")
        return Run(start(request.param, "drive.py", str(FIRMWARE / "lib"), str(program), json.dumps(options)))

    return run


@pytest.fixture(params=["micropython", "cpython"])
def start_file(request: pytest.FixtureRequest) -> Callable[..., bytes]:
    """Runs one file of `firmware/` as the board does at start."""

    def start_file(name: str, **options: Any) -> bytes:
        return start(request.param, "start.py", str(FIRMWARE / name), json.dumps(options))

    return start_file


@pytest.fixture
def firmware() -> Path:
    """The folder `firmware/`."""
    return FIRMWARE


@pytest.fixture
def micropython() -> Callable[..., Run]:
    """Runs `drive.py` with these arguments on MicroPython."""
    return lambda *arguments: Run(start("micropython", "drive.py", *arguments))
