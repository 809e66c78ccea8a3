"""Whether what is typed is on the disk; a click leads to what was typed before."""

from __future__ import annotations

from textual.widgets import Static

from lovhe.apps.language import key, t
from lovhe.apps.workspace.saving import SaveState

_WORDS: dict[SaveState, str] = {"saved": key("● saved"), "saving": key("○ saving …"), "refused": key("! NOT saved")}


class SavedSign(Static):
    """At the right end of the row of steps."""

    def __init__(self) -> None:
        super().__init__(t(_WORDS["saved"]), id="saved", markup=False)
        self.tooltip = t(key("A click shows the history of this step."))
        self._state: SaveState = "saved"

    def show_state(self, state: SaveState) -> None:
        """Said only when it has changed."""
        if state != self._state:
            self._state = state
            self.update(t(_WORDS[state]))
            self.set_class(state == "refused", "refused")

    async def on_click(self) -> None:
        """The way to the history for the mouse."""
        await self.screen.run_action("history")
