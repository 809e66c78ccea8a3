"""What went wrong with the board, and what to do next: it stays until it is read or something else is begun."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Static

from lovhe.apps.language import key, t
from lovhe.core.errors import LovheError
from lovhe.core.messages import N_


class ProblemBox(Static):
    """Two sentences. A click closes it, or Enter where it has the focus."""

    can_focus = True
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "close", key("Close"), id="problem.close", show=False)]

    def __init__(self, problem: LovheError | None = None) -> None:
        super().__init__(id="problem", markup=False)
        self.problem = problem
        self.display = False

    def on_mount(self) -> None:
        self.tell(self.problem)

    def tell(self, problem: LovheError | None) -> None:
        """Show `problem`; nothing for None."""
        self.problem = problem
        self.display = problem is not None
        if problem is not None:
            self.update(f"! {t(problem.what)}\n{t(problem.next_step)}\n({t(N_('A click closes this, or the next F5 or F6.'))})")

    def on_click(self) -> None:
        """Read."""
        self.tell(None)

    def action_close(self) -> None:
        """Read."""
        self.tell(None)
