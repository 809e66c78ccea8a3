"""A virtual board is looked at and its surroundings are changed without anybody waiting for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lovhe.apps import wiring
from lovhe.apps.lesson_boards import start_lesson_board
from lovhe.apps.workspace.board_follow import BoardFollow

LIMIT_S = 60.0
LIGHT = "light.light"


@pytest.fixture
def follow() -> Iterator[BoardFollow]:
    """A follower of a board with a light sensor."""
    board = start_lesson_board("6-03-night-light")
    follow = BoardFollow(board.name)
    follow.begin()
    yield follow
    follow.end()
    assert follow.wait(LIMIT_S)
    wiring.stop_virtual_boards()


def _until(condition: Callable[[], object]) -> None:
    end_s = time.monotonic() + LIMIT_S
    while not condition():
        assert time.monotonic() < end_s
        time.sleep(0.005)


def _look(follow: BoardFollow) -> dict[str, str]:
    before = follow.looks
    follow.look()
    _until(lambda: follow.looks > before)
    assert follow.seen is not None
    surroundings: dict[str, str] = follow.seen["surroundings"]
    return surroundings


def test_it_is_looked_at_when_it_is_asked_for(follow: BoardFollow) -> None:
    """No look without asking; what is wired is known with the first."""
    assert _look(follow)[LIGHT] == "60 %"
    assert follow.circuit == wiring.kit().lesson("6-03-night-light").file.circuit
    assert follow.looks == 1


def test_of_many_values_the_newest_holds(follow: BoardFollow) -> None:
    """A slider that is dragged ends where it was let go, and never jumps back on the way."""
    _look(follow)
    for light in range(100):
        follow.set(LIGHT, str(light))
        assert follow.seen is not None
        assert follow.seen["surroundings"][LIGHT] == str(light)
        follow.look()
    _until(lambda: _look(follow)[LIGHT] == "99 %")


def test_what_cannot_be_is_refused_and_the_board_is_followed_on(follow: BoardFollow) -> None:
    """The refusal can be told; the next value is taken."""
    follow.set(LIGHT, "-5")
    _until(lambda: follow.refused is not None)
    follow.set(LIGHT, "7")
    assert _look(follow)[LIGHT] == "7 %"


def test_a_board_that_ends_ends_its_follower(follow: BoardFollow) -> None:
    """With a problem that can be told, and no thread left."""
    _look(follow)
    wiring.stop_virtual_board(follow.name)
    follow.look()
    assert follow.wait(LIMIT_S)
    assert follow.problem is not None


def test_a_fresh_board_knows_nothing_of_the_one_before(data_dir: Path) -> None:
    """Each begins with what a flash leaves, and takes its files along when it ends."""
    board = start_lesson_board("6-01-blink")
    link = wiring.open_link(board)
    link.put_files({"/main.py": b"print('somebody else')\n"})
    link.close()
    wiring.stop_virtual_board(board.name)
    assert not list((data_dir / "boards").iterdir())
    again = start_lesson_board("6-01-blink")
    assert again.name == board.name
    link = wiring.open_link(again)
    try:
        assert link.execute("print(open('/main.py').read())").replace(b"\r", b"").strip() == wiring.first_main().strip()
    finally:
        link.close()
        wiring.stop_virtual_boards()
