"""A question is answered by 1 and 2 on every keyboard, and by the letters of its own language."""

from __future__ import annotations

import os
import sys

import pytest
from lovhe.apps.cli.yes_or_no import YesOrNo
from lovhe.apps.language import use_language
from lovhe.core.messages import N_


@pytest.mark.parametrize(
    ("language", "typed", "said"),
    [
        ("en", "1", True), ("en", "2", False), ("en", "Y", True), ("en", "n", False),
        ("az", "H", True), ("az", "b", True), ("az", "x", False), ("az", "y", False),
        ("ru", "д", True), ("ru", "Н", False), ("ru", "1", True),
        ("ru", "y", None), ("en", "\r", None), ("az", " \n", None), ("en", "", None),
    ],
)  # fmt: skip
def test_keys_answer(monkeypatch: pytest.MonkeyPatch, language: str, typed: str, said: bool | None) -> None:
    """ "y" is yes in English, no in Azerbaijani and nothing in Russian; Enter alone is never an answer."""
    use_language(language)
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb", buffering=0) as stdin, os.fdopen(writer, "wb", buffering=0) as keyboard:
        monkeypatch.setattr(sys, "stdin", stdin)
        with YesOrNo() as person:
            person.ask(N_("Does the LED blink?"))
            keyboard.write(typed.encode())
            assert person.answer() is said


def test_each_question_has_an_answer_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a pipe brings at once answers one question after another."""
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb", buffering=0) as stdin, os.fdopen(writer, "wb", buffering=0) as keyboard:
        monkeypatch.setattr(sys, "stdin", stdin)
        keyboard.write(b"1\n2\n")
        with YesOrNo() as person:
            answers = []
            for question in ("a", "b"):
                person.ask(N_(question))
                answers.append(person.answer())
    assert answers == [True, False]
