"""A class's flash: names in order, boards that go away and come back, an end by the user, what boards were, and what is finished later."""

from __future__ import annotations

import hashlib
import random
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import msgspec
import pytest
from lovhe.adapters.esptool_flash import EsptoolLoader, EsptoolSession
from lovhe.adapters.firmware_library import read_firmware
from lovhe.adapters.littlefs_image import files_regions, read_image
from lovhe.core.board_names import BoardName
from lovhe.core.errors import ImageError
from lovhe.core.image_format import AppDescription, build_app_description
from lovhe.core.messages import N_, Text
from lovhe.services.class_flash import ClassFlash, FlashWishes, Patience
from lovhe.services.flashing import FilesFor, FlashResult
from lovhe.services.ports import BoardInfo, Firmware, FlashOrder, Loader, LoaderSession, Region
from lovhe.services.recovery import not_resumed, to_resume
from lovhe.virtual.chip.board_image import build_board_image
from lovhe.virtual.line.faults import Strike

from tests.virtual.conftest import BareBoard

from .conftest import Journal

FILES_AT, FILES_BYTES = 0x200000, 0x200000
APP_AT = 0x10000
FILES = {"/main.py": b"print('hello')\n" * 300, "/lib/lovhe/trace.mpy": random.Random(1).randbytes(60_000)}
MACS = [bytes.fromhex(f"246f28a1b2{number:02x}") for number in range(1, 10)]

Boards = Callable[..., BareBoard]


def _mac_text(mac: bytes) -> str:
    return ":".join(f"{byte:02x}" for byte in mac)


def _info(board: BareBoard, name: str = "desk", state: str = "ready") -> BoardInfo:
    return BoardInfo(name, board.serial_port, "", True, state)


def _kit_firmware(board: BoardInfo, chip: str, wanted: str = "") -> Firmware:
    return read_firmware(build_board_image(), "lovhe-virtual")


def _files_of(board: BoardInfo, mac: str, firmware: Firmware) -> Sequence[Region]:
    files = {**FILES, "/board.json": b'{"name":"' + board.shown.encode() + b'"}'}
    return files_regions(files, firmware.files_offset, firmware.files_size)


def _stored(board: BareBoard, offset: int, size: int) -> bytes:
    return bytes(board.run(lambda: board.flash.read(offset, size)))


def _name_on(board: BareBoard) -> bytes:
    return read_image(_stored(board, FILES_AT, FILES_BYTES))["/board.json"]


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


def _class_flash(
    journal: Journal,
    watcher: Watcher | None = None,
    wishes: FlashWishes | None = None,
    find_boards: Callable[[], Sequence[BoardInfo]] = list,
    loader: Loader | None = None,
    files_for: FilesFor = _files_of,
) -> ClassFlash:
    patience = Patience(boot_button_s=0.0, settle_s=1.0)
    return ClassFlash(
        loader or EsptoolLoader(), journal, _kit_firmware, files_for, find_boards, wishes or FlashWishes(), watcher or Watcher(), patience
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


# --- names ---


def test_names_follow_the_order_given_though_the_first_board_connects_last(bare_board: Boards, journal: Journal) -> None:
    """The boards behind a late one write their firmware and wait; then the late one is 7A-1, and each board holds its own name."""
    boards = [bare_board(endpoint="pty", mac=mac) for mac in MACS[:3]]
    loader, watcher, written = LateLoader(), Watcher(), set[str]()
    firmware_bytes = sum(len(region.data) for region in _kit_firmware(_info(boards[0]), "").regions)

    def let_go_when_others_wait(board: BoardInfo, done: int, total: int) -> None:
        assert total > firmware_bytes
        if done >= firmware_bytes:
            written.add(board.name)
        if {"second", "third"} <= written:
            loader.let_go.set()

    watcher.on_progress = let_go_when_others_wait
    infos = [_info(board, name) for board, name in zip(boards, ("late", "second", "third"), strict=True)]
    results = _class_flash(journal, watcher, FlashWishes(class_name="7A"), loader=loader).flash(infos)
    assert [(result.outcome, result.name) for result in results] == [("done", "7A-1"), ("done", "7A-2"), ("done", "7A-3")]
    assert [_name_on(board) for board in boards] == [b'{"name":"7A-1"}', b'{"name":"7A-2"}', b'{"name":"7A-3"}']


def test_a_board_that_fails_holds_up_nobody_and_takes_no_number(bare_board: Boards, journal: Journal) -> None:
    """The first of two is not there: the second one is 7A-1."""
    good = bare_board(endpoint="pty")
    missing = BoardInfo("missing", "rfc2217://127.0.0.1:1", "", True, "ready")
    results = _class_flash(journal, wishes=FlashWishes(class_name="7A")).flash([missing, _info(good)])
    assert [(result.outcome, result.name) for result in results] == [("failed", ""), ("done", "7A-1")]


def test_a_name_is_kept_when_a_board_is_flashed_again(bare_board: Boards, journal: Journal) -> None:
    """With the class or without it, the name stays in the class set and on the board; nothing is written for it."""
    board = bare_board(endpoint="pty")
    journal.rename(_mac_text(bytes.fromhex("246f28a1b2c3")), BoardName("7A", 12))
    for class_name, outcome in (("7A", "done"), ("8B", "unchanged"), ("", "unchanged")):
        [result] = _class_flash(journal, wishes=FlashWishes(class_name=class_name)).flash([_info(board)])
        assert (result.outcome, result.name) == (outcome, "7A-12"), result.error
    assert _name_on(board) == b'{"name":"7A-12"}'


# --- boards that go away ---


def test_two_boards_that_come_back_under_each_others_names_are_finished(bare_board: Boards, journal: Journal, tmp_path: Path) -> None:
    """Both cables are pulled in mid-flash and put back into each other's sockets: each board is told apart by its MAC, and ends whole."""
    boards = [bare_board(endpoint="pty", mac=mac) for mac in MACS[:2]]
    sockets = [tmp_path / "COM3", tmp_path / "COM4"]
    plugged = dict(zip(sockets, boards, strict=True))
    gone: set[str] = set()

    def plug_in() -> None:
        for socket, board in plugged.items():
            socket.unlink(missing_ok=True)
            socket.symlink_to(board.serial_port)

    def there() -> list[BoardInfo]:
        return [BoardInfo(socket.name, str(socket), "", True, "ready") for socket in sockets if socket.is_symlink()]

    def swap_when_both_are_gone(board: BoardInfo, text: Text) -> None:
        if "went away" not in str(text):
            return
        gone.add(board.name)
        Path(board.serial_port).unlink()
        if len(gone) == 2:
            plugged.update({sockets[0]: boards[1], sockets[1]: boards[0]})
            for pulled in boards:
                pulled.run(pulled.uart.replug)
            plug_in()

    watcher = Watcher()
    watcher.on_note = swap_when_both_are_gone
    plug_in()
    for board in boards:
        board.uart.faults.arm(Strike.UNPLUG, 50_000)
    results = _class_flash(journal, watcher, FlashWishes(class_name="7A"), find_boards=there).flash(there())
    assert [(result.outcome, result.mac) for result in results] == [("done", _mac_text(MACS[0])), ("done", _mac_text(MACS[1]))]
    assert [_name_on(board) for board in boards] == [b'{"name":"7A-1"}', b'{"name":"7A-2"}']
    came_back = dict(note for note in watcher.notes if "came back" in note[1])
    assert str(sockets[1]) in came_back["COM3"]
    assert str(sockets[0]) in came_back["COM4"]
    assert [result.board.serial_port for result in results] == [str(socket) for socket in sockets]


def test_noise_is_followed_by_a_slower_try_with_its_reason(bare_board: Boards, journal: Journal) -> None:
    """A supply that sags in mid-flash ends a session; the next one says why it is there, is slower, and finishes the board."""
    board = bare_board(endpoint="pty")
    board.uart.faults.arm(Strike.BROWNOUT, 50_000)
    watcher = Watcher()
    [result] = _class_flash(journal, watcher).flash([_info(board)])
    assert result.outcome == "done", result.error
    again = [note for _, note in watcher.notes if "tried again" in note]
    assert len(again) == 1
    assert "stopped half-way" in again[0]
    assert "230400 baud" in again[0]
    assert 0 < result.written < result.written + result.skipped


# --- the user's end ---


def test_a_stop_leaves_a_board_that_is_being_written_marked_unfinished(bare_board: Boards, journal: Journal) -> None:
    """It ends between two blocks; the next flash finishes it. One that had not begun has not one byte changed."""
    board, untouched = bare_board(endpoint="pty", mac=MACS[0]), bare_board(endpoint="pty", mac=MACS[1])
    watcher, loader = Watcher(), LateLoader()
    flash = _class_flash(journal, watcher, loader=loader)

    def stop(board: BoardInfo, done: int, total: int) -> None:
        if journal.notes and done > 20_000:
            flash.stop()
            loader.let_go.set()

    watcher.on_progress = stop
    results = flash.flash([_info(board), _info(untouched, "late")])
    assert [(result.outcome, result.error) for result in results] == [("stopped", None), ("stopped", None)]
    assert [(note[0], note[2]) for note in journal.notes] == [(_mac_text(MACS[0]), "unfinished")]
    assert _stored(untouched, 0, 0x400000).count(b"\xff") == 0x400000
    assert untouched.booted[-1] != "loader"
    [after] = _class_flash(journal).flash([_info(board)])
    assert (after.outcome, str(after.notes[0])) == ("done", "Its last flash was cut off. This one goes on where that stopped.")


def test_a_stop_before_the_first_byte_leaves_the_board_whole_and_running(bare_board: Boards, journal: Journal) -> None:
    """While a board is still being compared nothing of it has changed: it starts what it had."""
    board = bare_board(endpoint="pty")
    assert _class_flash(journal).flash([_info(board)])[0].ok
    board.run(lambda: board.flash.program(FILES_AT, b"\0" * 4096))
    before, watcher = _stored(board, 0, 0x400000), Watcher()
    flash = _class_flash(journal, watcher)
    watcher.on_progress = lambda info, done, total: flash.stop()
    [result] = flash.flash([_info(board)])
    assert result.outcome == "stopped"
    assert _stored(board, 0, 0x400000) == before
    assert board.booted[-1] != "loader"
    [record] = journal.boards()
    assert record.flash_state == "ready"


# --- what a board was ---


def _with_project(project: str, version: str) -> bytes:
    image, said = bytearray(build_board_image()), build_app_description(AppDescription(project, version, "Jan  1 2026"))
    begin = APP_AT - 0x1000 + 32
    image[begin : begin + len(said)] = said
    return bytes(image)


PASTS = {
    "empty": (b"", "Its flash was empty."),
    "cut off": (build_board_image()[: APP_AT - 0x1000], "Nothing on it could start: a flash was cut off, or its flash was damaged."),
    "foreign": (_with_project("blink", "v5.1"), "It had other firmware: blink, version v5.1."),
    "arduino": (_with_project("arduino-lib-builder", "esp-idf: v4.4"), "It had an Arduino program."),
    "older": (_with_project("lovhe-virtual", "0.0.1"), "It had MicroPython of another version: 0.0.1."),
    "nameless": (_with_project("", ""), "It had another MicroPython, built on Jan  1 2026."),
}


@pytest.mark.parametrize("past", PASTS)
def test_what_a_board_was_is_said(bare_board: Boards, journal: Journal, past: str) -> None:
    """A sentence for each kind of board that is written anew."""
    data, sentence = PASTS[past]
    board = bare_board(endpoint="pty")
    if data:
        board.write_firmware(data)
    [result] = _class_flash(journal).flash([_info(board)])
    assert result.outcome == "done", result.error
    assert [str(note) for note in result.notes] == [sentence]


def test_a_board_in_its_loader_is_said_to_have_been_there(bare_board: Boards, journal: Journal) -> None:
    """The loader is no fault of the board's: it is flashed as any other."""
    [result] = _class_flash(journal).flash([_info(bare_board(endpoint="pty"), state="loader")])
    assert result.outcome == "done", result.error
    assert "It was in its loader already, and ran no program." in map(str, result.notes)


def test_nothing_is_said_of_a_board_that_only_gets_other_files(bare_board: Boards, journal: Journal) -> None:
    """It had this very firmware."""
    board = bare_board(endpoint="pty")
    board.write_firmware()
    [result] = _class_flash(journal).flash([_info(board)])
    assert (result.outcome, result.notes) == ("done", [])


# --- what is finished later ---


@contextmanager
def _counted_reads() -> Iterator[list[int]]:
    """The reads of flash that all sessions make."""
    reads, original = list[int](), EsptoolSession.read

    def read(session: EsptoolSession, offset: int, size: int) -> bytes:
        reads.append(size)
        return original(session, offset, size)

    EsptoolSession.read = read  # type: ignore[method-assign]
    try:
        yield reads
    finally:
        EsptoolSession.read = original  # type: ignore[method-assign]


def test_an_unchanged_board_costs_no_reading(bare_board: Boards, journal: Journal) -> None:
    """What it was is asked only of a board that is written."""
    board = bare_board(endpoint="pty")
    with _counted_reads() as reads:
        assert _class_flash(journal).flash([_info(board)])[0].outcome == "done"
        assert 0 < sum(reads) < 1024
        reads.clear()
        assert _class_flash(journal).flash([_info(board)])[0].outcome == "unchanged"
        assert reads == []


def test_resume_finishes_each_board_with_what_it_was_begun_with(bare_board: Boards, journal: Journal) -> None:
    """An unfinished board gets its own order's firmware, class and files; another is left as it is and starts again."""
    cut, whole = bare_board(endpoint="pty", mac=MACS[0]), bare_board(endpoint="pty", mac=MACS[1])
    sha256 = hashlib.sha256(build_board_image()).hexdigest()
    journal.flash_begins(_mac_text(MACS[0]), cut.serial_port, "esp32", FlashOrder("the one begun", sha256, True, "7A"))
    journal.flash_begins(_mac_text(MACS[1]), whole.serial_port, "esp32", FlashOrder("", "", False))
    journal.flash_ended(_mac_text(MACS[1]), whole.serial_port, "esp32", "lovhe-virtual")
    cut.run(lambda: cut.flash.program(FILES_AT, b"a student's work"))
    wanted: list[str] = []

    def firmware_for(board: BoardInfo, chip: str, name: str) -> Firmware:
        wanted.append(name)
        return _kit_firmware(board, chip)

    boards = [_info(cut), _info(whole)]
    assert to_resume(boards, journal) == boards
    flash = ClassFlash(EsptoolLoader(), journal, firmware_for, _files_of, list, FlashWishes(firmware="another", resume=True))
    results = flash.flash(boards)
    assert [(result.outcome, result.name) for result in results] == [("done", "7A-1"), ("unchanged", "")]
    assert wanted == ["the one begun"]
    assert _stored(cut, 0x1000, 100) == build_board_image()[:100]
    assert _stored(cut, FILES_AT, 16) == b"a student's work"
    assert _stored(whole, 0, 0x400000).count(b"\xff") == 0x400000
    assert whole.booted[-1] != "loader"
    assert [str(note) for note in results[1].notes] == ["No flash of it was cut off. It is left as it is."]
    assert not_resumed(results, journal) == []
    assert to_resume(boards, journal) == []


def test_resume_says_when_the_image_is_not_the_one_it_was_begun_with(bare_board: Boards, journal: Journal) -> None:
    """The board ends whole all the same, with the image that is there now."""
    board = bare_board(endpoint="pty", mac=MACS[0])
    journal.flash_begins(_mac_text(MACS[0]), board.serial_port, "esp32", FlashOrder("", "0" * 64, False))
    [result] = _class_flash(journal, wishes=FlashWishes(resume=True)).flash([_info(board)])
    assert result.outcome == "done", result.error
    assert "It was begun with another lovhe-virtual. It is finished with the one that is here now." in map(str, result.notes)


def test_unfinished_boards_that_are_not_there_are_named(journal: Journal) -> None:
    """By their sticker, or by MAC and the serial port where they were; a board whose MAC is known and that is whole is not asked."""
    for mac in MACS[:2]:
        journal.flash_begins(_mac_text(mac), "COM3", "esp32", FlashOrder("", "", False))
    journal.rename(_mac_text(MACS[0]), BoardName("7A", 4))
    assert [str(sentence) for sentence in not_resumed([], journal)] == [
        "7A-4 is unfinished and not plugged in.",
        f"The board with the MAC {_mac_text(MACS[1])} is unfinished and not plugged in. It was at COM3.",
    ]
    nameless = BoardInfo("COM4", "COM4", "", False, "ready")
    whole = BoardInfo("COM5", "COM5", "", False, "ready", mac=_mac_text(MACS[2]))
    assert to_resume([nameless, whole], journal) == [nameless]


def test_a_fault_is_kept_with_the_board(bare_board: Boards, journal: Journal) -> None:
    """Why a board failed is remembered with it once its MAC is known; its state stays."""
    board = bare_board(endpoint="pty", mac=MACS[0])
    other = msgspec.structs.replace(_kit_firmware(_info(board), ""), chip="esp32s3")
    flash = ClassFlash(EsptoolLoader(), journal, lambda info, chip, wanted: other, _files_of, list, FlashWishes())
    [result] = flash.flash([_info(board)])
    assert isinstance(result.error, ImageError)
    [record] = journal.boards()
    assert (record.mac, record.flash_state, record.fault) == (_mac_text(MACS[0]), "", result.error.what)
    assert board.booted[-1] != "loader"


def test_an_unforeseen_error_of_one_board_stops_no_other(bare_board: Boards, journal: Journal) -> None:
    """It becomes that board's result, in words."""
    boards = [bare_board(endpoint="pty", mac=mac) for mac in MACS[:2]]

    def files_for(board: BoardInfo, mac: str, firmware: Firmware) -> Sequence[Region]:
        if mac == _mac_text(MACS[0]):
            raise ZeroDivisionError("a slip of ours")
        return _files_of(board, mac, firmware)

    results = _class_flash(journal, files_for=files_for).flash([_info(board) for board in boards])
    assert [result.outcome for result in results] == ["failed", "done"]
    assert results[0].error is not None
    assert results[0].error.what == N_(
        "Something unforeseen happened while {board} was flashed: {reason}", board="desk", reason="ZeroDivisionError: a slip of ours"
    )
