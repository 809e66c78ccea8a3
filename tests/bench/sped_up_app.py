"""`python -m tests.bench.sped_up_app`: the app, whose programs run in virtual time on a board in its own process.

Only the link to the board is another one: the run, the trace, the job and the panels are those of the app. How many minutes of the
board's time are over stands in the file `minutes` in the data folder.
"""

from __future__ import annotations

import time
from typing import Any

from lovhe.apps import wiring
from lovhe.services.ports import BoardInfo, BoardLink, Stage

LESSON = "6-01-blink"
SLICE_MS = 1000
FASTEST = 60
"""So many times as fast as real time; what the app cannot take in time would wait in its memory otherwise."""


class SpedUpLink:
    """A `BoardLink` whose board gets more time whenever all that it has said is read. `close` leaves it open for the next run."""

    def __init__(self, link: BoardLink, stage: Stage) -> None:
        self._link, self._stage = link, stage
        self._slices = 0
        self._next_s = 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._link, name)

    def start(self, code: str) -> None:
        """See `BoardLink.start`."""
        self._stage.begin()
        self._link.start(code)

    def read(self, timeout_s: float) -> bytes:
        """See `BoardLink.read`."""
        if self._stage.reached():
            if data := self._link.read(0.0):
                return data
            time.sleep(max(0.0, self._next_s - time.monotonic()))
            self._next_s = time.monotonic() + SLICE_MS / 1000 / FASTEST
            self._slices += 1
            if self._slices * SLICE_MS % 60_000 == 0:
                (wiring.data_folder() / "minutes").write_text(str(self._slices * SLICE_MS // 60_000))
            self._stage.allow(SLICE_MS)
        return self._link.read(timeout_s)

    def stop(self) -> bool:
        """See `BoardLink.stop`."""
        self._stage.end()
        return self._link.stop()

    def close(self) -> None:
        """The bench's end closes it."""


def main() -> None:
    """Open the app."""
    from lovhe.apps.tui.app import LovheApp

    with wiring.virtual_bench(wiring.kit().lesson(LESSON)) as (link, stage):
        sped_up = SpedUpLink(link, stage)

        def open_link(board: BoardInfo) -> BoardLink:
            return sped_up

        wiring.open_link = open_link
        LovheApp().run()


if __name__ == "__main__":
    main()
