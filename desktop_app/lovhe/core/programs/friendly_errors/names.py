"""Names that are not known: of variables and functions, of modules, and after a dot."""

from __future__ import annotations

import ast
import re

from lovhe.core.boards.drivers import DRIVERS, import_line
from lovhe.core.messages import N_
from lovhe.core.programs.friendly_errors.case import Case, Said, closest
from lovhe.core.programs.letters import KNOWN_ATTRIBUTES, KNOWN_NAMES, english_twin

_BOARD_MODULES = (
    "machine time random math neopixel dht onewire ds18x20 network asyncio json os sys struct gc esp32 framebuf micropython lovhe"
)
_MODULES = [*_BOARD_MODULES.split(), "lovhe.report", *(f"lovhe.drivers.{driver}" for driver in DRIVERS)]
_PC_MODULES = ("turtle", "tkinter", "pygame", "numpy", "pandas", "matplotlib", "requests", "datetime", "threading", "RPi", "serial", "pip")
_FROM = {
    "machine": ("Pin", "ADC", "PWM", "I2C", "SoftI2C", "SPI", "UART", "Timer", "Signal", "RTC", "WDT", "time_pulse_us", "deepsleep"),
    "time": ("sleep", "sleep_ms", "sleep_us", "ticks_ms", "ticks_us", "ticks_diff", "ticks_add", "localtime"),
    "random": ("randint", "choice", "randrange", "uniform"),
    "math": ("sqrt", "sin", "cos", "pi", "floor", "ceil"),
    "neopixel": ("NeoPixel",),
    "dht": ("DHT11", "DHT22"),
    "lovhe.report": ("show",),
}
_OF_PIN = ("OUT", "IN", "PULL_UP", "PULL_DOWN", "IRQ_FALLING", "IRQ_RISING", "OPEN_DRAIN")
_OTHER_WORDS = {"add": "append", "push": "append", "push_back": "append", "wait": "sleep", "delay": "sleep", "println": "print"}
_SLIP = N_("Look for a slip of the pen. Big and small letters are different.")
_SLIP_AFTER_DOT = N_("Look for a slip of the pen after the dot. Big and small letters are different.")


def name_error(case: Case) -> Said:
    """A name without a value."""
    if "referenced before" in case.message:
        return _local(case)
    found = re.search(r"name '(.+?)'", case.message)
    if not found:
        return N_("A name in this line is not known."), N_(
            "Look for a slip of the pen, and whether the name got its value in a line above."
        )
    name = found[1]
    what = N_("The name “{name}” is not known.", name=name)
    if name.lower() in ("true", "false", "none"):
        return what, N_("Write this: {right}", right=name.capitalize())
    if re.search(rf"//.*\b{re.escape(name)}\b", case.code):
        return what, N_("A comment begins with #, not with //.")
    if line := _missing_line(name):
        return what, N_("A line at the top of the program is missing: {code}", code=line)
    if name in _OF_PIN and name not in case.names:
        return what, N_("Write this: {right}", right=f"Pin.{name}")
    if name in ("exit", "quit"):
        return what, N_("A program ends after its last line. To leave a loop, write break.")
    if name in case.names:
        return what, N_("The program gives it a value, but inside a function or in a line that has not run. Give it one above this line.")
    if english_twin(name).isdigit():
        return what, N_("It looks like the number {number}, but is a letter. Type the number anew.", number=english_twin(name))
    if other := next((known for known in sorted(case.names) if english_twin(known) == english_twin(name)), None):
        return what, N_("“{other}” only looks the same: a letter in it is not English. Type it anew with an English keyboard.", other=other)
    if guess := closest(name, case.names) or _OTHER_WORDS.get(name) or closest(name, KNOWN_NAMES, 0.75):
        return what, N_("Did you mean “{guess}”?", guess=guess)
    return what, N_("Give it a value in a line above. If it is meant as text, put it between quotes.")


def _missing_line(name: str) -> str | None:
    """The import that gives a program this name."""
    for module, names in _FROM.items():
        if name in names:
            return f"from {module} import {name}"
    if name in _MODULES:
        return f"import {name}"
    return import_line(name) if name in DRIVERS.values() else None


def _local(case: Case) -> Said:
    """A function that gives a value to a name of its own and wants that of the program: `global` is missing."""
    what = N_("A function uses a name before it has a value there.")
    for node in ast.walk(case.tree) if case.tree is not None else ():
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.lineno <= case.line <= (node.end_lineno or 0):
            names = [inner for inner in ast.walk(node) if isinstance(inner, ast.Name)]
            given = {inner.id for inner in names if isinstance(inner.ctx, ast.Store)}
            used = [inner.id for inner in names if inner.lineno == case.line and inner.id in given and inner.id in _outside(case, node)]
            if used:
                what = N_(
                    "The function “{function}” changes “{name}”, which belongs to the program outside it.", function=node.name, name=used[0]
                )
                return what, N_("Write this as the first line inside the function: {code}", code=f"global {used[0]}")
    return what, N_("Give the name a value inside the function first, or write global and the name at its start.")


def _outside(case: Case, function: ast.AST) -> set[str]:
    inside = {id(node) for node in ast.walk(function)}
    nodes = ast.walk(case.tree) if case.tree is not None else iter(())
    return {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and id(node) not in inside}


def import_error(case: Case) -> Said:
    """A module that is not there, or has no such name."""
    if found := re.search(r"no module named '(.+?)'", case.message):
        name = found[1]
        what = N_("The board has no module “{name}”.", name=name)
        if name.partition(".")[0] in _PC_MODULES:
            return what, N_("This module works on a PC only.")
        if name.startswith("lovhe.") and name in _MODULES:
            return what, N_("Flash the board with “lovhe flash”, which also renews its library, then try again.")
        if line := import_line(name):
            return what, N_("The board has a module for this part. Write: {code}", code=line)
        if guess := closest(name, _MODULES):
            return what, N_("Did you mean “{guess}”?", guess=guess)
        return what, N_("Look for a slip of the pen. A module of your own must be a file on the board, too.")
    if found := re.search(r"can(?:no|')t import name '?(\w+)", case.message):
        what = N_("The module has nothing called “{name}”.", name=found[1])
        if line := import_line(found[1]) or _missing_line(found[1]):
            return what, N_("The board has a module for this part. Write: {code}", code=line)
        if guess := closest(found[1], KNOWN_ATTRIBUTES):
            return what, N_("Did you mean “{guess}”?", guess=guess)
        return what, _SLIP
    return N_("The board has no module of this name."), _SLIP


def attribute_error(case: Case) -> Said:
    """What stands after a dot is not there."""
    found = re.search(r"'(\w+)'(?: object)? has no attribute '(.+?)'", case.message)
    if not found:
        return N_("What stands after a dot in this line does not exist."), N_("Look for a slip of the pen after the dot.")
    thing, name = found[1], found[2]
    if thing == "NoneType":
        return (
            N_("There is nothing (None) before “.{name}”.", name=name),
            N_("Look where the name before the dot got its value: was it a call that gives nothing back?"),
        )
    what = N_("There is no “.{name}” here.", name=name)
    if re.search(rf"\.{name}\s*=(?!=)", case.code) and name in KNOWN_ATTRIBUTES:
        return what, N_("The value goes into brackets: {code}", code=f".{name}(…)")
    if thing == "int" and name in ("init", "value", "on", "off"):
        return N_("A pin is needed here, not its number."), N_("Write this: {right}", right="Pin(13)")
    if thing in _own_classes(case) and name in case.names and name not in KNOWN_ATTRIBUTES:
        return what, N_("In the class, what belongs to the object is written with self: {code}", code=f"self.{name} = …")
    if thing == "str" and name in ("append", "add"):
        return N_("A text cannot grow by “.{name}”.", name=name), N_(
            "Put texts together with +, for example: {code}", code='text = text + "a"'
        )
    if name in ("length", "size", "len"):
        return what, N_("Write this: {right}", right="len(…)")
    if guess := _OTHER_WORDS.get(name) or closest(name, KNOWN_ATTRIBUTES, 0.65) or closest(name, case.names):
        return what, N_("Did you mean “{guess}”?", guess=guess)
    return what, _SLIP_AFTER_DOT


def _own_classes(case: Case) -> set[str]:
    return {node.name for node in ast.walk(case.tree) if isinstance(node, ast.ClassDef)} if case.tree is not None else set()
