"""What a teacher's passphrase must be, and how long to wait after wrong ones."""

from __future__ import annotations

import unicodedata

from lovhe.core.errors import InputError
from lovhe.core.messages import N_

LEAST_LETTERS = 8
MOST_LETTERS = 200

WAITS_S = (0.0, 0.0, 0.0, 0.0, 0.0, 30.0, 60.0, 120.0, 300.0)
"""How long to wait after so many wrong ones in a row: five are free."""


def as_meant(typed: str) -> str:
    """The same letters, whichever keyboard made them: a letter with its mark is one letter."""
    return unicodedata.normalize("NFC", typed.strip())


def check_new(typed: str) -> str:
    """A new passphrase as it is kept. Raises `InputError` for one that is too easy to find out."""
    passphrase = as_meant(typed)
    if not LEAST_LETTERS <= len(passphrase) <= MOST_LETTERS:
        raise InputError(
            N_("A passphrase has {least} letters or more.", least=LEAST_LETTERS),
            N_("Take two or three words that pupils would not guess, with spaces between them."),
        )
    if passphrase.isdigit() or len(set(passphrase.casefold())) < LEAST_LETTERS // 2:
        raise InputError(
            N_("This passphrase is found out at once."),
            N_("Take two or three words that pupils would not guess, with spaces between them."),
        )
    return passphrase
