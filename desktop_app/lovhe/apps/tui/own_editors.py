"""From a line on the screen to the same line in somebody's own editor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from lovhe.apps.language import t
from lovhe.apps.writing.editors import Jump, jump_to, open_here, open_in_own_window
from lovhe.apps.writing.words import place_words
from lovhe.core.errors import LovheError
from lovhe.core.messages import N_

if TYPE_CHECKING:
    from lovhe.apps.tui.app import LovheApp

_READ_S = 30.0


def go_to(app: LovheApp, file: Path, line: int | None) -> None:
    """Open the file there; where no editor is known, or it cannot be opened from here, say where it is."""
    jump = jump_to(file, line)
    if jump is None or (jump.needs_terminal and not _opened_here(app, jump)):
        place = place_words(str(file), line)
        told = N_("Open this in your editor: {place}. Lövhə opens it itself where VISUAL or EDITOR names your editor.", place=place)
        app.notify(t(told), timeout=_READ_S, markup=False)
    elif not jump.needs_terminal:
        try:
            open_in_own_window(jump)
        except LovheError as problem:
            app.tell_problem(problem)


def _opened_here(app: LovheApp, jump: Jump) -> bool:
    """Whether there is a terminal to lend; the app has it back when the editor has ended."""
    problem: LovheError | None = None
    try:
        with app.suspend():
            try:
                open_here(jump)
            except LovheError as found:  # told once the app has its screen back
                problem = found
    except SuspendNotSupported:
        return False
    app.refresh()
    if problem is not None:
        app.tell_problem(problem)
    return True
