"""The form of a step in which something is read: there is nothing to do in it."""

from __future__ import annotations

from lovhe.apps.tui.steps.step_form import StepForm
from lovhe.core.messages import N_, Text


class ReadForm(StepForm):
    """Empty; the workspace gives its room to the text."""

    @property
    def program(self) -> str | None:
        """Nothing runs."""
        return None

    @property
    def why_nothing_runs(self) -> Text:
        """Reading is all."""
        return N_("In this step there is something to read. F4 goes to the next step.")

    @property
    def answer(self) -> str | None:
        """Nothing is asked."""
        return None
