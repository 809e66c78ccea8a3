"""Finding a pupil in the class list by number, or by how the name begins, with whatever letters the keyboard has just now.

Capitals, dots and tails do not count: "i" finds İlkin and Irina, "e" finds Əli, "s" finds Şəbnəm. Where nobody is found, what was
typed is taken for keys pressed while the keyboard was set to the other alphabet.
"""

from __future__ import annotations

from collections.abc import Sequence

from lovhe.core.pupils.pupil import Pupil
from lovhe.core.typed_words import plain, readings


def find_pupils(pupils: Sequence[Pupil], typed: str) -> list[Pupil]:
    """Those whom `typed` may mean, in the order of the list; all for nothing typed. Of numbers, the one that fits exactly comes first."""
    typed = typed.strip()
    if typed.isdecimal():
        number = str(int(typed))
        found = [pupil for pupil in pupils if str(pupil.number).startswith(number)]
        return sorted(found, key=lambda pupil: str(pupil.number) != number)
    return next((found for reading in readings(typed) if (found := _beginning_with(pupils, reading))), [])


def _beginning_with(pupils: Sequence[Pupil], typed: str) -> list[Pupil]:
    """Whose name, or a later word of it, begins so."""
    begin = plain(typed)
    return [pupil for pupil in pupils if any(word.startswith(begin) for word in _words(plain(pupil.first_name)))]


def _words(name: str) -> list[str]:
    """The name from each of its words on: "anna maria", "maria"."""
    words = name.split()
    return [" ".join(words[index:]) for index in range(len(words))] or [name]
