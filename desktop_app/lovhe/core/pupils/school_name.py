"""What a school is called where the results of many are kept."""

from __future__ import annotations

import unicodedata

from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.core.shown_text import harmless

MOST_LETTERS = 100


def check_school_name(typed: str) -> str:
    """A school's name or code as it is kept. Raises `InputError` for none, and for one that is too long."""
    name = " ".join(unicodedata.normalize("NFC", harmless(typed)).split())
    if not name:
        raise InputError(
            N_("It is not known yet which school this is."),
            N_("Say it once: `lovhe results push --school NAME`, with the school's code, or its name and town."),
        )
    if len(name) > MOST_LETTERS:
        raise InputError(N_("The name of the school is too long."), N_("Give its code, or a name of {n} letters at most.", n=MOST_LETTERS))
    return name
