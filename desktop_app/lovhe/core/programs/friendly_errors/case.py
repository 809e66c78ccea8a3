"""One exception to be explained, and what the program's text says about it."""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterable
from functools import cached_property

from lovhe.core.messages import Message
from lovhe.core.programs.syntax_tree import syntax_tree

Said = tuple[Message, Message | None]
"""What happened, and a hint."""

LOOK_FOR_A_SLIP = 0.6
"""How alike two names must be for one to be a slip of the pen for the other."""


class Case:
    """What a program ended with: the exception's type and message, the line (0: unknown), and the program."""

    def __init__(self, exception: str, message: str, line: int, source: str) -> None:
        self.exception, self.message, self.source = exception, message, source
        self.line = _true_line(message, line, source)

    @cached_property
    def code(self) -> str:
        """The line in question; "" if it is not known."""
        lines = self.source.splitlines()
        return lines[self.line - 1] if 0 < self.line <= len(lines) else ""

    @cached_property
    def tree(self) -> ast.Module | None:
        """The program's syntax tree; None if it has none."""
        try:
            return syntax_tree(self.source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None

    @cached_property
    def names(self) -> set[str]:
        """Names the program gives a value to."""
        nodes = list(ast.walk(self.tree)) if self.tree is not None else []
        names = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        names |= {node.arg for node in nodes if isinstance(node, ast.arg)}
        names |= {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}
        return names | {
            alias.asname or alias.name for node in nodes if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names
        }

    @cached_property
    def decimal_comma(self) -> bool:
        """Whether the line holds two numbers as a pupil writes one with a decimal comma: `sleep(0,5)`."""
        return re.search(r"(?<![\w.])\d+,\d+(?![\w.])", self.code) is not None

    def calls(self, name: str) -> bool:
        """Whether the line has brackets after this name."""
        return re.search(rf"\b{name}\s*\(", self.code) is not None


def closest(name: str, names: Iterable[str], alike: float = LOOK_FOR_A_SLIP) -> str | None:
    """The known name most like it; letters that differ only in case count as alike."""
    by_fold = {known.lower(): known for known in sorted(names)}
    found = difflib.get_close_matches(name.lower(), by_fold, n=1, cutoff=alike)
    guess = by_fold[found[0]] if found else None
    return guess if guess != name else None


def _true_line(message: str, line: int, source: str) -> int:
    """The line that is meant. MicroPython compiles a loop's condition after its body and names the body's last line for it."""
    lines = source.splitlines()[: max(line, 0)]
    found = re.search(r"(?:name|attribute) '(\w+)'", message)
    if found:
        culprit = re.compile(rf"\b{found[1]}\b")
    elif re.search(r"types for __(lt|gt|le|ge)__", message):
        culprit = re.compile(r"[<>]")
    else:
        return line
    if not lines or culprit.search(lines[-1]):
        return line
    loops = [number for number, code in enumerate(lines, 1) if re.match(r"\s*while\b", code) and culprit.search(code)]
    return loops[-1] if loops else line
