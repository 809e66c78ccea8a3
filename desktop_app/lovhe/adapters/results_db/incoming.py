"""Where another results file is made ready, before it takes the place of this PC's or comes to it: one at a time on a PC.

It is always the same place, so that what a power cut leaves there goes with the next one, and with the next pupil who is erased.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path

from lovhe.adapters.file_lock import file_lock
from lovhe.adapters.results_db.opening import translated
from lovhe.core.errors import ResultsError
from lovhe.core.messages import N_

log = logging.getLogger(__name__)

_WAIT_S = 60.0


@contextlib.contextmanager
def incoming(results: Path) -> Iterator[Path]:
    """The place, with nothing in it; afterwards there is nothing, either. Raises `ResultsError` where another window is at it for long."""
    with contextlib.ExitStack() as held:
        with translated(results):
            alone = held.enter_context(_turn(results, _WAIT_S))
            if alone:
                _clear(results)
        if not alone:
            raise ResultsError(
                N_("Another window of Lövhə is putting results together or back on this computer."),
                N_("Wait until it is done, then try again. Nothing was changed."),
            )
        held.callback(_is_clear, results)
        yield _place(results)


def clear_incoming(results: Path) -> bool:
    """What a power cut left there goes; what another window is making ready stays. False where the system does not let it go."""
    with contextlib.suppress(OSError), _turn(results, 0.0) as alone:
        return not alone or _is_clear(results)
    return False


def _is_clear(results: Path) -> bool:
    """What was done is done, also where something else looks into the file just now, as virus scanners do: then the next one clears."""
    try:
        _clear(results)
    except OSError as problem:
        log.warning("what lies beside %s stays: %s", results, problem)
        return False
    return True


def _turn(results: Path, wait_s: float) -> contextlib.AbstractContextManager[bool]:
    return file_lock(results.with_name(f"{results.name}.incoming.lock"), wait_s)


def _place(results: Path) -> Path:
    return results.with_name(f"{results.name}.incoming")


def _clear(results: Path) -> None:
    """With all that SQLite puts beside it."""
    place = _place(results)
    for ending in ("", "-wal", "-shm", "-journal"):
        place.with_name(f"{place.name}{ending}").unlink(missing_ok=True)
