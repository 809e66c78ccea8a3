"""A PC that loses its power while a teacher works: what was done is there, the file is whole, and no half file has its final name."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
from lovhe.adapters.results_db.backups import look_into
from lovhe.adapters.results_db.store import SqlResults

_WORK = """
import itertools, sys
from pathlib import Path
from lovhe.adapters.results_db.backups import back_up
from lovhe.adapters.results_db.store import SqlResults
from lovhe.adapters.xlsx_writing import xlsx_bytes
from lovhe.apps.user_files import write_whole
from lovhe.core.tables import Sheet
from tests.school_classes import add_pupils
folder = Path(sys.argv[1])
with SqlResults(folder / "results.sqlite") as store:
    for number in itertools.count():
        add_pupils(store.roster(), f"{number % 9 + 1}{chr(65 + number // 9 % 26)}", [f"Ad{chr(97 + one)}" for one in range(20)])
        print("class", flush=True)
        store.audit().correct(f"pupil-{number}", "6-01-blink", number, "r" * 100)
        print("correction", flush=True)
        write_whole(folder / "marks.xlsx", xlsx_bytes([Sheet("a", [["n", number]] * 300)]))
        print("export", flush=True)
        back_up(folder / "results.sqlite", folder / f"copy{number}.sqlite")
        print("copy", flush=True)
"""


def kill_while_working(folder: Path, seed: int) -> str:
    """Kill it at a moment that `seed` chooses; what was going on. Fails where anything that was told as done is not there, or half."""
    process = subprocess.Popen([sys.executable, "-c", _WORK, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    told = [process.stdout.readline().strip()]
    time.sleep(random.Random(seed).uniform(0.0, 0.5))
    process.send_signal(signal.SIGKILL)
    told += process.stdout.read().split()
    process.stdout.close()
    process.wait()
    with SqlResults(folder / "results.sqlite") as store:
        assert store.is_whole()
        classes, count = store.roster().classes(), store.audit().head()[0]
        assert store.audit().faults() == []
    assert all(len(one.pupils) == 20 for one in classes)
    assert len(classes) - told.count("class") in (0, 1)
    assert count - told.count("correction") in (0, 1)
    copies = sorted(folder.glob("copy*.sqlite"))
    assert len(copies) - told.count("copy") in (0, 1)
    assert all(look_into(copy).attempts == 0 for copy in copies)
    if (folder / "marks.xlsx").exists():
        assert openpyxl.load_workbook(folder / "marks.xlsx").worksheets[0].max_row == 300
    else:
        assert "export" not in told
    return ("class", "correction", "export", "copy")[len(told) % 4]


@pytest.mark.parametrize("seed", range(12))
def test_a_power_cut_loses_nothing_that_was_done(tmp_path: Path, seed: int) -> None:
    """In the middle of taking over a list, of setting points, of a file for Excel, of a copy."""
    kill_while_working(tmp_path, seed)
