"""Packs of lessons, for whatever front end: made, installed, listed, removed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from lovhe.apps import wiring
from lovhe.core.errors import InputError, LessonError
from lovhe.core.lessons.pack import MAX_SIGNER, PACK_FILE, SUFFIX, PackFile, lessons_of, name_is_sound
from lovhe.core.messages import N_

if TYPE_CHECKING:
    from lovhe.adapters.lesson_packs.installed import InstalledPack, InstalledPacks


class PackView(msgspec.Struct, frozen=True):
    """A pack as it is shown. `key` is the signer's fingerprint, "" where nobody signed; `before` is the version that it has replaced.

    `left_out` are files of the folder it was made from that no pack holds.
    """

    about: PackFile
    lessons: list[str]
    signed_by: str = ""
    key: str = ""
    own: bool = False
    before: str = ""
    left_out: list[str] = []


def packs() -> list[PackView]:
    """The kit's own pack and the installed ones that can be read."""
    from lovhe.adapters.lesson_packs.lesson_places import read_place

    kit = read_place(wiring.kit().root / "lessons")
    own = [place.folder.name for place in wiring.kit().places().values() if place.folder.parent == kit.folder]
    first = [PackView(kit.about, sorted(own), own=True)] if kit.about is not None else []
    return [*first, *(_view(pack) for pack in _installed().packs())]


def make(folder: Path, file: Path | None, key_file: Path | None, signed_by: str) -> tuple[Path, PackView]:
    """Make a pack of a folder of lessons, each of which is read first; the file and what is in it. Raises `LovheError`."""
    from lovhe.adapters.lesson_packs.pack_archive import left_out, read_archive, read_folder, write_archive

    if (key_file is None) != (not signed_by):
        raise InputError(N_("A signature needs a key and a name."), N_("Give both, `--sign KEY --signed-by NAME`, or neither."))
    if not name_is_sound(signed_by):
        raise InputError(N_("This name cannot be written under a pack."), N_("Take at most {n} letters in one line.", n=MAX_SIGNER))
    if not os.path.isdir(folder):  # noqa: PTH112 (a name too long for a folder is none, and raises nothing)
        raise InputError(N_("{folder} is no folder.", folder=str(folder)), N_("Name a folder that holds lessons."))
    about, files = read_folder(folder)
    _try_out(about, folder)
    others = [name for name in left_out(folder, files) if not name.endswith(SUFFIX)]
    target = file or Path(f"{about.id}-{about.version}{SUFFIX}")
    write_archive(target, about, files, signed_by, key_file)
    made = read_archive(target)  # what was written is read back before it is called done
    return target, PackView(about, lessons_of(made.files), made.signed_by, made.key, left_out=others)


def install(file: Path, *, other_signer: bool = False) -> PackView:
    """Install a pack, in place of an earlier version. Raises `LovheError`; then all is as it was."""
    from lovhe.adapters.lesson_packs.pack_archive import read_archive

    pack = read_archive(file)
    if _is_kits_own(pack.about.id):
        raise LessonError(
            N_("“{id}” is the kit's own pack.", id=pack.about.id),
            N_("It comes with the kit: install a newer Lövhə. A pack of your own needs another id in {file}.", file=PACK_FILE),
        )
    there = _installed().pack(pack.about.id)
    done = _installed().install(pack, lambda staging: _try_out(pack.about, staging / pack.about.id), other_signer=other_signer)
    wiring.kit.cache_clear()  # lessons are looked for anew
    return msgspec.structs.replace(_view(done), before=there.about.version if there is not None else "")


def remove(pack_id: str) -> PackFile | None:
    """Remove an installed pack; None where it was too broken to say what it was. Raises `LovheError`."""
    if _is_kits_own(pack_id):
        raise LessonError(
            N_("“{id}” is the kit's own pack.", id=pack_id), N_("It stays as long as the kit does. `lovhe lesson list` shows the others.")
        )
    removed = _installed().remove(pack_id)
    wiring.kit.cache_clear()
    return removed.about


def new_key(file: Path) -> str:
    """Write a key to sign packs with; its fingerprint. Raises `InputError`."""
    from lovhe.adapters.lesson_packs.signing import new_key

    return new_key(file)


def untranslated(pack: PackFile) -> bool:
    """Whether the pack translates another one that is not on this PC."""
    return bool(pack.translates) and all(pack.translates != view.about.id for view in packs())


def _is_kits_own(pack_id: str) -> bool:
    return any(view.own and view.about.id == pack_id for view in packs())


def _try_out(about: PackFile, folder: Path) -> None:
    """Read every lesson of a pack in its folder. Raises `LessonError` for the first that is broken, or where there is none."""
    from lovhe.adapters.lesson_packs.lesson_places import LessonPlace
    from lovhe.core.lessons.reading import LESSON_FILE

    if about.translates:
        known = wiring.kit().places().values()
        places = [place for place in known if place.pack is not None and place.pack.id == about.translates]
        found = [msgspec.structs.replace(place, translations=[folder / place.folder.name]) for place in places]
        found = [place for place in found if place.translations[0].is_dir()]
        empty = not any(folder.glob("*/*.md"))
    else:
        found = [LessonPlace(file.parent.name, file.parent, about) for file in sorted(folder.glob(f"*/{LESSON_FILE}"))]
        empty = not found
    if empty:
        raise LessonError(
            N_("There are no lessons in the folder {folder}.", folder=str(folder)),
            N_("Name the folder of a pack: it holds a folder for each lesson."),
        )
    for place in found:
        wiring.kit().read(place)


def _installed() -> InstalledPacks:
    from lovhe.adapters.lesson_packs.installed import InstalledPacks

    return InstalledPacks(wiring.data_folder() / "lessons")


def _view(pack: InstalledPack) -> PackView:
    return PackView(pack.about, pack.lessons, pack.origin.signed_by, pack.origin.key)
