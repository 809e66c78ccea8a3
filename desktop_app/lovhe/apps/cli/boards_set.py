"""`lovhe boards --set`: the class set, so that a teacher sees at a glance which board is missing and which was faulty."""

from __future__ import annotations

from collections.abc import Sequence

from lovhe.apps.board_set import SetBoard, boards_to_ask, set_boards
from lovhe.apps.board_words import OUTCOMES, short_firmware, who_is_missing
from lovhe.apps.cli.output import outcome_mark, say, show, show_json, show_table
from lovhe.apps.cli.results import local_time
from lovhe.apps.flash.sentences import in_short
from lovhe.apps.language import key, t
from lovhe.core.messages import N_, Message
from lovhe.core.shown_text import harmless
from lovhe.services.ports import BoardInfo, BoardRecord


def show_set(boards: Sequence[BoardInfo], class_name: str, as_json: bool) -> None:
    """All known boards as a table, below it what is wrong with which, and which are missing; `boards` are those that are here."""
    known = [one for one in set_boards(boards) if not class_name or (one.record.name and one.record.name.class_name == class_name)]
    if as_json:
        show_json([_as_object(one) for one in known])
        return
    if not known:
        say(N_("This PC knows no boards of a class set yet."))
        say(N_("`lovhe flash --all --class 7A` flashes all that are plugged in, names them and remembers them."))
        return
    show_table(
        (key("Sticker"), key("Now at"), key("Last flash"), key("Firmware"), key("Chip"), "MAC"),
        [
            (
                f"{outcome_mark(_outcome(one.record))} {_shown(one.record)}",
                one.here.name if one.here else "–",
                local_time(one.record.flashed_utc) if one.record.flashed_utc else "–",
                short_firmware(one.record.firmware) or "–",
                one.record.chip or "–",
                one.record.mac,
            )
            for one in known
        ],
    )
    notes = [*_cut_off(known), *(note for one in known for note in _notes(one.record))]
    if notes:
        show()
    for note in notes:
        show(note)
    _say_who_is_missing(known, boards)


def _shown(record: BoardRecord) -> str:
    return str(record.name) if record.name else "–"


def _called(record: BoardRecord) -> str:
    return str(record.name or record.mac)


def _outcome(record: BoardRecord) -> str:
    """The worst that is known of the board: a mark in front of it; what it stands for is said below the table."""
    if record.flash_state == "unfinished" or record.fault is not None or record.noted_fault or record.test_outcome == "failed":
        return "failed"
    if record.test_outcome not in ("", "passed"):
        return "unclear"
    return "passed" if record.flashed_utc else "skipped"


def _cut_off(known: Sequence[SetBoard]) -> list[Message]:
    """The boards that a flash was begun on and not finished."""
    names = [_called(one.record) for one in known if one.record.flash_state == "unfinished"]
    if not names:
        return []
    return [
        N_(
            "{names}: its flash was cut off. `lovhe flash --resume` finishes it.",
            "{names}: their flash was cut off. `lovhe flash --resume` finishes it.",
            n=len(names),
            names=in_short(names),
        )
    ]


def _notes(record: BoardRecord) -> list[Message]:
    board, notes = _called(record), []
    if record.fault is not None:
        notes.append(N_("{board}, flash of {when}: {what}", board=board, when=local_time(record.fault_utc), what=record.fault))
    if record.noted_fault:
        notes.append(
            N_("{board}, noted on {when}: {what}", board=board, when=local_time(record.noted_utc), what=harmless(record.noted_fault))
        )
    if record.test_outcome not in ("", "passed"):
        notes.append(
            N_(
                "{board}: the test of {when} with the circuit of {lesson} ended: {outcome}.",
                board=board,
                when=local_time(record.tested_utc),
                lesson=record.test_lesson,
                outcome=t(OUTCOMES.get(record.test_outcome, record.test_outcome)),
            )
        )
    return notes


def _say_who_is_missing(known: Sequence[SetBoard], boards: Sequence[BoardInfo]) -> None:
    missing = [_called(one.record) for one in known if one.here is None]
    unknown = len(boards_to_ask(boards))
    show()
    show(who_is_missing(missing, len(known), unknown))
    if missing and unknown:
        say(
            N_(
                "{n} board here does not say who it is: `lovhe boards --set --ask` asks it; its program is interrupted by that.",
                "{n} boards here do not say who they are: `lovhe boards --set --ask` asks them; their programs are interrupted by that.",
                n=unknown,
            )
        )


def _as_object(one: SetBoard) -> dict[str, object]:
    record = one.record
    return {
        "sticker": str(record.name or ""),
        "mac": record.mac,
        "here": one.here is not None,
        "serial_port": one.here.serial_port if one.here else "",
        "chip": record.chip,
        "firmware": record.firmware,
        "state": record.flash_state,
        "flashed": record.flashed_utc,
        "fault": t(record.fault) if record.fault else "",
        "fault_time": record.fault_utc,
        "noted_fault": record.noted_fault,
        "noted": record.noted_utc,
        "test_lesson": record.test_lesson,
        "test_outcome": record.test_outcome,
        "tested": record.tested_utc,
    }
