"""Whether a program's text can run at all, told before anything is sent to a board.

CPython's own parser reads it first, for its messages point at the place; then come the things that CPython takes and
MicroPython refuses (`program_dialect`), and letters that only look right (`program_letters`).
"""

from __future__ import annotations

import ast
import codecs

from lovhe.core.messages import N_
from lovhe.core.programs.dialect import refused_by_the_board
from lovhe.core.programs.letters import look_alike
from lovhe.core.programs.problem import ProgramProblem, at_line
from lovhe.core.programs.syntax_tree import check_compiles, syntax_tree
from lovhe.core.programs.words import explain_syntax_error

__all__ = ["MAX_PROGRAM_BYTES", "ProgramProblem", "program_text", "syntax_problem"]

MAX_PROGRAM_BYTES = 200_000
_REPLACED = "\N{REPLACEMENT CHARACTER}".encode()  # what `program_text` has put where no letter could be read

# CPython's compiler refuses these, MicroPython runs them.
_FINE_ON_THE_BOARD = ("'await' outside async function", "too many statically nested blocks")


def program_text(data: bytes) -> str:
    """A program file's text as it goes to a board: without byte order mark; bytes that are not UTF-8 become U+FFFD."""
    return data.decode("utf-8-sig", errors="replace")


def syntax_problem(source: str | bytes) -> ProgramProblem | None:
    """The first thing in `source` that MicroPython would refuse to compile, or None. Never raises."""
    if isinstance(source, str):
        source = source.encode("utf-8", errors="replace")
    problem = _not_a_text(source)
    if problem is not None:
        return problem
    text = program_text(source)
    try:
        tree = _parsed(text)
    except SyntaxError as error:
        problem = explain_syntax_error(error, text)
        letters = look_alike(text, None)
        return letters if letters is not None and letters.line <= problem.line else problem
    except (ValueError, RecursionError, MemoryError, OverflowError):
        return ProgramProblem(0, 0, N_("The program is too deeply nested to be read."), N_("Split long expressions into several lines."))
    return refused_by_the_board(text, tree) or look_alike(text, tree)


def _parsed(text: str) -> ast.Module:
    tree = syntax_tree(text)
    try:
        check_compiles(text)
    except SyntaxError as error:
        if not str(error.msg).startswith(_FINE_ON_THE_BOARD):
            raise
    return tree


def _not_a_text(data: bytes) -> ProgramProblem | None:
    if len(data) > MAX_PROGRAM_BYTES:
        what = N_(
            "The program is {size} KB long, and the board takes {limit} KB at most.",
            size=len(data) // 1000,
            limit=MAX_PROGRAM_BYTES // 1000,
        )
        return ProgramProblem(0, 0, what, N_("Choose the file with the program in it, or make the program shorter."))
    in_utf8 = N_("Save the file once more in your editor and choose UTF-8 as its encoding.")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, 2 * _REPLACED)):
        return ProgramProblem(0, 0, N_("The file is not saved as UTF-8."), in_utf8)
    nul = data.find(b"\0")
    if nul >= 0:
        line = data.count(b"\n", 0, nul) + 1
        return ProgramProblem(line, 0, at_line(line, N_("This is no program: the file holds bytes that are not text.")), in_utf8)
    try:
        text = data.decode("utf-8-sig")
        bad = data.find(_REPLACED)
    except UnicodeDecodeError as error:
        bad = error.start
    if bad >= 0:
        line = data.count(b"\n", 0, bad) + 1
        return ProgramProblem(line, 0, at_line(line, N_("Some letters are not saved as UTF-8.")), in_utf8)
    if not text.strip():
        return ProgramProblem(0, 0, N_("The program is empty."), N_("Write it and save the file, then try again."))
    return None
