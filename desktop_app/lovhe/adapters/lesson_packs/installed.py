"""The packs of lessons installed on this PC. A pack is put into place in one move, so a power cut leaves the old one or the new one."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from lovhe.adapters.lesson_packs.lesson_places import find_packs
from lovhe.adapters.lesson_packs.pack_archive import Pack
from lovhe.core.errors import InputError, LessonError, reason_of
from lovhe.core.lessons.pack import PackFile, lessons_of
from lovhe.core.messages import N_

_ORIGIN = ".origin.json"
_NEW, _OLD = ".new-", ".old-"


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

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def packs(self) -> list[InstalledPack]:
        """All of them that can be read, by id."""
        places = [(place.folder, place.about) for place in find_packs(self._folder)] if self._folder.is_dir() else []
        return sorted((_installed(folder, about) for folder, about in places if about is not None), key=lambda pack: pack.about.id)

    def pack(self, pack_id: str) -> InstalledPack | None:
        """The pack of that id."""
        return next((pack for pack in self.packs() if pack.about.id == pack_id), None)

    def install(self, pack: Pack, try_out: Callable[[Path], None], *, other_signer: bool = False) -> InstalledPack:
        """Put `pack` in place of an earlier version of it. `try_out` reads its lessons in the folder that holds it, and raises if it must.

        Raises `LessonError`, also where the earlier version had a signer and this one has another, unless `other_signer`;
        `InputError` where nothing can be written. Then all is as it was.
        """
        before = self.pack(pack.about.id)
        if before is not None and before.origin.key not in ("", pack.key) and not other_signer:
            raise _other_signer(before, pack)
        self._clear()
        staging = None
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            staging = Path(tempfile.mkdtemp(prefix=_NEW, dir=self._folder))
            _write(staging / pack.about.id, pack)
            try_out(staging)
            self._put_in_place(staging / pack.about.id, before.folder if before else self._folder / pack.about.id)
        except OSError as problem:
            raise InputError(
                N_("The pack cannot be put into {folder}: {reason}.", folder=str(self._folder), reason=reason_of(problem)),
                N_("Look whether there is room on the disk and you may write there, then try again."),
            ) from problem
        finally:
            if staging is not None:
                shutil.rmtree(staging, ignore_errors=True)
        return _installed(before.folder if before else self._folder / pack.about.id, pack.about)

    def remove(self, pack_id: str) -> InstalledPack:
        """Delete a pack. Raises `LessonError` for one that is not there."""
        pack = self.pack(pack_id)
        if pack is None:
            known = ", ".join(other.about.id for other in self.packs()) or "–"
            raise LessonError(N_("No pack “{id}” is installed.", id=pack_id[:80]), N_("These packs are installed: {ids}.", ids=known))
        try:
            gone = Path(tempfile.mkdtemp(prefix=_NEW, dir=self._folder))
            pack.folder.replace(gone / pack.folder.name)
        except OSError as problem:
            raise InputError(
                N_("{folder} cannot be deleted: {reason}.", folder=str(pack.folder), reason=reason_of(problem)),
                N_("Close programs that have its files open, then try again."),
            ) from problem
        shutil.rmtree(gone, ignore_errors=True)
        return pack

    def restore(self) -> None:
        """Bring back a pack that was moved aside when the power was cut."""
        for aside in self._folder.glob(f"{_OLD}*"):
            home = self._folder / aside.name.removeprefix(_OLD)
            if not home.exists():
                aside.replace(home)

    def _clear(self) -> None:
        """Delete what an installation that was cut off has left."""
        self.restore()
        for pattern in (f"{_OLD}*", f"{_NEW}*"):
            for folder in self._folder.glob(pattern):
                shutil.rmtree(folder, ignore_errors=True)

    def _put_in_place(self, new: Path, home: Path) -> None:
        aside = self._folder / f"{_OLD}{home.name}"
        if home.exists():
            home.replace(aside)
        try:
            new.replace(home)
        except OSError:
            if aside.exists():
                aside.replace(home)
            raise
        shutil.rmtree(aside, ignore_errors=True)


def _write(folder: Path, pack: Pack) -> None:
    origin = msgspec.json.encode(Origin(pack.signed_by, pack.key))
    for path, data in {**pack.files, _ORIGIN: origin}.items():
        file = folder.joinpath(*path.split("/"))
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())


def _installed(folder: Path, about: PackFile) -> InstalledPack:
    try:
        origin = msgspec.json.decode((folder / _ORIGIN).read_bytes(), type=Origin)
    except (OSError, msgspec.DecodeError):  # a folder that somebody has put there by hand
        origin = Origin()
    return InstalledPack(folder, about, origin, lessons_of({f"{path.name}/": 0 for path in folder.iterdir() if path.is_dir()}))


def _other_signer(before: InstalledPack, pack: Pack) -> LessonError:
    now = pack.key or N_("none, nobody has signed it")
    return LessonError(
        N_(
            "The pack “{id}” here is signed with the key {before}, this one by: {now}.", id=pack.about.id, before=before.origin.key, now=now
        ),
        N_("Ask its makers whether they have a new key. If so: `lovhe lesson install --other-signer FILE`."),
    )
