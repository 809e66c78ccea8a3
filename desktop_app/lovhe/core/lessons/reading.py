"""A lesson folder's files, as bytes, to a `Lesson`: read, cross-checked, wired up. Errors name the file, the key and the mend."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import msgspec

from lovhe.core.circuits.hardware import Board, Part
from lovhe.core.circuits.hardware_check import check_circuit
from lovhe.core.circuits.wiring import wire_up
from lovhe.core.errors import HardwareError, LessonError
from lovhe.core.lessons.lesson import Lesson, LessonFile, LessonText, WrongProgram
from lovhe.core.lessons.lint.cross_checks import check_lesson
from lovhe.core.lessons.survivors import SURVIVORS_FILE, ExplainedSurvivor, read_survivors
from lovhe.core.messages import N_
from lovhe.core.programs.program import syntax_problem
from lovhe.core.toml_reading import decode_text, decode_toml

T = TypeVar("T")

LANGUAGES = ("az", "ru", "en")
LESSON_FILE = "lesson.toml"

_CAUGHT_BY = re.compile(r"#\s*caught by:\s*(\S+)\s*$")


def read_lesson(
    lesson_id: str,
    files: Mapping[str, bytes],
    boards: Mapping[str, Board],
    parts: Mapping[str, Part],
    languages: tuple[str, ...] = LANGUAGES,
) -> Lesson:
    """The lesson whose folder holds `files` (path inside the folder, with "/", to content). Raises `LessonError`."""
    lesson = read_pieces(
        lesson_id, files, boards, parts, decode_toml(LESSON_FILE, _need(files, LESSON_FILE), LessonFile, LessonError), languages
    )
    check_lesson(lesson)
    return lesson


def read_pieces(
    lesson_id: str,
    files: Mapping[str, bytes],
    boards: Mapping[str, Board],
    parts: Mapping[str, Part],
    file: LessonFile,
    languages: tuple[str, ...] = LANGUAGES,
    broken: Callable[[LessonError], None] | None = None,
) -> Lesson:
    """The lesson from its `lesson.toml`, here `file`, and the other files, not yet checked as a whole. Raises `LessonError`.

    With `broken`, files that cannot be read are told and left out; only a circuit without sense still raises.
    """
    board = boards.get(file.circuit.board)
    if board is None:
        raise LessonError(
            N_("{file}: the kit has no board “{board}”.", file=LESSON_FILE, board=file.circuit.board),
            N_("Write one of these at [circuit], board: {boards}.", boards=", ".join(sorted(boards)) or "–"),
        )
    try:
        check_circuit(board, parts, file.circuit)
    except HardwareError as problem:
        raise LessonError(N_("{file}, [circuit]: {problem}", file=LESSON_FILE, problem=problem.what), problem.next_step) from problem
    pieces = _Pieces(files, broken)
    return Lesson(
        id=lesson_id,
        file=file,
        texts={
            language: text for language in pieces.written(languages) if (text := pieces.read(_lesson_text, f"{language}.md")) is not None
        },
        teacher={
            language: page
            for language in languages
            if f"teacher.{language}.md" in files and (page := pieces.read(_text, f"teacher.{language}.md")) is not None
        },
        starter=pieces.read(_program, "starter.py") or "",
        solutions=pieces.matching(r"solution(_\w+)?\.py"),
        wrong=[wrong for name in pieces.names(r"wrong/[^/]+\.py") if (wrong := pieces.read(_wrong, name)) is not None],
        wired=wire_up(board, parts, file.circuit),
        programs=pieces.matching(r"steps/[^/]+\.py"),
        survivors=(pieces.read(_survivors, SURVIVORS_FILE) or []) if SURVIVORS_FILE in files else [],
    )


class _Pieces:
    """The files of a lesson, read one by one. With `broken`, what is wrong with one is told there, and the others are read."""

    def __init__(self, files: Mapping[str, bytes], broken: Callable[[LessonError], None] | None) -> None:
        self._files, self._broken = files, broken

    def read(self, how: Callable[[str, Mapping[str, bytes]], T], name: str) -> T | None:
        """One file as `how` reads it."""
        try:
            return how(name, self._files)
        except LessonError as problem:
            if self._broken is None:
                raise
            self._broken(problem)
            return None

    def written(self, languages: Sequence[str]) -> list[str]:
        """The languages that the lesson is written in: one at least."""
        found = [language for language in languages if f"{language}.md" in self._files]
        if not found:
            self.read(_any_text, ", ".join(f"{language}.md" for language in languages))
        return found

    def names(self, pattern: str) -> list[str]:
        """The files whose path is like `pattern`, sorted."""
        return [name for name in sorted(self._files) if re.fullmatch(pattern, name)]

    def matching(self, pattern: str) -> dict[str, str]:
        """The programs whose path is like `pattern`."""
        return {name: source for name in self.names(pattern) if (source := self.read(_program, name)) is not None}


def _any_text(names: str, files: Mapping[str, bytes]) -> None:
    raise LessonError(N_("The lesson has no text in any language."), N_("Write at least one of these files: {files}.", files=names))


def _need(files: Mapping[str, bytes], name: str) -> bytes:
    try:
        return files[name]
    except KeyError:
        raise LessonError(N_("The file {file} is missing.", file=name), N_("Write it, or copy it from a lesson like yours.")) from None


def _text(name: str, files: Mapping[str, bytes]) -> str:
    return decode_text(name, _need(files, name), LessonError)


def _lesson_text(name: str, files: Mapping[str, bytes]) -> LessonText:
    """TOML front matter between two lines `+++`, then Markdown."""
    begin, *rest = _text(name, files).split("\n")
    if begin.rstrip() != "+++" or "+++" not in [line.rstrip() for line in rest]:
        raise LessonError(
            N_("{file} does not begin with titles and hints.", file=name),
            N_("Put them at the top of the file, between two lines that hold nothing but +++."),
        )
    end = [line.rstrip() for line in rest].index("+++")
    matter = decode_toml(name, "\n".join(rest[:end]).encode(), LessonText, LessonError)
    return msgspec.structs.replace(matter, body="\n".join(rest[end + 1 :]).strip() + "\n")


def _program(name: str, files: Mapping[str, bytes]) -> str:
    data = _need(files, name)
    text = decode_text(name, data, LessonError)  # first: it refuses lines that keep the parser busy for ever
    problem = syntax_problem(data)
    if problem is not None:
        raise LessonError(N_("{file}: {problem}", file=name, problem=problem.what), problem.hint or N_("Mend the program."))
    return text


def _survivors(name: str, files: Mapping[str, bytes]) -> list[ExplainedSurvivor]:
    return read_survivors(files[name])


def _wrong(name: str, files: Mapping[str, bytes]) -> WrongProgram:
    """A wrong program may have a syntax error: that can be the very mistake, and then "syntax" catches it."""
    source = decode_text(name, files[name], LessonError)
    found = _CAUGHT_BY.match(source.split("\n", 1)[0])
    if found is None:
        raise LessonError(
            N_("{file} does not say which check must catch it.", file=name),
            N_("Write in its first line: {line}", line="# caught by: <check id>"),
        )
    return WrongProgram(name.removeprefix("wrong/"), source, found[1])
