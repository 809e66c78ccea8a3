"""The flash of a class set with its parts plugged in, and what `lovhe flash --resume` has to finish."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from lovhe.services.flash.class_flash import ClassFlash, FlashWishes, Patience

if TYPE_CHECKING:
    from lovhe.core.messages import Text
    from lovhe.services.flash.flashing import FlashResult, FlashWatcher
    from lovhe.services.ports import BoardInfo, Firmware

PATIENCE = Patience()


@contextmanager
def class_flash(wishes: FlashWishes, watcher: FlashWatcher | None = None) -> Iterator[ClassFlash]:
    """What flashes a class as `wishes` say; its results file is open meanwhile.

    Raises `ResultsError` when that cannot be, and `InputError` for a firmware that no board could get.
    """
    from lovhe.adapters.esptool_flash import EsptoolLoader
    from lovhe.adapters.first_words import heard_before
    from lovhe.apps import wiring
    from lovhe.services.recovery import with_records

    library = wiring._firmware_library()
    library.refuse_unknown(wishes.firmware)
    with wiring.results() as store:
        class_set = store.class_set()
        yield ClassFlash(
            EsptoolLoader(),
            class_set,
            library.firmware_for,
            wiring._files_for,
            lambda: with_records(wiring.reachable_boards(), class_set),
            msgspec.structs.replace(wishes, firmware=_by_its_whole_path(wishes.firmware)),
            watcher,
            PATIENCE,
            heard_before,
        )


def suiting_firmware(board: BoardInfo, chip: str) -> Firmware:
    """What a board with this chip gets where its user names no firmware. Raises as `FirmwareLibrary.firmware_for` does."""
    from lovhe.apps import wiring

    return wiring._firmware_library().firmware_for(board, chip)


def unfinished(boards: Sequence[BoardInfo]) -> list[BoardInfo]:
    """Those of `boards` whose flash was cut off, or may have been: to be flashed with `FlashWishes.resume`.

    A board that does not tell its MAC before it is in its loader is among them as long as there is an unfinished one that was not
    found. Raises `ResultsError`.
    """
    from lovhe.apps import wiring
    from lovhe.services.recovery import to_resume

    with wiring.results() as store:
        return to_resume(boards, store.class_set())


def still_unfinished(results: Sequence[FlashResult] = ()) -> list[Text]:
    """A sentence for each board whose flash was cut off and that was not among `results`: it is not plugged in. Raises `ResultsError`."""
    from lovhe.apps import wiring
    from lovhe.services.recovery import not_resumed

    with wiring.results() as store:
        return not_resumed(results, store.class_set())


def _by_its_whole_path(firmware: str) -> str:
    """A file's name as it still names that file after a power cut, from another folder."""
    return str(Path(firmware).resolve()) if firmware and Path(firmware).is_file() else firmware
