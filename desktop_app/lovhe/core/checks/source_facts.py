"""Facts of a program's source for `expect-source`, from its syntax tree: a name in a comment or a string is no use of it."""

from __future__ import annotations

import ast

import msgspec

from lovhe.core.messages import N_, Message
from lovhe.core.programs.syntax_tree import syntax_tree


class Word(msgspec.Struct, frozen=True):
    """A fact that has a word of its own, and how it is said."""

    uses: Message
    forbids: Message


WORDS = {
    "loop": Word(N_("The program has a loop."), N_("The program does without a loop.")),
    "if": Word(N_("The program has an if."), N_("The program does without if.")),
    "def": Word(N_("The program has a function of its own."), N_("The program does without functions of its own.")),
    "for": Word(N_("The program has a for loop."), N_("The program does without a for loop.")),
    "while": Word(N_("The program has a while loop."), N_("The program does without a while loop.")),
    "class": Word(N_("The program has a class of its own."), N_("The program does without classes of its own.")),
    "try": Word(N_("The program has a try."), N_("The program does without try.")),
    "list": Word(N_("The program has a list."), N_("The program does without lists.")),
    "dict": Word(N_("The program has a dict."), N_("The program does without dicts.")),
    "return": Word(N_("A function of the program gives a value back with return."), N_("The program does without return.")),
    "asyncio": Word(N_("The program uses asyncio."), N_("The program does without asyncio.")),
}

_KINDS: dict[str, tuple[type[ast.AST], ...]] = {
    "loop": (ast.For, ast.AsyncFor, ast.While, ast.comprehension),
    "if": (ast.If, ast.IfExp),
    "def": (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda),
    "for": (ast.For, ast.AsyncFor, ast.comprehension),
    "while": (ast.While,),
    "class": (ast.ClassDef,),
    "try": (ast.Try,),
    "list": (ast.List, ast.ListComp),
    "dict": (ast.Dict, ast.DictComp),
}


class SourceFacts(msgspec.Struct, frozen=True):
    """The names a program uses, plain and with the module they came from, and the words of `WORDS`, each with its first line."""

    first_line: dict[str, int]

    def has(self, name: str) -> bool:
        """Whether the program uses a name or a word of `WORDS`."""
        return name in self.first_line

    def line_of(self, name: str) -> int:
        """The first line that uses it; 0 if none does."""
        return self.first_line.get(name, 0)


def source_facts(source: str) -> SourceFacts | None:
    """Facts of `source`, or None if it cannot be parsed."""
    try:
        tree = syntax_tree(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    origins = _origins(tree)
    first_line: dict[str, int] = {}
    for node in ast.walk(tree):
        line = getattr(node.target if isinstance(node, ast.comprehension) else node, "lineno", 0)
        for name in _names(node, origins):
            known = first_line.get(name)
            if known is None or 0 < line < known:
                first_line[name] = line
    return SourceFacts(first_line)


def _origins(tree: ast.Module) -> dict[str, str]:
    """What imported names stand for: `import time as t` makes t "time", `from time import sleep` makes sleep "time.sleep"."""
    origins: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            origins |= {alias.asname: alias.name for alias in node.names if alias.asname}
        elif isinstance(node, ast.ImportFrom):
            origins |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return origins


def _names(node: ast.AST, origins: dict[str, str]) -> list[str]:
    match node:
        case ast.Name(id=name, ctx=ast.Load()):
            names = [name, origins.get(name, name)]
        case ast.Attribute(attr=attribute):
            names = [attribute, _dotted(node, origins)]
        case ast.Import(names=aliases):
            names = [alias.name for alias in aliases]
        case ast.ImportFrom(module=module):
            names = [module or ""]
        case _:
            names = []
    names += [name.rpartition(".")[2] for name in names]
    names += [word for word, kinds in _KINDS.items() if isinstance(node, kinds) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load)]
    if isinstance(node, ast.Return) and node.value is not None:
        names.append("return")
    if any(name.split(".")[0] in ("asyncio", "uasyncio") for name in names):
        names.append("asyncio")
    return names


def _dotted(node: ast.Attribute, origins: dict[str, str]) -> str:
    """`t.sleep` with its module's own name, "time.sleep"; only the attribute where it hangs on something else than names."""
    parts = [node.attr]
    value: ast.expr = node.value
    while isinstance(value, ast.Attribute):
        parts.append(value.attr)
        value = value.value
    if isinstance(value, ast.Name):
        parts.append(origins.get(value.id, value.id))
    return ".".join(reversed(parts))
