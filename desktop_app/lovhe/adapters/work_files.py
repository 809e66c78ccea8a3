"""`services.ports.work.WorkStore` as files: a folder a group, in it a folder a lesson, in it a file a step, and beside it its history.

<folder>/<group>/6-01-blink/make.txt                                     what stands there now
<folder>/<group>/6-01-blink/make.history/20261122T093000000000Z-run.txt  what stood there once
"""

from __future__ import annotations

import logging
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lovhe.adapters.file_lock import file_lock
from lovhe.adapters.plain_files import read_plain, refuse_link
from lovhe.adapters.whole_files import write_whole
from lovhe.adapters.work_names import is_group, is_text_name, safe_name, version_facts, version_name
from lovhe.core.errors import InputError, reason_of
from lovhe.core.messages import N_
from lovhe.core.work.thinning import Kept, too_many
from lovhe.services.ports.work import PASSING, Reason, Version, WorkKey

log = logging.getLogger(__name__)

MOST_BYTES = 1 << 20
"""The longest text that is kept."""

_WAIT_S = 2.0
_one_thread = threading.RLock()


class WorkFiles:
    """All work below `folder`, which is made when it is needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[WorkKey, str] = {}  # what the file held when this app last read or wrote it

    def read(self, key: WorkKey) -> str | None:
        """See `WorkStore.read`."""
        file = self._file(key)
        try:
            with _one_thread:
                refuse_link(file.parent)
                data = read_plain(file, MOST_BYTES)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as problem:
            raise InputError(
                N_("Your work in {file} cannot be read: {reason}.", file=str(file), reason=reason_of(problem)),
                N_("It stays where it is, and you can begin anew; tell your teacher."),
            ) from problem
        text = data.decode("utf-8", "replace")
        self._known.pop(key, None)
        if text.encode() == data:  # a damaged file is not known: it becomes a version before it is written over
            self._known[key] = text
        return text

    def write(self, key: WorkKey, text: str) -> None:
        """See `WorkStore.write`."""
        data = text.encode("utf-8", "replace")
        if len(data) > MOST_BYTES:
            raise InputError(
                N_("This text is longer than {n} KB and is not kept.", n=MOST_BYTES >> 10),
                N_("Make it shorter; a program for a board is never that long."),
            )
        file = self._file(key)
        with self._alone(file):
            self._rescue(key, file, data)
            write_whole(file, data)
            self._known[key] = data.decode()

    def keep_version(self, key: WorkKey, text: str, reason: Reason) -> None:
        """See `WorkStore.keep_version`."""
        data = text.encode("utf-8", "replace")
        if not data.strip() or len(data) > MOST_BYTES:
            return
        with self._alone(self._file(key)):
            self._keep(self._history(key), data, reason)

    def versions(self, key: WorkKey) -> list[Version]:
        """See `WorkStore.versions`."""
        found = []
        for file in self._kept_files(self._history(key)):
            facts = version_facts(file.stem)
            with suppress(OSError):  # one that cannot be read is none
                lines = len(read_plain(file, MOST_BYTES).splitlines())
                if facts is not None:
                    found.append(Version(file.stem, facts[0].isoformat(), facts[1], lines))
        return found

    def version(self, key: WorkKey, version_id: str) -> str:
        """See `WorkStore.version`."""
        gone = InputError(N_("This version is not kept any more."), N_("Take another one."))
        if version_facts(version_id) is None:
            raise gone
        try:
            return read_plain(self._history(key) / f"{version_id}.txt", MOST_BYTES).decode("utf-8", "replace")
        except OSError as problem:
            raise gone from problem

    def has_work(self, group: str, lesson: str) -> bool:
        """See `WorkStore.has_work`."""
        return (self._folder / safe_name(group) / safe_name(lesson)).is_dir()

    def forget_group(self, group: str) -> None:
        """See `WorkStore.forget_group`."""
        with self._alone(self._folder / safe_name(group) / "all"):
            for key in [key for key in self._known if key.group == group]:
                del self._known[key]
            shutil.rmtree(self._folder / safe_name(group), ignore_errors=True)

    def groups(self) -> list[str]:
        """See `WorkStore.groups`."""
        try:
            return sorted(folder.name for folder in self._folder.iterdir() if folder.is_dir() and not folder.is_symlink())
        except OSError:
            return []

    def files(self, group: str) -> list[tuple[str, bytes]]:
        """See `WorkStore.files`."""
        return self._read_all(group, "**/*.txt")

    def texts(self, group: str) -> list[tuple[str, bytes]]:
        """See `WorkStore.texts`."""
        return self._read_all(group, "*/*.txt")

    def take_in(self, group: str, name: str, data: bytes) -> None:
        """See `WorkStore.take_in`."""
        if not (is_group(group) and is_text_name(name)) or len(data) > MOST_BYTES:
            log.warning("%r of %r is left out", name, group)
            return
        file = self._folder / group / name
        history = file.with_suffix(".history")
        with self._alone(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            if not os.path.lexists(file):
                write_whole(file, data)
            elif data.strip() and not any(_holds(kept, data) for kept in (file, *self._kept_files(history))):
                self._keep(history, data, "copied")

    def hand_over(self, group: str, heir: str) -> bool:
        """See `WorkStore.hand_over`."""
        old, new = self._folder / safe_name(group), self._folder / safe_name(heir)
        with self._alone(old / "all"):
            if new.exists():
                return False
            self.let_go(group)
            old.rename(new)
            return True

    def holds(self, group: str) -> bool:
        """See `WorkStore.holds`."""
        return any((self._folder / safe_name(group)).rglob("*.txt"))

    def let_go(self, group: str) -> None:
        """See `WorkStore.let_go`."""
        with _one_thread:
            self._known = {key: text for key, text in self._known.items() if key.group != group}

    # --- the folder ---

    def _read_all(self, group: str, which: str) -> list[tuple[str, bytes]]:
        folder = self._folder / safe_name(group)
        found = []
        for file in sorted(folder.glob(which)):
            with suppress(OSError):
                found.append((file.relative_to(folder).as_posix(), read_plain(file, MOST_BYTES)))
        return found

    def _file(self, key: WorkKey) -> Path:
        step = safe_name(key.step) if key.step else "_program"
        return self._folder / safe_name(key.group) / safe_name(key.lesson) / f"{step}.txt"

    def _history(self, key: WorkKey) -> Path:
        return self._file(key).with_suffix(".history")

    @contextmanager
    def _alone(self, file: Path) -> Iterator[None]:
        """Neither another thread nor another app writes meanwhile. One that hangs for long is not waited for: work must be kept."""
        try:
            with _one_thread:
                for folder in file.relative_to(self._folder).parents:
                    if folder.parts:
                        refuse_link(self._folder / folder)
                self._folder.mkdir(parents=True, exist_ok=True)
                with file_lock(self._folder / ".lock", _WAIT_S) as locked:
                    if not locked:
                        log.warning("%s is held by another app for long", self._folder)
                    yield
        except OSError as problem:
            raise InputError(
                N_("Your work cannot be kept in {file}: {reason}.", file=str(file), reason=reason_of(problem)),
                N_("Copy it to a USB stick now, then make room on the disk or ask your teacher."),
            ) from problem

    def _rescue(self, key: WorkKey, file: Path, data: bytes) -> None:
        """What somebody else has put there since we looked becomes a version; what cannot be read is moved aside."""
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            there = read_plain(file, MOST_BYTES)
        except FileNotFoundError:
            return
        except OSError as problem:
            log.warning("%s is moved aside: %s", file, problem)
            history = self._history(key)
            _make_folder(history)
            file.rename(self._fresh_file(history, "elsewhere"))
            return
        known = self._known.get(key)
        if there != data and there.strip() and (known is None or there != known.encode()):
            self._keep(self._history(key), there, "elsewhere")

    # --- the history ---

    def _keep(self, history: Path, data: bytes, reason: Reason) -> None:
        _make_folder(history)
        kept = self._kept_files(history)
        if kept and _holds(kept[0], data):
            facts = version_facts(kept[0].stem)
            if facts is not None and facts[1] in PASSING and reason not in PASSING:
                kept[0].rename(kept[0].with_name(f"{version_name(facts[0], reason)}.txt"))  # it was more than typed by now
            return
        write_whole(self._fresh_file(history, reason), data)
        self._thin_out(history)

    def _fresh_file(self, history: Path, reason: Reason) -> Path:
        """Newer than all that is there, whatever the clock says."""
        when = datetime.now(UTC)
        newest = next((version_facts(file.stem) for file in self._kept_files(history)), None)
        if newest is not None and newest[0] >= when:
            when = newest[0] + timedelta(microseconds=1)
        return history / f"{version_name(when, reason)}.txt"

    def _kept_files(self, history: Path) -> list[Path]:
        """The versions' files, newest first; anything else in there is left alone."""
        try:
            refuse_link(history)
            files = [file for file in history.iterdir() if file.suffix == ".txt" and version_facts(file.stem) is not None]
        except OSError:
            return []
        return sorted(files, key=lambda file: file.name, reverse=True)

    def _thin_out(self, history: Path) -> None:
        kept = []
        for file in self._kept_files(history):
            facts = version_facts(file.stem)
            with suppress(OSError):
                if facts is not None:
                    kept.append(Kept(file.name, facts[0].timestamp(), file.lstat().st_size, facts[1] not in PASSING))
        for name in too_many(kept, datetime.now(UTC).timestamp()):
            with suppress(OSError):  # the next round takes it
                (history / name).unlink()


def _make_folder(folder: Path) -> None:
    refuse_link(folder)
    folder.mkdir(parents=True, exist_ok=True)


def _holds(file: Path, data: bytes) -> bool:
    try:
        return read_plain(file, MOST_BYTES) == data
    except OSError:
        return False
