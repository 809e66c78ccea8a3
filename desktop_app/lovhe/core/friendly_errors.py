"""The exceptions a pupil meets, in simple words: what happened, in which line, and what to try.

MicroPython says the same thing in a short and a long form, by how it was built ("no such attribute", "'module' object has no
attribute 'sleeps'"); both are known here. Source: the messages in MicroPython's py/ and ports/esp32/, version 1.29.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Callable, Iterable

from lovhe.core.board_drivers import DRIVERS, explain_part, import_line
from lovhe.core.messages import N_, Message, Text
from lovhe.core.program_letters import KNOWN_ATTRIBUTES, KNOWN_NAMES, english_twin
from lovhe.core.program_problem import at_line

_Said = tuple[Message, Message | None]

_BOARD_MODULES = (
    "machine time random math neopixel dht onewire ds18x20 network asyncio json os sys struct gc esp32 framebuf micropython lovhe"
)
_MODULES = [*_BOARD_MODULES.split(), "lovhe.report", *(f"lovhe.drivers.{driver}" for driver in DRIVERS)]
_PC_MODULES = ("turtle", "tkinter", "pygame", "numpy", "pandas", "matplotlib", "requests", "datetime", "threading", "RPi", "serial", "pip")
_FROM_MACHINE = ("Pin", "ADC", "PWM", "I2C", "SPI", "UART", "Timer", "Signal", "time_pulse_us")
_FROM_TIME = ("sleep", "sleep_ms", "sleep_us", "ticks_ms", "ticks_us", "ticks_diff", "ticks_add")


def explain(exception: str, message: str, line: int, source: str) -> tuple[Text, Text | None]:
    """What an exception means, with its line, and a hint. `exception` is the type's name, `message` what it says."""
    say = _KINDS.get(exception)
    said = say(message, source) if say is not None else None
    if said is None:
        error = f"{exception}: {message}" if message else exception
        said = N_("The program stopped with an error: {error}", error=error[:200]), None
    what, hint = said
    return at_line(line, what), hint


def _name(message: str, source: str) -> _Said:
    if "referenced before" in message:
        return (
            N_("A function uses a name before it has a value there."),
            N_("Give the name a value inside the function first, or write global and the name at its start."),
        )
    found = re.search(r"name '(.+?)'", message)
    if not found:
        return N_("A name in this line is not known."), N_(
            "Look for a slip of the pen, and whether the name got its value in a line above."
        )
    name = found[1]
    what = N_("The name “{name}” is not known.", name=name)
    if name in ("true", "false", "none"):
        return what, N_("Write this: {right}", right=name.capitalize())
    if name in _FROM_MACHINE:
        return what, N_("A line at the top of the program is missing: {code}", code=f"from machine import {name}")
    if name in _FROM_TIME:
        return what, N_("A line at the top of the program is missing: {code}", code=f"from time import {name}")
    if name in _MODULES:
        return what, N_("A line at the top of the program is missing: {code}", code=f"import {name}")
    if name in DRIVERS.values():
        return what, N_("A line at the top of the program is missing: {code}", code=import_line(name) or "")
    if name in _names_in(source):
        return what, N_("The program gives it a value, but inside a function or in a line that has not run. Give it one above this line.")
    if other := next((known for known in sorted(_names_in(source)) if english_twin(known) == english_twin(name)), None):
        return what, N_("“{other}” only looks the same: a letter in it is not English. Type it anew with an English keyboard.", other=other)
    if guess := _closest(name, _names_in(source)) or _closest(name, KNOWN_NAMES, 0.75):
        return what, N_("Did you mean “{guess}”?", guess=guess)
    return what, N_("Give it a value in a line above. If it is meant as text, put it between quotes.")


def _import(message: str, source: str) -> _Said:
    if found := re.search(r"no module named '(.+?)'", message):
        name = found[1]
        what = N_("The board has no module “{name}”.", name=name)
        if name.partition(".")[0] in _PC_MODULES:
            return what, N_("This module works on a PC only.")
        if name.startswith("lovhe.") and name in _MODULES:
            return what, N_("Flash the board with “lovhe flash”, which also renews its library, then try again.")
        if line := import_line(name):
            return what, N_("The board has a module for this part. Write: {code}", code=line)
        if guess := _closest(name, _MODULES):
            return what, N_("Did you mean “{guess}”?", guess=guess)
        return what, N_("Look for a slip of the pen. Big and small letters are different.")
    if found := re.search(r"can(?:no|')t import name '?(\w+)", message):
        what = N_("The module has nothing called “{name}”.", name=found[1])
        if line := import_line(found[1]):
            return what, N_("The board has a module for this part. Write: {code}", code=line)
        if guess := _closest(found[1], KNOWN_ATTRIBUTES):
            return what, N_("Did you mean “{guess}”?", guess=guess)
        return what, N_("Look for a slip of the pen. Big and small letters are different.")
    return N_("The board has no module of this name."), N_("Look for a slip of the pen. Big and small letters are different.")


def _attribute(message: str, source: str) -> _Said:
    found = re.search(r"'(\w+)'(?: object)? has no attribute '(.+?)'", message)
    if not found:
        return N_("What stands after a dot in this line does not exist."), N_("Look for a slip of the pen after the dot.")
    thing, name = found[1], found[2]
    if thing == "NoneType":
        return (
            N_("There is nothing (None) before “.{name}”.", name=name),
            N_("Look where the name before the dot got its value: was it a call that gives nothing back?"),
        )
    what = N_("There is no “.{name}” here.", name=name)
    if guess := _closest(name, KNOWN_ATTRIBUTES, 0.65) or _closest(name, _names_in(source)):
        return what, N_("Did you mean “{guess}”?", guess=guess)
    return what, N_("Look for a slip of the pen after the dot. Big and small letters are different.")


def _type(message: str, source: str) -> _Said | None:
    if found := re.search(r"unsupported types for (\w+): '(\w+)', '(\w+)'", message):
        return _two_kinds(found[2], found[3])
    if message.startswith("unsupported type"):
        return N_("These values cannot be reckoned with or compared."), N_(
            "Is one a number and the other a text? int(…) makes a number of a text."
        )
    if "object isn't callable" in message or "object not callable" in message or "object is not callable" in message:
        return N_("Brackets ( ) stand after something that is no function."), N_(
            "Has a variable the same name as a function? Give it another one."
        )
    if found := re.search(r"takes (\d+) positional arguments? but (\d+) (?:were|was) given", message):
        what = N_("A function needs {wanted} values in its brackets and got {given}.", wanted=found[1], given=found[2])
        return what, N_("Count the values between the brackets. A number such as 0.5 is written with a point; a comma makes two of it.")
    if "missing" in message and "argument" in message:
        return N_("A function got too few values in its brackets."), N_("Count the values between the brackets.")
    if found := re.search(r"unexpected keyword argument '(\w+)'", message):
        return N_("The function does not know “{name}=”.", name=found[1]), N_("Look for a slip of the pen before the =.")
    if "argument" in message or "extra positional" in message or "extra keyword" in message:
        return N_("The values in the brackets do not fit the function."), N_(
            "Count the values between the brackets and look at their names."
        )
    if "subscriptable" in message:
        return N_("Square brackets [ ] stand after something that has no parts."), N_(
            "Only texts, lists and dicts have parts. Or did you mean ( )?"
        )
    if "iterable" in message or "iterator" in message:
        return N_("A for loop cannot walk through this."), N_("To count, write: for i in range(10):")
    if "convert" in message:
        return N_("A value of another kind is needed here."), N_("int(…) makes a number of a text, str(…) makes a text of a number.")
    if "no len" in message:
        return N_("This has no length."), N_("Only texts, lists and dicts have a length.")
    if "assignment" in message:
        return N_("The parts of this cannot be changed."), N_("Make a new text, or use a list.")
    return None


def _two_kinds(left: str, right: str) -> _Said:
    if "NoneType" in (left, right):
        return N_("One of the two values is None, that is, nothing."), N_("Look where it comes from: does that function return a value?")
    if "str" in (left, right):
        return (
            N_("A text and a number do not go together here."),
            N_("Make a text of the number with str(…), or a number of the text with int(…)."),
        )
    return N_("Values of the kinds “{left}” and “{right}” do not go together here.", left=left, right=right), None


def _value(message: str, source: str) -> _Said | None:
    if "pin can only be input" in message:
        return N_("This pin can only be read, it cannot switch anything."), N_(
            "Pins 34 to 39 are inputs. Use another pin, for example 2 or 4."
        )
    if message.lower().startswith("invalid pin"):
        return N_("The board has no such pin, or the pin cannot do this."), N_(
            "Compare the number with the lesson's picture of the circuit."
        )
    if message == "invalid Timer number":
        return N_("The board has no timer of this number."), N_(
            "Write Timer(0). An ESP32 has the timers 0 to 3, an ESP32-C3 has 0 and 1; only older versions took Timer(-1)."
        )
    if found := re.match(r"(I2C|SPI|UART)(\(-?\d+\)) do", message):
        right = "I2C(0)" if found[1] == "I2C" else f"{found[1]}(1)"
        return N_("The board has no {name}.", name=found[1] + found[2]), N_("Write this: {right}", right=right)
    if message.startswith("invalid syntax for"):
        return N_("This text is no number, so no number can be made of it."), N_("Look what is in the text: print it first.")
    if "unpack" in message:
        return N_("There are more or fewer values than names for them."), N_("Count the names left of the = and the values on its right.")
    if "duty" in message:
        return N_("The duty is outside its range."), N_("duty goes from 0 to 1023, duty_u16 from 0 to 65535.")
    if "frequency" in message or "freq" in message:
        return N_("The board cannot make this frequency."), N_("For sounds, take 100 to 5000.")
    if found := re.fullmatch(r"(\w+) must be from (\d+) to (\d+)", message):
        return N_("The value for “{name}” is outside its range.", name=found[1]), N_(
            "It goes from {least} to {most}.", least=found[2], most=found[3]
        )
    return None


def _os(message: str, source: str) -> _Said | None:
    if "can't create thread" in message:
        return N_("The board cannot do this beside the rest: it has no thread for it."), N_(
            "A virtual board has no threads at all. Take a Timer or asyncio, or try it on a real board."
        )
    if said := explain_part(message) or _network(message):
        return said
    found = re.search(r"-?\d+", message)
    number = abs(int(found[0])) if found else 0
    if number == 19 or "ENODEV" in message:
        return N_("A part on the I2C wires does not answer."), N_("Look at its wires: SDA and SCL, 3V3 and GND. Are two of them swapped?")
    if number in (110, 116) or "ETIMEDOUT" in message:
        return N_("A sensor did not answer in time."), N_("Look at its wires and at the pin's number in the program.")
    if number == 2 or "ENOENT" in message:
        return N_("There is no such file on the board."), N_("Look for a slip of the pen in the file's name.")
    if number == 28 or "ENOSPC" in message:
        return N_("The board's memory for files is full."), N_("Delete files you do not need any more.")
    if number == 5 or "EIO" in message:
        return N_("The board could not read or write."), N_("Look at the wires, then try again.")
    return None


def _network(message: str) -> _Said | None:
    if "no radio" in message:
        return N_("A virtual board has no radio: neither Bluetooth nor ESP-NOW."), N_("Try this program on a real board.")
    if "no network" in message or re.search(r"-202\b|\b118\b|EHOSTUNREACH", message):
        return N_("The board has no network, so it cannot find or reach the other side."), N_(
            "A virtual board has no Wi-Fi. On a real one, look first whether isconnected() is True."
        )
    if "Wifi Not Started" in message or "STA must be active" in message:
        return N_("The board's Wi-Fi is not switched on."), N_("Write .active(True) in a line before this one.")
    if "Wifi Internal" in message:
        return N_("The board is busy connecting to the Wi-Fi already."), N_(
            "Call connect once, then wait until isconnected() is True. A virtual board has no Wi-Fi, so there it stays False."
        )
    return None


def _index(message: str, source: str) -> _Said:
    return N_("The list or text has no such place."), N_("Counting begins at 0: a list of three has the places 0, 1 and 2.")


def _key(message: str, source: str) -> _Said:
    return N_("The dict has no entry {key}.", key=message or "?"), N_("Compare it with the entries, letter by letter.")


def _zero(message: str, source: str) -> _Said:
    return N_("The program divides by zero."), N_("Look at what stands right of the / and how it can become 0.")


def _memory(message: str, source: str) -> _Said:
    return N_("The board's memory is full."), N_("Does a list or a text grow with every turn of the loop?")


def _runtime(message: str, source: str) -> _Said | None:
    if "recursion" in message:
        return N_("A function calls itself without end."), N_("To repeat something, write a while loop.")
    if found := re.search(r"PWM channels:(\d+)", message):
        return N_("The program uses PWM at more pins than the board can: it has {count}.", count=found[1]), N_(
            "End PWM at a pin that does not need it any more: write .deinit() after its name."
        )
    if found := re.search(r"PWM timers:(\d+)", message):
        return N_("The program wants more PWM frequencies at once than the board can make: it has {count}.", count=found[1]), N_(
            "Give several pins the same frequency."
        )
    if message == "PWM is inactive":
        return N_("This PWM is not running."), N_(
            "After deinit() it must be made anew with PWM(Pin(…)). duty_ns goes into a line of its own, after the one with "
            "PWM(Pin(…), freq=50)."
        )
    return None


def _indent(message: str, source: str) -> _Said:
    return N_("The line does not start below the lines it belongs to."), N_("Use four spaces for each step to the right, and no tabs.")


def _syntax(message: str, source: str) -> _Said:
    return (
        N_("The board does not understand this line."),
        N_("Look at it closely, and at the end of the line before: is a bracket, a quote, a comma or a colon missing?"),
    )


def _assertion(message: str, source: str) -> _Said:
    return N_("What the program itself asserts is not so."), N_("Look at the assert in this line.")


_KINDS: dict[str, Callable[[str, str], _Said | None]] = {
    "NameError": _name,
    "ImportError": _import,
    "AttributeError": _attribute,
    "TypeError": _type,
    "ValueError": _value,
    "OSError": _os,
    "IndexError": _index,
    "KeyError": _key,
    "ZeroDivisionError": _zero,
    "MemoryError": _memory,
    "RuntimeError": _runtime,
    "IndentationError": _indent,
    "SyntaxError": _syntax,
    "AssertionError": _assertion,
}


def _closest(name: str, names: Iterable[str], alike: float = 0.6) -> str | None:
    """The known name most like it; letters that differ only in case count as alike."""
    by_fold = {known.lower(): known for known in sorted(names)}
    found = difflib.get_close_matches(name.lower(), by_fold, n=1, cutoff=alike)
    guess = by_fold[found[0]] if found else None
    return guess if guess != name else None


def _names_in(source: str) -> set[str]:
    """Names the program gives a value to."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    names |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}
    return names | {
        alias.asname or alias.name for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names
    }
