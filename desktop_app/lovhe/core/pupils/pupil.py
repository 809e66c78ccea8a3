"""Pupils and classes: a first name and a number, nothing else."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

SecretKind = Literal["none", "pin", "pictures"]
"""How a pupil shows who it is: not at all, by four digits, or by three pictures."""


class Pupil(msgspec.Struct, frozen=True):
    """One pupil. `id` is a UUIDv7, `number` that in the class list. A hashed secret is no part of it: that never leaves the roster."""

    id: str
    class_name: str
    number: int
    first_name: str


class SchoolClass(msgspec.Struct, frozen=True):
    """A class ("7A") and its pupils by number."""

    name: str
    pupils: list[Pupil]
    secret_kind: SecretKind = "none"


def class_order(name: str) -> tuple[int, str]:
    """For sorting class names as a school does: 6B before 10A."""
    grade = re.match(r"[0-9]{1,4}", name)
    return (int(grade[0]) if grade else 10_000, name)
