"""What the class set's records say before a lesson: boards with an unfinished flash, a fault, or a part that failed its test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lovhe.core.messages import N_
from lovhe.core.pc.rules.finding import Finding
from lovhe.services.ports import BoardRecord

_MOST = 8


def class_findings(records: Sequence[BoardRecord]) -> Iterator[Finding]:
    """One line for the class set; then what is open, the faults of at most eight boards."""
    named = sum(record.name is not None for record in records)
    if records:
        what = N_(
            "{n} board is known on this PC, {named} of them with a name.",
            "{n} boards are known on this PC, {named} of them with a name.",
            n=len(records),
            named=named,
        )
        yield Finding("passed", what)
    else:
        yield Finding("passed", N_("No board has been flashed on this PC yet."))
    unfinished = [record for record in records if record.flash_state == "unfinished"]
    if unfinished:
        yield Finding(
            "unclear",
            N_(
                "The flash of {n} board was cut off: {boards}.",
                "The flash of {n} boards was cut off: {boards}.",
                n=len(unfinished),
                boards=_list(unfinished),
            ),
            N_("Plug in what is named, then run `lovhe flash --resume`: it finishes them."),
        )
    faulty = [record for record in records if record.fault is not None]
    for record in faulty[:_MOST]:
        yield Finding(
            "unclear",
            N_("The last flash of {board} failed: {fault}", board=_name(record), fault=record.fault),
            N_("Flash it again alone, with another cable and without a hub. If it is gone, `lovhe board forget` takes it off the list."),
        )
    if len(faulty) > _MOST:
        yield Finding(
            "unclear",
            N_("The last flash of {n} more board failed.", "The last flash of {n} more boards failed.", n=len(faulty) - _MOST),
            N_("`lovhe boards` shows them."),
        )
    broken = [record for record in records if record.test_outcome == "failed"]
    if broken:
        yield Finding(
            "unclear",
            N_(
                "The self-test found a fault on {n} board: {boards}.",
                "The self-test found a fault on {n} boards: {boards}.",
                n=len(broken),
                boards=_list(broken),
            ),
            N_("Mend its wiring or parts, then run `lovhe board test` again."),
        )


def _list(records: Sequence[BoardRecord]) -> str:
    shown = ", ".join(_name(record) for record in records[:_MOST])
    return f"{shown} …" if len(records) > _MOST else shown


def _name(record: BoardRecord) -> str:
    return str(record.name) if record.name is not None else record.mac
