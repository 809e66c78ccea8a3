"""What a board says before it is reset into its loader: whether its main.py stops with an error, or it restarts for ever.

A moment's listening, in which a MicroPython that waits at its prompt is asked to start anew (Ctrl-D), so that it says what it
said when it was plugged in. What is deaf or silent costs LISTEN_S.
"""

from __future__ import annotations

import logging
import time

import serial

from lovhe.adapters.serial_ports import open_serial
from lovhe.core.errors import LovheError
from lovhe.core.messages import N_, Message
from lovhe.services.ports import BoardInfo

log = logging.getLogger(__name__)

LISTEN_S = 0.8
"""A board that restarts for ever says so once in each turn, which lasts some tenths of a second (estimated)."""
_LOOP_S = 2.5
"""How long a board that has just restarted is listened to for the next time."""
_REBOOT_S = 1.0
_MOST_LETTERS = 120

_PROMPT = b">>> "
_TRACEBACK = b"Traceback (most recent call last):"
_SOFT_REBOOT = b"soft reboot"
_RESET = b"rst:0x"
"""In the boot ROM's first line after each reset, on all chips. Source: ESP-IDF Programming Guide, "Boot log"."""


def heard_before(board: BoardInfo) -> Message | None:
    """What was wrong with the board's program, None where nothing was heard of that.

    A port in the network is not asked: opening it twice takes a second.
    """
    if "://" in board.serial_port:
        return None
    try:
        line = open_serial(board.serial_port, quiet_lines=True)
        try:
            return what_it_says(_listen(line))
        finally:
            line.close()
    except (LovheError, serial.SerialException, OSError) as problem:
        log.info("%s was not listened to: %s", board.serial_port, problem)  # connecting tells it in words
        return None


def what_it_says(heard: bytes) -> Message | None:
    """The sentence for what was heard."""
    if heard.count(_RESET) > 1:
        return N_("It restarted again and again.")
    _, found, after = heard.rpartition(_TRACEBACK)
    if not found:
        return None
    lines = [line for line in after.decode("utf-8", "replace").splitlines() if line.strip()]
    errors = [line for line in lines if not line.startswith((" ", ">>>", "MicroPython"))]
    if not errors:
        return None
    return N_("Its main.py stopped with an error: {error}", error="".join(filter(str.isprintable, errors[0]))[:_MOST_LETTERS])


def _listen(line: serial.SerialBase) -> bytes:
    line.write(b"\r\x04")
    heard = b""
    begin_s = time.monotonic()
    while time.monotonic() - begin_s < _patience_s(heard):
        heard += line.read(line.in_waiting or 1)
        if heard.count(_RESET) > 1 or heard.partition(_SOFT_REBOOT)[2].rstrip().endswith(_PROMPT.rstrip()):
            break
    return heard


def _patience_s(heard: bytes) -> float:
    if _RESET in heard:
        return _LOOP_S
    return _REBOOT_S if _TRACEBACK in heard or _SOFT_REBOOT in heard else LISTEN_S
