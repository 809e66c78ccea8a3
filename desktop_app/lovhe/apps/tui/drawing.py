"""Which characters the terminal can draw with."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from functools import cache

from lovhe.apps.terminal_drawings import PLAIN, Glyphs, glyphs_for
from lovhe.apps.tui.plain_signs import OLD_CONSOLE

_NEW_CONSOLES = ("WT_SESSION", "TERM_PROGRAM", "ConEmuANSI")


@cache
def screen_glyphs() -> Glyphs:
    """The finest that are sure to be seen."""
    encoding = screen_encoding()
    return PLAIN if encoding == OLD_CONSOLE else glyphs_for(encoding)


def screen_encoding(environment: Mapping[str, str] = os.environ, platform: str = sys.platform, stream: str | None = None) -> str:
    """The encoding that has all signs the terminal shows: that of its stream, `OLD_CONSOLE`, or "ascii" in the locale C.

    In that locale Python speaks UTF-8 all the same, and may have put it into `LC_CTYPE` itself.
    """
    if platform == "win32" and not any(name in environment for name in _NEW_CONSOLES):
        return OLD_CONSOLE
    if platform != "win32":
        named = environment.get("LC_ALL") or environment.get("LC_CTYPE", "").replace("C.UTF-8", "") or environment.get("LANG")
        if named in ("C", "POSIX"):
            return "ascii"
    return (stream or getattr(sys.__stdout__, "encoding", None) or "ascii").lower()
