"""The two ways between the disk and a USB stick, for each screen whose menu has them."""

from __future__ import annotations

from lovhe.apps.tui.screens.base import LovheScreen


class StickActions(LovheScreen):
    """A screen of a group whose work can go to a stick."""

    def action_copy_to_stick(self) -> None:
        """All work of the group."""
        from lovhe.apps.tui.screens.stick import CopyScreen

        self.before_stick()
        if self.lovhe.desk.group is not None:
            self.lovhe.push_screen(CopyScreen(self.lovhe.desk.group))

    def action_fetch_from_stick(self) -> None:
        """What is fetched takes the place of what stands here, which goes into the history."""
        from lovhe.apps.tui.screens.stick import FetchScreen

        self.before_stick()
        if self.lovhe.desk.group is not None:
            self.lovhe.push_screen(FetchScreen(self.lovhe.desk.group), lambda _: self.after_stick())

    def before_stick(self) -> None:
        """What is typed on this screen is handed on."""

    def after_stick(self) -> None:
        """What this screen shows may have changed."""
