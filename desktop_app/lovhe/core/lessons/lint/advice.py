"""What is no error in a lesson, but a pity: too few mistakes, a language that lacks, a word that nobody here says, a TODO left over."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence

from lovhe.core.amounts import parse_duration_ms
from lovhe.core.errors import LessonError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.lint.finding import Finding, Places
from lovhe.core.lessons.lint.same_words import bare_values, unlike_tables
from lovhe.core.lessons.reading import LESSON_FILE
from lovhe.core.lessons.steps import ANSWERED, WRITTEN, LessonStep
from lovhe.core.lessons.words import forbidden_words
from lovhe.core.messages import N_, Text
from lovhe.core.programs.syntax_tree import syntax_tree

SOLUTIONS, MISTAKES, HINTS = 3, 6, 3
LONGEST_MS = 15_000
LONGEST_LINE = 76
"""So many letters of a program fit beside line numbers and a frame in 80 columns."""

_WIDTH = 80
_BETWEEN_COLUMNS = 3
_COMMENT = re.compile(r"#\s*TODO|#\s*caught by.*")
_CODE = re.compile(r"`[^`]*`")
_STRING = re.compile(r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')""")


def lesson_warnings(lesson: Lesson | None, files: Mapping[str, bytes], places: Places, languages: Sequence[str]) -> list[Finding]:
    """All warnings. What is seen only in a lesson that can be read is left out where it is None."""
    texts = {name: data.decode("utf-8-sig", "replace").replace("\r\n", "\n") for name, data in files.items()}
    found = [*_languages(texts, languages), *_programs(texts), *_texts(texts)]
    if lesson is not None:
        found += [*_counts(lesson, texts), *_hints(lesson, places), *_lengths(lesson, places), *_twins(lesson)]
        found += [*unlike_tables(lesson, places), *bare_values(lesson, places)]
    return found


def _warning(file: str, line: int | None, key: str, what: Text, mend: Text) -> Finding:
    return Finding(file, line, key, what, mend, "warning")


def _languages(texts: Mapping[str, str], languages: Sequence[str]) -> Iterator[Finding]:
    for language in languages:
        missing = [file for file in (f"{language}.md", f"teacher.{language}.md") if file not in texts]
        if missing:
            what = N_("this language is missing.")
            yield _warning(", ".join(missing), None, "", what, N_("Write it; until then another language stands in."))


def _programs(texts: Mapping[str, str]) -> Iterator[Finding]:
    for name, text in texts.items():
        if not name.endswith(".py"):
            continue
        begin = name == "starter.py" or (name.startswith("steps/") and "_solution" not in name)
        for number, line in enumerate(text.split("\n"), 1):
            if not line.isascii():
                mend = N_("Use plain letters: a name such as yanma for “yanma müddəti”. Names need no language.")
                yield _warning(name, number, "", N_("a letter that is no plain one: {line}", line=line.strip()[:40]), mend)
            if len(line) > LONGEST_LINE:
                what = N_("the line has {count} letters.", count=len(line))
                yield _warning(name, number, "", what, N_("Break it: {most} letters fit beside the text.", most=LONGEST_LINE))
            yield from _comment(name, number, line)
        if not begin:
            yield from _left_over(name, [number for number, line in enumerate(text.split("\n"), 1) if "TODO" in _written(line)])
        if name == "starter.py" and "# TODO" not in text:
            yield _warning(name, None, "", N_("there is no # TODO."), N_("Mark with it where pupils go on."))


def _written(line: str) -> str:
    """The comment in a line of a program."""
    return "".join(_STRING.sub("", line).partition("#")[1:]).strip()


def _left_over(name: str, lines: Sequence[int]) -> Iterator[Finding]:
    """One finding for all that is left to be written in a file: a fresh lesson has dozens."""
    if lines:
        what = N_("{n} TODO is left, in line {line}.", "{n} TODOs are left, the first in line {line}.", n=len(lines), line=lines[0])
        yield _warning(name, lines[0], "", what, N_("Finish it."))


def _comment(name: str, number: int, line: str) -> Iterator[Finding]:
    written = _written(line)
    if written and not _COMMENT.fullmatch(written):
        mend = N_("Say it in the text, in each language. Comments in programs are only # TODO.")
        yield _warning(name, number, "", N_("a comment that needs a language: {comment}", comment=written[:40]), mend)


def _texts(texts: Mapping[str, str]) -> Iterator[Finding]:
    for name, text in texts.items():
        if not name.endswith((".md", ".toml")):
            continue
        lines = [
            (number, _CODE.sub("", line))
            for number, line in enumerate(text.split("\n"), 1)
            if name.endswith(".toml") or "# TODO" not in line
        ]
        yield from _left_over(name, [number for number, line in lines if re.search(r"\bTODO\b", line)])
        for number, word, instead in forbidden_words(name.removesuffix(".md").rpartition(".")[2], text) if name.endswith(".md") else ():
            yield _warning(
                name, number, "", N_("“{word}” is not said here.", word=word), N_("Say: {word}. One word for one thing.", word=instead)
            )
        yield from _tables(name, text) if name.endswith(".md") else ()


def _tables(name: str, text: str) -> Iterator[Finding]:
    """Tables whose columns are too narrow for their longest words, on a terminal of 80 columns."""
    widths: list[int] = []
    begin = 0
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if not line.lstrip().startswith("|"):
            if sum(widths) + _BETWEEN_COLUMNS * len(widths) > _WIDTH:
                mend = N_("Use fewer columns or shorter words.")
                yield _warning(name, begin, "", N_("the table is too wide for {width} columns.", width=_WIDTH), mend)
            widths = []
            continue
        begin = begin if widths else number
        longest = [max((len(word) for word in cell.split()), default=0) for cell in line.strip().strip("|").split("|")]
        rule = set(line.strip()) <= set("|-: ")
        widths = widths if rule else [max(pair) for pair in zip(widths or [0] * len(longest), longest, strict=False)]


def _counts(lesson: Lesson, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Too few programs, those that cannot be read yet included, and too few subjects."""
    if sum(re.fullmatch(r"solution(_\w+)?\.py", name) is not None for name in texts) < SOLUTIONS:
        what = N_("the lesson has fewer than {count} right programs.", count=SOLUTIONS)
        yield _warning("solution.py", None, "", what, N_("Write others, as different pupils would: solution_….py"))
    if sum(re.fullmatch(r"wrong/[^/]+\.py", name) is not None for name in texts) < MISTAKES:
        what = N_("the lesson has fewer than {count} wrong programs.", count=MISTAKES)
        yield _warning("wrong/", None, "", what, N_("Write mistakes that pupils make, each into a file of its own."))
    if len(lesson.file.skills.steam) < 2:
        what = N_("the lesson joins fewer than two of science, technology, engineering, art and mathematics.")
        yield _warning(LESSON_FILE, None, "[skills]", what, N_('Write what it trains, for example: steam = ["science", "mathematics"]'))


def _hints(lesson: Lesson, places: Places) -> Iterator[Finding]:
    """In a lesson with steps this is an error, which the reader tells."""
    for language, text in lesson.texts.items() if not lesson.file.step else ():
        for check_id, words in text.checks.items():
            if len(words.hints) < HINTS:
                key = f"checks.{check_id}, hints"
                mend = N_("Write three: a question that gives a nudge, the idea, nearly the code.")
                yield _warning(f"{language}.md", places.line(f"{language}.md", key), key, N_("there are not three hints."), mend)


def _lengths(lesson: Lesson, places: Places) -> Iterator[Finding]:
    steps: list[LessonStep | None] = [step for step in lesson.file.step if step.kind in (*ANSWERED, *WRITTEN) and step.checks]
    for step in steps or [None]:
        try:
            length_ms = sum(parse_duration_ms(one.delay) for check in lesson.judged_by(step).file.check for one in check.step)
        except LessonError:
            continue  # told as an error
        if length_ms > LONGEST_MS:
            key = f"step “{step.id}”, checks" if step is not None else ""
            what = N_("the checks take {seconds:.0f} s together.", seconds=length_ms / 1000)
            mend = N_("Make it {most} s at most: pupils wait for it at a real board.", most=LONGEST_MS // 1000)
            yield _warning(LESSON_FILE, places.line(LESSON_FILE, key), key, what, mend)


def _twins(lesson: Lesson) -> Iterator[Finding]:
    """Programs that differ in nothing but spaces and comments."""
    seen: dict[str, str] = {}
    programs = [*lesson.solutions.items(), *((f"wrong/{program.name}", program.source) for program in lesson.wrong)]
    for name, source in [("starter.py", lesson.starter), *programs]:
        try:
            tree = ast.dump(syntax_tree(source))
        except (SyntaxError, ValueError, RecursionError):
            continue
        if tree in seen:
            what = N_("it is the same program as {other}.", other=seen[tree])
            yield _warning(name, None, "", what, N_("Write one that does its work in another way, or delete it."))
        seen.setdefault(tree, name)
