"""The terminal is too small: it says so, and how large it must be."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from lovhe.apps.language import key, t
from lovhe.apps.tui.guard import LEAST_HEIGHT, LEAST_WIDTH, GuardedApp
from lovhe.core.messages import N_


class TooSmall(ModalScreen[None]):
    """Goes as soon as the terminal is large enough, or at Escape or Enter, or a click."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter", "go_on", key("Go on"), id="too-small.go-on", show=False)]

    def compose(self) -> ComposeResult:
        yield Static(id="too-small", markup=False)

    def on_mount(self) -> None:
        self._show(self.app.size)

    def size_is(self, size: Size) -> None:
        """The terminal has another size now."""
        if size.width >= LEAST_WIDTH and size.height >= LEAST_HEIGHT:
            self.dismiss()
        else:
            self._show(size)

    def on_click(self) -> None:
        """The mouse's Escape."""
        self.action_go_on()

    def action_go_on(self) -> None:
        """Somebody wants it as small as it is."""
        assert isinstance(self.app, GuardedApp)
        self.app.small_is_fine = True
        self.dismiss()

    def _show(self, size: Size) -> None:
        words = {"width": LEAST_WIDTH, "height": LEAST_HEIGHT, "now": f"{size.width} × {size.height}"}
        text = N_("This window is too small: {now} letters. Make it {width} × {height} at least. Escape goes on all the same.", **words)
        self.query_one("#too-small", Static).update(t(text))
