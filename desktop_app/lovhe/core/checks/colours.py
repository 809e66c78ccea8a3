"""Colours as people name them: by hue, whatever the brightness, as NeoPixels are mostly dimmed.

Where one colour passes into the next one, both words are right: nobody can say where red ends and orange begins.
"""

from __future__ import annotations

import colorsys
import re

import msgspec

from lovhe.core.messages import N_, Message

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255 each."""

OFF: Colour = (0, 0, 0)
_ALIKE = 15
_GREY = 0.3
"""Below this saturation a colour is white."""
_PALE = 0.65

_HUES: dict[str, tuple[float, float, float]] = {  # lowest, most typical and highest hue in degrees
    "red": (-20, 0, 20),
    "orange": (12, 30, 48),
    "yellow": (38, 60, 76),
    "green": (70, 120, 165),
    "cyan": (155, 180, 205),
    "blue": (198, 240, 262),
    "purple": (252, 285, 322),
    "pink": (296, 330, 352),
}

COLOUR_WORDS = (*_HUES, "white", "off")
"""The words that a lesson can use."""


class ColourRange(msgspec.Struct, frozen=True):
    """A colour as a lesson expects it: one of `COLOUR_WORDS`, or one colour and its neighbours."""

    word: str = ""
    exact: Colour | None = None

    def contains(self, colour: Colour) -> bool:
        """Whether `colour` may be called so."""
        if self.exact is not None:
            return alike(self.exact, colour)
        if self.word == "off" or colour == OFF:
            return (self.word == "off") == (colour == OFF)
        hue, saturation = _hue(colour)
        if self.word == "white":
            return saturation < _GREY
        low, _, high = _HUES[self.word]
        if self.word == "pink" and saturation < _PALE and (hue >= low or hue <= 15):
            return saturation >= _GREY / 2  # pale red is pink
        return saturation >= _GREY / 2 and (low <= hue <= high or low <= hue - 360 <= high)


def read_colour(text: str) -> ColourRange | None:
    """The colour that `text` ("red", "#FF8000") means; None for anything else."""
    if re.fullmatch("#[0-9a-fA-F]{6}", text):
        return ColourRange(exact=colour_of(text[1:]))
    return ColourRange(word=text) if text in COLOUR_WORDS else None


def colour_of(rrggbb: str) -> Colour:
    """The colour that six hexadecimal digits mean."""
    red, green, blue = bytes.fromhex(rrggbb)
    return red, green, blue


def alike(one: Colour, other: Colour) -> bool:
    """Whether they differ by no more than 15 in each part; less where both are dim, for what is faint red is not faint blue."""
    allowed = min(_ALIKE, max(*one, *other) / 4)
    return all(abs(left - right) <= allowed for left, right in zip(one, other, strict=True))


def same_hue(one: Colour, other: Colour) -> bool:
    """Whether they are the same colour at different brightness, at most. Neither is off."""
    (hue, saturation), (other_hue, other_saturation) = _hue(one), _hue(other)
    if min(saturation, other_saturation) < _GREY:
        return max(saturation, other_saturation) < 2 * _GREY
    apart = abs(hue - other_hue)
    return min(apart, 360 - apart) <= 12 and abs(saturation - other_saturation) <= _GREY


def name_of(colour: Colour) -> Message:
    """The word for a colour."""
    return _NAMES[_word(colour)]


def _word(colour: Colour) -> str:
    if colour == OFF:
        return "off"
    hue, saturation = _hue(colour)
    if saturation < _GREY:
        return "white"
    return min(_HUES, key=lambda word: min(abs(hue - _HUES[word][1]), 360 - abs(hue - _HUES[word][1])))


def _hue(colour: Colour) -> tuple[float, float]:
    """Hue in degrees and saturation, 0 to 1."""
    hue, saturation, _ = colorsys.rgb_to_hsv(*(part / 255 for part in colour))
    return hue * 360, saturation


_NAMES = {
    "red": N_("red"),
    "orange": N_("orange"),
    "yellow": N_("yellow"),
    "green": N_("green"),
    "cyan": N_("cyan"),
    "blue": N_("blue"),
    "purple": N_("purple"),
    "pink": N_("pink"),
    "white": N_("white"),
    "off": N_("off"),
}


def word_message(text: str) -> Message | str:
    """A colour of a lesson's in the reader's language; "#FF8000" as it is."""
    return _NAMES.get(text, text)
