"""Where a writer's lessons lie on the disk: the one module of the writer's side that reaches it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lovhe.apps import wiring
from lovhe.core.errors import InputError, LessonError, reason_of
from lovhe.core.lessons.reading import LANGUAGES, LESSON_FILE
from lovhe.core.messages import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lovhe.adapters.lesson_packs.lesson_places import LessonPlace
    from lovhe.core.lessons.lesson import Lesson

Stamp = tuple[tuple[str, int, int], ...]
"""A lesson's files with size and time of change: while it is the same, they need not be read again."""

_SUFFIXES = (".toml", ".md", ".py")
_INNER = ("wrong", "steps")
_PACK_FILE = "pack.toml"


def kit_lessons() -> Path | None:
    """The kit's own lessons where they are worked on, which is in a checkout; None in an installation."""
    root = wiring.kit().root
    return None if root.name == "_data" else root / "lessons"


def first_folder(kept: str) -> Path | None:
    """The folder to begin with: the one that was chosen last, else the kit's own; None where there is neither."""
    if kept and Path(kept).is_dir():
        return Path(kept)
    return kit_lessons()


def refuse_no_folder(folder: Path) -> None:
    """Raise `InputError` for what is no folder that can be looked into."""
    if not folder.is_dir():
        raise InputError(
            N_("{folder} is no folder.", folder=str(folder)),
            N_("Name the folder that holds your lessons, or the folder of one lesson."),
        )


def find_written(folder: Path) -> tuple[dict[str, LessonPlace], LessonError | None]:
    """The lessons right below `folder` by id, or the one that it is itself; and why its pack.toml cannot be read. Raises `InputError`."""
    from lovhe.adapters.lesson_packs.lesson_places import LessonPlace, lesson_folders, read_place

    refuse_no_folder(folder)
    folder = folder.resolve()
    try:
        alone = (folder / LESSON_FILE).is_file()
        around = folder.parent if alone else folder
        pack = read_place(around) if (around / _PACK_FILE).is_file() else None
        folders = {folder.name: folder} if alone else lesson_folders(folder)
    except OSError as problem:
        raise InputError(
            N_("{file} cannot be read: {problem}.", file=str(problem.filename or folder), problem=reason_of(problem)),
            N_("Look whether you may read it."),
        ) from problem
    about = pack.about if pack is not None else None
    return {name: LessonPlace(name, inner, about) for name, inner in folders.items()}, pack.problem if pack is not None else None


def stamp_of(place: LessonPlace) -> Stamp:
    """The stamp of a lesson's files; of what cannot be looked at there is none. Takes well under a millisecond."""
    found = []
    for folder in (place.folder, *(place.folder / inner for inner in _INNER)):
        try:
            for file in folder.iterdir():
                if file.suffix in _SUFFIXES:
                    looked = file.stat()
                    found.append((file.relative_to(place.folder).as_posix(), looked.st_size, looked.st_mtime_ns))
        except OSError:  # no such folder, or a file that has just been put away
            continue
    return tuple(sorted(found))


def languages_of(place: LessonPlace) -> Sequence[str]:
    """The languages that the lesson should have."""
    return place.pack.languages if place.pack is not None else LANGUAGES


def files_of(place: LessonPlace) -> dict[str, bytes]:
    """The lesson's files by path inside its folder. Raises `LessonError`."""
    try:
        return place.files()
    except OSError as problem:
        raise LessonError(
            N_("The lesson “{lesson}” cannot be read: {problem}.", lesson=place.id, problem=reason_of(problem)),
            N_("Look whether you may read its files."),
        ) from problem


def read_written(place: LessonPlace) -> Lesson:
    """The lesson, if nothing is wrong with it. Raises `LessonError`."""
    return wiring.kit().read(place)
