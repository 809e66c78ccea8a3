"""The app on a made-up PC, brought from one state to the next; what is to be seen of each is handed to whoever asked for it."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

from lovhe.apps import wiring
from lovhe.apps.language import use_language
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.panes.saved_sign import SavedSign
from lovhe.apps.tui.screens.lessons import LessonsScreen
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from lovhe.apps.workspace.lesson_work import LessonWork
from lovhe.apps.workspace.wiring import work_store
from lovhe.services.ports import BoardInfo
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from .made_up_pc import MadeUpPc, made_up_pc
from .text_picture import text_picture

_LIMIT_S = 90.0
_LOOK_S = 0.02
_SAME_LOOKS = 8

Shown = Callable[["Stage", str], Awaitable[None]]
"""Called with the name of what is on the screen now, once it stands still."""
Scene = Callable[["Stage"], Awaitable[None]]


class Stage:
    """`app` in one language and size. A scene brings it into a state and says `show`."""

    def __init__(self, app: LovheApp, pilot: Pilot[None], pc: MadeUpPc, shown: Shown) -> None:
        self.app, self.pilot, self.pc = app, pilot, pc
        self._shown = shown

    @property
    def narrow(self) -> bool:
        """Whether text and work take turns."""
        return self.app.size.width < 110

    @property
    def workspace(self) -> WorkspaceScreen:
        """The screen of the lesson that is open."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, WorkspaceScreen))

    async def until(self, condition: Callable[[], object], what: str) -> None:
        """Wait for a state."""
        end_s = time.monotonic() + _LIMIT_S
        while not condition():
            assert time.monotonic() < end_s, f"waited in vain: {what}"
            await self.pilot.pause(_LOOK_S)

    async def look(self) -> tuple[str, bool]:
        """What stands on the screen now, and whether it may stay so: nothing works any more, and all that was typed is kept."""
        await self.pilot.pause(_LOOK_S)
        self._hold_still()
        busy = any(worker.is_running for worker in self.app.workers) or not self._saved
        return text_picture(self.app), not busy

    async def rest(self) -> str:
        """What stands on the screen once it is the same at several looks."""
        same, before = 0, ""
        end_s = time.monotonic() + _LIMIT_S
        while same < _SAME_LOOKS:
            assert time.monotonic() < end_s, f"the screen never stands still:\n{before}"
            now, at_rest = await self.look()
            same = same + 1 if now == before and at_rest else 0
            before = now
        return before

    async def show(self, name: str) -> None:
        """This is a state to look at."""
        await self._shown(self, name)

    def _hold_still(self) -> None:
        """No cursor blinks."""
        for screen in self.app.screen_stack:
            for field in screen.query("TextArea, Input").results(TextArea | Input):
                field._pause_blink(visible=field.has_focus)

    @property
    def _saved(self) -> bool:
        signs = self.app.screen.query(SavedSign)
        return work_store().state == "saved" and all(sign._state == "saved" for sign in signs)

    # --- where the app is ---

    async def press(self, *keys: str) -> None:
        """Keys, one after another."""
        await self.pilot.press(*keys)

    async def sit_down(self) -> None:
        """The pupils of 6A are here, before the list of lessons."""
        group = self.pc.group()
        if self.app.desk.group != group:
            self.app.sit_down(group)
        await self.back_to_list()

    async def back_to_list(self) -> None:
        """The list of lessons is in front, and read."""
        if not any(isinstance(screen, LessonsScreen) for screen in self.app.screen_stack):
            self.app.desk.lesson = ""
            self.app.show_start()
        await self.until(lambda: any(isinstance(screen, LessonsScreen) for screen in self.app.screen_stack), "the list")
        while not isinstance(self.app.screen, LessonsScreen):
            await self.app.pop_screen()
        screen = self.app.screen
        await self.until(lambda: screen.list.skills is not None and screen.is_current, "the lessons")

    async def plug(self, *boards: BoardInfo) -> None:
        """These boards are there, and no other."""
        self.pc.boards = list(boards)
        if self.app.boards != self.pc.boards:
            self.app.look_for_boards()
            await self.until(lambda: self.app.boards == self.pc.boards, "the boards")
        self.app.keeper.use.heard()

    async def open(self, lesson_id: str, step_id: str, typed: str | None = None) -> WorkspaceScreen:
        """A step of a lesson, as the group finds it who `typed` this before."""
        group = self.app.desk.group
        assert group is not None
        lesson = wiring.kit().lesson(lesson_id)
        work = LessonWork(lesson, group, work_store())
        step = lesson.step(step_id)
        await self.back_to_list()
        work.typed(step, typed if typed is not None else work.begin_of(step))
        work_store().flush(_LIMIT_S)
        self.app.open_lesson(lesson_id, step_id)
        await self.until(lambda: isinstance(self.app.screen, WorkspaceScreen) and bool(self.app.screen.query("#ask")), "the workspace")
        return self.workspace

    async def step(self, lesson_id: str, step_id: str) -> WorkspaceScreen:
        """A step as it is opened first, in the lesson that is open or another one."""
        screen = self.app.screen
        if not isinstance(screen, WorkspaceScreen) or screen.lesson.id != lesson_id:
            return await self.open(lesson_id, step_id)
        step = screen.lesson.step(step_id)
        assert step is not None
        screen.show_step(step)
        await self.until(lambda: not screen._rebuilding and screen.form.step == step, step_id)
        return screen


async def _play(language: str, size: tuple[int, int], scenes: Iterable[Scene], shown: Shown, pc: MadeUpPc) -> None:
    use_language(language)
    app = LovheApp()
    app.desk.language = language
    app.animation_level = "none"
    app.memory.look = lambda: False  # type: ignore[method-assign]  # each screen stands for a moment only
    async with app.run_test(size=size) as pilot:
        stage = Stage(app, pilot, pc, shown)
        for scene in scenes:
            await scene(stage)


def play(language: str, size: tuple[int, int], scenes: Iterable[Scene], shown: Shown) -> None:
    """Play the scenes in one app, one after another."""
    with tempfile.TemporaryDirectory(prefix="lovhe-screens-", ignore_cleanup_errors=True) as folder, made_up_pc(Path(folder)) as pc:
        asyncio.run(_play(language, size, scenes, shown, pc))
