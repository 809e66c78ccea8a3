"""Rows of the benchmark: what we did, what the peer did on the same work in the same run, and what physics allows."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence

import msgspec


class Row(msgspec.Struct, frozen=True):
    """One comparison. `ours` and `peer` are in `unit`; `limit` says what could not be beaten, "" where nothing is known."""

    what: str
    ours: float
    peer_name: str
    peer: float
    unit: str = "s"
    limit: str = ""

    @property
    def ratio(self) -> float:
        """Peer divided by ours: above 1 we need less."""
        return self.peer / self.ours if self.ours else float("inf")


def show(rows: Iterable[Row]) -> None:
    """Print the rows as they come, since some take minutes."""
    print(f"{'what':58} {'ours':>10} {'peer':>10}  {'peer/ours':>9}  peer; limit")
    for row in rows:
        peer = f"{row.peer_name}; {row.limit}" if row.limit else row.peer_name
        print(f"{row.what:58} {row.ours:8.3f} {row.unit:1} {row.peer:8.3f} {row.unit:1}  {row.ratio:8.1f}×  {peer}", flush=True)


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes, once."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def paired(ours: Callable[[], object], peer: Callable[[], object], runs: int = 5) -> tuple[float, float]:
    """The medians of both, run in turn after one warm-up each, so that a slow moment of the machine hits both."""
    ours()
    peer()
    times = [(seconds(ours), seconds(peer)) for _ in range(runs)]
    return statistics.median(pair[0] for pair in times), statistics.median(pair[1] for pair in times)


def command(words: Sequence[str]) -> Callable[[], object]:
    """A command as a whole process; it must succeed."""
    return lambda: subprocess.run(words, capture_output=True, check=True)
