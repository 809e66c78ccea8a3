"""What a loader's client finds when it reads a chip's registers: which chip, whose MAC, which flash.

Only what tells chips apart and leads to the flash chip is modelled; every other address keeps what is written to it.
Source: ESP32 Technical Reference Manual (eFuse, SPI, UART chapters) and the registers esptool reads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lovhe.virtual.crc8 import crc8

_CRYSTAL_HZ = 40_000_000
_KEPT_WRITES = 4096
_WINBOND, _XMC = 0xEF, 0x20


@dataclass(frozen=True)
class ChipModel:
    """Where one kind of chip keeps what identifies it. `security_info` is the length of that answer, 0 for none.

    `fuses` are the words that say revision, package and what is inside; `flash_maker` is the JEDEC number of its flash chip's maker.
    `watchdog` is the RTC watchdog's first register, and `watchdog_lock` what locks it; 0 where clients leave it alone.
    """

    name: str
    image_id: int
    magic: int
    security_info: int
    uart_divider: int
    mac_register: int
    spi_base: int
    spi_user: int
    spi_data: int
    address_is_left_aligned: bool = False
    fuses: Mapping[int, int] = field(default_factory=dict)
    flash_maker: int = _WINBOND
    watchdog: int = 0
    watchdog_lock: int = 0


_MAGIC_REGISTER = 0x40001000

# ESP32-D0WD-V3, revision 3.1, two cores, 240 MHz. The last two make the ROM's own crystal measurement come out at 40 MHz.
_ESP32_FUSES = {
    0x3FF5A00C: 1 << 15 | 1 << 13 | 1 << 9,  # block 0, word 3: revision bit 0, rated speed, package
    0x3FF5A014: 1 << 24 | 1 << 20,  # block 0, word 5: minor revision 1, revision bit 1
    0x3FF6607C: 1 << 31,  # SYSCON date: revision bit 2
    0x3FF5A010: 0x10 << 8 | 50,  # block 0, word 4: ADC reference, 8 MHz clock
    0x3FF5F06C: 2048 << 7,  # RTC calibration
}
# ESP32-S3 revision 0.2, with its flash outside, and ESP32-C3 revision 0.4 with 4 MB of XMC's inside: block 1, words 3 to 5.
_S3_FUSES = {0x60007050: 2 << 18}
_C3_FUSES = {0x60008850: 1 << 27 | 4 << 18, 0x60008854: 1}

CHIP_MODELS = {
    model.name: model
    for model in (
        ChipModel("esp32", 0, 0x00F01D83, 0, 0x3FF40014, 0x3FF5A004, 0x3FF42000, 0x1C, 0x80, True, _ESP32_FUSES),
        ChipModel("esp32s2", 2, 0x000007C6, 12, 0x3F400014, 0x3F41A044, 0x3F402000, 0x18, 0x58),
        ChipModel(
            "esp32s3", 9, 0x00000009, 20, 0x60000014, 0x60007044, 0x60002000, 0x18, 0x58, False, _S3_FUSES, _WINBOND, 0x60008098, 0x600080B0
        ),
        ChipModel(
            "esp32c3", 5, 0x1B31506F, 20, 0x60000014, 0x60008844, 0x60002000, 0x18, 0x58, False, _C3_FUSES, _XMC, 0x60008090, 0x600080A8
        ),
        ChipModel("esp32c6", 13, 0x2CE0806F, 20, 0x60000014, 0x600B0844, 0x60003000, 0x18, 0x58, True),
    )
}

_READ_ID, _READ_SFDP, _READ_STATUS = 0x9F, 0x5A, (0x05, 0x35, 0x15)
_SERIAL_NOR = 0x40
_ENABLED_TO_RESET = 0b1101  # on, and its first stage resets the system


class Registers:
    """The registers of one chip with `mac` (6 bytes) and a NOR flash of `flash_bytes`. `baud_bd` tells the line's rate."""

    def __init__(self, model: ChipModel, mac: bytes, flash_bytes: int, baud_bd: Callable[[], int]) -> None:
        self._model = model
        self._baud_bd = baud_bd
        self._flash_id = model.flash_maker | _SERIAL_NOR << 8 | (flash_bytes.bit_length() - 1) << 16
        low, high = int.from_bytes(mac[2:], "big"), int.from_bytes(mac[:2], "big")
        if model.image_id == 0:
            high |= crc8(mac) << 16
        self._fixed = {_MAGIC_REGISTER: model.magic, model.mac_register: low, model.mac_register + 4: high, **model.fuses}
        self._written: dict[int, int] = {}

    def read(self, address: int) -> int:
        """The 32-bit word at `address`; 0 where nothing is modelled."""
        if address == self._model.uart_divider:
            whole, sixteenths = divmod(_CRYSTAL_HZ * 16 // self._baud_bd(), 16)
            return sixteenths << 20 | whole & 0xFFFFF
        if address in self._fixed:
            return self._fixed[address]
        return self._written.get(address, 0)

    @property
    def watchdog_bites(self) -> bool:
        """Whether a client has set the watchdog to reset the chip, and has locked it again, which takes it some milliseconds."""
        armed = self._written.get(self._model.watchdog, 0) >> 28 == _ENABLED_TO_RESET
        return armed and self._written.get(self._model.watchdog_lock) == 0

    def write(self, address: int, value: int, mask: int = 0xFFFFFFFF) -> None:
        """Write the bits of `value` that `mask` names. A write to the SPI command register runs that flash command."""
        if address not in self._written and len(self._written) >= _KEPT_WRITES:
            return
        self._written[address] = self.read(address) & ~mask | value & mask
        if address == self._model.spi_base and self._written[address] & 1 << 18:
            self._run_flash_command()
            self._written[address] &= ~(1 << 18)

    def forget(self) -> None:
        """A reset: what was written is lost."""
        self._written.clear()

    def _run_flash_command(self) -> None:
        base = self._model.spi_base
        user = base + self._model.spi_user
        if not self.read(user) & 1 << 28:  # no answer is read
            return
        command = self.read(user + 8) & 0xFF
        bits = (self.read(user + 16) & 0x3FF) + 1
        answer = 0xFFFFFFFF
        if command == _READ_ID:
            answer = self._flash_id
        elif command in _READ_STATUS:
            answer = 0
        elif command == _READ_SFDP:
            address = self.read(base + 4)
            address = address >> 8 if self._model.address_is_left_aligned else address
            answer = {0: int.from_bytes(b"SFDP", "little"), 0x10: self._model.flash_maker}.get(address, 0xFFFFFFFF)
        self._written[base + self._model.spi_data] = answer & (1 << min(bits, 32)) - 1
