"""The class set as commands use it: which boards are here, which board a user means, its name, its stickers."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from lovhe.apps import wiring
from lovhe.core.boards.lights import BOOT_PINS, BoardLight, board_lights
from lovhe.core.boards.names import BoardName, need_board_name, parse_board_name
from lovhe.core.errors import BoardBusyError, BoardError, InputError, LovheError, NoBoardError, UnavailableError
from lovhe.core.messages import N_
from lovhe.services.identifying import Answer, ask, ask_boards, show_itself, write_name
from lovhe.services.ports import BoardInfo, BoardLink, BoardRecord, ClassSet

if TYPE_CHECKING:
    from lovhe.core.boards.labels import Label

_MAC = re.compile(r"(?:[0-9a-f]{2}:){5}[0-9a-f]{2}")
_CANNOT_BE_ASKED = ("busy", "off", "empty", "loader")

Asking = Callable[[int], None]
"""Called before boards are asked who they are, with their number: their programs are about to be interrupted."""


class SetBoard(msgspec.Struct, frozen=True):
    """A board that this PC knows, and where it is now; `here` is None for one that is not plugged in, as far as can be told."""

    record: BoardRecord
    here: BoardInfo | None


class Renamed(msgspec.Struct, frozen=True):
    """What a renaming did. `written` says that the board itself has the name; `error` why it was reached and has it not."""

    mac: str
    name: BoardName
    written: bool
    error: LovheError | None = None


# --- which boards are here ---


def boards_to_ask(boards: Iterable[BoardInfo]) -> list[BoardInfo]:
    """Those that do not say over USB which they are, and may be asked."""
    return [board for board in boards if not board.mac and board.state not in _CANNOT_BE_ASKED]


def ask_who(boards: Sequence[BoardInfo], asking: Asking) -> tuple[list[BoardInfo], list[Answer]]:
    """`boards` with the MAC, chip and sticker of those that had to be asked, and the answers that were refusals."""
    unknown = boards_to_ask(boards)
    if not unknown:
        return list(boards), []
    asking(len(unknown))
    answers = list(ask_boards(unknown, wiring.open_link))
    with wiring.results() as store:
        known = {answer.board.serial_port: _told(answer, store.class_set()) for answer in answers}
    return [known.get(board.serial_port, board) for board in boards], [answer for answer in answers if answer.error]


def _told(answer: Answer, class_set: ClassSet) -> BoardInfo:
    """A board with what it has answered. A name that is written in it counts where this PC has none for it, nor it for another."""
    if answer.identity is None:
        return msgspec.structs.replace(answer.board, state="busy" if isinstance(answer.error, BoardBusyError) else "mute")
    record = class_set.board(answer.identity.mac)
    name = record.name if record else None
    if name is None and (written := parse_board_name(answer.identity.name)) and class_set.named(written) is None:
        name = written
    state = "unfinished" if record and record.flash_state == "unfinished" else answer.board.state
    chip = answer.identity.chip or answer.board.chip
    return msgspec.structs.replace(answer.board, mac=answer.identity.mac, chip=chip, sticker=str(name or ""), state=state)


def set_boards(boards: Sequence[BoardInfo]) -> list[SetBoard]:
    """All boards that this PC knows, by class and number, with those of `boards` that they are."""
    here = {board.mac: board for board in boards if board.mac and board.state != "off"}
    with wiring.results() as store:
        return [SetBoard(record, here.get(record.mac)) for record in store.class_set().boards()]


def find_board(word: str, asking: Asking) -> BoardInfo:
    """The board with that sticker, name, MAC or serial port; boards that cannot be told otherwise are asked, the one
    at the serial port of its last flash before the others.

    Raises `NoBoardError`, or `InputError` for what is none of these.
    """
    boards = wiring.find_boards()
    for board in boards:
        if word in (board.serial_port, board.name) or _is(board, word):
            return board
    if parse_board_name(word) is None and not _MAC.fullmatch(word.lower()):
        return wiring.choose_board(word)
    silent = 0
    with wiring.results() as store:
        class_set = store.class_set()
        record = _record_of(class_set, word)
        unknown = boards_to_ask(boards)
        likely = [board for board in unknown if record and board.serial_port == record.serial_port]
        for group in (likely, [board for board in unknown if board not in likely]):
            if group:
                asking(len(group))
            for answer in ask_boards(group, wiring.open_link):
                board = _told(answer, class_set)
                if _is(board, word):
                    return board
                silent += answer.error is not None
        raise _not_here(word, record, silent)


def _is(board: BoardInfo, word: str) -> bool:
    name = parse_board_name(word)
    return (name is not None and board.sticker == str(name)) or (board.mac != "" and board.mac == word.lower())


def _not_here(word: str, record: BoardRecord | None, silent: int) -> NoBoardError:
    shown = str(parse_board_name(word) or word)
    if silent:
        return NoBoardError(
            N_(
                "The board {board} is not among those that answer; {n} board does not say who it is.",
                "The board {board} is not among those that answer; {n} boards do not say who they are.",
                board=shown,
                n=silent,
            ),
            N_("Press the RESET button of the boards that do not answer, close other programs that use them, and try again."),
        )
    if record is not None:
        return NoBoardError(
            N_("The board {board} is not plugged in.", board=shown),
            N_("Plug it in with a cable that carries data; `lovhe boards --set` shows which boards are here."),
        )
    return NoBoardError(
        N_("There is no board {board} here, and this PC knows none of that name.", board=shown),
        N_("`lovhe boards --set` shows the boards that this PC knows."),
    )


def _record_of(class_set: ClassSet, word: str) -> BoardRecord | None:
    """What this PC knows of the board with that sticker or MAC."""
    name = parse_board_name(word)
    return class_set.named(name) if name is not None else class_set.board(word.lower())


# --- one board ---


def identify(board: BoardInfo, duration_s: float, told: Callable[[list[BoardLight], str], None]) -> bool:
    """Let the board blink; `told` hears beforehand which LEDs that may be, and the chip. True when its button BOOT was pressed.

    However it ends, the board's own program starts again. Raises `BoardError`s, `UnavailableError` where no LED is known.
    """
    with _freed(board) as link:
        chip = board.chip or ask(link).chip
        lights = board_lights(wiring.kit().boards().values(), chip)
        if not lights:
            raise UnavailableError(
                N_("Lövhə does not know where boards with the chip {chip} have an LED.", chip=chip or "?"),
                N_("Unplug the boards one after another, and see each time with `lovhe boards` which one is gone."),
            )
        told(lights, chip)
        return show_itself(link, lights, BOOT_PINS.get(chip), duration_s)


@contextmanager
def _freed(board: BoardInfo) -> Iterator[BoardLink]:
    """A link to the board whose own program starts again afterwards."""
    link = wiring.open_link(board)
    try:
        yield link
    finally:
        with contextlib.suppress(BoardError):
            link.restart()
        link.close()


def rename(old: str, new: str, asking: Asking) -> Renamed:
    """Give a board another name: on this PC, and in the board where it can be reached.

    Raises `InputError` where another board has the name, `NoBoardError` where there is no such board.
    """
    name = need_board_name(new)
    try:
        board = find_board(old, asking)
    except NoBoardError:
        with wiring.results() as store:
            record = _record_of(store.class_set(), old)
            if record is None:
                raise
            store.class_set().rename(record.mac, name)
        return Renamed(record.mac, name, written=False)
    mac = board.mac
    try:
        with _freed(board) as link:
            mac = mac or ask(link).mac
            _note_name(mac, name)
            write_name(link, str(name))
    except BoardError as problem:
        if not mac:
            raise
        _note_name(mac, name)
        return Renamed(mac, name, written=False, error=problem)
    return Renamed(mac, name, written=True)


def _note_name(mac: str, name: BoardName) -> None:
    with wiring.results() as store:
        store.class_set().rename(mac, name)


def forget(word: str) -> BoardRecord:
    """Remember nothing of that board any more; what was known of it. Raises `InputError` where nothing was."""
    macs = [board.mac for board in wiring.find_boards() if word in (board.serial_port, board.name) and board.mac]
    with wiring.results() as store:
        class_set = store.class_set()
        record = _record_of(class_set, word) or next((found for mac in macs if (found := class_set.board(mac))), None)
        if record is None:
            raise InputError(
                N_("This PC knows no board {board}.", board=word[:60]),
                N_("`lovhe boards --set` shows the boards that it knows; one without a name is called by its MAC."),
            )
        class_set.forget(record.mac)
    return record


# --- stickers ---


def write_labels(file: Path, class_name: str, numbers: Sequence[int], size: str) -> tuple[int, list[Path]]:
    """Write the stickers of the boards this PC knows, of one class with `class_name`, or of `numbers` of it, had or not had yet.

    How many, and the files: for SVG one a page. Raises `InputError`, `UnavailableError`.
    """
    from lovhe.adapters.label_sheet import pdf_sheet, svg_sheet
    from lovhe.apps.user_files import write_whole
    from lovhe.core.boards.labels import SHEETS, place_labels

    suffix = file.suffix.lower()
    if suffix not in (".pdf", ".svg"):
        raise InputError(
            N_("Stickers are written as PDF or SVG, and {file} says neither.", file=str(file)),
            N_("Give a file name that ends in .pdf or .svg, such as stickers.pdf."),
        )
    labels = _labels(class_name, numbers)
    pages = place_labels(labels, SHEETS[size])
    if suffix == ".pdf":
        write_whole(file, pdf_sheet(pages))
        return len(labels), [file]
    files = [file if len(pages) == 1 else file.with_stem(f"{file.stem}-{number}") for number in range(1, len(pages) + 1)]
    for path, page in zip(files, pages, strict=True):
        write_whole(path, svg_sheet(page).encode())
    return len(labels), files


def _labels(class_name: str, numbers: Sequence[int]) -> list[Label]:
    from lovhe.core.boards.labels import Label

    with wiring.results() as store:
        known = {record.name: record.mac for record in store.class_set().boards() if record.name}
    if numbers:
        names = [BoardName(class_name, number) for number in numbers]
    else:
        names = [name for name in known if class_name in ("", name.class_name)]
    if not names:
        raise InputError(
            N_("No board has a name yet that could stand on a sticker."),
            N_("`lovhe flash --all --class 7A` names boards; stickers for later are made with --class 7A --numbers 1-30."),
        )
    return [Label(name, known.get(name, "")) for name in names]
