"""What can be wrong with a server, and what is said then: never a password, and what to do."""

from __future__ import annotations

import logging
import sys
import traceback

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from lovhe.adapters.results_db.models import Base
from lovhe.adapters.school_db.models import SchoolBase
from lovhe.adapters.school_db.opening import SchoolDb
from lovhe.adapters.school_db.server import server_url
from lovhe.core.errors import InputError, LovheError, ResultsError, UnavailableError
from sqlalchemy import create_engine

from tests.postgres_server import PASSWORD, PostgresServer

from .conftest import Pc

_OWN_WORDS = {"uq_classes_name", "uq_pupils_class_id", "uq_audit_chain", "ix_pupils_class_id"}


def _all_of(error: BaseException) -> str:
    """What a log would have."""
    return "".join(traceback.format_exception(error))


@pytest.mark.parametrize(
    "address",
    [
        "",
        "x",
        "school",
        "sqlite:///geheim",
        "mysql://u:geheim@h/d",
        "postgresql://u:geheim@h",
        "postgresql://u:ge@heim@h:x/d",
        "postgresql://u:geheim@h:99x/d",
    ],
)
def test_what_is_no_address_is_told_without_it(address: str) -> None:
    """It may have a password in it, or a piece of one."""
    with pytest.raises(InputError, match="no address") as caught:
        server_url(address)
    assert "heim" not in _all_of(caught.value).partition("raise InputError")[2] + str(caught.value)


def test_a_server_that_is_not_there_is_told(postgres: PostgresServer) -> None:
    """By its host and database; so is a name, a password or a database that is not the right one."""
    nobody = "postgresql://u:geheim@127.0.0.1:1/school"
    stranger, wrong = postgres.url("postgres", "nobody", "geheim"), postgres.url("postgres", password="geheim")
    nowhere = postgres.url("nowhere")
    for address, kind, words in (
        (nobody, UnavailableError, "127.0.0.1:1/school cannot be reached"),
        (stranger, InputError, "does not let this user in"),
        (wrong, InputError, "does not let this user in"),
        (nowhere, InputError, "no database of that name"),
    ):
        with pytest.raises(kind, match=words) as caught:
            SchoolDb(address, writes=False)
        assert "geheim" not in _all_of(caught.value)
        assert PASSWORD not in _all_of(caught.value)


def test_a_password_is_taken_from_where_it_is_kept(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the address has none."""
    bare = address.replace(f":{PASSWORD}", "")
    with pytest.raises(InputError, match="does not let this user in"):
        SchoolDb(bare, writes=True)
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    with SchoolDb(bare, writes=True) as db:
        assert PASSWORD not in db.name


def test_over_a_network_it_is_encrypted_or_said_otherwise(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """This server has no TLS, and 127.1 is an address like any other."""
    monkeypatch.delenv("PGSSLMODE", raising=False)
    far = address.replace("@127.0.0.1:", "@127.1:")
    with pytest.raises(InputError, match="cannot be encrypted"):
        SchoolDb(far, writes=True)
    with SchoolDb(f"{far}?sslmode=disable", writes=True) as db:
        assert db.name.startswith("127.1:")


def test_without_psycopg_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pupils' computers do without it."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UnavailableError, match="pip install"):
        SchoolDb("postgresql://u@127.0.0.1/d", writes=True)


def test_a_database_that_is_not_ours_stays_as_it_is(postgres: PostgresServer) -> None:
    """Another program's, one without all letters, one from a newer version, one in which nothing is yet."""
    other = postgres.new_database()
    name = other.rpartition("/")[2]
    postgres.sql("CREATE TABLE pupils (id int)", name)
    with pytest.raises(ResultsError, match="another program"):
        SchoolDb(other, writes=True)
    assert postgres.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", name) == [("pupils",)]
    narrow = postgres.new_database("TEMPLATE template0 ENCODING LATIN1 LOCALE_PROVIDER libc LOCALE 'C'")
    with pytest.raises(ResultsError, match="UTF-8"):
        SchoolDb(narrow, writes=True)
    empty = postgres.new_database()
    with pytest.raises(InputError, match="No school has sent"):
        SchoolDb(empty, writes=False)
    for table, newer in (("school_version", "9999"), ("alembic_version", "9999")):
        address = postgres.new_database()
        with SchoolDb(address, writes=True):
            pass
        postgres.sql(f"UPDATE {table} SET version_num = '{newer}'", address.rpartition("/")[2])
        with pytest.raises(ResultsError, match="newer version"):
            SchoolDb(address, writes=True)


def test_tables_of_an_older_version_wait_for_who_sends(address: str, postgres: PostgresServer) -> None:
    """Who only reads is told, and makes none."""
    with SchoolDb(address, writes=True):
        pass
    postgres.sql("UPDATE school_version SET version_num = '0000'", address.rpartition("/")[2])
    with pytest.raises(ResultsError, match="older version"):
        SchoolDb(address, writes=False)


def test_the_tables_are_those_of_the_models(address: str) -> None:
    """But for the rules that hold on one PC alone."""
    with SchoolDb(address, writes=True):
        pass
    engine = create_engine(address.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        differences = compare_metadata(context, [Base.metadata, SchoolBase.metadata])
    engine.dispose()
    assert {getattr(what[1], "name", None) for what in differences} <= _OWN_WORDS | {"school_version"}, differences


def test_pupils_are_in_no_error(pc: Pc, address: str, postgres: PostgresServer, caplog: pytest.LogCaptureFixture) -> None:
    """What a server refuses is told with its reason alone, without what was sent."""
    [aysel] = pc.add("7A", "Aysel")
    with SchoolDb(address, writes=True):
        pass
    postgres.sql("ALTER TABLE attempts ADD CHECK (points > 100)", address.rpartition("/")[2])
    pc.attempt(aysel, program="geheim")
    caplog.set_level(logging.INFO)
    with pytest.raises(LovheError, match="refused") as caught:
        pc.push(address)
    assert "check constraint" in str(caught.value)
    assert "geheim" not in caplog.text + _all_of(caught.value)
