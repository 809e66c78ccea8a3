"""Asking a web server for a file with urllib3: redirects, time limits, proxies, and what each failure means to a user."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urljoin, urlsplit

import msgspec
import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, ProxyError, ReadTimeoutError, SSLError

from lovhe import __version__
from lovhe.core.errors import LovheError, UnavailableError
from lovhe.core.messages import N_, Text

_REDIRECTS = (301, 302, 303, 307, 308)
_CHUNK_BYTES = 1 << 16


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How long and how often is tried: seconds until a server answers, of silence, and of too little (`least_bytes` in `window_s`)."""

    connect_s: float = 10.0
    silence_s: float = 20.0
    window_s: float = 30.0
    least_bytes: int = 16_384
    tries: int = 5
    tries_to_connect: int = 2
    pause_s: float = 1.0
    redirects: int = 5
    most_bytes: int = 16 << 20


class UnreachableError(UnavailableError):
    """There is no way to that server from here: most likely no internet."""


class RefusedError(UnavailableError):
    """The server answers, and trying again will not help."""


class BrokenOffError(Exception):
    """An attempt that failed in a way that may pass: `why` is told when it is tried again, `final` is raised when it is not."""

    def __init__(self, why: Text, final: LovheError, *, was_connected: bool = True) -> None:
        super().__init__(str(why))
        self.why = why
        self.final = final
        self.was_connected = was_connected

    @classmethod
    def by_server(cls, url: str, why: Text) -> BrokenOffError:
        """The server answers, and its answer is of no use now."""
        return cls(
            why, UnavailableError(why, N_("Try again later: what has arrived is kept. Or fetch it from {url} with a browser.", url=url))
        )

    @classmethod
    def in_between(cls, url: str) -> BrokenOffError:
        """The line was cut while the file came."""
        return cls.by_server(url, N_("The connection to {host} broke off.", host=host_of(url)))


def host_of(url: str) -> str:
    """The server's name in an address, with its port if it has one of its own."""
    return urlsplit(url).netloc.rpartition("@")[2]


@contextmanager
def open_url(url: str, headers: Mapping[str, str], limits: Limits) -> Iterator[urllib3.BaseHTTPResponse]:
    """The answer to a GET of `url`, its body yet to be read: 200, 206 or 416.

    Raises `BrokenOffError` for what may pass, `RefusedError` and `UnreachableError` for what will not.
    """
    sent = {"Accept-Encoding": "identity", "User-Agent": f"lovhe/{__version__}", **headers}
    here = url
    for _ in range(limits.redirects + 1):
        with _pool(here, limits) as pool:
            response = _ask(pool, here, sent)
            try:
                if response.status not in _REDIRECTS:
                    _refuse_error(response, url, here)
                    yield response
                    return
                here = _next_address(response, here)
            finally:
                response.close()
    raise RefusedError(
        N_("{host} sends on from one address to the next without an end.", host=host_of(url)),
        N_("Try again later, or look at {url} with a browser.", url=url),
    )


def readable_chunks(response: urllib3.BaseHTTPResponse, url: str, limits: Limits) -> Iterator[bytes]:
    """The body as it arrives. Raises `BrokenOffError` where it breaks off, falls silent or only trickles."""
    window_end, arrived = time.monotonic() + limits.window_s, 0
    while True:
        try:
            chunk = response.read1(_CHUNK_BYTES, decode_content=False)
        except ReadTimeoutError as problem:
            raise BrokenOffError.by_server(url, N_("{host} has fallen silent.", host=host_of(url))) from problem
        except (HTTPError, OSError) as problem:
            raise BrokenOffError.in_between(url) from problem
        if not chunk:
            return
        yield chunk
        arrived += len(chunk)
        if time.monotonic() >= window_end:
            if arrived < limits.least_bytes:
                raise BrokenOffError.by_server(url, N_("Hardly anything arrives from {host}.", host=host_of(url)))
            window_end, arrived = time.monotonic() + limits.window_s, 0


def _pool(url: str, limits: Limits) -> urllib3.PoolManager:
    timeout = urllib3.Timeout(connect=limits.connect_s, read=limits.silence_s)
    parts = urlsplit(url)
    proxy = urllib.request.getproxies().get(parts.scheme)
    if proxy and not urllib.request.proxy_bypass(parts.netloc):
        return urllib3.ProxyManager(proxy if "://" in proxy else f"http://{proxy}", timeout=timeout, retries=False)
    return urllib3.PoolManager(timeout=timeout, retries=False)


def _ask(pool: urllib3.PoolManager, url: str, headers: Mapping[str, str]) -> urllib3.BaseHTTPResponse:
    host = host_of(url)
    try:
        return pool.request("GET", url, headers=dict(headers), redirect=False, preload_content=False)
    except SSLError as problem:
        raise RefusedError(
            N_("It could not be made sure that {host} is who it says it is.", host=host),
            N_("Look whether this computer's clock is right. If it is, this network looks into what is sent: use another one."),
        ) from problem
    except (NewConnectionError, ConnectTimeoutError, ProxyError) as problem:
        why = N_("{host} cannot be reached.", host=host)
        way_out = N_(
            "Is there internet? If not, fetch the firmware on a computer that has it, bring it on a USB stick, and take it in "
            "with `lovhe firmware add FILE`, or use a bundle."
        )
        raise BrokenOffError(why, UnreachableError(why, way_out), was_connected=False) from problem
    except ReadTimeoutError as problem:
        raise BrokenOffError.by_server(url, N_("{host} does not answer.", host=host)) from problem
    except HTTPError as problem:
        raise BrokenOffError.in_between(url) from problem


def _refuse_error(response: urllib3.BaseHTTPResponse, url: str, here: str) -> None:
    status, host = response.status, host_of(here)
    if status in (200, 206, 416):
        return
    if status in (404, 410):
        raise RefusedError(
            N_("{host} does not have the file any more: {url}", host=host, url=url),
            N_("Look for it with a browser, then take it in with `lovhe firmware add FILE`. A newer Lövhə may know its new place."),
        )
    why = N_("{host} answers with the error {status}.", host=host, status=status)
    if status == 429 or status >= 500:
        raise BrokenOffError.by_server(url, why)
    raise RefusedError(why, N_("Try again later, or look at {url} with a browser.", url=url))


def _next_address(response: urllib3.BaseHTTPResponse, here: str) -> str:
    address = response.headers.get("Location", "")
    try:
        address = urljoin(here, address)
        scheme = urlsplit(address).scheme
    except ValueError:  # "http://[" is no address
        scheme = ""
    if scheme not in ("http", "https") or (scheme == "http" and urlsplit(here).scheme == "https"):
        raise RefusedError(
            N_("{host} sends on to an address that is not encrypted: {address}", host=host_of(here), address=address),
            N_("This network may want you to log in first: open any page in a browser, log in, then try again."),
        )
    return address
