"""Judge many programs at once, each on a virtual board of its lesson, as quickly as the PC can.

A program costs about 0.1 s of the processor, nearly all of it in the interpreter's own process, so threads here keep every core busy;
twice as many as there are cores, for a board also waits for its interpreter to start.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

import msgspec

from lovhe.core.checks.evidence import Event
from lovhe.core.checks.judging import judge, watched_gpios
from lovhe.core.checks.report import Report
from lovhe.core.errors import BoardSilentError, LovheError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.messages import N_
from lovhe.services.checking import check_program
from lovhe.services.ports import BoardLink, Stage

log = logging.getLogger(__name__)

Bench = Callable[[Lesson], AbstractContextManager[tuple[BoardLink, Stage]]]
"""Makes a fresh board with the lesson's circuit in virtual time, for several programs one after another."""

SHARE = 12
"""So many programs one after another go to the same board: making one costs about as much as two programs."""

WALL_LIMIT_S = 90.0
"""A program that has kept its board busy for so long, in whatever little time of the board's, is given up."""

_TRIES = 2
_SILENT = (N_("The virtual board does not answer."), N_("Close what else works hard on this PC, then try again."))


class JudgingStopped(Exception):  # noqa: N818 (no error: somebody wanted it so)
    """Somebody has stopped it: there are no verdicts."""


class Job(msgspec.Struct, frozen=True):
    """A program and the lesson that judges it, with just the checks that are meant."""

    lesson: Lesson
    source: str


class Judged(msgspec.Struct, frozen=True):
    """What became of a program. `error` is a fault on our side; then there is no report. `stuck`: it listened to nothing any more."""

    report: Report | None
    error: LovheError | None = None
    stuck: bool = False


def judge_programs(
    jobs: Sequence[Job],
    bench: Bench,
    runtime: Mapping[str, bytes],
    *,
    workers: int = 0,
    first_failure_ends: bool = False,
    on_done: Callable[[], None] = lambda: None,
    stopped: threading.Event | None = None,
) -> list[Judged]:
    """The verdicts, in the order of `jobs`, by `workers` threads (0: twice the PC's cores). `on_done` is called on them after each.

    With `first_failure_ends` a run is broken off once a check has failed, and what follows is not told. Ctrl-C ends it all after
    the programs at hand, and so does setting `stopped`. Raises `JudgingStopped` if that was set.
    """
    stopped = stopped or threading.Event()

    def work(share: Sequence[Job]) -> list[Judged]:
        return _Worker(bench, runtime, first_failure_ends, on_done, stopped).judge_all(share)

    with ThreadPoolExecutor(workers or 2 * (os.cpu_count() or 1)) as pool:
        try:
            done = list(pool.map(work, _shares(jobs)))
        except BaseException:
            stopped.set()
            pool.shutdown(cancel_futures=True)
            raise
    if stopped.is_set():
        raise JudgingStopped
    return [judged for share in done for judged in share]


def _shares(jobs: Sequence[Job]) -> list[Sequence[Job]]:
    """`jobs` in runs that one board can do: of one lesson, and of about one length.

    A program that writes files has a board of its own: what it leaves behind must not change another's verdict.
    """
    shares: list[Sequence[Job]] = []
    begin = 0
    for end in range(1, len(jobs) + 1):
        alone = end < len(jobs) and (_writes_files(jobs[end]) or _writes_files(jobs[end - 1]))
        if end == len(jobs) or jobs[end].lesson.id != jobs[begin].lesson.id or alone:
            run = jobs[begin:end]
            size = -(-len(run) // -(-len(run) // SHARE))
            shares += [run[start : start + size] for start in range(0, len(run), size)]
            begin = end
    return shares


def _writes_files(job: Job) -> bool:
    return "open(" in job.source or "import os" in job.source


class _Worker:
    """Takes one share of the jobs through boards of its own: one, unless it fails."""

    def __init__(
        self, bench: Bench, runtime: Mapping[str, bytes], first_failure_ends: bool, on_done: Callable[[], None], stopped: threading.Event
    ) -> None:
        self._bench, self._runtime, self._on_done, self._stopped = bench, runtime, on_done, stopped
        self._first_failure_ends = first_failure_ends
        self._given: set[bool] = set()

    def judge_all(self, jobs: Sequence[Job]) -> list[Judged]:
        done: list[Judged] = []
        tries = 0
        while len(done) < len(jobs) and not self._stopped.is_set():
            count = len(done)
            try:
                self._given = set()
                with self._bench(jobs[0].lesson) as (link, stage):
                    while len(done) < len(jobs) and not self._stopped.is_set():
                        done.append(self._judge(jobs[len(done)], link, stage))
                        self._on_done()
            except Exception as problem:  # ours: the next try gets a fresh board
                tries = tries + 1 if len(done) == count else 1
                if not isinstance(problem, LovheError | TimeoutError):
                    log.exception("a board failed in an unforeseen way")
                    if tries >= _TRIES:
                        raise
                error = problem if isinstance(problem, LovheError) else BoardSilentError(*_SILENT)
                if tries >= _TRIES:
                    done.append(Judged(None, error))
                    self._on_done()
                    tries = 0
        return done

    def _judge(self, job: Job, link: BoardLink, stage: Stage) -> Judged:
        watch = _Watch(job, self._first_failure_ends, self._stopped)
        report, events = check_program(
            job.lesson,
            job.source,
            link,
            stage,
            watch=watched_gpios(job.lesson),
            runtime=self._runtime_for(job),
            on_event=watch.see,
            cancelled=watch.enough,
        )
        return Judged(report, stuck=watch.too_long or any(event.kind == "stuck" for event in events))

    def _runtime_for(self, job: Job) -> Mapping[str, bytes]:
        """The board's library where the board has not been given it yet; looking at each file again costs a fifth of a run."""
        with_drivers = "drivers" in job.source
        if with_drivers in self._given:
            return {}
        self._given |= {with_drivers, False}
        return self._runtime


class _Watch:
    """Sees a run's events as they come, and knows when there is nothing more to wait for."""

    def __init__(self, job: Job, first_failure_ends: bool, stopped: threading.Event) -> None:
        self._job, self._first_failure_ends, self._stopped = job, first_failure_ends, stopped
        self._events: list[Event] = []
        self._failed = False
        self._end_s = time.monotonic() + WALL_LIMIT_S

    @property
    def too_long(self) -> bool:
        return time.monotonic() > self._end_s

    def enough(self) -> bool:
        return self._failed or self.too_long or self._stopped.is_set()

    def see(self, event: Event) -> None:
        if not self._first_failure_ends or self._failed:
            return
        self._events.append(event)
        if event.kind == "step" and event.args[1] == 0:
            self._failed = self._has_failed_before(event.args[0])

    def _has_failed_before(self, check_id: str) -> bool:
        """Whether one of the checks before that one has failed, by what is known when its first step begins."""
        file = self._job.lesson.file
        ids = [check.id for check in file.check]
        over = file.check[: ids.index(check_id)]
        if not over:
            return False
        lesson = msgspec.structs.replace(self._job.lesson, file=msgspec.structs.replace(file, check=over))
        events = sorted(self._events, key=lambda event: event.t_ms)
        return judge(lesson, self._job.source, events).outcome == "failed"
