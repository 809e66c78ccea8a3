"""The kit's own files: where `firmware/`, `lessons/` and `hardware/` are, in a checkout and installed, and what they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import lovhe
from lovhe.adapters.lesson_packs.lesson_places import LessonPlace, PackPlace, broken_packs, by_name, find_lessons, lesson_folders
from lovhe.core.circuits.hardware import Board, Circuit, Part
from lovhe.core.circuits.hardware_reading import read_boards, read_circuit, read_parts
from lovhe.core.errors import InputError, LessonError, UnavailableError, reason_of
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.reading import LESSON_FILE, read_lesson
from lovhe.core.messages import N_

_FOLDERS = ("firmware", "lessons", "hardware")


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

    A lesson without a pack takes the place of the kit's of the same id; those of packs stand beside it.
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

    def lessons(self, broken: Callable[[LessonError], object] | None = None) -> list[Lesson]:
        """All lessons, by grade and order. Raises `LessonError` for the first broken one or broken pack; `broken` is told each instead."""
        lessons = []
        for problem in self.broken_packs():
            if broken is None:
                raise problem
            broken(problem)
        for place in self.places().values():
            try:
                lessons.append(self.read(place))
            except LessonError as problem:
                if broken is None:
                    raise
                broken(problem)
        return sorted(lessons, key=lambda lesson: (lesson.file.grade, lesson.file.order, lesson.id))

    def lesson(self, lesson_id: str, *, draft: bool = False) -> Lesson:
        """The lesson of that id, or in that folder; no other lesson is read. Raises `LessonError`."""
        return self.read(self.place(lesson_id, draft=draft))

    def place(self, lesson_id: str, *, draft: bool = False) -> LessonPlace:
        """Where the lesson of that id lies, or the one in that folder. Raises `LessonError`.

        An author works on a `draft`: a folder of that name comes before an installed lesson of that id.
        """
        places = self.places()
        draft = draft and _is_folder(lesson_id) and self._holds_lesson(Path(lesson_id))
        place = None if draft else by_name(lesson_id, places)
        if place is None and lesson_id and _is_folder(lesson_id):
            folder = Path(lesson_id).resolve()
            if not self._holds_lesson(folder):
                raise LessonError(
                    N_("The folder {folder} is no lesson: it has no {file}.", folder=lesson_id[:200], file=LESSON_FILE),
                    N_("Write one, or copy it from a lesson like yours. Or is it another folder?"),
                )
            place = LessonPlace(folder.name, folder)
        if place is None:
            self._look_in_broken_packs(lesson_id)
            raise LessonError(
                N_("There is no lesson “{id}”.", id=lesson_id[:80]),
                N_("These lessons are there: {ids}.", ids=", ".join(places) or "–"),
            )
        return place

    def _holds_lesson(self, folder: Path) -> bool:
        with self._telling_unreadable():
            return (folder / LESSON_FILE).is_file()

    def places(self) -> dict[str, LessonPlace]:
        """Where each lesson lies, by id. Raises `InputError`."""
        if self._more_lessons is not None and not self._more_lessons.is_dir():
            raise InputError(N_("{folder} is no folder.", folder=str(self._more_lessons)), N_("Name a folder that holds lessons."))
        with self._telling_unreadable():
            return find_lessons(self.root / "lessons", self._more_lessons)

    def broken_packs(self) -> list[LessonError]:
        """What is wrong with each installed pack that cannot be read, and what can be done. Raises `InputError`."""
        return [place.problem for place in self._broken_packs() if place.problem is not None]

    def _broken_packs(self) -> list[PackPlace]:
        with self._telling_unreadable():
            return broken_packs(self._more_lessons) if self._more_lessons is not None else []

    def _look_in_broken_packs(self, lesson_id: str) -> None:
        """Raise the `LessonError` of a broken pack that holds a lesson of this id: else its user looks for a slip of their own."""
        pack, _, folder = lesson_id.rpartition("/")
        for place in self._broken_packs():
            if place.problem is not None and pack in ("", place.folder.name) and folder in lesson_folders(place.folder):
                raise place.problem

    @contextmanager
    def _telling_unreadable(self) -> Iterator[None]:
        try:
            yield
        except OSError as problem:
            raise InputError(
                N_("{file} cannot be read: {problem}.", file=str(problem.filename or self._more_lessons), problem=reason_of(problem)),
                N_("Look whether you may read it."),
            ) from problem

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

    def read(self, place: LessonPlace) -> Lesson:
        """The lesson that lies there. Raises `LessonError`."""
        boards, parts = self.boards(), self.parts()
        try:
            return read_lesson(place.id, place.files(), boards, parts)
        except OSError as problem:
            raise LessonError(
                N_("The lesson “{lesson}” cannot be read: {problem}.", lesson=place.id, problem=reason_of(problem)),
                N_("Look whether you may read its files."),
            ) from problem
        except LessonError as problem:
            raise LessonError(N_("Lesson “{lesson}”, {problem}", lesson=place.id, problem=problem.what), problem.next_step) from problem


def _is_folder(name: str) -> bool:
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):  # too long for a name, or in a folder that nobody may look into
        return False


def _files(folder: Path, pattern: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob(pattern))}
