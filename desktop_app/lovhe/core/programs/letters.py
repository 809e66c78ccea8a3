"""Letters that look like the right ones, a Cyrillic "р" in print, a dotless "ı" in while; and words of the right keys in another layout.

MicroPython takes any letter in a name, so `рrint(1)` compiles and then fails with a name nobody can tell apart from the
right one. Names of one's own in any letters (`işıq`, `свет`) are fine and stay so: only a name that is nowhere given a
meaning, and whose Latin twin has one, is told.
"""

from __future__ import annotations

import ast
import builtins
import keyword
import re
from collections.abc import Iterator

from lovhe.core.boards.drivers import DRIVERS, METHODS
from lovhe.core.messages import N_
from lovhe.core.programs.problem import ProgramProblem, problem_at

_CYRILLIC = dict(zip("асеһіјԛоорѕԝхукмтАВСЕНІЈКМОРЅТХУзЗӏ", "acehijqoopswxykmtABCEHIJKMOPSTXY33l", strict=True))
_AZERBAIJANI = dict(zip("ıİəƏşŞçÇğĞöÖüÜ", "iIeEsScCgGoOuU", strict=True))
_OTHER_KEYS = dict(zip("йцукенгшщзфывапролдячсмитью", "qwertyuiopasdfghjklzxcvbnm.", strict=True)) | {"ü": "w", "ş": "."}
"""What the English keyboard gives where a Russian or an Azerbaijani one gives these letters."""
_KEYS = str.maketrans(_OTHER_KEYS | {letter.upper(): key.upper() for letter, key in _OTHER_KEYS.items()})
_TWINS = str.maketrans(_CYRILLIC | _AZERBAIJANI)

_SKIPPED = r"""#[^\n]*|'''(?:[^\\]|\\.)*?'''|\"\"\"(?:[^\\]|\\.)*?\"\"\"|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*\""""
_TOKEN = re.compile(rf"(?:{_SKIPPED})|(?P<name>[^\W\d]\w*)", re.DOTALL)

KNOWN_NAMES = frozenset(keyword.kwlist) | {name for name in dir(builtins) if not name.startswith("_")}
_OF_THE_BOARD = (
    "ADC ATTN_11DB I2C IN IRQ_FALLING IRQ_RISING NeoPixel OUT PULL_DOWN PULL_UP PWM Pin Signal Timer UART append asyncio atten "
    "callback const deinit dht duty duty_u16 fill format freq init irq join machine measure micropython mode neopixel off on "
    "period randint random range read read_u16 read_uv readline run scan show sleep sleep_ms sleep_us split temperature humidity "
    "ticks_add ticks_diff ticks_ms ticks_us time time_pulse_us toggle value write"
)
KNOWN_ATTRIBUTES = frozenset(_OF_THE_BOARD.split()) | {*DRIVERS, *DRIVERS.values(), *METHODS, "drivers"}


def look_alike(source: str, tree: ast.Module | None) -> ProgramProblem | None:
    """The first name that is a known one but for letters of another alphabet; without a `tree`, only among keywords and built-ins."""
    foreign = [match for match in _TOKEN.finditer(source) if match["name"] and not match["name"].isascii()]
    if not foreign:
        return None
    own = set(_given_a_meaning(tree)) if tree is not None else set()
    known = KNOWN_NAMES | (KNOWN_ATTRIBUTES | own if tree is not None else frozenset())
    for match in foreign:
        name = match["name"]
        twin = english_twin(name)
        if tree is None and twin not in known and keyword.iskeyword(twin.lower()):
            twin = twin.lower()
        if name not in own and (twin in known or (twin.isdecimal() and twin != name)):
            return _problem(source, match.start("name"), name, twin)
        typed = name.translate(_KEYS)
        if name not in own and all(part in known | KNOWN_ATTRIBUTES for part in typed.split(".")):
            return _typed_in_another_layout(source, match.start("name"), name, typed)
    return None


def english_twin(name: str) -> str:
    """The name in the English letters that look like its own."""
    return name.translate(_TWINS)


def _given_a_meaning(tree: ast.Module) -> Iterator[str]:
    """All names that the program itself gives a meaning to."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.arg(arg=name) | ast.ExceptHandler(name=str(name)):
                yield name
            case ast.alias(name=name, asname=asname):
                yield asname or name.partition(".")[0]
            case _:
                pass


def _place(source: str, start: int) -> tuple[int, int]:
    """Line and column, from 1."""
    return source.count("\n", 0, start) + 1, start - (source.rfind("\n", 0, start) + 1) + 1


def _typed_in_another_layout(source: str, start: int, name: str, word: str) -> ProgramProblem:
    what = N_("“{name}” is “{word}” on an English keyboard; yours is set to other letters.", name=name, word=word)
    return problem_at(*_place(source, start), what, N_("Switch the keyboard to English and type the word anew: {word}", word=word))


def _problem(source: str, start: int, name: str, twin: str) -> ProgramProblem:
    line, column = _place(source, start)
    letter = next(letter for letter, plain in zip(name, twin, strict=True) if letter != plain and not letter.isascii())
    if twin.isdecimal():
        what = N_("“{name}” is a letter, not the number {number}.", name=name, number=twin)
        return problem_at(line, column, what, N_("Type the number anew."))
    if letter in _CYRILLIC:
        what = N_("In “{name}” the letter “{letter}” is a Cyrillic one. It only looks like the English letter.", name=name, letter=letter)
    else:
        what = N_("In “{name}” the letter “{letter}” is not an English one.", name=name, letter=letter)
    return problem_at(line, column, what, N_("Switch the keyboard to English and type the word anew: {word}", word=twin))
