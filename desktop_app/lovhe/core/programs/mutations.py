"""Small changes to a right program, to find out what a lesson's checks would let through.

A change that makes no difference says nothing about the checks, so what can be known to make none is left out: dead code, values
that nobody uses, a `print` that no check reads, pauses too short to be seen. So is what the interpreter itself would refuse at once,
such as a variable that is never made: it would only make the score look better.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from lovhe.core.lessons.lesson import Lesson
from lovhe.core.programs.mutation_rules import (
    DROPPED,
    Change,
    argument_changes,
    call_name,
    changes_of,
    is_colour_part,
    is_short_pause,
    number_changes,
    pin_argument,
)
from lovhe.core.programs.syntax_tree import syntax_tree

_COMPOUND = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.If,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.With,
    ast.AsyncWith,
    ast.Try,
)
_NEVER_DROPPED = (*_COMPOUND, ast.Import, ast.ImportFrom, ast.Pass, ast.Break, ast.Continue)
_LEAVES = (ast.Return, ast.Break, ast.Continue, ast.Raise)
_WITHOUT_EFFECT = ("collect",)


class Mutant(msgspec.Struct, frozen=True):
    """A program with one small change: at `line` stood `before`, now stands `after` ("" where the line was left out)."""

    program: str
    line: int
    before: str
    after: str
    rule: str
    source: str


def lesson_mutants(lesson: Lesson) -> list[Mutant]:
    """All changes to the solutions of the lesson's goal, in the order of programs and lines."""
    judged = lesson.judged_by(lesson.goal)
    read = any(step.expect_text or step.expect_reading for check in judged.file.check for step in check.step)
    gpios = sorted({wire.gpio for part in lesson.wired.values() for wire in part.wires.values()})
    return [mutant for name, source in sorted(lesson.solutions.items()) for mutant in mutants(name, source, gpios, prints_count=read)]


def mutants(program: str, source: str, gpios: Iterable[int] = (), *, prints_count: bool = True) -> list[Mutant]:
    """All changes to one program, none twice. `prints_count` says whether any check looks at what is printed."""
    tree = syntax_tree(source)
    seen = {ast.dump(tree)}
    found: list[Mutant] = []
    for change in sorted(
        _Finder(tree, list(gpios), prints_count).changes(), key=lambda change: (change.node.lineno, change.node.col_offset)
    ):
        changed = _changed(source, change)
        try:
            dump = ast.dump(syntax_tree(changed))
        except SyntaxError:
            continue
        if dump not in seen:
            seen.add(dump)
            found.append(_mutant(program, source, change, changed))
    return found


def _changed(source: str, change: Change) -> str:
    """The program's text with the node's replaced. Columns of a syntax tree count bytes."""
    lines = source.encode().splitlines(keepends=True)
    node = change.node
    begin = sum(map(len, lines[: node.lineno - 1])) + node.col_offset
    end = sum(map(len, lines[: (node.end_lineno or node.lineno) - 1])) + (node.end_col_offset or 0)
    data = b"".join(lines)
    return (data[:begin] + change.text.encode() + data[end:]).decode()


def _mutant(program: str, source: str, change: Change, changed: str) -> Mutant:
    line = change.node.lineno
    before, after = source.splitlines()[line - 1].strip(), changed.splitlines()[line - 1].strip()
    return Mutant(program, line, before, "" if change.text == DROPPED else after, change.rule, changed)


class _Finder:
    """Goes through a program and finds what is worth a change."""

    def __init__(self, tree: ast.Module, gpios: list[int], prints_count: bool) -> None:
        self._tree, self._gpios, self._prints_count = tree, gpios, prints_count
        names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
        self._read = {node.id for node in names if isinstance(node.ctx, ast.Load)}
        self._made = Counter(node.id for node in names if isinstance(node.ctx, ast.Store))

    def changes(self) -> Iterator[Change]:
        """Every change, some of which may come to the same."""
        yield from self._block(self._tree.body)

    def _block(self, body: list[ast.stmt]) -> Iterator[Change]:
        for statement in body:
            yield from self._statement(statement)
            if isinstance(statement, _LEAVES) or _is_endless(statement):
                return  # nothing gets any further

    def _statement(self, statement: ast.stmt) -> Iterator[Change]:
        if self._says_nothing(statement):
            return
        if not isinstance(statement, _NEVER_DROPPED) and not self._refused_without(statement) and not _is_short_pause_alone(statement):
            yield Change(statement, DROPPED, "line")
        yield from changes_of(statement, self._gpios)
        for name, field in ast.iter_fields(statement):
            if name in ("body", "orelse", "finalbody") and isinstance(field, list):
                yield from self._block(field)
            elif name == "handlers":
                yield from (change for handler in field for change in self._block(handler.body))
            elif name not in ("decorator_list", "names"):
                yield from self._inside(statement, field)

    def _inside(self, parent: ast.AST, field: object, call: ast.Call | None = None) -> Iterator[Change]:
        """The changes inside a field of `parent`; `call` is the one whose argument the field is."""
        for node in field if isinstance(field, list) else [field]:
            if not isinstance(node, ast.AST) or isinstance(node, ast.JoinedStr):
                continue  # where a piece of an f-string stands, older Pythons do not know
            if isinstance(node, ast.Constant):
                yield from self._number(parent, node, call)
            elif not self._is_silent(node):
                yield from changes_of(node, self._gpios)
                inner_call = node if isinstance(node, ast.Call) else call if isinstance(node, ast.keyword) else None
                for _, inner in ast.iter_fields(node):
                    yield from self._inside(node, inner, inner_call)

    def _number(self, parent: ast.AST, node: ast.Constant, call: ast.Call | None) -> Iterator[Change]:
        if isinstance(parent, ast.While) or pin_argument(parent) is node or is_colour_part(node, parent):
            return
        yield from argument_changes(call, node, self._gpios) if call is not None else number_changes(node)

    def _says_nothing(self, statement: ast.stmt) -> bool:
        """Whether nobody would notice any change: a text alone, a `print` that no check reads, a value that is never used."""
        value = _value(statement)
        match statement:
            case ast.Expr():
                return isinstance(value, ast.Constant) or self._is_silent(value)
            case ast.Assign(targets=[ast.Name(id=name)]):
                return name not in self._read and not any(isinstance(node, ast.Call) for node in ast.walk(statement))
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                return name not in self._read and not statement.decorator_list and statement in self._tree.body
            case ast.If(test=ast.Compare(left=ast.Name(id="__name__"))):
                return True
            case ast.While():
                return _is_idle(statement)
        return False

    def _is_silent(self, node: ast.AST | None) -> bool:
        if not isinstance(node, ast.Call):
            return False
        return call_name(node) in _WITHOUT_EFFECT or (call_name(node) == "print" and not self._prints_count)

    def _refused_without(self, statement: ast.stmt) -> bool:
        """Whether the program would surely stop at a name that nobody has made."""
        if not isinstance(statement, ast.Assign | ast.AnnAssign):
            return False
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        names = [
            node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        ]
        return any(self._made[name] == 1 and name in self._read for name in names)


def _is_short_pause_alone(statement: ast.stmt) -> bool:
    value = _value(statement)
    return value is not None and is_short_pause(value)


def _value(statement: ast.stmt) -> ast.AST | None:
    return statement.value if isinstance(statement, ast.Expr) else None


def _is_endless(statement: ast.stmt) -> bool:
    """Whether it is a `while True` that nothing leaves."""
    if not isinstance(statement, ast.While) or not isinstance(statement.test, ast.Constant) or not statement.test.value:
        return False
    return not any(isinstance(node, ast.Break) for node in ast.walk(statement))


def _is_idle(loop: ast.While) -> bool:
    """Whether a loop only keeps the program alive, for timers and interrupts."""
    pauses = [_value(statement) for statement in loop.body if not isinstance(statement, ast.Pass)]
    return _is_endless(loop) and all(isinstance(value, ast.Call) and call_name(value).startswith("sleep") for value in pauses)
