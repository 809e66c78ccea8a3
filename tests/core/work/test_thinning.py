"""Which old versions stay, for any history of versions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lovhe.core.work.thinning import Kept, too_many

NOW_S = 1_800_000_000.0
_MUCH = 10**9

_histories = st.lists(st.tuples(st.floats(-86_400, 30 * 86_400, allow_nan=False), st.integers(1, 5_000), st.booleans()), max_size=80).map(
    lambda rows: [Kept(f"{n:03}", NOW_S - age_s, size, lasting) for n, (age_s, size, lasting) in enumerate(rows)]
)


def _left(versions: list[Kept], now_s: float, most: int = _MUCH, most_bytes: int = _MUCH) -> list[Kept]:
    gone = too_many(versions, now_s, most, most_bytes)
    return [version for version in versions if version.id not in gone]


@given(_histories)
def test_all_of_the_last_half_hour_stays(versions: list[Kept]) -> None:
    """What is not older than half an hour stays, and so does what was run within a day."""
    left = _left(versions, NOW_S)
    for version in versions:
        age_s = NOW_S - version.when_s
        if age_s <= (86_400 if version.lasting else 1_800):
            assert version in left


@given(_histories)
def test_one_a_quarter_of_an_hour_and_one_a_day(versions: list[Kept]) -> None:
    """Of each older quarter of an hour, and of each older day, one typed version stays: the newest."""
    typed = [version for version in versions if not version.lasting]
    left = _left(typed, NOW_S)
    for young_s, old_s, length_s in ((1_800, 86_400, 900), (86_400, 10**9, 86_400)):
        slots: dict[int, list[Kept]] = {}
        for version in typed:
            if young_s < NOW_S - version.when_s <= old_s:
                slots.setdefault(int(version.when_s // length_s), []).append(version)
        for slot in slots.values():
            newest = max(slot, key=lambda version: (version.when_s, version.id))
            assert [version for version in slot if version in left] == [newest]


@given(_histories, st.lists(st.floats(0, 86_400, allow_nan=False), max_size=6))
def test_thinning_now_and_then_leaves_the_same_as_thinning_once(versions: list[Kept], waits_s: list[float]) -> None:
    """Whether somebody looked often or seldom, the same versions are there in the end."""
    now_s, left = NOW_S, versions
    for wait_s in waits_s:
        left = _left(left, now_s)
        now_s += wait_s
    assert _left(left, now_s) == _left(versions, now_s)


@given(_histories, st.integers(1, 20), st.integers(1, 20_000))
def test_the_limits_hold_and_the_newest_stays(versions: list[Kept], most: int, most_bytes: int) -> None:
    """Number and bytes stay below their limits, and the newest version is there even where it alone is more."""
    left = _left(versions, NOW_S, most, most_bytes)
    assert len(left) <= most
    assert sum(version.size_bytes for version in left) <= most_bytes or len(left) == 1
    if versions:
        assert max(versions, key=lambda version: (version.when_s, version.id)) in left


def test_a_run_version_lives_longer() -> None:
    """Of two versions of one quarter of an hour, yesterday's typed one goes and the run one stays."""
    slot_s = 1_800_000_000 // 900 * 900 + 60 - 7_200
    typed, run, newer = (Kept(name, slot_s + n, 10, name == "run") for n, name in enumerate(("typed", "run", "newer")))
    assert too_many([typed, run, newer], NOW_S) == {"typed"}
    assert too_many([typed, run], NOW_S, most=1) == {"typed"}
