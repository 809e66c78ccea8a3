"""One thing that was looked at, with what to do about it."""

from __future__ import annotations

from typing import Literal

import msgspec

from lovhe.core.messages import Text

Outcome = Literal["passed", "unclear", "failed"]


class Finding(msgspec.Struct, frozen=True):
    """`outcome` is "passed", "failed" (something a lesson needs is missing) or "unclear" (look at it, lessons can go on).

    What is not passed has a next step.
    """

    outcome: Outcome
    what: Text
    next_step: Text | None = None
