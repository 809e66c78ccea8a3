"""What an editor does while a program is typed: shifts the next line, closes brackets, comments lines out, takes in what is pasted."""

from __future__ import annotations

import re

from lovhe.core.shown_text import UNSHOWN

INDENT = 4
_PAIRS = {"(": ")", "[": "]", "{": "}", '"': '"', "'": "'"}
_CLOSERS = frozenset(_PAIRS.values())
_MAY_FOLLOW = frozenset(" \t)]},:;.")  # what may stand behind a pair that closes itself: nothing that it would cut off
_LEAVES = re.compile(r"\s*(return|break|continue|pass|raise)\b")
_QUOTED = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')""")


def next_line_begin(before: str) -> str:
    """The spaces with which the line after `before` (what stands left of the cursor) begins."""
    shift = re.match(r"[ ]*", before)
    spaces = len(shift[0]) if shift is not None else 0
    code = _without_comment(before).rstrip()
    if code.endswith(":"):
        spaces += INDENT
    elif _LEAVES.match(code):
        spaces = max(0, spaces - INDENT)
    return " " * spaces


def pair_for(typed: str, before: str, after: str) -> str | None:
    """What is put behind the cursor when `typed` opens something, None where it opens nothing. `before`, `after`: the rest of the line."""
    closer = _PAIRS.get(typed)
    if closer is None or (after and after[0] not in _MAY_FOLLOW) or _in_comment(before):
        return None
    if typed in "\"'":
        if _in_text(before) or (before and (before[-1].isalnum() or before[-1] in "_\"'") and not _prefix(before)):
            return None
    elif _in_text(before):
        return None
    return closer


def typed_over(typed: str, after: str) -> bool:
    """Whether the cursor steps over what stands behind it: the same closing bracket or quote."""
    return typed in _CLOSERS and after.startswith(typed)


def is_empty_pair(before: str, after: str) -> bool:
    """Whether the cursor is between a bracket or quote and its closing one, so that both go together."""
    return bool(before and after) and _PAIRS.get(before[-1]) == after[0]


def back_to(before: str) -> int:
    """How many characters left of the cursor Backspace takes: a whole step of spaces at a line's begin, else one."""
    if before and not before.strip(" "):
        return (len(before) - 1) % INDENT + 1
    return 1


def shifted_right(lines: list[str]) -> list[str]:
    """The lines, a step to the right; empty ones stay."""
    return [" " * INDENT + line if line.strip() else line for line in lines]


def shifted_left(lines: list[str]) -> list[str]:
    """The lines, a step to the left as far as each can go."""
    return [re.sub(rf"^( {{1,{INDENT}}}|\t)", "", line) for line in lines]


def commented(lines: list[str]) -> list[str]:
    """The lines made comments; where all of them are, made code again."""
    written = [line for line in lines if line.strip()]
    if written and all(line.lstrip().startswith("#") for line in written):
        return [re.sub(r"^(\s*)# ?", r"\1", line) for line in lines]
    column = min((len(line) - len(line.lstrip()) for line in written), default=0)
    return [f"{line[:column]}# {line[column:]}" if line.strip() else line for line in lines]


def taken_in(text: str) -> str:
    """What is pasted or comes from a file, as an editor holds it: line ends are \\n, tabs are spaces, nothing is invisible."""
    text = re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text)
    text = "\n".join(line.expandtabs(INDENT) for line in text.split("\n")) if "\t" in text else text
    return UNSHOWN.sub("", text).encode("utf-8", "replace").decode().removeprefix("\ufeff")


def find(lines: list[str], sought: str, start: tuple[int, int]) -> tuple[int, int] | None:
    """Row and column of the first `sought` at or after `start`, then from the begin; None where it is nowhere. Case does not matter."""
    if not sought:
        return None
    found = re.compile(re.escape(sought), re.IGNORECASE)
    row, column = start
    if match := found.search(lines[row], column):
        return row, match.start()
    for number in (*range(row + 1, len(lines)), *range(row + 1)):
        if match := found.search(lines[number]):
            return number, match.start()
    return None


def is_same(text: str, sought: str) -> bool:
    """Whether `find` would take the whole text for `sought`."""
    return re.fullmatch(re.escape(sought), text, re.IGNORECASE) is not None


def replaced(text: str, sought: str, new: str) -> tuple[str, int]:
    """The text with each `sought` made `new`, and how many there were."""
    return re.subn(re.escape(sought), lambda _: new, text, flags=re.IGNORECASE) if sought else (text, 0)


def _without_comment(line: str) -> str:
    bare = _QUOTED.sub(lambda text: "x" * len(text[0]), line)
    at = bare.find("#")
    return line if at < 0 else line[:at]


def _in_text(before: str) -> bool:
    """Whether a quote to the left is still open."""
    rest = _QUOTED.sub("", before)
    return '"' in rest or "'" in rest


def _in_comment(before: str) -> bool:
    return "#" in _QUOTED.sub("", before) and not _in_text(before.partition("#")[0])


def _prefix(before: str) -> bool:
    """Whether the text that begins is an f-, b- or r-string."""
    return re.search(r"(?<![\w])[fFbBrR]{1,2}$", before) is not None
