"""Which program a firmware holds: MicroPython, the kit's own image for virtual boards, or another.

An app says in its description what it is, but MicroPython's releases leave name and version empty there (its ESP32 port sets
CONFIG_APP_EXCLUDE_PROJECT_NAME_VAR and CONFIG_APP_EXCLUDE_PROJECT_VER_VAR). What they do hold is the line with which the
REPL greets: "MicroPython v1.26.1 on 2025-09-11; Generic ESP32 module with ESP32".
"""

from __future__ import annotations

import re

import msgspec

from lovhe.core.firmware.image_format import AppDescription

MICROPYTHON = "micropython"
VIRTUAL_PROJECT = "lovhe-virtual"
"""The project name that marks an image as made for virtual boards alone."""

_GREETING = re.compile(rb"MicroPython (?:\([ -~]{1,40}\) )?(v\d{1,3}\.\d{1,3}[0-9A-Za-z.+-]{0,60}) on \d{4}-\d\d-\d\d")
_MACHINE = re.compile(rb"; ([ -~]{3,80} with ESP32[A-Z0-9]{0,4})[\0\r\n]")
_TITLES = {MICROPYTHON: "MicroPython"}


class Program(msgspec.Struct, frozen=True):
    """The program in a firmware; `machine` is the board MicroPython was built for. What is not known is empty."""

    name: str = ""
    version: str = ""
    machine: str = ""

    @property
    def title(self) -> str:
        """Name and version as one reads them: "MicroPython 1.26.1"."""
        return " ".join(filter(None, (_TITLES.get(self.name, self.name), self.version.removeprefix("v"))))

    @property
    def files_behind_the_rest(self) -> bool:
        """Whether it keeps its files behind all partitions when the table has none for them (MicroPython since 1.25)."""
        return self.name in (MICROPYTHON, VIRTUAL_PROJECT)

    def is_release(self, version: str) -> bool:
        """Whether this is that very release of MicroPython: "1.26.1", and no preview of it."""
        return self.name == MICROPYTHON and self.version.removeprefix("v") == version


def find_program(app: bytes, description: AppDescription | None) -> Program:
    """What `app`, the bytes of an app image, holds: by its description, else by the greeting of a MicroPython in it."""
    if description is not None and description.project:
        return Program(description.project, description.version)
    greeting = _GREETING.search(app)
    if greeting is None:
        return Program()
    machine = _MACHINE.search(app)
    return Program(MICROPYTHON, greeting[1].decode("ascii"), machine[1].decode("ascii") if machine else "")
