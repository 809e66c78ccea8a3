"""The kit's own files: where `firmware/`, `lessons/` and `hardware/` are, in a checkout and installed, and what they hold."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import lovhe
from lovhe.core.errors import InputError, LessonError, UnavailableError, reason_of
from lovhe.core.hardware import Board, Circuit, Part
from lovhe.core.hardware_reading import read_boards, read_circuit, read_parts
from lovhe.core.lesson import Lesson
from lovhe.core.lesson_reading import LESSON_FILE, read_lesson
from lovhe.core.messages import N_

_FOLDERS = ("firmware", "lessons", "hardware")
_SUFFIXES = (".toml", ".md", ".py")


def find_kit() -> Path:
    """The folder that holds `firmware/`, `lessons/` and `hardware/`. Raises `UnavailableError` when the installation lacks it."""
    package = Path(lovhe.__file__).resolve().parent
    for folder in (package / "_data", package.parents[1]):
        if all((folder / name).is_dir() for name in _FOLDERS):
            return folder
    raise UnavailableError(
        N_("The kit's lessons and firmware are missing from this installation."),
        N_("Install the kit again."),
    )


class KitFiles:
    """What the kit carries, read when it is asked for. `more_lessons` is a folder beside the kit's own with lessons or packs of them.

    A lesson of the same id there takes the place of the kit's.
    """

    def __init__(self, root: Path | None = None, more_lessons: Path | None = None) -> None:
        self.root = root if root is not None else find_kit()
        self._more_lessons = more_lessons

    @property
    def firmware(self) -> Path:
        """The folder of what runs on boards."""
        return self.root / "firmware"

    @cached_property
    def _boards(self) -> Mapping[str, Board]:
        return read_boards(_files(self.root / "hardware" / "boards", "*.toml"))

    @cached_property
    def _parts(self) -> Mapping[str, Part]:
        return read_parts(_files(self.root / "hardware" / "parts", "*.toml"))

    def boards(self) -> Mapping[str, Board]:
        """The boards by id. Raises `HardwareError`."""
        return self._boards

    def parts(self) -> Mapping[str, Part]:
        """The parts by id. Raises `HardwareError`."""
        return self._parts

    def lessons(self) -> list[Lesson]:
        """All lessons, by grade and order. Raises `LessonError` for the first broken one."""
        lessons = [self._read(folder) for folder in self._lesson_folders().values()]
        return sorted(lessons, key=lambda lesson: (lesson.file.grade, lesson.file.order, lesson.id))

    def lesson(self, lesson_id: str) -> Lesson:
        """The lesson of that id, or in that folder; no other lesson is read. Raises `LessonError`."""
        folders = self._lesson_folders()
        folder = folders.get(lesson_id)
        if folder is None and lesson_id and Path(lesson_id).is_dir():
            folder = Path(lesson_id).resolve()
            if not (folder / LESSON_FILE).is_file():
                raise LessonError(
                    N_("The folder {folder} is no lesson: it has no {file}.", folder=lesson_id[:200], file=LESSON_FILE),
                    N_("Write one, or copy it from a lesson like yours. Or is it another folder?"),
                )
        if folder is None:
            raise LessonError(
                N_("There is no lesson “{id}”.", id=lesson_id[:80]),
                N_("These lessons are there: {ids}.", ids=", ".join(folders) or "–"),
            )
        return self._read(folder)

    def circuit(self, file: Path) -> Circuit:
        """The circuit in a TOML file, or of a lesson's lesson.toml. Raises `InputError`."""
        try:
            data = file.read_bytes()
        except OSError as problem:
            raise InputError(
                N_("{file} cannot be read: {problem}.", file=str(file), problem=reason_of(problem)),
                N_("Look whether the file is there and its name is right."),
            ) from problem
        return read_circuit(file.name, data)

    def _lesson_folders(self) -> dict[str, Path]:
        places = [self.root / "lessons", *([self._more_lessons] if self._more_lessons else [])]
        if not all(place.is_dir() for place in places):
            raise InputError(N_("{folder} is no folder.", folder=str(places[-1])), N_("Name a folder that holds lessons."))
        kits = places[0].glob(f"*/{LESSON_FILE}")
        added = (file for place in places[1:] for pattern in ("*", "*/*") for file in sorted(place.glob(f"{pattern}/{LESSON_FILE}")))
        # A hidden folder is a pack that is being put into place.
        return {file.parent.name: file.parent for file in (*sorted(kits), *added) if not _is_hidden(file, places[-1])}

    def _read(self, folder: Path) -> Lesson:
        boards, parts = self.boards(), self.parts()
        try:
            files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in _lesson_files(folder)}
            return read_lesson(folder.name, files, boards, parts)
        except OSError as problem:
            raise LessonError(
                N_("The lesson “{lesson}” cannot be read: {problem}.", lesson=folder.name, problem=reason_of(problem)),
                N_("Look whether you may read its files."),
            ) from problem
        except LessonError as problem:
            raise LessonError(N_("Lesson “{lesson}”, {problem}", lesson=folder.name, problem=problem.what), problem.next_step) from problem


def _is_hidden(file: Path, below: Path) -> bool:
    return file.is_relative_to(below) and any(name.startswith(".") for name in file.relative_to(below).parts)


def _lesson_files(folder: Path) -> list[Path]:
    found = [*folder.iterdir(), *(folder / "wrong").glob("*.py"), *(folder / "steps").glob("*.py")]
    return sorted(path for path in found if path.suffix in _SUFFIXES and path.is_file())


def _files(folder: Path, pattern: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob(pattern))}
