"""A running virtual board as others look at it: what its supervisor tells of its pins, parts and surroundings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.virtual.process.control import BoardControl
from lovhe.virtual.process.registry import find_board

_LINES = 5


@contextmanager
def watched_board(name: str) -> Iterator[Callable[[], dict[str, Any]]]:
    """A function that tells of the board called `name` each time it is called: `World.snapshot`, with `name`, `chip`, `state`
    and `printed`, the last lines that the board has printed.

    Raises `NoBoardError` when there is none of that name, `InputError` when it is a real one, and the function `BoardGoneError`
    when it has been stopped.
    """
    _refuse_real(name)
    entry = find_board(name)
    with BoardControl(entry.control, entry.authkey) as control:

        def look() -> dict[str, Any]:
            return {
                "name": entry.name,
                "chip": entry.chip,
                "state": control.state(),
                **control.snapshot(),
                "printed": control.printed(_LINES),
            }

        yield look


def _refuse_real(name: str) -> None:
    from lovhe.apps import wiring

    if any(name in (board.name, board.serial_port) and not board.virtual for board in wiring.find_boards()):
        raise InputError(
            N_("“{name}” is a real board, and only a virtual one can be watched.", name=name),
            N_("Start a virtual board with the lesson's circuit, `lovhe board start --lesson LESSON`, and run the same program there."),
        )
