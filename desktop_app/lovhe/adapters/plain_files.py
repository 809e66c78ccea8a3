"""Files of a folder that nobody vouches for: no links, no devices that never answer, and no more bytes than asked for."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_plain(path: Path, most_bytes: int) -> bytes:
    """The whole file. Raises `OSError`: ELOOP for a link, EINVAL for what is no file, EFBIG for a longer one."""
    refuse_link(path)
    descriptor = os.open(path, _FLAGS)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is no file", str(path))
        pieces, left = [], most_bytes + 1
        while left > 0 and (piece := os.read(descriptor, left)):
            pieces.append(piece)
            left -= len(piece)
    finally:
        os.close(descriptor)
    if left <= 0:
        raise OSError(errno.EFBIG, "it is too big", str(path))
    return b"".join(pieces)


def refuse_link(path: Path) -> None:
    """Raise `OSError` (ELOOP) where `path` leads to another place."""
    if path.is_symlink():
        raise OSError(errno.ELOOP, "it is a link to another place", str(path))
