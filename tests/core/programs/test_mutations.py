"""Small changes to a program are slips that pupils make, and those that nobody could notice are left out."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lovhe.core.lessons.survivors import ExplainedSurvivor, read_survivors
from lovhe.core.programs.mutations import mutants

HEAD = "from machine import Pin, PWM, ADC, Timer\nimport time\nled = Pin(2, Pin.OUT)\nx = 3\n"


def changes(body: str, gpios: tuple[int, ...] = (2, 4), *, prints_count: bool = True) -> list[tuple[str, str]]:
    """Each change to the lines of `body`: what stood there, and what stands there now."""
    found = mutants("solution.py", HEAD + body, gpios, prints_count=prints_count)
    return [(mutant.before, mutant.after) for mutant in found if mutant.line > HEAD.count("\n")]


@pytest.mark.parametrize(
    ("line", "becomes"),
    [
        ("while x < 20: x = led.value()", "while x >= 20: x = led.value()"),
        ("x = x == led.value()", "x = x != led.value()"),
        ("x = led.value() and x", "x = led.value() or x"),
        ("x = not x", "x = (x)"),
        ("x += 7", "x -= 7"),
        ("x += 7", "x += 8"),
        ("x = x * 50", "x = x * 100"),
        ("x = x * 50", "x = x * 25"),
        ("x = x * 50", "x = x // 50"),
        ("x = x * 50", ""),
        ("led.on()", "led.off()"),
        ("led.on()", ""),
        ("led.value(1)", "led.value(0)"),
        ("led.value(True)", "led.value(False)"),
        ("lamp = Pin(2, Pin.IN); lamp.on()", "lamp = Pin(4, Pin.IN); lamp.on()"),
        ("lamp = Pin(2, Pin.IN); lamp.on()", "lamp = Pin(2); lamp.on()"),
        ("x = Servo(2)", "x = Servo(4)"),
        ("tone = PWM(led, freq=440); tone.deinit()", "tone = PWM(led); tone.deinit()"),
        ("for i in range(1, 12): led.on()", "for i in range(1): led.on()"),
        ("led.value((20, 0, 0))", "led.value((0, 0, 0))"),
        ("led.value((20, 0, 0))", "led.value((20, 20, 0))"),
        ("time.sleep(0.5)", "time.sleep(0.25)"),
        ("time.sleep(0.02)", "time.sleep(0.2)"),
        ("Timer(0).init(period=50, callback=x)", "Timer(0).init(period=500, callback=x)"),
        ("Timer(0).init(freq=20, callback=x)", "Timer(0).init(freq=2, callback=x)"),
        ("Timer(0).init(period=500, callback=x)", "Timer(0).init(period=250, callback=x)"),
    ],
)
def test_a_change_is_one_slip(line: str, becomes: str) -> None:
    """Turned, exchanged, another number, another pin, left out: each in its place, and the rest of the line as it was."""
    assert (line, becomes) in changes(f"{line}\n")


def test_a_break_is_left_out_and_a_condition_turned() -> None:
    """What ends a loop is as easily forgotten as what it asks is turned round."""
    found = changes("while True:\n    if led.value():\n        break\n    time.sleep(0.5)\n")
    assert ("break", "") in found
    assert ("if led.value():", "if not (led.value()):") in found


@pytest.mark.parametrize(
    ("body", "untouched"),
    [
        ("while True:\n    led.on()\nled.value(0)\n", "led.value(0)"),  # nothing gets there
        ("def wait():\n    return 5\n    led.off()\nwait()\n", "led.off()"),
        ("def forgotten():\n    led.off()\n", "led.off()"),  # nobody calls it
        ("unused = 12\n", "unused = 12"),
        ("y = 12\nx = y\n", "y = 12"),  # only the number changes: without the line the name would be missing
        ("time.sleep(0.02)\n", "time.sleep(0.02)"),  # too short to be seen
        ("Timer(0).init(period=900)\n", "Timer(1).init(period=900)"),
        ("x = I2C(0, scl=led)\n", "x = I2C(1, scl=led)"),
        ("x = Servo(2)\n", "x = Servo(3)"),
        ("Timer(0).init(freq=20, callback=x)\n", "Timer(0).init(freq=40, callback=x)"),
        ("Timer(0).init(mode=Timer.PERIODIC, callback=x)\n", "Timer(0).init(callback=x)"),
        ("while True:\n    time.sleep(1)\n", "time.sleep(1)"),  # it only keeps timers alive
        ("import gc\ngc.collect()\n", "gc.collect()"),
        ("'text alone'\n", "'text alone'"),
    ],
)
def test_what_makes_no_difference_is_not_changed(body: str, untouched: str) -> None:
    """The score would be worse for nothing, or better for what the interpreter itself refuses."""
    found = changes(body)
    assert (untouched, "") not in found
    assert untouched not in {after for _, after in found}


def test_prints_count_only_where_a_check_reads_them() -> None:
    """A line on the screen that nobody looks at may say anything."""
    line = "print('value', x * 50)"
    assert (line, "") in changes(f"{line}\n")
    assert changes(f"{line}\n", prints_count=False) == []


def test_no_change_comes_twice_and_each_program_can_be_read() -> None:
    """Every mutant is another program than the original and than all others, by its syntax tree."""
    source = HEAD + "while True:\n    led.value(1 - led.value())\n    time.sleep(0.5)\n    if x > 5 and not led.value():\n        x -= 1\n"
    found = mutants("solution.py", source, (2, 4))
    trees = [ast.dump(ast.parse(text)) for text in (source, *(mutant.source for mutant in found))]
    assert len(found) > 12
    assert len(set(trees)) == len(trees)
    assert found == mutants("solution.py", source, (2, 4))


def test_places_are_found_beside_letters_of_more_than_one_byte() -> None:
    """A syntax tree counts bytes; pupils' programs may say "ə"."""
    assert ("print('ə', x * 50)", "print('ə', x * 100)") in changes("print('ə', x * 50)\n")


LINES = ["led.on()", "x += 2", "x = x > 7", "print(f'{x + 1:3}')", "if x: led.off()", "y = (1, 2, 3)"]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(LINES), max_size=6))
def test_any_program_of_such_lines_can_be_changed(lines: list[str]) -> None:
    """Whatever stands beside one another, every change is a program."""
    for mutant in mutants("solution.py", HEAD + "\n".join(lines) + "\n", (2, 4)):
        ast.parse(mutant.source)
        assert mutant.before != mutant.after


def test_an_entry_speaks_of_one_line_and_with_becomes_of_one_change() -> None:
    """Without `becomes` all changes of the line are meant; "*" is every solution."""
    entry = ExplainedSurvivor("*", "    x += 7", "why")
    assert entry.explains("solution_a.py", "x += 7", "x -= 7")
    assert entry.explains("solution.py", "x += 7", "")
    exact = ExplainedSurvivor("solution.py", "x += 7", "why", becomes="")
    assert exact.explains("solution.py", "x += 7", "")
    assert not exact.explains("solution.py", "x += 7", "x -= 7")
    assert not exact.explains("solution_a.py", "x += 7", "")


def test_the_file_of_survivors_is_read() -> None:
    """`mutants.toml` holds one table an entry."""
    (entry,) = read_survivors(b'[[survivor]]\nprogram = "solution.py"\nline = "x = 1"\nbecomes = "x = 0"\nwhy = "dark anyway"\n')
    assert entry == ExplainedSurvivor("solution.py", "x = 1", "dark anyway", "x = 0")
