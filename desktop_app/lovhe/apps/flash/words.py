"""Words that the flash's screen, its table and its watch share."""

from __future__ import annotations

from lovhe.apps.language import key
from lovhe.core.messages import N_

STOPPING = N_("Stopping in good order, please wait. Ctrl+C once more ends at once.")
RESULT_WORDS = {"done": key("done"), "unchanged": key("unchanged"), "failed": key("not done"), "stopped": key("stopped")}
"""By outcome."""
