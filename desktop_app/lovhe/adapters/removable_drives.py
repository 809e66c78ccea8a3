"""USB sticks that are plugged in: drive letters on Windows, mounted folders elsewhere."""

from __future__ import annotations

import os
import re
import string
import sys
from pathlib import Path

_DRIVE_REMOVABLE = 2  # GetDriveTypeW's
_NO_BOXES = 1  # SetErrorMode's SEM_FAILCRITICALERRORS
_MOUNT_ROOTS = ("/media/", "/run/media/", "/mnt/")
_STICK_SYSTEMS = frozenset(
    ["vfat", "exfat", "ntfs", "ntfs3", "fuseblk", "msdos", "hfsplus", "ext2", "ext3", "ext4", "btrfs", "f2fs", "udf"],
)


def removable_drives(mountinfo: Path = Path("/proc/self/mountinfo")) -> list[Path]:
    """The folders of removable drives that are there now, sorted. May wait for a drive that spins up."""
    if sys.platform == "win32":
        return _windows_drives()
    if sys.platform == "darwin":
        return sorted(path for path in Path("/Volumes").iterdir() if not path.is_symlink() and os.path.ismount(path))
    try:
        text = mountinfo.read_text("utf-8", "replace")
    except OSError:
        return []
    return mounted_sticks(text)


def mounted_sticks(mountinfo: str) -> list[Path]:
    """The mounted folders below where a desktop mounts sticks, of systems of files that sticks have. Source: proc_pid_mountinfo(5)."""
    found = set()
    for line in mountinfo.splitlines():
        before, _, behind = line.partition(" - ")
        fields, system = before.split(" "), behind.split(" ")[0]
        if len(fields) < 6 or system not in _STICK_SYSTEMS:
            continue
        folder = re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), fields[4])
        if folder.startswith(_MOUNT_ROOTS):
            found.add(Path(folder))
    return sorted(found)


def _windows_drives() -> list[Path]:
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetErrorMode(_NO_BOXES)  # a card reader without a card would ask for one in a box over everything
        there = kernel.GetLogicalDrives()
        letters = [letter for number, letter in enumerate(string.ascii_uppercase) if there >> number & 1]
        drives = [Path(f"{letter}:/") for letter in letters if kernel.GetDriveTypeW(f"{letter}:\\") == _DRIVE_REMOVABLE]
        return [drive for drive in drives if drive.is_dir()]
    return []
