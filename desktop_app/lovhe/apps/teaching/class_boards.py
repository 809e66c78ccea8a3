"""The boards as a teacher has them: those of the class set, here or missing, and those that are here and not known yet."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence

import msgspec

from lovhe.apps import wiring
from lovhe.apps.board_words import OUTCOMES, STATES, who_is_missing
from lovhe.apps.language import key, t
from lovhe.core.errors import InputError
from lovhe.core.messages import N_, Message, Text
from lovhe.core.shown_text import harmless
from lovhe.services.ports import BoardEvent, BoardInfo, BoardRecord, ClassSet

MOST_NOTED = 120
"""So many letters of a fault are kept."""

_QUIET_STATES = ("ready", "unfinished", "busy")
"""What the record tells better, or is soon over."""


class BoardLine(msgspec.Struct, frozen=True):
    """One board. Without a `record` nothing is known of it yet; without `here` it is not plugged in, as far as can be told."""

    record: BoardRecord | None
    here: BoardInfo | None

    @property
    def id(self) -> str:
        """What tells it from the others while the app is open."""
        return self.mac or (self.here.serial_port if self.here is not None else "")

    @property
    def mac(self) -> str:
        """ "" for a board that does not say who it is."""
        return self.record.mac if self.record is not None else self.here.mac if self.here is not None else ""

    @property
    def label(self) -> str:
        """What a user knows it by."""
        if self.record is not None and self.record.name is not None:
            return str(self.record.name)
        return harmless(self.here.shown) if self.here is not None else self.mac

    @property
    def short_label(self) -> str:
        """As `label`, of a MAC its end: the begin is its maker's."""
        return f"…{self.mac[-8:]}" if self.label == self.mac else self.label

    @property
    def is_named(self) -> bool:
        """Whether it has a sticker of a class."""
        return self.record is not None and self.record.name is not None

    @property
    def is_cut_off(self) -> bool:
        """Whether a flash was begun and not finished."""
        return self.record is not None and self.record.flash_state == "unfinished"

    @property
    def wrong(self) -> list[Text | str]:
        """What is wrong with it, in a few words each, the worst first."""
        found: list[Text | str] = []
        if self.is_cut_off:
            found.append(key("flash cut off"))
        if self.here is not None and self.here.state not in _QUIET_STATES:
            found.append(STATES.get(self.here.state, self.here.state))
        if self.record is not None:
            if self.record.noted_fault:
                found.append(harmless(self.record.noted_fault))
            if self.record.test_outcome not in ("", "passed"):
                found.append(N_("test: {outcome}", outcome=t(OUTCOMES.get(self.record.test_outcome, self.record.test_outcome))))
            if self.record.fault is not None:
                found.append(self.record.fault)
        return found


def read_records() -> list[BoardRecord]:
    """The class set. Not for the event loop. Raises `ResultsError`."""
    with wiring.results() as store:
        return store.class_set().boards()


def change_board(line: BoardLine, change: Callable[[ClassSet], None]) -> tuple[BoardLine, list[BoardEvent]]:
    """Do something to the class set; the board as it is then, and what happened to it. Not for the event loop. Raises `ResultsError`."""
    with wiring.results() as store:
        class_set = store.class_set()
        change(class_set)
        return BoardLine(class_set.board(line.mac), line.here), class_set.history(line.mac)


def read_fault(typed: str) -> str:
    """A fault as it is noted. Raises `InputError` where nothing was typed."""
    words = " ".join(harmless(typed).split())[:MOST_NOTED]
    if not words:
        raise InputError(N_("Nothing is written there."), N_("Write in a few words what is wrong: “USB socket loose”."))
    return words


def board_lines(records: Sequence[BoardRecord], boards: Sequence[BoardInfo], macs: Mapping[str, str]) -> list[BoardLine]:
    """The class set by class and number, then what else is here. `macs` are, by serial port, those of boards that had to be asked."""
    present = [msgspec.structs.replace(board, mac=board.mac or macs.get(board.serial_port, "")) for board in boards]
    here = {board.mac: board for board in present if board.mac}
    known = {record.mac for record in records}
    return [
        *(BoardLine(record, here.get(record.mac)) for record in records),
        *(BoardLine(None, board) for board in present if board.mac not in known),
    ]


def summed_up(lines: Sequence[BoardLine]) -> list[Text]:
    """How many boards there are, and which are missing."""
    known = [line for line in lines if line.record is not None]
    unknown = sum(line.here is not None and not line.mac for line in lines)
    if not lines:
        return [N_("There is no board yet. Plug one in with a USB cable that carries data.")]
    told: list[Text] = []
    if known:
        told.append(who_is_missing([line.label for line in known if line.here is None], len(known), unknown))
    if unknown:
        told.append(N_("{n} board does not say who it is: F4 asks it.", "{n} boards do not say who they are: F4 asks them.", n=unknown))
    elif not known:
        told.append(N_("{n} board is here. F5 flashes it and names it.", "{n} boards are here. F5 flashes and names them.", n=len(lines)))
    return told


def told_of(line: BoardLine) -> list[Text]:
    """All that is wrong with a board, in sentences, and what helps."""
    record, told = line.record, list[Text]()
    if line.is_cut_off:
        told.append(N_("Its flash was cut off. “Finish” (F3) in the list of boards finishes it."))
    if line.here is not None and line.here.state == "empty":
        told.append(N_("There is no MicroPython on it yet. “Flash this board” (F6) in the list of boards puts it there."))
    if record is None:
        return told or [
            N_("This computer has never flashed it. “Flash this board” (F6) in the list of boards does, and can give it a name.")
        ]
    if record.noted_fault:
        told.append(N_("Noted on {when}: {what}", when=local_time(record.noted_utc), what=harmless(record.noted_fault)))
    if record.fault is not None:
        told.append(N_("Its flash of {when} failed: {what}", when=local_time(record.fault_utc), what=record.fault))
        if not line.is_cut_off:
            told.append(N_("“Flash this board” (F6) in the list of boards tries it again."))
    if record.test_outcome not in ("", "passed"):
        told.append(
            N_(
                "The test of {when} with the circuit of {lesson} ended: {outcome}.",
                when=local_time(record.tested_utc),
                lesson=record.test_lesson,
                outcome=t(OUTCOMES.get(record.test_outcome, record.test_outcome)),
            )
        )
    return told or [N_("Nothing is wrong with it, as far as is known.")]


def happened(event: BoardEvent) -> Message:
    """What happened to a board, in a sentence."""
    words = harmless(event.words)
    match event.kind:
        case "flashed":
            return N_("Flashed with {firmware}, and read back.", firmware=words)
        case "failed":
            return N_("Its flash failed: {what}", what=event.fault or "?")
        case "tested":
            return N_(
                "Tested with the circuit of {lesson}: {outcome}.", lesson=words, outcome=t(OUTCOMES.get(event.outcome, event.outcome))
            )
        case "named":
            return N_("It is {name} from now on.", name=words)
        case "noted":
            return N_("A fault was noted: {what}", what=words)
    return N_("It is mended: its faults were cleared.")


def local_time(when_utc: str) -> str:
    """A stored time on the clock of the place, to the minute."""
    return f"{datetime.datetime.fromisoformat(when_utc).astimezone():%d.%m.%Y %H:%M}"


def local_day(when_utc: str) -> str:
    """Its day alone, in short; "" for never."""
    return f"{datetime.datetime.fromisoformat(when_utc).astimezone():%d.%m.%y}" if when_utc else ""
