"""The packs of lessons installed on this PC. A pack is put into place in one move, so a power cut leaves the old one or the new one.

People put folders here, too, and links to where they write their lessons: nothing is deleted or replaced that was not installed.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import msgspec

from lovhe.adapters.file_lock import file_lock
from lovhe.adapters.lesson_packs.lesson_places import ORIGIN_FILE, PackPlace, find_packs
from lovhe.adapters.lesson_packs.pack_archive import Pack
from lovhe.core.decoding import decode_json
from lovhe.core.errors import InputError, LessonError, reason_of
from lovhe.core.lessons.pack import PackFile, lessons_of
from lovhe.core.messages import N_

_NEW, _OLD = ".new-", ".old-"
_WAIT_S = 60.0


class Origin(msgspec.Struct, frozen=True):
    """Who signed an installed pack: a name as the signer gives it and the fingerprint of the key; both "" where nobody did."""

    signed_by: str = ""
    key: str = ""


class InstalledPack(msgspec.Struct, frozen=True):
    """A pack in its folder; `lessons` are the ids of its own lessons, or of those that it translates."""

    folder: Path
    about: PackFile
    origin: Origin
    lessons: list[str]


class InstalledPacks:
    """The packs in one folder, which need not be there yet."""

    def __init__(self, folder: Path, wait_s: float = _WAIT_S) -> None:
        """`wait_s` is how long another command that installs or removes is waited for."""
        self._folder = folder
        self._wait_s = wait_s

    def packs(self) -> list[InstalledPack]:
        """All of them that can be read, by id. Raises `InputError`."""
        found = [_installed(place.folder, place.about) for place in self._places() if place.about is not None]
        return sorted(found, key=lambda pack: pack.about.id)

    def pack(self, pack_id: str) -> InstalledPack | None:
        """The pack of that id."""
        return next((pack for pack in self.packs() if pack.about.id == pack_id), None)

    def install(self, pack: Pack, try_out: Callable[[Path], None], *, other_signer: bool = False) -> InstalledPack:
        """Put `pack` in place of an earlier version of it. `try_out` reads its lessons in the folder that holds it, and raises if it must.

        Raises `LessonError`, also where the earlier version had a signer and this one has another, unless `other_signer`;
        `InputError` where nothing can be written. Then all is as it was.
        """
        with self.alone():
            self._clear()
            before = self._place(pack.about.id)
            if before is not None and _origin(before.folder).key not in ("", pack.key) and not other_signer:
                raise _other_signer(before, pack)
            if before is not None and not before.installed:
                raise _made_by_hand(before, pack)
            home = before.folder if before is not None else self._free_folder(pack.about.id)
            staging = None
            try:
                staging = Path(tempfile.mkdtemp(prefix=_NEW, dir=self._folder))
                _write(staging / pack.about.id, pack)
                try_out(staging)
                self._put_in_place(staging / pack.about.id, home)
            except OSError as problem:
                raise self._unwritable(problem) from problem
            finally:
                if staging is not None:
                    _delete(staging)
            return _installed(home, pack.about)

    def remove(self, pack_id: str) -> PackPlace:
        """Delete a pack; of one that is a link to a folder elsewhere, the link. Raises `LessonError` for one that is not there.

        One whose pack.toml is broken goes by its folder's name, if it was installed: one made by hand is its author's work.
        """
        if self._place(pack_id) is None:
            ids = [place.about.id if place.about is not None else place.folder.name for place in self._places() if _is_removable(place)]
            raise LessonError(
                N_("No pack “{id}” is installed.", id=pack_id[:80]),
                N_("These packs are installed: {ids}.", ids=", ".join(sorted(ids)) or "–"),
            )
        with self.alone():
            self._clear()
            pack = self._place(pack_id)
            if pack is None:
                raise LessonError(N_("No pack “{id}” is installed.", id=pack_id[:80]), N_("Another command has just removed it."))
            try:
                gone = Path(tempfile.mkdtemp(prefix=_NEW, dir=self._folder))
                pack.folder.replace(gone / pack.folder.name)
            except OSError as problem:
                raise InputError(
                    N_("{folder} cannot be deleted: {reason}.", folder=str(pack.folder), reason=reason_of(problem)),
                    N_("Close programs that have its files open, then try again."),
                ) from problem
            _delete(gone / pack.folder.name)
            _delete(gone)
            return pack

    def restore(self) -> None:
        """Bring back a pack that was moved aside when the power was cut. Where that cannot be done now, it is left for another time."""
        with suppress(OSError):
            if not any(self._folder.glob(f"{_OLD}*")):
                return
            with file_lock(self._lock_file, 0.0) as locked:
                if locked:
                    self._bring_back()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """As long as this lasts, no other command installs or removes packs. Raises `InputError`."""
        with ExitStack() as held:
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                locked = held.enter_context(file_lock(self._lock_file, self._wait_s))
            except OSError as problem:
                raise self._unwritable(problem) from problem
            if not locked:
                raise InputError(
                    N_("Another command installs or removes a pack and does not come to an end."), N_("Wait a moment and try again.")
                )
            yield

    @property
    def _lock_file(self) -> Path:
        return self._folder.with_name(f".{self._folder.name}.lock")

    def _places(self) -> list[PackPlace]:
        try:
            return find_packs(self._folder) if self._folder.is_dir() else []
        except OSError as problem:
            raise InputError(
                N_("{file} cannot be read: {problem}.", file=str(self._folder), problem=reason_of(problem)),
                N_("Look whether you may read it."),
            ) from problem

    def _place(self, pack_id: str) -> PackPlace | None:
        """The pack of that id; else an installed one that is broken, in a folder of that name."""
        places = self._places()
        readable = (place for place in places if place.about is not None and place.about.id == pack_id)
        broken = (place for place in places if place.about is None and place.folder.name == pack_id and place.installed)
        return next(readable, None) or next(broken, None)

    def _bring_back(self) -> None:
        for aside in self._folder.glob(f"{_OLD}*"):
            home = self._folder / aside.name.removeprefix(_OLD)
            if not os.path.lexists(home):
                aside.replace(home)

    def _clear(self) -> None:
        """Delete what an installation that was cut off has left. Only who is `alone` may."""
        try:
            self._bring_back()
        except OSError as problem:
            raise self._unwritable(problem) from problem
        for pattern in (f"{_OLD}*", f"{_NEW}*"):
            for folder in self._folder.glob(pattern):
                _delete(folder)

    def _free_folder(self, pack_id: str) -> Path:
        """A folder for a new pack: called like it, or where something else is called so, with a number."""
        names = [pack_id, *(f"{pack_id}-{number}" for number in range(2, 100))]
        return next((self._folder / name for name in names if not os.path.lexists(self._folder / name)), self._folder / pack_id)

    def _put_in_place(self, new: Path, home: Path) -> None:
        aside = self._folder / f"{_OLD}{home.name}"
        if os.path.lexists(home):
            home.replace(aside)
        try:
            new.replace(home)
        except OSError:
            if os.path.lexists(aside):
                aside.replace(home)
            raise
        _delete(aside)

    def _unwritable(self, problem: OSError) -> InputError:
        return InputError(
            N_("The pack cannot be put into {folder}: {reason}.", folder=str(self._folder), reason=reason_of(problem)),
            N_("Look whether there is room on the disk and you may write there, then try again."),
        )


def _delete(path: Path) -> None:
    """Delete a folder with all that is in it, but never what a link leads to; what cannot be deleted now is left."""
    with suppress(OSError):
        if path.is_symlink():
            path.unlink()
        else:
            shutil.rmtree(path, ignore_errors=True)


def _write(folder: Path, pack: Pack) -> None:
    origin = msgspec.json.encode(Origin(pack.signed_by, pack.key))
    for path, data in {**pack.files, ORIGIN_FILE: origin}.items():
        file = folder.joinpath(*path.split("/"))
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())


def _is_removable(place: PackPlace) -> bool:
    return place.about is not None or place.installed


def _origin(folder: Path) -> Origin:
    try:
        return decode_json((folder / ORIGIN_FILE).read_bytes(), Origin)
    except (OSError, msgspec.DecodeError):  # a folder that somebody has put there by hand
        return Origin()


def _installed(folder: Path, about: PackFile) -> InstalledPack:
    try:
        lessons = lessons_of({f"{path.name}/": 0 for path in folder.iterdir() if path.is_dir()})
    except OSError:  # nobody may look into it
        lessons = []
    return InstalledPack(folder, about, _origin(folder), lessons)


def _made_by_hand(there: PackPlace, pack: Pack) -> LessonError:
    return LessonError(
        N_("The pack “{id}” was put into {folder} by hand, and somebody may work on it there.", id=pack.about.id, folder=str(there.folder)),
        N_("If it is not needed any more: `lovhe lesson remove {id}`. Then install this one.", id=pack.about.id),
    )


def _other_signer(before: PackPlace, pack: Pack) -> LessonError:
    now = pack.key or N_("none, nobody has signed it")
    return LessonError(
        N_(
            "The pack “{id}” here is signed with the key {before}, this one by: {now}.",
            id=pack.about.id, before=_origin(before.folder).key, now=now,
        ),
        N_("Ask its makers whether they have a new key. If so: `lovhe lesson install --other-signer FILE`."),
    )  # fmt: skip
