"""Where a teacher may want to save a file: sticks, and a folder of this computer."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from lovhe.apps.teaching import wiring
from lovhe.core.messages import N_, Text


class SavePlace(NamedTuple):
    """A folder, and what to call it."""

    folder: Path
    told: Text


def save_places() -> list[SavePlace]:
    """The sticks that are plugged in, and the user's documents. Not for the event loop: a drive may have to spin up."""
    from lovhe.apps.workspace.wiring import stick_folders

    documents = wiring.documents_folder()
    return [
        *(SavePlace(folder, N_("USB stick: {folder}", folder=str(folder))) for folder in stick_folders()),
        SavePlace(documents, N_("This computer: {folder}", folder=str(documents))),
    ]


def folder_typed(typed: str) -> Path | None:
    """The folder that somebody means; None for half a name. "E:" is a drive's first folder, and "~" the user's own."""
    folder = Path(typed)
    with suppress(RuntimeError):  # there is no user of the name behind "~"
        folder = folder.expanduser()
    if folder.drive and not folder.root:
        folder = Path(f"{folder.drive}/", *folder.parts[1:])
    return folder if folder.is_absolute() else None
