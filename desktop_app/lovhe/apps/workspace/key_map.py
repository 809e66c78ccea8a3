"""Keys that somebody has chosen anew: what `keys.toml` says, which of it can hold, and a sentence for what cannot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from lovhe.core.decoding import decode_plain_toml
from lovhe.core.errors import InputError
from lovhe.core.messages import N_, Text
from lovhe.core.shown_text import harmless

KEYS_FILE = "keys.toml"

_KEY = re.compile(r"(?:(?:ctrl|alt|shift)\+)*(?:f[0-9]{1,2}|[a-z0-9_]{1,30})")
_COMMAND = re.compile(r"(?:shift\+)?f[0-9]{1,2}|(?:shift\+)?(?:ctrl|alt)\+.+")
_SHIFTED = re.compile(r"f(1[3-9]|2[0-4])")
_TYPING = frozenset({"ctrl+i", "ctrl+m", "ctrl+j", "ctrl+h"})
"""What terminals send for Tab, Enter and Backspace."""
_MOST_SHOWN = 40


class KnownKey(msgspec.Struct, frozen=True):
    """Something that can be done with a key. `name` is marked with `key`; `scope` is where it can be done: "app" is everywhere."""

    id: str
    keys: tuple[str, ...]
    name: str
    scope: str


def pressed_key(name: str) -> str:
    """A key as it is called here: most terminals send F13 to F24 for Shift+F1 to Shift+F12."""
    shifted = _SHIFTED.fullmatch(name)
    return f"shift+f{int(shifted[1]) - 12}" if shifted else name


def keys_of(known: KnownKey, chosen: Mapping[str, str]) -> tuple[str, ...]:
    """The keys that do it now. Beside a chosen one, those that everybody knows (Enter, Escape, the arrows) stay."""
    if known.id not in chosen:
        return known.keys
    key = chosen[known.id]
    sent = [f"f{int(key.removeprefix('shift+f')) + 12}"] if re.fullmatch(r"shift\+f[0-9]{1,2}", key) else []
    return (key, *sent, *(one for one in known.keys if not _COMMAND.fullmatch(one)))


def read_keys(data: bytes) -> dict[str, str]:
    """What stands in `keys.toml`: the new key by id. Raises `InputError`."""
    try:
        return decode_plain_toml(data, dict[str, str])
    except (msgspec.MsgspecError, UnicodeDecodeError) as problem:
        raise InputError(
            N_("The file {file} with your keys cannot be read: {problem}.", file=KEYS_FILE, problem=harmless(str(problem))),
            N_("All keys are as they were. Each line there must look like this: {line}. Or choose keys in the menu.", line='"run" = "f9"'),
        ) from problem


def keys_bytes(chosen: Mapping[str, str]) -> bytes:
    """The file for the chosen keys."""
    lines = ["# The keys of the app. The menu, “Keys”, lists all ids.", *(f'"{name}" = "{key}"' for name, key in sorted(chosen.items()))]
    return ("\n".join(lines) + "\n").encode()


def usable_keys(chosen: Mapping[str, str], known: Sequence[KnownKey]) -> tuple[dict[str, str], list[Text]]:
    """Which of the chosen keys can hold, and why the others cannot; those stay as they were."""
    by_id = {one.id: one for one in known}
    good: dict[str, str] = {}
    problems: list[Text] = []
    for name, written in chosen.items():
        key = pressed_key(written)
        if name not in by_id:
            problems.append(N_("{file}: there is nothing called “{id}”. The menu, “Keys”, lists all ids.", file=KEYS_FILE, id=_short(name)))
        elif (why := why_not(key)) is not None:
            problems.append(why)
        else:
            good[name] = key
    for name in list(good):
        other = clash(by_id[name], good[name], known, good)
        if other is not None:
            key = good.pop(name)
            problems.append(_taken(key, other))
    return good, problems


def why_not(key: str) -> Text | None:
    """Why a key cannot be a command; None where it can."""
    if not _KEY.fullmatch(key):
        return N_("“{key}” is no key. Examples: {examples}.", key=_short(key), examples="f9, shift+f9, ctrl+k, alt+k")
    if not _COMMAND.fullmatch(key) or key in _TYPING:
        return N_("The key {key} is needed for typing. Choose a function key, or one together with Ctrl or Alt.", key=_short(key))
    return None


def clash(wanted: KnownKey, key: str, known: Iterable[KnownKey], chosen: Mapping[str, str]) -> KnownKey | None:
    """What else `key` does where `wanted` can be done; None where it is free."""
    for other in known:
        meet = "app" in (other.scope, wanted.scope) or other.scope == wanted.scope
        if other.id != wanted.id and meet and key in keys_of(other, chosen):
            return other
    return None


def refusal(wanted: KnownKey, key: str, known: Sequence[KnownKey], chosen: Mapping[str, str]) -> Text | None:
    """Why `wanted` cannot have this key; None where it can."""
    why = why_not(key)
    if why is not None:
        return why
    other = clash(wanted, key, known, {name: one for name, one in chosen.items() if name != wanted.id})
    return _taken(key, other) if other is not None else None


def _taken(key: str, other: KnownKey) -> Text:
    return N_("The key {key} is taken already, by “{id}”. Choose another one, or change that one first.", key=key, id=other.id)


def _short(text: str) -> str:
    return harmless(text[:_MOST_SHOWN])
