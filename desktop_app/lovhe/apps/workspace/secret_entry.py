"""Digits or pictures as they are chosen one after the other: once to show who one is, twice to choose a new secret."""

from __future__ import annotations

from typing import Literal

from lovhe.core.pupils.secrets import CHOSEN_PICTURES, PIN_DIGITS

Asking = Literal["show", "choose", "again", "differed"]
"""What is wanted now: the secret; a new one; the new one once more; a new one, since the two were not the same."""


class SecretEntry:
    """What has been chosen so far. `length` is how many digits or pictures there must be."""

    def __init__(self, kind: Literal["pin", "pictures"], choosing: bool) -> None:
        self.kind = kind
        self.choosing = choosing
        self.asking: Asking = "choose" if choosing else "show"
        self.length = PIN_DIGITS if kind == "pin" else CHOSEN_PICTURES
        self._parts: list[str] = []
        self._first = ""

    @property
    def count(self) -> int:
        """How many are chosen."""
        return len(self._parts)

    def add(self, part: str) -> str | None:
        """Take a digit or a picture's id. The whole secret once it is complete (a new one: twice the same), None before."""
        if self.kind == "pin" and not (len(part) == 1 and part in "0123456789"):
            return None
        self._parts.append(part)
        if self.count < self.length:
            return None
        secret = ("" if self.kind == "pin" else " ").join(self._parts)
        self._parts.clear()
        if not self.choosing or (self._first and secret == self._first):
            return secret
        self.asking = "again" if not self._first else "differed"
        self._first = secret if not self._first else ""
        return None

    def take_back(self) -> None:
        """The last one was a slip."""
        if self._parts:
            self._parts.pop()
