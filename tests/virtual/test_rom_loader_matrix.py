"""esptool's commands on each chip: the program itself, run in this process over a PTY, where connecting costs little.

One board a chip serves all commands, put back into its program before each, as a new user would find it.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import esptool
import pytest
from esp_pylib.logger import EspLog
from esptool.logger import EsptoolLogger
from lovhe.core.firmware.esp_image import VIRTUAL_PROJECT
from lovhe.core.firmware.image_format import CHIPS_BY_NAME
from lovhe.virtual.chip.board_image import build_board_image
from lovhe.virtual.chip.bootrom import Boot, boot, boot_messages, download_messages
from lovhe.virtual.line.faults import Faults

from tests.virtual.conftest import BareBoard

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a PTY exists on POSIX alone")

CHIPS = ("esp32", "esp32s3", "esp32c3")
DESCRIPTIONS = {
    "esp32": "ESP32-D0WD-V3 (revision v3.1)",
    "esp32s3": "ESP32-S3 (QFN56) (revision v0.2)",
    "esp32c3": "ESP32-C3 (QFN32) (revision v0.4)",
}
BAUDS = (115200, 230400, 460800, 921600, 1500000, 2000000)


@pytest.fixture(scope="module", params=CHIPS)
def board(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BareBoard]:
    """The chip's board, for all tests of this file."""
    running = BareBoard(tmp_path_factory.mktemp(request.param), "pty", Faults(), request.param, None)
    yield running
    running.close()


@pytest.fixture
def run(board: BareBoard, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What esptool prints for a command, which must succeed."""

    def told(*arguments: Any) -> str:
        monkeypatch.setattr(EspLog, "instance", EsptoolLogger())  # the kit's own, from another test of this process, prints nothing
        board.run(lambda: board.uart.reset(cause="power"))
        esptool.main(["--port", board.serial_port, *map(str, arguments)])
        out, err = capsys.readouterr()
        return out + err

    return told


@pytest.fixture
def file(tmp_path: Path) -> Callable[[bytes], Path]:
    """Write bytes to a file of their own."""

    def write(content: bytes) -> Path:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.bin"
        path.write_bytes(content)
        return path

    return write


def mixed(length: int, seed: int = 1) -> bytes:
    """Bytes that deflate to about a half."""
    return bytes(random.Random(seed).choices(range(16), k=length))


def test_the_chip_names_itself_its_mac_and_its_flash(board: BareBoard, run: Callable[..., str]) -> None:
    """chip-id, read-mac and flash-id: kind and revision, the board's MAC, maker and size of the flash."""
    told = run("flash-id")
    assert DESCRIPTIONS[board.chip] in told
    assert "Detected flash size: 4MB" in told
    assert f"Manufacturer: {'20' if board.chip == 'esp32c3' else 'ef'}" in told
    assert "24:6f:28:a1:b2:c3" in run("read-mac")
    assert DESCRIPTIONS[board.chip] in run("--no-stub", "chip-id")


def test_the_security_report_is_that_of_an_unlocked_chip(board: BareBoard, run: Callable[..., str]) -> None:
    """get-security-info: the S3 and C3 tell their number and that nothing is locked; the ESP32 has no such report."""
    if board.chip == "esp32":
        with pytest.raises(esptool.FatalError, match=r"Invalid command|not support"):
            run("--no-stub", "get-security-info")
        return
    told = run("--no-stub", "get-security-info")
    assert f"Chip ID: {CHIPS_BY_NAME[board.chip].image_id}" in told
    assert "Secure Boot: Disabled" in told
    assert "Flash Encryption: Disabled" in told


@pytest.mark.parametrize("dialect", ["", "--no-stub"], ids=["stub", "rom"])
@pytest.mark.parametrize("packing", ["--compress", "--no-compress"])
def test_several_regions_are_written_verified_and_read_back(
    board: BareBoard, run: Callable[..., str], file: Callable[[bytes], Path], dialect: str, packing: str, tmp_path: Path
) -> None:
    """write-flash in both dialects, deflated and plain, verify-flash and read-flash agree on what the flash holds."""
    options = [dialect] if dialect else []
    contents = {0x10000: mixed(5_003, 1), 0x20000: random.Random(2).randbytes(4_097), 0x32000: b"short"}
    pairs = [word for offset, content in contents.items() for word in (hex(offset), file(content))]
    told = run(*options, "write-flash", packing, *pairs)
    assert told.count("Hash of data verified.") == 3
    for offset, content in contents.items():
        assert board.flash.read(offset, len(content)) == content
    assert run(*options, "verify-flash", *pairs).count("digest matched") == 3
    run(*options, "read-flash", "0x10000", 500, tmp_path / "read")
    assert (tmp_path / "read").read_bytes() == contents[0x10000][:500]


@pytest.mark.parametrize("baud_bd", BAUDS)
def test_every_usual_rate_carries_a_write(board: BareBoard, run: Callable[..., str], file: Callable[[bytes], Path], baud_bd: int) -> None:
    """The line's rate is changed for the write, and the data arrive."""
    content = mixed(20_000, baud_bd)
    assert "Hash of data verified." in run("--baud", baud_bd, "write-flash", "0x40000", file(content))
    assert board.flash.read(0x40000, len(content)) == content


def test_what_is_there_already_is_not_sent_again(board: BareBoard, run: Callable[..., str], file: Callable[[bytes], Path]) -> None:
    """--skip-flashed leaves an equal file alone; --diff-with sends the sectors that changed; both leave the new content."""
    before = mixed(40_000, 5)
    after = before[:20_000] + b"\xaa" * 100 + before[20_100:]
    old, new = file(before), file(after)
    run("write-flash", "0x50000", old)
    received = board.uart.received
    run("write-flash", "--skip-flashed", "0x50000", old)
    skipped = board.uart.received - received
    received = board.uart.received
    told = run("write-flash", "--diff-with", old, "--", "0x50000", new)
    assert "Hash of data verified." in told
    assert board.flash.read(0x50000, len(after)) == after
    assert board.uart.received - received < skipped + 8_000  # some sectors, not all of 40,000 bytes


def test_erasing_leaves_nothing(board: BareBoard, run: Callable[..., str], file: Callable[[bytes], Path]) -> None:
    """erase-region takes its sectors and no more, erase-flash all."""
    run("write-flash", "0x60000", file(mixed(12_288)))
    run("erase-region", "0x61000", "0x1000")
    assert board.flash.read(0x60000, 0x3000) == mixed(12_288)[:4096] + b"\xff" * 4096 + mixed(12_288)[8192:]
    run("erase-flash")
    assert board.flash.read(0, board.flash.size_bytes).count(0xFF) == board.flash.size_bytes


def test_the_kits_image_is_sound_and_runs(
    board: BareBoard, run: Callable[..., str], file: Callable[[bytes], Path], wait_until: Callable[..., None]
) -> None:
    """image-info finds the image valid; written at the chip's own offset, the ROM's `run` starts it."""
    image = build_board_image(board.chip)
    told = run("image-info", file(image[0x10000 - CHIPS_BY_NAME[board.chip].bootloader_offset :]))
    assert told.count("(valid)") == 2
    assert f"Project name: {VIRTUAL_PROJECT}" in told
    assert f"Detected image type: {'-'.join(filter(None, ('ESP32', board.chip[5:].upper())))}" in told
    run("write-flash", hex(CHIPS_BY_NAME[board.chip].bootloader_offset), file(image))
    board.booted.clear()
    run("--no-stub", "run")
    wait_until(lambda: board.booted[-1:] == ["software"])
    assert board.run(lambda: board.uart.mode) == "run"


def test_a_watchdog_reset_leaves_the_loader(board: BareBoard, run: Callable[..., str], wait_until: Callable[..., None]) -> None:
    """--after watchdog-reset: the S3 and C3 are reset from inside, and run what is in their flash; the ESP32 knows no such way."""
    board.write_firmware()
    told = run("--after", "watchdog-reset", "read-mac")
    assert ("not supported" in told) == (board.chip == "esp32")
    if board.chip != "esp32":
        wait_until(lambda: board.booted[-1] == "software")
        assert board.run(lambda: board.uart.mode) == "run"


def test_the_rom_speaks_as_the_chip_does(board: BareBoard) -> None:
    """Each chip greets in its own words, and names the download mode so that esptool understands it."""
    board.run(lambda: board.flash.erase(0, board.flash.size_bytes))
    board.write_firmware()
    started = boot(board.flash, "power", board.chip)
    assert isinstance(started, Boot)
    greeting = {"esp32": b"ets Jul 29 2019", "esp32s3": b"ESP-ROM:esp32s3-20210327", "esp32c3": b"ESP-ROM:esp32c3-api1-20210207"}
    assert boot_messages(started, "power", board.chip).startswith(greeting[board.chip])
    assert b"DOWNLOAD" in download_messages(chip=board.chip)
    assert b"waiting for download" in download_messages(chip=board.chip)
