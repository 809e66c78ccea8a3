"""What stands in another PC's results file, held against what may stand there before any of it is taken in."""

from __future__ import annotations

import contextlib
import datetime
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, TypeVar, get_args

import msgspec
from sqlalchemy import Boolean, Engine, Integer, LargeBinary, String, Table, exc, select
from sqlalchemy.orm import Session

from lovhe.adapters.results_db.backups import damaged
from lovhe.adapters.results_db.models import AuditNoteRow, AuditRow, Base, PackedJson, SecretRow
from lovhe.adapters.results_db.notes import all_notes
from lovhe.adapters.results_db.opening import open_engine, read_only
from lovhe.core.audit.hash_chain import Entry, Note
from lovhe.core.checks.report import Outcome
from lovhe.core.decoding import converted, decode_json
from lovhe.core.marks.corrections import CorrectionNote
from lovhe.core.pupils.pupil import SecretKind

_CHECKED = (
    "attempts",
    "attempt_pupils",
    "check_results",
    "evidence",
    "class_notes",
    "pupil_notes",
    "apart",
    "pupil_secrets",
    "audit",
    "audit_notes",
)
_MOST_UNPACKED_BYTES = 64 << 20


class Secret(msgspec.Struct, frozen=True):
    """A row of `SecretRow`."""

    pupil_id: Annotated[str, msgspec.Meta(max_length=36)]
    when_utc: Annotated[str, msgspec.Meta(max_length=32)]
    kind: SecretKind
    secret: Annotated[str, msgspec.Meta(max_length=200)]


class _Said(msgspec.Struct):
    """A row of `AuditNoteRow`."""

    audit_id: str
    salt: str
    note: str


class Foreign(msgspec.Struct, frozen=True):
    """What is looked at piece by piece when it is taken in."""

    secrets: list[Secret]
    entries: list[Entry]
    notes: dict[str, Note]


def check_rows(fresh: Path, file: Path) -> Foreign:
    """Look at each row of a file of this version; `file` is what it is called. Raises `InputError` where one cannot be ours."""
    engine = open_engine(fresh)
    try:
        _check_attempts(fresh)
        return _read(engine)
    except (sqlite3.Error, exc.DBAPIError, msgspec.MsgspecError, ValueError) as problem:
        raise damaged(file) from problem
    finally:
        engine.dispose()


_Row = TypeVar("_Row", bound=msgspec.Struct)


class _StrangeError(ValueError):
    """A row that we never write."""


def _check_attempts(fresh: Path) -> None:
    with contextlib.closing(read_only(fresh)) as connection:
        for name, check in _OURS.items():
            connection.create_function(name, 1, check)
        for query in _queries():
            if found := connection.execute(query).fetchone():
                raise _StrangeError(str(found))


def _queries() -> Iterator[str]:
    """What finds a row that cannot be ours."""
    for name in _CHECKED:
        table = Base.metadata.tables[name]
        fits = " AND ".join(f"({_fits(table, column.name)})" for column in table.columns)
        yield f"SELECT rowid FROM {name} WHERE NOT ({fits}) LIMIT 1"
    outcomes = ", ".join(f"'{outcome}'" for outcome in get_args(Outcome))
    yield f"SELECT id FROM attempts WHERE outcome NOT IN ({outcomes}) OR NOT is_moment(when_utc) OR NOT is_report(report) LIMIT 1"
    yield f"SELECT attempt_id FROM check_results WHERE outcome NOT IN ({outcomes}) LIMIT 1"
    yield "SELECT attempt_id FROM evidence WHERE NOT is_packed(events) LIMIT 1"
    yield "SELECT id FROM attempts WHERE id NOT IN (SELECT attempt_id FROM evidence) LIMIT 1"


def _fits(table: Table, name: str) -> str:
    """In SQL, whether a column holds what its type says: SQLite lets anything stand anywhere."""
    kind = table.columns[name].type
    if isinstance(kind, Boolean):
        return f"typeof({name}) = 'integer' AND {name} IN (0, 1)"
    if isinstance(kind, Integer):
        return f"typeof({name}) = 'integer' AND abs({name}) < {1 << 31}"
    if isinstance(kind, LargeBinary | PackedJson):
        return f"typeof({name}) = 'blob'"
    longest = kind.length if isinstance(kind, String) and kind.length else _MOST_UNPACKED_BYTES
    return f"typeof({name}) = 'text' AND length({name}) <= {longest} AND is_text({name})"


def _converted(session: Session, model: type[Base], kind: type[_Row]) -> list[_Row]:
    rows = [{name: getattr(row, name) for name in kind.__struct_fields__} for row in session.scalars(select(model))]
    return converted(rows, list[kind])  # type: ignore[valid-type]


def _is_text(value: str) -> bool:
    """To be handed it is enough: SQLite keeps any bytes as text, Python reads UTF-8 alone."""
    return "\0" not in value


def _is_moment(value: str) -> bool:
    try:
        datetime.datetime.strptime(value, "%Y-%m-%d %H:%M:%S.%f")  # noqa: DTZ007 (kept in UTC, without it)
    except ValueError:
        return False
    return True


def _unpacked(value: bytes) -> bytes | None:
    """None for what cannot be unpacked, or is made to fill the memory."""
    unpacker = zlib.decompressobj()
    try:
        plain = unpacker.decompress(value, _MOST_UNPACKED_BYTES)
    except zlib.error:
        return None
    return plain if unpacker.eof else None


def _is_packed(value: bytes) -> bool:
    return _unpacked(value) is not None


def _is_report(value: bytes) -> bool:
    plain = value if value.startswith((b"{", b"[")) else _unpacked(value)
    try:
        decode_json(plain or b"", msgspec.Raw)
    except msgspec.DecodeError:
        return False
    return True


_OURS: dict[str, Callable[..., bool]] = {"is_text": _is_text, "is_moment": _is_moment, "is_packed": _is_packed, "is_report": _is_report}


def _read(engine: Engine) -> Foreign:
    """The rest, as what it is taken for; notes of classes and pupils are looked at here, and taken in by SQLite."""
    with Session(engine) as session:
        all_notes(session)
        secrets = _converted(session, SecretRow, Secret)
        entries = _converted(session, AuditRow, Entry)
        said = _converted(session, AuditNoteRow, _Said)
    notes = {one.audit_id: Note(one.salt, one.note) for one in said}
    for entry in entries:
        if entry.kind == "mark" and entry.id in notes:
            decode_json(notes[entry.id].text.encode(), CorrectionNote)
    return Foreign(secrets, entries, notes)
