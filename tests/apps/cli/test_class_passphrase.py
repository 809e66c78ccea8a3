"""`lovhe class passphrase`: a teacher who has forgotten it gets in again, and a pipe chooses none."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from lovhe.adapters.passphrases import Argon2
from lovhe.apps import wiring
from lovhe.services.teacher_entry import choose_passphrase, show_passphrase

from .terminal import Terminal

Command = Callable[..., tuple[str, str]]
OLD, NEW = "köhnə göy qurşağı", "yeni göy qurşağı"


def _opens(passphrase: str) -> bool:
    with wiring.results() as store:
        return show_passphrase(store.teacher_door(), Argon2(), passphrase, datetime.datetime.now(datetime.UTC)).right


@pytest.mark.parametrize(("again", "holds"), [(NEW, NEW), ("something else", OLD)])
def test_another_passphrase_is_typed_twice_the_same(command: Command, again: str, holds: str) -> None:
    """Else the old one stays; also somebody who has to wait gets in with the new one at once. It is never shown."""
    pytest.importorskip("pty", reason="a terminal of one's own is made with the pty module")
    with wiring.results() as store:
        choose_passphrase(store.teacher_door(), Argon2(), OLD)
        for _ in range(6 if holds == NEW else 0):
            store.teacher_door().note_try(right=False, when_utc=datetime.datetime.now(datetime.UTC).isoformat())
    terminal = Terminal("class", "passphrase")
    try:
        terminal.until("The new passphrase:")
        terminal.type(f"{NEW}\n")
        terminal.until("The same once more:")
        terminal.type(f"{again}\n")
        assert terminal.end() == (0 if holds == NEW else 2)
    finally:
        terminal.close()
    assert NEW not in terminal.drawn
    assert _opens(holds)


def test_a_pipe_chooses_none(command: Command) -> None:
    """Nobody would know it."""
    assert "nobody can be asked here" in command("class", "passphrase", code=2)[1]
    with wiring.results() as store:
        assert not store.teacher_door().kept().hashed
