"""The syntax tree of a program, from any thread."""

from __future__ import annotations

import ast
import threading
import warnings

# CPython 3.11 counts the depth of the tree that it builds in one place for all threads, and the collection of garbage can let another
# thread in: two parses at a time end in a SystemError (python/cpython#106905). Filters of warnings belong to all threads as well.
_ONE_AT_A_TIME = threading.Lock()


def syntax_tree(source: str, name: str = "main.py") -> ast.Module:
    """The tree of `source`, a program of the file `name`.

    Raises what `ast.parse` does: SyntaxError, ValueError, RecursionError, MemoryError.
    """
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "\d" in a string and the like run as they are
        return ast.parse(source, name)


def check_compiles(source: str, name: str = "main.py") -> None:
    """Raise what compiling `source` does: some slips, as a `return` outside of a function, are found by no tree."""
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        compile(source, name, "exec", dont_inherit=True)
