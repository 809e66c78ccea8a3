"""What the arguments of each kind of frame must look like: bytes from a serial line are checked before anyone trusts them."""

from __future__ import annotations

import math
from collections.abc import Callable

_MAX_GPIO = 99
_MAX_COUNT = 1 << 31
_MAX_TEXT = 500

# What only the host may say: a board that claims it is not believed.
_HOST_KINDS = frozenset(("text", "step", "type", "set", "unseen", "look", "over", "gap", "gone", "stuck"))


def fits(kind: str, args: list[object]) -> bool:
    """Whether `args` are what frames of this kind carry. Kinds we don't know yet are taken as they are, if named plainly."""
    shape = _SHAPES.get(kind)
    if shape is not None:
        return shape(args)
    return kind not in _HOST_KINDS and len(kind) <= 16 and kind.isascii() and kind.isidentifier()


def _count(value: object) -> bool:
    return type(value) is int and 0 <= value < _MAX_COUNT


def _gpio(value: object) -> bool:
    return type(value) is int and 0 <= value <= _MAX_GPIO


def _words(value: object) -> bool:
    return type(value) is str and len(value) <= _MAX_TEXT


def _number(value: object) -> bool:
    return (type(value) is int and abs(value) < 1 << 63) or (type(value) is float and math.isfinite(value))


def _each(*tests: Callable[[object], bool]) -> Callable[[list[object]], bool]:
    def shape(args: list[object]) -> bool:
        return len(args) == len(tests) and all(test(arg) for test, arg in zip(tests, args, strict=True))

    return shape


def _levels(args: list[object]) -> bool:
    if len(args) == 2:  # nearly always: one pin changed
        gpio, level = args
        return type(gpio) is int and 0 <= gpio <= _MAX_GPIO and type(level) is int and 0 <= level <= 1
    if not args or len(args) % 2:
        return False
    for index in range(0, len(args), 2):
        gpio, level = args[index], args[index + 1]
        if type(gpio) is not int or not 0 <= gpio <= _MAX_GPIO or type(level) is not int or level not in (0, 1):
            return False
    return True


def _adc(args: list[object]) -> bool:
    return len(args) == 2 and _gpio(args[0]) and type(args[1]) is int and 0 <= args[1] <= 0xFFFF


def _neo(args: list[object]) -> bool:
    return len(args) == 2 and _gpio(args[0]) and type(args[1]) is str and all(c in "0123456789abcdefABCDEF" for c in args[1])


def _draw(args: list[object]) -> bool:
    return len(args) == 3 and args[0] in ("i2c", "pin") and _count(args[1]) and _words(args[2])


def _shown(args: list[object]) -> bool:
    if len(args) != 1 or not isinstance(args[0], dict):
        return False
    return all(type(name) is str and (_number(value) or _words(value) or type(value) is bool) for name, value in args[0].items())


_SHAPES: dict[str, Callable[[list[object]], bool]] = {
    "begin": _each(_words, _count, _words),
    "level": _levels,
    "adc": _adc,
    "pwm": _each(_gpio, _count, _count),
    "neo": _neo,
    "dht": _each(_gpio, _number, _number),
    "i2c": _each(_count, _count, _count),
    "draw": _draw,
    "show": _shown,
    "print": lambda args: not args,
    "lost": _each(_count),
    "less": _each(_words),
    "end": _each(_words, _words, _words, _count),
}
