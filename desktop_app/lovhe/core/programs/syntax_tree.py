"""The syntax tree of a program, from any thread."""

from __future__ import annotations

import ast
import gc
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

_ONE_AT_A_TIME = threading.Lock()


def syntax_tree(source: str, name: str = "main.py") -> ast.Module:
    """The tree of `source`, a program of the file `name`.

    Raises what `ast.parse` does: SyntaxError, ValueError, RecursionError, MemoryError.
    """
    with _alone():
        return ast.parse(source, name)


def check_compiles(source: str, name: str = "main.py") -> None:
    """Raise what compiling `source` does: some slips, as a `return` outside of a function, are found by no tree."""
    with _alone():
        compile(source, name, "exec", dont_inherit=True)


@contextmanager
def _alone() -> Iterator[None]:
    """No other thread comes in between, and none finds the filters of warnings changed, which belong to all.

    CPython 3.11 counts the depth of the tree that it builds in one place for all threads: two at a time end in a SystemError
    (python/cpython#106905). Only the collection of garbage lets another thread in there, and a library may just build a tree of its own.
    """
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "\d" in a string and the like run as they are
        collects = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if collects:
                gc.enable()
