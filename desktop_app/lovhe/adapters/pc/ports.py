"""Serial ports as the system guards them: whether the user may open them, and who has them open. On Linux nothing is opened."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from lovhe.adapters.pc.files import read_text
from lovhe.adapters.pc.programs import holders
from lovhe.adapters.pc.usb import this_system
from lovhe.core.errors import BoardBusyError, LovheError
from lovhe.core.pc.facts import SerialPort


def guarded_ports(devices: Sequence[str], root: Path | None = None, may_open: Callable[[Path], bool] | None = None) -> list[SerialPort]:
    """Each device with its guard. With `root`, of the Linux tree below it; `may_open` stands in for the kernel's own answer.

    Elsewhere than on Linux and Windows nothing is known of it: opening a port there can reset the board.
    """
    if root is None and this_system() != "linux":
        return [_by_opening(device) if this_system() == "windows" else SerialPort(device) for device in devices]
    tree = root or Path("/")
    held = holders(devices, tree)
    groups = _groups(tree)
    ask = may_open or (lambda path: os.access(path, os.R_OK | os.W_OK))
    return [_guarded(device, tree / device.lstrip("/"), groups, ask, SerialPort(device, holders=held[device])) for device in devices]


def _guarded(
    device: str, path: Path, groups: dict[int, tuple[str, list[str]]], may_open: Callable[[Path], bool], port: SerialPort
) -> SerialPort:
    try:
        owner = path.stat().st_gid
    except OSError:
        return port
    group, members = groups.get(owner, (str(owner), []))
    user = _user()
    return SerialPort(device, may_open=may_open(path), group=group, user=user, listed=user in members, holders=port.holders)


def _groups(root: Path) -> dict[int, tuple[str, list[str]]]:
    """Group number to name and members. Source: group(5)."""
    found = {}
    for line in read_text(root / "etc/group", 1 << 20).splitlines():
        fields = line.split(":")
        if len(fields) == 4 and fields[2].isascii() and fields[2].isdigit():
            found[int(fields[2])] = (fields[0], fields[3].split(","))
    return found


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def _by_opening(device: str) -> SerialPort:
    """Windows does not tell who holds a port: it is opened, with both control lines released, so that no board is reset."""
    from lovhe.adapters.serial_ports import open_serial

    try:
        open_serial(device, quiet_lines=True).close()
    except BoardBusyError:
        return SerialPort(device, busy=True)
    except LovheError:
        return SerialPort(device)
    return SerialPort(device)
