"""Keeps what is typed without letting anybody wait: a thread writes it to the disk some four times a second, in order."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Literal

import msgspec

from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.services.ports.work import Reason, Version, WorkKey, WorkStore

log = logging.getLogger(__name__)

SaveState = Literal["saved", "saving", "refused"]
"""All is on the disk; some of it will be in a moment; the disk does not take it, and it is tried again."""

_GAP_S = 0.25  # a key is on the disk half a second after it was typed, also while one goes on typing
_RETRY_S = 2.0
_PAUSE_S = 30.0
_LONG_S = 300.0
_GLANCE_S = 1.0
_FLUSH_S = 5.0


class _Draft(msgspec.Struct):
    """A text that is no version yet: when its first and its last change came."""

    text: str
    first_s: float
    last_s: float


class Saving:
    """A `WorkStore` before another: `write` and `keep_version` return at once, and everybody here reads what was written last.

    A pause in typing of 30 s, and each five minutes without one, make a version. `problem` is why the disk refuses, None where it does not.
    """

    def __init__(self, store: WorkStore, clock: Callable[[], float] = time.monotonic, pause_s: float = _PAUSE_S) -> None:
        self._store, self._clock, self._pause_s = store, clock, pause_s
        self.problem: InputError | None = None
        self._changed = threading.Condition()
        self._typed: dict[WorkKey, str] = {}
        self._being_written: dict[WorkKey, str] = {}
        self._versions: deque[tuple[WorkKey, str, Reason]] = deque()
        self._also: dict[str, Callable[[], None]] = {}
        self._drafts: dict[WorkKey, _Draft] = {}
        self._at_work = self._hurry = False
        self._rounds = 0
        self._thread: threading.Thread | None = None

    # --- what is kept ---

    def write(self, key: WorkKey, text: str) -> None:
        """See `WorkStore.write`; on the disk soon after."""
        now_s = self._clock()
        with self._changed:
            self._typed.pop(key, None)
            self._typed[key] = text
            draft = self._drafts.setdefault(key, _Draft(text, now_s, now_s))
            draft.text, draft.last_s = text, now_s
            self._wake()

    def keep_version(self, key: WorkKey, text: str, reason: Reason) -> None:
        """See `WorkStore.keep_version`; on the disk soon after."""
        with self._changed:
            self._versions.append((key, text, reason))
            self._drafts.pop(key, None)
            self._wake()

    def also(self, name: str, action: Callable[[], None]) -> None:
        """Call `action` in the thread with the next round; of those of one name only the last is called."""
        with self._changed:
            self._also[name] = action
            self._wake()

    @property
    def state(self) -> SaveState:
        """How what was typed stands."""
        with self._changed:
            if self.problem is not None:
                return "refused"
            return "saving" if self._typed or self._at_work else "saved"

    def flush(self, timeout_s: float = _FLUSH_S) -> bool:
        """Wait until all is on the disk; False where it is not by then, or is refused."""
        with self._changed:
            if not self._busy():
                return self.problem is None
            self._hurry = True
            self._wake()
            rounds = self._rounds
            self._changed.wait_for(lambda: not self._busy() or (self.problem is not None and self._rounds > rounds + 1), timeout_s)
            return not self._busy()

    # --- what is asked ---

    def read(self, key: WorkKey) -> str | None:
        """See `WorkStore.read`; what is not on the disk yet is read, too, without waiting for that."""
        with self._changed:
            for texts in (self._typed, self._being_written):
                if key in texts:
                    return texts[key]
        return self._store.read(key)

    def versions(self, key: WorkKey) -> list[Version]:
        """See `WorkStore.versions`; waits for those that are not on the disk yet."""
        self.flush()
        return self._store.versions(key)

    def version(self, key: WorkKey, version_id: str) -> str:
        """See `WorkStore.version`."""
        return self._store.version(key, version_id)

    def has_work(self, group: str, lesson: str) -> bool:
        """See `WorkStore.has_work`."""
        self.flush()
        return self._store.has_work(group, lesson)

    def forget_group(self, group: str) -> None:
        """See `WorkStore.forget_group`; nothing of the group is written afterwards."""
        with self._changed:
            self._typed = {key: text for key, text in self._typed.items() if key.group != group}
            self._versions = deque(item for item in self._versions if item[0].group != group)
            self._drafts = {key: draft for key, draft in self._drafts.items() if key.group != group}
            self._changed.wait_for(lambda: not self._at_work, _FLUSH_S)
            self._store.forget_group(group)

    def holds(self, group: str) -> bool:
        """See `WorkStore.holds`; what is not on the disk yet counts, too."""
        with self._changed:
            if any(key.group == group for key in self._typed):
                return True
        self.flush()
        return self._store.holds(group)

    def let_go(self, group: str) -> None:
        """See `WorkStore.let_go`; what was typed since the last version becomes one, without waiting for a pause."""
        with self._changed:
            for key in [key for key in self._drafts if key.group == group]:
                self._versions.append((key, self._drafts.pop(key).text, "typed"))
            self._wake()
        self.flush()
        self._store.let_go(group)

    # --- the thread ---

    def _busy(self) -> bool:
        return bool(self._typed or self._versions or self._also or self._at_work)

    def _wake(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._go_on, name="Saving", daemon=True)
            self._thread.start()
        self._changed.notify_all()

    def _go_on(self) -> None:
        while True:
            with self._changed:
                while not (self._typed or self._versions or self._also):
                    self._changed.wait(_GLANCE_S if self._drafts else None)
                    self._keep_pauses()
                typed, self._typed = self._typed, {}
                self._being_written = typed
                versions, self._versions = self._versions, deque()
                also, self._also = self._also, {}
                self._at_work = True
            refused = self._write(typed, versions, also)
            with self._changed:
                self._at_work, self._being_written = False, {}
                self._rounds += 1
                self.problem = refused
                self._changed.notify_all()
                if not self._busy():
                    self._hurry = False
                self._changed.wait_for(lambda: self._hurry, _GAP_S if refused is None else _RETRY_S)
                self._hurry = self._hurry and refused is None

    def _keep_pauses(self) -> None:
        now_s = self._clock()
        for key, draft in list(self._drafts.items()):
            if now_s - draft.last_s >= self._pause_s or now_s - draft.first_s >= _LONG_S:
                self._versions.append((key, draft.text, "typed"))
                del self._drafts[key]

    def _write(
        self, typed: dict[WorkKey, str], versions: deque[tuple[WorkKey, str, Reason]], also: dict[str, Callable[[], None]]
    ) -> InputError | None:
        """One round; what the disk refuses waits for the next one. The reason why it does."""
        refused = None
        for key, text in typed.items():
            problem = _tried(lambda: self._store.write(key, text))  # noqa: B023 (called at once)
            if problem is not None:
                refused = problem
                with self._changed:
                    self._typed.setdefault(key, text)  # unless something newer was typed meanwhile
        for item in versions:
            problem = _tried(lambda: self._store.keep_version(*item))  # noqa: B023 (called at once)
            if problem is not None:
                refused = problem
                with self._changed:
                    self._versions.appendleft(item)
        for action in also.values():
            _tried(action)
        return refused


def _tried(action: Callable[[], None]) -> InputError | None:
    """Why it did not work; None where it did."""
    try:
        action()
    except InputError as problem:
        log.warning("not kept: %s", problem)
        return problem
    except Exception as problem:
        log.exception("not kept, in an unforeseen way")
        return InputError(
            N_("Your work cannot be kept: {reason}.", reason=str(problem)), N_("Copy it to a USB stick now and tell your teacher.")
        )
    return None
