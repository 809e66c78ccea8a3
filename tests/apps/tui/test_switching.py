"""Groups that follow each other at one PC: nothing of those before stays on the screen, in the app's memory or on the desk."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from lovhe.apps import wiring
from lovhe.apps.lesson_boards import start_lesson_board
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.group_commands import GroupCommands
from lovhe.apps.tui.panes.editor import ProgramEditor
from lovhe.apps.tui.screens.lessons import LessonsScreen
from lovhe.apps.tui.screens.menu import MenuScreen
from lovhe.apps.tui.screens.question import Question
from lovhe.apps.tui.screens.who import WhoScreen
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from lovhe.apps.workspace.wiring import load_desk, roster, work_store
from lovhe.core.pupils.group import Group
from lovhe.core.pupils.pupil import Pupil
from lovhe.services.ports.work import WorkKey
from textual.pilot import Pilot
from textual.widgets import Log, OptionList, TextArea

from tests.school_classes import add_pupils

from .conftest import Until
from .stories import play

BLINK = "6-01-blink"
GUEST = Group(guest="somebody")
MARK = "the_secret_of_aysel"
PROGRAM = f'{MARK} = 1\nprint("{MARK}")\nwhile True:\n    pass\n'

Story = Callable[[Pilot[None], LovheApp], Coroutine[Any, Any, None]]


def _pupils() -> Group:
    with roster() as pupils:
        return Group(pupils=tuple(add_pupils(pupils, "7A", ["Aysel", "Murad"])))


def _make_step() -> str:
    return next(step.id for step in wiring.kit().lesson(BLINK).file.step if step.kind in ("change", "make"))


async def _work(pilot: Pilot[None], app: LovheApp, group: Group, until: Until) -> WorkspaceScreen:
    """The group sits down and opens a step with a program of its own."""
    app.sit_down(group)
    await pilot.pause()
    app.open_lesson(BLINK, _make_step())
    await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen) and app.screen.query(TextArea), "the editor")
    assert isinstance(app.screen, WorkspaceScreen)
    return app.screen


async def _write(pilot: Pilot[None], screen: WorkspaceScreen) -> None:
    editor = screen.query_one(TextArea)
    editor.focus()
    editor.select_all()
    editor.replace(PROGRAM, *editor.selection)
    await pilot.pause()


def _kept(group: Group) -> str:
    return work_store().read(WorkKey(group.key, BLINK, _make_step())) or ""


def test_pupils_leave_at_once_and_their_work_waits_for_them(until: Until) -> None:
    """No question; what was typed a moment before is kept, also where nobody paused."""
    group = _pupils()

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _write(pilot, await _work(pilot, app, group, until))
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "the question who is here")
        assert _kept(group) == PROGRAM
        screen = await _work(pilot, app, group, until)
        assert screen.query_one(TextArea).text == PROGRAM

    play(story, group=None)


def test_a_guest_who_typed_is_asked_and_their_work_goes_after_a_yes(until: Until, data_dir: Path) -> None:
    """A no keeps everything as it is."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _work(pilot, app, GUEST, until)
        await _write(pilot, screen)
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, Question), "the question")
        await pilot.click("#no")
        await until(pilot, lambda: app.screen is screen, "the workspace")
        assert screen.query_one(TextArea).text == PROGRAM
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, Question), "the question")
        await pilot.click("#yes")
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "the question who is here")
        await until(pilot, lambda: not app.leaving, "the end of leaving")
        work_store().flush()
        assert not work_store().holds(GUEST.key)
        assert not [file for file in data_dir.rglob("*") if file.is_file() and MARK.encode() in file.read_bytes()]

    play(story, group=None)


def test_a_guest_who_did_nothing_leaves_at_once(until: Until) -> None:
    """Nothing would be lost, so nothing is asked."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        app.sit_down(GUEST)
        await pilot.pause()
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "the question who is here")
        assert app.desk.group is None

    play(story, group=None)


def test_nothing_of_a_group_is_left_in_the_app(until: Until, data_dir: Path) -> None:
    """Its screens and widgets with text, undo and output are no more, nor is the clipboard; the desk names neither pupil nor lesson."""
    group = _pupils()

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        gone: list[weakref.ref[object]] = []

        async def be_there() -> None:
            screen = await _work(pilot, app, group, until)
            await _write(pilot, screen)
            editor = screen.query_one(ProgramEditor)
            editor.insert("(", editor.document.end)
            await until(pilot, lambda: editor.marked_line, "a thread that has looked for what is wrong in the program")
            editor.select_all()
            app.copy_to_clipboard(PROGRAM)
            app.notify(MARK)
            gone.extend(weakref.ref(widget) for widget in screen.query("TextArea, Log, Markdown, StepForm, OutputPane"))
            gone.extend(weakref.ref(one) for one in app.screen_stack[1:])

        await asyncio.create_task(be_there())  # in a task of its own: which screens were seen stays with the task that has seen them
        assert len(gone) > 4
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, WhoScreen) and app.screen.signing is not None, "the question who is here")
        await until(pilot, lambda: not app.leaving, "the end of leaving")

        def all_gone() -> bool:
            gc.collect()
            return all(ref() is None for ref in gone)

        await until(pilot, all_gone, "the end of the group's widgets")
        assert len(app.screen_stack) == 2
        assert app.clipboard == ""
        assert not list(app._notifications)
        desk = (data_dir / "desk.json").read_text()
        assert not [word for word in ("Aysel", "Murad", group.pupils[0].id, BLINK) if word in desk]
        assert load_desk().group is None
        assert not _texts_with(MARK)

    play(story, group=None)


def _texts_with(mark: str) -> list[object]:
    """What the app's own stores still hold of a text: drafts, texts that were not written yet, texts that were compared with the disk."""
    store = work_store()
    held: list[object] = []
    for holder in (store, store._store):
        for name, value in vars(holder).items():
            if isinstance(value, dict | list | tuple) or type(value).__name__ == "deque":
                held += [(name, item) for item in (value.items() if isinstance(value, dict) else value) if mark in repr(item)]
    return held


def test_a_running_program_is_stopped_and_its_board_is_free(until: Until) -> None:
    """The job ends, the link is closed, and the next group's program runs on the same board; the old output is not there."""
    group = _pupils()
    start_lesson_board(BLINK)
    closed: list[bool] = []

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _work(pilot, app, group, until)
        await _write(pilot, screen)
        await until(pilot, lambda: app.board is not None, "the board")
        await pilot.press("f5")
        await until(pilot, lambda: MARK in "\n".join(_output(screen)), "the output")
        job = screen.job
        assert job is not None
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "the question who is here")
        await until(pilot, lambda: job.over, "the end of the run")
        closed.append(True)
        screen = await _work(pilot, app, Group(pupils=(Pupil("other", "7A", 3, "Nigar"),)), until)
        assert MARK not in screen.query_one(TextArea).text
        editor = screen.query_one(TextArea)
        editor.select_all()
        editor.replace('print("hello", "next")\n', *editor.selection)
        await pilot.press("f5")
        await until(pilot, lambda: "hello next" in "\n".join(_output(screen)), "the next group's output")
        assert MARK not in "\n".join(_output(screen))

    play(story, group=None)
    assert closed


def _output(screen: WorkspaceScreen) -> list[str]:
    return [line for log in screen.query(Log) for line in log.lines]


def test_the_menu_knows_it_too(until: Until) -> None:
    """Where somebody is here, and only there."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        assert [hit async for hit in GroupCommands(app.screen).discover()] == []
        app.sit_down(GUEST)
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen), "the lessons")
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, MenuScreen), "the menu")
        await pilot.press(*"somebody")
        await until(pilot, lambda: isinstance(app.screen, MenuScreen) and app.screen.query_one(OptionList).option_count == 1, "the entry")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "the question who is here")

    play(story, group=None)


def test_a_key_pressed_twice_leaves_once(until: Until) -> None:
    """One question, one screen; while the question waits the key does nothing."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _write(pilot, await _work(pilot, app, GUEST, until))
        await pilot.press("f10", "f10")
        await until(pilot, lambda: isinstance(app.screen, Question), "the question")
        await pilot.press("f10")
        await pilot.pause()
        assert len([screen for screen in app.screen_stack if isinstance(screen, Question)]) == 1
        await pilot.click("#yes")
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "the question who is here")
        await until(pilot, lambda: not app.leaving, "the end of leaving")
        app.sit_down(_pupils())
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen), "the lessons")
        await pilot.press("f10", "f10")
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "the question who is here")
        await until(pilot, lambda: not app.leaving, "the end of leaving")
        assert len(app.screen_stack) == 2

    play(story, group=None)


def test_a_guest_who_closes_the_app_leaves_it_and_is_asked_before(until: Until, data_dir: Path) -> None:
    """Ctrl+Q removes a guest's work after a yes, chosen with the arrows, and the app asks who is here when it opens again."""

    async def close(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _work(pilot, app, GUEST, until)
        await _write(pilot, screen)
        await pilot.press("ctrl+q")
        await until(pilot, lambda: isinstance(app.screen, Question), "the question")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen, "the workspace, after a no")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: isinstance(app.screen, Question), "the question")
        await pilot.press("right", "enter")
        await until(pilot, lambda: not app.is_running, "the end")

    play(close, group=None)
    assert load_desk().group is None
    assert not work_store().holds(GUEST.key)
    assert not [file for file in data_dir.rglob("*") if file.is_file() and MARK.encode() in file.read_bytes()]


def test_after_a_power_cut_a_guest_goes_on(until: Until) -> None:
    """An app that ends without being closed leaves its guest where they were."""

    async def work(pilot: Pilot[None], app: LovheApp) -> None:
        await _work(pilot, app, GUEST, until)
        await until(pilot, lambda: load_desk().group == GUEST, "the desk on the disk")

    play(work, group=None)
    assert (load_desk().group, load_desk().lesson) == (GUEST, BLINK)
