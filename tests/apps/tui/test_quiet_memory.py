"""What stands on the screen is put aside from the collector of garbage, and what has gone is not."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from lovhe.apps.tui.quiet_memory import QuietMemory


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[QuietMemory]:
    """One for which a screen stands at once."""
    monkeypatch.setattr("lovhe.apps.tui.quiet_memory._STANDS_S", 0.0)
    memory = QuietMemory()
    yield memory
    memory.end()
    assert gc.get_freeze_count() == 0


class Ring:
    """Something that only the collector can take away."""

    def __init__(self) -> None:
        self.self = self


def test_only_a_new_screen_is_a_reason(memory: QuietMemory) -> None:
    """Once for each, so that nothing is done while nothing changes."""
    assert not memory.look()
    memory.changed()
    assert memory.look()
    assert gc.get_freeze_count() > 0
    assert not memory.look()


def test_what_was_put_aside_and_let_go_is_taken_away_with_the_next_screen(memory: QuietMemory) -> None:
    """An old screen's widgets do not stay in memory."""
    ring = Ring()
    gone = weakref.ref(ring)
    memory.changed()
    memory.look()
    del ring
    gc.collect()
    assert gone() is not None
    memory.changed()
    memory.look()
    assert gone() is None


def test_nothing_is_put_aside_before_what_goes_has_gone(memory: QuietMemory) -> None:
    """Something still holds it for a moment; put aside, it would be there until the next screen."""
    ring = Ring()
    gone = weakref.ref(ring)
    memory.goes(ring)
    assert not memory.look()
    assert gc.get_freeze_count() == 0
    del ring
    assert memory.look()
    assert gone() is None
    assert gc.get_freeze_count() > 0


def test_what_never_goes_is_told_in_the_log(memory: QuietMemory, caplog: pytest.LogCaptureFixture) -> None:
    """And is no reason to look at everything for ever."""
    ring = Ring()
    memory.goes(ring)
    looks = 1
    while not memory.look():
        looks += 1
        assert looks < 100
    assert "still in memory: Ring" in caplog.text
    assert not memory.look()
