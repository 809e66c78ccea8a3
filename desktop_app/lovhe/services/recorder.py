"""One traced run on a board: start it, turn what it prints into events, add the host's own, bring it to an end."""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Callable, Mapping, Sequence

import msgspec

from lovhe.core.checks.evidence import Event
from lovhe.core.checks.frames import FrameDecoder
from lovhe.core.errors import BoardError, BoardGoneError, BoardSilentError
from lovhe.core.messages import N_
from lovhe.services.ports import BoardLink

log = logging.getLogger(__name__)

PROGRAM = "/program.py"
BROWNOUT = "brownout"
RESTART = "restart"
_SAGGED = re.compile(r"rst:0x[0-9a-f]+ \(\w*BROWN_?OUT")  # the reset's cause in the ROM's words
_LAST_EVENTS = 40  # among which the ROM's words are looked for
_DRIVERS = "/lib/lovhe/drivers/"


class Recorder:
    """The evidence of one run, in the order in which it became known; `events` grows while the run goes on.

    `clock_ms` tells the board's time since some moment before the start. How far its zero lies before the program's
    `begin` is learnt from the events: none can come before it has happened. `quiet` says that the last `read` brought nothing.
    Where nobody is going to judge it (`keeps_all` False), only the newest of `events` are kept: a program may print for days.
    """

    def __init__(
        self, link: BoardLink, clock_ms: Callable[[], int], on_event: Callable[[Event], None] | None = None, *, keeps_all: bool = True
    ) -> None:
        self.events: list[Event] = []
        self._keeps_all = keeps_all
        self.began = False
        self.gone = False
        self._gone_problem: BoardGoneError | None = None
        self._kinds: set[str] = set()
        self._link = link
        self._clock_ms = clock_ms
        self._on_event = on_event
        self._decoder = FrameDecoder()
        self._call = ""
        self.quiet = False
        self._begin_ms: int | None = None
        self._now_ms = 0
        self._heard_ms = 0
        self._typed_ms = 0

    def put(self, source: str, name: str, watch: Sequence[int], runtime: Mapping[str, bytes]) -> None:
        """Put the program on the board, and the board's library where it differs. Raises `BoardError`s.

        The drivers go with a program that speaks of them: each file that a board is asked about costs time on every run.
        """
        library = runtime if "drivers" in source else {path: file for path, file in runtime.items() if not path.startswith(_DRIVERS)}
        self._link.put_files({**library, PROGRAM: source.encode()})
        self._call = f"runner.run({PROGRAM!r},name={name!r},watch={tuple(sorted(set(watch)))!r})"

    def start(self) -> None:
        """Start the program that was put, under trace."""
        self._link.start(f"from lovhe import runner\n{self._call}")

    def read(self, timeout_s: float) -> list[Event]:
        """Wait up to `timeout_s` for something new; a board that goes away, or restarts, becomes a "gone" event."""
        if self.gone:
            return []
        if not self._keeps_all:
            del self.events[:-_LAST_EVENTS]
        try:
            data = self._link.read(timeout_s)
        except BoardGoneError as problem:
            log.info("gone in mid-run", exc_info=problem)
            self._lose()
            self._gone_problem = problem
            return self.events[-1:]
        first = len(self.events)
        self.quiet = not data
        if data:
            self._take(self._decoder.feed(data))
        if self._link.ended() and "end" not in self._kinds:
            self._take(self._decoder.finish())
            if reason := self._restart_reason():
                self._lose(reason)
        return self.events[first:]

    def unfinished(self) -> list[Event]:
        """A line the program has begun and not ended, as a question is, once nothing has come for a whole `read`."""
        return self._take(self._decoder.unfinished()) if self.quiet else []

    def type(self, keys: bytes) -> None:
        """Hand on what somebody types; a board that goes away is noticed at the next `read`."""
        if keys and not self.gone:
            with contextlib.suppress(BoardGoneError):
                self._link.type(keys)

    def type_lines(self, lines: Sequence[str], carry: Callable[[bytes], bool] = lambda keys: False) -> None:
        """Type lines to the program's `input()`, each with its Enter key, and record it; over the line unless `carry` takes them."""
        if lines:
            self.host("type", list(lines))
            self._typed_ms = self.now_ms
            keys = "".join(f"{line}\r" for line in lines).encode()
            if not carry(keys):
                self.type(keys)

    @property
    def over(self) -> bool:
        """Whether nothing more will come from the program."""
        return self.gone or self._link.ended()

    @property
    def now_ms(self) -> int:
        """Board time since the program's begin, as far as the host can tell; never goes back."""
        if self._begin_ms is not None and not self.gone:
            self._now_ms = max(self._now_ms, self._clock_ms() - self._begin_ms)
        return self._now_ms

    def pass_over(self, duration_ms: int) -> None:
        """Let time go by in which nothing happens, because the program has ended."""
        self._now_ms = self.now_ms + duration_ms

    def host(self, kind: str, *args: object, at_ms: int | None = None) -> None:
        """Record what the host did or saw, now or at `at_ms`."""
        self._add(Event(self.now_ms if at_ms is None else at_ms, kind, list(args)))

    def stop(self) -> list[Event]:
        """End the program and take what it still has to say. A board that does not listen is reset: a "stuck" event."""
        first = len(self.events)
        if not self.gone:
            try:
                self._stop()
            except BoardError as problem:
                log.info("gone while stopping", exc_info=problem)
                self._lose()
        return self.events[first:]

    def _stop(self) -> None:
        listened = self._link.stop()
        while data := self._link.read(0.0):
            self._take(self._decoder.feed(data))
        self._take(self._decoder.finish())
        if not listened:
            self.host("stuck")

    def require_begin(self) -> None:
        """Raise `BoardSilentError` unless the program has begun or has been refused by the board's runner; `BoardGoneError` if it went."""
        if not self.began and self._gone_problem is not None:
            raise self._gone_problem
        if not self.began and not any(event.kind == "end" for event in self.events):
            said = " ".join(event.args[0] for event in self.events if event.kind == "text").strip()
            log.info("no begin; the board said: %s", said[:500])
            raise BoardSilentError(
                N_("The program did not start on the board."),
                N_("Flash the board with “lovhe flash”, which also renews its library, then try again."),
            )

    def _take(self, events: list[Event]) -> list[Event]:
        for event in events:
            self._heard_ms = max(self._heard_ms, event.t_ms)
            if event.kind == "begin":
                self.began = True
            behind_ms = self._clock_ms() - event.t_ms
            if self.began and (self._begin_ms is None or behind_ms < self._begin_ms):
                self._begin_ms = behind_ms
            if event.kind == "text" and event.t_ms < self._typed_ms:
                # The board dates only what `print` says, not what `input()` asks and echoes; this came after the typing.
                event = msgspec.structs.replace(event, t_ms=self._typed_ms)
            self._add(event)
        return events

    def _restart_reason(self) -> str:
        """Why the run is over without the program's end: by its ROM's words the chip restarted. "" if there are none."""
        said = "".join(event.args[0] for event in self.events[-_LAST_EVENTS:] if event.kind == "text")
        if "rst:0x" not in said:
            return ""
        return BROWNOUT if _SAGGED.search(said) else RESTART

    def _lose(self, *reason: str) -> None:
        self._take(self._decoder.finish())
        # Nothing is known of the time since it was last heard.
        self._add(Event(self._heard_ms, "gone", list(reason)))
        self.gone = True

    def _add(self, event: Event) -> None:
        self.events.append(event)
        self._kinds.add(event.kind)
        if self._on_event is not None:
            self._on_event(event)
