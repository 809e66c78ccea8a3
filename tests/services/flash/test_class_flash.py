"""A class's flash: names in order, boards that go away and come back, an end by the user, what boards were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from lovhe.adapters.esptool_flash import EsptoolLoader, EsptoolSession
from lovhe.core.boards.names import BoardName
from lovhe.core.errors import ImageError
from lovhe.core.firmware.image_format import AppDescription, build_app_description
from lovhe.core.firmware.partitions import APP, FACTORY, TABLE_OFFSET, Partition, build_partition_table
from lovhe.core.messages import N_, Text
from lovhe.services.flash.class_flash import ClassFlash, FlashWishes
from lovhe.services.ports import BoardInfo, Firmware, Region
from lovhe.virtual.chip.board_image import build_board_image
from lovhe.virtual.line.faults import Strike

from tests.services.class_boards import (
    APP_AT,
    FILES_AT,
    MACS,
    Boards,
    LateLoader,
    WaitUntil,
    Watcher,
    class_flash,
    files_of,
    info_of,
    kit_firmware,
    mac_text,
    name_on,
    stored,
)
from tests.services.conftest import Journal

# --- names ---


def test_names_follow_the_order_given_though_the_first_board_connects_last(bare_board: Boards, journal: Journal) -> None:
    """The boards behind a late one write their firmware and wait; then the late one is 7A-1, and each board holds its own name."""
    boards = [bare_board(endpoint="pty", mac=mac) for mac in MACS[:3]]
    loader, watcher, written = LateLoader(), Watcher(), set[str]()
    firmware_bytes = sum(len(region.data) for region in kit_firmware(info_of(boards[0]), "").regions)

    def let_go_when_others_wait(board: BoardInfo, done: int, total: int) -> None:
        assert total > firmware_bytes
        if done >= firmware_bytes:
            written.add(board.name)
        if {"second", "third"} <= written:
            loader.let_go.set()

    watcher.on_progress = let_go_when_others_wait
    infos = [info_of(board, name) for board, name in zip(boards, ("late", "second", "third"), strict=True)]
    results = class_flash(journal, watcher, FlashWishes(class_name="7A"), loader=loader).flash(infos)
    assert [(result.outcome, result.name) for result in results] == [("done", "7A-1"), ("done", "7A-2"), ("done", "7A-3")]
    assert [name_on(board) for board in boards] == [b'{"name":"7A-1"}', b'{"name":"7A-2"}', b'{"name":"7A-3"}']


def test_a_board_that_fails_holds_up_nobody_and_takes_no_number(bare_board: Boards, journal: Journal) -> None:
    """The first of two is not there: the second one is 7A-1."""
    good = bare_board(endpoint="pty")
    missing = BoardInfo("missing", "rfc2217://127.0.0.1:1", "", True, "ready")
    results = class_flash(journal, wishes=FlashWishes(class_name="7A")).flash([missing, info_of(good)])
    assert [(result.outcome, result.name) for result in results] == [("failed", ""), ("done", "7A-1")]


def test_a_name_is_kept_when_a_board_is_flashed_again(bare_board: Boards, journal: Journal) -> None:
    """With the class or without it, the name stays in the class set and on the board; nothing is written for it."""
    board = bare_board(endpoint="pty")
    journal.rename(mac_text(bytes.fromhex("246f28a1b2c3")), BoardName("7A", 12))
    for class_name, outcome in (("7A", "done"), ("8B", "unchanged"), ("", "unchanged")):
        [result] = class_flash(journal, wishes=FlashWishes(class_name=class_name)).flash([info_of(board)])
        assert (result.outcome, result.name) == (outcome, "7A-12"), result.error
    assert name_on(board) == b'{"name":"7A-12"}'


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
    results = class_flash(journal, watcher, FlashWishes(class_name="7A"), find_boards=there).flash(there())
    assert [(result.outcome, result.mac) for result in results] == [("done", mac_text(MACS[0])), ("done", mac_text(MACS[1]))]
    assert [name_on(board) for board in boards] == [b'{"name":"7A-1"}', b'{"name":"7A-2"}']
    came_back = dict(note for note in watcher.notes if "came back" in note[1])
    assert str(sockets[1]) in came_back["COM3"]
    assert str(sockets[0]) in came_back["COM4"]
    assert [result.board.serial_port for result in results] == [str(socket) for socket in sockets]


def test_noise_is_followed_by_a_slower_try_with_its_reason(bare_board: Boards, journal: Journal) -> None:
    """A supply that sags in mid-flash ends a session; the next one says why it is there, is slower, and finishes the board."""
    board = bare_board(endpoint="pty")
    board.uart.faults.arm(Strike.BROWNOUT, 50_000)
    watcher = Watcher()
    [result] = class_flash(journal, watcher).flash([info_of(board)])
    assert result.outcome == "done", result.error
    again = [note for _, note in watcher.notes if "tried again" in note]
    assert len(again) == 1
    assert "stopped half-way" in again[0]
    assert "230400 baud" in again[0]
    assert 0 < result.written < result.written + result.skipped


# --- the user's end ---


def test_a_stop_leaves_a_board_that_is_being_written_marked_unfinished(bare_board: Boards, journal: Journal, wait_until: WaitUntil) -> None:
    """It ends between two blocks; the next flash finishes it. One that had not begun has not one byte changed, and takes no number."""
    board, untouched = bare_board(endpoint="pty", mac=MACS[0]), bare_board(endpoint="pty", mac=MACS[1])
    watcher, loader = Watcher(), LateLoader()
    flash = class_flash(journal, watcher, FlashWishes(class_name="7A"), loader=loader)

    def stop(board: BoardInfo, done: int, total: int) -> None:
        if journal.notes and done > 20_000:
            flash.stop()
            loader.let_go.set()

    watcher.on_progress = stop
    results = flash.flash([info_of(board), info_of(untouched, "late")])
    assert [(result.outcome, result.error) for result in results] == [("stopped", None), ("stopped", None)]
    assert [(note[0], note[2]) for note in journal.notes] == [(mac_text(MACS[0]), "unfinished")]
    assert stored(untouched, 0, 0x400000).count(b"\xff") == 0x400000
    wait_until(untouched.has_left_its_loader)
    assert [str(record.name) for record in journal.boards()] == ["7A-1"]
    [after] = class_flash(journal).flash([info_of(board)])
    assert (after.outcome, str(after.notes[0])) == ("done", "Its last flash was cut off. This one goes on where that stopped.")


def test_a_stop_before_the_first_byte_leaves_the_board_whole_and_running(
    bare_board: Boards, journal: Journal, wait_until: WaitUntil
) -> None:
    """While a board is still being compared nothing of it has changed: it starts what it had."""
    board = bare_board(endpoint="pty")
    assert class_flash(journal).flash([info_of(board)])[0].ok
    board.run(lambda: board.flash.program(FILES_AT, b"\0" * 4096))
    before, watcher = stored(board, 0, 0x400000), Watcher()
    flash = class_flash(journal, watcher)
    watcher.on_progress = lambda info, done, total: flash.stop()
    [result] = flash.flash([info_of(board)])
    assert result.outcome == "stopped"
    assert stored(board, 0, 0x400000) == before
    wait_until(board.has_left_its_loader)
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
    [result] = class_flash(journal).flash([info_of(board)])
    assert result.outcome == "done", result.error
    assert [str(note) for note in result.notes] == [sentence]


def test_a_board_in_its_loader_is_said_to_have_been_there(bare_board: Boards, journal: Journal) -> None:
    """The loader is no fault of the board's: it is flashed as any other."""
    [result] = class_flash(journal).flash([info_of(bare_board(endpoint="pty"), state="loader")])
    assert result.outcome == "done", result.error
    assert "It was in its loader already, and ran no program." in map(str, result.notes)


def test_a_board_whose_partition_table_points_beyond_its_flash_is_flashed(bare_board: Boards, journal: Journal) -> None:
    """Its program is looked for nowhere; reading there would end each try."""
    board = bare_board(endpoint="pty")
    table = build_partition_table([Partition("factory", APP, FACTORY, 0x800000, 0x100000)])
    board.run(lambda: board.flash.program(TABLE_OFFSET, table))
    [result] = class_flash(journal, wishes=FlashWishes(keep_files=True)).flash([info_of(board)])
    assert result.outcome == "done", result.error
    assert [str(note) for note in result.notes] == ["Nothing on it could start: a flash was cut off, or its flash was damaged."]


def test_nothing_is_said_of_a_board_that_only_gets_other_files(bare_board: Boards, journal: Journal) -> None:
    """It had this very firmware."""
    board = bare_board(endpoint="pty")
    board.write_firmware()
    [result] = class_flash(journal).flash([info_of(board)])
    assert (result.outcome, result.notes) == ("done", [])


# --- what is kept of it ---


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
        assert class_flash(journal).flash([info_of(board)])[0].outcome == "done"
        assert 0 < sum(reads) < 1024
        reads.clear()
        assert class_flash(journal).flash([info_of(board)])[0].outcome == "unchanged"
        assert reads == []


def test_a_fault_is_kept_with_the_board(bare_board: Boards, journal: Journal, wait_until: WaitUntil) -> None:
    """Why a board failed is remembered with it once its MAC is known; its state stays."""
    board = bare_board(endpoint="pty", mac=MACS[0])
    other = msgspec.structs.replace(kit_firmware(info_of(board), ""), chip="esp32s3")
    flash = ClassFlash(EsptoolLoader(), journal, lambda info, chip, wanted: other, files_of, list, FlashWishes())
    [result] = flash.flash([info_of(board)])
    assert isinstance(result.error, ImageError)
    [record] = journal.boards()
    assert (record.mac, record.flash_state, record.fault) == (mac_text(MACS[0]), "", result.error.what)
    wait_until(board.has_left_its_loader)


def test_an_unforeseen_error_of_one_board_stops_no_other(bare_board: Boards, journal: Journal) -> None:
    """It becomes that board's result, in words."""
    boards = [bare_board(endpoint="pty", mac=mac) for mac in MACS[:2]]

    def files_for(board: BoardInfo, mac: str, firmware: Firmware) -> Sequence[Region]:
        if mac == mac_text(MACS[0]):
            raise ZeroDivisionError("a slip of ours")
        return files_of(board, mac, firmware)

    results = class_flash(journal, files_for=files_for).flash([info_of(board) for board in boards])
    assert [result.outcome for result in results] == ["failed", "done"]
    assert results[0].error is not None
    assert results[0].error.what == N_(
        "Something unforeseen happened while {board} was flashed: {reason}", board="desk", reason="ZeroDivisionError: a slip of ours"
    )


def test_a_fault_that_cannot_be_kept_stops_no_other_board(bare_board: Boards, journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    """The class set fails in an unforeseen way, with the flash's end and with the fault: the board has its result all the same."""

    def fail(*args: object) -> None:
        raise RuntimeError("a slip of ours")

    monkeypatch.setattr(journal, "flash_ended", fail)
    monkeypatch.setattr(journal, "flash_failed", fail)
    [result] = class_flash(journal).flash([info_of(bare_board(endpoint="pty"))])
    assert result.outcome == "failed"
    assert "a slip of ours" in str(result.error)


def test_a_board_that_is_there_instead_of_another_starts_again(bare_board: Boards, journal: Journal, wait_until: WaitUntil) -> None:
    """Nothing is written to it, and it is not left in its loader."""
    board = bare_board(endpoint="pty", mac=MACS[0])
    expected = msgspec.structs.replace(info_of(board), mac=mac_text(MACS[1]))
    result = class_flash(journal).flash_one(expected)
    assert "another one is there now" in str(result.error)
    assert stored(board, 0, 0x400000).count(b"\xff") == 0x400000
    wait_until(board.has_left_its_loader)
