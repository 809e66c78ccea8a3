"""What a teacher chooses before boards are flashed: which firmware, and whether the files on the boards stay.

What can be chosen is what `lovhe flash` takes, too: a file of the firmware library, and `--keep-files`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from lovhe.apps import firmware_store
from lovhe.apps.board_words import chip_name
from lovhe.apps.flash.sentences import in_short
from lovhe.apps.flash.wiring import suiting_firmware
from lovhe.apps.teaching.class_boards import BoardLine
from lovhe.apps.workspace.app_words import FETCH_FIRST
from lovhe.core.errors import LovheError
from lovhe.core.firmware.releases import StoredImage
from lovhe.core.messages import N_, Message, Text
from lovhe.services.flash.flashing import FlashWishes
from lovhe.services.ports import BoardInfo

_WHAT_SUITS = N_("Each board gets the newest MicroPython for its chip that is on this computer.")
_NEW = N_("All programs that are on them now are lost. Only what differs is written: a board that has everything takes a second or two.")
_OF_ITS_OWN = N_("Virtual boards have a MicroPython of their own.")


class FlashChoice(msgspec.Struct, frozen=True):
    """What was chosen; `firmware` is what `FlashWishes` takes. As it is made, it is what most flashes want."""

    firmware: str = ""
    keep_files: bool = False

    def wishes(self, class_name: str) -> FlashWishes:
        """A flash as it was chosen."""
        return FlashWishes(firmware=self.firmware, keep_files=self.keep_files, class_name=class_name)


class Offer(msgspec.Struct, frozen=True):
    """One thing to choose: its value in a `FlashChoice`, what it is called, and what it means in a sentence."""

    value: str | bool
    name: Text
    meaning: Text


class FlashOffers(msgspec.Struct, frozen=True):
    """What can be chosen, by its field of a `FlashChoice`, first what is usual; `warnings` tell what is wrong with the firmware here."""

    firmware: list[Offer]
    keep_files: list[Offer]
    warnings: list[Text] = []

    def of(self, field: str) -> list[Offer]:
        """What can be chosen for one field."""
        return self.firmware if field == "firmware" else self.keep_files

    def fitting(self, choice: FlashChoice) -> FlashChoice:
        """`choice`, with the usual firmware where its own is not among those offered now."""
        offered = any(offer.value == choice.firmware for offer in self.firmware)
        return choice if offered else msgspec.structs.replace(choice, firmware="")


def read_offers(lines: Sequence[BoardLine]) -> FlashOffers:
    """What there is to choose for these boards; none are boards that are yet to come. Not for the event loop."""
    chips = {_chip(line) for line in lines} or {""}
    real = {_chip(line): line.here for line in lines if line.here is not None and not line.here.virtual}
    try:
        store = firmware_store.store()
        images = {image.file: image for image in store.images()}
        released = [file for release in store.releases for file in store.files_of(release)]
    except LovheError as problem:
        return FlashOffers([_usual(_WHAT_SUITS)], _files(lines), [problem.what, problem.next_step])
    suits, warnings = _what_suits(real)
    if not warnings and (real or "" in chips) and not any(image.ok for image in images.values()):
        warnings = [N_("There is no firmware for real boards on this computer yet."), Message(FETCH_FIRST)]
    warnings += _not_in_order(images.values())
    programs = ", ".join(sorted({images[file].program for file in suits if file in images}))
    meaning = _OF_ITS_OWN if lines and not real else _WHAT_SUITS
    if programs:
        meaning = N_("Each board gets the newest MicroPython for its chip that is on this computer: {programs}.", programs=programs)
    known = sorted(images.values(), key=lambda image: released.index(image.file) if image.file in released else len(released))
    offered = [image for image in known if image.ok and (image.chip in chips or "" in chips)]
    stored = [_stored(store.folder, image, image.file in released, chips) for image in offered]
    return FlashOffers([_usual(meaning), *stored], _files(lines), warnings)


def _files(lines: Sequence[BoardLine]) -> list[Offer]:
    """What becomes of the files on the boards."""
    empty = in_short(line.label for line in lines if line.here is not None and line.here.state == "empty")
    stay = N_("Only the firmware is written; pupils' programs stay. Not for new boards: they would not get the kit's files.")
    if empty:
        stay = N_(
            "Only the firmware is written; pupils' programs stay. Still empty, and left without the kit's files: {boards}.", boards=empty
        )
    return [Offer(False, N_("everything is made new (usual)"), _NEW), Offer(True, N_("the files on the boards stay"), stay)]


def _chip(line: BoardLine) -> str:
    """As far as it is known before the board is in its loader."""
    here = line.here.chip if line.here is not None else ""
    return here or (line.record.chip if line.record is not None else "")


def _what_suits(boards: Mapping[str, BoardInfo]) -> tuple[list[str], list[Text]]:
    """The files that boards with these chips get by themselves, and what is to be told where there is none."""
    files: list[str] = []
    warnings: list[Text] = []
    for chip, board in boards.items():
        try:
            files += [suiting_firmware(board, chip).name] if chip else []
        except LovheError as problem:
            warnings += [problem.what, problem.next_step]
    return files, warnings


def _not_in_order(images: Iterable[StoredImage]) -> list[Text]:
    files = ", ".join(image.file for image in images if not image.ok)
    return [N_("Not offered, because it is changed, damaged or gone: {files}.", files=files)] if files else []


def _usual(meaning: Text) -> Offer:
    return Offer("", N_("what suits each board (usual)"), meaning)


def _stored(folder: Path, image: StoredImage, is_release: bool, chips: Collection[str]) -> Offer:
    """One of the files that are here: what it says that it is, whether the kit supports it, and which boards it fits."""
    name = N_("{program} for {chip}", program=image.program or image.file, chip=chip_name(image.chip))
    if image.as_released is False:
        meaning = N_("{file} is sound, but it is not the very file that was released as {release}.", file=image.file, release=image.release)
    elif is_release:
        meaning = N_("The file {file}: a release that the kit supports.", file=image.file)
    else:
        meaning = N_("The file {file}: none of the releases that the kit supports. Lessons may not work with it.", file=image.file)
    if chips != {image.chip}:
        meaning = N_("{what} A board with another chip than {chip} is left as it is.", what=meaning, chip=chip_name(image.chip))
    return Offer(str(folder / image.file), name, meaning)
