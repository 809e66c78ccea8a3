"""`services.ports.ClassSet` over the results file."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from lovhe.adapters.results_db.models import BoardHistoryRow, BoardRow
from lovhe.adapters.results_db.opening import translated
from lovhe.core.boards.names import MAX_NUMBER, BoardName
from lovhe.core.decoding import decode_json
from lovhe.core.errors import InputError
from lovhe.core.messages import N_, Text, revive
from lovhe.services.ports import BoardEvent, BoardRecord, FlashOrder

log = logging.getLogger(__name__)

_MOST_WORDS = 200


class SqlClassSet:
    """The boards of one results file. Made by `SqlResults.class_set`, and of use while that is open."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self._writing = engine.execution_options(lovhe_writes=True)
        self._path = path

    def boards(self) -> list[BoardRecord]:
        """See `services.ports.ClassSet.boards`."""
        query = select(BoardRow).order_by(BoardRow.class_name.is_(None), BoardRow.class_name, BoardRow.number, BoardRow.mac)
        with translated(self._path), Session(self._engine) as session:
            return [_record(row) for row in session.scalars(query)]

    def board(self, mac: str) -> BoardRecord | None:
        """See `services.ports.ClassSet.board`."""
        with translated(self._path), Session(self._engine) as session:
            row = session.get(BoardRow, mac)
            return _record(row) if row else None

    def named(self, name: BoardName) -> BoardRecord | None:
        """See `services.ports.ClassSet.named`."""
        with translated(self._path), Session(self._engine) as session:
            row = _of_name(session, name)
            return _record(row) if row else None

    def give_name(self, mac: str, class_name: str) -> BoardName:
        """See `services.ports.ClassSet.give_name`. Raises `InputError` when the class has no number left."""
        with self._change(mac) as row:
            if row.class_name is None or row.number is None:
                session = Session.object_session(row)
                assert session is not None
                taken = set(session.scalars(select(BoardRow.number).where(BoardRow.class_name == class_name)))
                free = next((number for number in range(1, MAX_NUMBER + 1) if number not in taken), None)
                if free is None:
                    raise InputError(
                        N_("The class {name} has {n} boards already.", name=class_name, n=MAX_NUMBER),
                        N_("Take another class name, or forget boards that are gone with `lovhe board forget`."),
                    )
                row.class_name, row.number = class_name, free
                _happened(row, "named", words=str(BoardName(class_name, free)))
            return BoardName(row.class_name, row.number)

    def rename(self, mac: str, name: BoardName | None) -> None:
        """See `services.ports.ClassSet.rename`."""
        with self._change(mac) as row:
            session = Session.object_session(row)
            assert session is not None
            if name is not None and (other := _of_name(session, name)) is not None and other.mac != mac:
                raise InputError(
                    N_("There is a board {name} already.", name=str(name)),
                    N_("Take another number, or give that board another name first."),
                )
            row.class_name, row.number = (name.class_name, name.number) if name else (None, None)
            if name is not None:
                _happened(row, "named", words=str(name))

    def forget(self, mac: str) -> None:
        """See `services.ports.ClassSet.forget`."""
        with translated(self._path), Session(self._writing) as session, session.begin():
            if row := session.get(BoardRow, mac):
                session.delete(row)

    def flash_begins(self, mac: str, serial_port: str, chip: str, order: FlashOrder) -> None:
        """See `services.ports.ClassSet.flash_begins`."""
        with self._change(mac) as row:
            row.serial_port, row.chip = serial_port, chip
            row.flash_state, row.order = "unfinished", msgspec.json.encode(order)

    def flash_ended(self, mac: str, serial_port: str, chip: str, firmware: str) -> None:
        """See `services.ports.ClassSet.flash_ended`."""
        with self._change(mac) as row:
            if (row.flash_state, row.firmware) != ("ready", firmware):  # else it had everything already
                _happened(row, "flashed", words=firmware)
            row.serial_port, row.chip, row.firmware = serial_port, chip, firmware
            row.flash_state, row.flashed = "ready", _now()
            row.order = row.fault = row.faulted = None

    def flash_failed(self, mac: str, serial_port: str, fault: Text) -> None:
        """See `services.ports.ClassSet.flash_failed`."""
        with self._change(mac) as row:
            row.serial_port, row.fault, row.faulted = serial_port, msgspec.json.encode(fault), _now()
            _happened(row, "failed", fault=row.fault)

    def note_test(self, mac: str, lesson_id: str, outcome: str, report: bytes) -> None:
        """See `services.ports.ClassSet.note_test`."""
        with self._change(mac) as row:
            row.test_lesson, row.test_outcome, row.test_report, row.tested = lesson_id, outcome, report, _now()
            _happened(row, "tested", words=lesson_id, outcome=outcome)

    def note_fault(self, mac: str, words: str) -> None:
        """See `services.ports.ClassSet.note_fault`."""
        with self._change(mac) as row:
            row.noted_fault, row.noted = words[:_MOST_WORDS], _now()
            _happened(row, "noted", words=words)

    def clear_faults(self, mac: str) -> None:
        """See `services.ports.ClassSet.clear_faults`."""
        with self._change(mac) as row:
            if row.fault is not None or row.noted_fault:
                row.noted_fault, row.noted, row.fault, row.faulted = "", None, None, None
                _happened(row, "mended")

    def history(self, mac: str, most: int = 100) -> list[BoardEvent]:
        """See `services.ports.ClassSet.history`."""
        query = select(BoardHistoryRow).where(BoardHistoryRow.mac == mac).order_by(BoardHistoryRow.id.desc()).limit(most)
        with translated(self._path), Session(self._engine) as session:
            return [BoardEvent(_iso(row.when), row.kind, row.words, row.outcome, _fault(row.fault)) for row in session.scalars(query)]

    @contextmanager
    def _change(self, mac: str) -> Iterator[BoardRow]:
        """The board's row, made where it is missing, in a transaction that other writers wait for."""
        with translated(self._path), Session(self._writing) as session, session.begin():
            row = session.get(BoardRow, mac)
            if row is None:
                row = BoardRow(mac=mac, serial_port="", flash_state="")
                session.add(row)
                session.flush()  # what happens to it refers to it
            yield row


def _of_name(session: Session, name: BoardName) -> BoardRow | None:
    return session.scalars(select(BoardRow).where(BoardRow.class_name == name.class_name, BoardRow.number == name.number)).first()


def _record(row: BoardRow) -> BoardRecord:
    return BoardRecord(
        mac=row.mac,
        name=BoardName(row.class_name, row.number) if row.class_name is not None and row.number is not None else None,
        chip=row.chip,
        serial_port=row.serial_port,
        firmware=row.firmware,
        flash_state=row.flash_state,
        order=_decoded(row.order, FlashOrder),
        flashed_utc=_iso(row.flashed),
        fault=_fault(row.fault),
        fault_utc=_iso(row.faulted),
        test_lesson=row.test_lesson,
        test_outcome=row.test_outcome,
        test_report=row.test_report or b"",
        tested_utc=_iso(row.tested),
        noted_fault=row.noted_fault,
        noted_utc=_iso(row.noted),
    )


def _happened(row: BoardRow, kind: str, *, words: str = "", outcome: str = "", fault: bytes | None = None) -> None:
    """Note it in the board's history, within the change of its row."""
    session = Session.object_session(row)
    assert session is not None
    session.add(BoardHistoryRow(mac=row.mac, when=_now(), kind=kind, words=words[:_MOST_WORDS], outcome=outcome, fault=fault))


def _fault(data: bytes | None) -> Text | None:
    return revive(fault) if (fault := _decoded(data, Text)) else None


def _decoded(data: bytes | None, kind: Any) -> Any:
    """What a column holds as JSON; None where it holds nothing, or what is no such thing: a name is worth more than its details."""
    try:
        return decode_json(data, kind) if data else None
    except msgspec.DecodeError as problem:
        log.warning("a board's record is damaged: %s", problem)
        return None


def _iso(when: datetime.datetime | None) -> str:
    return when.isoformat(timespec="seconds") if when else ""


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
