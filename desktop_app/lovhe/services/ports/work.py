"""Where pupils' work is kept while they type."""

from __future__ import annotations

from typing import Literal, Protocol

import msgspec

Reason = Literal["typed", "run", "checked", "restored", "anew", "fetched", "elsewhere", "copied"]
"""Why a version was kept: a pause in typing, a run, a check, or what stood there before something else took its place: an older
version, the step's begin, work from a USB stick, or what was typed in another window. Or it came with a copy of the results."""

PASSING: tuple[Reason, ...] = ("typed",)
"""Versions that are thinned out early."""


class WorkKey(msgspec.Struct, frozen=True):
    """Whose work it is (`core.pupils.group.Group.key`), in which lesson, at which step; "" is the one step of a lesson without any."""

    group: str
    lesson: str
    step: str


class Version(msgspec.Struct, frozen=True):
    """A program as it once was. `when_utc` is ISO 8601; `id` names it within its `WorkKey`."""

    id: str
    when_utc: str
    reason: Reason
    lines: int


class WorkStore(Protocol):
    """Programs and answers that pupils have typed. Each write leaves the old or the new text, never half of one.

    All methods raise `InputError` where the disk refuses, with what to do. Safe from several threads and several apps at once:
    what another one has written since this one looked becomes a version, "elsewhere".
    """

    def read(self, key: WorkKey) -> str | None:
        """What was typed last; None where nothing was."""
        ...

    def write(self, key: WorkKey, text: str) -> None:
        """Keep `text` as what stands there now; on the disk when this returns."""
        ...

    def keep_version(self, key: WorkKey, text: str, reason: Reason) -> None:
        """Put `text` into the history, unless it equals the newest version; old ones are thinned out."""
        ...

    def versions(self, key: WorkKey) -> list[Version]:
        """The history, newest first."""
        ...

    def version(self, key: WorkKey, version_id: str) -> str:
        """The text of one version. Raises `InputError` when it is not there."""
        ...

    def has_work(self, group: str, lesson: str) -> bool:
        """Whether anything of the group's is kept for this lesson."""
        ...

    def forget_group(self, group: str) -> None:
        """Remove all that a guest has typed."""
        ...

    def holds(self, group: str) -> bool:
        """Whether there is anything that the group has typed."""
        ...

    def let_go(self, group: str) -> None:
        """The group leaves this PC: what it typed is on the disk, as far as that takes it, and no more in memory."""
        ...


class AllWork(Protocol):
    """The same work, of all groups, for whoever answers for pupils' data. All methods raise `InputError` where the disk refuses."""

    def groups(self) -> list[str]:
        """Whose work is kept, by `Group.key`."""
        ...

    def files(self, group: str) -> list[tuple[str, bytes]]:
        """All that is kept of a group, versions too: names with "/" between folders, and what is in them. Damaged ones are left out."""
        ...

    def texts(self, group: str) -> list[tuple[str, bytes]]:
        """What stands there now: of `files` those that are no versions."""
        ...

    def take_in(self, group: str, name: str, data: bytes) -> None:
        """Put one of `texts` back. Where something else stands by now, that stays, and this becomes a version, "copied".

        Nothing is done with what cannot be a group's text.
        """
        ...

    def hand_over(self, group: str, heir: str) -> bool:
        """Make a group's work another one's that has none yet; False, and nothing is changed, where it has."""
        ...

    def forget_group(self, group: str) -> None:
        """Remove all that a group has typed."""
        ...
