"""A web server on this PC that serves firmware well or badly, as a test tells it, and remembers what it was asked and what it sent."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Asked:
    """One request: the path, its Range and If-Range, and the bytes of the file that went out."""

    path: str
    range: str
    if_range: str
    sent: int = 0


Answer = Callable[["Handler", Asked], None]


class WebServer:
    """Files by path; `answers` by path are taken one a request, the last one again and again."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.answers: dict[str, list[Answer]] = {}
        self.release = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """Where it listens: http://127.0.0.1:12345."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def serve(self, path: str, *answers: Answer) -> str:
        """Answer requests for `path` so; its whole address."""
        self.answers[path] = list(answers)
        return self.address + path

    def close(self) -> None:
        self.release.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    def _handler(self) -> type[Handler]:
        web = self

        class Bound(Handler):
            server_side = web

        return Bound


class Handler(BaseHTTPRequestHandler):
    """One connection. `whole` is the ordinary answer; the functions below are the others."""

    server_side: WebServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        asked = Asked(self.path, self.headers.get("Range", ""), self.headers.get("If-Range", ""))
        self.server_side.asked.append(asked)
        answers = self.server_side.answers.get(self.path, [status(404)])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        self.close_connection = True
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            answer(self, asked)

    def head(self, code: int, length: int | None, **headers: str) -> None:
        """The answer's first lines."""
        self.send_response(code)
        if length is not None:
            self.send_header("Content-Length", str(length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Connection", "close")
        self.end_headers()

    def body(self, asked: Asked, data: bytes) -> None:
        """Bytes of the file, counted."""
        self.wfile.write(data)
        self.wfile.flush()
        asked.sent += len(data)

    def log_message(self, format: str, *args: Any) -> None:
        pass


def whole(
    data: bytes, etag: str = '"1"', ranges: bool = True, cut_after: int | None = None, then: Answer | None = None, **more: str
) -> Answer:
    """The file, or the part of it that is asked for; the connection is cut after `cut_after` bytes, or `then` goes on."""

    def answer(handler: Handler, asked: Asked) -> None:
        begin, headers = 0, {**more, "ETag": etag} if etag else more
        if ranges and asked.range and asked.if_range == etag:
            begin = int(asked.range.removeprefix("bytes=").removesuffix("-"))
            if begin >= len(data):
                handler.head(416, 0)
                return
            handler.head(206, len(data) - begin, Content_Range=f"bytes {begin}-{len(data) - 1}/{len(data)}", **headers)
        else:
            handler.head(200, len(data), **headers)
        piece = data[begin:]
        handler.body(asked, piece if cut_after is None else piece[:cut_after])
        if then:
            then(handler, asked)

    return answer


def hold(handler: Handler, asked: Asked) -> None:
    """Send nothing more, and keep the connection, until the test lets go."""
    handler.server_side.release.wait(60)


def status(code: int, **headers: str) -> Answer:
    """An error page."""

    def answer(handler: Handler, asked: Asked) -> None:
        page = b"<html><h1>no</h1></html>"
        handler.head(code, len(page), Content_Type="text/html", **headers)
        handler.wfile.write(page)

    return answer


def page(text: bytes = b"<!DOCTYPE html><title>Log in</title>") -> Answer:
    """A web page with status 200, as a network's log-in answers everything."""

    def answer(handler: Handler, asked: Asked) -> None:
        handler.head(200, len(text), Content_Type="text/html")
        handler.wfile.write(text)

    return answer


def redirect(address: str, code: int = 302) -> Answer:
    """To another address."""
    return status(code, Location=address)


def trickle(data: bytes, pause_s: float = 0.02) -> Answer:
    """A byte now and then, until nobody listens any more, or for some seconds."""

    def answer(handler: Handler, asked: Asked) -> None:
        handler.head(200, len(data), ETag='"1"')
        for position in range(300):
            handler.body(asked, data[position : position + 1])
            time.sleep(pause_s)

    return answer


def without_length(data: bytes, pieces: int) -> Answer:
    """No word of the size: `data` over and over, `pieces` times, as long as somebody listens."""

    def answer(handler: Handler, asked: Asked) -> None:
        handler.head(200, None, ETag='"1"')
        for _ in range(pieces):
            handler.body(asked, data)

    return answer


def promising(length: int, data: bytes) -> Answer:
    """A size that has nothing to do with what comes."""

    def answer(handler: Handler, asked: Asked) -> None:
        handler.head(200, length, ETag='"1"')
        handler.body(asked, data)

    return answer


@contextlib.contextmanager
def web_server() -> Iterator[WebServer]:
    """A server for the time of a test."""
    server = WebServer()
    try:
        yield server
    finally:
        server.close()
