"""Flash a class set, with the real esptool and the real loader protocol."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import msgspec
import pytest
from lovhe.adapters import flash_plan
from lovhe.adapters.esptool_flash import EsptoolLoader
from lovhe.adapters.firmware_library import read_firmware
from lovhe.adapters.littlefs_image import files_regions, read_image
from lovhe.core.errors import BoardGoneError, ImageError, LoaderError, NoBoardError
from lovhe.core.messages import Text
from lovhe.services.flash.class_flash import ClassFlash, FlashWishes, Patience
from lovhe.services.flash.flashing import FilesFor, FirmwareFor, FlashResult, refuse_wrong_firmware
from lovhe.services.ports import BoardInfo, Firmware, Region
from lovhe.virtual.chip.board_image import build_board_image
from lovhe.virtual.line.faults import Faults, Strike

from tests.services.class_boards import MACS, WaitUntil
from tests.services.conftest import Journal
from tests.virtual.conftest import MAC, BareBoard

FILES = {"/boot.py": b"# start\n", "/main.py": b"print('hello')\n" * 300, "/lib/lovhe/trace.mpy": random.Random(1).randbytes(60_000)}
MAC_TEXT = ":".join(f"{byte:02x}" for byte in MAC)

Boards = Callable[..., BareBoard]


def _info(serial_port: str, *, virtual: bool = True) -> BoardInfo:
    return BoardInfo("desk", serial_port, "", virtual, "ready")


def _kit_firmware(board: BoardInfo, chip: str, wanted: str = "") -> Firmware:
    return read_firmware(build_board_image(), "lovhe-virtual")


def _files_of(board: BoardInfo, mac: str, firmware: Firmware) -> Sequence[Region]:
    files = {**FILES, "/board.json": b'{"name":"' + mac.encode() + b'"}'}
    return files_regions(files, firmware.files_offset, firmware.files_size)


class Progress:
    """A watcher that keeps the progress it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int]] = []

    def progress(self, board: BoardInfo, done_bytes: int, total_bytes: int) -> None:
        self.told.append((done_bytes, total_bytes))

    def note(self, board: BoardInfo, text: Text) -> None:
        pass

    def ended(self, result: FlashResult) -> None:
        pass


def _flash(
    boards: Sequence[BoardInfo],
    loader: EsptoolLoader,
    journal: Journal,
    firmware_for: FirmwareFor = _kit_firmware,
    files_for: FilesFor | None = _files_of,
    watcher: Progress | None = None,
) -> list[FlashResult]:
    """Flash with no patience for boards that need a hand: nobody is there."""
    wishes, patience = FlashWishes(keep_files=files_for is None), Patience(come_back_s=0.0, boot_button_s=0.0)
    flash = ClassFlash(loader, journal, firmware_for, files_for or _files_of, lambda: boards, wishes, watcher, patience)
    return flash.flash(boards)


def _stored(board: BareBoard, offset: int, size: int) -> bytes:
    return bytes(board.run(lambda: board.flash.read(offset, size)))


def test_a_flash_puts_firmware_and_files_on_the_board(bare_board: Boards, journal: Journal, wait_until: WaitUntil) -> None:
    """One session writes the firmware and a file system that holds the board's files and its name, and starts the board."""
    board = bare_board()
    [result] = _flash([_info(board.serial_port)], EsptoolLoader(), journal)
    assert result.ok, result.error
    assert (result.chip, result.mac) == ("esp32", MAC_TEXT)
    assert _stored(board, 0x1000, len(build_board_image())) == build_board_image()
    files = read_image(_stored(board, 0x200000, 0x200000))
    assert files == {**FILES, "/board.json": b'{"name":"' + MAC_TEXT.encode() + b'"}'}
    wait_until(board.has_left_its_loader)


def test_an_unchanged_board_gets_nothing(bare_board: Boards, journal: Journal) -> None:
    """The second flash of the same writes not one byte of flash."""
    board = bare_board(endpoint="pty")
    loader = EsptoolLoader()
    first, second = (_flash([_info(board.serial_port)], loader, journal)[0] for _ in range(2))
    assert first.written > 0
    assert (second.error, second.written) == (None, 0)
    assert second.skipped == first.written + first.skipped


def test_keeping_files_leaves_the_file_system_alone(bare_board: Boards, journal: Journal) -> None:
    """Without files to write, only the firmware is."""
    board = bare_board(endpoint="pty")
    board.run(lambda: board.flash.program(0x200000, b"a student's work"))
    [result] = _flash([_info(board.serial_port)], EsptoolLoader(), journal, _kit_firmware, None)
    assert result.ok
    assert _stored(board, 0x200000, 16) == b"a student's work"


def test_what_a_former_firmware_left_is_cleared_only_with_a_new_one(bare_board: Boards, journal: Journal) -> None:
    """nvs is wiped when the firmware changes, and kept when there is nothing new to write."""
    board = bare_board(endpoint="pty")
    board.run(lambda: board.flash.program(0x9000, b"left by another program"))
    loader = EsptoolLoader()
    _flash([_info(board.serial_port)], loader, journal)
    assert _stored(board, 0x9000, 23) == b"\xff" * 23
    board.run(lambda: board.flash.program(0x9000, b"wifi"))
    _flash([_info(board.serial_port)], loader, journal)
    assert _stored(board, 0x9000, 4) == b"wifi"


def test_one_boards_trouble_stops_no_other(bare_board: Boards, journal: Journal) -> None:
    """Of four boards one is not there, one stays out of its loader and one is unplugged: the fourth is flashed."""
    good, silent, pulled = bare_board(), bare_board(faults=Faults(ignores_loader=True)), bare_board(endpoint="pty")
    pulled.uart.faults.arm(Strike.UNPLUG, 30_000)
    boards = [_info(port) for port in ("rfc2217://127.0.0.1:1", silent.serial_port, pulled.serial_port, good.serial_port)]
    results = _flash(boards, EsptoolLoader(), journal)
    assert [type(result.error) for result in results] == [NoBoardError, LoaderError, BoardGoneError, type(None)]
    assert [result.board for result in results] == boards
    assert "BOOT" in str(results[1].error)
    assert _stored(good, 0x1000, 100) == build_board_image()[:100]


def test_a_board_cut_off_half_way_is_noted_and_finished_later(bare_board: Boards, journal: Journal) -> None:
    """The journal says "unfinished" before the first byte and "ready" after the read-back, and not before the next flash."""
    board = bare_board(endpoint="pty")
    loader = EsptoolLoader()
    board.uart.faults.arm(Strike.UNPLUG, 30_000)
    [cut] = _flash([_info(board.serial_port)], loader, journal)
    assert isinstance(cut.error, BoardGoneError)
    assert [note[2] for note in journal.notes] == ["unfinished"]
    first_port = board.serial_port
    board.run(board.uart.replug)
    [again] = _flash([_info(board.serial_port)], loader, journal)
    assert again.ok, again.error
    assert journal.notes == [
        (MAC_TEXT, first_port, "unfinished"),
        (MAC_TEXT, board.serial_port, "unfinished"),
        (MAC_TEXT, board.serial_port, "ready"),
    ]


@pytest.mark.parametrize("seed", range(8))
def test_a_flash_cut_at_any_byte_ends_well_the_next_time(bare_board: Boards, journal: Journal, seed: int) -> None:
    """Unplugged at a random byte, the board takes the next flash whole; browned out, it is whole after the same one, which tries again."""
    board = bare_board(endpoint="pty")
    at = random.Random(seed).randrange(1, 70_000)
    board.uart.faults.arm(Strike.UNPLUG if seed % 2 else Strike.BROWNOUT, at)
    loader = EsptoolLoader()
    [first] = _flash([_info(board.serial_port)], loader, journal)
    assert first.ok == (seed % 2 == 0), first.error
    if seed % 2:
        board.run(board.uart.replug)
    [second] = _flash([_info(board.serial_port)], loader, journal)
    assert second.ok, second.error
    assert read_image(_stored(board, 0x200000, 0x200000))["/main.py"] == FILES["/main.py"]


def test_firmware_for_another_chip_is_refused_before_a_byte_is_written(bare_board: Boards, journal: Journal) -> None:
    """The detected chip is compared with the image's; nothing is noted, nothing written."""
    board = bare_board(endpoint="pty")
    other = msgspec.structs.replace(_kit_firmware(_info(""), ""), chip="esp32s3")
    [result] = _flash([_info(board.serial_port)], EsptoolLoader(), journal, lambda info, chip, wanted: other)
    assert isinstance(result.error, ImageError)
    assert "esp32s3" in str(result.error)
    assert journal.notes == []
    assert _stored(board, 0, 0x400000).count(b"\xff") == 0x400000


def test_a_board_that_turns_out_to_be_another_is_refused(bare_board: Boards, journal: Journal) -> None:
    """A board whose chip was known, and whose loader tells of another: nothing is noted or written, though there is firmware for it."""
    board = bare_board(endpoint="pty")
    expected = msgspec.structs.replace(_info(board.serial_port), chip="esp32s3")
    [result] = _flash([expected], EsptoolLoader(), journal)
    assert isinstance(result.error, LoaderError)
    assert "should have the chip esp32s3, and its loader says that it has a esp32" in str(result.error)
    assert journal.notes == []
    assert _stored(board, 0, 0x400000).count(b"\xff") == 0x400000


def test_a_virtual_boards_image_is_refused_for_a_real_one(bare_board: Boards, journal: Journal) -> None:
    """The kit's own image would leave a real board silent."""
    board = bare_board(endpoint="pty")
    [result] = _flash([_info(board.serial_port, virtual=False)], EsptoolLoader(), journal)
    assert isinstance(result.error, ImageError)
    assert "virtual" in str(result.error)
    assert journal.notes == []


def test_firmware_that_needs_more_flash_than_there_is_is_refused() -> None:
    """A 16 MB firmware does not go onto a 4 MB board."""
    large = msgspec.structs.replace(_kit_firmware(_info(""), ""), files_offset=0x200000, files_size=0xE00000)
    with pytest.raises(ImageError) as caught:
        refuse_wrong_firmware(large, _info("COM3"), "esp32", 0x400000)
    assert "16 MB" in str(caught.value)


def test_a_program_that_reaches_beyond_the_flash_is_refused_wherever_its_files_are() -> None:
    """What is written beyond the end of a flash chip comes out at its begin, where it would be read back as if all were well."""
    kit = _kit_firmware(_info(""), "")
    beyond = msgspec.structs.replace(kit, regions=[*kit.regions, Region(0x400000, b"x")])
    with pytest.raises(ImageError) as caught:
        refuse_wrong_firmware(beyond, _info("COM3"), "esp32", 0x400000)
    assert "5 MB" in str(caught.value)


def test_progress_runs_to_its_end(bare_board: Boards, journal: Journal) -> None:
    """Bytes done never fall, never pass the total, and reach it."""
    board = bare_board(endpoint="pty")
    watcher = Progress()
    _flash([_info(board.serial_port)], EsptoolLoader(), journal, watcher=watcher)
    told = watcher.told
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert {total for _, total in told} == {told[-1][0]}


def test_a_class_is_compressed_once(bare_board: Boards, journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two classes of two cost no more making ready than one: only what bears a board's name differs."""
    packed: list[bytes] = []
    original = flash_plan._packed

    def counted(data: memoryview, block_size: int) -> flash_plan.Packed:
        packed.append(bytes(data))
        return original(data, block_size)

    monkeypatch.setattr(flash_plan, "_packed", counted)
    loader = EsptoolLoader()
    counts = []
    for _ in range(2):
        boards = [_info(bare_board(endpoint="pty", mac=mac).serial_port) for mac in MACS[:2]]
        assert all(result.ok for result in _flash(boards, loader, journal))
        counts.append(len(packed))
    assert len(packed) == len(set(packed))
    assert counts[0] == counts[1]
