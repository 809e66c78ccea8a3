"""Slips that a pupil makes in a whole line, by the line's own look: words of other languages, names that cannot be names."""

from __future__ import annotations

import difflib
import keyword
import re
from collections.abc import Sequence

from lovhe.core.messages import N_, Message

Said = tuple[Message, Message | None]

BLOCK_WORDS = frozenset(("if", "elif", "else", "while", "for", "def", "class", "try", "except", "finally", "with", "async"))
"""Words that begin a line with a colon at its end."""

NOT_CODE = re.compile(r"""#.*|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""")
"""Comments and texts."""

BRACE: Said = (
    N_("Python has no curly brackets round the lines that belong together."),
    N_("Write a colon at the end of the line, and four spaces before each line that belongs to it."),
)
"""What is said of a line that ends with a brace."""

_OTHER_IF = ("elseif", "elsif", "elf", "eilf")
_KINDS = (
    "int",
    "float",
    "double",
    "char",
    "bool",
    "boolean",
    "byte",
    "string",
    "String",
    "var",
    "let",
    "const",
    "void",
    "auto",
    "unsigned",
)
_REPEAT = ("repeat", "loop", "forever", "foreach", "until", "times")
_SMALL = BLOCK_WORDS | {"import", "from", "return", "break", "continue", "pass", "global"}


def explain_slip(text: str) -> Said | None:
    """What a line looks like that cannot be read; None if nothing is known of it."""
    code = NOT_CODE.sub('""', text).strip()
    first = first_word(code)
    return _words_of_choice(code, first) or _words_of_others(code, first) or _imports(code) or _names(code, first)


def line_with_brace(lines: Sequence[str]) -> int:
    """The number of the first line that begins like a block and ends with a brace, as in C; 0 if there is none."""
    for number, line in enumerate(lines, 1):
        code = re.sub(r"//.*", "", NOT_CODE.sub("", line)).strip()
        if code.endswith("{") and first_word(code).lower() in BLOCK_WORDS | {"void", "switch"} and ":" not in code:
            return number
    return 0


def first_word(code: str) -> str:
    """The letters with which a line begins."""
    found = re.match(r"\w*", code)
    return found[0] if found else ""


def _words_of_choice(code: str, first: str) -> Said | None:
    if re.match(r"else\s+if\b", code, re.IGNORECASE):
        return N_("“else if” is written as one word in Python."), N_("Write elif.")
    if first.lower() in _OTHER_IF:
        return N_("Python does not know “{wrong}”.", wrong=first), N_("Write this: {right}", right="elif")
    if first and first not in keyword.kwlist and first.lower() in _SMALL:
        return N_("“{word}” must be written in small letters.", word=first), N_("Write this: {right}", right=first.lower())
    if found := re.search(r"\b(then|do|begin)\s*:?\s*$", code):
        return N_("Python does not know “{wrong}”.", wrong=found[1]), N_("The line ends with a colon alone.")
    if first == "for" and not re.search(r"\bin\b|^for\s*=", code):
        return N_("for needs in: it goes through a row of values."), N_("To count, write: for i in range(10):")
    if re.match(r"def\s+\w+\s*:", code):
        return N_("Brackets are missing after the function's name."), N_("Write this: {right}", right="def blink():")
    return None


def _words_of_others(code: str, first: str) -> Said | None:
    if code.startswith("//"):
        return N_("A comment begins with #, not with //."), N_("Write # in place of //.")
    if first in _REPEAT and first not in keyword.kwlist:
        return N_("Python does not know “{wrong}”.", wrong=first), N_("To repeat, write: for i in range(10): or while True:")
    if first in _KINDS and re.match(r"\w+\s+[^\W\d]\w*\s*(=|;|$|\()", code):
        return N_("Python needs no “{word}” before a name.", word=first), N_("Write the name and its value alone: {code}", code="count = 0")
    if not code.endswith(":") or not first or keyword.iskeyword(first) or re.search(r"[=\[{]", code):
        return None
    guess = difflib.get_close_matches(first.lower(), sorted(BLOCK_WORDS), n=1, cutoff=0.6)
    return (N_("Python does not know “{wrong}”.", wrong=first), N_("Did you mean “{guess}”?", guess=guess[0])) if guess else None


def _imports(code: str) -> Said | None:
    if found := re.match(r"import\s+(\w+)\s+from\s+(\w+)", code):
        return N_("The words stand in another order."), N_("Write this: {right}", right=f"from {found[2]} import {found[1]}")
    if re.fullmatch(r"from\s+[\w.]+(\s+import)?", code):
        return N_("What is to be imported is missing."), N_("Write this: {right}", right="from machine import Pin")
    if found := re.match(r"global\s+(\w+)\s*=", code):
        return N_("global stands alone in its line, without a value."), N_(
            "Write two lines: {first}, and below it the name with its value.", first=f"global {found[1]}"
        )
    return None


def _names(code: str, first: str) -> Said | None:
    if (found := re.match(r"([^\W\d]\w*)((?:[ -][^\W\d]\w*)+)\s*=(?!=)", code)) and not keyword.iskeyword(first):
        name = re.sub(r"[ -]+", "_", found[1] + found[2])
        return N_("A name is one word, without spaces and without -."), N_("Write this: {right}", right=name)
    return None
