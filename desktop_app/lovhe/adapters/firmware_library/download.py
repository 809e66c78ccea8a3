"""One file from the net, on lines that break: resumed where it stopped, never longer than allowed, never a web page.

What has arrived stays in `<name>.part`; `<name>.part.json` says of which address and version of the file it is, so that the rest
is asked for with If-Range and two versions are never mixed. The server decides nothing about names and places on this PC.
"""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import urllib3

from lovhe.adapters.firmware_library.connection import BrokenOffError, Limits, RefusedError, host_of, open_url, readable_chunks
from lovhe.adapters.firmware_library.index import locked, not_writable
from lovhe.adapters.whole_files import write_whole
from lovhe.core.decoding import decode_json
from lovhe.core.errors import UnavailableError
from lovhe.core.messages import N_, Text

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Called with the bytes that are here and the bytes in all (0 where the server does not say)."""

_FLUSH_BYTES = 1 << 20
_SPARE_BYTES = 16 << 20
_LONGEST_PAUSE_S = 8.0
_MOST_DIGITS = 16


class _PartState(msgspec.Struct, frozen=True):
    """Of what a .part is a part: `validator` is the server's mark of this version, `total` its size, 0 if unknown."""

    url: str
    validator: str
    total: int


class Download:
    """The download of `url` into `part`; `note` is told why something is tried again."""

    def __init__(self, url: str, part: Path, limits: Limits, progress: Progress, note: Callable[[Text], None]) -> None:
        self._url = url
        self.part = part
        self._state_file = part.with_name(f"{part.name}.json")
        self._limits = limits
        self._progress = progress
        self._note = note
        self.resumed = False

    def run(self) -> None:
        """Block until the whole file lies in `part`, flushed. Raises `UnavailableError`; what has arrived then stays for the next time."""
        try:
            self.part.parent.mkdir(parents=True, exist_ok=True)
            with locked(self.part.with_name(f"{self.part.name}.lock"), 0):
                self._try_until_it_is_here()
        except BlockingIOError as problem:
            raise UnavailableError(
                N_("Another lovhe is fetching {file} right now.", file=self.part.stem),
                N_("Wait until it is done, then try again."),
            ) from problem
        except OSError as problem:
            raise not_writable(self.part.parent, problem) from problem

    def discard(self) -> None:
        """Forget what has arrived: it is of no use."""
        self.part.unlink(missing_ok=True)
        self._state_file.unlink(missing_ok=True)

    def tidy(self) -> None:
        """Remove what only a download needs, when `part` has got its name."""
        self._state_file.unlink(missing_ok=True)
        self.part.with_name(f"{self.part.name}.lock").unlink(missing_ok=True)

    def _try_until_it_is_here(self) -> None:
        failures = 0
        while True:
            before = self._have()[0]
            try:
                return self._once()
            except BrokenOffError as trouble:
                log.info("fetching %s: %s", self._url, trouble.why, exc_info=trouble)
                gained = self._have()[0] - before >= self._limits.least_bytes  # a few bytes a time would go on for a day
                failures = 1 if gained else failures + 1
                if failures >= (self._limits.tries if trouble.was_connected else self._limits.tries_to_connect):
                    raise trouble.final from trouble
                self._note(N_("{reason} Trying again …", reason=trouble.why))
                time.sleep(min(self._limits.pause_s * 2 ** (failures - 1), _LONGEST_PAUSE_S))

    def _have(self) -> tuple[int, _PartState | None]:
        """How many bytes are here that a server can be asked to go on from, and what they are part of."""
        try:
            state = decode_json(self._state_file.read_bytes(), _PartState)
            size = self.part.stat().st_size
        except (OSError, msgspec.MsgspecError):
            return 0, None
        if state.url != self._url or not state.validator or (state.total and size > state.total):
            return 0, None
        return size, state

    def _once(self) -> None:
        have, state = self._have()
        if state and have and have == state.total:
            self.resumed = True
            self._progress(have, have)
            return
        headers = {"Range": f"bytes={have}-", "If-Range": state.validator} if state and have else {}
        with open_url(self._url, headers, self._limits) as response:
            if response.status == 416:
                self.discard()
                raise BrokenOffError.by_server(self._url, N_("The file at {host} is another one by now.", host=host_of(self._url)))
            self.resumed = bool(have) and response.status == 206
            if self.resumed:
                self._refuse_another_rest(response, have, state.total if state else 0)
            else:
                have = 0
            self._take(response, have)

    def _refuse_another_rest(self, response: urllib3.BaseHTTPResponse, have: int, total: int) -> None:
        """The server says which part it sends; any other than the one asked for makes this one useless."""
        answer = response.headers.get("Content-Range", "")
        if not answer.startswith(f"bytes {have}-") or (total and not answer.endswith((f"/{total}", "/*"))):
            self.discard()
            raise BrokenOffError.by_server(
                self._url, N_("{host} sent another part of the file than it was asked for.", host=host_of(self._url))
            )

    def _take(self, response: urllib3.BaseHTTPResponse, have: int) -> None:
        told = response.headers.get("Content-Length", "")
        total = have + int(told) if told.isascii() and told.isdecimal() and len(told) < _MOST_DIGITS else 0
        self._refuse_too_large(total)
        if not have:
            self.discard()
            mark = response.headers.get("ETag", "")
            validator = "" if mark.startswith("W/") else mark or response.headers.get("Last-Modified", "")
            write_whole(self._state_file, msgspec.json.encode(_PartState(self._url, validator, total)))
        self._progress(have, total)
        unflushed = 0
        with self.part.open("ab", buffering=0) as file:
            for chunk in readable_chunks(response, self._url, self._limits):
                if not have:
                    self._refuse_other_things(chunk)
                file.write(chunk)
                have += len(chunk)
                self._refuse_too_large(max(have, total))
                unflushed += len(chunk)
                if unflushed >= _FLUSH_BYTES:
                    os.fsync(file.fileno())
                    unflushed = 0
                self._progress(have, total)
            os.fsync(file.fileno())

    def _refuse_too_large(self, total: int) -> None:
        if total > self._limits.most_bytes:
            self.discard()
            raise RefusedError(
                N_("What {host} offers has {size_mb} MB: that is no firmware.", host=host_of(self._url), size_mb=total >> 20),
                _another_way(self._url),
            )
        free = shutil.disk_usage(self.part.parent).free
        if free < _SPARE_BYTES or free < total:
            raise UnavailableError(
                N_("There is no room for the firmware on the disk with {folder}.", folder=str(self.part.parent)),
                N_("Delete what you do not need, then try again: what has arrived is kept."),
            )

    def _refuse_other_things(self, chunk: bytes) -> None:
        """A network that wants a log-in answers every address with its own page."""
        if chunk[:1] in (b"\xe9", b"\xff"):
            return
        self.discard()
        if chunk.lstrip()[:1] == b"<":
            raise RefusedError(
                N_("{host} answered with a web page instead of the firmware.", host=host_of(self._url)),
                N_("This network may want you to log in first: open any page in a browser, log in, then try again."),
            )
        raise RefusedError(N_("What {host} sent is no firmware.", host=host_of(self._url)), _another_way(self._url))


def _another_way(url: str) -> Text:
    return N_(
        "Look at {url} with a browser. Or bring the file from another computer, and take it in with `lovhe firmware add FILE`.", url=url
    )
