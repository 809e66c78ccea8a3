"""Which characters must not reach a screen: they command a terminal, or turn the order of letters round, so that text lies."""

from __future__ import annotations

import re

UNSHOWN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\r(?!\n)")
"""Control characters but tabs and line ends, and the marks for text that runs the other way."""

_COLOUR = r"\x1b\[[0-9;]{0,30}m"
_UNSHOWN_OR_COLOUR = re.compile(rf"({_COLOUR})|{UNSHOWN.pattern}")


def harmless(text: str) -> str:
    """`text` with "?" for each character that must not reach a screen."""
    return UNSHOWN.sub("?", text)


def harmless_coloured(text: str) -> str:
    """The same, but colours stay: for lines that we have coloured ourselves."""
    return _UNSHOWN_OR_COLOUR.sub(lambda found: found[1] or "?", text)
