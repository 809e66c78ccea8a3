"""What lessons/README.md tells writers of limits is what the kit refuses."""

from pathlib import Path

from lovhe.adapters.lesson_packs import pack_archive
from lovhe.core import toml_reading
from lovhe.core.circuits.hardware import MAX_PARTS
from lovhe.core.lessons import answer_report, pack
from lovhe.core.lessons.answers import MAX_ANSWER
from lovhe.core.lessons.lint import cross_checks, doing
from lovhe.core.programs.program import MAX_PROGRAM_BYTES

README = Path(__file__).parents[2] / "lessons" / "README.md"


def _limits() -> str:
    return README.read_text(encoding="utf-8").partition("### Limits")[2].partition("###")[0]


def test_limits_of_lessons_are_those_of_the_code() -> None:
    """Files, lines, steps, checks, time, typed text, parts."""
    told = _limits()
    megabytes = toml_reading._MAX_BYTES // 1_000_000
    assert f"| {megabytes} MB, in UTF-8; each line {toml_reading._MAX_LINE:,} letters; a program {MAX_PROGRAM_BYTES // 1000} KB |" in told
    most = (cross_checks._MOST_STEPS, cross_checks._MOST_CHECKS, cross_checks._MOST_STEPS_OF_CHECKS, cross_checks._LONGEST_MS // 60_000)
    assert "{} steps, {} checks, {} steps of checks; all `delay` together {} min".format(*most) in told
    assert f"{doing._SHORTEST_MS:g} ms at least" in told
    assert f"{doing._MOST_TYPED} characters" in told
    assert f"| {MAX_PARTS} parts |" in told


def test_limits_of_packs_are_those_of_the_code() -> None:
    """Files, sizes, names; and how long an answer may be."""
    told = _limits()
    each, together, zipped = (size // 1_000_000 for size in (pack.MAX_FILE_BYTES, pack.MAX_BYTES, pack_archive._MAX_ARCHIVE_BYTES))
    assert f"{pack.MAX_FILES:,} files, {each} MB each, {together} MB together; the file itself {zipped} MB" in told
    assert f"{pack.MAX_SIGNER} letters in one line" in told
    assert f"{MAX_ANSWER:,} letters for an order or gaps, {answer_report._MAX_ANSWER} for a number" in told
    for longest in (f"6-01-{'a' * 40}/lesson.toml", f"6-01-b/solution_{'a' * 60}.py", f"6-01-b/wrong/{'a' * 81}.py"):
        assert pack.is_allowed(longest)
        assert not pack.is_allowed(longest.replace("aa", "aaa", 1))
