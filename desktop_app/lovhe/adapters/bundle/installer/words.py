"""The installer's sentences in the user's language, from the kit's own catalogues, which the bundle carries."""

from __future__ import annotations

import gettext
import io
import os
import pkgutil
import sys
from collections.abc import Mapping

from lovhe.core.bundle.words import Sentence

LANGUAGES = ("az", "ru", "en")


def users_language(environment: Mapping[str, str] = os.environ) -> str:
    """The code of the language the system is set to, or `az` where that is none of ours."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return value[:2].lower() if value[:2].lower() in LANGUAGES else LANGUAGES[0]
    return _windows_language() or LANGUAGES[0]


def _windows_language() -> str:
    if sys.platform == "win32":
        import ctypes
        import locale

        code = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")[:2]
        return code if code in LANGUAGES else ""
    return ""


class Words:
    """Sentences in one language; English where its catalogue is missing."""

    def __init__(self, code: str) -> None:
        self.code = code
        self._catalogue = gettext.NullTranslations()
        try:
            compiled = pkgutil.get_data("lovhe", f"locale/{code}/LC_MESSAGES/lovhe.mo")
        except OSError:
            compiled = None
        if compiled:
            self._catalogue = gettext.GNUTranslations(io.BytesIO(compiled))

    def text(self, sentence: Sentence) -> str:
        """The sentence with its parameters filled in."""
        params = {name: self.text(value) if isinstance(value, Sentence) else value for name, value in sentence.params.items()}
        return self._catalogue.gettext(sentence.text).format(**params)
