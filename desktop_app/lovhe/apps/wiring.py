"""Where services meet adapters and virtual boards: the one module that chooses the concrete ones.

Everything is imported inside the function that needs it, so that a command loads what it uses and nothing else.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from lovhe import __version__
from lovhe.apps.notices import notice
from lovhe.core.boards.names import parse_board_name
from lovhe.core.errors import BoardSilentError, InputError, NoBoardError, ResultsError
from lovhe.core.messages import N_

if TYPE_CHECKING:
    from lovhe.adapters.firmware_library import FirmwareLibrary
    from lovhe.adapters.kit_files import KitFiles
    from lovhe.adapters.results_db.store import SqlResults
    from lovhe.core.lessons.lesson import Lesson
    from lovhe.services.ports import BoardInfo, BoardLink, Firmware, Person, Region, Stage
    from lovhe.virtual.process.registry import BoardEntry

log = logging.getLogger(__name__)

# --- what the kit carries ---


@cache
def kit() -> KitFiles:
    """Lessons, boards, parts and the board's own files; beside them the packs of lessons that were installed."""
    from lovhe.adapters.kit_files import KitFiles
    from lovhe.adapters.lesson_packs.installed import InstalledPacks

    added = data_folder() / "lessons"
    InstalledPacks(added).restore()
    return KitFiles(more_lessons=added if added.is_dir() else None)


@cache
def runtime() -> dict[str, bytes]:
    """The board's library, compiled: board path to content."""
    from lovhe.adapters.runtime_build import library_files

    return library_files(kit().firmware)


def first_main() -> bytes:
    """The main.py of a freshly flashed board: nobody's work."""
    from lovhe.adapters.runtime_build import board_files

    return board_files(kit().firmware, "", __version__)["/main.py"]


def data_folder() -> Path:
    """Where this user's results, firmware and virtual boards are kept."""
    from lovhe.adapters.user_data import user_data_folder

    return user_data_folder()


def results() -> SqlResults:
    """The results kept on this PC; a context manager."""
    from lovhe.adapters.results_db.store import SqlResults

    return SqlResults()


# --- boards ---


def reachable_boards() -> list[BoardInfo]:
    """All boards that can be reached, real ones first, without what the results file knows of them."""
    from lovhe.adapters.serial_ports import find_serial_boards

    extra = tuple(usb_id for board in kit().boards().values() for usb_id in board.usb)
    return [*find_serial_boards(extra), *(board_info(entry) for entry in _running())]


def find_boards() -> list[BoardInfo]:
    """All boards that can be reached, with their names and a flash that was cut off; without, where the results file cannot be read."""
    from lovhe.services.recovery import with_records

    boards = reachable_boards()
    try:
        with results() as store:
            return with_records(boards, store.class_set())
    except ResultsError as problem:
        log.info("no records: %s", problem, exc_info=problem)
        notice(problem.what, N_("Boards are shown without their names and records until that is mended."), problem.next_step)
        return boards


def choose_board(port: str | None) -> BoardInfo:
    """The board of that serial port or name; None is the only one there is. Raises `NoBoardError` or `InputError`."""
    from lovhe.services.ports import BoardInfo

    boards = find_boards()
    if port is not None:
        name = parse_board_name(port)
        for board in boards:
            if port in (board.serial_port, board.name) or (name is not None and board.sticker == str(name)):
                return board
        if _looks_like_a_port(port):
            return BoardInfo(name=port, serial_port=port, chip="", virtual=False, state="ready")
        raise NoBoardError(
            N_("There is no board “{name}”.", name=port),
            N_("`lovhe boards` shows the boards there are, with their names and serial ports."),
        )
    if not boards:
        raise NoBoardError(
            N_("There is no board."),
            N_("Plug one in with a USB cable that carries data, or start a virtual one with `lovhe board start`."),
        )
    if len(boards) > 1:
        raise InputError(
            N_("There is more than one board: {names}.", names=", ".join(board.name for board in boards)),
            N_("Say which with --port and its name or serial port."),
        )
    return boards[0]


def open_link(board: BoardInfo) -> BoardLink:
    """Open the board's serial port and talk to its MicroPython. Raises `BoardError`s."""
    from lovhe.adapters.board_link import ReplLink

    entry = next((entry for entry in _running() if entry.serial_port == board.serial_port), None) if board.virtual else None
    state = entry.state if entry is not None else ""
    if state == "silent":
        raise BoardSilentError(
            N_(
                "The board {board} does not start: something holds its pin IO12 high, and its flash memory gets too little voltage.",
                board=board.name,
            ),
            N_("Take that part off IO12, or let it go, and reset the board."),
        )
    if state == "empty":
        raise BoardSilentError(
            N_("There is no MicroPython on the board {board} yet.", board=board.name),
            N_("Write it with `lovhe flash {board}`, then try again.", board=board.name),
        )
    from lovhe.apps.running_boards import press_reset

    return ReplLink(board.serial_port, press_reset=None if entry is None else partial(press_reset, entry.name))


def open_stage(
    board: BoardInfo, lesson: Lesson, language: str, ask: Callable[[str], None], person: Person | None = None, patience_s: float = 30.0
) -> Stage:
    """The surroundings of a running board: a virtual one's world, or somebody who is asked and has `patience_s` for each change."""
    for entry in _running() if board.virtual else ():
        if entry.serial_port == board.serial_port:
            from lovhe.virtual.process.remote_stage import RemoteStage

            return RemoteStage(entry.control, entry.authkey)
    from lovhe.adapters.manual_stage import ManualStage

    return ManualStage(lesson, kit().parts(), language, ask, patience_s, person)


def at_human_pace(lesson: Lesson, stage: Stage) -> Stage:
    """A virtual board's surroundings, changed by a pupil who reads each request first."""
    from lovhe.adapters.paced_pupil import PacedPupil

    return PacedPupil(lesson, kit().parts(), stage)


def refuse_unfit_board(board: BoardInfo, lesson: Lesson) -> None:
    """Raise `HardwareError` where the board is known to have a chip on which the lesson's circuit cannot be built."""
    from lovhe.core.boards.choice import choose_board as choose_kind
    from lovhe.core.boards.choice import move_circuit

    circuit, boards = lesson.file.circuit, kit().boards()
    if board.chip and any(kind.chip == board.chip for kind in boards.values()):
        move_circuit(circuit, choose_kind(boards, circuit.board, chip=board.chip), kit().parts())


def _looks_like_a_port(word: str) -> bool:
    return "://" in word or "/" in word or word.upper().startswith("COM")


# --- flashing ---


def firmware_folder() -> Path:
    """Where a user puts MicroPython images."""
    return data_folder() / "firmware"


def _firmware_library() -> FirmwareLibrary:
    from lovhe.adapters.firmware_library import FirmwareLibrary
    from lovhe.virtual.chip.board_image import build_board_image

    return FirmwareLibrary(kit().firmware / "images.toml", firmware_folder(), build_board_image)


def _files_for(board: BoardInfo, mac: str, firmware: Firmware) -> Sequence[Region]:
    from lovhe.adapters.littlefs_image import files_regions
    from lovhe.adapters.runtime_build import board_files

    return files_regions(board_files(kit().firmware, board.shown, __version__), firmware.files_offset, firmware.files_size)


# --- virtual boards ---


@contextmanager
def virtual_bench(lesson: Lesson) -> Iterator[tuple[BoardLink, Stage]]:
    """A fresh board with the lesson's circuit in virtual time, for several programs one after another."""
    from lovhe.adapters.board_link import ReplLink
    from lovhe.apps.bench_folders import bench_folder
    from lovhe.virtual.board import BoardPlan
    from lovhe.virtual.local_board import LocalBoard

    circuit = lesson.file.circuit
    with bench_folder() as folder:
        flash = folder / "flash.bin"
        board = kit().boards()[circuit.board]
        flash.write_bytes(_factory_flash(board.chip, board.flash_size_mb))
        plan = BoardPlan(flash=flash, mac=_mac("bench"), board=board, parts=kit().parts(), circuit=circuit, virtual_time=True)
        with LocalBoard(plan, "virtual") as running:
            link = ReplLink("virtual", running.line)
            try:
                yield link, running
            finally:
                link.close()


@cache
def _factory_flash(chip: str = "esp32", size_mb: int = 4) -> bytes:
    """The flash of a virtual board with that chip as `lovhe flash` leaves it."""
    from lovhe.services.flash.flashing import fitted
    from lovhe.services.ports import BoardInfo

    board = BoardInfo(name="virtual", serial_port="", chip=chip, virtual=True, state="ready")
    firmware = fitted(_firmware_library().firmware_for(board, board.chip), size_mb << 20)
    flash = bytearray(b"\xff" * (firmware.files_offset + firmware.files_size))
    for region in (*firmware.regions, *_files_for(board, "", firmware)):
        flash[region.offset : region.offset + len(region.data)] = region.data
    return bytes(flash)


def start_virtual_boards(
    *,
    count: int,
    name: str | None,
    lesson: str | None,
    circuit: Path | None,
    chip: str,
    baud_limit: int | None,
    endpoint: str,
    tie_to_this_process: bool,
    board: str = "",
) -> list[BoardInfo]:
    """Start `count` virtual boards, each a process of its own; blocks until all can be opened.

    `board` and `chip` are what kind of board they are; both empty leave it to the circuit.
    """
    from lovhe.apps.virtual_processes import ServeOptions, start_boards

    names: list[str | None] = [name] if name is None or count == 1 else [f"{name}-{number + 1}" for number in range(count)]
    if name is None:
        names = [None] * count
    options = ServeOptions(
        lesson=lesson,
        circuit=str(circuit.resolve()) if circuit else None,
        chip=chip,
        board=board,
        baud_limit_bd=baud_limit,
        endpoint=endpoint,
    )
    started = {entry.pid for entry in start_boards(names, options, tie_to_this_process)}
    return [board_info(entry) for entry in _running() if entry.pid in started]


def stop_virtual_board(name: str) -> None:
    """Stop a virtual board and wait until its process has ended. Raises `NoBoardError`."""
    from lovhe.apps.virtual_processes import stop_board
    from lovhe.virtual.process.registry import find_board

    stop_board(find_board(name))


def stop_virtual_boards() -> list[str]:
    """Stop all virtual boards, all at the same time; their names."""
    from concurrent.futures import ThreadPoolExecutor

    from lovhe.apps.virtual_processes import stop_board

    entries = _running()
    with ThreadPoolExecutor(len(entries) or 1) as pool:
        list(pool.map(stop_board, entries))
    return [entry.name for entry in entries]


def set_surroundings(name: str, changes: dict[str, str]) -> None:
    """Change what surrounds a virtual board. Raises `NoBoardError`, `InputError` with what is possible."""
    from lovhe.virtual.process.control import BoardControl
    from lovhe.virtual.process.registry import find_board

    entry = find_board(name)
    with BoardControl(entry.control, entry.authkey) as board:
        board.set_all(changes)


def serve_board(arguments: list[str]) -> int:
    """The process of one virtual board, started by `start_virtual_boards`."""
    from lovhe.apps.virtual_processes import ServeOptions, serve

    options = ServeOptions.from_arguments(arguments)
    serve(options, kit(), data_folder() / "boards", _mac, _factory_flash)
    return 0


def _running() -> list[BoardEntry]:
    from lovhe.virtual.process.registry import list_boards

    return [entry for entry in list_boards() if entry.serial_port]


def board_info(entry: BoardEntry) -> BoardInfo:
    """A running virtual board as all boards are listed."""
    from lovhe.services.ports import BoardInfo

    return BoardInfo(
        name=entry.name, serial_port=entry.serial_port, chip=entry.chip, virtual=True, state=entry.state, bridge="virtual", mac=entry.mac
    )


def _mac(name: str) -> bytes:
    """A MAC of Espressif's range, the same for a name on this PC at each start, another on another PC."""
    digest = hashlib.sha256(f"{data_folder()}\0{name}".encode()).digest()
    return bytes.fromhex("240ac4") + digest[:3]
