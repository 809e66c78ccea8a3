"""Copies of the results file, whole while it is in use, read back before they are called done; and the way back from one.

A copy is written by SQLite's VACUUM INTO: one moment of the file, without what was erased from it. What pupils are typing is put in.
Beside it stands its SHA-256, as `sha256sum` writes it, so that a stick that rots is noticed years later.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
import uuid_utils
from sqlalchemy import delete, insert, select, update

from lovhe.adapters.results_db.drafts import drop_strange_drafts, put_drafts
from lovhe.adapters.results_db.erasing import erase_pupil
from lovhe.adapters.results_db.incoming import incoming
from lovhe.adapters.results_db.models import AuditRow, HereRow
from lovhe.adapters.results_db.opening import connected, is_whole, look_at, open_engine, read_only, refuse_newer, translated
from lovhe.adapters.results_db.teacher_door import DOOR
from lovhe.adapters.whole_files import put_in_place, write_whole
from lovhe.core.errors import InputError, ResultsError, reason_of
from lovhe.core.messages import N_, Text
from lovhe.services.ports.drafts import Draft

_STEPS_BETWEEN = 200_000  # of SQLite's machine, some milliseconds
_READ_BYTES = 1 << 20
_FULL = ("SQLITE_FULL",)


class Copied(msgspec.Struct, frozen=True):
    """A copy that was read back: its size, and how many attempts are in it."""

    file: Path
    size_bytes: int
    attempts: int


def back_up(
    results: Path, file: Path, told: Callable[[float], None] = lambda share: None, drafts: Callable[[], Iterable[Draft]] = list
) -> Copied:
    """Copy the results file to `file`, which must not be there; it is there when it is whole, and not before.

    `drafts` are asked for after the results, and go with them. `told` hears from 0 to 1 how far the writing is, and may raise to stop it.
    Raises `InputError`; then nothing stays of the copy.
    """
    if file.exists():
        raise InputError(N_("There is a file {file} already.", file=str(file)), N_("Give another name for the copy."))
    open_engine(results).dispose()  # nothing is copied that cannot be opened, and a copy is of this version
    fresh = file.with_name(f"{file.name}.new")
    with told_for(file):
        fresh.unlink(missing_ok=True)
        try:
            _write(results, fresh, told)
            put_drafts(fresh, drafts())
            digest = _flushed_digest(fresh)
            if _digest(fresh) != digest or not is_whole(fresh):
                raise _unreadable(file)
            attempts = _count(fresh)
            write_whole(_digest_file(file), f"{digest}  {file.name}\n".encode())
            put_in_place(fresh, file)
        finally:
            fresh.unlink(missing_ok=True)
    return Copied(file, file.stat().st_size, attempts)


def look_into(file: Path) -> Copied:
    """What is in a copy, all of which is read. Raises `InputError` where it is damaged, no copy of ours, or from a newer version."""
    if not file.is_file():
        raise InputError(
            N_("There is no file {file}.", file=str(file)), N_("Look at the name, and at the folder you are in; then try again.")
        )
    with told_for(file):
        if _said_digest(file) not in (None, _digest(file)):
            raise damaged(file)
        try:
            version = look_at(file)
        except (ResultsError, sqlite3.Error, UnicodeDecodeError) as problem:
            raise no_copy(file) from problem
        if version is None or _acts_by_itself(file):
            raise no_copy(file)
        refuse_newer(version, file)
        if not is_whole(file):
            raise damaged(file)
        return Copied(file, file.stat().st_size, _count(file))


def restore(file: Path, results: Path) -> None:
    """Make the results file what the copy is, in one transaction: programs that have it open see the old or the new one.

    Pupils who were erased here since do not come back, and the teacher's passphrase stays what it is here. `look_into` must have been
    content with the copy. Raises `ResultsError`; then the results are as they were.
    """
    engine = open_engine(results)
    with translated(results), engine.connect() as connection:
        erased = connection.scalars(select(AuditRow.subject).where(AuditRow.kind == "erase")).all()
        door = connection.execute(select(HereRow.name, HereRow.value).where(HereRow.name.in_(DOOR))).all()
    engine.dispose()
    with incoming(results) as fresh:
        with translated(fresh):
            copy_into(file, fresh)
            _make_ready(fresh, erased, [(name, value) for name, value in door])
        with translated(results):
            copy_into(fresh, results)


def _make_ready(fresh: Path, erased: Sequence[str], door: Sequence[tuple[str, str]]) -> None:
    """What a copy lacks to take the results' place: newer tables, that some pupils are gone, and this PC's passphrase, if it has one."""
    engine = open_engine(fresh)
    with engine.begin() as connection:
        drop_strange_drafts(connection)
        # What is changed from now on is no continuation of what was changed here after the copy was made.
        connection.execute(update(HereRow).where(HereRow.name == "chain").values(value=str(uuid_utils.uuid7())))
        if door:
            connection.execute(delete(HereRow).where(HereRow.name.in_(DOOR)))
            connection.execute(insert(HereRow), [{"name": name, "value": value} for name, value in door])
    for pupil_id in erased:
        erase_pupil(engine, fresh, pupil_id)
    engine.dispose()


def copy_into(file: Path, target: Path) -> None:
    """Make a results file what another one is, in one transaction."""
    with contextlib.closing(read_only(file)) as source, contextlib.closing(connected(target)) as connection:
        source.backup(connection)


def _write(results: Path, fresh: Path, told: Callable[[float], None]) -> None:
    with contextlib.closing(connected(results)) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0] * connection.execute("PRAGMA page_size").fetchone()[0]

        def go_on() -> int:
            told(min(1.0, fresh.stat().st_size / max(1, pages)) if fresh.exists() else 0.0)
            return 0

        connection.set_progress_handler(go_on, _STEPS_BETWEEN)
        try:
            connection.execute("VACUUM INTO ?", (str(fresh),))
        except sqlite3.OperationalError:
            go_on()  # SQLite keeps what was raised there to itself
            raise
    told(1.0)


def _count(file: Path) -> int:
    with contextlib.closing(read_only(file)) as connection:
        return int(connection.execute("SELECT count(*) FROM attempts").fetchone()[0])


def _flushed_digest(file: Path) -> str:
    """The SHA-256 of what was written; then it is on the stick, and where the system lets us, no more in the PC's memory."""
    digest = _digest(file)
    with file.open("rb+") as written:
        os.fsync(written.fileno())
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(written.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return digest


def _digest(file: Path) -> str:
    found = hashlib.sha256()
    with file.open("rb") as source:
        while piece := source.read(_READ_BYTES):
            found.update(piece)
    return found.hexdigest()


def _acts_by_itself(file: Path) -> bool:
    """Whether it holds more than tables and indexes: whoever made it meant it to do something where it is put back or taken in."""
    strange = "type NOT IN ('table', 'index') OR sql LIKE 'CREATE VIRTUAL%'"
    with contextlib.closing(read_only(file)) as connection:
        return connection.execute(f"SELECT 1 FROM sqlite_master WHERE {strange} LIMIT 1").fetchone() is not None


def _digest_file(file: Path) -> Path:
    return file.with_name(f"{file.name}.sha256")


def _said_digest(file: Path) -> str | None:
    """What stands beside a copy; None where nothing does."""
    try:
        return _digest_file(file).read_text("ascii", "replace").split(" ")[0].strip()
    except OSError:
        return None


def damaged(file: Path) -> InputError:
    """For a copy whose bytes are not those that were written."""
    return InputError(
        N_("The copy {file} is damaged.", file=str(file)), N_("Nothing was changed. Take an older copy, or one from another stick.")
    )


def no_copy(file: Path) -> InputError:
    """For what is something else."""
    return InputError(
        N_("{file} is no copy of results.", file=str(file)), N_("Nothing was changed. Give a file that was written as a copy of results.")
    )


def _unreadable(file: Path) -> InputError:
    return InputError(
        N_("What was read back from {file} is not what was written.", file=str(file)),
        N_("The stick or the disk is failing. Take another one."),
    )


@contextlib.contextmanager
def told_for(file: Path) -> Iterator[None]:
    """Errors in the words of the copy, whatever raised them."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        if isinstance(error, OSError):
            is_full, reason = error.errno == errno.ENOSPC, reason_of(error)
        else:
            is_full, reason = getattr(error, "sqlite_errorname", "").startswith(_FULL), str(error)
        if is_full:
            raise InputError(
                N_("There is no room for the copy {file}.", file=str(file)),
                N_("Delete what nobody needs there, or take another stick. The results are as they were."),
            ) from error
        raise _unusable(file, reason) from error


def _unusable(file: Path, reason: Text | str) -> InputError:
    return InputError(
        N_("The copy {file} cannot be written or read: {reason}.", file=str(file), reason=reason),
        N_("Look whether the stick is plugged in and may be written to, or give another folder. The results are as they were."),
    )
