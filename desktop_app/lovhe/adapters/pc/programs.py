"""Running programs, by the names people know, and which of them have a serial port open.

Source: proc(5). Only root sees what other users' programs have open.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from lovhe.adapters.pc.files import link_target, names_in, read_text
from lovhe.core.pc.facts import Program

_KNOWN = (
    ("thonny", "Thonny"),
    ("arduino", "Arduino"),
    ("serial-monitor", "Arduino"),
    ("mu-editor", "Mu"),
    ("brltty", "brltty"),
    ("modemmanager", "ModemManager"),
    ("mpremote", "mpremote"),
    ("esptool", "esptool"),
    ("minicom", "minicom"),
    ("picocom", "picocom"),
    ("putty", "PuTTY"),
    ("cutecom", "CuteCom"),
    ("lovhe", "Lövhə"),
)
_WORDS = 4
"""As much of a command line is looked at: an interpreter, its options, a program or module."""


def program_names(root: Path = Path("/")) -> set[str]:
    """The short names of all running programs, other users' too."""
    return {read_text(root / "proc" / pid / "comm", 64) for pid in _processes(root)}


def holders(devices: Iterable[str], root: Path = Path("/")) -> dict[str, tuple[Program, ...]]:
    """The programs that have these devices open, but for this one; those of other users are seen by root alone."""
    wanted = set(devices)
    found: dict[str, dict[int, Program]] = {device: {} for device in wanted}
    for pid in _processes(root) if wanted else ():
        if int(pid) != os.getpid():
            for device in wanted & _open_files(root / "proc" / pid / "fd"):
                found[device][int(pid)] = Program(int(pid), _name(root / "proc" / pid))
    return {device: tuple(programs.values()) for device, programs in found.items()}


def _processes(root: Path) -> Iterator[str]:
    return (name for name in names_in(root / "proc") if name.isascii() and name.isdigit())


def _open_files(folder: Path) -> set[str]:
    return {link_target(folder / name) for name in names_in(folder)}


def _name(process: Path) -> str:
    """What people call it: a Python program by its script or module, not "python3"."""
    short = read_text(process / "comm", 64)
    words = [word.replace("\\", "/").rpartition("/")[2].lower() for word in read_text(process / "cmdline", 4096).split(" ")[:_WORDS]]
    for mark, name in _KNOWN:
        if mark in short.lower() or any(mark in word for word in words):
            return name
    return "".join(letter for letter in short if letter.isprintable()) or "?"
