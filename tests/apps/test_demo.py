"""`lovhe demo` is the main job without questions; whoever runs it sees all of it and keeps nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")


def test_the_demo_shows_the_whole_job_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """Three boards flashed; a right, a wrong and a misspelt program judged as they should be; under a minute; no trace."""
    began = time.monotonic()
    home, data = tmp_path / "home", tmp_path / "data"
    home.mkdir()
    environment = {**os.environ, "HOME": str(home), "LOVHE_DATA_DIR": str(data), "LOVHE_RUNTIME_DIR": str(tmp_path), "TMPDIR": str(home)}
    command = [sys.executable, "-m", "lovhe.apps.cli.main", "demo", "--lang", "en"]
    run = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr + run.stdout
    assert time.monotonic() - began < 60
    assert run.stdout.count("done") == 3
    assert "✓ passed  8 points of 8." in run.stdout
    assert run.stdout.count("Hint:") == 2
    assert "Line " in run.stdout
    assert "demo-3: 100 % written" in run.stderr
    assert not data.exists()
    assert list(home.iterdir()) == []
    assert list((tmp_path / "boards").glob("*.json")) == []
