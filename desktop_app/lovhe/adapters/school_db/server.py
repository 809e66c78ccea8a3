"""The way to a school's PostgreSQL server: its address, the connection, and what to do when either fails.

A password never stands in what is said or logged: the server is called by its host and database, and libpq takes the password from
where it is kept (PGPASSWORD, .pgpass) as well as from the address.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
from collections.abc import Iterator, Mapping

from sqlalchemy import URL, Engine, create_engine, exc, make_url

from lovhe.core.errors import InputError, LovheError, UnavailableError
from lovhe.core.messages import N_

log = logging.getLogger(__name__)

_SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")
_LOCAL = ("", "localhost", "127.0.0.1", "::1")
_PATIENCE: Mapping[str, object] = {  # a network that is gone is noticed within half a minute
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 4,
    "tcp_user_timeout": 30_000,
}
_WRONG_PASSWORD = re.compile(r"password authentication failed|no password supplied|role .* does not exist|no pg_hba.conf entry")
_NO_DATABASE = re.compile(r'database ".*" does not exist')
_NO_ENCRYPTION = re.compile(r"does not support SSL|SSL (?:SYSCALL )?error|certificate")
_FORBIDDEN = ("42501", "25006")  # rights, and a server that may only be read
_FULL = ("53100",)


def server_url(address: str) -> URL:
    """A server's address, `postgresql://USER@HOST/DATABASE`, as SQLAlchemy takes it. Raises `InputError`."""
    try:
        url = make_url(address)
    except (exc.ArgumentError, ValueError):
        url = None
    if url is None or url.drivername not in _SCHEMES or not url.database:
        raise InputError(  # without the cause, which quotes pieces of the address, and so perhaps of the password
            N_("This is no address of a PostgreSQL database."),
            N_("It looks like this: postgresql://USER@HOST/DATABASE. Signs like @ or / in a password are written as %40 or %2F."),
        ) from None
    return url.set(drivername="postgresql+psycopg")


def name_of(url: URL) -> str:
    """What the server is called in sentences: host and database alone."""
    port = f":{url.port}" if url.port is not None else ""
    return f"{url.host or os.environ.get('PGHOST', 'localhost')}{port}/{url.database}"


def server_engine(url: URL) -> Engine:
    """Connections to the server; none is made yet. Over a network they are encrypted, unless the address says otherwise.

    Raises `UnavailableError` where psycopg is not installed.
    """
    given = dict(_PATIENCE)
    host = str(url.host or url.query.get("host") or os.environ.get("PGHOST", ""))
    if host not in _LOCAL and not host.startswith("/") and "PGSSLMODE" not in os.environ:
        given["sslmode"] = "require"
    given |= url.query
    try:
        # Parameters are hidden: names and programs of pupils belong in no log.
        return create_engine(url.set(query={}), connect_args=given, pool_size=1, max_overflow=0, hide_parameters=True)
    except ImportError as error:
        raise UnavailableError(
            N_("What is needed to talk to PostgreSQL is not installed on this computer."),
            N_("Install it beside Lövhə, with the same Python: `pip install psycopg[binary]`."),
        ) from error


@contextlib.contextmanager
def told_of(server: str) -> Iterator[None]:
    """Turn what SQLAlchemy and psycopg raise into errors with a next step."""
    try:
        yield
    except exc.DBAPIError as error:
        # Without the cause: a server that refuses a row says in the details what was in it, and a log is no place for pupils' work.
        raise _told(error, server) from None


def _told(error: exc.DBAPIError, server: str) -> LovheError:
    diagnosis = getattr(error.orig, "diag", None)
    state, reason = str(getattr(error.orig, "sqlstate", None) or ""), getattr(diagnosis, "message_primary", None)
    reason = " ".join((reason or str(error.orig)).split())
    log.info("%s: %s %s", server, state, reason)
    if not state and not error.connection_invalidated:
        return _unconnected(reason, server)
    if error.connection_invalidated or state.startswith(("08", "57P")):
        return UnavailableError(
            N_("The connection to {server} was lost.", server=server),
            N_("What was sent until then is kept there. Do it again: it goes on where it was cut off."),
        )
    if state in _FORBIDDEN:
        return InputError(
            N_("The user of {server} may not do this there.", server=server),
            N_("Ask whoever looks after the server for the right to read the tables, and, to send, to make them and write to them."),
        )
    if state in _FULL:
        return UnavailableError(
            N_("The disk of {server} is full.", server=server),
            N_("Ask whoever looks after the server for room, then do it again: it goes on where it was cut off."),
        )
    return UnavailableError(
        N_("The server {server} refused what was asked of it: {reason}.", server=server, reason=reason.rstrip(".")),
        N_("Do it again; if it stays, show this to whoever looks after the server."),
    )


def _unconnected(reason: str, server: str) -> LovheError:
    """What libpq says has no code before there is a connection; a server may say it in its own language, then the last one is told."""
    if _WRONG_PASSWORD.search(reason):
        return InputError(
            N_(
                "{server} does not let this user in: the name, the password or the place you call from is not the right one.", server=server
            ),
            N_("Set LOVHE_POSTGRES_URL or PGPASSWORD, or write the password into the file .pgpass; then try again."),
        )
    if _NO_DATABASE.search(reason):
        return InputError(
            N_("There is no database of that name: {server}.", server=server),
            N_("Look at the name after the last / of the address, or ask whoever looks after the server to make the database."),
        )
    if _NO_ENCRYPTION.search(reason):
        return InputError(
            N_("The connection to {server} cannot be encrypted: {reason}.", server=server, reason=reason.rstrip(".")),
            N_("Ask whoever looks after the server to turn TLS on. In a network that you trust, add ?sslmode=disable to the address."),
        )
    return UnavailableError(
        N_("The server {server} cannot be reached: {reason}.", server=server, reason=reason.rstrip(".")),
        N_("Look whether this computer is in the network and the address is right, then try again."),
    )
