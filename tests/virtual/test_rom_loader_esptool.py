"""Unmodified esptool against the loader: as a program, and through its own Python interface."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lovhe.virtual.chip.board_image import build_board_image
from lovhe.virtual.line.faults import Faults, Strike

ESPTOOL = [sys.executable, "-m", "esptool"]
posix = pytest.mark.skipif(sys.platform == "win32", reason="a PTY exists on POSIX alone")


def compressible(length: int, seed: int = 1) -> bytes:
    """Bytes that deflate to about a half."""
    return bytes(random.Random(seed).choices(range(16), k=length))


def start_esptool(serial_port: str, *arguments: str) -> subprocess.Popen[str]:
    """Esptool as a user starts it."""
    return subprocess.Popen([*ESPTOOL, "--port", serial_port, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def esptool(board: Any, *arguments: str, exit_code: int = 0) -> str:
    """What esptool prints."""
    with start_esptool(board.serial_port, *arguments) as process:
        told, _ = process.communicate(timeout=120)
    assert process.returncode == exit_code, told
    return told


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Files to write: the board's image, one that deflates well, one that does not."""
    contents = {"board": build_board_image(), "mixed": compressible(60_000), "noise": random.Random(2).randbytes(30_001)}
    for name, content in contents.items():
        (tmp_path / f"{name}.bin").write_bytes(content)
    return {name: tmp_path / f"{name}.bin" for name in contents}


def test_esptool_flashes_over_rfc2217_with_and_without_its_stub(
    bare_board: Callable[..., Any], files: dict[str, Path], tmp_path: Path, wait_until: Callable[..., None]
) -> None:
    """Default reset modes both ways: into the loader over DTR and RTS, a fast and a slow write, and the board boots."""
    boards = [bare_board(), bare_board()]
    small = tmp_path / "small.bin"
    small.write_bytes(compressible(3000))
    boards[1].write_firmware()
    commands = [
        ["--baud", "460800", "write-flash", "0x1000", str(files["board"])],
        ["--no-stub", "write-flash", "0x300000", str(small)],
    ]
    processes = [start_esptool(board.serial_port, *command) for board, command in zip(boards, commands, strict=True)]
    for process in processes:
        with process:
            told, _ = process.communicate(timeout=120)
        assert process.returncode == 0, told
        assert "Hash of data verified." in told
        assert "Hard resetting via RTS pin" in told
    assert boards[0].flash.read(0x1000, len(build_board_image())) == build_board_image()
    assert boards[1].flash.read(0x300000, 3000) == small.read_bytes()
    for board in boards:
        wait_until(lambda booted=board.booted: booted == ["loader", "pin"])  # the strap is read a moment after the lines have risen
        assert board.run(lambda uart=board.uart: uart.mode) == "run"


# --- over RFC 2217 through esptool's functions: with the port's time-out left alone, pyserial does not negotiate it for each command ---


@pytest.fixture
def connect(bare_board: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """Connect esptool's own classes to a new board; `stub` says which dialect."""
    import serial
    from esptool.cmds import attach_flash, detect_chip, run_stub

    ports = []

    def connected(stub: bool = True, **options: Any) -> tuple[Any, Any]:
        board = bare_board(**options)
        ports.append(serial.serial_for_url(board.serial_port, timeout=3))
        esp = detect_chip(ports[-1])
        esp = run_stub(esp) if stub else esp
        attach_flash(esp)
        return board, esp

    yield connected
    for port in ports:
        port.close()


def test_the_chip_is_described_as_a_real_one(connect: Callable[..., Any]) -> None:
    """Kind, revision, features, crystal, MAC and flash size come out of registers."""
    from esptool.cmds import detect_flash_size

    _, esp = connect(stub=False)
    assert esp.get_chip_description() == "ESP32-D0WD-V3 (revision v3.1)"
    assert {"Wi-Fi", "BT", "240MHz"} <= set(esp.get_chip_features())
    assert esp.get_crystal_freq() == 40
    assert bytes(esp.read_mac()).hex() == "246f28a1b2c3"
    assert detect_flash_size(esp) == "4MB"
    esp.change_baud(460800)
    assert esp.get_crystal_freq() == 40


@pytest.mark.parametrize("stub", [True, False], ids=["stub", "rom"])
@pytest.mark.parametrize("compress", [True, False], ids=["deflated", "plain"])
def test_what_is_written_is_read_back(connect: Callable[..., Any], files: dict[str, Path], stub: bool, compress: bool) -> None:
    """Both dialects, deflated and plain, a size that fills no block, verified by MD5 and by reading."""
    from esptool.cmds import read_flash, verify_flash, write_flash

    board, esp = connect(stub)
    data = files["mixed"].read_bytes()[: 20_001 if stub else 5_001]
    write_flash(esp, [(0x10000, data)], compress=compress, no_compress=not compress)
    verify_flash(esp, [(0x10000, data)])
    assert read_flash(esp, 0x10000, 3_000) == data[:3_000]
    assert board.flash.read(0x10000, len(data)) == data


def test_erasing_over_the_stub(connect: Callable[..., Any]) -> None:
    """`erase-region` and `erase-flash` leave 0xFF."""
    from esptool.cmds import erase_flash, erase_region

    board, esp = connect()
    board.flash.program(0, bytes(0x4000))
    erase_region(esp, 0x1000, 0x2000)
    assert board.flash.read(0, 0x4000) == bytes(0x1000) + b"\xff" * 0x2000 + bytes(0x1000)
    erase_flash(esp)
    assert board.flash.read(0, 0x4000) == b"\xff" * 0x4000


def test_another_chip_is_recognised_before_a_byte_is_written(connect: Callable[..., Any]) -> None:
    """A board with another chip says so to esptool's detection."""
    board, esp = connect(chip="esp32s3")
    assert (esp.CHIP_NAME, bytes(esp.read_mac()).hex()) == ("ESP32-S3", "246f28a1b2c3")
    assert board.flash.path.stat().st_size == 0


def test_a_board_that_will_not_enter_the_loader_is_told_in_esptools_words(bare_board: Callable[..., Any]) -> None:
    """Esptool reads the boot mode in the boot messages and reports the wrong one."""
    import serial
    from esptool.cmds import detect_chip
    from esptool.util import FatalError

    board = bare_board(faults=Faults(ignores_loader=True))
    board.write_firmware()
    port = serial.serial_for_url(board.serial_port, timeout=3)
    with pytest.raises(FatalError, match="Wrong boot mode detected"):
        detect_chip(port, connect_attempts=1)
    port.close()


def test_a_noisy_line_is_refused_and_not_written(connect: Callable[..., Any], files: dict[str, Path]) -> None:
    """A flipped bit in a block fails its checksum; the error is the chip's, and the flash keeps no wrong byte."""
    from esptool.util import FatalError

    board, esp = connect()
    esp.flash_begin(0x4000, 0x10000)
    board.uart.faults.flip_rate = 0.01
    with pytest.raises(FatalError):
        esp.check_command("write", 0x03, bytes(16) + compressible(0x4000), 0, timeout=1)
    board.uart.faults.flip_rate = 0.0
    assert board.flash.read(0x10000, 0x4000) == b"\xff" * 0x4000


def test_a_cable_pulled_in_mid_write_leaves_a_board_that_can_be_flashed_again(connect: Callable[..., Any], files: dict[str, Path]) -> None:
    """The connection drops at the byte; after the cable is back, the board says what it lacks, and a new flash ends well."""
    import serial
    from esptool.cmds import detect_chip, run_stub, write_flash

    board, esp = connect()
    sock = esp._port._socket  # pyserial forgets to close the socket of a lost connection
    board.uart.faults.arm(Strike.UNPLUG, 20_000)
    data = files["noise"].read_bytes()
    esp.flash_begin(len(data), 0x10000)
    esp.flash_block(data[:0x4000], 0)
    with pytest.raises(serial.SerialException):
        esp.flash_block(data[0x4000:].ljust(0x4000, b"\xff"), 1)
    assert board.uart.received > 20_000
    esp._port.close()
    sock.close()
    board.run(board.uart.replug)
    assert board.booted[-1] == "power"
    port = serial.serial_for_url(board.serial_port, timeout=3)
    esp = run_stub(detect_chip(port))
    write_flash(esp, [(0x10000, data)])
    port.close()
    assert board.flash.read(0x10000, len(data)) == data


# --- over a PTY, where no line can reset the chip ---


@posix
def test_esptool_does_all_its_work_over_a_pty(bare_board: Callable[..., Any], files: dict[str, Path], tmp_path: Path) -> None:
    """With its default modes: identify, write deflated, plain and without stub, verify, read, erase."""
    board = bare_board("pty")
    read = tmp_path / "read.bin"
    assert "24:6f:28:a1:b2:c3" in esptool(board, "read-mac")
    assert "ESP32-D0WD-V3" in esptool(board, "chip-id")
    assert "Detected flash size: 4MB" in esptool(board, "flash-id")
    assert "Hash of data verified" in esptool(board, "--baud", "460800", "write-flash", "0x1000", str(files["board"]))
    assert "Hash of data verified" in esptool(board, "write-flash", "-u", "0x90000", str(files["noise"]))
    assert "digest matched" in esptool(board, "verify-flash", "0x90000", str(files["noise"]))
    esptool(board, "read-flash", "0x90000", "30001", str(read))
    assert read.read_bytes() == files["noise"].read_bytes()
    esptool(board, "erase-region", "0x90000", "0x1000")
    assert board.flash.read(0x90000, 0x1001) == b"\xff" * 0x1000 + files["noise"].read_bytes()[0x1000:0x1001]
    esptool(board, "erase-flash")
    assert board.flash.read(0, board.flash.size_bytes).count(0xFF) == board.flash.size_bytes


@posix
def test_the_rom_dialect_over_a_pty_ends_in_a_running_board(
    bare_board: Callable[..., Any], files: dict[str, Path], monkeypatch: pytest.MonkeyPatch, wait_until: Callable[..., None]
) -> None:
    """No stub, no lines: the write is sound, and the board runs what was written once the line is quiet."""
    monkeypatch.setattr("lovhe.virtual.line.uart.SYNC_QUIET_S", 60.0)  # a PC with much to do leaves esptool waiting in mid-flash, too
    board = bare_board("pty")
    told = esptool(board, "--before", "no-reset", "--after", "no-reset", "--no-stub", "write-flash", "0x1000", str(files["board"]))
    assert "Hash of data verified" in told
    assert board.booted == ["loader"]
    monkeypatch.setattr("lovhe.virtual.line.uart.SYNC_QUIET_S", 1.0)
    board.run(board.uart._await_quiet)
    wait_until(lambda: board.booted == ["loader", "quiet"])
    assert board.run(lambda: board.uart.mode) == "run"
