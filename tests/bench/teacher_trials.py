"""Two hundred power cuts and two hundred full disks while a teacher takes lists over, sets points, writes tables, copies and merges.

No peer is known that promises anything of the kind; the rows stand beside what the kit has promised. A trial that leaves something half
done ends all. The full disk is a small one of its own, in memory; it takes a system where anybody may mount such a thing (`unshare`).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.bench.table import Row
from tests.teacher_trial import kill_while_working

TRIALS = 200
_SMALL_DISK = ["unshare", "--map-root-user", "--mount", "sh", "-c", 'mount -t tmpfs -o size=24m tmpfs "$0" && exec "$@"']


def rows() -> Iterator[Row]:
    """How many left everything whole, and at what they were."""
    kills = Counter(_killed(seed) for seed in range(TRIALS))
    yield Row("power cuts of a teacher's work after which all was whole", kills.total(), "promised", TRIALS, "n", _told(kills))
    full = _filled()
    yield Row("full disks in a teacher's work after which all was whole", full.total(), "promised", TRIALS, "n", _told(full))


def _killed(seed: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        return kill_while_working(Path(folder), seed)


def _filled() -> Counter[str]:
    with tempfile.TemporaryDirectory() as folder:
        trials = [sys.executable, "-m", "tests.teacher_trial", folder, "0", str(TRIALS)]
        done = subprocess.run([*_SMALL_DISK, folder, *trials], stdout=subprocess.PIPE, text=True, check=True)
    return Counter(done.stdout.split())


def _told(steps: Counter[str]) -> str:
    return ", ".join(f"{step} {count}" for step, count in sorted(steps.items()))
