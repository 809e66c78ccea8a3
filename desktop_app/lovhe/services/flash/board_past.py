"""What a board was before it is written anew, in a sentence: told by some hundred bytes of its flash.

Source: ESP-IDF Programming Guide, "Partition Tables" and "App Image Format".
"""

from __future__ import annotations

from collections.abc import Callable

from lovhe.core.errors import ImageError
from lovhe.core.firmware.image_format import APP_HEAD_BYTES, IMAGE_MAGIC, AppDescription, is_blank, read_app_description
from lovhe.core.firmware.partitions import TABLE_OFFSET, find_app, parse_partition_table, printable
from lovhe.core.firmware.program_inside import MICROPYTHON, VIRTUAL_PROJECT
from lovhe.core.messages import N_, Message
from lovhe.services.ports import Firmware

IN_ITS_LOADER = N_("It was in its loader already, and ran no program.")
CUT_OFF = N_("Its last flash was cut off. This one goes on where that stopped.")
EMPTY = N_("Its flash was empty.")
NOTHING_STARTS = N_("Nothing on it could start: a flash was cut off, or its flash was damaged.")

_TABLE_BYTES = 0x200
"""Enough for a dozen partitions, their MD5 and the end."""
_USUAL_APP_OFFSET = 0x10000
_ARDUINO = "arduino-lib-builder"
"""What Arduino's core for ESP32 calls each sketch."""


def what_it_was(read: Callable[[int, int], bytes], firmware: Firmware) -> Message | None:
    """What the board held that gets `firmware`; None where it held that already. `read(offset, size)` reads its flash."""
    table = read(TABLE_OFFSET, _TABLE_BYTES)
    app_offset = _app_offset(table)
    head = read(app_offset or _USUAL_APP_OFFSET, APP_HEAD_BYTES)
    if is_blank(table) and is_blank(head):
        return EMPTY
    if app_offset is None or head[0] != IMAGE_MAGIC:
        return NOTHING_STARTS
    had, gets = read_app_description(head), _description_in(firmware)
    return None if had is not None and had == gets else _told(had)


def _app_offset(table: bytes) -> int | None:
    try:
        app = find_app(parse_partition_table(table))
    except ImageError:
        return None
    return app.offset if app else None


def _description_in(firmware: Firmware) -> AppDescription | None:
    def read(offset: int, size: int) -> bytes:  # no more than that: a class asks thirty times at once
        return firmware.data[offset - firmware.offset : offset - firmware.offset + size]

    app_offset = _app_offset(read(TABLE_OFFSET, _TABLE_BYTES))
    return read_app_description(read(app_offset, APP_HEAD_BYTES)) if app_offset else None


def _told(had: AppDescription | None) -> Message:
    if had is None:
        return N_("It had other firmware, which does not say what it is.")
    version = printable(had.version)
    if not had.project:  # MicroPython's releases leave name and version empty
        built = printable(had.date)
        return N_("It had another MicroPython, built on {date}.", date=built) if built else N_("It had another MicroPython.")
    if had.project in (MICROPYTHON, VIRTUAL_PROJECT):
        return N_("It had MicroPython of another version: {version}.", version=version)
    if had.project == _ARDUINO:
        return N_("It had an Arduino program.")
    return N_("It had other firmware: {name}, version {version}.", name=printable(had.project), version=version)
