"""Sentences reach people in their language."""

from __future__ import annotations

import pytest
from lovhe.apps.language import Language, language_of, number
from lovhe.core.messages import N_, Localized


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": "en_GB"}, "en"),
        ({"LANG": "ru_RU.UTF-8", "LC_MESSAGES": "az_AZ"}, "az"),
        ({"LC_ALL": "", "LANG": "en"}, "en"),
        ({"LANG": "C.UTF-8"}, "az"),
        ({"LANG": "de_DE"}, "az"),
        ({}, "az"),
    ],
)
def test_the_language_is_the_locales_then_azerbaijani(environment: dict[str, str], code: str) -> None:
    """LC_ALL goes before LC_MESSAGES before LANG; a language we don't speak becomes Azerbaijani."""
    assert language_of(environment) == code


def test_a_message_is_translated_with_its_parameters() -> None:
    """Parameters keep their place in the translated sentence, and texts among them are translated first."""
    inner = N_("There is no board.")
    for code in ("az", "ru"):
        language = Language(code)
        text = language.text(N_("{file}, line {line}: {what}", file="a.py", line=3, what=inner))
        assert "a.py" in text
        assert language.text(inner) in text
        assert language.text(inner) != str(inner)
    assert Language("en").text(N_("{file}: {what}", file="a.py", what=inner)) == "a.py: There is no board."


def test_russian_counts_have_three_forms() -> None:
    """1, 2 and 5 boards are three different words."""
    words = {
        Language("ru").text(N_("Flashing {n} board …", "Flashing {n} boards …", n=n)).replace(str(n), "") for n in (1, 2, 5, 21, 22, 25)
    }
    assert len(words) == 3


def test_english_counts_need_no_catalogue() -> None:
    """The keys are the English sentences."""
    assert Language("en").text(N_("Flashing {n} board …", "Flashing {n} boards …", n=1)) == "Flashing 1 board …"
    assert Language("en").text(N_("Flashing {n} board …", "Flashing {n} boards …", n=0)) == "Flashing 0 boards …"


def test_a_number_in_a_sentence_is_written_as_its_language_writes_it() -> None:
    """5 and not 5.0; a decimal comma in Azerbaijani and Russian; a number that is spelled out by its sentence keeps its digits."""
    message = N_("{file}: {a} {b} {c:.1f} {n}", file="a.py", a=5.0, b=2.5, c=3.0, n=10000000)
    assert Language("en").text(message) == "a.py: 5 2.5 3.0 10000000"
    assert Language("az").text(message) == Language("ru").text(message) == "a.py: 5 2,5 3,0 10000000"


def test_a_number_outside_sentences_follows_the_language_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """As `lovhe board watch` shows what a part measures."""
    for code, shown in (("en", "-3.5"), ("az", "-3,5"), ("ru", "-3,5")):
        monkeypatch.setattr("lovhe.apps.language._current", Language(code))
        assert (number(-3.5, "g"), number(-3.5), number(5.0)) == (shown, shown, "5")


def test_braces_in_a_parameter_stay() -> None:
    """What a student's program printed may hold braces; in a sentence of ours they are doubled, as `str.format` wants."""
    assert Language("az").text(N_("{file}: {what}", file="{0}", what=Localized({"en": "{y"}))) == "{0}: {y"
    message = N_("Brackets go in pairs: ( ), [ ], {{ }}.")
    assert Language("en").text(message) == str(message) == "Brackets go in pairs: ( ), [ ], { }."


@pytest.mark.parametrize(("written", "shown"), [("az ru en", "az"), ("ru en", "ru"), ("en", "en"), ("tr", "tr")])
def test_an_authors_text_is_shown_in_the_nearest_language(written: str, shown: str) -> None:
    """A lesson that lacks a language is shown in another rather than not at all."""
    assert Language("az").text(Localized({code: code for code in written.split()})) == shown


def test_what_a_board_says_does_not_command_the_terminal() -> None:
    """Escape sequences in a parameter are shown as letters, line ends stay."""
    said = Language("en").text(N_("It said: {words}", words="\x1b]0;x\x07\x1b[2J\x9b31m\u202ea\rb\r\nc\td"))
    assert said == "It said: ?]0;x??[2J?31m?a?b\r\nc\td"
