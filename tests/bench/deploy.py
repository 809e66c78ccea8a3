"""Deploying to a running board: many small files and a few large ones, new and unchanged, against `mpremote cp`.

Both are whole processes that talk to the same virtual board over a line limited to 115,200 baud. Texts are this kit's own
sources, cut or repeated to size; the last row is noise, which nothing can compress.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.table import Row, seconds

BAUD_BD = 115200
BIN = Path(sys.executable).parent
SOURCES = Path(__file__).parent.parent.parent / "desktop_app" / "lovhe"

_PUT = """
import sys
from pathlib import Path
from lovhe.adapters.board_link import ReplLink
link = ReplLink(sys.argv[1])
link.put_files({f"/ours/{path.name}": path.read_bytes() for path in Path(sys.argv[2]).iterdir()})
link.close()
"""


def rows() -> Iterator[Row]:
    """A row for each set of files, first new on the board, then unchanged."""
    with _board() as serial_port, tempfile.TemporaryDirectory() as folder:
        for what, files in _sets().items():
            source = Path(folder) / what.replace(" ", "-")
            source.mkdir()
            for name, content in files.items():
                (source / name).write_bytes(content)
            _run(_mpremote(serial_port, "exec", _CLEAR))
            total = sum(map(len, files.values()))
            for state in ("new", "unchanged"):
                ours = seconds(lambda source=source: _run([sys.executable, "-c", _PUT, serial_port, str(source)]))  # type: ignore[misc]
                copy = _mpremote(serial_port, "fs", "cp", *(str(path) for path in sorted(source.iterdir())), ":/peer/")
                peer = seconds(lambda copy=copy: _run(copy))  # type: ignore[misc]
                limit = f"{total * 10 / BAUD_BD:.1f} s for {total} bytes as they are, at {BAUD_BD} baud" if state == "new" else ""
                yield Row(f"deploy {what}, {state}", ours, "mpremote cp", peer, limit=limit)


_CLEAR = """
import os
for folder in ('/ours', '/peer'):
    try:
        for name in os.listdir(folder): os.remove(folder + '/' + name)
    except OSError:
        os.mkdir(folder)
"""


def _sets() -> dict[str, dict[str, bytes]]:
    text = b"".join(path.read_bytes() for path in sorted(SOURCES.rglob("*.py")))
    noise = random.Random(1)
    return {
        "50 × 4 KB of text": {f"small{number:02}.py": text[number * 4096 : (number + 1) * 4096] for number in range(50)},
        "4 × 50 KB of text": {f"large{number}.py": text[number * 51200 : (number + 1) * 51200] for number in range(4)},
        "4 × 50 KB of noise": {f"noise{number}.bin": noise.randbytes(51200) for number in range(4)},
    }


def _mpremote(serial_port: str, *words: str) -> list[str]:
    return [str(BIN / "mpremote"), "connect", serial_port, *words]


def _run(words: list[str]) -> None:
    done = subprocess.run(words, capture_output=True, text=True, timeout=600)
    if done.returncode:
        raise RuntimeError(done.stderr or done.stdout)


@contextmanager
def _board() -> Iterator[str]:
    """The serial port of a freshly flashed virtual board with a limited line, in a data folder of its own."""
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "LOVHE_DATA_DIR": data, "XDG_RUNTIME_DIR": data}

        def lovhe(*words: str) -> str:
            return subprocess.run([str(BIN / "lovhe"), *words], env=environment, check=True, capture_output=True, text=True).stdout

        lovhe("board", "start", "--name", "bench", "--baud-limit", str(BAUD_BD), "--endpoint", "pty")
        try:
            [board] = json.loads(lovhe("boards", "--json"))
            lovhe("flash", board["serial_port"])
            yield board["serial_port"]
        finally:
            lovhe("board", "stop", "--all")
