"""Virtual boards as processes: how `lovhe board start` starts them, and what runs in them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from logging import getLogger
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import msgspec

from lovhe.core.boards.choice import board_of, choose_board, move_circuit
from lovhe.core.circuits.hardware import Circuit
from lovhe.core.circuits.hardware_check import check_circuit
from lovhe.core.decoding import converted, decode_json
from lovhe.core.errors import BoardError, BoardSilentError, InputError, LovheError
from lovhe.core.messages import N_
from lovhe.virtual.board import BoardPlan
from lovhe.virtual.interpreter.unix_engine import interpreter_library
from lovhe.virtual.process import registry
from lovhe.virtual.process.control import BoardControl
from lovhe.virtual.process.control_protocol import Answer, answer_of_error
from lovhe.virtual.process.process_life import lives
from lovhe.virtual.process.registry import BoardEntry

if TYPE_CHECKING:
    from lovhe.adapters.kit_files import KitFiles

_STOP_TIMEOUT_S = 10.0
_POLL_S = 0.02

log = getLogger(__name__)


class ServeOptions(msgspec.Struct, frozen=True):
    """What a board's process is told on its command line, as JSON.

    A `flashed` board begins with what `lovhe flash` writes, whatever it held before, and takes it along when it ends.
    """

    name: str | None = None
    lesson: str | None = None
    circuit: str | None = None
    chip: str = ""
    board: str = ""
    baud_limit_bd: int | None = None
    endpoint: str = "rfc2217"
    tied: bool = False
    flashed: bool = False

    @classmethod
    def from_arguments(cls, arguments: list[str]) -> Self:
        """The inverse of `arguments`. Raises `InputError`."""
        try:
            return decode_json("".join(arguments), cls)
        except msgspec.MsgspecError as problem:
            raise InputError(N_("This command is for the kit's own use."), N_("Use `lovhe board start`.")) from problem

    def arguments(self) -> list[str]:
        """For the command line of `lovhe board serve`."""
        return [msgspec.json.encode(self).decode()]


def start_boards(names: Sequence[str | None], options: ServeOptions, tied: bool) -> list[BoardEntry]:
    """Start a process for each name (None chooses one) and wait until all boards can be opened.

    With `tied` the boards end with this process. If one cannot start, all are stopped and its error is raised.
    """
    processes = [_spawn(msgspec.structs.replace(options, name=name, tied=tied)) for name in names]
    try:
        return [_wait_for(process) for process in processes]
    except BaseException:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(_STOP_TIMEOUT_S)
            _forget(process.pid)
        raise


_children: dict[int, subprocess.Popen[bytes]] = {}
"""Boards started by this process: held so that the standard inputs of tied ones stay open as long as it lives."""


def _spawn(options: ServeOptions) -> subprocess.Popen[bytes]:
    flags: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        flags = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.DETACHED_PROCESS}
    process: subprocess.Popen[bytes] = subprocess.Popen(
        [sys.executable, "-m", "lovhe", "board", "serve", *options.arguments()],
        stdin=subprocess.PIPE if options.tied else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        **flags,
    )
    _children[process.pid] = process
    return process


def _wait_for(process: subprocess.Popen[bytes]) -> BoardEntry:
    """Read the one line that the board's process says: its entry, or why it cannot start."""
    assert process.stdout is not None
    line = process.stdout.readline()
    process.stdout.close()
    try:
        answer = decode_json(line, Answer)
    except msgspec.DecodeError as problem:
        raise BoardSilentError(
            N_("A virtual board did not start."),
            N_("Run `lovhe doctor`: it says whether this PC can run virtual boards, and where the log file is."),
        ) from problem
    return converted(answer.result(), BoardEntry)


def stop_board(entry: BoardEntry) -> None:
    """Ask a board to stop and wait until its process has ended; end it if it does not listen."""
    try:
        with BoardControl(entry.control, entry.authkey) as board:
            board.stop()
    except BoardError:
        log.info("%s does not answer", entry.name)
    if not _ended(entry, _STOP_TIMEOUT_S):
        with suppress(OSError):  # it has just ended
            os.kill(entry.pid, signal.SIGTERM)
        _ended(entry, _STOP_TIMEOUT_S)
    registry.withdraw(entry.name)
    _forget(entry.pid)


def _forget(pid: int) -> None:
    child = _children.pop(pid, None)
    if child is not None and child.stdin is not None:
        child.stdin.close()


def _ended(entry: BoardEntry, timeout_s: float) -> bool:
    child = _children.get(entry.pid)
    deadline_s = time.monotonic() + timeout_s
    while time.monotonic() < deadline_s:
        if child.poll() is not None if child else not lives(entry.pid, entry.started):
            return True
        time.sleep(_POLL_S)
    return False


# --- in the board's own process ---


def serve(
    options: ServeOptions, kit: KitFiles, folder: Path, mac_of: Callable[[str], bytes], factory_flash: Callable[[str, int], bytes]
) -> None:
    """Be one virtual board until it is stopped. Its flash is kept in `folder`, so that it finds its files again when it is restarted.

    `factory_flash` makes what a `flashed` board begins with, of its chip and the size of its flash in MB.
    """
    from lovhe.virtual.process.supervisor import serve as supervise

    try:
        interpreter_library()
        circuit = _circuit(options, kit)
        board = choose_board(kit.boards(), circuit.board, options.board, options.chip)
        circuit = move_circuit(circuit, board, kit.parts())
        contents = factory_flash(board.chip, board.flash_size_mb) if options.flashed else b""
        entry = registry.claim(options.name, board.chip)
    except LovheError as problem:
        _say(answer_of_error(problem))
        return
    folder.mkdir(parents=True, exist_ok=True)
    flash = folder / f"{entry.name}.flash"
    if contents:
        flash.write_bytes(contents)
    plan = BoardPlan(
        flash=flash,
        mac=mac_of(entry.name),
        board=board,
        parts=kit.parts(),
        circuit=circuit,
        seed=int.from_bytes(mac_of(entry.name), "big"),
        baud_limit_bd=options.baud_limit_bd,
    )
    try:
        supervise(plan, entry, options.endpoint, options.tied, lambda entry: _say(Answer(ok=msgspec.to_builtins(entry))))
    finally:
        if contents:
            flash.unlink(missing_ok=True)


def _say(answer: Answer) -> None:
    """Tell the process that started us, once."""
    sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
    sys.stdout.buffer.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _circuit(options: ServeOptions, kit: KitFiles) -> Circuit:
    if options.lesson is not None:
        return kit.lesson(options.lesson).file.circuit
    if options.circuit is None:
        return Circuit()
    circuit = kit.circuit(Path(options.circuit))
    check_circuit(board_of(kit.boards(), circuit, Path(options.circuit).name), kit.parts(), circuit)
    return circuit
