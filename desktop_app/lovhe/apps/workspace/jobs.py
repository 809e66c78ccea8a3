"""Work that needs the board, in a thread of its own: it tells what happens, can be stopped, and ends with a problem or without."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Sequence

from lovhe.apps.workspace.told import Happened, Told
from lovhe.core.checks.evidence import Event
from lovhe.core.errors import LovheError, UnavailableError
from lovhe.core.messages import N_
from lovhe.services.ports import BoardInfo

log = logging.getLogger(__name__)

_at_work: set[Job] = set()


class Job:
    """One thing that is done. `begin` starts it, `take` gives what it has told since the last time, `over` says that it has ended.

    `problem` is then why it could not do its work, None where it could. Subclasses do it in `_work`, which looks at `stopped`.
    """

    def __init__(self) -> None:
        self.over = False
        self.problem: LovheError | None = None
        self.stopped = threading.Event()
        self._told: deque[Told] = deque()
        self._thread = threading.Thread(target=self._run, name=type(self).__name__, daemon=True)

    def begin(self) -> None:
        """Start; returns at once."""
        _at_work.add(self)
        self._thread.start()

    def stop(self) -> None:
        """Ask it to end; returns at once."""
        self.stopped.set()

    def wait(self, timeout_s: float) -> bool:
        """Whether it is over, after `timeout_s` at most."""
        self._thread.join(timeout_s)
        return self.over

    def take(self) -> list[Told]:
        """What was told since the last time; all that there is, once `over` was seen. What is told meanwhile waits for the next time.

        Events that follow each other come together, so that a program that prints fast costs its screen a look and not hundreds.
        """
        taken: list[Told] = []
        events: list[Event] = []
        for _ in range(len(self._told)):
            told = self._told.popleft()
            if isinstance(told, Happened):
                if not events:
                    taken.append(Happened(events))
                events.extend(told.events)
            else:
                taken.append(told)
                events = []
        return taken

    def tell(self, told: Told) -> None:
        """Called by the work, in its thread."""
        self._told.append(told)

    def _work(self) -> None:
        raise NotImplementedError

    def _run(self) -> None:
        try:
            self._work()
        except LovheError as problem:
            log.info("%s: %s", type(self).__name__, problem, exc_info=problem)
            self.problem = problem
        except Exception:
            log.exception("%s failed in an unforeseen way", type(self).__name__)
            self.problem = unforeseen()
        finally:
            self.over = True
            _at_work.discard(self)


class ProgramRun(Job):
    """A program that runs on a board under trace until it ends or is stopped. `watch`: GPIO numbers told while they are inputs, too."""

    def __init__(self, source: str, name: str, board: BoardInfo, watch: Sequence[int]) -> None:
        super().__init__()
        self._source, self._name, self._board, self._watch = source, name, board, watch
        self._keys: deque[bytes] = deque()

    def type(self, keys: bytes) -> None:
        """Hand the program what somebody types."""
        self._keys.append(keys)

    def _typed(self) -> bytes:
        return self._keys.popleft() if self._keys else b""

    def _work(self) -> None:
        from lovhe.apps import wiring
        from lovhe.services.running import run_program

        link = wiring.open_link(self._board)
        try:
            events = run_program(
                self._source,
                link,
                name=self._name,
                watch=self._watch,
                runtime=wiring.runtime(),
                cancelled=self.stopped.is_set,
                typed=self._typed,
            )
            for event in events:
                self.tell(Happened([event]))
        finally:
            link.close()


def end_jobs(timeout_s: float) -> bool:
    """Stop all that is still at work; whether it is over, after `timeout_s` at most. A thread ends in mid-word with its process."""
    jobs, end_s = list(_at_work), time.monotonic() + timeout_s
    for job in jobs:
        job.stop()
    return all(job.wait(max(0.0, end_s - time.monotonic())) for job in jobs)


def unforeseen() -> LovheError:
    """What to tell of a fault of ours."""
    from lovhe.apps.log_file import log_file

    return UnavailableError(
        N_("Something went wrong that we did not foresee; the details are in {file}.", file=str(log_file())),
        N_("Try again; if it stays, send that file to whoever looks after Lövhə at your school."),
    )
