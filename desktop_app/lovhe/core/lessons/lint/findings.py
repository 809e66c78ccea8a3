"""Everything that an author should mend in a lesson's folder: not only the first error, and what is no error but a pity."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from lovhe.core.circuits.hardware import Board, Part
from lovhe.core.decoding import converted
from lovhe.core.errors import LessonError
from lovhe.core.lessons.lesson import Lesson, LessonFile
from lovhe.core.lessons.lint.advice import lesson_warnings
from lovhe.core.lessons.lint.cross_checks import lesson_problems
from lovhe.core.lessons.lint.finding import Finding, Places
from lovhe.core.lessons.lint.mends import wrong
from lovhe.core.lessons.reading import LANGUAGES, LESSON_FILE, read_pieces
from lovhe.core.lessons.survivors import SURVIVORS_FILE
from lovhe.core.messages import N_
from lovhe.core.programs.mutations import lesson_mutants
from lovhe.core.toml_reading import decode_toml, explain_invalid

_TOO_MANY = 50
_PATH = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def find_in_lesson(
    lesson_id: str,
    files: Mapping[str, bytes],
    boards: Mapping[str, Board],
    parts: Mapping[str, Part],
    languages: Sequence[str] = LANGUAGES,
) -> list[Finding]:
    """All findings, errors first, each kind in the order of files and lines. `languages` are those that the lesson should have."""
    places = Places(files)
    lesson, found = _read_draft(lesson_id, files, boards, parts, places)
    return _sorted([*found, *lesson_warnings(lesson, files, places, languages)])


def read_draft(
    lesson_id: str, files: Mapping[str, bytes], boards: Mapping[str, Board], parts: Mapping[str, Part]
) -> tuple[Lesson | None, list[Finding]]:
    """A lesson that is being written, as far as it can be made out, and its errors; None where nothing can be made of it.

    What an error's file would have to say may be missing in it: ask for nothing that rests on such a file.
    """
    lesson, found = _read_draft(lesson_id, files, boards, parts, Places(files))
    return lesson, _sorted(found)


def _read_draft(
    lesson_id: str, files: Mapping[str, bytes], boards: Mapping[str, Board], parts: Mapping[str, Part], places: Places
) -> tuple[Lesson | None, list[Finding]]:
    problems: list[LessonError] = []
    file = _lesson_file(files, problems)
    lesson = _lesson(lesson_id, files, boards, parts, file, problems) if file is not None else None
    found = [places.finding(problem) for problem in problems]
    if lesson is not None:
        # Where a key was left out because it is wrong, nothing is made of its absence.
        told = {(one.file, one.line) for one in found if one.line is not None}
        more = [places.finding(problem) for problem in [*lesson_problems(lesson), *_unknown_survivors(lesson)]]
        found += [one for one in more if (one.file, one.line) not in told]
    return lesson, found


def _sorted(found: list[Finding]) -> list[Finding]:
    """Each one once, errors first, each kind in the order of files and lines."""
    return sorted({(one.file, one.line, one.key, str(one.what)): one for one in found}.values(), key=_order)


def _order(finding: Finding) -> tuple[bool, bool, str, int]:
    return finding.severity != "error", finding.file != LESSON_FILE, finding.file, finding.line or 0


def _lesson(
    lesson_id: str,
    files: Mapping[str, bytes],
    boards: Mapping[str, Board],
    parts: Mapping[str, Part],
    file: LessonFile,
    problems: list[LessonError],
) -> Lesson | None:
    try:
        return read_pieces(lesson_id, files, boards, parts, file, broken=problems.append)
    except LessonError as problem:
        problems.append(problem)
        return None


def _lesson_file(files: Mapping[str, bytes], problems: list[LessonError]) -> LessonFile | None:
    """`lesson.toml` without the keys that are wrong, if it makes sense without them."""
    data = files.get(LESSON_FILE)
    if data is None:
        problems.append(
            LessonError(N_("The file {file} is missing.", file=LESSON_FILE), N_("Write it, or copy it from a lesson like yours."))
        )
        return None
    try:
        return decode_toml(LESSON_FILE, data, LessonFile, LessonError)
    except LessonError as problem:
        if not isinstance(problem.__cause__, msgspec.ValidationError):
            problems.append(problem)
            return None
    values = tomllib.loads(data.decode("utf-8-sig"))
    deleted: set[str] = set()
    for _ in range(_TOO_MANY):
        try:
            return converted(values, LessonFile)
        except msgspec.ValidationError as invalid:
            missing = re.match(r"Object missing required field `(.+?)`", str(invalid))
            if missing is None or missing[1] not in deleted:
                what, mend = explain_invalid(str(invalid), LessonFile)
                problems.append(LessonError(N_("{file}: {problem}", file=LESSON_FILE, problem=what), mend))
            gone = None if missing else _delete(values, str(invalid))
            if gone is None:
                return None
            deleted.add(gone)
    return None


def _delete(values: dict[str, Any], problem: str) -> str | None:
    """Take the key that msgspec complains of out of the values; its name, or None where it is not found."""
    text, _, place = problem.partition(" - at `")
    path: list[str | int] = [int(index) if index else name for name, index in _PATH.findall(place.rstrip("`").removeprefix("$"))]
    if unknown := re.match(r"Object contains unknown field `(.+?)`", text):
        path.append(unknown[1])
    holder: Any = values
    try:
        for key in path[:-1]:
            holder = holder[key]
        del holder[path[-1]]
    except (KeyError, IndexError, TypeError):
        return None
    return str(path[-1])


def _unknown_survivors(lesson: Lesson) -> Iterator[LessonError]:
    """Entries of `mutants.toml` that speak of no change."""
    if not lesson.survivors:
        return
    mutants = lesson_mutants(lesson)
    for index, entry in enumerate(lesson.survivors):
        where = f"{SURVIVORS_FILE}, survivor[{index + 1}]"
        if not any(entry.explains(mutant.program, mutant.before, mutant.after) for mutant in mutants):
            yield wrong(
                f"{where}, line",
                N_("no change is made there: {program}, {line}", program=entry.program, line=entry.line),
                N_("Copy program, line and becomes from what `lovhe lesson mutate` shows, or delete the entry."),
            )
        if not entry.why.strip():
            yield wrong(f"{where}, why", N_("it is empty."), N_("Write why the program is as right with this change."))


def count_errors(findings: Iterable[Finding]) -> int:
    """How many of them are errors."""
    return sum(finding.severity == "error" for finding in findings)
