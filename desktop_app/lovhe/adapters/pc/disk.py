"""The disk that a folder is on: room, kind, and whether it can be written to."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from pathlib import Path

from lovhe.adapters.pc.files import read_text
from lovhe.core.errors import reason_of
from lovhe.core.pc.facts import Disk

_NETWORK = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs")


def disk_of(folder: Path, root: Path = Path("/")) -> Disk:
    """The disk of `folder`, which need not be there yet. `root` holds the proc and sys that are asked on Linux."""
    existing = folder.absolute()
    while not existing.exists() and existing != existing.parent:
        existing = existing.parent
    file_system, removable, network = _kind(existing, root)
    return Disk(
        folder=str(folder),
        free_bytes=shutil.disk_usage(existing).free,
        file_system=file_system,
        removable=removable,
        network=network,
        refusal=_refusal(existing),
    )


def _refusal(folder: Path) -> str:
    """Why no file can be made there; tried, since rights alone do not tell."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"Lovhe")
            file.flush()
    except OSError as error:
        return str(reason_of(error))
    return ""


def _kind(folder: Path, root: Path) -> tuple[str, bool, bool]:
    """File system, whether it is on a removable disk, whether it is on another computer."""
    if sys.platform == "win32":
        return _windows_kind(folder)
    else:  # noqa: RET505 (the type checker follows the platform only so)
        device, file_system = _mount(folder.resolve(), root)
        disk = re.sub(r"p?\d+$", "", device.rpartition("/")[2])
        removable = bool(disk) and read_text(root / "sys/block" / disk / "removable", 8) == "1"
        return file_system, removable, file_system in _NETWORK


def _mount(folder: Path, root: Path) -> tuple[str, str]:
    """Device and file system of the longest mount point above `folder`; the last one mounted there counts. Source: fstab(5) for \\040."""
    best, found = -1, ("", "")
    for line in read_text(root / "proc/self/mounts", 1 << 20).splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[1])
        if (str(folder) == point or str(folder).startswith(point.rstrip("/") + "/")) and len(point) >= best:
            best, found = len(point), (fields[0], fields[2])
    return found


if sys.platform == "win32":
    import ctypes

    _REMOVABLE, _REMOTE = 2, 4

    def _windows_kind(folder: Path) -> tuple[str, bool, bool]:
        """Source: Microsoft, "GetDriveTypeW function" and "GetVolumeInformationW function"."""
        drive = folder.anchor
        kind = ctypes.windll.kernel32.GetDriveTypeW(ctypes.c_wchar_p(drive))
        name = ctypes.create_unicode_buffer(64)
        told = ctypes.windll.kernel32.GetVolumeInformationW(ctypes.c_wchar_p(drive), None, 0, None, None, None, name, len(name))
        return (name.value if told else "", kind == _REMOVABLE, kind == _REMOTE)
