"""USB devices as Windows remembers them in its registry, and which of them are there now.

Sources: Microsoft, "HKLM\\SYSTEM\\CurrentControlSet\\Enum Registry Tree", "CM_Locate_DevNodeW", "CM_Get_DevNode_Status". The registry
keeps what was ever plugged in; only the configuration manager knows what is there.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Protocol

from lovhe.core.pc.facts import UsbDevice

_ENUM = r"SYSTEM\CurrentControlSet\Enum\USB"
_ID = re.compile(r"VID_([0-9A-F]{4})&PID_([0-9A-F]{4})(&MI_[0-9A-F]{2})?", re.IGNORECASE)


class WindowsDevices(Protocol):
    """What is asked of Windows. All answers are empty where there is nothing."""

    def keys(self, path: str) -> list[str]:
        """The names of the keys below one of HKEY_LOCAL_MACHINE."""
        ...

    def value(self, path: str, name: str) -> str:
        """A text value of a key."""
        ...

    def state(self, instance: str) -> int | None:
        """Windows's number for what is wrong with the device, 0 for nothing; None where it is not plugged in."""
        ...


def windows_usb_devices(devices: WindowsDevices | None = None) -> tuple[UsbDevice, ...] | None:
    """What is plugged in now; None where Windows cannot be asked."""
    if devices is None:
        devices = _this_windows()
    return None if devices is None else tuple(_plugged(devices))


def _plugged(devices: WindowsDevices) -> Iterator[UsbDevice]:
    found: list[tuple[str, str, bool, UsbDevice]] = []
    for identity in devices.keys(_ENUM):
        match = _ID.fullmatch(identity)
        if match is None:
            continue
        for instance in devices.keys(f"{_ENUM}\\{identity}"):
            path = f"{_ENUM}\\{identity}\\{instance}"
            problem = devices.state(f"USB\\{identity}\\{instance}")
            if problem is not None:
                device = _device(devices, path, instance, match, problem)
                found.append((devices.value(path, "ParentIdPrefix"), instance, match[3] is not None, device))
    for prefix, _, is_part, device in found:
        if not is_part:
            parts = [part for _, instance, below, part in found if below and prefix and instance.startswith(f"{prefix}&")]
            yield _joined(device, [part for part in parts if (part.vid, part.pid) == (device.vid, device.pid)])


def _device(devices: WindowsDevices, path: str, instance: str, match: re.Match[str], problem: int) -> UsbDevice:
    service = devices.value(path, "Service")
    port = devices.value(f"{path}\\Device Parameters", "PortName")
    return UsbDevice(
        place=instance,
        vid=int(match[1], 16),
        pid=int(match[2], 16),
        product=devices.value(path, "DeviceDesc").rpartition(";")[2],
        hub=service.upper().startswith("USBHUB"),
        drivers=(service,) if service else (),
        serial_ports=(port,) if re.fullmatch(r"COM\d+", port) and not problem else (),
        problem=problem,
    )


def _joined(device: UsbDevice, parts: list[UsbDevice]) -> UsbDevice:
    """A chip with several functions: the one that makes the serial port decides; others, as for debugging, may lack a driver."""
    ports = tuple(port for part in (device, *parts) for port in part.serial_ports)
    problem = device.problem or (0 if ports else next((part.problem for part in parts if part.problem), 0))
    return UsbDevice(
        place=device.place,
        vid=device.vid,
        pid=device.pid,
        product=device.product,
        hub=device.hub,
        drivers=tuple(driver for part in (device, *parts) for driver in part.drivers),
        serial_ports=ports,
        problem=problem,
    )


if sys.platform != "win32":

    def _this_windows() -> WindowsDevices | None:
        return None

else:
    import contextlib
    import ctypes
    import winreg
    from ctypes import wintypes

    class _RealWindows:
        """The registry, and the configuration manager, which knows what is plugged in."""

        def __init__(self) -> None:
            self._manager = ctypes.WinDLL("cfgmgr32")

        def keys(self, path: str) -> list[str]:
            with contextlib.suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, path) as opened:
                return [winreg.EnumKey(opened, index) for index in range(winreg.QueryInfoKey(opened)[0])]
            return []

        def value(self, path: str, name: str) -> str:
            with contextlib.suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, path) as opened:
                value = winreg.QueryValueEx(opened, name)[0]
                return value if isinstance(value, str) else ""
            return ""

        def state(self, instance: str) -> int | None:
            node, status, problem = wintypes.DWORD(), wintypes.ULONG(), wintypes.ULONG()
            if self._manager.CM_Locate_DevNodeW(ctypes.byref(node), ctypes.c_wchar_p(instance), 0):
                return None
            if self._manager.CM_Get_DevNode_Status(ctypes.byref(status), ctypes.byref(problem), node, 0):
                return None
            has_problem = 0x400  # DN_HAS_PROBLEM
            return int(problem.value) if status.value & has_problem else 0

    def _this_windows() -> WindowsDevices | None:
        return _RealWindows()
