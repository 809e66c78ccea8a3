"""Packages of the program's own: their modules may be called as those of the chip are."""

from __future__ import annotations

from pathlib import Path

from tests.virtual.guest_harness import run_programs

WRITE = """
import os
os.mkdir("kit")
for name, text in (
    ("__init__", "from .time import now\\nfrom . import typing\\nfrom .esp32 import chip"),
    ("time", "now = 'own time'"),
    ("typing", "List = 'own typing'"),
    ("esp32", "chip = 'own esp32'"),
    ("machine", "import time\\nfrom machine import Pin\\nfrom .time import now"),
):
    with open("kit/" + name + ".py", "w") as file:
        file.write(text)
"""
TRY = """
import kit, time, kit.machine
print(kit.now, kit.typing.List, kit.chip)
print(hasattr(time, "sleep_ms"), kit.machine.now, kit.machine.Pin.__name__)
"""


def test_relative_import_finds_the_packages_own_module(tmp_path: Path) -> None:
    """`from .time import now` takes the file beside it, not the chip's module; without the dot it is the chip's."""
    assert run_programs(tmp_path, WRITE, TRY) == [("", ""), ("own time own typing own esp32\nTrue own time Pin\n", "")]
