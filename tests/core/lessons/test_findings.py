"""An author is told all that is to be mended at once, each with its file and line."""

from __future__ import annotations

import pytest
from lovhe.core.lessons.lint.finding import Finding
from lovhe.core.lessons.lint.findings import count_errors, find_in_lesson, read_draft
from lovhe.core.lessons.words import forbidden_words

from tests.core.conftest import BOARDS, PARTS
from tests.step_lesson import step_lesson_files


def found(files: dict[str, bytes], languages: tuple[str, ...] = ("az", "ru", "en")) -> list[Finding]:
    """All findings."""
    return find_in_lesson("6-99-steps", files, BOARDS, PARTS, languages)


def changed(file: str, *pairs: tuple[str, str]) -> dict[str, bytes]:
    """The lesson with a step of every kind, with changes in one of its files."""
    files = step_lesson_files()
    text = files[file].decode()
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return {**files, file: text.encode()}


def line_of(text: bytes, word: str) -> int:
    """The first line that holds a word."""
    return next(number for number, line in enumerate(text.decode().split("\n"), 1) if word in line)


def test_a_whole_lesson_has_no_errors() -> None:
    """The lesson with a step of every kind can be read, so nothing is an error."""
    assert count_errors(found(step_lesson_files())) == 0


def test_all_errors_are_told_at_once_with_their_lines() -> None:
    """Keys that do not exist, values without sense, programs that cannot be read, texts that lack: not only the first."""
    files = changed("lesson.toml", ("grade = ", "minuts = 45\ngrade = "), ("delay = ", 'settel = "1 s"\ndelay = '))
    files["solution_broken.py"] = b"x = 1\nwhile True\n"
    files["wrong/nameless.py"] = b"x = 1\n"
    files["en.md"] = files["en.md"].replace(b"## ", b"## Loose heading\n\n## ", 1)
    errors = [one for one in found(files) if one.severity == "error"]
    places = {(one.file, one.line) for one in errors}
    assert ("lesson.toml", line_of(files["lesson.toml"], "minuts")) in places
    assert ("lesson.toml", line_of(files["lesson.toml"], "settel")) in places
    assert ("solution_broken.py", 2) in places
    assert ("en.md", line_of(files["en.md"], "Loose heading")) in places
    assert "wrong/nameless.py" in {one.file for one in errors}
    assert all(str(one.mend) for one in errors)


def test_a_key_that_nobody_knows_has_its_line_however_deep_it_stands() -> None:
    """In the titles and hints of a text, whose keys are ids."""
    files = changed("en.md", ("hints = ", "hinst = "))
    assert [(one.file, one.line) for one in found(files) if one.severity == "error"] == [("en.md", line_of(files["en.md"], "hinst"))]


def test_a_draft_is_read_as_far_as_it_goes() -> None:
    """One language is broken: the lesson is there in the others, with the errors alone."""
    lesson, errors = read_draft(
        "6-99-steps", changed("en.md", ("hints = ", "hinst = ")) | {"az.md": step_lesson_files()["en.md"]}, BOARDS, PARTS
    )
    assert lesson is not None
    assert sorted(lesson.texts) == ["az"]
    assert {one.file for one in errors} == {"en.md"}
    assert read_draft("6-99-steps", {}, BOARDS, PARTS)[0] is None


def test_each_expectation_of_a_step_is_looked_at() -> None:
    """Two slips in one step are two findings, each in its line."""
    files = changed(
        "lesson.toml", ("expect-pin = [", 'expect-text = [\n  { contains = " " },\n]\nexpect-pin = [\n  { part = "lamp", level = "on" },\n')
    )
    errors = [str(one.what) for one in found(files) if one.severity == "error"]
    assert any("lamp" in error for error in errors)
    assert any("contains is empty" in error for error in errors)


def test_what_cannot_be_read_at_all_is_one_finding() -> None:
    """A file that is no TOML has one place to be mended; warnings of other files are told all the same."""
    files = {**step_lesson_files(), "lesson.toml": b"grade = 6\norder =\n"}
    errors = [one for one in found(files) if one.severity == "error"]
    assert [(one.file, one.line) for one in errors] == [("lesson.toml", 2)]
    assert [one.file for one in found({}) if one.severity == "error"] == ["lesson.toml"]


@pytest.mark.parametrize(
    ("file", "text", "line", "word"),
    [
        ("az.md", "Kablo toprağa gedir.", None, "kablo"),
        ("ru.md", "Здесь стоит петля.", None, "петл"),
        ("en.md", "TODO: write this", None, "TODO"),
        ("en.md", f"| {'a' * 30} | {'b' * 30} | {'c' * 30} |\n|---|---|---|", None, "too wide"),
        ("solution.py", f"x = '{'y' * 90}'", None, "letters"),
        ("solution.py", "# says it in English", None, "needs a language"),
        ("solution.py", "adı = 1", None, "no plain one"),
        ("wrong/late.py", "# TODO", None, "TODO is left"),
    ],
)
def test_what_is_a_pity_is_a_warning_with_its_line(file: str, text: str, line: None, word: str) -> None:
    """Words that nobody here says, what is left to do, what does not fit a terminal, what needs a language."""
    files = step_lesson_files()
    before = files.get(file, b"# caught by: x\n").decode().rstrip("\n")
    files[file] = f"{before}\n\n{text}\n".encode()
    warnings = [one for one in found(files) if one.severity == "warning" and one.file == file and word in str(one.what)]
    assert [one.line for one in warnings] == [before.count("\n") + 3]


def test_what_is_left_to_be_written_is_one_finding_a_file() -> None:
    """Three marks in a text and one in a solution: two lines, each with the first place."""
    files = step_lesson_files()
    files["en.md"] += b"\nTODO: one\n\nTODO: two TODO\n\nTODO\n"
    files["solution.py"] += b"# TODO\n"
    left = {one.file: (one.line, str(one.what)) for one in found(files) if "TODO" in str(one.what) and one.file != "starter.py"}
    first = line_of(files["en.md"], "TODO: one")
    last = files["solution.py"].count(b"\n")
    assert left == {
        "en.md": (first, f"3 TODOs are left, the first in line {first}."),
        "solution.py": (last, f"1 TODO is left, in line {last}."),
    }


@pytest.mark.parametrize(
    ("old", "new", "mend"),
    [
        (
            'skills = { strands = ["programming"] }',
            'skills = ["programming"]',
            'Write the line [skills], and below it: strands = ["algorithms"], digcomp = ["…"], steam = ["art"]',
        ),
        (
            'skills = { strands = ["programming"] }\n',
            "",
            "Add a part that begins with the line [skills], as other files of this kind have it.",
        ),
        (
            'delay = "3 s"',
            'delay = "3 s"\nswing = "light"',
            'It must look like this: { part = "…", values = ["…"], period = "…" }',
        ),
        (
            'delay = "3 s"',
            'delay = "3 s"\nswing = { part = "light", values = ["5 %", "9 %"] }',
            "Add it inside the braces: swing = { …, period = … }",
        ),
        ('{ part = "led", toggles = "≥ 3" }', '{ toggles = "≥ 3" }', "Add it inside the braces: expect-pin = [{ …, part = … }]"),
        (
            'strands = ["programming"] }',
            'strands = ["programming"',
            "Look at that place and at the line before: is a quote, a bracket or an = missing?",
        ),
    ],
)
def test_the_mend_shows_what_to_write(old: str, new: str, mend: str) -> None:
    """A table of the lesson with its words, and a key where it belongs: between braces if the table stands in braces."""
    errors = [one for one in found(changed("lesson.toml", (old, new))) if one.severity == "error"]
    assert mend in [str(one.mend) for one in errors]


def test_a_wrong_id_of_a_section_is_told_once() -> None:
    """That there is no program for a step that does not exist is no news."""
    files = changed("en.md", ("{#guess}", "{#gess}"))
    errors = [(one.file, one.line, str(one.what)) for one in found(files) if one.severity == "error"]
    assert errors == [("en.md", line_of(files["en.md"], "{#gess}"), "the lesson has no such step.")]


@pytest.mark.parametrize("first", ["# caught by: alarm", "# caught by: fast", "# caught by", "#caught by the alarm"])
def test_a_mistake_that_names_no_right_check_is_told_once_in_its_first_line(first: str) -> None:
    """It still counts as a mistake, and its first line is no comment for pupils."""
    files = step_lesson_files()
    names = ["wrong/once.py", *(f"wrong/other{number}.py" for number in range(5))]
    for number, name in enumerate(names):
        files[name] = f"# caught by: blinks\nx = {number}\n".encode()
    files["wrong/once.py"] = f"{first}\nx = 0\n".encode()
    told = [one for one in found(files) if one.file.startswith("wrong/")]
    assert [(one.file, one.line, one.severity) for one in told] == [("wrong/once.py", 1, "error")]


def test_a_value_without_its_unit_is_a_warning() -> None:
    """It is read as it was meant, in `set`, `swing` and `glide`; with the unit nothing is said."""
    for old, new, count in (
        ('set = { light = "20" }', "", 1),
        ('set = { light = "20 %" }', "", 0),
        ('swing = { part = "light", values = ["20 %", "30"], period = "1 s" }', "light=swing", 1),
        ('glide = { part = "light", from = "20", to = "30" }', "light=glide", 2),
    ):
        asked = new or "light=" + old.split('"')[1].replace(" ", "")
        files = changed("lesson.toml", ('delay = "3 s"', f'delay = "3 s"\n{old}'))
        files["en.md"] = files["en.md"].replace(b'goal = "G"\n', f'goal = "G"\n[ask]\n"{asked}" = "Do it."\n'.encode())
        assert count_errors(found(files)) == 0
        bare = [one for one in found(files) if "has no unit" in str(one.what)]
        assert [(one.severity, one.line) for one in bare] == [("warning", line_of(files["lesson.toml"], old))] * count


def test_a_table_that_is_shorter_in_one_language_is_a_warning() -> None:
    """A row was forgotten, in a text or in the teacher's page; what is inside a program's frame is no table."""
    files = step_lesson_files()
    table = "\n\n| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n"
    for name in ("en.md", "teacher.en.md"):
        files[name] = files[name].rstrip() + table.encode()
        files[name.replace("en", "ru")] = files[name].replace(b"| 3 | 4 |\n", b"```\n| 3 | 4 |\n```\n")
    told = {one.file: one for one in found(files) if "rows" in str(one.what)}
    assert sorted(told) == ["ru.md", "teacher.ru.md"]
    assert str(told["ru.md"].what) == "the tables of the section {#stretch} have 3 rows, and 4 in en.md."
    assert told["ru.md"].line == line_of(files["ru.md"], "{#stretch}")
    assert {one.severity for one in told.values()} == {"warning"}


def test_a_missing_language_and_twins_are_warnings() -> None:
    """A pack names its languages; two programs that differ only in their spacing are one."""
    files = step_lesson_files()
    files["solution_twin.py"] = files["solution.py"].replace(b" = ", b"  =  ")
    warnings = {(one.file, str(one.what)) for one in found(files, ("en", "xx")) if one.severity == "warning"}
    assert ("xx.md, teacher.xx.md", "this language is missing.") in warnings
    assert ("solution_twin.py", "it is the same program as solution.py.") in warnings


def test_an_entry_that_explains_nothing_is_refused() -> None:
    """A change that is not made any more leaves its reason behind; it is named with its line."""
    files = step_lesson_files()
    files["mutants.toml"] = b'[[survivor]]\nprogram = "solution.py"\nline = "no such line"\nwhy = ""\n'
    errors = [one for one in found(files) if one.file == "mutants.toml"]
    assert [one.line for one in errors] == [3, 4]


def test_words_in_programs_are_not_words_of_the_text() -> None:
    """What stands in a fenced block or in backquotes is code."""
    assert list(forbidden_words("az", "`buton`\n```\nbuton\n```\nbuton")) == [(5, "buton", "düymə")]
