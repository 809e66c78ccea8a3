"""Named readings in a program's own text, as the Arduino plotter, Teleplot and pupils write them.

light:512,temperature:23.4      Arduino plotter; tabs and spaces between pairs too
>light:512|g                    Teleplot, also `>light:time:512` and `>light:512§lx`
light = 512                     as in the source
512 or 512, 23.4                bare numbers: the name is ""
Light is 512 now                text with numbers: the words before the number, "Light is"
speed: 5.2 m/s mean: 4.1        the first number's unit is no part of the second one's name
"""

from __future__ import annotations

import re
import unicodedata

import msgspec

_MAX_LINE = 500
_MAX_NAME = 60
_FAR = 1e100

_NUMBER = r"[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d{1,3})?"
_END = r"(?![\w.:]*[.:]?\d)"  # 12:30:05, 192.168.4.1 and 0x1F are not numbers
_NAME = r"[^\W\d_][^:=,;\t>\r\n]{0,60}?"
_PAIR = re.compile(rf"({_NAME})\s*[:=]\s*({_NUMBER}){_END}")
_UNIT = r"[ckm]?m(?:/(?:s|min|h))?|[CFKgVAWsh]|[muµ]s|min|m[AVW]|k?Wh?|k?Hz|h?Pa|lx|[скм]?м(?:/(?:с|мин|ч))?|м?с|мин|г?Па|к?Гц|к?Вт|лк|[Вч]"
_UNIT_BEFORE = re.compile(rf"(?:{_UNIT})\s+(?:(?:\+/?-|±)\s*)?(?=[^\W\d_])")
_TELEPLOT = re.compile(rf"\s*>([^:|§]{{1,60}}):(?:\d{{1,16}}:)?({_NUMBER})(?:§[^|]{{0,20}})?(?:\|[\w,]{{0,10}})?\s*")
_BARE = re.compile(rf"\s*{_NUMBER}(?:[\s,;]+{_NUMBER}){{0,30}}[\s,;]*")
_ANY = re.compile(rf"(?<![\w.:])({_NUMBER}){_END}")


class Reading(msgspec.Struct, frozen=True):
    """One number a program gave a name to; "" for a bare number."""

    name: str
    value: float


def reading(name: str, value: float) -> Reading:
    """A reading that can be reckoned with: means and sums of numbers near the end of what a `float` holds are none any more."""
    return Reading(name, min(max(value, -_FAR), _FAR))


def read_line(line: str) -> list[Reading]:
    """The readings in one line of text, in their order; none where there is no number."""
    line = line[:_MAX_LINE].strip()
    if teleplot := _TELEPLOT.fullmatch(line):
        return [reading(_tidy(teleplot[1]), float(teleplot[2]))]
    if _BARE.fullmatch(line):
        return [reading("", float(number)) for number in re.findall(_NUMBER, line)]
    return _pairs(line) or _numbers_in_text(line)


def folded(text: str) -> str:
    """Text for comparing: case, composed letters and the dots of Azerbaijani i and ı make no difference."""
    plain = unicodedata.normalize("NFC", text).replace("İ", "i").replace("I", "i").replace("ı", "i")
    return " ".join(plain.casefold().split())


def _pairs(line: str) -> list[Reading]:
    readings: list[Reading] = []
    after = 0
    for match in _PAIR.finditer(line):
        name = match[1]
        if readings and not line[after : match.start()].strip(" °"):
            name = _UNIT_BEFORE.sub("", name, count=1) if _UNIT_BEFORE.match(name) else name
        readings.append(reading(_tidy(name), float(match[2])))
        after = match.end()
    return readings


def _numbers_in_text(line: str) -> list[Reading]:
    readings: list[Reading] = []
    after = 0
    for match in _ANY.finditer(line):
        readings.append(reading(_tidy(line[after : match.start()].strip("().,;:=-> \t")), float(match[1])))
        after = match.end()
    return readings


def _tidy(name: str) -> str:
    return " ".join(name.split())[:_MAX_NAME]
