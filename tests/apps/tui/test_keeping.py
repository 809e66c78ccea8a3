"""What is typed is on the disk, comes back after the app is gone, and its history can be taken back."""

from __future__ import annotations

import asyncio
from pathlib import Path

from lovhe.adapters.work_files import WorkFiles
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.panes.editor import ProgramEditor
from lovhe.apps.tui.panes.saved_sign import SavedSign
from lovhe.apps.tui.screens.history import HistoryScreen
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from lovhe.apps.workspace.desk import Desk
from lovhe.apps.workspace.wiring import load_desk, save_desk, work_store
from lovhe.core.pupils.group import Group
from lovhe.services.ports.work import WorkKey
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from .conftest import Until

LESSON = "6-01-blink"


def _key(step: str) -> WorkKey:
    return WorkKey(Group(guest="somebody").key, LESSON, step)


def _sit_down(step: str) -> None:
    desk = Desk(language="en", group=Group(guest="somebody"))
    desk.open(LESSON, step)
    save_desk(desk)


def _make_steps() -> list[str]:
    from lovhe.apps import wiring

    return [step.id for step in wiring.kit().lesson(LESSON).file.step if step.kind in ("change", "make")]


async def _workspace(app: LovheApp, pilot: Pilot[None], until: Until) -> WorkspaceScreen:
    await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen) and bool(app.screen.query(ProgramEditor)), "the workspace")
    screen = app.screen
    assert isinstance(screen, WorkspaceScreen)
    return screen


def test_typing_is_saved_and_the_app_opens_where_it_was(data_dir: Path, until: Until) -> None:
    """Keys reach the disk while one types, the sign says so, and the next app shows text, step and cursor."""
    step = _make_steps()[-1]
    _sit_down(step)

    async def type_something() -> str:
        app = LovheApp()
        async with app.run_test(size=(80, 24)) as pilot:
            screen = await _workspace(app, pilot, until)
            editor = screen.query_one(ProgramEditor)
            editor.put_text("")
            await pilot.press(*"abc", "enter", *"de", "enter", *"f", "up")
            on_disk = WorkFiles(data_dir / "work")
            await until(pilot, lambda: on_disk.read(_key(step)) == "abc\nde\nf", "the disk")
            sign = screen.query_one(SavedSign)
            await until(pilot, lambda: "saved" in str(sign.content) and "NOT" not in str(sign.content), "the sign")
            await until(pilot, lambda: load_desk().cursor == (1, 1), "the cursor's place on the disk")
            return editor.text

    async def look_again() -> tuple[str, str, tuple[int, int]]:
        app = LovheApp()
        async with app.run_test(size=(80, 24)) as pilot:
            screen = await _workspace(app, pilot, until)
            editor = screen.query_one(ProgramEditor)
            assert screen.step is not None
            return screen.step.id, editor.text, editor.cursor_location

    text = asyncio.run(type_something())
    assert asyncio.run(look_again()) == (step, text, (1, 1))


def test_each_step_keeps_its_own_text(data_dir: Path, until: Until) -> None:
    """Keys typed right before another step is opened belong to the step they were typed in."""
    first, second = _make_steps()[:2] if len(_make_steps()) > 1 else (_make_steps()[0], "")
    _sit_down(first)

    async def go() -> None:
        app = LovheApp()
        async with app.run_test(size=(80, 24)) as pilot:
            screen = await _workspace(app, pilot, until)
            screen.query_one(ProgramEditor).put_text("")
            await pilot.press(*"mine", "f3")
            await until(pilot, lambda: screen.step is not None and screen.step.id != first, "another step")
            await pilot.pause()
            await pilot.press("f4")
            await until(
                pilot,
                lambda: bool(screen.query(ProgramEditor)) and screen.query_one(ProgramEditor).text == "mine",
                "the step with its text",
            )
            app.speak("az")
            await until(pilot, lambda: bool(screen.query(ProgramEditor)), "the screen in another language")
            assert screen.query_one(ProgramEditor).text == "mine"

    asyncio.run(go())
    assert work_store().flush()
    store = WorkFiles(data_dir / "work")
    assert store.read(_key(first)) == "mine"
    assert second == "" or store.read(_key(second)) is None
    assert [version.reason for version in store.versions(_key(first))] == ["typed"]


def test_an_older_version_is_taken_back(data_dir: Path, until: Until) -> None:
    """The history shows both side by side; taking one back keeps what stood there, and so does beginning again."""
    step = _make_steps()[-1]
    _sit_down(step)
    work_store().write(_key(step), "print('old')\nsame\n")
    work_store().keep_version(_key(step), "print('old')\nsame\n", "run")
    work_store().write(_key(step), "print('new')\nsame\n")

    async def go() -> None:
        app = LovheApp()
        async with app.run_test(size=(80, 24)) as pilot:
            screen = await _workspace(app, pilot, until)
            await screen.run_action("history")
            await until(pilot, lambda: isinstance(app.screen, HistoryScreen) and app.screen._text is not None, "the history")
            history = app.screen
            await pilot.press("down")
            await until(pilot, lambda: str(history.query_one("#then", Static).content).startswith("► print('old')"), "the older one")
            assert str(history.query_one("#now", Static).content).splitlines() == ["► print('new')", "  same"]
            assert history.query_one("#versions", OptionList).option_count == 2
            await pilot.click("#restore")
            await until(pilot, lambda: app.screen is screen, "the workspace")
            await until(pilot, lambda: screen.query_one(ProgramEditor).text == "print('old')\nsame\n", "the older text")
            await pilot.press("ctrl+z")
            assert screen.query_one(ProgramEditor).text == "print('new')\nsame\n"
            await screen.run_action("begin_again")
            await until(pilot, lambda: bool(app.screen.query("#yes")), "the question")
            await pilot.click("#yes")
            begin = screen.work.begin_of(screen.step)
            await until(pilot, lambda: screen.query_one(ProgramEditor).text == begin, "the begin")

    asyncio.run(go())
    reasons = [version.reason for version in work_store().versions(_key(step))]
    assert reasons == ["restored", "run"]  # what stood there when it began again was in the history already
    texts = [work_store().version(_key(step), version.id) for version in work_store().versions(_key(step))]
    assert "print('new')\nsame\n" in texts
    assert "print('old')\nsame\n" in texts


def test_a_disk_that_refuses_is_told(data_dir: Path, until: Until) -> None:
    """Where nothing can be written the sign says so, the text stays, and it is written when it can be."""
    step = _make_steps()[-1]
    _sit_down(step)
    (data_dir / "work").write_text("a file in the folder's place")

    async def go() -> None:
        app = LovheApp()
        async with app.run_test(size=(80, 24)) as pilot:
            screen = await _workspace(app, pilot, until)
            await pilot.press("x")
            sign = screen.query_one(SavedSign)
            await until(pilot, lambda: "NOT" in str(sign.content), "the sign")
            await until(pilot, lambda: bool(app._notifications), "the sentence")
            (data_dir / "work").unlink()
            await until(pilot, lambda: "NOT" not in str(sign.content), "the sign to change")

    asyncio.run(go())
    assert "x" in (WorkFiles(data_dir / "work").read(_key(step)) or "")
