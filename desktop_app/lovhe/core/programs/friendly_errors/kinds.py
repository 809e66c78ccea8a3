"""Values of the wrong kind: text and number, too many or too few values in the brackets, brackets where none can be."""

from __future__ import annotations

import ast
import re

from lovhe.core.messages import N_
from lovhe.core.programs.friendly_errors.case import Case, Said

_DECIMAL_POINT = N_("A number is written with a point: 0.5. A comma makes two numbers of it.")
_COUNT = N_("Count the values between the brackets.")


def type_error(case: Case) -> Said | None:
    """The first of what explains it."""
    return _reckoned(case) or _arguments(case) or _coroutine(case) or _used_wrongly(case) or _converted(case)


def _reckoned(case: Case) -> Said | None:
    if found := re.search(r"unsupported types for (\w*): '(\w+)', '(\w+)'", case.message):
        return _two_kinds(found[1], found[2], found[3])
    if "__hash__" in case.message:
        return N_("A list or a dict cannot be the key of a dict."), N_("Take a number or a text as the key.")
    if case.message.startswith("unsupported type"):
        return N_("These values cannot be reckoned with or compared."), N_(
            "Is one a number and the other a text? int(…) makes a number of a text."
        )
    return None


def _two_kinds(operation: str, left: str, right: str) -> Said:
    both = (left, right)
    together = N_("Values of the kinds “{left}” and “{right}” do not go together here.", left=left, right=right)
    if "NoneType" in both:
        return N_("One of the two values is None, that is, nothing."), N_("Look where it comes from: does that function return a value?")
    if operation in ("", "__contains__"):
        return together, N_("Only a text, a list or a dict can stand right of in.")
    if "generator" in both:
        return N_("An async function has been called, but nobody waited for its value."), N_("Write await before the call.")
    if "function" in both or "bound_method" in both:
        return N_("A function is used here, not its value."), N_("Write brackets after the function's name: {code}", code="read()")
    if "tuple" in both and {"int", "float"} & set(both):
        return together, _DECIMAL_POINT
    if "str" in both and operation == "__mul__" and "float" in both:
        return N_("A text can be repeated a whole number of times only."), N_("Make a whole number of it with int(…).")
    if "str" in both:
        return (
            N_("A text and a number do not go together here."),
            N_("Make a text of the number with str(…), or a number of the text with int(…)."),
        )
    if "list" in both:
        return together, N_("To put a value at the end of a list, write .append(…) after its name.")
    return together, None


def _arguments(case: Case) -> Said | None:
    if found := re.search(r"takes (\d+) positional arguments? but (\d+) (?:were|was) given", case.message):
        wanted, given = int(found[1]), int(found[2])
        if given < wanted:
            return N_("A function got too few values in its brackets."), _COUNT
        what = N_("A function got too many values in its brackets.")
        if case.decimal_comma or not case.code:
            return what, N_("Count the values between the brackets. A number such as 0.5 is written with a point; a comma makes two of it.")
        if _method_without_self(case):
            return what, N_("A function of a class has self as its first name in brackets: {code}", code="def on(self):")
        return what, _COUNT
    if "missing" in case.message and "argument" in case.message:
        return N_("A function got too few values in its brackets."), _COUNT
    if found := re.search(r"unexpected keyword argument '(\w+)'", case.message):
        return N_("The function does not know “{name}=”.", name=found[1]), N_("Look for a slip of the pen before the =.")
    if "format string" in case.message:
        return N_("The text has more or fewer places than there are values for it."), N_("Count the % in the text and the values after it.")
    if "argument" in case.message or "extra positional" in case.message or "extra keyword" in case.message:
        return N_("The values in the brackets do not fit the function."), N_(
            "Count the values between the brackets and look at their names."
        )
    return None


def _method_without_self(case: Case) -> bool:
    """Whether a class of the program has a function without `self` that this line calls."""
    classes = [node for node in ast.walk(case.tree) if isinstance(node, ast.ClassDef)] if case.tree is not None else []
    functions = [node for owner in classes for node in owner.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return any(
        (re.search(rf"\.{function.name}\s*\(", case.code) or function.name == "__init__")
        and (not function.args.args or function.args.args[0].arg != "self")
        for function in functions
    )


def _coroutine(case: Case) -> Said | None:
    if "coroutine expected" in case.message:
        return N_("An async function is needed here, called with brackets."), N_("Write this: {right}", right="asyncio.run(main())")
    if "iter" in case.message and re.search(r"\bawait\b", case.code):
        return N_("Only an async function can be awaited."), N_("Is it a function of asyncio, or one with async def? Else leave await out.")
    return None


def _used_wrongly(case: Case) -> Said | None:
    message = case.message
    if "object isn't callable" in message or "object not callable" in message or "object is not callable" in message:
        if "'module'" in message:
            return N_("Brackets ( ) stand after a module's name."), N_(
                "Name what you want of it, after a dot: {code}", code="time.sleep(1)"
            )
        if "'list'" in message or "'dict'" in message or "'tuple'" in message:
            return N_("Brackets ( ) stand after something that is no function."), N_(
                "A place in a list or a dict stands in square brackets: {code}. Or has a variable the same name as a function?",
                code="values[0]",
            )
        return N_("Brackets ( ) stand after something that is no function."), N_(
            "Has a variable the same name as a function? Give it another one."
        )
    if found := re.search(r"indices must be integers, not (\w+)", message):
        what = N_("A place in a list is a whole number, but this is of the kind “{kind}”.", kind=found[1])
        return what, N_("int(…) makes a whole number. Names as places are for a dict: {code}", code='{"a": 1}')
    if "subscriptable" in message:
        return N_("Square brackets [ ] stand after something that has no parts."), N_(
            "Only texts, lists and dicts have parts. Or did you mean ( )?"
        )
    if "iterable" in message or "iterator" in message:
        if re.match(r"\s*\w+\s*,\s*\w", case.code):
            return N_("There is one value for several names."), N_("Count the names left of the = and the values on its right.")
        return N_("A for loop cannot walk through this."), N_("To count, write: for i in range(10):")
    if "no len" in message:
        return N_("This has no length."), N_("Only texts, lists and dicts have a length.")
    if "assignment" in message:
        return N_("The parts of this cannot be changed."), N_("Make a new text, or use a list.")
    if "derive from BaseException" in message:
        return N_("Only an exception can be raised."), N_("Write this: {right}", right='raise ValueError("too hot")')
    return None


def _converted(case: Case) -> Said | None:
    message = case.message
    if "buffer protocol" in message:
        return N_("Only text can be written here."), N_("Make a text of the number with str(…).")
    if "expected a character" in message:
        return N_("One single letter is needed here."), None
    if "tuple" in message and "convert" in message:
        return N_("Two numbers stand where one is needed."), _DECIMAL_POINT
    if re.search(r"convert float to int|float.*int", message):
        return N_("A whole number is needed here."), N_("int(…) makes a whole number; // divides without a remainder.")
    if re.search(r"convert str to (int|float)", message):
        return N_("A number is needed here, and this is a text."), N_(
            "Leave the quotes out. Of a text that was typed in, int(…) or float(…) makes a number."
        )
    if "convert NoneType" in message:
        return N_("A number is needed here, and this is None, that is, nothing."), N_(
            "Look where it comes from: does that function return a value?"
        )
    if "convert" in message:
        return N_("A value of another kind is needed here."), N_("int(…) makes a number of a text, str(…) makes a text of a number.")
    return None
