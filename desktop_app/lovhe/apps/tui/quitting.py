"""Ctrl+Q: the app closes, and asks first only where something would be lost. A guest who closes it leaves, as with F10."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lovhe.core.messages import N_, Text

if TYPE_CHECKING:
    from lovhe.apps.tui.app import LovheApp


async def quit_app(app: LovheApp) -> None:
    """Close it, or ask."""
    from lovhe.apps.tui.screens.question import Question

    sentences = await _what_to_ask(app)
    if not sentences:
        await _close(app)
    elif not isinstance(app.screen, Question):
        app.push_screen(Question(sentences, lambda: _close_soon(app), N_("Quit")))


def _close_soon(app: LovheApp) -> None:
    app.run_worker(_close(app), group="quitting")


async def _close(app: LovheApp) -> None:
    """Nobody is here when the app opens the next time, where a guest was here: what a guest has typed is theirs alone."""
    from lovhe.apps.tui.leaving import leave

    group = app.desk.group
    try:
        if group is not None and not group.pupils:
            await leave(app, group)
    finally:
        app.close_app()


async def _what_to_ask(app: LovheApp) -> list[Text]:
    from lovhe.apps.workspace.leaving import would_be_lost

    lost, group = await what_would_be_lost(app), app.desk.group
    if lost is not None:
        return [lost, N_("Close Lövhə all the same?")]
    if group is not None and await asyncio.to_thread(would_be_lost, group):
        return [
            N_("You are here as a guest: what you have typed is removed when Lövhə closes."),
            N_("To keep it, copy it to a USB stick first: F2 opens the menu. Close Lövhə now?"),
        ]
    return []


async def what_would_be_lost(app: LovheApp) -> Text | None:
    """Why it would be better to stay; None where nothing is lost."""
    from lovhe.apps.tui.teacher.leaving import at_stake
    from lovhe.apps.workspace.wiring import work_store

    if (stake := at_stake(app)) is not None:
        return stake
    if app.keeper.is_flashing:
        return N_("A board is being flashed. If you go now, it does not work until it is flashed again.")
    store = work_store()
    if store.state != "saved" and not await asyncio.to_thread(store.flush):
        return N_("The disk does not take what you typed last; it would be lost. Copy it to a USB stick, or make room on the disk first.")
    return None
