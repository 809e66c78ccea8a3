"""Which old versions of a text stay: the younger, the denser.

    typed on the way            all of half an hour, then one a quarter of an hour for a day, then one a day
    run, checked and the like   all of a day, then one a quarter of an hour for a week, then one a day

And never more than a number of them, nor more bytes than a limit; the newest stays whatever it weighs.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

MOST_VERSIONS = 200
MOST_BYTES = 4_000_000

_QUARTER_S = 900
_DAY_S = 86_400
_PASSING = (1_800, _DAY_S)
_LASTING = (_DAY_S, 7 * _DAY_S)


class Kept(msgspec.Struct, frozen=True):
    """A version as thinning sees it. `when_s` is seconds since 1970; `lasting` ones (run, checked) live longer than passing ones."""

    id: str
    when_s: float
    size_bytes: int
    lasting: bool


def too_many(versions: Iterable[Kept], now_s: float, most: int = MOST_VERSIONS, most_bytes: int = MOST_BYTES) -> set[str]:
    """The ids of those that are to go. Taking them away now and then leaves the same as taking them away once."""
    newest_first = sorted(versions, key=lambda version: (version.when_s, version.id), reverse=True)
    seen: set[tuple[bool, int, int]] = set()
    staying, going = [], set()
    for version in newest_first:
        slot = _slot(version, now_s)
        if slot in seen:
            going.add(version.id)
        else:
            staying.append(version)
        if slot is not None:
            seen.add(slot)
    return going | _over_the_limits(staying, most, most_bytes)


def _slot(version: Kept, now_s: float) -> tuple[bool, int, int] | None:
    """The stretch of time of which the newest stays; None where all stay. A clock that was put back makes nothing old."""
    dense_s, quarters_s = _LASTING if version.lasting else _PASSING
    age_s = now_s - version.when_s
    if age_s <= dense_s:
        return None
    length_s = _QUARTER_S if age_s <= quarters_s else _DAY_S
    return version.lasting, length_s, int(version.when_s // length_s)


def _over_the_limits(newest_first: list[Kept], most: int, most_bytes: int) -> set[str]:
    """The oldest go first, and those that were only typed before those that were run."""
    count, size_bytes = len(newest_first), sum(version.size_bytes for version in newest_first)
    going: set[str] = set()
    for version in sorted(newest_first[1:], key=lambda version: (version.lasting, version.when_s, version.id)):
        if count <= most and size_bytes <= most_bytes:
            break
        going.add(version.id)
        count -= 1
        size_bytes -= version.size_bytes
    return going
