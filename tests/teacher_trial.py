"""What a teacher does on a PC that loses its power, or has no room left: what was done is there, and nothing is half.

`python -m tests.teacher_trial FOLDER` works until it is killed. With SEED COUNT behind it, it works COUNT times until the disk is full, at
moments that SEED chooses: FOLDER is to be a small disk of its own; where it is none, the system takes no more bytes into any one file.
"""

from __future__ import annotations

import itertools
import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest
from lovhe.adapters.results_db.backups import back_up, look_into
from lovhe.adapters.results_db.merging import merge
from lovhe.adapters.results_db.store import SqlResults
from lovhe.adapters.xlsx_writing import xlsx_bytes
from lovhe.apps.user_files import write_whole
from lovhe.core.errors import LovheError
from lovhe.core.tables import Sheet
from lovhe.services.ports.drafts import Draft

from tests.merging_school import an_attempt
from tests.school_classes import add_pupils

STEPS = ("class", "correction", "export", "copy", "merge")
_PUPILS, _ROWS, _ATTEMPTS = 20, 300, 8
_TYPED = [Draft("0123456789abcdef01234567", "6-01-blink/make.txt", b"print(1)\n" * 2000)]
_LONGEST_S = 0.5
_OTHERS = 8  # more than there are rounds in little room
_LEAST, _MOST = 2_000, 900_000  # bytes that are free: from less than any step needs to enough for some rounds


def make_others(folder: Path) -> list[Path]:
    """Other PCs' results: a class and some attempts each."""
    files = [folder / f"other{number}.sqlite" for number in range(_OTHERS)]
    for number, file in enumerate(files):
        with SqlResults(file) as store:
            add_pupils(store.roster(), f"11{chr(65 + number)}", ["Aysel"])
            for _ in range(_ATTEMPTS):
                store.add(an_attempt())
    return files


def work(folder: Path, others: Sequence[Path], rounds: Iterable[int], order: Sequence[str] = STEPS) -> Iterator[str]:
    """One step after another in this order, with another class in each round; each step is told when it is done."""
    results = folder / "results.sqlite"
    with SqlResults(results) as store:
        for number in rounds:
            name = f"{number % 9 + 1}{chr(65 + number // 9 % 26)}"
            for step in order:
                if step == "class":
                    add_pupils(store.roster(), name, [f"Ad{chr(97 + one)}" for one in range(_PUPILS)])
                elif step == "correction":
                    store.audit().correct(f"pupil-{number}", "6-01-blink", number, "r" * 100)
                elif step == "export":
                    write_whole(folder / "marks.xlsx", xlsx_bytes([Sheet("a", [["n", number]] * _ROWS)]))
                elif step == "copy":
                    back_up(results, folder / f"copy{number}.sqlite", drafts=lambda: _TYPED)
                else:
                    merge(others[number % len(others)], results)
                yield step


def look(folder: Path, told: Sequence[str], more: int = 0) -> None:
    """All that was told as done is there, and at most so many steps more; nothing is half."""
    done = Counter(told)
    with SqlResults(folder / "results.sqlite") as store:
        assert store.is_whole()
        classes, corrections, attempts = store.roster().classes(), store.audit().head()[0], len(store.attempts())
        assert store.audit().faults() == []
    listed = [one for one in classes if not one.name.startswith("11")]
    assert all(len(one.pupils) == _PUPILS for one in listed)
    assert len(listed) - done["class"] in range(more + 1)
    assert corrections - done["correction"] in range(more + 1)
    assert attempts % _ATTEMPTS == 0
    assert attempts // _ATTEMPTS - min(done["merge"], _OTHERS) in range(more + 1)
    copies = sorted(folder.glob("copy*.sqlite"))
    assert len(copies) - done["copy"] in range(more + 1)
    assert all(look_into(copy).attempts % _ATTEMPTS == 0 for copy in copies)
    if (folder / "marks.xlsx").exists():
        assert openpyxl.load_workbook(folder / "marks.xlsx").worksheets[0].max_row == _ROWS
    else:
        assert not done["export"]


def kill_while_working(folder: Path, seed: int) -> str:
    """Kill it at a moment that `seed` chooses, and look; at which step it was."""
    with subprocess.Popen([sys.executable, "-m", "tests.teacher_trial", str(folder)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [process.stdout.readline().strip()]
        time.sleep(random.Random(seed).uniform(0.0, _LONGEST_S))
        process.kill()
        told += process.stdout.read().split()
    look(folder, told, 1)
    return STEPS[len(told) % len(STEPS)]


def fill_up(folder: Path, others: Sequence[Path], seed: int) -> str:
    """Work until there is no room, look, make room, and work on; at which step it was."""
    pc = folder / "pc"
    pc.mkdir()
    SqlResults(pc / "results.sqlite").close()
    told, chosen = list[str](), random.Random(seed)
    order = chosen.sample(STEPS, len(STEPS))
    with pytest.raises(LovheError), _little_room(folder, int(_LEAST * (_MOST / _LEAST) ** chosen.random())):
        told.extend(work(pc, others, itertools.count(), order))
    look(pc, told)
    assert not [path for path in pc.iterdir() if path.name.endswith((".new", ".incoming"))]
    look(pc, [*told, *work(pc, others, [len(told) // len(STEPS) + 1])])
    shutil.rmtree(pc)
    return order[len(told) % len(STEPS)]


@contextmanager
def _little_room(folder: Path, free: int) -> Iterator[None]:
    if os.path.ismount(folder):
        ballast = folder / "ballast"
        with ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(folder).free - free)
        try:
            yield
        finally:
            ballast.unlink()
        return
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (free, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def main(place: str, *trials: str) -> None:
    """See the module."""
    folder = Path(place)
    others = make_others(folder)
    if trials:
        seed, count = map(int, trials)
        for one in range(count):
            print(fill_up(folder, others, seed + one), flush=True)
    else:
        for step in work(folder, others, itertools.count()):
            print(step, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
