"""Where a teacher may want to save a file: sticks, and a folder of this computer."""

from __future__ import annotations

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
