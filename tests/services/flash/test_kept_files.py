"""`--keep-files` keeps files that are whole and that the new firmware finds; where it cannot, nothing is written."""

from __future__ import annotations

import msgspec
from lovhe.adapters.esptool_flash import EsptoolLoader
from lovhe.services.flash.class_flash import ClassFlash, FlashWishes
from lovhe.services.flash.flashing import FlashResult
from lovhe.services.ports import BoardInfo, Firmware, FlashOrder

from tests.services.class_boards import (
    APP_AT,
    FILES_AT,
    MACS,
    Boards,
    WaitUntil,
    class_flash,
    files_of,
    info_of,
    kit_firmware,
    mac_text,
    name_on,
    stored,
)
from tests.services.conftest import Journal
from tests.virtual.conftest import BareBoard

KEEP = FlashWishes(keep_files=True)


def _with_less_room(board: BoardInfo, chip: str, wanted: str = "") -> Firmware:
    return msgspec.structs.replace(kit_firmware(board, chip), files_size=0x100000, files_to_end=False)


def _kept(journal: Journal, board: BareBoard) -> FlashResult:
    """The board flashed with a firmware that has another place for files, and its files kept."""
    return ClassFlash(EsptoolLoader(), journal, _with_less_room, files_of, list, KEEP).flash([info_of(board)])[0]


def test_files_that_a_cut_off_flash_was_to_write_are_not_kept(bare_board: Boards, journal: Journal, wait_until: WaitUntil) -> None:
    """They may be half old and half new: not one byte is written, the board stays unfinished, and resuming makes it whole."""
    board = bare_board(endpoint="pty", mac=MACS[0])
    journal.flash_begins(mac_text(MACS[0]), board.serial_port, "esp32", FlashOrder("", "", False))
    [result] = class_flash(journal, wishes=KEEP).flash([info_of(board)])
    assert result.error is not None
    assert "no whole files" in str(result.error)
    assert stored(board, 0, 0x400000).count(b"\xff") == 0x400000
    wait_until(board.has_left_its_loader)
    assert [record.flash_state for record in journal.boards()] == ["unfinished"]
    assert class_flash(journal, wishes=FlashWishes(resume=True)).flash([info_of(board)])[0].outcome == "done"


def test_a_cut_off_flash_that_kept_the_files_may_be_followed_by_another(bare_board: Boards, journal: Journal) -> None:
    """It has not touched them."""
    board = bare_board(endpoint="pty", mac=MACS[0])
    board.run(lambda: board.flash.program(FILES_AT, b"a student's work"))
    journal.flash_begins(mac_text(MACS[0]), board.serial_port, "esp32", FlashOrder("", "", True))
    [result] = class_flash(journal, wishes=KEEP).flash([info_of(board)])
    assert result.outcome == "done", result.error
    assert stored(board, FILES_AT, 16) == b"a student's work"


def test_files_that_the_new_firmware_would_not_find_are_not_kept(bare_board: Boards, journal: Journal, wait_until: WaitUntil) -> None:
    """A file system of another size is none to MicroPython: the board stays as it was, and runs."""
    board = bare_board(endpoint="pty", mac=MACS[0])
    assert class_flash(journal).flash([info_of(board)])[0].ok
    board.run(lambda: board.flash.program(APP_AT + 0x200, b"\0" * 64))
    before = stored(board, 0, 0x400000)
    result = _kept(journal, board)
    assert result.error is not None
    assert "cannot be kept" in str(result.error)
    assert stored(board, 0, 0x400000) == before
    wait_until(board.has_left_its_loader)
    assert [record.flash_state for record in journal.boards()] == ["ready"]


def test_a_board_without_files_has_none_to_lose(bare_board: Boards, journal: Journal) -> None:
    """Whether its flash is empty or its place for files is: the firmware is written."""
    empty, without_files = bare_board(endpoint="pty", mac=MACS[0]), bare_board(endpoint="pty", mac=MACS[1])
    without_files.write_firmware()
    assert [_kept(journal, board).ok for board in (empty, without_files)] == [True, True]


def test_a_new_name_that_is_not_written_into_the_board_is_said_to_be_missing_there(bare_board: Boards, journal: Journal) -> None:
    """The name is among the board's files, and those are kept; one that has its name already is told nothing."""
    board = bare_board(endpoint="pty", mac=MACS[0])
    assert class_flash(journal).flash([info_of(board)])[0].ok
    named, again = (class_flash(journal, wishes=FlashWishes(keep_files=True, class_name="7A")).flash([info_of(board)])[0] for _ in range(2))
    assert (named.name, again.name, again.notes) == ("7A-1", "7A-1", [])
    assert ["does not know its name 7A-1 itself" in str(note) for note in named.notes] == [True]
    assert name_on(board) == b'{"name":"desk"}'
