"""One group leaves and another one sits down: what ran is stopped, and of screens, texts and undo nothing is left."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from lovhe.apps.language import use_language
from lovhe.core.errors import LovheError
from lovhe.core.messages import N_
from lovhe.core.pupils.group import Group

if TYPE_CHECKING:
    from lovhe.apps.tui.app import LovheApp
    from lovhe.apps.workspace.jobs import Job

log = logging.getLogger(__name__)

_STOPPED_S = 10.0


async def switch_group(app: LovheApp) -> None:
    """The group wants to leave; asked first where something would be lost."""
    from lovhe.apps.tui.screens.question import Question
    from lovhe.apps.workspace.leaving import would_be_lost

    group = app.desk.group
    if group is None or app.leaving:
        return
    if not await asyncio.to_thread(would_be_lost, group):
        await leave(app, group)
        return
    if isinstance(app.screen, Question):  # F10 was pressed twice
        return
    sentences = [
        N_("You are here as a guest: what you have typed is removed when you leave."),
        N_("To keep it, copy it to a USB stick first. Leave now?"),
    ]
    app.push_screen(Question(sentences, lambda: _leave_soon(app, group), N_("Somebody else")))


def _leave_soon(app: LovheApp, group: Group) -> None:
    app.hold_keys(leave(app, group), group="leaving")


async def leave(app: LovheApp, group: Group) -> None:
    """Take down all that the group has, then ask who is here."""
    if app.leaving:  # F10 was pressed twice
        return
    app.leaving = True
    try:
        await _take_down(app, group)
    finally:
        app.leaving = False


async def _take_down(app: LovheApp, group: Group) -> None:
    from lovhe.apps.workspace.leaving import let_go

    jobs = [job for screen in app.screen_stack if (job := getattr(screen, "job", None)) is not None]
    for job in jobs:
        job.stop()
    app.memory.goes(*app.screen_stack[1:])
    for gone in [app.pop_screen() for _ in app.screen_stack[1:]]:
        await gone  # what is typed and not saved yet is handed over as a screen goes
    app.desk.stand_up()
    begin_anew(app)
    app.keep_desk()
    app.clear_notifications()
    if app.clipboard:
        app.copy_to_clipboard("")
    app.mutate_reactive(type(app).theme)  # whoever watches the theme is kept until it changes: an editor with its text and undo
    try:
        await asyncio.to_thread(let_go, group)
    except LovheError as problem:
        app.tell_problem(problem)
    app.show_start()
    if jobs:
        app.run_worker(_see_them_end(jobs), group="leaving")


def begin_anew(app: LovheApp) -> None:
    """Nobody is here any more: language and looks are those that the teacher has settled."""
    app.desk.begin_with(app.settings.language, app.settings.theme)
    if app.desk.language:
        use_language(app.desk.language)
    app.use_looks()


async def _see_them_end(jobs: list[Job]) -> None:
    """A program that does not listen to being stopped is ended by a reset, which takes some seconds: nobody waits for it."""
    for job in jobs:
        if not await asyncio.to_thread(job.wait, _STOPPED_S):
            log.warning("%s goes on after its group has left", type(job).__name__)
