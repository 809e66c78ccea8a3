"""Run a student's program under trace and hand on what it does while it does it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from lovhe.core.checks.evidence import Event
from lovhe.services.ports import BoardLink
from lovhe.services.recorder import Recorder

BEGIN_TIMEOUT_S = 15.0
_LOOK_S = 0.05


def run_program(
    source: str,
    link: BoardLink,
    *,
    name: str = "main.py",
    watch: Sequence[int] = (),
    runtime: Mapping[str, bytes] | None = None,
    duration_s: float | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    typed: Callable[[], bytes] = bytes,
) -> Iterator[Event]:
    """Events of `source` as they come, until it ends, `duration_s` of the PC's clock is over, or `cancelled()`.

    Leaves the program stopped and the link usable, also when the caller stops iterating. A board that goes away ends the
    stream with a "gone" event. `runtime` is put on the board first where it differs. `typed` gives what somebody has typed since
    it was last asked, for the program's `input()`. Raises `BoardError`s before the start.
    """
    recorder = Recorder(link, _pc_clock_ms, keeps_all=False)
    recorder.put(source, name, watch, runtime or {})
    recorder.start()
    try:
        limit_s = time.monotonic() + BEGIN_TIMEOUT_S
        while not recorder.began and not recorder.over and time.monotonic() < limit_s and not cancelled():
            yield from recorder.read(_LOOK_S)
        if not cancelled() and not recorder.gone:
            recorder.require_begin()
        limit_s = time.monotonic() + (float("inf") if duration_s is None else duration_s)
        while not recorder.over and time.monotonic() < limit_s and not cancelled():
            recorder.type(typed())
            yield from recorder.read(_LOOK_S) or recorder.unfinished()
    except BaseException:  # also GeneratorExit, when the caller has seen enough
        recorder.stop()
        raise
    yield from recorder.stop()


def _pc_clock_ms() -> int:
    return time.monotonic_ns() // 1_000_000
