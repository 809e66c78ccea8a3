"""The words of `lovhe board fault`: what can go wrong with a virtual board, and what a teacher will see of it.

A fault is written `drop=0.1%` or `no-loader`; `=off` ends it. All words of one command are read before any of them is done.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

import msgspec

from lovhe.core.errors import InputError
from lovhe.core.messages import N_, Message

OFF = "off"
MAX_BYTES = 1 << 30
SLOWEST_BD, FASTEST_BD = 300, 2_000_000

EXAMPLES = {
    "unplug": "unplug, unplug=5000",
    "plug": "plug",
    "drop": "drop=0.1%",
    "flip": "flip=0.1%",
    "slow": "slow=57600",
    "brownout": "brownout, brownout=5000",
    "no-loader": "no-loader",
    "stuck-loader": "stuck-loader",
    "chip": "chip=esp32c3",
}
"""How each fault is written, in the order of help."""

_NEVER_VALUE = ("plug", "no-loader", "stuck-loader")
_ALWAYS_VALUE = ("drop", "flip", "slow", "chip")
_NUMBER = re.compile(r"(\d{1,9}(?:[.,]\d{1,9})?)\s*(%|kb|b|bytes|baud|bd)?")


class Fault(msgspec.Struct, frozen=True):
    """One fault. `value` is a count of bytes, a rate from 0 to 1, a rate in baud, a chip's name, "off", or None: now, or simply on."""

    name: str
    value: int | float | str | None = None

    @property
    def is_off(self) -> bool:
        """Whether this ends the fault."""
        return self.value == OFF


def read_faults(words: Iterable[str], chips: Collection[str]) -> list[Fault]:
    """The faults that `words` name; `chips` are those a board can pretend to be. Raises `InputError` that says what is possible."""
    return [_read(word, chips) for word in words]


def _read(word: str, chips: Collection[str]) -> Fault:
    name, sign, value = (piece.strip() for piece in word.partition("="))
    if name not in EXAMPLES:
        raise InputError(
            N_("There is no fault “{name}”.", name=name[:60]),
            N_("Write one or more of these: {faults}.", faults="; ".join(EXAMPLES.values())),
        )
    if sign and value == OFF and name != "plug":
        return Fault(name, OFF)
    if bool(sign) != bool(value) or (value and name in _NEVER_VALUE) or (not value and name in _ALWAYS_VALUE):
        raise _unfit(name, word)
    if not value:
        return Fault(name)
    if name == "chip":
        return Fault(name, _chip(value, chips))
    return _read_number(name, word, value)


def _read_number(name: str, word: str, value: str) -> Fault:
    match = _NUMBER.fullmatch(value.casefold())
    if match is None:
        raise _unfit(name, word)
    number, unit = float(match[1].replace(",", ".")), match[2] or ""
    if name in ("drop", "flip"):
        if unit != "%" or number > 100:
            raise _unfit(name, word)
        return Fault(name, number / 100) if number else Fault(name, OFF)
    if name == "slow":
        if unit not in ("", "baud", "bd") or not SLOWEST_BD <= number <= FASTEST_BD:
            raise InputError(
                N_("A line cannot be made as slow or fast as “{word}” says.", word=word[:60]),
                N_("Choose from {low} to {high} baud, for example slow=57600.", low=SLOWEST_BD, high=FASTEST_BD),
            )
        return Fault(name, int(number))
    count = round(number * (1000 if unit == "kb" else 1))
    if unit not in ("", "kb", "b", "bytes") or count > MAX_BYTES:
        raise _unfit(name, word)
    return Fault(name, count)


def _chip(value: str, chips: Collection[str]) -> str:
    chip = value.casefold().replace("-", "")
    if chip not in chips:
        raise InputError(
            N_("A virtual board cannot pretend to be a “{chip}”.", chip=value[:60]),
            N_("Write one of these: {chips}.", chips=", ".join(chips)),
        )
    return chip


def _unfit(name: str, word: str) -> InputError:
    return InputError(
        N_("“{word}” is not how this fault is written.", word=word[:60]), N_("Write it like this: {example}.", example=EXAMPLES[name])
    )


def write_fault(fault: Fault) -> str:
    """A fault as one types it."""
    if fault.value is None:
        return fault.name
    return f"{fault.name}={100 * fault.value:g}%" if isinstance(fault.value, float) else f"{fault.name}={fault.value}"


def what_one_sees(fault: Fault, board: str) -> Message:
    """What a fault that is set, or has just happened, looks like to a teacher."""
    if fault.value is None and fault.name in (at_once := _at_once(board)):
        return at_once[fault.name]
    shown = f"{100 * fault.value:g} %" if isinstance(fault.value, float) else fault.value
    return _armed(board, shown)[fault.name]


def _at_once(board: str) -> dict[str, Message]:
    return {
        "unplug": N_(
            "The cable of {board} is pulled: the board is off, its serial port is gone, and `lovhe boards` shows it as unplugged. "
            "`lovhe board fault {board} plug` puts the cable back.",
            board=board,
        ),
        "plug": N_(
            "The cable of {board} is back: the board starts as from cold. `lovhe boards` shows its serial port, which may be a new one.",
            board=board,
        ),
        "brownout": N_(
            "The supply of {board} sagged: the chip restarted and said “Brownout detector was triggered”. A program that ran is over, "
            "and main.py starts anew.",
            board=board,
        ),
    }


def _armed(board: str, value: int | str | None) -> dict[str, Message]:
    return {
        "unplug": N_(
            "After {value} more bytes to {board} its cable is pulled. A flash, a deploy or a run that is under way then stops with a "
            "message; once the cable is back, doing it again finishes it.",
            board=board,
            value=value,
        ),
        "drop": N_(
            "{value} of the bytes to and from {board} get lost, as with a bad cable. Printed text has holes, checks end unclear, and flash "
            "and deploy are slow or stop with a message; they never leave half a file.",
            board=board,
            value=value,
        ),
        "flip": N_(
            "{value} of the bytes to and from {board} change on their way, as with a bad cable. Printed text has wrong letters, checks end "
            "unclear, and flash and deploy are slow or stop with a message; they never leave half a file.",
            board=board,
            value=value,
        ),
        "slow": N_(
            "The line to {board} carries no more than {value} baud: everything takes longer, a flash most of all, and below some 30000 "
            "baud it gives up.",
            board=board,
            value=value,
        ),
        "brownout": N_(
            "After {value} more bytes to {board} its supply sags and the chip restarts. A flash then stops with a message, a program that "
            "runs is over, and main.py starts anew.",
            board=board,
            value=value,
        ),
        "no-loader": N_(
            "From the next reset on {board} does not go into its loader: `lovhe flash` says so and tells to hold the BOOT button, which on "
            "this board does not help.",
            board=board,
        ),
        "stuck-loader": N_(
            "From the next reset on {board} stays in its loader: flashing works, but no program starts, `lovhe run` gets no answer, and "
            "`lovhe boards` shows it as in its loader.",
            board=board,
        ),
        "chip": N_(
            "In its loader {board} says from the next reset on that its chip is {value}, as if another board lay on the desk: `lovhe "
            "flash` says so and writes nothing. Programs run as before.",
            board=board,
            value=value,
        ),
    }
