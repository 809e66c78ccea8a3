"""The USB devices of this PC, with their hubs, drivers and serial ports.

Source: the Linux kernel's Documentation/ABI/stable/sysfs-bus-usb and testing/sysfs-bus-usb.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from lovhe.adapters.pc.files import link_target, names_in, number_in, read_number, read_text
from lovhe.core.pc.facts import System, UsbDevice

_DEVICE = re.compile(r"usb\d+|\d+-\d+(\.\d+)*")
_SERIAL_PORT = re.compile(r"tty(USB|ACM)\d+")
_HUB_CLASS = 0x09
_ONE_TRANSLATOR = 0x01
_OWN_SUPPLY = 0x40
_MOST_DEVICES = 2000


def this_system() -> System:
    """Which of the systems that we know this is."""
    known: dict[str, System] = {"win32": "windows", "darwin": "macos", "linux": "linux"}
    return known.get(sys.platform, "other")


def usb_devices(root: Path | None = None) -> tuple[UsbDevice, ...] | None:
    """All USB devices there are now; None where this system does not tell. With `root`, those of a Linux tree below it."""
    if root is not None or this_system() == "linux":
        return linux_usb_devices(root or Path("/"))
    if this_system() == "windows":
        from lovhe.adapters.pc.usb_windows import windows_usb_devices

        return windows_usb_devices()
    return None


def linux_usb_devices(root: Path) -> tuple[UsbDevice, ...] | None:
    """The devices below `root`/sys; None where the kernel has no USB at all."""
    folder = root / "sys/bus/usb/devices"
    if not folder.is_dir():
        return None
    names = [name for name in names_in(folder) if _DEVICE.fullmatch(name)]
    return tuple(_linux_device(folder, name) for name in names[:_MOST_DEVICES])


def _linux_device(folder: Path, name: str) -> UsbDevice:
    device = folder / name
    interfaces = [device / below for below in names_in(device) if below.startswith(f"{name}:") or re.fullmatch(r"\d+-0:\d+\.\d+", below)]
    hub = read_number(device / "bDeviceClass", 16) == _HUB_CLASS
    attributes = read_text(device / "bmAttributes", 16)
    return UsbDevice(
        place=name,
        vid=read_number(device / "idVendor", 16) & 0xFFFF,
        pid=read_number(device / "idProduct", 16) & 0xFFFF,
        product=_one_line(read_text(device / "product", 200)),
        parent=_parent(name),
        hub=hub,
        own_supply=_own_supply(name, attributes) if hub else None,
        speed_mbit=_speed(read_text(device / "speed", 16)),
        one_translator=hub and read_number(device / "bDeviceProtocol", 16) == _ONE_TRANSLATOR,
        over_currents=_over_currents(interfaces) if hub else 0,
        drivers=tuple(sorted({Path(target).name for face in interfaces if (target := link_target(face / "driver"))})),
        serial_ports=tuple(sorted({port for face in interfaces for port in _ports(face)})),
        allowed=read_text(device / "authorized", 8) != "0",
    )


def _parent(name: str) -> str:
    """1-1.4 hangs on 1-1, which hangs on the PC's own hub usb1."""
    if name.startswith("usb"):
        return ""
    above, _, below = name.rpartition(".")
    return above if below and above else f"usb{name.partition('-')[0]}"


def _own_supply(name: str, attributes: str) -> bool | None:
    if name.startswith("usb"):  # the PC itself
        return True
    return bool(number_in(attributes, 16) & _OWN_SUPPLY) if attributes and attributes[0] in "0123456789abcdefABCDEF" else None


def _speed(text: str) -> float:
    return float(text) if re.fullmatch(r"\d{1,6}(\.\d{1,3})?", text) else 0.0


def _over_currents(interfaces: list[Path]) -> int:
    """How often the hub's sockets have cut the current since it was found; kernels before 4.20 do not count."""
    return sum(read_number(face / socket / "over_current_count") for face in interfaces for socket in names_in(face) if "-port" in socket)


def _ports(interface: Path) -> list[str]:
    """usb-serial has ttyUSB0 below the interface, cdc_acm a folder tty with ttyACM0 in it."""
    names = [*names_in(interface), *names_in(interface / "tty")]
    return [f"/dev/{name}" for name in names if _SERIAL_PORT.fullmatch(name)]


def _one_line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:60]
