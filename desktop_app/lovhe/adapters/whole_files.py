"""Files that are the old or the new ones after a power cut, never half of one."""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

_MOST_KEPT = 1_000
_WAITS_S = (0.01, 0.03, 0.1, 0.3)
"""Windows refuses to rename over a file that a virus scanner, an indexer or an editor looks into: for a moment, as a rule."""


def write_whole(path: Path, data: bytes, fresh: Path | None = None) -> None:
    """Write a file as `fresh` (beside it, "<name>.new"), flush it, then rename it to `path`. Raises `OSError`; `path` is then as it was."""
    fresh = fresh or path.with_name(f"{path.name}.new")
    if fresh.is_symlink():
        fresh.unlink()  # what it leads to is not ours to write
    try:
        with fresh.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        put_in_place(fresh, path)
    except OSError:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)  # half a file would fill a disk that is full
        raise


def put_in_place(fresh: Path, path: Path) -> None:
    """Rename `fresh`, already flushed, to `path`, and flush the folder where the system can. May wait half a second on Windows."""
    for wait_s in _WAITS_S if sys.platform == "win32" else ():
        try:
            fresh.replace(path)
            return
        except PermissionError:
            time.sleep(wait_s)
    fresh.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def keep_beside(file: Path) -> None:
    """Move what stands in `file`, whatever it is, to a name beside it that is free: "name.before" and so on. Raises `OSError`."""
    for number in range(1, _MOST_KEPT):
        kept = file.with_name(f"{file.stem}.before{number if number > 1 else ''}{file.suffix}")
        if not os.path.lexists(kept):
            put_in_place(file, kept)
            return
    raise OSError(errno.EEXIST, "too many old files lie beside it", str(file))
