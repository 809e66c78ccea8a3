"""A bar for work that is counted, once it takes longer than half a second; nothing where there is no terminal to draw on."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

_AFTER_S = 0.5


@contextmanager
def progress_bar(total: int) -> Iterator[Callable[[], None]]:
    """Yields what to call, from any thread, each time one of `total` pieces is done. The bar goes away at the end."""
    if not sys.stderr.isatty() or os.environ.get("TERM", "") in ("dumb", "unknown"):
        yield lambda: None
        return
    bar = _Bar(total)
    try:
        yield bar.advance
    finally:
        bar.end()


class _Bar:
    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._begin_s = time.monotonic()
        self._lock = threading.Lock()
        self._progress: Progress | None = None

    def advance(self) -> None:
        with self._lock:
            self._done += 1
            if self._progress is None and time.monotonic() - self._begin_s > _AFTER_S:
                self._progress = self._start()
            if self._progress is not None:
                self._progress.update(self._progress.task_ids[0], completed=self._done)

    def _start(self) -> Progress:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

        from lovhe.apps.cli.output import rich_console

        progress = Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=rich_console(err=True), transient=True)
        progress.add_task("", total=self._total)
        progress.start()
        return progress

    def end(self) -> None:
        with self._lock:
            if self._progress is not None:
                self._progress.stop()
