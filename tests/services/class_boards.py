"""A class of boards without interpreters for tests of its flash: what it gets, and who watches."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from lovhe.adapters.esptool_flash import EsptoolLoader
from lovhe.adapters.firmware_library import read_firmware
from lovhe.adapters.littlefs_image import files_regions, read_image
from lovhe.core.messages import Text
from lovhe.services.flash.class_flash import ClassFlash, FlashWishes, Patience
from lovhe.services.flash.flashing import FilesFor, FlashResult
from lovhe.services.ports import BoardInfo, Firmware, Loader, LoaderSession, Region
from lovhe.virtual.chip.board_image import build_board_image

from tests.virtual.conftest import BareBoard

from .conftest import Journal

FILES_AT, FILES_BYTES = 0x200000, 0x200000
APP_AT = 0x10000
FILES = {"/main.py": b"print('hello')\n" * 300, "/lib/lovhe/trace.mpy": random.Random(1).randbytes(60_000)}
MACS = [bytes.fromhex(f"246f28a1b2{number:02x}") for number in range(1, 10)]

Boards = Callable[..., BareBoard]
WaitUntil = Callable[..., None]


def mac_text(mac: bytes) -> str:
    """A MAC as it is written."""
    return ":".join(f"{byte:02x}" for byte in mac)


def info_of(board: BareBoard, name: str = "desk", state: str = "ready") -> BoardInfo:
    """The board as it is listed; its MAC is not known before it is asked."""
    return BoardInfo(name, board.serial_port, "", True, state)


def kit_firmware(board: BoardInfo, chip: str, wanted: str = "") -> Firmware:
    """The virtual boards' own firmware, whatever is wanted."""
    return read_firmware(build_board_image(), "lovhe-virtual")


def files_of(board: BoardInfo, mac: str, firmware: Firmware) -> Sequence[Region]:
    """A file system with the board's name in it."""
    files = {**FILES, "/board.json": b'{"name":"' + board.shown.encode() + b'"}'}
    return files_regions(files, firmware.files_offset, firmware.files_size)


def stored(board: BareBoard, offset: int, size: int) -> bytes:
    """What the board's flash holds there."""
    return bytes(board.run(lambda: board.flash.read(offset, size)))


def name_on(board: BareBoard) -> bytes:
    """The file in which the board's name is."""
    return read_image(stored(board, FILES_AT, FILES_BYTES))["/board.json"]


class Watcher:
    """Keeps what it is told; `on_note` and `on_progress` are called as well."""

    def __init__(self) -> None:
        self.notes: list[tuple[str, str]] = []
        self.ends: list[FlashResult] = []
        self.on_note: Callable[[BoardInfo, Text], None] = lambda board, text: None
        self.on_progress: Callable[[BoardInfo, int, int], None] = lambda board, done, total: None

    def progress(self, board: BoardInfo, done_bytes: int, total_bytes: int) -> None:
        self.on_progress(board, done_bytes, total_bytes)

    def note(self, board: BoardInfo, text: Text) -> None:
        self.notes.append((board.name, str(text)))
        self.on_note(board, text)

    def ended(self, result: FlashResult) -> None:
        self.ends.append(result)


def class_flash(
    journal: Journal,
    watcher: Watcher | None = None,
    wishes: FlashWishes | None = None,
    find_boards: Callable[[], Sequence[BoardInfo]] = list,
    loader: Loader | None = None,
    files_for: FilesFor = files_of,
) -> ClassFlash:
    """A class's flash that does not wait for a hand at the BOOT button."""
    patience = Patience(boot_button_s=0.0, settle_s=1.0)
    return ClassFlash(
        loader or EsptoolLoader(), journal, kit_firmware, files_for, find_boards, wishes or FlashWishes(), watcher or Watcher(), patience
    )


class LateLoader:
    """esptool's loader, which lets the board called "late" into it only when `let_go` is set."""

    def __init__(self) -> None:
        self.let_go = threading.Event()
        self._loader = EsptoolLoader()

    def connect(self, board: BoardInfo, baud_bd: int) -> AbstractContextManager[LoaderSession]:
        if board.name == "late":
            assert self.let_go.wait(30)
        return self._loader.connect(board, baud_bd)
