"""Where lessons lie: the kit's own, packs beside them, and lessons without a pack; and which folders translate them.

A lesson of the kit, or one without a pack, is called like its folder. One of another pack is called "pack/folder", so that packs
never get in each other's way; where only one pack has it, its folder's name alone finds it.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from lovhe.core.errors import LessonError, reason_of
from lovhe.core.lessons.pack import MAX_FILE_BYTES, PACK_FILE, PackFile, read_pack_file
from lovhe.core.lessons.reading import LANGUAGES, LESSON_FILE
from lovhe.core.messages import N_

ORIGIN_FILE = ".origin.json"
"""What an installation leaves in a pack's folder; one that was put there by hand has none."""

_SUFFIXES = (".toml", ".md", ".py")
_TEXTS = tuple(name for language in LANGUAGES for name in (f"{language}.md", f"teacher.{language}.md"))


class LessonPlace(msgspec.Struct, frozen=True):
    """One lesson's folder. `pack` is None for a lesson without one; `translations` are folders that may hold texts it lacks."""

    id: str
    folder: Path
    pack: PackFile | None = None
    translations: list[Path] = []

    def files(self) -> dict[str, bytes]:
        """Its files by path inside the folder, and the texts of its translations in languages that it lacks itself."""
        found = sorted([*self.folder.iterdir(), *(self.folder / "wrong").glob("*.py"), *(self.folder / "steps").glob("*.py")])
        kept = [path for path in found if path.suffix in _SUFFIXES and path.is_file()]
        files = {path.relative_to(self.folder).as_posix(): _content(path) for path in kept}
        for folder in self.translations:
            files = {name: _content(folder / name) for name in _TEXTS if (folder / name).is_file()} | files
        return files


class PackPlace(msgspec.Struct, frozen=True):
    """A pack's folder with what its pack.toml says, or why that cannot be read."""

    folder: Path
    about: PackFile | None
    problem: LessonError | None = None

    @property
    def installed(self) -> bool:
        """Whether it came by an installation."""
        return os.path.lexists(self.folder / ORIGIN_FILE)


def find_packs(folder: Path) -> list[PackPlace]:
    """The packs that lie in a folder, one level down. A hidden folder is a pack that is being put into place. Raises `OSError`."""
    return [read_place(inner) for inner in sorted(folder.iterdir()) if _shown(inner) and _is_pack(inner)]


def broken_packs(folder: Path) -> list[PackPlace]:
    """Those of them that cannot be read: `problem` names the folder and says what can be done. Raises `OSError`."""
    packs = find_packs(folder)
    known = {place.about.id for place in packs if place.about is not None}
    return [
        PackPlace(place.folder, None, _broken(place, place.problem, place.installed and place.folder.name not in known))
        for place in packs
        if place.problem is not None
    ]


def find_lessons(kit: Path, more: Path | None) -> dict[str, LessonPlace]:
    """All lessons by id: the kit's own, then those of `more`, a folder of packs and of lessons without one."""
    places = {place.id: place for place in _lessons(kit, read_place(kit).about if (kit / PACK_FILE).is_file() else None, "")}
    packs = find_packs(more) if more is not None else []
    if more is not None:
        loose = [more, *(folder for folder in more.iterdir() if _shown(folder) and not _is_pack(folder))]
        places |= {place.id: place for folder in loose for place in _lessons(folder, None, "")}
    for pack in packs:
        if pack.about is not None and not pack.about.translates:
            places |= {place.id: place for place in _lessons(pack.folder, pack.about, f"{pack.about.id}/")}
    return _translated(places, packs)


def by_name(name: str, places: Mapping[str, LessonPlace]) -> LessonPlace | None:
    """The lesson of that id, or the only one whose folder is called so."""
    if name in places:
        return places[name]
    found = [place for place in places.values() if place.folder.name == name]
    return found[0] if len(found) == 1 else None


def read_place(folder: Path) -> PackPlace:
    """The pack that lies in a folder."""
    try:
        return PackPlace(folder, read_pack_file(_content(folder / PACK_FILE)))
    except LessonError as problem:
        return PackPlace(folder, None, problem)
    except OSError as problem:
        what = N_("{file} cannot be read: {problem}.", file=str(folder / PACK_FILE), problem=reason_of(problem))
        return PackPlace(folder, None, LessonError(what, N_("Look whether you may read it.")))


def _is_pack(folder: Path) -> bool:
    """Whether it says so itself, or was installed, or nobody may look."""
    named = any(os.path.lexists(folder / name) for name in (PACK_FILE, ORIGIN_FILE))
    return named or not os.access(folder, os.R_OK | os.X_OK)


def _broken(place: PackPlace, problem: LessonError, removable: bool) -> LessonError:
    what = N_("The pack in {folder} is broken, so its lessons are missing: {problem}", folder=str(place.folder), problem=problem.what)
    if removable:
        again = N_(
            "Install it again: `lovhe lesson install FILE`. If it is not needed any more: `lovhe lesson remove {id}`.", id=place.folder.name
        )
        return LessonError(what, again)
    return LessonError(what, N_("{mend} Or delete the folder if nobody needs it.", mend=problem.next_step))


def _content(file: Path) -> bytes:
    """A file of a lesson or pack: of one that is too big no more than shows that. A pipe is not waited for. Raises `OSError`."""
    if not file.is_file():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(file))
    with file.open("rb") as source:
        return source.read(MAX_FILE_BYTES + 1)


def lesson_folders(folder: Path) -> dict[str, Path]:
    """The folders of lessons that lie in a folder, by their names."""
    return {file.parent.name: file.parent for file in sorted(folder.glob(f"*/{LESSON_FILE}")) if _shown(file.parent)}


def _lessons(folder: Path, pack: PackFile | None, prefix: str) -> Iterable[LessonPlace]:
    for name, inner in lesson_folders(folder).items():
        yield LessonPlace(f"{prefix}{name}", inner, pack)


def _shown(folder: Path) -> bool:
    return folder.is_dir() and not folder.name.startswith(".")


def _translated(places: dict[str, LessonPlace], packs: list[PackPlace]) -> dict[str, LessonPlace]:
    for pack in packs:
        if pack.about is None or not pack.about.translates:
            continue
        for lesson_id, place in places.items():
            folder = pack.folder / place.folder.name
            if place.pack is not None and place.pack.id == pack.about.translates and folder.is_dir():
                places[lesson_id] = msgspec.structs.replace(place, translations=[*place.translations, folder])
    return places
