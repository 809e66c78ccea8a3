"""Where the interpreter finds the guest's MicroPython files.

They ask for native code (`@micropython.native`), which the unix port can make for x86 and not for 64-bit ARM, so that a Mac
with Apple's processor gets a copy without these lines. It runs as well, a little slower; what is lost is that tracebacks end
at the program's own line, and loop turns inside our functions count as the program's.
"""

from __future__ import annotations

import atexit
import platform
import re
import shutil
import tempfile
from functools import cache
from pathlib import Path

GUEST = Path(__file__).with_name("guest")

_NATIVE_MACHINES = ("x86_64", "AMD64", "i386", "i686")
_NATIVE_LINE = re.compile(r"^ *@micropython\.native\n", re.MULTILINE)


def has_native_code() -> bool:
    """Whether MicroPython's unix port makes native code for this PC's processor."""
    return platform.machine() in _NATIVE_MACHINES


def guest_folder(native: bool) -> Path:
    """The folder to hand to the interpreter."""
    return GUEST if native else _plain_copy()


@cache
def _plain_copy() -> Path:
    """The guest's files as byte code, kept until this process ends."""
    folder = Path(tempfile.mkdtemp(prefix="lovhe-guest-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for source in GUEST.glob("*.py"):
        (folder / source.name).write_text(_NATIVE_LINE.sub("", source.read_text("utf8")), "utf8")
    return folder
