"""Which hints of a step a pupil has taken, and when the next one may be."""

from __future__ import annotations

import time
from collections.abc import Callable

from lovhe.core.lessons.hint_rule import ALL_AT_ONCE, HintRule


class Hints:
    """By a check's id: `taken` are how many hints, `since` is when it failed or the last of them was taken. `keep` is told of each change.

    Who tries again while they wait waits no longer for that: only a hint, or a pass, lets the time begin anew.
    """

    def __init__(
        self,
        taken: dict[str, int],
        since: dict[str, float],
        rule: HintRule = ALL_AT_ONCE,
        keep: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.taken, self._since, self.rule, self._keep, self._clock = taken, since, rule, keep, clock

    def shown(self, check_id: str, there: int) -> int:
        """How many of a check's hints are shown."""
        return min(self.taken.get(check_id, 0), self.rule.allowed(there))

    def failed(self, check_id: str) -> None:
        """The check has failed, for the first time or again."""
        if check_id not in self._since:
            self._since[check_id] = self._clock()
            self._keep()

    def passed(self, check_id: str) -> None:
        """Nothing is to be waited for any more."""
        if self._since.pop(check_id, None) is not None:
            self._keep()

    def wait_s(self, check_id: str) -> float:
        """Seconds until the check's next hint."""
        return self.rule.left_s(self._clock() - self._since.get(check_id, 0.0))

    def take(self, check_id: str, count: int) -> None:
        """So many are shown now."""
        self.taken[check_id] = max(count, self.taken.get(check_id, 0))
        self._since[check_id] = self._clock()
        self._keep()
