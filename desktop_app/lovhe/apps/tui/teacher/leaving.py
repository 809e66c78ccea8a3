"""The teacher leaves with F10: at once, or after a question where something would be lost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from lovhe.apps.language import say_instead
from lovhe.apps.workspace.app_words import in_app
from lovhe.core.messages import N_, Text

if TYPE_CHECKING:
    from textual.screen import Screen

    from lovhe.apps.tui.app import LovheApp


def leave_teaching(app: LovheApp) -> None:
    """What is being done is stopped in good order."""
    from lovhe.apps.tui.screens.question import Question

    stake = at_stake(app)
    if stake is None:
        app.end_teaching()
    else:
        app.push_screen(Question([stake, N_("Stop it in good order, and leave?")], app.end_teaching, N_("Leave")))


def take_down(app: LovheApp) -> None:
    """Nothing of what the teacher saw stays on the screen or can be reached."""
    from lovhe.apps.tui.leaving import begin_anew

    app.end_practice()
    app.teaching = None
    say_instead(in_app)
    stop_jobs(app.screen_stack)
    app.clear_notifications()
    if app.clipboard:
        app.copy_to_clipboard("")
    app.memory.goes(*app.screen_stack[1:])
    begin_anew(app)
    app.show_start()


def at_stake(app: LovheApp) -> Text | None:
    """What would be lost on the teacher's screens; None for nothing."""
    from lovhe.apps.tui.teacher.base import TeacherScreen

    found = (screen.at_stake for screen in app.screen_stack if isinstance(screen, TeacherScreen))
    return next((stake for stake in found if stake is not None), None)


def stop_jobs(screens: Iterable[Screen[Any]]) -> None:
    """These screens go: what runs for them ends in good order, and nobody waits for it."""
    for screen in screens:
        if (job := getattr(screen, "job", None)) is not None:
            job.stop()
