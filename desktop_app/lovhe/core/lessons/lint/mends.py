"""How a lesson's errors are said: where it is, what is wrong, and the mend."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from lovhe.core.errors import InputError, LessonError
from lovhe.core.messages import N_, Message, Text


def wrong(where: str, what: Text, mend: Text) -> LessonError:
    """The error for one place of a lesson: `where` is the file and the key."""
    return LessonError(N_("{where}: {problem}", where=where, problem=what), mend)


def caught(check: Callable[..., object], *arguments: object) -> Iterator[LessonError]:
    """What `check`, which raises at the first thing that is wrong, has to say of `arguments`: one error or none."""
    try:
        check(*arguments)
    except LessonError as problem:
        yield problem


@contextmanager
def naming(where: str) -> Iterator[None]:
    """Say of an error in a value where that value stands."""
    try:
        yield
    except InputError as problem:
        raise wrong(where, problem.what, problem.next_step) from problem


def choose(word: str, known: list[str]) -> Message:
    """The mend for a name that does not exist: the one probably meant, or all there are."""
    guess = difflib.get_close_matches(word, known, n=1)
    if guess:
        return N_("Did you mean “{guess}”?", guess=guess[0])
    return N_("Use one of these: {names}.", names=", ".join(known) or "–")
