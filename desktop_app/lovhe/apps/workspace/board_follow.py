"""Looks at a running virtual board and changes what surrounds it, in a thread: whoever shows it never waits for the board."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from lovhe.core.errors import LovheError

if TYPE_CHECKING:
    from lovhe.core.circuits.hardware import Circuit
    from lovhe.virtual.process.control import BoardControl

log = logging.getLogger(__name__)


class BoardFollow:
    """One virtual board. `seen` is `World.snapshot` as it was looked at last, None before; `circuit` what is wired to it.

    What was `set` and has not reached the board yet stands in `seen` already, so that a slider does not jump back.
    `problem` is why the board cannot be followed any more.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.seen: dict[str, Any] | None = None
        self.circuit: Circuit | None = None
        self.problem: LovheError | None = None
        self.refused: LovheError | None = None
        self.looks = 0
        self._wanted: dict[str, str] = {}
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._look = False
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="BoardFollow", daemon=True)

    def begin(self) -> None:
        """Start; returns at once."""
        self._thread.start()

    def look(self) -> None:
        """Ask for a newer `seen`; returns at once. Asking again before it is there costs nothing."""
        self._look = True
        self._wake.set()

    def set(self, name: str, value: str) -> None:
        """Change `part.quantity`; returns at once. Of several values for one, the newest counts."""
        with self._lock:
            self._wanted[name] = value
            if self.seen is not None:
                self.seen = _with(self.seen, {name: value})
        self._wake.set()

    def end(self) -> None:
        """Hang up; returns at once, and the board runs on."""
        self._ended = True
        self._wake.set()

    def wait(self, timeout_s: float) -> bool:
        """Whether the thread has ended, after `timeout_s` at most."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        from lovhe.virtual.process.control import BoardControl
        from lovhe.virtual.process.registry import find_board

        try:
            entry = find_board(self.name)
            with BoardControl(entry.control, entry.authkey) as control:
                self.circuit = control.circuit()
                while not self._ended:
                    self._wake.wait()
                    self._wake.clear()
                    self._change(control)
                    if self._look and not self._ended:
                        self._look = False
                        self._take(control.snapshot())
        except LovheError as problem:
            log.info("%s is not followed any more: %s", self.name, problem)
            self.problem = problem
        except Exception:
            log.exception("following %s failed in an unforeseen way", self.name)

    def _change(self, control: BoardControl) -> None:
        from lovhe.core.errors import InputError

        with self._lock:
            wanted, self._wanted = self._wanted, {}
        if wanted:
            try:
                control.set_all(wanted)
            except InputError as problem:
                self.refused = problem

    def _take(self, snapshot: dict[str, Any]) -> None:
        with self._lock:
            self.seen = _with(snapshot, self._wanted)
        self.looks += 1


def _with(snapshot: Mapping[str, Any], wanted: Mapping[str, str]) -> dict[str, Any]:
    return {**snapshot, "surroundings": {**snapshot.get("surroundings", {}), **wanted}}
