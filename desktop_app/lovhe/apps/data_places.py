"""Practice and demonstrations keep what they make in a folder of their own: nothing of it comes among the user's data."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def data_in(folder: Path) -> Iterator[None]:
    """All data lie in `folder` meanwhile: those of this process and of all that it starts."""
    before = os.environ.get("LOVHE_DATA_DIR")
    os.environ["LOVHE_DATA_DIR"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["LOVHE_DATA_DIR"]
        else:
            os.environ["LOVHE_DATA_DIR"] = before
