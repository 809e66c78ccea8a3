"""The USB serial bridges that ESP32 boards carry: how they are known, how fast they are trusted to be, what driver they need."""

from __future__ import annotations

import msgspec

from lovhe.core.circuits.hardware import UsbId

ESPRESSIF = 0x303A
FIRST_BAUD_BD = 115_200
"""What every loader understands after a reset."""

BRIDGES: tuple[UsbId, ...] = (
    UsbId(0x10C4, 0xEA60, "CP210x"),
    UsbId(0x10C4, 0xEA70, "CP2105"),
    UsbId(0x10C4, 0xEA71, "CP2108"),
    UsbId(0x1A86, 0x7523, "CH340"),
    UsbId(0x1A86, 0x7522, "CH340"),
    UsbId(0x1A86, 0x5523, "CH341"),
    UsbId(0x1A86, 0x55D3, "CH343"),
    UsbId(0x1A86, 0x55D4, "CH9102"),
    UsbId(0x1A86, 0x55D8, "CH9101"),
    UsbId(0x0403, 0x6001, "FT232R"),
    UsbId(0x0403, 0x6010, "FT2232"),
    UsbId(0x0403, 0x6014, "FT232H"),
    UsbId(0x0403, 0x6015, "FT231X"),
    UsbId(ESPRESSIF, 0x1001, "Espressif USB JTAG/serial"),
    UsbId(ESPRESSIF, 0x0002, "ESP32-S2 USB"),
    UsbId(ESPRESSIF, 0x1002, "Espressif USB bridge"),
    UsbId(ESPRESSIF, 0x4001, "MicroPython USB"),
)
"""USB identities. Source: the makers' drivers and the Linux kernel's `drivers/usb/serial` tables; Espressif's own at
github.com/espressif/usb-pids."""


class BridgeFamily(msgspec.Struct, frozen=True):
    """Bridges that share a driver. `driver` is what its maker calls it, `linux_module` the kernel's module for it.

    `flash_baud_bd` is the line rate that flashing begins with.
    """

    driver: str
    linux_module: str
    flash_baud_bd: int


_CP210X = BridgeFamily("CP210x", "cp210x", 460_800)
_CH341 = BridgeFamily("CH340", "ch341", 460_800)
_CH343 = BridgeFamily("CH343", "cdc_acm", 921_600)
_FTDI = BridgeFamily("FTDI VCP", "ftdi_sio", 921_600)
_USB = BridgeFamily("", "cdc_acm", 921_600)
_FAMILIES = {
    "CP210x": _CP210X,
    "CP2105": _CP210X,
    "CP2108": _CP210X,
    "CH340": _CH341,
    "CH341": _CH341,
    "CH343": _CH343,
    "CH9102": _CH343,
    "CH9101": _CH343,
    "FT232R": _FTDI,
    "FT2232": _FTDI,
    "FT232H": _FTDI,
    "FT231X": _FTDI,
    "Espressif USB JTAG/serial": _USB,
    "ESP32-S2 USB": _USB,
    "Espressif USB bridge": _USB,
    "MicroPython USB": _USB,
}
_UNKNOWN = BridgeFamily("", "", 460_800)
_SLOWER_BD = (460_800, 230_400, FIRST_BAUD_BD)


def bridge_family(bridge: str) -> BridgeFamily:
    """What is known of a bridge by the name in `BRIDGES`; of one that is not there, what holds for most."""
    return _FAMILIES.get(bridge, _UNKNOWN)


def flash_speeds_bd(bridge: str) -> tuple[int, ...]:
    """The line rates to flash a board with, fastest first: one that fails is followed by the next."""
    first = bridge_family(bridge).flash_baud_bd
    return (first, *(slower for slower in _SLOWER_BD if slower < first))
