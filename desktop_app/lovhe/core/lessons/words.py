"""Words that are not ours: what machine translation puts into Azerbaijani and Russian texts, and what a teacher says instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

FORBIDDEN: dict[str, dict[str, str]] = {
    "az": {
        "toprak": "torpaq",
        "kablo": "naqil",
        "düğm": "düymə",
        "buton": "düymə",
        "nəzarətçi": "lövhə",
        "çalıştır": "işə salmaq",
        "çalışdır": "işə salmaq",
        "yazılım": "proqram",
        "donanım": "avadanlıq",
        "döngü": "dövr",
        "değişken": "dəyişən",
        "led lamba": "işıq diodu",
        "sensör": "sensor",
        "direnç": "rezistor",
        "müqavimətçi": "rezistor",
        "öyrənci": "şagird",
        "öğrenci": "şagird",
        "öyrətmən": "müəllim",
    },
    "ru": {"петл": "цикл", "контроллер": "плата", "скетч": "программа"},
}

_CODE = re.compile(r"`[^`]*`")


def forbidden_words(language: str, text: str) -> Iterator[tuple[int, str, str]]:
    """Line, word and what to say instead, for each forbidden word of a text; programs in it are not looked at."""
    fenced = False
    for number, line in enumerate(text.split("\n"), 1):
        fenced ^= line.lstrip().startswith("```")
        words = _CODE.sub("", line).casefold()
        if not fenced:
            yield from ((number, word, instead) for word, instead in FORBIDDEN.get(language, {}).items() if word in words)
