"""CPython's syntax errors in words a twelve-year-old understands, with the commonest slips told apart."""

from __future__ import annotations

import keyword
import re

from lovhe.core.messages import N_, Message
from lovhe.core.programs.problem import ProgramProblem, problem_at
from lovhe.core.programs.slips import BLOCK_WORDS, BRACE, NOT_CODE, explain_slip, first_word, line_with_brace

_QUOTES = "“”„‟«»‘’‚‛‹›´`＂"
_DASHES = "–—−‐‑"
_SIGNS = {"×": "*", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=", "，": ",", "：": ":", "（": "(", "）": ")", "；": ";", "…": "..."}
_OTHER_LANGUAGES = {"&&": "and", "||": "or", "++": "+= 1", "--": "-= 1", "=<": "<=", "=>": ">=", "=!": "!="}
_OTHER_LANGUAGES |= {"<>": "!=", "= =": "==", "! =": "!="}


def explain_syntax_error(error: SyntaxError, source: str) -> ProgramProblem:
    """What CPython found, said for a pupil."""
    lines = source.splitlines() or [""]
    line = min(max(error.lineno or 1, 1), len(lines))
    column = error.offset or 0 if line == error.lineno else 0
    text = lines[line - 1]
    message = _message(error, text)
    braces = line_with_brace(lines[:line])
    if braces:
        return problem_at(braces, 0, *BRACE)
    what, hint = (
        _character(message)
        or _indentation(error, message, lines, line)
        or _brackets_and_quotes(message, text)
        or explain_slip(text)
        or _by_message(message, text)
        or _by_line(text)
        or (
            N_("The board does not understand this line."),
            N_("Look at it closely, and at the end of the line before: is a bracket, a quote, a comma or a colon missing?"),
        )
    )
    return problem_at(line, max(column, 0), what, hint)


def _message(error: SyntaxError, text: str) -> str:
    """CPython's message; where a version blames a number for a letter behind it that cannot be there at all (3.11.2), that of others."""
    message = str(error.msg)
    behind = text[error.offset : error.offset + 1] if error.offset else ""
    if re.match(r"invalid \w+ literal", message) and not behind.isascii() and not behind.isidentifier():
        shown = f"character '{behind}' (U+{ord(behind):04X})" if behind.isprintable() else f"non-printable character U+{ord(behind):04X}"
        return f"invalid {shown}"
    return message


_Said = tuple[Message, Message | None]


def _character(message: str) -> _Said | None:
    found = re.match(r"invalid (non-printable )?character (?:'(.)' )?\(?U\+([0-9A-F]+)", message)
    if not found:
        return None
    character = chr(int(found[3], 16))
    if character in _QUOTES:
        return N_("The quote mark {character} does not belong in a program.", character=character), N_("Type straight quotes: \" or '")
    if character in _DASHES:
        return N_("The dash {character} does not belong in a program.", character=character), N_("Type the minus sign of the keyboard: -")
    if character in _SIGNS:
        return N_("The sign {character} does not belong in a program.", character=character), N_(
            "Write this: {sign}", sign=_SIGNS[character]
        )
    if found[1]:
        return N_("There is an invisible character in this line."), N_("Delete the spaces in this line and type them again.")
    return N_("The character {character} cannot stand here.", character=character), N_("Delete it, or put it between quotes as text.")


def _indentation(error: SyntaxError, message: str, lines: list[str], line: int) -> _Said | None:
    if isinstance(error, TabError):
        return N_("Tabs and spaces are mixed at the start of the line."), N_("Use four spaces for each step to the right, and no tabs.")
    if not isinstance(error, IndentationError):
        return None
    above = re.search(r"on line (\d+)", message)
    if above:
        if int(above[1]) >= line:
            return N_("Something must follow this line, shifted to the right."), N_(
                "Write the lines that belong to it below, with four spaces in front."
            )
        what = N_("This line must be shifted to the right, because it belongs to line {above}.", above=int(above[1]))
        return what, N_("Put four spaces at its start.")
    if "unexpected indent" in message:
        return (
            N_("This line is shifted to the right, but nothing above asks for that."),
            N_("Start it exactly below the line above. Or does that line need a colon at its end?"),
        )
    return N_("This line starts at another place than the lines it belongs to."), N_(
        "Count the spaces: lines of one block start exactly below each other."
    )


def _brackets_and_quotes(message: str, text: str) -> _Said | None:
    if found := re.match(r"'(.)' was never closed", message):
        closing = {"(": ")", "[": "]", "{": "}"}.get(found[1], "")
        return N_("The bracket {bracket} is never closed.", bracket=found[1]), N_("Put {bracket} where it should end.", bracket=closing)
    if found := re.match(r"unmatched '(.)'", message):
        return N_("The bracket {bracket} closes nothing.", bracket=found[1]), N_(
            "Delete it, or look for the one that should open before it."
        )
    if found := re.match(r"closing parenthesis '(.)' does not match opening parenthesis '(.)'", message):
        what = N_("The bracket {opening} is closed by {closing}.", opening=found[2], closing=found[1])
        return what, N_("Brackets go in pairs: {pairs}.", pairs="( ), [ ], { }")
    if "unterminated" in message and "triple-quoted" in message:
        return N_("A text in three quotes begins here and never ends."), N_("Put three quotes at its end.")
    if "unterminated" in message and re.search(r"'[^'\"]*\w'\w", text):
        return N_("An apostrophe ' ends the text too early."), N_("Put the text between double quotes: {code}", code='"it\'s"')
    if "unterminated" in message:
        return N_("A text begins with a quote here, and the quote at its end is missing."), N_("Put the same quote at the end of the text.")
    return None


def _by_message(message: str, text: str) -> _Said | None:
    if "expected ':'" in message:
        return _missing_colon()
    if "Missing parentheses in call to" in message:
        return N_("print needs brackets round what it prints."), N_('Write it like this: print("hello")')
    if "instead of '='" in message and "cannot assign" not in message:
        return N_("One = gives a value; to compare, two are needed."), N_("Write == here.")
    if message.startswith("cannot assign to function call"):
        return N_("A value can only be given to a name, and the name stands left of the =."), N_(
            "To set something, put the value into the brackets: {code}", code="led.value(1)"
        )
    if message.startswith("cannot assign to"):
        return N_("A value can only be given to a name, and the name stands left of the =."), N_("To compare two values, write ==.")
    if "forgot a comma" in message and re.search(r"\bprint\([^\W\d]+( [^\W\d]+)+[.!?]?\)", text):
        return N_("What print shall show as text needs quotes."), N_('Write it like this: print("hello")')
    if "forgot a comma" in message:
        return N_("A comma is probably missing."), N_("Put a comma between the values in the brackets.")
    if "leading zeros" in message:
        return N_("A number must not begin with 0."), N_("Write 5 instead of 05.")
    if "invalid decimal literal" in message:
        return N_("A name must not begin with a digit, and a number must not hold letters."), N_("Write led1 instead of 1led.")
    if "await" in message or ("outside" in message and re.search(r"\basync\b|\bawait\b", text)):
        return N_("await can only stand inside an async function."), N_(
            "Put the lines into async def main(): and start it with asyncio.run(main())."
        )
    if "outside function" in message:
        return N_("return and yield can only stand inside a function."), N_("Shift the line to the right, under its def. Or leave it out.")
    if "outside loop" in message or "not properly in loop" in message:
        return N_("break and continue can only stand inside a loop."), N_(
            "Shift the line to the right, under its while or for. Or leave it out."
        )
    if re.search(r"is (assigned to|used) (before|prior to) global", message):
        return N_("global must stand before the name is used."), N_("Make it the first line inside the function.")
    if "duplicate argument" in message:
        return N_("Two names in the brackets are the same."), N_("Give each value a name of its own.")
    if "expected 'except' or 'finally' block" in message:
        return N_("A try above has no except."), N_("Write except below it, exactly as far left as the try.")
    if "positional argument follows keyword argument" in message:
        return N_("A value without a name stands after one with a name."), N_("Write the values without a name first.")
    if "line continuation" in message:
        return N_("Nothing may follow a \\ in the same line."), N_("Delete the \\ or what stands after it.")
    if message.startswith("f-string"):
        return N_("Something is wrong inside the curly brackets of this text."), N_(
            "Each needs its partner, with a name or a sum between them: {example}", example='f"{light} lx"'
        )
    if message == "invalid syntax" and re.match(r"\s*print\b\s*[^\s(=.]", text):
        return N_("print needs brackets round what it prints."), N_('Write it like this: print("hello")')
    return None


def _by_line(text: str) -> _Said | None:
    """The commonest causes of a bare "invalid syntax"."""
    code = NOT_CODE.sub("", text).strip()
    first = first_word(code)
    if (used := re.match(r"(\w+)\s*=(?!=)", code)) and keyword.iskeyword(used[1]):
        return N_("“{word}” is a word of Python and cannot be a name.", word=used[1]), N_("Choose another name.")
    if first in BLOCK_WORDS and ":" not in code:
        return _missing_colon()
    for wrong, right in _OTHER_LANGUAGES.items():
        if wrong in code:
            return N_("Python does not know “{wrong}”.", wrong=wrong), N_("Write this: {right}", right=right)
    if re.search(r"!(?!=)", code):
        return N_("Python does not know “{wrong}”.", wrong="!"), N_("Write this: {right}", right="not")
    if re.fullmatch(r"[\w.]+\s*=", code):
        return N_("A value is missing after the =."), N_("Write what the name shall stand for: {code}", code="count = 0")
    if code.endswith(":") and first not in BLOCK_WORDS:
        return N_("This line needs no colon at its end."), N_("Only lines with if, elif, else, while, for and def end with a colon.")
    if first in ("else", "elif"):
        return N_("There is no if above that this “{word}” belongs to.", word=first), N_("It must start exactly below its if.")
    if first in ("except", "finally"):
        return N_("There is no try above that this “{word}” belongs to.", word=first), N_("It must start exactly below its try.")
    return None


def _missing_colon() -> _Said:
    return N_("The colon at the end is missing."), N_("Lines with if, elif, else, while, for and def end with a colon: while True:")
