"""Opening a school's database: what it is, is looked at before anything in it is changed; then its tables are brought up to date."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, func, inspect, select, text
from sqlalchemy.orm import Session

from lovhe.adapters import results_db
from lovhe.adapters.results_db.models import Base
from lovhe.adapters.results_db.opening import HEAD
from lovhe.adapters.school_db.models import SchoolBase
from lovhe.adapters.school_db.server import name_of, server_engine, server_url, told_of
from lovhe.core.errors import InputError, LovheError, ResultsError
from lovhe.core.messages import N_

SCHOOL_HEAD = "0001"  # the newest file in migrations/versions
_NEWEST = (HEAD, SCHOOL_HEAD)
_LEFT_ALONE = "60s"  # a PC that lost its power in a transaction holds others up so long at most


class SchoolDb:
    """The database of one or many schools. Close it when done."""

    def __init__(self, address: str, *, writes: bool) -> None:
        """Connect; to write, make the tables or bring them up to date. Raises `LovheError`, and then has changed nothing."""
        url = server_url(address)
        self.name = name_of(url)
        self._engine = server_engine(url)
        try:
            self._make_ready(writes)
        except LovheError:
            self._engine.dispose()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self._engine.dispose()

    @contextlib.contextmanager
    def reads(self) -> Iterator[Session]:
        """A session to look something up."""
        with told_of(self.name), Session(self._engine) as session:
            yield session

    @contextlib.contextmanager
    def writes_of(self, school: str) -> Iterator[Session]:
        """A transaction that other writers of the same school wait for."""
        with told_of(self.name), Session(self._engine) as session, session.begin():
            patience = func.set_config("idle_in_transaction_session_timeout", _LEFT_ALONE, True)
            session.execute(select(patience, func.pg_advisory_xact_lock(func.hashtextextended(school, 1))))
            yield session

    def _make_ready(self, writes: bool) -> None:
        with told_of(self.name), self._engine.begin() as connection:
            if writes:
                connection.execute(select(func.pg_advisory_xact_lock(0)))  # two PCs that send first at the same time
            versions = self._look_at(connection)
            if versions == _NEWEST:
                return
            if not writes:
                raise self._unread(versions)
            _upgrade(connection)

    def _look_at(self, connection: Connection) -> tuple[str, str] | None:
        """The versions of the tables, None where there are none yet. Raises `ResultsError` for what we cannot write to."""
        tables = set(inspect(connection).get_table_names())
        if "school_version" not in tables:
            if tables & (Base.metadata.tables.keys() | SchoolBase.metadata.tables.keys()):
                raise ResultsError(
                    N_("{server} is a database of another program.", server=self.name),
                    N_("Nothing in it was changed. Ask whoever looks after the server for a database of its own."),
                )
            if connection.scalar(text("SHOW server_encoding")) != "UTF8":
                raise ResultsError(
                    N_("{server} cannot keep all letters: it was not made with UTF-8.", server=self.name),
                    N_("Ask whoever looks after the server for a database that is made with ENCODING 'UTF8'."),
                )
            return None
        versions = tuple(str(connection.scalar(text(f"SELECT version_num FROM {name}"))) for name in ("alembic_version", "school_version"))
        if any(there > known for there, known in zip(versions, _NEWEST, strict=True)):
            raise ResultsError(
                N_("The tables of {server} were made by a newer version of Lövhə.", server=self.name),
                N_("Nothing in it was changed. Install the newer version of Lövhə on this computer too."),
            )
        return versions[0], versions[1]

    def _unread(self, versions: tuple[str, str] | None) -> InputError:
        if versions is None:
            return InputError(
                N_("No school has sent results to {server} yet.", server=self.name),
                N_("`lovhe results push` sends them, from the computer where a school's results are."),
            )
        return ResultsError(
            N_("The tables of {server} were made by an older version of Lövhə.", server=self.name),
            N_("They are brought up to date when a school sends results the next time, with this version."),
        )


def _upgrade(connection: Connection) -> None:
    """The tables of a results file, then those beside them, in the transaction that is open."""
    from alembic import command
    from alembic.config import Config

    for package in (Path(results_db.__file__), Path(__file__)):
        config = Config()
        config.set_main_option("script_location", str(package.with_name("migrations")).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
