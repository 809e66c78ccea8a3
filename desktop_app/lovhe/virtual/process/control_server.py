"""The control server of a board's supervisor.

Its threads only carry bytes; what a request does happens on the board's event loop.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import inspect
import secrets
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from logging import getLogger
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from typing import Any, get_type_hints

import msgspec

from lovhe.core.decoding import converted, json_decoder
from lovhe.core.errors import BoardError, BoardSilentError, InputError, LovheError
from lovhe.core.messages import N_
from lovhe.virtual.process.control_protocol import (
    COMMAND_TIMEOUT_S,
    LOOP_GRACE_S,
    MAX_REQUEST_BYTES,
    Answer,
    answer_of_error,
    cut,
    gone_error,
    greet_as_server,
)

_MAX_CONNECTIONS = 32

Handler = Callable[..., Any]

_log = getLogger(__name__)
_request_decoder = json_decoder(dict[str, Any])


class ControlServer:
    """Answers requests on 127.0.0.1 while it runs.

    `handlers` maps the word `do` to a function (plain or async) that is called on `loop` with the request's other fields by
    name, each of the type that the function says; what it returns must fit into JSON. A handler that takes longer than
    `timeout_s` is given up with an error.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, handlers: Mapping[str, Handler], timeout_s: float = COMMAND_TIMEOUT_S) -> None:
        self.authkey = secrets.token_bytes(32)
        self._loop = loop
        self._handlers = dict(handlers)
        self._timeout_s = timeout_s
        # Without a key: the listener itself would wait for a silent client's answer, and for no other meanwhile.
        self._listener = Listener(("127.0.0.1", 0), family="AF_INET", backlog=_MAX_CONNECTIONS)
        self._socket_name = self._listener.address
        self._connections: set[Connection] = set()
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._accept, name="lovhe-control", daemon=True)

    @property
    def address(self) -> str:
        """Where it listens, as "127.0.0.1:port"."""
        host, number = self._socket_name[:2]
        return f"{host}:{number}"

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def close(self) -> None:
        """Take no more requests and drop those who wait. May be called twice, and from a handler."""
        self._closed.set()
        with self._lock:
            connections = list(self._connections)
        if self._thread.is_alive():
            with suppress(OSError):  # wakes `accept`, which closing the socket would not do everywhere
                Client(self._socket_name, family="AF_INET").close()
            self._thread.join(timeout=2)
        with suppress(OSError):
            self._listener.close()
        for connection in connections:
            cut(connection)

    def _accept(self) -> None:
        while not self._closed.is_set():
            try:
                connection = self._listener.accept()
            except OSError:
                if not self._closed.is_set():
                    _log.exception("the control server cannot accept")
                return
            with self._lock:
                crowded = self._closed.is_set() or len(self._connections) >= _MAX_CONNECTIONS
                if not crowded:
                    self._connections.add(connection)
            if crowded:
                connection.close()
            else:
                threading.Thread(target=self._serve, args=[connection], name="lovhe-control-client", daemon=True).start()

    def _serve(self, connection: Connection) -> None:
        try:
            greet_as_server(connection, self.authkey)
            while not self._closed.is_set():
                request = connection.recv_bytes(MAX_REQUEST_BYTES)
                connection.send_bytes(msgspec.json.encode(self._answer(request)))
        except (EOFError, OSError, AuthenticationError) as reason:
            _log.debug("a control client has gone: %r", reason)
        finally:
            with self._lock:
                self._connections.discard(connection)
            connection.close()

    def _answer(self, data: bytes) -> Answer:
        try:
            return Answer(ok=self._do(data))
        except LovheError as error:
            return answer_of_error(error)
        except Exception as fault:  # noqa: BLE001 (a handler's bug is logged, and must not end the server)
            _log.exception("a control request failed")
            return answer_of_error(
                BoardError(
                    N_("The virtual board has made a mistake of its own: {fault}.", fault=repr(fault)[:200]),
                    N_("Stop it with `lovhe board stop` and start it again; `lovhe doctor` names the log file."),
                )
            )

    def _do(self, data: bytes) -> Any:
        try:
            request = _request_decoder.decode(data)
        except (msgspec.DecodeError, RecursionError) as error:
            raise _not_understood("?") from error
        word = request.pop("do", None)
        handler = self._handlers.get(word) if isinstance(word, str) else None
        if handler is None:
            raise _not_understood(str(word))
        try:
            fields = _fields(handler, request)
        except (TypeError, msgspec.ValidationError) as error:
            raise _not_understood(str(word)) from error
        if self._loop.is_closed():
            raise gone_error()
        future = asyncio.run_coroutine_threadsafe(_call(handler, fields, self._timeout_s), self._loop)
        try:
            return future.result(self._timeout_s + LOOP_GRACE_S)
        except concurrent.futures.CancelledError as error:
            raise gone_error() from error
        except concurrent.futures.TimeoutError as error:
            if not self._loop.is_closed():
                future.cancel()
            raise BoardSilentError(
                N_("The virtual board did not finish “{command}” in {seconds:g} s.", command=str(word), seconds=self._timeout_s),
                N_("Try again; if it stays so, stop the board with `lovhe board stop` and start it again."),
            ) from error


def _fields(handler: Handler, request: dict[str, Any]) -> dict[str, Any]:
    """The request's fields as the handler wants them. Raises `TypeError` or `ValidationError` where they are not."""
    inspect.signature(handler).bind(**request)
    types = get_type_hints(handler)
    return {name: converted(value, types.get(name, Any)) for name, value in request.items()}


async def _call(handler: Handler, fields: dict[str, Any], timeout_s: float) -> Any:
    result = handler(**fields)
    return await asyncio.wait_for(result, timeout_s) if inspect.isawaitable(result) else result


def _not_understood(word: str) -> InputError:
    return InputError(
        N_("The virtual board does not understand the request “{command}”.", command=word[:60]),
        N_("Use the same version of Lövhə for the board and for the command: stop the board and start it again."),
    )
