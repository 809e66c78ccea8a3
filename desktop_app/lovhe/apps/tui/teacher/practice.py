"""While a teacher practises, the app works with other data, as another pupil; afterwards all is as it was."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from lovhe.apps.data_places import data_in
from lovhe.apps.teaching.first_hour import practice_folder
from lovhe.apps.teaching.practice_boards import FlashPractice, end_boards
from lovhe.apps.workspace.wiring import hold_app, load_desk, work_store
from lovhe.core.pupils.group import Group
from lovhe.core.pupils.pupil import Pupil

if TYPE_CHECKING:
    from lovhe.apps.tui.app import LovheApp

_FLUSH_S, _END_S = 3.0, 20.0


class Practice:
    """Begins at once. `is_alone` is False where another window practises already; `boards` are being flashed, or are, None before."""

    def __init__(self, app: LovheApp) -> None:
        self.folder: Path = practice_folder()
        self.boards: FlashPractice | None = None
        self._app, self._desk = app, app.desk
        self._ending: list[threading.Thread] = []
        self._held = ExitStack()
        self._held.enter_context(data_in(self.folder))
        self.is_alone = hold_app(self._held)
        app.desk = load_desk()
        app.desk.begin_with(self._desk.language, self._desk.theme)

    def sit_down(self, pupil: Pupil) -> None:
        """The teacher plays this pupil from now on, and goes on where they were in the lesson."""
        if self._app.desk.group != Group((pupil,)):
            self._app.desk.sit_down(Group((pupil,)))

    def begin_boards(self) -> None:
        """Start three boards and flash them; those of a try before end."""
        if self.boards is not None:
            self._end(self.boards)
        self.boards = FlashPractice()
        self.boards.begin()

    def end(self) -> None:
        """What was typed is on the disk first: where the practice desk lies, never in the place of the one that comes back."""
        work_store().flush(_FLUSH_S)
        practised, self._app.desk = self._app.desk, self._desk
        self._desk.language, self._desk.theme = practised.language, practised.theme
        self._held.close()
        if self.boards is not None:
            self._end(self.boards)

    def wait_for_boards(self) -> None:
        """Until those have ended that were told to. Not for the event loop."""
        for thread in self._ending:
            thread.join(_END_S)

    def _end(self, boards: FlashPractice) -> None:
        boards.stop()
        self._app.keeper.end_boards(boards.boards)
        self._ending.append(threading.Thread(target=_end, args=[boards], name="EndPractice", daemon=True))
        self._ending[-1].start()


def _end(boards: FlashPractice) -> None:
    boards.wait(_END_S)
    end_boards(boards.boards)
