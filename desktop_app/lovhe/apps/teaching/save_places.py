"""Where a teacher may want to save a file: sticks, and a folder of this computer."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from lovhe.apps.teaching import wiring
from lovhe.apps.workspace.wiring import stick_folders
from lovhe.core.messages import N_, Text


class SavePlace(NamedTuple):
    """A folder, and what to call it."""

    folder: Path
    told: Text


def save_places(*, with_documents: bool = True) -> list[SavePlace]:
    """The sticks that are plugged in, and the user's documents. Not for the event loop: a drive may have to spin up."""
    places = [SavePlace(folder, N_("USB stick: {folder}", folder=str(folder))) for folder in stick_folders()]
    if with_documents:
        documents = wiring.documents_folder()
        places.append(SavePlace(documents, N_("This computer: {folder}", folder=str(documents))))
    return places
