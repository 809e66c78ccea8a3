"""Folders for boards that live as long as a test does; what a process that was killed has left behind is put away by the next one."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

_BENCH = re.compile(r"lovhe-bench-([0-9]+)-.+")


@contextmanager
def bench_folder() -> Iterator[Path]:
    """A fresh folder, gone at the end."""
    _tidy_up()
    with tempfile.TemporaryDirectory(prefix=f"lovhe-bench-{os.getpid()}-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@cache
def _tidy_up() -> None:
    """Once in a process: remove the folders whose own process has ended without doing it. Other users' cannot be, and stay."""
    from lovhe.virtual.process.process_life import start_marker

    for folder in Path(tempfile.gettempdir()).glob("lovhe-bench-*"):
        found = _BENCH.fullmatch(folder.name)
        if found is not None and start_marker(int(found[1])) is None:
            shutil.rmtree(folder, ignore_errors=True)
