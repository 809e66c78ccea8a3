"""The chip's error numbers: put into the interpreter's tables where they are as we know them, and nowhere else."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from pathlib import Path

import pytest
from lovhe.virtual.interpreter import chip_errno
from lovhe.virtual.interpreter.unix_engine import interpreter_library

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only there are the PC's numbers known")
_CHANGED = """
import ctypes, sys
sys.path.insert(0, sys.argv[1])
import chip_errno
lib = ctypes.CDLL(sys.argv[2])
module = chip_errno._symbol(lib, "mp_module_errno")
if sys.argv[3] == "strange":
    page = module // 4096 * 4096
    ctypes.CDLL(None).mprotect(ctypes.c_void_p(page), ctypes.c_size_t(8192), 3)
    ctypes.c_size_t.from_address(module).value += 8
chip_errno.use_the_chips_numbers(lib)
table, count = chip_errno._table(lib, chip_errno._word(module + 8))
words = [chip_errno._word(table + 16 * place + 8) for place in range(count)]
print(sorted(word >> 1 for word in words if word & 1))
"""


def _numbers(how: str) -> list[int]:
    """The error numbers of an interpreter after the change, in a process of its own."""
    folder = Path(chip_errno.__file__).parent
    words = [sys.executable, "-c", _CHANGED, str(folder), str(interpreter_library()), how]
    shown = subprocess.run(words, capture_output=True, text=True, check=True, timeout=60).stdout
    return [int(number) for number in shown.strip("[]\n").split(", ")]


def test_the_tables_get_the_chips_numbers() -> None:
    """ETIMEDOUT is 116 and EINPROGRESS 119; no number of Linux is left."""
    numbers = _numbers("as built")
    assert {112, 116, 119} <= set(numbers)
    assert not {98, 107, 110, 114, 115} & set(numbers)


def test_an_interpreter_that_is_built_otherwise_keeps_the_pcs_numbers() -> None:
    """A module object whose type is not the one we know is left alone."""
    assert {98, 107, 110, 114, 115} <= set(_numbers("strange"))


def test_a_library_without_these_tables_is_left_alone() -> None:
    """What is no MicroPython at all raises nothing."""
    chip_errno.use_the_chips_numbers(ctypes.CDLL(None))
