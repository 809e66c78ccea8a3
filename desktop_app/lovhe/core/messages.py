"""Sentences for people, carried untranslated to the place that prints them.

Core and services never print: they hand over a `Message` (a catalogue key with its
parameters) or a `Localized` text (written in several languages by a lesson's author),
and the front end renders it in the user's language.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import msgspec

from lovhe.core.decoding import converted


class Message(msgspec.Struct, frozen=True, tag="message"):
    """One whole sentence: an English catalogue key and named parameters for `str.format`.

    A parameter may be a number, a string, or another `Message` or `Localized`, which is
    rendered first. With `plural`, `params["n"]` chooses the form, as ngettext does.
    """

    text: str
    params: dict[str, Any] = {}
    plural: str | None = None

    def __str__(self) -> str:
        """The English sentence, for logs and tests."""
        template = self.plural if self.plural and self.params.get("n") != 1 else self.text
        return template.format(**self.params)


class Localized(msgspec.Struct, frozen=True, tag="localized"):
    """A text its author wrote in several languages: language code to text."""

    by_language: dict[str, str]

    def __str__(self) -> str:
        return self.by_language.get("en") or next(iter(self.by_language.values()), "")


Text = Message | Localized


def N_(text: str, plural: str | None = None, /, **params: Any) -> Message:  # noqa: N802 (gettext's own name)
    """A `Message`; the name is what the catalogue extractor looks for."""
    return Message(text, params, plural)


def revive(text: Text) -> Text:
    """A sentence as it was before JSON: its parameters are typed `Any`, so sentences nested in them come back as plain objects.

    An object that says it is a sentence and is none stays as it is.
    """
    if isinstance(text, Localized):
        return text
    return msgspec.structs.replace(text, params={name: _revive_param(value) for name, value in text.params.items()})


def _revive_param(value: object) -> object:
    if isinstance(value, dict) and value.get("type") in ("message", "localized"):
        with suppress(msgspec.ValidationError):
            return revive(converted(value, Message | Localized))
    return value
