"""The line of keys is made anew when keys have changed, and only then."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from lovhe.apps.tui.panes.key_line import KeyLine
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets._footer import FooterKey

from ..conftest import Until


class _Keys(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f5", "run", "Run"), Binding("f6", "check", "Check")]
    ENABLE_COMMAND_PALETTE = False
    may_check = True

    def compose(self) -> ComposeResult:
        yield KeyLine()

    def action_run(self) -> None:
        """Nothing."""

    def action_check(self) -> None:
        """Nothing."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.may_check if action == "check" else True


def _line(app: _Keys) -> list[FooterKey]:
    return list(app.query(FooterKey))


def test_the_same_keys_stay_where_they_are_and_others_take_their_place(until: Until) -> None:
    """However often Textual asks, the widgets stay as long as the keys do; a key that is of no use goes, and comes back."""

    async def look() -> None:
        app = _Keys()
        async with app.run_test(size=(60, 6)) as pilot:

            async def shown(*names: str) -> list[FooterKey]:
                await until(pilot, lambda: [one.description for one in _line(app)] == list(names), f"the keys {names}")
                return _line(app)

            first = await shown("Run", "Check")
            for _ in range(5):
                app.screen.refresh_bindings()
                await pilot.pause()
            assert await shown("Run", "Check") == first
            app.may_check = False
            app.screen.refresh_bindings()
            [run] = await shown("Run")
            assert run not in first
            app.may_check = True
            app.screen.refresh_bindings()
            await shown("Run", "Check")

    asyncio.run(look())
