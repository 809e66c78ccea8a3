"""What the chip does between a reset and the first line of MicroPython: the ROM's and the bootloader's checks.

What esptool wrote is what boots. A flash that a real chip would not start from is not started from here either; the
chip then says so on the serial line, over and over, as the watchdog resets it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lovhe.core.errors import ImageError
from lovhe.core.firmware.image_format import CHIPS_BY_NAME, AppDescription, EspImage, Flaw, examine_image
from lovhe.core.firmware.partitions import TABLE_BYTES, TABLE_OFFSET, Partition, find_app, find_vfs, implied_vfs, parse_partition_table
from lovhe.virtual.chip.flash_file import FlashFile


@dataclass(frozen=True)
class _RomText:
    """How one chip's ROM talks. `resets`: by `Uart.reset_cause`; anything else is a power-on."""

    greeting: str
    resets: Mapping[str, str]
    from_flash: str
    download: str
    brownout: str
    before_loading: tuple[str, ...]


_ESP32 = _RomText(
    "ets Jul 29 2019 12:21:46\r\n",
    {
        "power": "0x1 (POWERON_RESET)",
        "software": "0xc (SW_CPU_RESET)",
        "brownout": "0xf (RTCWDT_BROWN_OUT_RESET)",
        "watchdog": "0x10 (RTCWDT_RTC_RESET)",
        "deepsleep": "0x5 (DEEPSLEEP_RESET)",
    },
    "0x13 (SPI_FAST_FLASH_BOOT)",
    "0x3 (DOWNLOAD_BOOT(UART0/UART1/SDIO_REI_REO_V2))",
    "\r\nBrownout detector was triggered\r\n\r\n",
    ("configsip: 0, SPIWP:0xee", "mode:DIO, clock div:2"),
)
_NEWER_RESETS = {
    "power": "0x1 (POWERON)",
    "software": "0xc (RTC_SW_CPU_RST)",
    "brownout": "0xf (BROWNOUT_RST)",
    "watchdog": "0x10 (RTCWDT_RTC_RST)",
    "deepsleep": "0x5 (DSLEEP)",
}
_ROMS = {
    "esp32": _ESP32,
    "esp32s3": _RomText(
        "ESP-ROM:esp32s3-20210327\r\nBuild:Mar 27 2021",
        _NEWER_RESETS,
        "0x8 (SPI_FAST_FLASH_BOOT)",
        "0x0 (DOWNLOAD(USB/UART0))",
        _ESP32.brownout,
        ("SPIWP:0xee", "mode:DIO, clock div:1"),
    ),
    "esp32c3": _RomText(
        "ESP-ROM:esp32c3-api1-20210207\r\nBuild:Feb  7 2021",
        _NEWER_RESETS | {"software": "0x3 (RTC_SW_SYS_RST)"},
        "0xc (SPI_FAST_FLASH_BOOT)",
        "0x5 (DOWNLOAD(USB/UART0/1))",
        _ESP32.brownout,
        ("SPIWP:0xee", "mode:DIO, clock div:1"),
    ),
}

_LONGEST_BOOTLOADER = TABLE_OFFSET
BOOT_GPIO = {"esp32": 0, "esp32s3": 0, "esp32c3": 9}
"""The strapping pin that asks for the loader when it is low."""

FLASH_VOLTAGE_GPIO = 12
"""The ESP32's strapping pin that gives the flash 1.8 V instead of 3.3 V when it is high."""

REPEAT_S = 0.4
"""How often a chip that cannot start says so."""


@dataclass(frozen=True)
class Boot:
    """A flash the chip starts from: the file system's place in it, what the app says about itself, the bootloader."""

    vfs: Partition
    app: AppDescription
    bootloader: EspImage
    partitions: list[Partition]


@dataclass(frozen=True)
class BootFailure:
    """A flash the chip does not start from. `text` is what it prints, every `REPEAT_S` seconds; `stage` is "rom" or "bootloader"."""

    stage: str
    text: bytes


def boot(flash: FlashFile, cause: str = "power", chip: str = "esp32") -> Boot | BootFailure:
    """Check `flash` as the chip does after a reset by `cause` (`Uart.reset_cause`)."""
    rom = _ROMS[chip]
    chip_id, bootloader_offset = CHIPS_BY_NAME[chip].image_id, CHIPS_BY_NAME[chip].bootloader_offset
    head = flash.read(bootloader_offset, _LONGEST_BOOTLOADER - bootloader_offset)
    bootloader = examine_image(head)
    if isinstance(bootloader, Flaw) or bootloader.chip_id != chip_id:
        word = int.from_bytes(head[:4], "little")
        complaint = "csum err" if bootloader is Flaw.CHECKSUM else f"invalid header: 0x{word:08x}"
        return BootFailure("rom", _reset_line(rom, cause) + f"{complaint}\r\n".encode() * 4)
    second_stage = _reset_line(rom, cause) + _load_lines(rom, bootloader)
    try:
        partitions = parse_partition_table(flash.read(TABLE_OFFSET, TABLE_BYTES))
    except ImageError:
        return BootFailure("bootloader", second_stage + b"E boot: load partition table error!\r\n")
    app_partition, vfs = find_app(partitions), find_vfs(partitions) or implied_vfs(partitions, flash.size_bytes)
    if app_partition is None or app_partition.offset + app_partition.size > flash.size_bytes:
        return BootFailure("bootloader", second_stage + b"E boot: No bootable app partitions in the partition table\r\n")
    app = examine_image(flash.read(app_partition.offset, app_partition.size))
    if isinstance(app, Flaw) or app.chip_id != chip_id:
        return BootFailure("bootloader", second_stage + b"E boot: Factory app partition is not bootable\r\n")
    if vfs is None or vfs.offset + vfs.size > flash.size_bytes:
        return BootFailure("bootloader", second_stage + b"E boot: no vfs partition\r\n")
    return Boot(vfs, app.app or AppDescription("", ""), bootloader, partitions)


def starve(cause: str = "power") -> BootFailure:
    """What an ESP32 says whose flash gets 1.8 V, and so answers nothing that can be read."""
    return BootFailure("rom", _reset_line(_ESP32, cause, "0x33 (SPI_FAST_FLASH_BOOT)") + b"flash read err, 1000\r\nets_main.c 371 \r\n")


def boot_messages(boot: Boot, cause: str = "power", chip: str = "esp32") -> bytes:
    """What a chip that starts well prints before MicroPython's first line."""
    return _reset_line(_ROMS[chip], cause) + _load_lines(_ROMS[chip], boot.bootloader)


def download_messages(chip: str = "esp32") -> bytes:
    """What the ROM prints when it was reset into its loader."""
    rom = _ROMS.get(chip, _ESP32)
    return _reset_line(rom, "power", rom.download) + b"waiting for download\r\n"


def _reset_line(rom: _RomText, cause: str, boot_mode: str = "") -> bytes:
    brownout = rom.brownout if cause == "brownout" else ""
    reset = rom.resets.get(cause, rom.resets["power"])
    return f"{brownout}{rom.greeting}\r\nrst:{reset},boot:{boot_mode or rom.from_flash}\r\n".encode()


def _load_lines(rom: _RomText, bootloader: EspImage) -> bytes:
    lines = list(rom.before_loading)
    for segment in bootloader.segments:
        length = f"{segment.length}" if rom is _ESP32 else f"{segment.length:#x}"
        lines.append(f"load:0x{segment.address:08x},len:{length}")
    lines.append(f"entry 0x{bootloader.entry:08x}")
    return "".join(f"{line}\r\n" for line in lines).encode()
