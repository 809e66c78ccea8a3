"""What is wrong with a program's text is told with its line, in words of its own for the commonest slips."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lovhe.core.programs.program import MAX_PROGRAM_BYTES, program_text, syntax_problem
from lovhe.core.programs.words import explain_syntax_error


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("while True\n    pass\n", 1, "colon"),
        ("x = 1\nif x == 1\n    pass\n", 2, "colon"),
        ("while True print(1)\n", 1, "colon"),
        ("def blink()\n    pass\n", 1, "colon"),
        ("if 1:\n pass\nelif 2\n pass\n", 3, "colon"),
        ("led.on():\n", 1, "no colon"),
        ("if x:\npass\n", 2, "belongs to line 1"),
        ("x = 1\nif x:\n", 2, "must follow"),
        ("  x = 1\n", 1, "shifted to the right"),
        ("if x:\n    a = 1\n  b = 2\n", 3, "another place"),
        ("if x:\n    a = 1\n\tb = 2\n", 3, "Tabs"),
        ("print((1)\nx = 2\n", 1, "( is never closed"),
        ("x = [1,\ny = 2\n", 1, "[ is never closed"),
        ("print('a'))\n", 1, ") closes nothing"),
        ("x = (1]\n", 1, "( is closed by ]"),
        ("x = 1\nprint('a)\n", 2, "quote at its end is missing"),
        ("x = '''a\nb\n", 1, "three quotes"),
        ("if x = 1:\n    pass\n", 1, "to compare"),
        ("1 = x\n", 1, "left of the ="),
        ("f() = x\n", 1, "left of the ="),
        ("print 'a'\n", 1, "print needs brackets"),
        ("print x\n", 1, "print needs brackets"),
        ("print(1 2)\n", 1, "comma"),
        ("led = Pin(2 Pin.OUT)\n", 1, "comma"),
        ("print(“a”)\n", 1, "quote mark “"),
        ("print(‘a’)\n", 1, "quote mark ‘"),
        ("print(«a»)\n", 1, "quote mark «"),
        ("x = 1 – 2\n", 1, "dash –"),
        ("x = a × b\n", 1, "sign ×"),
        ("x = 5°\n", 1, "character °"),
        ("x =\u00a01\n", 1, "invisible"),
        ("x = 1\u200b\n", 1, "invisible"),
        ("While True:\n    pass\n", 1, "“While” must be written in small letters"),
        ("If x:\n    pass\n", 1, "small letters"),
        ("Import time\n", 1, "small letters"),
        ("if a:\n    pass\nelse if b:\n    pass\n", 3, "else if"),
        ("else:\n    pass\n", 1, "no if above"),
        ("for = 3\n", 1, "“for” is a word of Python"),
        ("x = = 3\n", 1, "“= =”"),
        ("if a && b:\n    pass\n", 1, "“&&”"),
        ("if !a:\n    pass\n", 1, "“!”"),
        ("a++\n", 1, "“++”"),
        ("if a => 5:\n    pass\n", 1, "“=>”"),
        ("return 5\n", 1, "inside a function"),
        ("break\n", 1, "inside a loop"),
        ("if x:\n    continue\n", 2, "inside a loop"),
        ("try:\n    x = 1\nx = 2\n", 3, "no except"),
        ("x = 05\n", 1, "begin with 0"),
        ("1led = 3\n", 1, "begin with a digit"),
        ("f(a=1, 2)\n", 1, "without a name"),
        ("x = f'{a'\n", 1, "curly brackets"),
        ("x = 'a' 5\n", 1, "does not understand"),
        ("match x:\n    case 1:\n        pass\n", 1, "no match"),
    ],
)
def test_a_slip_is_told_with_its_line(source, line, words):
    """The sentence names the line and what is wrong there; a hint says what to do."""
    problem = syntax_problem(source)
    assert problem is not None
    assert str(problem.what).startswith(f"Line {line}: ")
    assert words in str(problem.what)
    assert problem.line == line
    assert problem.hint is not None


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("x = 5°", 5, "character °"),
        ("x = 1\u200b", 5, "invisible"),
        ("x = 5abc", 5, "begin with a digit"),
        ("x = 5", 5, "begin with a digit"),
        ("x = 12ş3", 6, "begin with a digit"),
    ],
)
def test_a_letter_behind_a_number_is_told_as_such_by_every_python(line, column, words):
    """Debian 12's Python (3.11.2) blames the number, where others name the letter that cannot be there."""
    error = SyntaxError("invalid decimal literal", ("main.py", 1, column, line, 1, column))
    assert words in str(explain_syntax_error(error, line).what)


@pytest.mark.parametrize(
    ("source", "line", "name", "word"),
    [
        ('while True:\n    зкште("a")\n', 2, "зкште", "print"),
        ("цршду True:\n    pass\n", 1, "цршду", "while"),
        ("while Екгу:\n    pass\n", 1, "Екгу", "True"),
        ("led = 1\nдувющт()\n", 2, "дувющт", "led.on"),
        ("import time\ntimeşsleep(1)\n", 2, "timeşsleep", "time.sleep"),
        ("ühile True:\n    pass\n", 1, "ühile", "while"),
    ],
)
def test_a_word_typed_in_another_layout_is_read(source, line, name, word):
    """The keys were right, and the keyboard was set to Russian or Azerbaijani."""
    problem = syntax_problem(source)
    assert problem is not None
    assert problem.line == line
    assert f"“{name}” is “{word}”" in str(problem.what)
    assert str(problem.hint).endswith(word)


@pytest.mark.parametrize("source", ["зкште = 3\nprint(зкште)\n", "свет = 1\nprint(свет)\n", "def ühile():\n    pass\nühile()\n"])
def test_a_name_of_one_s_own_stays_one_s_own(source):
    """Whatever it would be on other keys."""
    assert syntax_problem(source) is None


@pytest.mark.parametrize(
    ("source", "name", "letter", "twin"),
    [
        ("рrint(1)", "рrint", "р", "print"),
        ("whilе True:\n    pass", "whilе", "е", "while"),
        ("whıle True:\n    pass", "whıle", "ı", "while"),
        ("from machine import Pin\nled = Pin(2)\nled.оn()", "оn", "о", "on"),
        ("led = 1\nlеd = led + 1\nx = lеd + іnt(2)", "іnt", "і", "int"),
        ("rəngi = 1\nrange(3)\nrаnge(2)", "rаnge", "а", "range"),
        ("import time\ntime.sləep(1)", "sləep", "ə", "sleep"),
        ("count = 1\nprint(соunt)", "соunt", "с", "count"),
    ],
)
def test_a_letter_that_only_looks_right_is_named(source, name, letter, twin):
    """Nobody can see that р is not p; the word to type is told."""
    problem = syntax_problem(source)
    assert problem is not None
    assert f"“{name}”" in str(problem.what)
    assert f"“{letter}”" in str(problem.what)
    assert str(problem.hint).endswith(twin)


@pytest.mark.parametrize(
    "source",
    [
        "işıq = 1\nprint(işıq)",
        "свет = 1\nprint(свет)",
        "а = 1\nprint(а)",
        "def işıq_yandır(gücü):\n    return gücü\nişıq_yandır(3)",
        '# рrint whıle\nx = \'рrint(1)\'\ny = """whıle"""',
        "\ufeffx = 1",
        "x = 1\r\nif x:\r\n    y = 2\r\n",
        "if (n := 3) > 2:\n    pass",
        "x = 'İşıq: %d °C' % 5",
        "def f():\n    await g()",
        "x = '\\d'",
        "import asyncio\nasync def main():\n    while True:\n        await asyncio.sleep_ms(10)\nasyncio.run(main())",
        "x: int = 3",
        "print('a' if x is 1 else 'b')",
    ],
)
def test_what_the_board_runs_is_not_refused(source):
    """Names in one's own letters, comments, a byte order mark, and whatever else MicroPython takes."""
    assert syntax_problem(source) is None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"  \n\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"x = 1\nprint('\xd1\xe2\xe5\xf2')\n", "Line 2: Some letters are not saved as UTF-8"),
        ("x = 1\n".encode("utf-16"), "not saved as UTF-8"),
        (b"x = 1\n\0", "Line 2: This is no program"),
        (b"x = 1\n" * MAX_PROGRAM_BYTES, "KB"),
    ],
)
def test_what_is_no_text_is_refused(data, words):
    """Empty files, other encodings, binary files and huge ones, each with its own sentence."""
    problem = syntax_problem(data)
    assert problem is not None
    assert words in str(problem.what)
    assert problem.hint is not None


def test_a_byte_order_mark_does_not_reach_the_board():
    """Windows' Notepad writes one, and MicroPython would take it for a name."""
    assert program_text(b"\xef\xbb\xbfx = 1") == "x = 1"


@pytest.mark.parametrize(
    "source", ["(" * 5000, "x = " + "-" * 50_000 + "1", "x" + ".a" * 60_000, "[" * 190 + "]" * 190, "if x:\n" * 300, "a" * 199_000]
)
def test_no_depth_breaks_it(source):
    """Nesting beyond what a parser bears is a problem like any other."""
    syntax_problem(source)


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_any_text_and_any_bytes_are_judged(source):
    """Nothing raises; a problem has a line and a sentence."""
    problem = syntax_problem(source)
    if problem is not None:
        assert problem.line >= 0
        assert str(problem.what)


_PIECES = "if while for def x = ( ) [ ] { } : , . ' \" # 1 f'{ } é ş р “ == + and else print"
SNIPPETS = st.lists(st.sampled_from([*_PIECES.split(), "\n", "\t", "\n    ", " "]), max_size=25)


@given(SNIPPETS)
def test_near_programs_are_judged(pieces):
    """The same for texts made of the pieces of programs."""
    problem = syntax_problem("".join(pieces))
    assert problem is None or str(problem.what)
