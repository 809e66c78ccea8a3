"""Pupils and classes: a first name and a number, nothing else."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

_TWINS = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")
"""Cyrillic capitals, and the Latin ones that look the same."""

SecretKind = Literal["none", "pin", "pictures"]
"""How a pupil shows who it is: not at all, by four digits, or by three pictures."""


class Pupil(msgspec.Struct, frozen=True):
    """One pupil. `id` is a UUIDv7, `number` that in the class list. A hashed secret is no part of it: that never leaves the roster.

    `group` is the number of those in the class with whom they share a keyboard, 0 where the teacher has made no groups.
    """

    id: str
    class_name: str
    number: int
    first_name: str
    group: int = 0


class SchoolClass(msgspec.Struct, frozen=True):
    """A class ("7A") and its pupils by number.

    Pupils of a class that has left school are not at this PC any more; their results stay until they are erased.
    """

    name: str
    pupils: list[Pupil]
    secret_kind: SecretKind = "none"
    has_left: bool = False


def class_order(name: str) -> tuple[int, str]:
    """For sorting class names as a school does: 6B before 10A."""
    grade = re.match(r"[0-9]{1,4}", name)
    return (int(grade[0]) if grade else 10_000, name)


def looks_like(name: str, other: str) -> bool:
    """Whether two classes' names look the same, whichever keyboard they were typed on: 7A and 7А."""
    return looks(name) == looks(other)


def looks(name: str) -> str:
    """How a class's name looks: the same for all that look the same."""
    return name.translate(_TWINS)
