"""Copies are made, looked into and put back by jobs: a stick is slow, and all of a copy is read before it is trusted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lovhe.apps.teaching import wiring
from lovhe.apps.teaching.copies import FoundCopy, make_copy, put_back
from lovhe.apps.user_files import refuse_no_folder
from lovhe.apps.workspace.jobs import Job
from lovhe.apps.workspace.told import Busy
from lovhe.core.messages import N_, Text

if TYPE_CHECKING:
    from lovhe.adapters.results_db.backups import Copied

_MEGABYTE = 1_000_000


class MakeCopy(Job):
    """Copies the results into `folder`. `said` is afterwards what to tell."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._percent = -1
        self.said: list[Text] = []

    def _work(self) -> None:
        refuse_no_folder(self._folder)
        self._tell_share(0.0)
        copied = make_copy(self._folder, [], self._tell_share)
        self.said = [
            N_(
                "{n} result is in {file} ({size} MB); the copy was read back.",
                "{n} results are in {file} ({size} MB); the copy was read back.",
                n=copied.attempts,
                file=str(copied.file),
                size=-(-copied.size_bytes // _MEGABYTE),
            ),
            N_("Let the computer eject the stick before you pull it out."),
        ]

    def _tell_share(self, share: float) -> None:
        percent = int(share * 100)
        if percent == self._percent:
            return
        self._percent = percent
        if percent < 100:
            self.tell(Busy(N_("Copying to {folder} … Do not pull the stick out yet.", folder=str(self._folder)), percent, 100))
        else:
            self.tell(Busy(N_("Reading the copy back … Do not pull the stick out yet.")))


class LookInto(Job):
    """Reads all of a copy; `copied` is afterwards what is in it."""

    def __init__(self, copy: FoundCopy) -> None:
        super().__init__()
        self.copy = copy
        self.copied: Copied | None = None

    def _work(self) -> None:
        self.tell(Busy(N_("Reading the copy {file} …", file=str(self.copy.file))))
        self.copied = wiring.look_into_backup(self.copy.file)


class PutBack(Job):
    """Makes the results of this PC what a copy has that was looked into. `said` is afterwards what to tell."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file
        self.said: list[Text] = []

    def _work(self) -> None:
        self.tell(Busy(N_("Keeping what is here now, then putting the copy in its place …")))
        kept = put_back(self._file)
        self.said = [N_("The results are those of the copy now. What was here before is in {file}.", file=str(kept))]
