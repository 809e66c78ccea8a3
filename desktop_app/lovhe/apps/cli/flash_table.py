"""How the flash of each board ended: a table for the teacher, and below it what to do, said once for all boards it is true of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lovhe.apps.cli.output import outcome_mark, say, show_table
from lovhe.apps.flash.endings import told_notes, told_troubles
from lovhe.apps.flash.words import RESULT_WORDS
from lovhe.apps.language import key, number, t
from lovhe.core.boards.names import parse_board_name
from lovhe.core.messages import N_
from lovhe.services.flash.flashing import FlashResult

_MARKS = {"done": "passed", "unchanged": "passed", "failed": "failed", "stopped": "skipped"}


def show_flash_results(results: Sequence[FlashResult], seconds: float | None = None) -> None:
    """The table, the problems and what helps, what happened on the way, and the sum; `seconds` is what all of it took."""
    ordered = sorted(results, key=_place)
    headings = [key("Board"), key("Name"), key("MAC"), key("Result"), key("Seconds")]
    rows = [_row(result) for result in ordered]
    used = [at for at in range(len(headings)) if at != 1 or any(row[1] for row in rows)]
    show_table([headings[at] for at in used], [[row[at] for at in used] for row in rows])
    _tell_notes(ordered)
    _tell_errors(ordered)
    _tell_stopped(ordered)
    if seconds is not None and len(results) > 1:
        _tell_sum(results, seconds)


def _tell_sum(results: Sequence[FlashResult], seconds: float) -> None:
    done, n = sum(result.ok for result in results), len(results)
    say()
    say(
        N_("{done} of {n} board done in {seconds:.0f} s.", "{done} of {n} boards done in {seconds:.0f} s.", done=done, n=n, seconds=seconds)
    )
    if any(result.error for result in results):
        say(N_("When that is mended, give the same command once more: boards that are done already take no time."))


def say_names_hint(results: Iterable[FlashResult]) -> None:
    """How boards get names, where some that are done have none."""
    nameless = sum(result.ok and not result.name for result in results)
    if nameless:
        say(
            N_(
                "{n} board has no name yet: flash with `--class 7A` (your class), and it gets the next one, like 7A-12.",
                "{n} boards have no names yet: flash with `--class 7A` (your class), and they get them in order, like 7A-12.",
                n=nameless,
            )
        )


def as_object(result: FlashResult) -> dict[str, object]:
    """A result as `--json` prints it."""
    return {
        "name": result.board.name,
        "sticker": result.name,
        "serial_port": result.board.serial_port,
        "chip": result.chip,
        "mac": result.mac,
        "ok": result.ok,
        "outcome": result.outcome,
        "error": f"{t(result.error.what)} {t(result.error.next_step)}" if result.error else None,
        "notes": [t(note) for note in result.notes],
        "seconds": round(result.seconds, 2),
        "written": result.written,
        "skipped": result.skipped,
    }


def _place(result: FlashResult) -> tuple[bool, str, int, list[tuple[int, str]]]:
    """By class and number; boards without a name last, COM9 before COM10."""
    name = parse_board_name(result.name or result.board.sticker)
    natural = [(int(digits or 0), word) for word, digits in re.findall(r"(\D*)(\d*)", result.board.name)]
    return (name is None, name.class_name if name else "", name.number if name else 0, natural)


def _row(result: FlashResult) -> tuple[str, ...]:
    outcome = f"{outcome_mark(_MARKS[result.outcome])} {t(RESULT_WORDS[result.outcome])}"
    return (result.board.name, result.name or result.board.sticker, result.mac or result.board.mac, outcome, number(result.seconds, ".1f"))


def _tell_errors(results: Sequence[FlashResult]) -> None:
    for labels, texts in told_troubles(results):
        indent = ""
        if len(results) > 1:
            indent = "  "
            say()
            say(N_("Not done: {boards}", boards=labels))
        for text in texts:
            say(indent + t(text))


def _tell_notes(results: Sequence[FlashResult]) -> None:
    said = told_notes(results)
    if said and len(results) > 1:
        say()
    for labels, texts in said:
        say(N_("{board}: {note}", board=labels, note=texts[0]))


def _tell_stopped(results: Sequence[FlashResult]) -> None:
    stopped = sum(result.outcome == "stopped" for result in results)
    if stopped:
        say(
            N_(
                "{n} board was stopped. If it was begun, `lovhe flash --resume` finishes it; else it is as it was.",
                "{n} boards were stopped. `lovhe flash --resume` finishes those that were begun; the others are as they were.",
                n=stopped,
            )
        )
