"""Make a board's files equal given ones: what differs goes over in one compressed stream, and is read back before it counts.

Three steps: one question (SHA-256 of every file, or "all equal"), the changed contents in compressed pieces, one order to
compare and rename. A power cut leaves every file old or new, and half-written ones under another name, which the next
question removes.
"""

from __future__ import annotations

import hashlib
import logging
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from lovhe.adapters import board_scripts
from lovhe.core.errors import BoardError, BoardSilentError, InputError
from lovhe.core.messages import N_

log = logging.getLogger(__name__)

PIECE_BYTES = 6144
"""Compressed bytes sent at once: a bytes literal the board's heap has room for. 0.5 s at 115,200 baud."""

WINDOW_BITS = 12
"""The board needs a window of 4 KB to unpack."""

_MAX_PLAIN = 48 * 1024
_ATTEMPTS = 2


class Repl(Protocol):
    """What this module needs of a raw REPL: run code, get its output and its traceback ("" when it went well)."""

    def run(self, code: bytes, timeout_s: float) -> tuple[bytes, str]: ...


def put_files(repl: Repl, where: str, files: Mapping[str, bytes], progress: Callable[[int, int], None] | None = None) -> int:
    """Make the board's files equal `files`; return how many were written. `where` is the serial port, for errors.

    `progress(bytes_done, bytes_total)` counts the contents that have to be sent. Raises `InputError` for a path that is no
    absolute one, `BoardError` when the flash is full or a file cannot be written, `BoardSilentError`.
    """
    files = dict(sorted(files.items()))
    for path in files:
        _check_path(path)
    for _ in range(_ATTEMPTS):
        changed, twins = _differences(repl, where, files)
        if not changed and not twins:
            return 0
        if _write(repl, where, {path: files[path] for path in changed}, list(files), progress):
            return len(changed)
    raise BoardSilentError(
        N_("What the board at {serial_port} has stored is not what was sent.", serial_port=where),
        N_("Take a shorter cable and try again. The old files are still on the board."),
    )


def digest(content: bytes) -> bytes:
    """What the board's `_lh` answers for a file with this content."""
    return hashlib.sha256(content).digest()[: board_scripts.DIGEST_BYTES]


def digest_of_all(files: Mapping[str, bytes]) -> bytes:
    """What the board's `_la` finds when every file is there, equal and without a twin."""
    return digest(b"".join(digest(content) for content in files.values()))


def pieces(content: bytes) -> Iterator[tuple[bytes, int]]:
    """`content` cut into pieces: each one compressed for itself, and its length before that."""
    begin, size = 0, 16 * 1024
    while begin < len(content):
        size = min(size, _MAX_PLAIN)
        packed = _compress(content[begin : begin + size])
        while len(packed) > PIECE_BYTES:
            size = max(1024, size * PIECE_BYTES // len(packed) * 15 // 16)
            packed = _compress(content[begin : begin + size])
            if size == 1024:
                break
        taken = min(size, len(content) - begin)
        yield packed, taken
        begin += taken
        # The next piece of a file compresses about as well as this one.
        size = max(1024, taken * PIECE_BYTES // len(packed) * 15 // 16)


def _compress(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, WINDOW_BITS)
    return packer.compress(data) + packer.flush()


def _differences(repl: Repl, where: str, files: Mapping[str, bytes]) -> tuple[list[str], bool]:
    """Paths whose content differs, and whether a `.mpy` stands beside a `.py` that would hide it."""
    timeout_s = 15.0 + sum(map(len, files.values())) / 20_000
    answer = _answers(repl, where, board_scripts.ask(list(files), digest_of_all(files)).encode(), timeout_s)
    if answer == ["="]:
        return [], False
    if len(answer) != len(files):
        raise _garbled(where)
    found = dict(zip(files, answer, strict=True))
    changed = [path for path, content in files.items() if found[path].rstrip("+") != digest(content).hex()]
    return changed, any(line.endswith("+") for line in answer)


def _write(repl: Repl, where: str, changed: Mapping[str, bytes], paths: list[str], progress: Callable[[int, int], None] | None) -> bool:
    """Send `changed` and put it into place; False when something was read back wrong, and nothing was renamed."""
    content = b"".join(changed.values())
    done = 0
    try:
        if content or changed:
            sizes = {path: len(data) for path, data in changed.items()}
            _answers(repl, where, board_scripts.begin_writing(sizes).encode(), 15.0, dotted=False)
        for packed, taken in pieces(content):
            _answers(repl, where, board_scripts.chunk(packed), 30.0, dotted=False)
            done += taken
            if progress is not None:
                progress(done, len(content))
        order = board_scripts.finish_writing(list(changed), [digest(data) for data in changed.values()], paths)
        bad = _answers(repl, where, order.encode(), 15.0 + len(content) / 20_000)
    except BoardError:
        _give_up(repl, list(changed))
        raise
    if bad:
        log.warning("%s: read back wrong: %s", where, bad)
        _give_up(repl, list(changed))
    return not bad


def _answers(repl: Repl, where: str, code: bytes, timeout_s: float, *, dotted: bool = True) -> list[str]:
    """Run `code` and return its marked lines; `dotted` code must end with the line `.`."""
    output, traceback = repl.run(code, timeout_s)
    if traceback:
        raise storing_error(where, traceback)
    lines = [line.rstrip("\r").partition(board_scripts.MARK) for line in output.decode("utf-8", "replace").split("\n")]
    marked = [line for _, mark, line in lines if mark]
    if not dotted:
        return marked
    if not marked or marked[-1] != ".":
        raise _garbled(where)
    return marked[:-1]


def _give_up(repl: Repl, paths: list[str]) -> None:
    try:
        repl.run(board_scripts.give_up(paths).encode(), 15.0)
    except BoardError as problem:
        log.info("half-written files stay on the board: %s", problem)


def _garbled(where: str) -> BoardSilentError:
    return BoardSilentError(
        N_("What the board at {serial_port} answers is garbled.", serial_port=where),
        N_("Take a shorter cable, plug the board into the computer itself and not into a hub, then try again."),
    )


def is_full(traceback: str) -> bool:
    """Whether the board's file system had no room left."""
    last = _last_line(traceback)
    return "ENOSPC" in last or last.startswith("OSError: 28")


def _last_line(traceback: str) -> str:
    return traceback.strip().splitlines()[-1] if traceback.strip() else ""


def storing_error(where: str, traceback: str) -> BoardError:
    """What to tell about a traceback that came while files were being written."""
    last = _last_line(traceback)
    if is_full(traceback):
        return BoardError(
            N_("The file system of the board at {serial_port} is full.", serial_port=where),
            N_("The old files are still there. Delete files that are not needed, or flash the board again, then try again."),
        )
    if last.startswith("MemoryError"):
        return BoardError(
            N_("The board at {serial_port} has not enough memory free to take the files.", serial_port=where),
            N_("Press the RESET button of the board, then try again."),
        )
    return BoardError(
        N_("The board at {serial_port} could not store a file: {reason}", serial_port=where, reason=last),
        N_("Try again. If it happens again, flash the board; files on it that are nowhere else are lost."),
    )


def _check_path(path: str) -> None:
    parts = path.split("/")
    if parts[0] or len(parts) < 2 or not all(part and part not in {".", ".."} for part in parts[1:]) or not path.isprintable():
        raise InputError(
            N_("“{path}” is not a path on a board.", path=path), N_("Write it from the root, like /main.py or /lib/my_module.py.")
        )
