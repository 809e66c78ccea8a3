"""Put a lesson on a board: our runtime where it differs, the starter as main.py, nothing of the student's lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from lovhe.core.lesson import Lesson
from lovhe.services.ports import BoardLink

MAIN = "/main.py"
KEPT = "/main_before.py"
LESSON = "/lesson.json"


class Deployed(msgspec.Struct, frozen=True):
    """What a deploy did: files written, and where an older, different main.py is kept ("" if there was none)."""

    written: int
    kept: str


def deploy_lesson(
    lesson: Lesson,
    link: BoardLink,
    runtime: Mapping[str, bytes],
    progress: Callable[[int, int], None] | None = None,
) -> Deployed:
    """Make the board ready for `lesson`; `runtime` is the board's library as path to content. Raises `BoardError`s."""
    raise NotImplementedError
