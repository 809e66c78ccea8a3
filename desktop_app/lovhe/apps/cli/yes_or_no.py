"""Somebody at the keyboard who answers with yes or no.

Letters lie elsewhere on each layout, and the first letter of one language's "yes" begins another one's "no": so the digits 1 and 2
answer everywhere, and letters only in the language of the question. Enter alone says nothing: a question must have been read.
"""

from __future__ import annotations

import sys
import time
from types import TracebackType

from lovhe.apps.cli.keyboard import Keyboard
from lovhe.apps.cli.output import say
from lovhe.apps.language import current_language, key, t
from lovhe.core.messages import N_, Text

_LOOK_S = 0.05
_YES = {"az": "hb", "ru": "д", "en": "y"}
_NO = {"az": "xy", "ru": "н", "en": "n"}


class YesOrNo:
    """Fits `services.ports.Person`; a context manager. Questions go to standard error, answers come from standard input."""

    def __init__(self) -> None:
        self._keyboard = Keyboard()
        self._typed = ""
        code = current_language().code
        self._answers = dict.fromkeys(f"1{_YES.get(code, '')}", True) | dict.fromkeys(f"2{_NO.get(code, '')}", False)

    def __enter__(self) -> YesOrNo:
        self._keyboard.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        self._keyboard.__exit__(kind, problem, trace)

    def ask(self, question: Text) -> None:
        """Show the question, and forget what was typed before it; but a pipe's answers stand there from the beginning."""
        if sys.stdin.isatty():
            self._keyboard.read()
            self._typed = ""
        say(f"? {t(question)} {t(key('[1: yes, 2: no]'))}")

    def answer(self) -> bool | None:
        """The first key that is an answer; None as long as there is none."""
        self._typed += self._keyboard.read().decode(errors="ignore").casefold()
        for at, letter in enumerate(self._typed):
            if letter in self._answers:
                self._typed = self._typed[at + 1 :]
                yes = self._answers[letter]
                say(f"  {t(key('yes')) if yes else t(key('no'))}")
                return yes
        self._typed = ""
        return None


def agreed(question: Text) -> bool:
    """Whether the user says yes, at once where nobody sits at a terminal. After a no it is told that nothing was changed."""
    if not sys.stdin.isatty():
        return True
    with YesOrNo() as person:
        person.ask(question)
        while (answer := person.answer()) is None:
            time.sleep(_LOOK_S)
    if not answer:
        say(N_("Nothing was changed."))
    return answer
