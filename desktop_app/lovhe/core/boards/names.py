"""What stands on a board's sticker: the class it belongs to and its number there, "7A-12"."""

from __future__ import annotations

import re
import unicodedata

import msgspec

from lovhe.core.errors import InputError
from lovhe.core.messages import N_

MAX_CLASS_LENGTH = 8
MAX_NUMBER = 999

_NAME = re.compile(r"(.+)-0*([1-9][0-9]{0,2})")


class BoardName(msgspec.Struct, frozen=True, order=True):
    """A board of a class set. `class_name` is as `check_class_name` gives it; `number` is 1 … MAX_NUMBER."""

    class_name: str
    number: int

    def __str__(self) -> str:
        """As it stands on the sticker."""
        return f"{self.class_name}-{self.number}"


def check_class_name(typed: str) -> str:
    """A class as it is kept: "7a" becomes "7A". Letters and digits of any script, at most MAX_CLASS_LENGTH. Raises `InputError`."""
    name = unicodedata.normalize("NFC", typed.strip()).upper()
    if not name.isalnum() or len(name) > MAX_CLASS_LENGTH:
        raise InputError(
            N_("“{name}” is no name of a class.", name=typed[:40]),
            N_("Write it with letters and digits alone, at most {n} of them, like 7A.", n=MAX_CLASS_LENGTH),
        )
    return name


def parse_board_name(typed: str) -> BoardName | None:
    """The name that `typed` is ("7a-12", "7A-012"); None if it is none, as a serial port is."""
    found = _NAME.fullmatch(typed.strip())
    if found is None:
        return None
    try:
        return BoardName(check_class_name(found[1]), int(found[2]))
    except InputError:
        return None


def need_board_name(typed: str) -> BoardName:
    """As `parse_board_name`, where nothing but a name will do. Raises `InputError`."""
    name = parse_board_name(typed)
    if name is None:
        raise InputError(
            N_("“{name}” is no name of a board.", name=typed[:40]),
            N_("Write it as on the sticker, the class and a number from 1 to {most}: 7A-12.", most=MAX_NUMBER),
        )
    return name
