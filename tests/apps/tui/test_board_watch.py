"""Boards that come and go are told once, the results file is read only then, and an old look is never told."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from lovhe.apps import wiring
from lovhe.apps.tui.board_watch import BoardWatch
from lovhe.services.ports import BoardInfo

LIMIT_S = 60.0


class App:
    """What the watch needs of the app; what it is told can be waited for."""

    def __init__(self) -> None:
        self.told: queue.Queue[list[BoardInfo]] = queue.Queue()
        self.before_telling: Callable[[], None] = lambda: None

    def call_from_thread(self, call: Callable[..., None], *arguments: Any) -> None:
        """As Textual's: the app's own thread calls it."""
        self.before_telling()
        call(*arguments)

    def boards_are(self, boards: list[BoardInfo]) -> None:
        """Told."""
        self.told.put(boards)


def _board(number: int, state: str = "ready") -> BoardInfo:
    return BoardInfo(name=f"vb{number}", serial_port=f"/dev/pts/{number}", chip="esp32", virtual=True, state=state)


@pytest.fixture
def app() -> App:
    """An app."""
    return App()


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[list[BoardInfo]]:
    """What the next looks see; the last one for ever. Reads of the results file are counted by `records`."""
    seen: list[list[BoardInfo]] = [[]]
    monkeypatch.setattr(wiring, "reachable_boards", lambda: seen.pop(0) if len(seen) > 1 else seen[0])
    return seen


@pytest.fixture
def records(monkeypatch: pytest.MonkeyPatch, looks: list[list[BoardInfo]]) -> list[int]:
    """One entry for each time the results file was read: how many boards there were."""
    counted: list[int] = []

    def find_boards() -> list[BoardInfo]:
        counted.append(len(looks[0]))
        return [BoardInfo(**{**_fields(board), "sticker": f"7A-{board.name[2:]}"}) for board in (*looks[0], _board(1), _board(2))]

    monkeypatch.setattr(wiring, "find_boards", find_boards)
    return counted


def _fields(board: BoardInfo) -> dict[str, Any]:
    return {name: getattr(board, name) for name in board.__struct_fields__}


@pytest.fixture
def watch(app: App, records: list[int], monkeypatch: pytest.MonkeyPatch) -> Iterator[BoardWatch]:
    """A watch that looks without a rest."""
    monkeypatch.setattr("lovhe.apps.tui.board_watch._EVERY_S", 0.001)
    watch = BoardWatch(app)  # type: ignore[arg-type]
    yield watch
    watch.end()


def test_the_results_file_is_read_when_the_set_of_boards_has_changed(
    app: App, looks: list[list[BoardInfo]], records: list[int], watch: BoardWatch
) -> None:
    """Another state of the same boards is told with the names that are known already."""
    looks[:] = [[_board(1)], [_board(1, "busy")], [_board(1)], [_board(1), _board(2)]]
    watch.begin()
    told = [app.told.get(timeout=LIMIT_S) for _ in range(4)]
    assert [[(board.sticker, board.state) for board in boards] for boards in told] == [
        [("7A-1", "ready")],
        [("7A-1", "busy")],
        [("7A-1", "ready")],
        [("7A-1", "ready"), ("7A-2", "ready")],
    ]
    assert len(records) == 2


def test_a_look_from_before_a_change_is_not_told(app: App, looks: list[list[BoardInfo]], watch: BoardWatch) -> None:
    """The app has just started a board: that it was not there a moment ago is no news."""
    looks[:] = [[], [_board(1)]]
    app.before_telling = lambda: (setattr(app, "before_telling", lambda: None), watch.look_now())[0]
    watch.begin()
    assert [board.name for board in app.told.get(timeout=LIMIT_S)] == ["vb1"]


def test_trouble_with_a_look_does_not_end_the_watch(
    app: App, looks: list[list[BoardInfo]], watch: BoardWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system that cannot list its ports for a moment is asked again."""
    real, troubles = wiring.reachable_boards, [OSError("gone"), RuntimeError("unforeseen")]

    def look() -> list[BoardInfo]:
        if troubles:
            raise troubles.pop(0)
        return real()

    monkeypatch.setattr(wiring, "reachable_boards", look)
    looks[:] = [[_board(1)]]
    watch.begin()
    while not (told := app.told.get(timeout=LIMIT_S)):
        pass
    assert [board.name for board in told] == ["vb1"]
