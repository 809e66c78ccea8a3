"""A lesson is read whole or refused with the file, the key and the mend."""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lovhe.core.errors import LessonError
from lovhe.core.lessons.lesson import ExpectPin

CHECK = """
[[check]]
id = "on"
[[check.step]]
delay = "1 s"
expect-pin = [{ part = "led", level = "on" }]
"""
OFF = CHECK.replace('"on"\n[[', '"off"\n[[')


def test_a_whole_lesson_is_read(files, read):
    """Texts, programs, circuit and checks, each in its place."""
    given_files = files(CHECK) | {
        "solution_timer.py": b"x = 1\n",
        "wrong/never.py": b"# caught by: on\nx = 1\n",
        "wrong/syntax.py": b"# caught by: syntax\nwhile True\n",
        "notes.txt": b"\xff",
    }
    lesson = read(given_files)
    assert lesson.id == "6-01-test"
    assert lesson.file.check[0].step[0].expect_pin == [ExpectPin("led", level="on")]
    assert sorted(lesson.solutions) == ["solution.py", "solution_timer.py"]
    assert [(program.name, program.caught_by) for program in lesson.wrong] == [("never.py", "on"), ("syntax.py", "syntax")]
    assert lesson.texts["ru"].checks["on"].hints == ["first ru", "second ru"]
    assert lesson.texts["az"].body == "body\n"
    assert lesson.teacher["en"] == "notes\n"
    assert lesson.wired["led"].wires["anode"].gpio == 2
    assert lesson.wired["low-led"].wires["cathode"].on_level == 0


def test_windows_files_are_read(files, read):
    """Byte order marks and \\r\\n are what Notepad writes."""
    lesson = read({name: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n") for name, data in files(CHECK).items()})
    assert lesson.starter == "# TODO\n"


def toml(old: str, new: str, file: str = "lesson.toml"):
    """A change in a lesson's file."""

    def change(files: dict[str, bytes]) -> None:
        assert old.encode() in files[file]
        files[file] = files[file].replace(old.encode(), new.encode())

    return change


def put(file: str, data: bytes):
    """A file's whole new content."""
    return lambda files: files.update({file: data})


def drop(file: str):
    """A file that is missing."""
    return lambda files: files.pop(file)


@pytest.mark.parametrize(
    ("change", "place", "mend"),
    [
        (toml("grade = 6\n", ""), "lesson.toml: the key “grade” is missing", "grade ="),
        (toml("[circuit]", "[circuits]"), "lesson.toml: ", "circuit"),
        (toml("[[check]]", "[[chek]]"), "lesson.toml: there is no such key as “chek”", "Did you mean “check”?"),
        (toml("grade = 6", 'grade = "six"'), "lesson.toml: the value of “grade”", "3"),
        (toml("grade = 6", "grade = 66"), "lesson.toml, grade", "1 to 12"),
        (toml("grade = 6", "grade = "), "cannot be read as TOML: grade =", "quote"),
        (toml("order = 1", "ordre = 1"), "no such key as “ordre”", "Did you mean “order”?"),
        (toml("order = 1", "order = 1\nxyzxyz = 5"), "no such key as “xyzxyz”", "circuit, grade"),
        (toml("expect-pin =", "expect-pins ="), "lesson.toml: there is no such key as “check[1].step[1].expect-pins”", "“expect-pin”"),
        (toml('level = "on"', 'levle = "on"'), "“check[1].step[1].expect-pin[1].levle”", "“level”"),
        (toml('level = "on"', 'level = "bright"'), "check “on”, step 1, expect-pin, level: “bright”", "on or off"),
        (toml(', level = "on"', ""), "expect-pin: it expects nothing", "level"),
        (toml('delay = "1 s"', 'delay = "soon"'), "check “on”, step 1, delay: “soon” is not a time", "500 ms"),
        (toml('delay = "1 s"', 'delay = "1 h"'), "delay: “1 h”", "2 s"),
        (toml('delay = "1 s"', 'delay = "20 min"'), "delay: “20 min”", "10 min"),
        (toml('delay = "1 s"', 'delay = "200 ms"'), "step 1, settle", "shorter than delay"),
        (toml('level = "on"', 'toggles = "4 s"'), "expect-pin, toggles: “4 s” is not a count", "≥ 4"),
        (toml('level = "on"', 'on-time = "1 s"'), "expect-pin, on-time: “1 s” leaves no room", "1 s ± 10 %"),
        (toml('level = "on"', 'period = "much"'), "expect-pin, period: “much”", "1 s ± 10 %"),
        (toml('part = "led", level', 'part = "lamp", level'), "expect-pin: The circuit has no part “lamp”", "led"),
        (toml('part = "led", level', 'part = "led.x", level'), "“led.x”", "led.anode"),
        (toml('part = "led"\n', 'part = "laser"\n'), "lesson.toml, [circuit]", "led"),
        (toml('board = "esp32-devkitc"', 'board = "uno"'), "no board “uno”", "esp32-devkitc"),
        (toml('through = { anode = "220 Ω" }', ""), "lesson.toml, [circuit]", ""),
        (toml('id = "on"', 'id = "syntax"'), "check “syntax”", "led-blinks"),
        (toml('id = "on"', 'id = "on off"'), "check “on off”", "led-blinks"),
        (toml('id = "on"', 'id = "on"\nneeds = ["of"]'), "needs: there is no check “of”", ""),
        (toml('id = "on"', 'id = "on"\nneeds = ["on"]'), "“on” does not come before", "order"),
        (toml('id = "on"', 'id = "on"\npoints = -1'), "check “on”, points", "0 or more"),
        (
            toml('[[check.step]]\ndelay = "1 s"\nexpect-pin = [{ part = "led", level = "on" }]', ""),
            "check “on”: it has no steps",
            "[[check.step]]",
        ),
        (toml('delay = "1 s"', 'delay = "1 s"\nset = { sound = "5" }'), "step 1, set, sound", "light.light"),
        (toml('delay = "1 s"', 'delay = "1 s"\nset = { light = "500 %" }'), "step 1, set, light", "100"),
        (
            toml('delay = "1 s"', 'delay = "1 s"\nset = { light = "5 %" }'),
            "az.md, [ask]: it does not say how a pupil does “light = 5 %”",
            '"light=5%"',
        ),
        (toml("expect-pin =", 'expect-use = [{ part = "button" }]\nexpect-pin ='), "expect-use: nobody can see", "expect-pin"),
        (toml("expect-pin =", 'expect-use = [{ part = "lihgt" }]\nexpect-pin ='), "expect-use: the circuit has no part “lihgt”", "“light”"),
        (toml("expect-pin =", 'expect-text = [{ contains = " " }]\nexpect-pin ='), "expect-text: contains is empty", "must print"),
        (toml("expect-pin =", 'expect-reading = [{ name = "a", agrees-with = "light" }]\nexpect-pin ='), "agrees-with", "low and a high"),
        (
            toml("expect-pin =", 'expect-reading = [{ name = "a", range = "warm" }]\nexpect-pin ='),
            "expect-reading, range: “warm”",
            "20 … 30",
        ),
        (toml('id = "on"', 'id = "on"\nexpect-source = {}'), "expect-source: it expects nothing", "loop"),
        (toml('id = "on"', 'id = "on"\nexpect-source = { uses = ["a b"] }'), "“a b” is no name", "asyncio"),
        (toml("[checks.on]", "[checks.no]", "ru.md"), "ru.md, checks.no: the lesson has no such check", "Use one of these: on"),
        (
            toml('[checks.on]\ntitle = "on en"\nhints = ["first en", "second en"]\n', "[checks]\n", "en.md"),
            "en.md: there are no texts for the check “on”",
            "[checks.on]",
        ),
        (toml('"first az"', '" "', "az.md"), "az.md, checks.on, hints: a hint is missing or empty", "nudge"),
        (toml('hints = ["first az", "second az"]', "hints = []", "az.md"), "az.md, checks.on, hints", "nudge"),
        (toml(', "second ru"', "", "ru.md"), "ru.md, checks.on, hints: there are 1 hints here and 2", "all languages"),
        (toml('title = "on en"', 'title = ""', "en.md"), "en.md, checks.on, title: it is empty", "what is checked"),
        (toml('title = "T az"', 'title = ""', "az.md"), "az.md: title is empty", "pupils read it"),
        (toml("body", "", "az.md"), "az.md: the text below +++ is empty", "pupils read it"),
        (toml('goal = "G"', 'gaol = "G"', "az.md"), "az.md: ", "goal"),
        (put("az.md", b"# Title\n"), "az.md does not begin with titles and hints", "+++"),
        (put("az.md", b"+++\ntitle = 1\n"), "az.md does not begin", "+++"),
        (put("az.md", b"\xff\xfe"), "az.md, line 1: these letters are not saved as UTF-8", "UTF-8"),
        (put("az.md", b"x" * 2_000_000), "az.md is too big", "1 MB"),
        (drop("starter.py"), "The file starter.py is missing", "Write it"),
        (drop("lesson.toml"), "The file lesson.toml is missing", "Write it"),
        (drop("solution.py"), "The lesson has no solution", "solution.py"),
        (put("solution.py", b"while True\n"), "solution.py: Line 1:", "colon"),
        (put("starter.py", b""), "starter.py: The program is empty", ""),
        (put("wrong/a.py", b"x = 1\n"), "wrong/a.py does not say which check", "# caught by: <check id>"),
        (put("wrong/a.py", b"# caught by: onn\n"), "wrong/a.py: there is no check “onn”", "“on”"),
    ],
)
def test_a_broken_lesson_is_refused_with_place_and_mend(files, read, change, place, mend):
    """The sentence names file and key, the next one says what to write."""
    broken = files(CHECK)
    change(broken)
    with pytest.raises(LessonError) as caught:
        read(broken)
    assert place in str(caught.value.what)
    assert mend in str(caught.value.next_step)


def test_two_checks_of_one_id_are_refused(files, read):
    """Texts and wrong programs could not tell them apart."""
    broken = files(CHECK)
    broken["lesson.toml"] += CHECK.encode()
    with pytest.raises(LessonError, match="two checks have this id"):
        read(broken)


def test_a_lesson_without_checks_is_refused(files, read):
    """It would pass everybody."""
    broken = files(CHECK)
    broken["lesson.toml"] = b"check = []\n" + broken["lesson.toml"].replace(CHECK.encode(), b"")
    with pytest.raises(LessonError, match="no checks"):
        read(broken)


def test_checks_may_only_need_earlier_ones(files, read):
    """Which rules out circles."""
    later = CHECK.replace('id = "on"', 'id = "on"\nneeds = ["off"]') + OFF
    with pytest.raises(LessonError, match="“off” does not come before this check"):
        read(files(later))
    assert read(files(OFF + CHECK.replace('id = "on"', 'id = "on"\nneeds = ["off"]')))


NAMES = st.sampled_from(["lesson.toml", "az.md", "ru.md", "en.md", "starter.py", "solution.py", "wrong/a.py"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])  # the fixtures are plain functions
@given(changes=st.dictionaries(NAMES, st.binary(max_size=80) | st.text(max_size=80).map(str.encode)))
def test_any_folder_is_read_or_refused(files, read, changes):
    """No bytes in any file bring anything but `LessonError`."""
    with contextlib.suppress(LessonError):
        assert read(files(CHECK) | changes).id == "6-01-test"
