"""A lesson in steps is read whole, or refused with the file, the key and the mend."""

from collections.abc import Callable

import pytest
from lovhe.core.errors import LessonError

from tests.step_lesson import step_lesson_files

Change = Callable[[dict[str, bytes]], None]


def swap(old: str, new: str, file: str = "lesson.toml", count: int = 1) -> Change:
    """A change in a lesson's file."""

    def change(files: dict[str, bytes]) -> None:
        assert old.encode() in files[file]
        files[file] = files[file].replace(old.encode(), new.encode(), count)

    return change


def put(file: str, text: str) -> Change:
    """A file's whole new content."""
    return lambda files: files.update({file: text.encode()})


def drop(file: str) -> Change:
    """A file that is missing."""
    return lambda files: files.pop(file) and None


def test_a_lesson_with_a_step_of_every_kind_is_read(read):
    """Its goal is the last step that is written, and judged by that step's checks alone."""
    lesson = read(step_lesson_files())
    assert [step.kind for step in lesson.file.step] == ["read", "wire", "predict", "order", "fill", "change", "measure", "make"]
    assert lesson.goal.id == "own"
    judged = lesson.judged_by(lesson.goal)
    assert [check.id for check in judged.file.check] == ["blinks", "steady"]
    assert judged.judging == "own"
    assert list(lesson.solutions_of(lesson.step("faster"))) == ["steps/faster_solution.py"]
    assert list(lesson.solutions_of(lesson.goal)) == ["solution.py"]


def test_a_lesson_may_lack_languages_and_the_teachers_page(read):
    """What is compared is what is there."""
    files = step_lesson_files()
    del files["teacher.en.md"]
    files["ru.md"] = files.pop("en.md")
    assert list(read(files).texts) == ["ru"]


@pytest.mark.parametrize(
    ("change", "place", "mend"),
    [
        (swap('id = "start"', 'id = "Start"'), "lesson.toml, step “Start”", "build-it"),
        (swap('id = "start"', 'id = "story"'), "lesson.toml, step “story”", "build-it"),
        (swap('id = "start"', 'id = "build"'), "step “build”: two steps have this id", "of its own"),
        (swap('kind = "read"', 'kind = "reed"'), "lesson.toml: “reed” is no value of “step[1].kind”", "“read”"),
        (swap('kind = "read"', 'kind = "read"\nfixed = 3'), "step “start”, fixed: a step of the kind “read”", "order"),
        (swap('kind = "read"', 'kind = "read"\nchecks = ["blinks"]'), "step “start”, checks: a step of the kind “read”", "make"),
        (
            swap('kind = "read"', 'kind = "read"\nprogram = "steps/x.py"'),
            "step “start”, program: the file steps/x.py is missing",
            "starter.py",
        ),
        (swap('parts = ["led"]', 'parts = ["lid"]'), "step “build”, parts: the circuit has no part “lid”", "“led”"),
        (swap('answer = "always"', 'answer = "alway"'), "step “guess”, answer", "“always”"),
        (swap('choices = ["once", "always", "never"]', 'choices = ["always"]'), "step “guess”, choices", "once"),
        (swap('choices = ["once", ', 'choices = ["always", '), "step “guess”, choices: there are not two different", "once"),
        (swap('choices = ["once", ', 'choices = ["a", '), "step “guess”, choices: “a” is no name of a choice", "again-and-again"),
        (swap('choices = ["once", ', 'choices = ["10", '), "step “guess”, choices: “10” is no name of a choice", "again-and-again"),
        (drop("steps/guess.py"), "step “guess”, program: the file steps/guess.py is missing", "Write it"),
        (swap('checks = ["fast"]', 'checks = ["fats"]'), "step “faster”, checks: there is no check “fats”", "“fast”"),
        (swap('checks = ["fast"]', ""), "step “faster”, checks: nothing judges", "checks ="),
        (swap("fixed = 3", "fixed = 7"), "step “sort”, fixed: fewer than two lines", "0 to 6"),
        (swap('["    led.of()"]', '["    led.on()"]'), "step “sort”, distractors: “led.on()” is a line of the program", "change it"),
        (swap('["    led.of()"]', '[" "]'), "step “sort”, distractors: a distractor is empty", "one line"),
        (swap('gaps = { GAP_1 = "0.5", GAP_2 = "led.off()" }', ""), "step “gaps”, gaps: the program has no gaps", "GAP_1"),
        (swap('GAP_2 = "led', 'GAP_3 = "led'), "step “gaps”, gaps: steps/gaps.py has no gap GAP_3", "GAP_3"),
        (swap('GAP_2 = "led', 'gap = "led'), "step “gaps”, gaps: “gap” is no name of a gap", "GAP_1"),
        (swap('GAP_2 = "led.off()"', 'GAP_2 = " "'), "step “gaps”, gaps, GAP_2", "one line"),
        (swap('GAP_2 = "led.off()"', 'GAP_2 = "led.off("'), "step “gaps”, gaps: the program with its gaps filled cannot be read", "Mend"),
        (swap("time.sleep(0.5)", "time.sleep(GAP_1)", "solution.py"), "step “gaps”, gaps: GAP_1 stands in solution.py, too", "only where"),
        (drop("steps/faster_solution.py"), "step “faster”: there is no solution", "steps/faster_solution.py"),
        (swap('tolerance = "± 5 %"', 'tolerance = "5 %"'), "step “count”, number, tolerance", "± 5 %"),
        (swap('statistic = "mean"', 'statistic = "meen"'), "lesson.toml: “meen” is no value of “step[7].number.statistic”", "“mean”"),
        (swap('checks = ["measures"]', ""), "step “count”, checks: nothing says how long", "last so long"),
        (swap("number = {", 'answer = "x"\nnumber = {'), "step “count”, number: the answer is either", "Delete"),
        (swap('program = "starter.py"', 'program = "solution.py"'), "step “own”, program: the last step", "starter.py"),
        (swap('checks = ["blinks", "steady"]', 'checks = ["blinks"]'), "check “steady”: no step uses this check", "delete it"),
        (
            swap("caught by: blinks", "caught by: fast", "wrong/once.py"),
            "wrong/once.py: the check “fast” does not judge the goal",
            "steady",
        ),
        (put("steps/sorrt.py", "x = 1\n"), "steps/sorrt.py: no step uses this program", "sort"),
        (swap('"idea", "code"', '"idea"', "en.md"), "en.md, checks.blinks, hints: there are not three", "nearly the code"),
        (swap("[steps.guess]", "[steps.gues]", "en.md"), "en.md, steps.guess, question: it is missing", "asked"),
        (swap('question = "What is the mean?"', "", "en.md"), "en.md, steps.count, question", "asked"),
        (swap('never = "It stays dark."', 'nevr = "x"', "en.md"), "steps.guess, choices: the step has no choice “nevr”", "“never”"),
        (swap(', never = "It stays dark."', "", "en.md"), "steps.guess, choices: there are no words for “never”", "never ="),
        (swap("[steps.count]", '[steps.x]\nafter = "x"\n[steps.count]', "en.md"), "en.md, steps.x: the lesson has no such step", "start"),
        (swap("{#gaps}", "", "en.md"), "en.md, “5. Title of gaps”: the heading does not say", "{#"),
        (swap("{#gaps}", "{#gap}", "en.md"), "en.md, {#gap}: the lesson has no such step", "“gaps”"),
        (swap("{#gaps}", "{#sort}", "en.md"), "en.md, {#sort}: two sections have this id", "of its own"),
        (swap("{#story}", "{#words}", "en.md"), "en.md, {#words}: two sections", ""),
        (swap("## Words to know {#words}\n\nNone.\n", "", "en.md"), "", ""),
        (
            swap("**You should see:** the thing of sort", "Look at the thing of sort", "en.md"),
            "en.md, {#sort}: it does not end",
            "You should see",
        ),
        (swap("{wiring}", "", "en.md"), "en.md, {#build}: it does not show how to wire", "{wiring}"),
        (swap("{program}", "{wiring}", "en.md"), "en.md, {#guess}: the wiring is shown in a wire step only", 'kind = "wire"'),
        (swap("{program}", "{programm}", "en.md"), "en.md, {#guess}: {programm} is nothing that is put in", "“program”"),
        (swap("Once.", "{program}", "en.md"), "en.md, {#story}: there is no program", "Delete the line"),
        (swap("{wiring}", "{wiring}\n\n{wiring}", "en.md"), "en.md, {#build}: {wiring} stands here twice", "one of them"),
        (swap("{#freedom}", "{#fredom}", "teacher.en.md"), "teacher.en.md: the section {#freedom} is missing", "{#freedom}"),
        (swap("## About aim", "## X {#x}\n\n## About aim", "teacher.en.md"), "teacher.en.md, {#x}: nobody expects this section", ""),
        (swap("{parts}", "None.", "teacher.en.md"), "teacher.en.md, {#parts}: the list of board and parts is not put in", "{parts}"),
        (swap("Text.", "{part}", "teacher.en.md"), "teacher.en.md, {#aim}: {part} is nothing", "“parts”"),
    ],
)
def test_a_broken_lesson_in_steps_is_refused_with_place_and_mend(read, change, place, mend):
    """The sentence names file and key, the next one says what to write; a text without words to know is no mistake."""
    files = step_lesson_files()
    change(files)
    if not place:
        assert read(files)
        return
    with pytest.raises(LessonError) as caught:
        read(files)
    assert place in str(caught.value.what)
    assert mend in str(caught.value.next_step)


def test_the_sections_stand_in_the_order_of_the_steps(read):
    """Else a pupil reads of a step before the step comes."""
    files = step_lesson_files()
    text = files["en.md"].decode()
    files["en.md"] = text.replace("{#sort}", "{#x}").replace("{#gaps}", "{#sort}").replace("{#x}", "{#gaps}").encode()
    with pytest.raises(LessonError, match=r"here the section \{#sort\} should stand"):
        read(files)


def test_a_lesson_without_a_step_that_is_written_is_refused(read):
    """It would lead to nothing that can be judged."""
    files = step_lesson_files()
    toml = files["lesson.toml"].decode()
    first, _, rest = toml.partition("[[step]]")
    checks = rest[rest.index("[[check]]") :]
    files["lesson.toml"] = f'{first}[[step]]\nid = "start"\nkind = "read"\n{checks}'.encode()
    with pytest.raises(LessonError, match="no step of the lesson ends in a program"):
        read(files)


def test_braces_in_a_fenced_block_are_the_pupils_own(read):
    """A dict that stands in a snippet is nothing to be put in."""
    files = step_lesson_files()
    files["en.md"] = files["en.md"].replace(b"Once.", b"Once.\n\n```python\n{x}\n## no heading\n```")
    assert read(files)
