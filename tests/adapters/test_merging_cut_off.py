"""A merge that is cut off, by a full disk or a lost power, leaves a file merged or not."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from lovhe.adapters.results_db.merging import merge
from lovhe.adapters.results_db.store import SqlResults
from lovhe.core.errors import ResultsError
from msgspec.structs import replace

from tests.merging_school import an_attempt, make_copies, make_pc, outcome

KILLS = int(os.environ.get("LOVHE_MERGE_KILLS", "6"))


def test_a_full_disk_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told, and once there is room, the same merge goes on."""
    here, there = (make_pc(tmp_path / name, "Aysel", "Murad")[0] for name in ("one", "two"))
    with SqlResults(there) as store:
        for _ in range(50):
            store.add(replace(an_attempt(), program="".join(random.Random(1).choices("abcdef", k=20_000))))
    before = outcome(here)
    with monkeypatch.context() as full:
        full.setattr("lovhe.adapters.results_db.opening._prepare", _full_at_pages(200))
        with pytest.raises(ResultsError, match="The disk is full"):
            merge(there, here)
    assert outcome(here) == before
    assert not list(here.parent.glob("*.incoming"))
    assert merge(there, here).attempts == 52


def _full_at_pages(pages: int) -> Callable[[sqlite3.Connection, object], None]:
    from lovhe.adapters.results_db import opening

    prepare = opening._prepare

    def prepared(connection: sqlite3.Connection, record: object) -> None:
        prepare(connection, record)  # type: ignore[arg-type]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    return prepared


_KILLED = """
import sys
from pathlib import Path
from lovhe.adapters.results_db.merging import merge
print("ready", flush=True)
sys.stdin.readline()
for copy in sys.argv[2:]:
    merge(Path(copy), Path(sys.argv[1]))
    print(copy, flush=True)
"""


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Five PCs' copies, with something to write, and what they come to."""
    folder = tmp_path_factory.mktemp("copies")
    copies = make_copies(folder, 5)
    for copy in copies:
        with SqlResults(copy) as store:
            for _ in range(40):
                store.add(replace(an_attempt(), program="x" * 20_000))
    for copy in copies:
        merge(copy, folder / "together")
    return copies


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_power_cut_leaves_a_file_merged_or_not(copies: list[Path], tmp_path: Path, seed: int) -> None:
    """Never half of one; done again, all comes to what it comes to without any."""
    results = tmp_path / "results.sqlite"
    with subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(results), *map(str, copies)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        process.stdout.readline()
        process.stdin.write("\n")
        process.stdin.flush()
        time.sleep(random.Random(seed).uniform(0.0, 1.0))
        process.send_signal(signal.SIGKILL)
        done = len(process.stdout.read().split())
    with SqlResults(results) as store:
        assert store.is_whole()
        programs = sum(one.program == "x" * 20_000 for one in store.attempts())
    assert programs in (40 * done, 40 * (done + 1))
    for copy in copies:
        merge(copy, results)
    assert outcome(results) == outcome(copies[0].with_name("together"))
