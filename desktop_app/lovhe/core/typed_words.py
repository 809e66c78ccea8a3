"""Comparing what somebody types with words of three languages, whatever letters the keyboard has just now.

Capitals, dots and tails do not count: "i" is in İlkin and in Irina, "e" in Əli. The same keys give Latin letters in one layout and
Cyrillic ones in another; what was typed can be read either way.
"""

from __future__ import annotations

import unicodedata

_PLAIN = str.maketrans({"ı": "i", "ə": "e"})
_LATIN_KEYS = "qüertyuiopöğasdfghjklıəzxcvbnmçş"
_CYRILLIC_KEYS = "йцукенгшщзхъфывапролджэячсмитьбю"
"""The same keys on an Azerbaijani and on a Russian keyboard."""
_US_SIGNS = str.maketrans({"w": "ц", "[": "х", "]": "ъ", ";": "ж", "'": "э", ",": "б", ".": "ю"})
_TO_LATIN = str.maketrans(_CYRILLIC_KEYS, _LATIN_KEYS)
_TO_CYRILLIC = str.maketrans(_LATIN_KEYS, _CYRILLIC_KEYS)


def plain(text: str) -> str:
    """A text for comparing: small letters without dots, tails and accents."""
    parts = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).translate(_PLAIN)


def readings(typed: str) -> list[str]:
    """What may be meant, not yet plain: as it was typed, on the Azerbaijani keys of the same place, on the Russian ones."""
    lowered = typed.lower()
    return [typed, lowered.translate(_TO_LATIN), lowered.translate(_US_SIGNS).translate(_TO_CYRILLIC)]


def holds_words(text: str, typed: str) -> bool:
    """Whether each word of `typed` is in `text`; `text` is plain already."""
    return all(word in text for word in plain(typed).split())
