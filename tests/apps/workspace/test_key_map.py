"""Keys of one's own: what cannot hold is told in a sentence, and the rest holds."""

from __future__ import annotations

import pytest
from lovhe.apps.language import t
from lovhe.apps.workspace.key_map import KnownKey, keys_bytes, read_keys, refusal, usable_keys
from lovhe.core.errors import InputError

KNOWN = [
    KnownKey("app.help", ("f1",), "Help", "app"),
    KnownKey("run", ("f5",), "Run", "workspace"),
    KnownKey("check", ("f6",), "Check", "workspace"),
    KnownKey("lessons.skills", ("f4",), "Skills", "lessons"),
]


def test_a_chosen_key_holds() -> None:
    """A function key, or one with Ctrl or Alt."""
    assert usable_keys({"run": "f9", "check": "ctrl+k"}, KNOWN) == ({"run": "f9", "check": "ctrl+k"}, [])


def test_two_keys_can_be_swapped() -> None:
    """A key that is given up is free."""
    chosen = {"run": "f6", "check": "f5"}
    assert usable_keys(chosen, KNOWN) == (chosen, [])


@pytest.mark.parametrize(
    ("name", "key", "word"), [("fly", "f9", "fly"), ("run", "f1", "app.help"), ("run", "f6", "check"), ("run", "a", "a")]
)
def test_what_cannot_hold_is_told(name: str, key: str, word: str) -> None:
    """An unknown id, a key that is taken, a letter that is needed for typing: each has a sentence, and nothing changes."""
    good, problems = usable_keys({name: key}, KNOWN)
    assert good == {}
    assert len(problems) == 1
    assert word in t(problems[0])


def test_the_same_key_may_do_something_else_on_another_screen() -> None:
    """F4 in the list of lessons and in a lesson never meet."""
    assert usable_keys({"run": "f4"}, KNOWN)[0] == {"run": "f4"}


@pytest.mark.parametrize("key", ["enter", "tab", "space", "ctrl+i", "ctrl+m", "я", "", "f5,f6", "ctrl+", "escape"])
def test_keys_for_typing_and_nonsense_are_refused(key: str) -> None:
    """Nobody can lock themselves out of Enter, Tab or the letters."""
    assert refusal(KNOWN[1], key, KNOWN, {}) is not None


def test_what_is_kept_is_read_back() -> None:
    """The file holds what was chosen."""
    assert read_keys(keys_bytes({"run": "f9", "app.help": "ctrl+k"})) == {"run": "f9", "app.help": "ctrl+k"}


@pytest.mark.parametrize("data", [b"run = ", b"run = 5", b"\xff\xfe", b"[run]\nkey = 'f9'"])
def test_a_file_that_is_none_is_told(data: bytes) -> None:
    """Whatever somebody has written there by hand, the app opens with the keys as they were."""
    with pytest.raises(InputError):
        read_keys(data)
