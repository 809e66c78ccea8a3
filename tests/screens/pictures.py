"""Some screens as SVG, for the README in each language."""

from __future__ import annotations

import re
from pathlib import Path

from textual.app import App

from .desk_scenes import lessons
from .stage import Scene
from .work_scenes import failed, output, plot, wiring_and_board

FOLDER = Path(__file__).parent.parent.parent / "desktop_app" / "pictures"
PICTURES: dict[str, Scene] = {"lessons": lessons, "output": output, "check-hint": failed, "plot": plot, "wiring": wiring_and_board}
"""By the name of what is shown, the scene that shows it."""
MOST_BYTES = 80_000

_LEFT_OUT = re.compile(
    r"<!--.*?-->|@font-face \{.*?\}|<clipPath id=\"[^\"]*-line-.*?</clipPath>| clip-path=\"url\(#[^\"]*-line-\d+\)\"", re.DOTALL
)
"""An advertisement, fonts from the net, and for each line a frame that nothing reaches over."""
_WORDS = re.compile(r'x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)">([^<]*)</text>')
_COLUMN, _SPACE = 12.2, "\u00a0"
_FAMILY = "ui-monospace, 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace"


def picture_file(name: str, language: str) -> Path:
    """Where a picture is."""
    return FOLDER / language / f"{name}.svg"


def svg_picture(app: App[None]) -> str:
    """The screen, in a font that the reader's system has: nothing is fetched from the net, and nothing in it differs from PC to PC."""
    drawn = app.export_screenshot(title="Lövhə", simplify=True)
    drawn = _LEFT_OUT.sub("", drawn).replace("font-family: Fira Code, monospace", f"font-family: {_FAMILY}")
    drawn = re.sub(r"terminal-\d+", "t", drawn).replace("&#160;", _SPACE)
    drawn = _WORDS.sub(_without_margins, drawn)
    return "\n".join(line.strip(" ") for line in drawn.splitlines() if line.strip()) + "\n"


def _without_margins(found: re.Match[str]) -> str:
    """Words at their own place: some programs that show SVG leave out spaces at the ends, and would shift them."""
    x, y, length, words = float(found[1]), found[2], float(found[3]), found[4]
    bare = words.strip(_SPACE)
    before = len(words) - len(words.lstrip(_SPACE)) if bare else 0
    x, length = x + before * _COLUMN, length - (len(words) - len(bare)) * _COLUMN
    return f'x="{x:.1f}" y="{y}" textLength="{max(length, 0):.1f}">{bare}</text>'
