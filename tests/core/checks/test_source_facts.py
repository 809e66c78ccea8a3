"""Facts of a source come from its syntax tree, so words in comments and texts prove nothing."""

import pytest
from lovhe.core.checks.source_facts import source_facts


@pytest.mark.parametrize(
    ("source", "fact"),
    [
        ("while True:\n    pass", "loop"),
        ("for i in range(3):\n    pass", "loop"),
        ("x = [i for i in y]", "loop"),
        ("if x:\n    pass", "if"),
        ("x = 1 if y else 2", "if"),
        ("def f():\n    pass", "def"),
        ("f = lambda: 1", "def"),
        ("import asyncio", "asyncio"),
        ("import uasyncio as aio", "asyncio"),
        ("from asyncio import sleep", "asyncio"),
        ("import time\ntime.sleep(1)", "sleep"),
        ("import time\ntime.sleep(1)", "time.sleep"),
        ("import time as t\nt.sleep(1)", "time.sleep"),
        ("from time import sleep\nsleep(1)", "time.sleep"),
        ("from time import sleep as nap\nnap(1)", "time.sleep"),
        ("from time import sleep as nap\nnap(1)", "sleep"),
        ("import machine\nx = machine.Pin.OUT", "machine.Pin.OUT"),
        ("led.on()", "on"),
        ("for i in y:\n    pass", "for"),
        ("x = [i for i in y]", "for"),
        ("while True:\n    pass", "while"),
        ("class A:\n    pass", "class"),
        ("try:\n    pass\nexcept OSError:\n    pass", "try"),
        ("x = [1, 2]", "list"),
        ("x = []", "list"),
        ("x = [i for i in y]", "list"),
        ("x = list(y)", "list"),
        ("x = {}", "dict"),
        ("x = {i: 1 for i in y}", "dict"),
        ("x = dict(a=1)", "dict"),
        ("def f():\n    return 3", "return"),
    ],
)
def test_a_program_has_what_it_uses(source, fact):
    """Names count however they were imported; loops, choices and functions in all their forms."""
    assert source_facts(source).has(fact)


@pytest.mark.parametrize(
    ("source", "fact"),
    [
        ("# while True: sleep(1)", "loop"),
        ("print('if def asyncio')", "asyncio"),
        ("from time import sleep", "sleep"),
        ("sleep = 3", "sleep"),
        ("x = 1", "if"),
        ("while x:\n    pass", "for"),
        ("for i in y:\n    pass", "while"),
        ("[a, b] = c", "list"),
        ("x = y[1]", "list"),
        ("x = {1, 2}", "dict"),
        ("def f():\n    return", "return"),
    ],
)
def test_what_is_only_mentioned_is_not_used(source, fact):
    """Comments, strings, an import alone and a variable of that name are no use."""
    assert not source_facts(source).has(fact)


def test_the_first_line_is_told():
    """A forbidden name is shown where it stands first."""
    assert source_facts("x = 1\nfor i in y:\n    pass\nfor j in y:\n    pass").line_of("loop") == 2
    assert source_facts("a = 1\nb = [\n  i for i in y]").line_of("loop") == 3


@pytest.mark.parametrize("source", ["while", "\0", "(" * 500, "x" + ".a" * 20000])
def test_what_cannot_be_parsed_has_no_facts(source):
    """None, and no exception."""
    assert source_facts(source) is None or source_facts(source).has("a")
