"""A line that loses and flips bytes: files are whole or there is an error for a person, never a traceback or a hang."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from lovhe.adapters.board_link import ReplLink
from lovhe.apps import wiring
from lovhe.core.errors import LovheError
from lovhe.virtual.line.faults import Faults

from tests.services.boards import powered_board

LESSON = wiring.kit().lesson("6-01-blink")
FILES = {"/lib/data.bin": random.Random(3).randbytes(5_000), "/main.py": b"print('new')\n" * 50}


@pytest.mark.parametrize("seed", range(4))
def test_a_bad_line_never_leaves_a_half_file(tmp_path: Path, seed: int) -> None:
    """Over a noisy line a deploy ends well or with one of our errors, in bounded time; what the board holds is old or new."""
    faults = Faults(seed=seed)
    with powered_board(tmp_path, LESSON, main=b"print('old')\n", faults=faults) as board:
        link = ReplLink("desk", board.line)
        faults.drop_rate, faults.flip_rate = (1e-3, 0.0) if seed % 2 else (0.0, 1e-3)
        begin = time.monotonic()
        try:
            link.put_files(FILES)
        except LovheError:
            pass
        assert time.monotonic() - begin < 60
        faults.drop_rate = faults.flip_rate = 0.0
        link.close()
        clean = ReplLink("desk", board.line)
        assert clean.execute("print(open('/main.py').read(20), end='')").replace(b"\r\n", b"\n")[:12] in (b"print('old')", b"print('new')")
        assert clean.put_files(FILES) in (0, 1, 2)
        assert clean.put_files(FILES) == 0
        clean.close()
