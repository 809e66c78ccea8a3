"""Start-up: the time a pupil waits before anything happens."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.table import Row, command, paired

BIN = Path(sys.executable).parent


def rows() -> Iterator[Row]:
    """`lovhe --version` against `mpremote --version`, as whole processes."""
    ours, peer = paired(command([str(BIN / "lovhe"), "--version"]), command([str(BIN / "mpremote"), "--version"]))
    yield Row("lovhe --version", ours, "mpremote --version", peer)
    ours, peer = paired(command([str(BIN / "lovhe"), "lessons"]), command([str(BIN / "mpremote"), "devs"]))
    yield Row("lovhe lessons", ours, "mpremote devs", peer)
