"""Who is one with whom: the same list was taken over on several PCs, and each gave ids of its own to the same classes and pupils."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import msgspec

Name = tuple[str | int, ...]
"""What a class, or a pupil, is told apart by."""


class Known(msgspec.Struct, frozen=True):
    """A class or a pupil as one PC made it. `origin` names that PC's file; `names` is all that it was known as, the first one first."""

    id: str
    origin: str
    names: tuple[Name, ...]


class _Group:
    """Those who are one."""

    def __init__(self, one: Known, others: set[str]) -> None:
        self.ids, self.origins, self.others = {one.id}, {one.origin}, others

    def fits(self, group: _Group) -> bool:
        """Whether nobody has seen one of these beside one of those."""
        return self.origins.isdisjoint(group.origins) and self.others.isdisjoint(group.ids)


def same_ones(known: Iterable[Known], apart: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """For each id the smallest one among those that mean the same: who began under one name, or was once known by one, is one.

    Two who were made in one file are two, whatever their names, and so is a pair in `apart`: there somebody has seen both. The outcome
    depends on what is given and not on its order. An id is a UUIDv7, so that smaller ones are older; of several that fit the youngest is
    taken: a name that is free again belongs to the next year's pupils.
    """
    ordered = sorted(known, key=lambda one: one.id)
    group_of: dict[str, _Group] = {}
    begun: dict[Name, list[_Group]] = defaultdict(list)
    others: dict[str, set[str]] = defaultdict(set)
    for first, second in apart:
        others[first].add(second)
        others[second].add(first)
    for one in ordered:
        group_of[one.id] = group = _Group(one, set(others[one.id]))
        if not _joined(group, begun[one.names[0]], group_of):
            begun[one.names[0]].append(group)
    called: dict[Name, list[str]] = defaultdict(list)
    for one in ordered:
        for name in one.names:
            called[name].append(one.id)
    for name in sorted(called):
        groups: list[_Group] = []
        for one_id in called[name]:
            group = group_of[one_id]
            if group not in groups and not _joined(group, groups, group_of):
                groups.append(group)
    return {one.id: min(group_of[one.id].ids) for one in ordered}


def _joined(group: _Group, others: list[_Group], group_of: dict[str, _Group]) -> bool:
    """Put a group into the youngest of `others` that has none from the same files; False where there is no such one."""
    for other in reversed(others):
        if other.fits(group):
            other.ids |= group.ids
            other.origins |= group.origins
            other.others |= group.others
            group_of.update(dict.fromkeys(group.ids, other))
            return True
    return False
