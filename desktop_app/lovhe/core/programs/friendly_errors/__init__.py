"""The exceptions a pupil meets, in simple words: what happened, in which line, and what to try.

MicroPython says the same thing in a short and a long form, by how it was built ("no such attribute", "'module' object has no
attribute 'sleeps'"); both are known here. Source: the messages in MicroPython's py/ and ports/esp32/, versions 1.26 to 1.29.
"""

from __future__ import annotations

from collections.abc import Callable

from lovhe.core.messages import N_, Text
from lovhe.core.programs.friendly_errors import board, kinds, names, values
from lovhe.core.programs.friendly_errors.case import Case, Said
from lovhe.core.programs.problem import at_line

__all__ = ["KINDS", "explain"]

KINDS: dict[str, Callable[[Case], Said | None]] = {
    "NameError": names.name_error,
    "ImportError": names.import_error,
    "AttributeError": names.attribute_error,
    "TypeError": kinds.type_error,
    "ValueError": values.value_error,
    "IndexError": values.index_error,
    "KeyError": values.key_error,
    "ZeroDivisionError": values.zero_division,
    "AssertionError": values.assertion,
    "StopIteration": values.no_more_values,
    "IndentationError": values.indentation,
    "SyntaxError": values.syntax,
    "OSError": board.os_error,
    "OneWireError": board.one_wire,
    "MemoryError": board.memory,
    "RuntimeError": board.runtime_error,
    "Exception": board.plain_exception,
}
"""Who explains exceptions of each type."""


def explain(exception: str, message: str, line: int, source: str) -> tuple[Text, Text | None]:
    """What an exception means, with its line, and a hint. `exception` is the type's name, `message` what it says."""
    case = Case(exception, message, line, source)
    say = KINDS.get(exception)
    said = say(case) if say is not None else None
    if said is None:
        error = f"{exception}: {message}" if message else exception
        said = N_("The program stopped with an error: {error}", error=error[:200]), None
    what, hint = said
    return at_line(case.line, what), hint
