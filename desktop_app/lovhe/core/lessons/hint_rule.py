"""How many hints a pupil may take, and when."""

from __future__ import annotations

import msgspec


class HintRule(msgspec.Struct, frozen=True):
    """Of each check `most` hints at most, None for all; the next one `wait_s` after the check failed, or after the hint before."""

    most: int | None = None
    wait_s: float = 0.0

    def allowed(self, there: int) -> int:
        """How many of `there` hints may be taken."""
        return there if self.most is None else min(there, self.most)

    def left_s(self, since_s: float) -> float:
        """Seconds until the next one, `since_s` after what is waited from. A PC whose clock was set back keeps nobody waiting."""
        return max(0.0, self.wait_s - since_s) if since_s >= 0 else 0.0


ALL_AT_ONCE = HintRule()
