"""What a group leaves behind on this PC when it goes: pupils their work, a guest nothing."""

from __future__ import annotations

from lovhe.apps.workspace.wiring import work_store
from lovhe.core.pupils.group import Group


def would_be_lost(group: Group) -> bool:
    """Whether something that was typed goes for good when the group leaves: a guest cannot come back to it. Reads the disk."""
    return not group.pupils and work_store().holds(group.key)


def let_go(group: Group) -> None:
    """Keep nothing of the group in memory, and of a guest nothing on the disk. Writes the disk; raises `InputError` where that refuses."""
    if group.pupils:
        work_store().let_go(group.key)
    else:
        work_store().forget_group(group.key)
