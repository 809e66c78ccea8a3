"""What keys are called on a keyboard, and all that keys can do in the app."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache

from textual.binding import Binding
from textual.dom import DOMNode

from lovhe.apps.language import key, t
from lovhe.apps.workspace.key_map import KnownKey, keys_of, pressed_key

_NAMES = {
    "escape": key("Esc"),
    "enter": key("Enter"),
    "space": key("Space"),
    "pageup": key("PgUp"),
    "pagedown": key("PgDn"),
    "home": key("Home"),
    "end": key("End"),
    "delete": key("Del"),
    "backspace": key("Backspace"),
    "left": key("Left"),
    "right": key("Right"),
    "up": key("Up"),
    "down": key("Down"),
    "tab": key("Tab"),
    "underscore": "_",
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "ctrl": "Ctrl",
    "shift": "Shift",
    "alt": "Alt",
}

_SHARED = ("panes", "steps")
_WORKSPACE = ("workspace", "keeping", "own_editing", "checking", "board_actions")


def key_name(name: str) -> str:
    """A key as it is printed on a keyboard: "Shift+F5" for "shift+f5"."""
    return "+".join(t(_NAMES[piece]) if piece in _NAMES else piece.upper() for piece in pressed_key(name).split("+"))


def keymap(chosen: Mapping[str, str]) -> dict[str, str]:
    """The keys of all that has a chosen one, as Textual wants them."""
    return {one.id: ",".join(keys_of(one, chosen)) for one in known_keys() if one.id in chosen}


def names_in_sentences(chosen: Mapping[str, str], scope: str = "workspace") -> dict[str, str]:
    """What the keys of a fresh installation, as sentences about a screen have them, are called now."""
    meant: dict[str, KnownKey] = {}
    for one in sorted(known_keys() if chosen else (), key=lambda one: one.scope not in ("app", scope)):
        for name in one.keys:
            meant.setdefault(key_name(name), one)
    return {name: key_name(chosen[one.id]) for name, one in meant.items() if one.id in chosen}


@cache
def known_keys() -> list[KnownKey]:
    """All that has a key and an id, by scope: the app first, then the workspace, then the other screens. Imports all screens."""
    found: dict[str, KnownKey] = {}
    for scope, node in _nodes():
        for binding in node.__dict__.get("BINDINGS", ()):
            if isinstance(binding, Binding) and binding.id and binding.id not in found:
                keys = tuple(one.strip() for one in binding.key.split(","))
                found[binding.id] = KnownKey(binding.id, keys, binding.description, scope)
    order = {"app": 0, "workspace": 1}
    return sorted(found.values(), key=lambda one: (order.get(one.scope, 2), one.scope))


def _nodes() -> Iterator[tuple[str, type[DOMNode]]]:
    import lovhe.apps.tui as package
    from lovhe.apps.tui.app import LovheApp

    yield "app", LovheApp
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        *_, folder, name = module.name.split(".")
        scope = "workspace" if folder in _SHARED or name in _WORKSPACE else name
        # A copy: another thread may just be importing a module, which its package then has one name more for.
        for node in list(vars(importlib.import_module(module.name)).values()):
            if isinstance(node, type) and issubclass(node, DOMNode) and node.__module__ == module.name and node is not LovheApp:
                yield scope, node
