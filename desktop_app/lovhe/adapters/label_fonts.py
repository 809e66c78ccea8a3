"""A font of this PC that has the letters that are to be written: PDF's own fonts know Western European ones alone."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

log = logging.getLogger(__name__)

_BOLD = (
    "arialbd.ttf",
    "Arial Bold.ttf",
    "segoeuib.ttf",
    "tahomabd.ttf",
    "DejaVuSans-Bold.ttf",
    "LiberationSans-Bold.ttf",
    "NotoSans-Bold.ttf",
    "FreeSansBold.ttf",
    "Ubuntu-B.ttf",
    "Roboto-Bold.ttf",
)
_REGULAR = (
    "arial.ttf",
    "Arial.ttf",
    "Arial Unicode.ttf",
    "segoeui.ttf",
    "tahoma.ttf",
    "DejaVuSans.ttf",
    "LiberationSans-Regular.ttf",
    "NotoSans-Regular.ttf",
    "FreeSans.ttf",
    "Ubuntu-R.ttf",
    "Roboto-Regular.ttf",
)
"""Best first; all without serifs."""


def font_folders() -> list[Path]:
    """Where this system keeps fonts: the user's own last."""
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 (does not fail where there is none)
    if sys.platform == "win32":
        windows, local = os.environ.get("WINDIR", r"C:\Windows"), os.environ.get("LOCALAPPDATA", "")
        return [Path(windows) / "Fonts", *([Path(local) / "Microsoft" / "Windows" / "Fonts"] if local else [])]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts/Supplemental"), Path("/Library/Fonts"), home / "Library" / "Fonts"]
    return [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local" / "share" / "fonts", home / ".fonts"]


def find_font(letters: str, folders: Sequence[Path] | None = None, *, bold: bool = True) -> Path | None:
    """The best font file that has all of `letters`, one of the other weight where need be; None where there is none."""
    found = {path.name.lower(): path for folder in (font_folders() if folders is None else folders) for path in _fonts_below(folder)}
    for name in _BOLD + _REGULAR if bold else _REGULAR + _BOLD:
        path = found.get(name.lower())
        if path is not None and _has(path, letters):
            return path
    return None


def _fonts_below(folder: Path) -> Iterator[Path]:
    wanted = {name.lower() for name in _BOLD + _REGULAR}
    for parent, _, names in os.walk(folder):
        yield from (Path(parent) / name for name in names if name.lower() in wanted)


def _has(path: Path, letters: str) -> bool:
    from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]  # comes with fpdf2, without types

    try:
        with path.open("rb") as file, TTFont(file, lazy=True) as font:
            known = font.getBestCmap() or {}
            return all(ord(letter) in known for letter in letters)
    except (OSError, TTLibError, KeyError, AssertionError) as problem:
        log.info("the font %s cannot be read: %s", path, problem)
        return False
