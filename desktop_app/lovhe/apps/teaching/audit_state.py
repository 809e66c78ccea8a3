"""Whether what was changed by hand is still as it was written, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from lovhe.core.audit.hash_chain import Entry, Fault
from lovhe.core.messages import N_, Text
from lovhe.services.ports.audit import Audit

FAULT_WORDS: Mapping[Fault, Text] = {
    "changed": N_("changed afterwards"),
    "gap": N_("one before it is missing, or another one"),
    "note changed": N_("what it says was changed"),
    "note missing": N_("what it says is missing"),
}


class AuditState(msgspec.Struct, frozen=True):
    """How many changes there are, the short code for all of them, and what is wrong with which."""

    count: int
    code: str
    faults: Sequence[tuple[Fault, Entry]]

    @property
    def told(self) -> Text:
        """The state in one sentence."""
        if not self.count:
            return N_("Nothing was changed by hand yet.")
        if self.faults:
            return N_("The list of changes by hand was changed from outside. Look at an older copy of the results for what stood there.")
        return N_(
            "{n} change by hand, as it was written. Code: {code}",
            "{n} changes by hand, as they were written. Code: {code}",
            n=self.count,
            code=self.code,
        )


def audit_state(audit: Audit) -> AuditState:
    """Raises `ResultsError`."""
    count, code = audit.head()
    return AuditState(count, code, audit.faults())
