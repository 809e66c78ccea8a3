"""Every screen of the app as it was left last, in files, and how it looks now.

As text and not as SVG: a line of text is what a translator or a teacher can read in a commit, an SVG of a screen is fifty kilobytes of
places and colours.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from .desk_scenes import DESK_SCENES
from .pictures import PICTURES, picture_file, svg_picture
from .stage import Stage, play
from .teacher_scenes import TEACHER_SCENES
from .text_picture import difference
from .work_scenes import WORK_SCENES

FOLDER = Path(__file__).parent.parent / "apps" / "tui" / "snapshots"
LANGUAGES = ("az", "ru", "en")
SIZES = ((80, 24), (120, 40))
PICTURE_SIZE = SIZES[-1]
SCENES = [*DESK_SCENES, *WORK_SCENES, *TEACHER_SCENES]

_PATIENCE_S = 60.0
_FEW_LINES, _LINE = 12, 200
_NO_PATIENCE_S = 3.0
"""For what comes after a first difference."""


def snapshot_file(name: str, language: str, size: tuple[int, int]) -> Path:
    """Where a screen is kept."""
    return FOLDER / name / f"{language}-{size[0]}x{size[1]}.txt"


def kept_names(language: str, size: tuple[int, int]) -> set[str]:
    """The screens that are kept in a language and size."""
    return {file.parent.name for file in FOLDER.glob(f"*/{language}-{size[0]}x{size[1]}.txt")}


def differences(language: str, size: tuple[int, int]) -> list[str]:
    """What is not as it was left; a screen has its time to become so."""
    found: list[str] = []
    seen: set[str] = set()

    async def compare(stage: Stage, name: str) -> None:
        seen.add(name)
        file = snapshot_file(name, language, size)
        kept = file.read_text("utf-8") if file.exists() else ""
        pictured = size == PICTURE_SIZE and name in PICTURES

        def is_as_kept(now: str) -> bool:
            return now == kept and not (pictured and _other_picture(stage, name, language))

        if await _becomes(stage, is_as_kept, _NO_PATIENCE_S if found or not kept else _PATIENCE_S):
            return
        if other := difference(kept, await stage.rest(), f"{name} {file.stem}"):
            found.append(other)
        elif pictured and (other := _other_picture(stage, name, language)):
            found.append(f"The picture {name} in {language} is not what `make pictures` draws now:\n{other}")
        else:
            found.append(f"{name} {file.stem} became what is kept only after {_PATIENCE_S:.0f} s.")

    play(language, size, SCENES, compare)
    found += [f"{name} {language} is kept, but no scene shows it." for name in sorted(kept_names(language, size) - seen)]
    return found


async def _becomes(stage: Stage, is_as_kept: Callable[[str], bool], patience_s: float) -> bool:
    """Whether the screen is as it was left, at two looks."""
    same, end_s = 0, time.monotonic() + patience_s
    while same < 2 and time.monotonic() < end_s:
        now, at_rest = await stage.look()
        same = same + 1 if at_rest and is_as_kept(now) else 0
    return same == 2


def _other_picture(stage: Stage, name: str, language: str) -> str:
    """The first lines in which a picture differs from the screen; "" where it is the same."""
    file = picture_file(name, language)
    kept = file.read_text("utf-8") if file.exists() else ""
    drawn = svg_picture(stage.app)
    return "\n".join(line[:_LINE] for line in difference(kept, drawn, file.name).splitlines()[:_FEW_LINES]) if kept != drawn else ""


def renew(language: str, size: tuple[int, int]) -> None:
    """Keep all screens as they are now; those that no scene shows any more go."""
    seen: set[str] = set()

    async def keep(stage: Stage, name: str) -> None:
        seen.add(name)
        file = snapshot_file(name, language, size)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(await stage.rest(), "utf-8", newline="\n")

    play(language, size, SCENES, keep)
    for name in kept_names(language, size) - seen:
        snapshot_file(name, language, size).unlink()


def renew_pictures(language: str) -> None:
    """Draw the pictures for the README."""

    async def keep(stage: Stage, name: str) -> None:
        await stage.rest()
        if name in PICTURES:
            file = picture_file(name, language)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(svg_picture(stage.app), "utf-8", newline="\n")

    play(language, PICTURE_SIZE, dict.fromkeys(PICTURES.values()), keep)
