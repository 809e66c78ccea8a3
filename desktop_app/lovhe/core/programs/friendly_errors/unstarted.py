"""Async functions that a program calls and nobody waits for: no error tells of it, the program just ends or does nothing."""

from __future__ import annotations

import ast

from lovhe.core.messages import N_, Message, Text
from lovhe.core.programs.problem import at_line
from lovhe.core.programs.syntax_tree import syntax_tree


def unstarted(source: str) -> tuple[Text, Message] | None:
    """The first call that makes a coroutine and leaves it there, and what to write instead; None if there is none."""
    try:
        tree = syntax_tree(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    waiting = _waiting(tree)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)]
    for call in sorted(calls, key=lambda node: node.lineno):
        function = call.value.func if isinstance(call.value, ast.Call) else None
        if isinstance(function, ast.Name) and function.id in waiting:
            name, is_async = function.id, waiting[function.id]
            what = at_line(call.lineno, N_("“{name}” is called, but does not begin.", name=name))
            if not is_async:
                return what, N_("A function with await in it begins with async def, not with def.")
            if any(call in ast.walk(node) for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef)):
                return what, N_("Write await before the call, or begin it beside the others: {code}", code=f"asyncio.create_task({name}())")
            return what, N_("An async function is begun like this: {code}", code=f"asyncio.run({name}())")
    return None


def _waiting(tree: ast.Module) -> dict[str, bool]:
    """The program's functions that hold await or are async, and whether they are async."""
    found: dict[str, bool] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.AsyncFunctionDef):
            found[node.name] = True
        elif isinstance(node, ast.FunctionDef) and any(isinstance(inner, ast.Await) for inner in ast.walk(node)):
            found.setdefault(node.name, False)
    return found
