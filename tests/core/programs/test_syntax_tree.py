"""Trees of programs that several threads ask for at once."""

import ast
import contextlib
import gc
import threading
import time
import warnings
from concurrent.futures import ThreadPoolExecutor

import pytest
from lovhe.core.programs.syntax_tree import check_compiles, syntax_tree

_PROGRAM = "\n".join(f"lamp_{n} = [[n * ({n} + 1), (n, -n)] for n in range({n})]" for n in range(200))


class _LetsOthersIn:
    """Garbage that gives up the interpreter's lock when it is collected, as a file that is closed does."""

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        time.sleep(0.0001)


def test_threads_do_not_count_each_others_depth() -> None:
    """In CPython 3.11 two parses at a time end in a SystemError."""
    kept = gc.get_threshold()
    gc.set_threshold(50)
    try:
        with ThreadPoolExecutor(8) as threads:
            trees = list(threads.map(_a_tree_beside_garbage, range(40)))
    finally:
        gc.set_threshold(*kept)
    assert trees == [200] * 40


def _a_tree_beside_garbage(_: int) -> int:
    for _ in range(20):
        _LetsOthersIn()
    return len(syntax_tree(_PROGRAM).body)


def test_a_library_that_builds_a_tree_meanwhile_does_not_disturb() -> None:
    """It takes no turns."""
    ended = threading.Event()

    def library() -> None:
        while not ended.is_set():
            with contextlib.suppress(SystemError):  # it may be disturbed itself, where it lets others in
                ast.parse(_PROGRAM)  # as a library does

    kept = gc.get_threshold()
    gc.set_threshold(50)
    beside = threading.Thread(target=library)
    beside.start()
    try:
        assert [_a_tree_beside_garbage(n) for n in range(20)] == [200] * 20
    finally:
        ended.set()
        beside.join()
        gc.set_threshold(*kept)
    assert gc.isenabled()


def test_filters_of_warnings_are_as_before_whatever_the_threads_did() -> None:
    """They belong to all threads."""
    before = list(warnings.filters)
    threads = [threading.Thread(target=syntax_tree, args=(_PROGRAM + '\nword = "\\d"',)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert warnings.filters == before


def test_a_backslash_that_is_none_is_no_warning(recwarn: pytest.WarningsRecorder) -> None:
    """Neither of the tree nor of compiling."""
    syntax_tree('word = "\\d"')
    check_compiles('word = "\\d"')
    assert not recwarn.list


def test_what_no_tree_finds_is_found_by_compiling() -> None:
    """A return outside of a function."""
    syntax_tree("return 1")
    with pytest.raises(SyntaxError, match="outside function"):
        check_compiles("return 1")
