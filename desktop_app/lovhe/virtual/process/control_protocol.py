"""How a command speaks to a board's supervisor: JSON over an authenticated local connection, and errors that arrive as they left.

A request is `{"do": word, …}`, the answer `{"ok": result}` or `{"error": {"kind", "what", "next_step"}}`. Nothing is ever
unpickled: only `send_bytes` and `recv_bytes` of `multiprocessing.connection` are used, with a limit.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, answer_challenge, deliver_challenge
from typing import Any

import msgspec

from lovhe.core import errors
from lovhe.core.errors import BoardError, BoardGoneError, LovheError
from lovhe.core.messages import N_, Text, revive

MAX_REQUEST_BYTES = 64 * 1024
MAX_ANSWER_BYTES = 4 * 1024 * 1024
GREETING_TIMEOUT_S = 5.0
COMMAND_TIMEOUT_S = 10.0
LOOP_GRACE_S = 1.0  # a loop that is busy so much longer than a handler may take does not answer at all


class _Error(msgspec.Struct):
    kind: str
    what: Text
    next_step: Text


class Answer(msgspec.Struct, omit_defaults=True):
    """What came of a request: a result, or an error."""

    ok: Any = None
    error: _Error | None = None

    def result(self) -> Any:
        """The result. Raises the error as the class that it was."""
        if self.error is None:
            return self.ok
        kind = _error_classes().get(self.error.kind, BoardError)
        raise kind(revive(self.error.what), revive(self.error.next_step))


def answer_of_error(error: LovheError) -> Answer:
    """The answer that carries an error over to the other process."""
    return Answer(error=_Error(type(error).__name__, error.what, error.next_step))


def gone_error() -> BoardGoneError:
    """The board has stopped, or is stopping."""
    return BoardGoneError(
        N_("The virtual board is not running any more."),
        N_("Start it again with `lovhe board start`."),
    )


def _error_classes() -> dict[str, type[LovheError]]:
    return {name: kind for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, LovheError)}


def greet_as_server(connection: Connection, authkey: bytes) -> None:
    """Prove to each other that both know the key. Raises `AuthenticationError`, `EOFError` or `OSError`, within a few seconds."""
    with _at_most(connection, GREETING_TIMEOUT_S):
        deliver_challenge(connection, authkey)
        answer_challenge(connection, authkey)


def greet_as_client(connection: Connection, authkey: bytes) -> None:
    """The other side of `greet_as_server`."""
    with _at_most(connection, GREETING_TIMEOUT_S):
        answer_challenge(connection, authkey)
        deliver_challenge(connection, authkey)


@contextmanager
def _at_most(connection: Connection, timeout_s: float) -> Iterator[None]:
    """Cut the connection if what follows takes too long: `recv_bytes` has no timeout of its own."""
    timer = threading.Timer(timeout_s, cut, [connection])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def cut(connection: Connection) -> None:
    """End a connection so that a thread that waits in it wakes up with an error."""
    with suppress(OSError):
        line = socket.socket(fileno=connection.fileno())
        try:
            line.shutdown(socket.SHUT_RDWR)
        finally:
            line.detach()
