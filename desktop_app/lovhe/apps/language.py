"""The user's language: which one it is, and how a `Message` or `Localized` text becomes a sentence in it."""

from __future__ import annotations

import gettext
import locale
import os
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from lovhe.core.messages import Localized, Message, Text
from lovhe.core.shown_text import harmless

LANGUAGES = ("az", "ru", "en")
"""In the order in which one stands in for another."""

LOCALE = Path(__file__).parent.parent / "locale"
_DOMAIN = "lovhe"


def key(text: str, plural: str | None = None, /) -> str:
    """Mark a plain sentence (a help text, a heading) for the catalogue; it is put into the user's language when shown.

    With `plural`, the pair is marked for someone else's ngettext.
    """
    return text


class Language:
    """One language of the program. The catalogues' keys are English, so English needs no catalogue."""

    def __init__(self, code: str) -> None:
        """Load the catalogue of `code`; a missing one leaves the sentences English rather than stop anybody."""
        self.code = code
        self._catalogue = gettext.NullTranslations()
        if code != "en":
            self._catalogue = gettext.translation(_DOMAIN, LOCALE, [code], fallback=True)

    def word(self, text: str) -> str:
        """A sentence marked with `key`."""
        return self._catalogue.gettext(text) if text else ""

    def text(self, text: Text) -> str:
        """A message with its parameters filled in, or the author's words in this language or the nearest there is."""
        if isinstance(text, Localized):
            ways = [text.by_language[code] for code in (self.code, *LANGUAGES) if code in text.by_language]
            return harmless(ways[0] if ways else str(text))
        text = _instead(text)
        if text.plural is not None:
            template = self._catalogue.ngettext(text.text, text.plural, int(text.params.get("n", 1)))
        else:
            template = self.word(text.text)
        return with_keys(template).format(**{name: self._param(value) for name, value in text.params.items()})

    def _param(self, value: Any) -> Any:
        if isinstance(value, Message | Localized):
            return self.text(value)
        if isinstance(value, str):  # a board or a file may have said it: it must not command the terminal
            return harmless(value)
        return _Number(value, self.decimal_mark) if isinstance(value, float) else value

    @property
    def decimal_mark(self) -> str:
        """What stands between a number's whole part and the rest."""
        return "." if self.code == "en" else ","


class _Number(float):
    """A number as a sentence shows it: without a fraction of nothing (5, not 5.0), and with the language's decimal mark."""

    _mark: str

    def __new__(cls, value: float, mark: str) -> _Number:
        number = super().__new__(cls, value)
        number._mark = mark
        return number

    def __format__(self, spec: str, /) -> str:
        plain = float(self)
        shown = format(plain, spec) if spec else str(int(plain) if plain.is_integer() else plain)
        return shown.replace(".", self._mark)


def language_of(environment: Mapping[str, str] = os.environ) -> str:
    """The code of the language the user's system is set to, or `az` where that is none of ours."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return _ours(value)
    return _ours(_windows_language())


def _ours(locale_name: str) -> str:
    code = locale_name.replace("-", "_").split("_")[0].split(".")[0].lower()
    return code if code in LANGUAGES else LANGUAGES[0]


def _windows_language() -> str:
    """What Windows shows its own menus in, as "az_AZ"; elsewhere nothing."""
    if sys.platform == "win32":
        import ctypes

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return ""


_current = Language("en")


def use_language(code: str) -> Language:
    """Show everything in this language from now on, click's own messages too."""
    global _current
    _current = Language(code)
    # click asks gettext's global catalogue, which looks at this variable each time.
    os.environ["LANGUAGE"] = code
    gettext.bindtextdomain(_DOMAIN, LOCALE)
    gettext.textdomain(_DOMAIN)
    return _current


def current_language() -> Language:
    """The language in use."""
    return _current


def _as_it_is(text: Message) -> Message:
    return text


_instead: Callable[[Message], Message] = _as_it_is


def say_instead(instead: Callable[[Message], Message] | None) -> None:
    """From now on say what `instead` gives for a message: the app has other next steps than the command line. None: say all as it is."""
    global _instead
    _instead = instead or _as_it_is


_KEY_IN_TEXT = re.compile(r"(?<![\w+])(?:(?:Ctrl|Shift|Alt)\+)*(?:F[0-9]{1,2}|(?<=\+)[A-Z/])(?![\w+])")
_keys: Mapping[str, str] = {}


def use_key_names(keys: Mapping[str, str]) -> None:
    """All sentences speak of these keys from now on: where they have "F6", of what stands for it here."""
    global _keys
    _keys = keys


def with_keys(sentence: str, keys: Mapping[str, str] | None = None) -> str:
    """A sentence whose keys are those of a fresh installation, with the keys in use."""
    named = _keys if keys is None else keys
    return _KEY_IN_TEXT.sub(lambda found: named.get(found[0], found[0]), sentence) if named else sentence


def number(value: float, spec: str = "") -> str:
    """A number that stands outside a sentence, as the language in use writes it; `spec` is `format`'s."""
    return format(_Number(value, _current.decimal_mark), spec)


def t(text: Text | str) -> str:
    """A message, or a sentence marked with `key`, in the language in use."""
    return with_keys(_current.word(text)) if isinstance(text, str) else _current.text(text)
