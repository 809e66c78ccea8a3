"""What was left unfinished and is to be finished."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from lovhe.core.messages import N_, Text
from lovhe.services.flash.flashing import FlashResult
from lovhe.services.ports import BoardInfo, BoardRecord, ClassSet


def with_records(boards: Sequence[BoardInfo], class_set: ClassSet) -> list[BoardInfo]:
    """`boards` with their names, and with state "unfinished" where a flash was cut off and not finished since.

    An unplugged board stays "off". Only boards whose MAC is known can be told: virtual ones, and chips with USB of their own.
    """
    known = {record.mac: record for record in class_set.boards()}
    return [_with_record(board, known[board.mac]) if board.mac in known else board for board in boards]


def _with_record(board: BoardInfo, record: BoardRecord) -> BoardInfo:
    unfinished = record.flash_state == "unfinished" and board.state not in ("busy", "off")
    return msgspec.structs.replace(
        board, sticker=str(record.name) if record.name else "", state="unfinished" if unfinished else board.state
    )


def to_resume(boards: Sequence[BoardInfo], class_set: ClassSet) -> list[BoardInfo]:
    """Those of `boards` whose flash was cut off; while some such board is not among them, also those whose MAC nobody knows yet."""
    unfinished = {record.mac for record in class_set.boards() if record.flash_state == "unfinished"}
    missing = unfinished - {board.mac for board in boards if board.state != "off"}
    return [board for board in boards if board.state != "off" and (board.mac in unfinished or (missing and not board.mac))]


def not_resumed(results: Sequence[FlashResult], class_set: ClassSet) -> list[Text]:
    """A sentence for each board whose flash was cut off and that none of `results` is about."""
    met = {result.mac for result in results}
    return [_not_there(record) for record in class_set.boards() if record.flash_state == "unfinished" and record.mac not in met]


def _not_there(record: BoardRecord) -> Text:
    if record.name:
        return N_("{name} is unfinished and not plugged in.", name=str(record.name))
    return N_(
        "The board with the MAC {mac} is unfinished and not plugged in. It was at {serial_port}.",
        mac=record.mac,
        serial_port=record.serial_port,
    )
