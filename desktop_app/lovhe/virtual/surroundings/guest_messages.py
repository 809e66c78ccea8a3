"""Reading what a guest sends about its pins. The guest runs a student's program, so nothing in it is trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_MAX_CHANGES = 4096
_MAX_PINS = 64
_MAX_US = 2**53
_MAX_BYTES = 8192
_MODES = ("in", "out", "od", "off")
_PULLS = ("up", "down", "none")
_ONEWIRE_OPS = ("reset", "readbit", "readbyte", "writebit", "writebyte")


class MalformedMessage(ValueError):  # noqa: N818 (it is a report about a message, not a fault of ours)
    """A guest's message that does not keep to the contract."""


@dataclass(frozen=True, slots=True)
class Change:
    """What the program did to one pin at `t_us` on the board's clock."""

    t_us: int
    gpio: int
    what: str
    args: Any


@dataclass(frozen=True, slots=True)
class Request:
    """Something that a part shall answer. `gpio` is the data pin, or the clock pin of an I2C bus.

    `op` and `value` are a 1-Wire operation and what it writes; `others` are the pins that may be joined to this one.
    """

    kind: str
    id: int
    gpio: int
    now_us: int | None = None
    sda: int = -1
    address: int = 0
    written: bytes = b""
    read_count: int = 0
    op: str = ""
    value: int = 0
    others: tuple[int, ...] = ()


def whole(value: Any, low: int = 0, high: int = _MAX_US) -> int:
    """`value` if it is a whole number from `low` to `high`. Raises `MalformedMessage`."""
    if type(value) is not int or not low <= value <= high:
        raise MalformedMessage("a number is missing or out of range")
    return value


def _hex_bytes(value: Any) -> bytes:
    if not isinstance(value, str) or len(value) > 2 * _MAX_BYTES:
        raise MalformedMessage("hexadecimal text is missing or too long")
    try:
        return bytes.fromhex(value)
    except ValueError as error:
        raise MalformedMessage("that is not hexadecimal") from error


def read_log(entries: Any) -> list[Change]:
    """The changes of a `log` message, in order. Raises `MalformedMessage` if one of them cannot be read."""
    if not isinstance(entries, list) or len(entries) > _MAX_CHANGES:
        raise MalformedMessage("the log is no list, or too long")
    return [_read_change(entry) for entry in entries]


def _read_change(entry: Any) -> Change:
    match entry:
        case [t_us, gpio, "level", level]:
            args: Any = (whole(level, 0, 1),)
        case [t_us, gpio, "mode", str() as mode, str() as pull] if mode in _MODES and pull in _PULLS:
            args = (mode, pull)
        case [t_us, gpio, "pwm", int() | float() as freq_hz, duty_u16] if 0 <= freq_hz <= 80e6:
            args = (freq_hz, whole(duty_u16, 0, 65535))
        case [t_us, gpio, "dac", mv]:
            args = (whole(mv, 0, 3300),)
        case [t_us, gpio, "neo", colours]:
            args = (_hex_bytes(colours),)
        case _:
            raise MalformedMessage("an entry of the log says nothing we know")
    return Change(whole(t_us), whole(gpio, 0, 63), entry[2], args)


def read_request(message: Any) -> Request:
    """What the guest asks, by `world`'s list. Raises `MalformedMessage` for anything else."""
    match message:
        case ["look", request_id, now_us]:
            return Request("look", whole(request_id), -1, whole(now_us))
        case ["joined", request_id, gpio, list() as others, now_us] if len(others) <= _MAX_PINS:
            pins = tuple(whole(other, 0, 63) for other in others)
            return Request("joined", whole(request_id), whole(gpio, 0, 63), whole(now_us), others=pins)
        case ["ow", request_id, gpio, str() as op, value, now_us] if op in _ONEWIRE_OPS:
            return Request("ow", whole(request_id), whole(gpio, 0, 63), whole(now_us), op=op, value=whole(value, 0, 255))
        case ["dht", request_id, gpio, now_us]:
            return Request("dht", whole(request_id), whole(gpio, 0, 63), whole(now_us))
        case ["i2c", request_id, [scl, sda], address, written, read_count, *now_us] if len(now_us) < 2:
            return Request(
                "i2c",
                whole(request_id),
                whole(scl, 0, 63),
                whole(now_us[0]) if now_us else None,
                sda=whole(sda, 0, 63),
                address=whole(address, 0, 1023),
                written=_hex_bytes(written),
                read_count=whole(read_count, 0, _MAX_BYTES),
            )
        case _:
            raise MalformedMessage("a message says nothing we know")
