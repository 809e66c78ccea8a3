"""The entry of the menu for somebody else who wants to sit here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from lovhe.apps.language import key, t
from lovhe.apps.tui.menu_provider import MenuEntry, MenuProvider

if TYPE_CHECKING:
    from lovhe.apps.tui.app import LovheApp


class GroupCommands(MenuProvider):
    """There on every screen, as long as somebody is here."""

    def entries(self) -> Iterator[MenuEntry]:
        app = cast("LovheApp", self.app)
        if app.teaching is not None:
            what = t(key("You leave the teacher's side; pupils can sit down here (F10)."))
            yield MenuEntry(t(key("Leave")), what, app.action_switch_group)
        elif app.desk.group is not None:
            yield MenuEntry(t(key("Somebody else")), t(key("You leave, and somebody else sits down here (F10).")), app.action_switch_group)
