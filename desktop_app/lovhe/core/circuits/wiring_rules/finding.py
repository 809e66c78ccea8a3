"""One thing that a rule of wiring has found."""

from __future__ import annotations

import msgspec

from lovhe.core.errors import HardwareError
from lovhe.core.messages import Text

ERROR, WARNING, NOTE = "error", "warning", "note"
SEVERITIES = (ERROR, WARNING, NOTE)
"""Refused at a board's start and in lessons; told, but let through; worth knowing when one builds it."""


class Finding(msgspec.Struct, frozen=True):
    """`what` is wrong and why; `next_step` mends it. `rule` names the rule for programs, as "series-resistor"."""

    severity: str
    rule: str
    what: Text
    next_step: Text

    @property
    def rank(self) -> int:
        """Errors before warnings before notes."""
        return SEVERITIES.index(self.severity)

    def as_error(self) -> HardwareError:
        """The finding as what stops a board's start."""
        return HardwareError(self.what, self.next_step)
