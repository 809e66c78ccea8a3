"""What the use cases need from the outside. Adapters and virtual boards fit these; `apps.wiring` plugs them in."""

from __future__ import annotations

from lovhe.services.ports.boards import AskingStage, BoardInfo, BoardLink, Person, ShowingStage, Stage, TypingStage
from lovhe.services.ports.flashing import BoardEvent, BoardRecord, ClassSet, Firmware, FlashOrder, Loader, LoaderSession, Region, Written
from lovhe.services.ports.results import Attempt, Mark, ResultsStore

__all__ = [
    "AskingStage",
    "Attempt",
    "BoardEvent",
    "BoardInfo",
    "BoardLink",
    "BoardRecord",
    "ClassSet",
    "Firmware",
    "FlashOrder",
    "Loader",
    "LoaderSession",
    "Mark",
    "Person",
    "Region",
    "ResultsStore",
    "ShowingStage",
    "Stage",
    "TypingStage",
    "Written",
]
