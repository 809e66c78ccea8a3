"""What `lovhe flash --resume` finishes, and how; which boards it names that are not there."""

from __future__ import annotations

import hashlib

from lovhe.adapters.esptool_flash import EsptoolLoader
from lovhe.core.boards.names import BoardName
from lovhe.services.flash.class_flash import ClassFlash, FlashWishes
from lovhe.services.ports import BoardInfo, Firmware, FlashOrder
from lovhe.services.recovery import not_resumed, to_resume
from lovhe.virtual.chip.board_image import build_board_image

from tests.services.class_boards import (
    FILES_AT,
    MACS,
    Boards,
    WaitUntil,
    class_flash,
    files_of,
    info_of,
    kit_firmware,
    mac_text,
    stored,
)
from tests.services.conftest import Journal


def test_resume_finishes_each_board_with_what_it_was_begun_with(bare_board: Boards, journal: Journal, wait_until: WaitUntil) -> None:
    """An unfinished board gets its own order's firmware, class and files; another is left as it is and starts again."""
    cut, whole = bare_board(endpoint="pty", mac=MACS[0]), bare_board(endpoint="pty", mac=MACS[1])
    sha256 = hashlib.sha256(build_board_image()).hexdigest()
    journal.flash_begins(mac_text(MACS[0]), cut.serial_port, "esp32", FlashOrder("the one begun", sha256, True, "7A"))
    journal.flash_begins(mac_text(MACS[1]), whole.serial_port, "esp32", FlashOrder("", "", False))
    journal.flash_ended(mac_text(MACS[1]), whole.serial_port, "esp32", "lovhe-virtual")
    cut.run(lambda: cut.flash.program(FILES_AT, b"a student's work"))
    wanted: list[str] = []

    def firmware_for(board: BoardInfo, chip: str, name: str) -> Firmware:
        wanted.append(name)
        return kit_firmware(board, chip)

    boards = [info_of(cut), info_of(whole)]
    assert to_resume(boards, journal) == boards
    flash = ClassFlash(EsptoolLoader(), journal, firmware_for, files_of, list, FlashWishes(firmware="another", resume=True))
    results = flash.flash(boards)
    assert [(result.outcome, result.name) for result in results] == [("done", "7A-1"), ("unchanged", "")]
    assert wanted == ["the one begun"]
    assert stored(cut, 0x1000, 100) == build_board_image()[:100]
    assert stored(cut, FILES_AT, 16) == b"a student's work"
    assert stored(whole, 0, 0x400000).count(b"\xff") == 0x400000
    wait_until(whole.has_left_its_loader)
    assert [str(note) for note in results[1].notes] == ["No flash of it was cut off. It is left as it is."]
    assert not_resumed(results, journal) == []
    assert to_resume(boards, journal) == []


def test_resume_says_when_the_image_is_not_the_one_it_was_begun_with(bare_board: Boards, journal: Journal) -> None:
    """The board ends whole all the same, with the image that is there now."""
    board = bare_board(endpoint="pty", mac=MACS[0])
    journal.flash_begins(mac_text(MACS[0]), board.serial_port, "esp32", FlashOrder("", "0" * 64, False))
    [result] = class_flash(journal, wishes=FlashWishes(resume=True)).flash([info_of(board)])
    assert result.outcome == "done", result.error
    assert "It was begun with another lovhe-virtual. It is finished with the one that is here now." in map(str, result.notes)


def test_unfinished_boards_that_are_not_there_are_named(journal: Journal) -> None:
    """By their sticker, or by MAC and the serial port where they were; a board whose MAC is known and that is whole is not asked."""
    for mac in MACS[:2]:
        journal.flash_begins(mac_text(mac), "COM3", "esp32", FlashOrder("", "", False))
    journal.rename(mac_text(MACS[0]), BoardName("7A", 4))
    assert [str(sentence) for sentence in not_resumed([], journal)] == [
        "7A-4 is unfinished and not plugged in.",
        f"The board with the MAC {mac_text(MACS[1])} is unfinished and not plugged in. It was at COM3.",
    ]
    nameless = BoardInfo("COM4", "COM4", "", False, "ready")
    whole = BoardInfo("COM5", "COM5", "", False, "ready", mac=mac_text(MACS[2]))
    assert to_resume([nameless, whole], journal) == [nameless]


def test_a_class_that_is_given_with_resume_names_boards_that_were_begun_without_one(bare_board: Boards, journal: Journal) -> None:
    """One that was begun with a class gets that one's name."""
    boards = [bare_board(endpoint="pty", mac=mac) for mac in MACS[:2]]
    for board, mac, class_name in zip(boards, MACS, ("", "8B"), strict=False):
        journal.flash_begins(mac_text(mac), board.serial_port, "esp32", FlashOrder("", "", False, class_name))
    results = class_flash(journal, wishes=FlashWishes(class_name="7A", resume=True)).flash([info_of(board) for board in boards])
    assert [(result.outcome, result.name) for result in results] == [("done", "7A-1"), ("done", "8B-1")]
