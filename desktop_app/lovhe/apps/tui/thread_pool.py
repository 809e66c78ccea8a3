"""Threads that forget what they have worked on.

A worker of Textual's leaves a note in its thread of which one it is, and an idle thread keeps that: with it the screen or the
form that began it, with a program's text, also after the group has left.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import Context
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class ForgetfulPool(ThreadPoolExecutor):
    """Each piece of work has a context of its own, which goes with it."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """See `Executor`."""
        return super().submit(partial(Context().run, fn, *args, **kwargs))
