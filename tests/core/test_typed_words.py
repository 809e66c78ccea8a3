"""A word is found whatever capitals, dots and layout it is typed with."""

from __future__ import annotations

import pytest
from lovhe.core.typed_words import holds_words, plain, readings

TEXT = plain("İşıqdan xalça: NeoPixel naxışları. Ковёр из света. Night light")


@pytest.mark.parametrize("typed", ["işıq", "ISIQ", "IŞIQ", "xalca", "NEOPIXEL", "ковер", "КОВЁР", "night light", "light night"])
def test_a_word_is_found_without_its_dots_tails_and_capitals(typed: str) -> None:
    """İ, ı, I and i are one letter here; so are ё and е, ç and c."""
    assert holds_words(TEXT, typed)


@pytest.mark.parametrize(("typed", "meant"), [("кшпре", "right"), ("rjd`h", "ков"), ("rjd", "ков"), ("тшпре", "night")])
def test_keys_of_the_other_layout_are_read_both_ways(typed: str, meant: str) -> None:
    """What was typed while the other alphabet was on is understood as the keys that were meant."""
    ways = [plain(reading) for reading in readings(typed)]
    assert any(meant in way or plain(meant).startswith(way[:3]) for way in ways if way)


def test_every_word_must_be_there() -> None:
    """Two words narrow a search down."""
    assert not holds_words(TEXT, "night window")
