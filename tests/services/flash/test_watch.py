"""`lovhe flash --watch`: plugged in, flashed, unplugged, the next; nobody twice."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence

from lovhe.adapters.esptool_flash import EsptoolLoader
from lovhe.adapters.firmware_library import read_firmware
from lovhe.core.errors import ImageError
from lovhe.core.messages import Text
from lovhe.services.flash.class_flash import ClassFlash, FlashWishes, Patience
from lovhe.services.flash.flashing import FlashResult
from lovhe.services.flash.watch import watch_boards
from lovhe.services.ports import BoardInfo, Firmware, Region
from lovhe.virtual.chip.board_image import build_board_image
from lovhe.virtual.line.faults import Strike

from tests.services.class_boards import WaitUntil, mac_text
from tests.services.conftest import Journal
from tests.virtual.conftest import BareBoard

FILES_AT = 0x200000
WORK = random.Random(1).randbytes(65_536)
Boards = Callable[..., BareBoard]
MACS = [bytes.fromhex(f"246f28a1b2{number:02x}") for number in range(1, 6)]


def _firmware(board: BoardInfo, chip: str, wanted: str = "") -> Firmware:
    return read_firmware(build_board_image(), "lovhe-virtual")


def _files(board: BoardInfo, mac: str, firmware: Firmware) -> Sequence[Region]:
    return [Region(firmware.files_offset, board.shown.encode().ljust(4096, b"\0")), Region(firmware.files_offset + 4096, WORK)]


class Desk:
    """Sockets, and somebody who does the next of `steps` as soon as it is due; the watch's watcher and its clock."""

    def __init__(self, journal: Journal) -> None:
        self.plugged_in: dict[str, BareBoard] = {}
        self.told: list[str] = []
        self.steps: list[tuple[str, Callable[[], None]]] = []
        self.stopped = False
        self._deadline_s = time.monotonic() + 100
        self._flash = ClassFlash(
            EsptoolLoader(), journal, _firmware, _files, self.there, FlashWishes(class_name="7A"), self, Patience(boot_button_s=0.0)
        )

    def there(self) -> list[BoardInfo]:
        return [BoardInfo(name, board.serial_port, "", True, "ready") for name, board in self.plugged_in.items()]

    def plugged(self, board: BoardInfo) -> None:
        self.told.append(f"{board.name} plugged")

    def unplugged(self, board: BoardInfo) -> None:
        self.told.append(f"{board.name} unplugged")

    def done_already(self, result: FlashResult) -> None:
        self.told.append(f"{result.name} already")

    def progress(self, board: BoardInfo, done_bytes: int, total_bytes: int) -> None:
        pass

    def note(self, board: BoardInfo, text: Text) -> None:
        pass

    def ended(self, result: FlashResult) -> None:
        self.told.append(f"{result.name or result.board.name} {result.outcome}")

    def wait(self, duration_s: float) -> None:
        """The time between two looks: somebody does what is due."""
        assert time.monotonic() < self._deadline_s, " | ".join(self.told)
        if self.steps and self.steps[0][0] in self.told:
            self.steps.pop(0)[1]()
        time.sleep(0.01)

    def stop(self) -> None:
        self.stopped = True

    def watch(self, count: int | None = None) -> list[FlashResult]:
        return watch_boards(self._flash, self.there, self, count, lambda: self.stopped, self.wait)


def test_each_board_that_is_plugged_in_is_flashed_and_none_twice(bare_board: Boards, journal: Journal, wait_until: WaitUntil) -> None:
    """Two boards one after another in one socket, then the first again: it is told as done already, runs, and nothing is written."""
    desk = Desk(journal)
    first, second = (bare_board(endpoint="pty", mac=mac) for mac in MACS[:2])

    def change_a_byte_and_plug_in_again() -> None:
        del desk.plugged_in["COM4"]
        first.run(lambda: first.flash.program(FILES_AT, b"\0" * 16))
        desk.plugged_in["COM5"] = first

    desk.plugged_in["COM3"] = first
    desk.steps = [
        ("7A-1 done", desk.plugged_in.clear),
        ("COM3 unplugged", lambda: desk.plugged_in.update(COM4=second)),
        ("7A-2 done", change_a_byte_and_plug_in_again),
        ("7A-1 already", desk.stop),
    ]
    ends = desk.watch()
    assert desk.told == [
        "COM3 plugged",
        "7A-1 done",
        "COM3 unplugged",
        "COM4 plugged",
        "7A-2 done",
        "COM4 unplugged",
        "COM5 plugged",
        "7A-1 already",
    ]
    assert [(end.name, end.outcome) for end in ends] == [("7A-1", "done"), ("7A-2", "done")]
    assert bytes(first.run(lambda: first.flash.read(FILES_AT, 16))) == b"\0" * 16
    wait_until(first.has_left_its_loader)


def test_boards_that_come_at_the_same_time_get_their_names_in_their_order(bare_board: Boards, journal: Journal) -> None:
    """Three that are plugged in when the watch begins are numbered as they are listed."""
    desk = Desk(journal)
    desk.plugged_in = {f"COM{3 + number}": bare_board(endpoint="pty", mac=mac) for number, mac in enumerate(MACS[:3])}
    ends = desk.watch(count=3)
    assert {end.board.name: end.name for end in ends} == {"COM3": "7A-1", "COM4": "7A-2", "COM5": "7A-3"}


def test_a_board_that_is_pulled_out_too_early_is_finished_when_it_comes_again(bare_board: Boards, journal: Journal) -> None:
    """It fails at once and is not waited for; plugged in again, under another name, it goes on; the watch ends at its count."""
    desk = Desk(journal)
    board = bare_board(endpoint="pty", mac=MACS[0])
    board.uart.faults.arm(Strike.UNPLUG, 40_000)

    def plug_in_again() -> None:
        board.run(board.uart.replug)
        desk.plugged_in["COM4"] = board

    desk.plugged_in["COM3"] = board
    desk.steps = [("7A-1 failed", desk.plugged_in.clear), ("COM3 unplugged", plug_in_again)]
    ends = desk.watch(count=1)
    assert desk.told == ["COM3 plugged", "7A-1 failed", "COM3 unplugged", "COM4 plugged", "7A-1 done"]
    assert [(end.name, end.outcome) for end in ends] == [("7A-1", "done")]


def test_a_board_that_fails_is_left_alone_until_it_is_plugged_in_again(bare_board: Boards, journal: Journal) -> None:
    """Who looks at the screen is told once; the watch does not try the same board for ever."""
    desk = Desk(journal)
    desk.plugged_in["COM3"] = bare_board(endpoint="pty", mac=MACS[0], chip="esp32s3")
    desk.steps = [("COM3 failed", lambda: None), ("COM3 plugged", desk.stop)]
    ends = desk.watch()
    assert desk.told == ["COM3 plugged", "COM3 failed"]
    assert [type(end.error) for end in ends] == [ImageError]


def test_a_done_board_whose_mac_is_known_is_not_even_spoken_to(bare_board: Boards, journal: Journal, wait_until: WaitUntil) -> None:
    """Chips with USB of their own tell their MAC at the socket, and come anew with each restart: that must have an end."""
    desk = Desk(journal)
    board = bare_board(endpoint="pty", mac=MACS[0])
    booted: list[str] = []

    def there() -> list[BoardInfo]:
        return [
            BoardInfo(name, plugged.serial_port, "", True, "ready", mac=mac_text(MACS[0]), sticker="7A-1")
            for name, plugged in desk.plugged_in.items()
        ]

    def plug_in_again() -> None:
        wait_until(board.has_left_its_loader)
        booted.extend(board.booted)
        desk.plugged_in["COM4"] = board

    desk.there = there  # type: ignore[method-assign]
    desk.plugged_in["COM3"] = board
    desk.steps = [("7A-1 done", desk.plugged_in.clear), ("COM3 unplugged", plug_in_again), ("7A-1 already", desk.stop)]
    desk.watch()
    assert desk.told[-1] == "7A-1 already"
    assert board.booted == booted
