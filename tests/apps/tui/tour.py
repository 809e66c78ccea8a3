"""A tour through the app: every screen, each form of a step, each panel, for tests of what must hold everywhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from lovhe.apps import wiring
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.panes.find_bar import FindBar
from lovhe.apps.tui.screens.history import HistoryScreen
from lovhe.apps.tui.screens.keys import KeysScreen
from lovhe.apps.tui.screens.lessons import LessonsScreen
from lovhe.apps.tui.screens.question import Letter, Question
from lovhe.apps.tui.screens.secret import SecretScreen
from lovhe.apps.tui.screens.skills import SkillsScreen
from lovhe.apps.tui.screens.stick import CopyScreen, FetchScreen
from lovhe.apps.tui.screens.who import WhoScreen
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from lovhe.apps.tui.steps.step_form import StepForm
from lovhe.core.lessons.progress import Skills
from lovhe.core.messages import N_
from lovhe.core.pupils.pupil import Pupil
from textual.pilot import Pilot
from textual.screen import Screen

from .conftest import GROUP, Until

_KINDS = ("read", "wire", "predict", "order", "fill", "change", "make", "measure")


async def to_lessons(pilot: Pilot[None], app: LovheApp, until: Until) -> None:
    """The list of lessons, as a guest has it."""
    app.sit_down(GROUP)
    await until(pilot, lambda: isinstance(app.screen, LessonsScreen) and app.screen.list.skills is not None, "lessons")


async def open_kind(pilot: Pilot[None], app: LovheApp, until: Until, kind: str) -> WorkspaceScreen:
    """The first step of this kind that there is, ready to be worked on."""
    kit = wiring.kit()
    lesson = next(lesson for lesson in map(kit.read, kit.places().values()) if any(step.kind == kind for step in lesson.file.step))
    step = next(step for step in lesson.file.step if step.kind == kind)
    app.open_lesson(lesson.id, step.id)
    await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen) and app.screen.query(StepForm), kind)
    assert isinstance(app.screen, WorkspaceScreen)
    app.screen.show_work()
    await pilot.pause()
    return app.screen


def _is_drawn(screen: Screen[Any]) -> bool:
    return any(strip.text.strip() for strip in screen._compositor.render_strips())


async def places(pilot: Pilot[None], app: LovheApp, until: Until) -> AsyncIterator[tuple[str, Screen[Any]]]:
    """Every screen, with each form and each panel, one after the other, when there is something to be seen."""
    async for where, screen in _places(pilot, app, until):
        await until(pilot, lambda screen=screen: _is_drawn(screen), f"{where}, drawn")
        yield where, screen


def _is_open(workspace: WorkspaceScreen, tab: str) -> bool:
    """A panel is asked for until it is there: who gave something the focus a moment before may be led back to that one's panel."""
    if not workspace.query_one(f"#{tab}").region.area:
        workspace.show_below(tab)
    return bool(workspace.query_one(f"#{tab}").region.area)


async def _places(pilot: Pilot[None], app: LovheApp, until: Until) -> AsyncIterator[tuple[str, Screen[Any]]]:
    await until(pilot, lambda: isinstance(app.screen, WhoScreen) and app.screen.signing is not None and app.screen.focused, "who is here")
    yield "who", app.screen
    pupil = Pupil(id="one", class_name="7A", number=1, first_name="Aysel")
    await to_lessons(pilot, app, until)
    yield "lessons", app.screen
    screens: list[Screen[Any]] = [
        SecretScreen(pupil, "pin", lambda _: None),
        SkillsScreen(app.screen.list.skills or Skills({}, {}, {})),  # type: ignore[attr-defined]
        KeysScreen(),
        CopyScreen(GROUP),
        FetchScreen(GROUP),
        Letter([N_("The menu")]),
        Question([N_("The menu")], lambda: None),
    ]
    for screen in screens:
        app.push_screen(screen)
        await until(pilot, lambda screen=screen: screen.is_current and screen.focused is not None, type(screen).__name__)
        yield type(screen).__name__, screen
        await screen.dismiss()
        await pilot.pause()
    for kind in _KINDS:
        workspace = await open_kind(pilot, app, until, kind)
        for tab in ("tab-output", "tab-checks", "tab-plot", "tab-board") if kind == "make" else ("tab-checks",):
            await pilot.pause()
            await until(pilot, lambda workspace=workspace, tab=tab: _is_open(workspace, tab), tab)
            yield f"{kind}, {tab}", workspace
        if kind == "make":
            await pilot.pause()
            workspace.action_find()
            await pilot.pause()
            yield "find", workspace
            workspace.query_one(FindBar).action_close()
            workspace.action_history()
            await until(pilot, lambda: isinstance(app.screen, HistoryScreen) and app.screen.focused is not None, "history")
            yield "history", app.screen
            await app.screen.dismiss()
            app.choose_board(workspace.lesson)
            await pilot.pause()
            yield "boards", app.screen
            await app.screen.dismiss()
            workspace.action_own_editor()
            await pilot.pause()
            yield "own editor", app.screen
            await app.screen.dismiss()
        await until(pilot, lambda workspace=workspace: workspace.is_current, "the workspace")
        workspace.action_lessons()
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen), "the list")
