"""Copies are made, looked into, put back and put together by jobs: a stick is slow, and all of a copy is read before it is trusted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lovhe.apps.teaching import wiring
from lovhe.apps.teaching.copies import FoundCopy, keep_results, make_copy, put_back
from lovhe.apps.teaching.merge_words import how_it_is_now, what_came
from lovhe.apps.teaching.merging import Refused, merge_each
from lovhe.apps.user_files import refuse_no_folder
from lovhe.apps.workspace.jobs import Job
from lovhe.apps.workspace.told import Busy
from lovhe.core.errors import InputError
from lovhe.core.messages import N_, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lovhe.adapters.results_db.backups import Copied
    from lovhe.services.ports.merging import Merged

_MEGABYTE = 1_000_000


class CopyJob(Job):
    """`said` is afterwards what to tell; `at_stake`, why somebody had better wait for it."""

    at_stake: Text | None = None

    def __init__(self) -> None:
        super().__init__()
        self.said: list[Text] = []

    def go_on(self, share: float) -> None:
        """Called while a copy is being written. Raises `InputError` where the job was stopped: then nothing stays of the copy."""
        if self.stopped.is_set():
            raise InputError(N_("The copy was stopped."), N_("The results are as they were."))


class MakeCopy(CopyJob):
    """Copies the results into `folder`."""

    at_stake = N_("The results are being copied. If you go now, there is no copy.")

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._percent = -1

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
        self.go_on(share)
        percent = int(share * 100)
        if percent == self._percent:
            return
        self._percent = percent
        if percent < 100:
            self.tell(Busy(N_("Copying to {folder} … Do not pull the stick out yet.", folder=str(self._folder)), percent, 100))
        else:
            self.tell(Busy(N_("Reading the copy back … Do not pull the stick out yet.")))


class LookInto(CopyJob):
    """Reads all of a copy; `copied` is afterwards what is in it."""

    def __init__(self, copy: FoundCopy) -> None:
        super().__init__()
        self.copy = copy
        self.copied: Copied | None = None

    def _work(self) -> None:
        self.tell(Busy(N_("Reading the copy {file} …", file=str(self.copy.file))))
        self.copied = wiring.look_into_backup(self.copy.file)


class PutBack(CopyJob):
    """Makes the results of this PC what a copy has that was looked into."""

    at_stake = N_("A copy is being put back. If it is cut off, the results stay as they were.")

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file

    def _work(self) -> None:
        self.tell(Busy(N_("Keeping what is here now, then putting the copy in its place …")))
        kept = put_back(self._file, self.go_on)
        self.said = [N_("The results are those of the copy now. What was here before is in {file}.", file=str(kept))]


class LookIntoAll(CopyJob):
    """Reads all of several copies. `copied` is afterwards what is in them, `refused` those that cannot be used; `said` tells of these."""

    def __init__(self, files: Sequence[Path]) -> None:
        super().__init__()
        self._files = files
        self.copied: list[Copied] = []
        self.refused: list[Path] = []

    def _work(self) -> None:
        for number, file in enumerate(self._files, 1):
            if self.stopped.is_set():
                return
            self.tell(Busy(N_("Reading copy {number} of {n}: {file} …", number=number, n=len(self._files), file=str(file))))
            try:
                self.copied.append(wiring.look_into_backup(file))
            except InputError as problem:
                self.refused.append(file)
                self.said += [problem.what, problem.next_step]


class PutTogether(CopyJob):
    """Takes in copies from other PCs, and keeps before what is here. Stopped, it leaves out those that are to come."""

    at_stake = N_("Results are being put together. The copies that are still to come would be left out.")

    def __init__(self, files: Sequence[Path]) -> None:
        super().__init__()
        self._files = files

    def _work(self) -> None:
        self.tell(Busy(N_("Keeping what is here now …")))
        kept = keep_results(self.go_on)
        last: Merged | None = None
        try:
            for one in merge_each(self._in_turn()):
                self.said += what_came(one)
                last = last if isinstance(one, Refused) else one
        finally:
            if last is not None:
                self.said += how_it_is_now(last, kept)

    def _in_turn(self) -> Iterator[Path]:
        for done, file in enumerate(self._files):
            if self.stopped.is_set():
                left = len(self._files) - done
                self.said.append(N_("It was stopped: {n} copy was left out.", "It was stopped: {n} copies were left out.", n=left))
                return
            what = N_("Putting together copy {number} of {n}: {file} …", number=done + 1, n=len(self._files), file=str(file))
            self.tell(Busy(what))
            yield file
