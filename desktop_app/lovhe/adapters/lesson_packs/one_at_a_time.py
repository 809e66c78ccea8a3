"""Only one command at a time changes a folder: the others wait, and a command that was killed locks nobody out."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_GLANCE_S = 0.02


@contextmanager
def file_lock(file: Path, wait_s: float) -> Iterator[bool]:
    """Hold a lock on `file` meanwhile; False where another process still has it after `wait_s`. Raises `OSError`."""
    deadline_s = time.monotonic() + wait_s
    with file.open("ab") as held:
        while not (locked := _try_lock(held.fileno())) and time.monotonic() < deadline_s:
            time.sleep(_GLANCE_S)
        yield locked


def _try_lock(descriptor: int) -> bool:
    """Lock an open file until it is closed; False when another process has it."""
    try:
        if sys.platform == "win32":
            import msvcrt  # only there on Windows

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # only there on POSIX

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
