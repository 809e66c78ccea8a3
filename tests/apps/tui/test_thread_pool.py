"""A thread that waits for work keeps nothing of what it has done."""

from __future__ import annotations

from contextvars import ContextVar

from lovhe.apps.tui.thread_pool import ForgetfulPool

_NOTE: ContextVar[str] = ContextVar("_NOTE", default="")


def test_a_note_does_not_outlive_the_work() -> None:
    """What one piece of work sets, the next one in the same thread does not see."""
    with ForgetfulPool(max_workers=1) as pool:
        pool.submit(_NOTE.set, "mine").result()

        assert pool.submit(_NOTE.get).result() == ""


def test_words_and_results_go_through() -> None:
    """As with any other pool."""
    with ForgetfulPool(max_workers=1) as pool:
        assert pool.submit(int, "101", base=2).result() == 5
