"""The entries of the menu that are there everywhere: languages, looks, keys, help."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SystemCommand

from lovhe.apps.language import current_language, key, t
from lovhe.apps.tui.themes import THEME_WORDS, THEMES
from lovhe.core.messages import N_

if TYPE_CHECKING:
    from lovhe.apps.tui.app import LovheApp

_HELP = (("start", key("First steps")), ("keys", key("Which keys there are")), ("silent", key("What to do when the board is silent")))


def app_commands(app: LovheApp) -> Iterator[SystemCommand]:
    """What every screen's menu has."""
    from lovhe.apps.lesson_view import LANGUAGE_NAMES

    for code in app.settings.languages:
        if code != current_language().code:
            yield SystemCommand(LANGUAGE_NAMES[code], t(key("The whole app in this language, at once.")), partial(app.speak, code))
    for theme in THEMES:
        if theme.name != app.theme:
            name = t(N_("Looks: {name}", name=t(THEME_WORDS[theme.name])))
            yield SystemCommand(name, t(key("Colours of the whole app.")), partial(app.use_theme, theme.name))
    yield SystemCommand(t(key("Keys")), t(key("All keys, and other keys where these do not fit.")), app.show_keys)
    for topic, name in _HELP:
        yield SystemCommand(t(N_("Help: {name}", name=t(name))), t(key("A page to read.")), partial(app.show_help, topic))
