"""How the installed kit is started: a small script on PATH, on Windows one beside the kit and one on the desktop."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

from lovhe.adapters.bundle.installer.places import write_safely
from lovhe.core.bundle.words import N_, Sentence

MARK = "started by Lovhe's installer"
_SHELL = """#!/bin/sh
# {mark}: runs the version that the file "current" names.
home={home}
read -r version < "$home/current" && exec "$home/versions/$version/bin/lovhe" "$@"
echo "Lovhe: $home/current ?" >&2
exit 3
"""
_BATCH = r"""@echo off
rem {mark}: runs the version that the file "current" names.
setlocal
set /p version=<"%~dp0current"
"%~dp0versions\%version%\Scripts\lovhe.exe" %*
"""
_DESKTOP = r"""@echo off
rem {mark}: a window in which the command lovhe is known.
chcp 65001 >nul
set "PATH={home};%PATH%"
cd /d "%USERPROFILE%"
cmd /k lovhe
"""


def make_launchers(root: Path) -> list[Sentence]:
    """Write the scripts that start the kit in the app folder `root`; sentences that say how it is started. Raises `OSError`."""
    return _windows(root) if sys.platform == "win32" else _posix(root)


def shell_script(root: Path) -> bytes:
    """The script that starts the kit on Linux."""
    return _SHELL.format(mark=MARK, home=shlex.quote(str(root))).encode()


def batch_file() -> bytes:
    """The script that starts the kit on Windows, beside the versions."""
    return _BATCH.replace("{mark}", MARK).replace("\n", "\r\n").encode()


def desktop_file(root: Path) -> bytes:
    """What is double-clicked on a Windows desktop."""
    return _DESKTOP.replace("{mark}", MARK).replace("{home}", str(root)).replace("\n", "\r\n").encode()


def _posix(root: Path) -> list[Sentence]:
    script = shell_script(root)
    own = root / "lovhe"
    write_safely(own, script, runs=True)
    try:
        on_path = Path.home() / ".local" / "bin" / "lovhe"
        if on_path.is_symlink() or (on_path.exists() and MARK.encode() not in on_path.read_bytes()):
            return [
                N_("There is another program at {file}; it was left alone.", file=str(on_path)),
                N_("Start the kit with: {command}", command=str(own)),
            ]
        on_path.parent.mkdir(parents=True, exist_ok=True)
        write_safely(on_path, script, runs=True)
    except (OSError, RuntimeError):  # no home, or one that cannot be written: the script beside the kit does
        return [N_("Start the kit with: {command}", command=str(own))]
    if str(on_path.parent) in os.environ.get("PATH", "").split(os.pathsep):
        return [N_("Start the kit with: {command}", command="lovhe")]
    return [
        N_("Start the kit with: {command}", command=str(on_path)),
        N_("After you have logged out and in again, `lovhe` alone is enough on most systems."),
    ]


def _windows(root: Path) -> list[Sentence]:
    own = root / "lovhe.bat"
    write_safely(own, batch_file())
    sentences = [N_("Start the kit with: {command}", command=f'"{own}"')]
    desktop = _desktop()
    try:
        if desktop is not None and desktop.is_dir():
            write_safely(desktop / "Lovhe.bat", desktop_file(root))
            sentences.insert(0, N_("Double-click “Lovhe” on the desktop: it opens a window in which you type `lovhe`."))
    except OSError:  # no right to the desktop: the script beside the kit does
        pass
    return sentences


def _desktop() -> Path | None:
    """The user's desktop, which OneDrive may have moved."""
    if sys.platform == "win32":
        import winreg

        key = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as folders:
                return Path(winreg.ExpandEnvironmentStrings(str(winreg.QueryValueEx(folders, "Desktop")[0])))
        except OSError:
            return Path.home() / "Desktop"
    return None
