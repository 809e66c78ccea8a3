"""A lock between programs, which ends with the process that holds it, however that ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def file_lock(file: Path, wait_s: float) -> Iterator[bool]:
    """Hold a lock on `file` meanwhile; False where another process still has it after `wait_s`. Raises `OSError`."""
    from filelock import FileLock, Timeout  # most commands lock nothing

    try:
        held = FileLock(file, timeout=wait_s, poll_interval=0.02, preserve_lock_file=True).acquire()
    except Timeout:
        yield False
        return
    with held:
        yield True
