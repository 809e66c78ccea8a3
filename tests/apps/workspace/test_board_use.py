"""Which board is in use when boards come and go, and what is said then."""

from __future__ import annotations

import msgspec
from lovhe.apps.workspace.board_use import BoardUse
from lovhe.services.ports import BoardInfo

ONE = BoardInfo(name="ttyUSB0", serial_port="/dev/ttyUSB0", chip="", virtual=False, state="ready")
OTHER = BoardInfo(name="ttyUSB1", serial_port="/dev/ttyUSB1", chip="", virtual=False, state="ready")
NAMED = BoardInfo(
    name="ttyACM0", serial_port="/dev/ttyACM0", chip="", virtual=False, state="ready", mac="24:0a:c4:00:00:01", sticker="7A-1"
)


def _use(*looks: list[BoardInfo]) -> BoardUse:
    use = BoardUse()
    for boards in looks:
        use.are(boards)
    return use


def test_the_only_board_there_is_is_taken_without_a_word() -> None:
    """At the start there is nothing to tell."""
    use = _use([ONE])
    assert (use.used, use.news) == (ONE, None)


def test_among_several_none_is_taken() -> None:
    """Somebody has to choose."""
    use = _use([ONE, OTHER])
    assert use.used is None
    assert "There are 2 boards" in str(use.news)
    use.use(OTHER)
    assert (use.used, use.news) == (OTHER, None)


def test_a_new_board_is_taken_where_none_is_in_use() -> None:
    """Also beside others among which nobody has chosen: it is the one that was just plugged in."""
    assert _use([], [ONE]).used == ONE
    use = _use([ONE, OTHER], [ONE, OTHER, NAMED])
    assert use.used == NAMED
    assert "7A-1" in str(use.news)
    assert use.passing


def test_a_new_board_beside_the_one_in_use_changes_nothing() -> None:
    """The program runs on where it runs."""
    use = _use([ONE], [ONE, OTHER])
    assert (use.used, use.news) == (ONE, None)


def test_a_board_that_goes_away_is_not_replaced_by_one_that_was_there() -> None:
    """The news says where to look, and stays until the board is back."""
    use = _use([ONE])
    use.are([ONE, OTHER])
    use.are([OTHER])
    assert use.used is None
    assert "Look at the cable" in str(use.news)
    use.heard()
    assert "Look at the cable" in str(use.news)
    use.are([OTHER, ONE])
    assert use.used == ONE
    assert "is back" in str(use.news)
    use.heard()
    assert use.news is None


def test_a_board_is_known_again_at_another_serial_port() -> None:
    """By its MAC, where it has one."""
    moved = msgspec.structs.replace(NAMED, name="ttyACM1", serial_port="/dev/ttyACM1")
    use = _use([NAMED], [], [OTHER], [OTHER, moved])
    assert use.used == OTHER  # plugged in while the other one was gone
    use = _use([NAMED], [], [moved])
    assert use.used == moved
    assert "is back" in str(use.news)


def test_a_state_that_changes_is_no_news() -> None:
    """A board is busy while a program runs on it."""
    busy = msgspec.structs.replace(ONE, state="busy")
    use = _use([ONE], [busy])
    assert (use.used, use.news) == (busy, None)


def test_a_board_that_was_told_to_end_is_not_missed() -> None:
    """It went because somebody wanted it to."""
    use = _use([ONE])
    use.end(ONE)
    use.are([])
    assert (use.used, use.news) == (None, None)


def test_a_virtual_board_without_power_is_as_good_as_gone() -> None:
    """Its cable was pulled, and it is listed all the same: what to look at is told until it has power again."""
    desk = BoardInfo(name="desk-1", serial_port="/dev/pts/7", chip="esp32", virtual=True, state="ready")
    off = msgspec.structs.replace(desk, state="off")
    use = _use([desk], [off])
    assert (use.used, use.boards) == (None, [])
    assert "desk-1 went away. Look at the cable" in str(use.news)
    assert not use.passing
    back = msgspec.structs.replace(desk, serial_port="/dev/pts/8")
    use.are([back])
    assert (use.used, use.passing) == (back, True)
    assert "is back" in str(use.news)
    use.are([])
    assert "has ended" in str(use.news)
