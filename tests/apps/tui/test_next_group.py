"""The next group sits down where another one worked, in a few keys: whatever those before did, none of it is there, at any key."""

from __future__ import annotations

import pytest
from lovhe.apps.lesson_boards import start_lesson_board
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.panes.checks import ChecksPane
from lovhe.apps.tui.panes.editor import ProgramEditor
from lovhe.apps.tui.panes.find_bar import FindBar
from lovhe.apps.tui.screens.history import HistoryScreen
from lovhe.apps.tui.screens.lessons import LessonsScreen
from lovhe.apps.tui.screens.menu import MenuScreen
from lovhe.apps.tui.screens.who import WhoScreen
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from lovhe.apps.workspace.wiring import roster, work_store
from lovhe.core.pupils.group import Group
from lovhe.services.ports.work import WorkKey
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from tests.school_classes import add_pupils

from .conftest import Until
from .stories import BLINK, open_step, output, play, program_step, shown, write

MARK = "zqx"
PROGRAM = f'{MARK} = 7\nprint("{MARK}:", {MARK})\n'


def _pupils(*names: str) -> list[Group]:
    with roster() as pupils:
        return [Group(pupils=(pupil,)) for pupil in add_pupils(pupils, "7A", list(names))]


async def _everything(pilot: Pilot[None], screen: WorkspaceScreen, until: Until) -> None:
    """What a group can leave behind: a text with undo, versions, a clipboard, words to find, output, readings, verdicts, messages."""
    app = screen.lovhe
    editor = await write(pilot, screen, until, PROGRAM)
    await pilot.press("ctrl+a", "ctrl+c")
    assert MARK in app.clipboard
    await pilot.press("ctrl+f", *MARK, "enter", "escape")
    await pilot.press("f5")
    await until(pilot, lambda: f"{MARK}: 7" in output(screen) and screen.job is None, "the output")
    await pilot.press("f6")
    await until(pilot, lambda: screen.checking.state.phase == "over", "the check")
    await pilot.press("f7")
    assert screen.plot.readings.any
    assert editor.text == PROGRAM
    app.notify(f"{MARK} said")


async def _all_places(pilot: Pilot[None], screen: WorkspaceScreen, until: Until) -> str:
    """All that the next group sees in the same step, whichever panel, page and key it tries."""
    app = screen.lovhe
    screen.show_work()
    editor = screen.query_one(ProgramEditor)
    editor.focus()
    seen = [shown(app), editor.text]
    await pilot.press("ctrl+end", "ctrl+z", "ctrl+z", "ctrl+z")
    seen.append(editor.text)
    await pilot.press("ctrl+y", "ctrl+y", "ctrl+v")
    seen.append(editor.text)
    await pilot.press("ctrl+f")
    await until(pilot, lambda: screen.query_one(FindBar).region, "the find bar")
    seen += [field.value for field in screen.query_one(FindBar).query(Input)]
    await pilot.press("escape")
    for tab in ("tab-output", "tab-checks", "tab-plot", "tab-board"):
        screen.show_below(tab)
        await pilot.pause()
        seen.append(shown(app))
    seen.append(output(screen))
    seen += [str(line.content) for line in screen.query_one(ChecksPane).query(Static)]
    assert not screen.plot.readings.any
    await pilot.press("f7")
    seen += [str(note.message) for note in app._notifications]
    await screen.run_action("history")
    await until(pilot, lambda: isinstance(app.screen, HistoryScreen), "the history")
    seen.append(shown(app))
    await pilot.press("escape")
    await until(pilot, lambda: app.screen is screen, "the workspace")
    await pilot.press("f2")
    await until(pilot, lambda: isinstance(app.screen, MenuScreen), "the menu")
    seen += [shown(app), app.screen.query_one(Input).value]
    await pilot.press("escape")
    await until(pilot, lambda: app.screen is screen, "the workspace")
    return "\n".join(seen)


def test_another_group_finds_nothing_of_the_one_before(until: Until) -> None:
    """In the same step: neither in a text, an undo, a clipboard, a history, a panel, a message nor a menu; Escape leads to their list."""
    pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")
    fidan, murad = _pupils("Fidan", "Murad")
    start_lesson_board(BLINK)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        app.sit_down(fidan)
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen), "the lessons")
        await pilot.press(*"light")
        await until(pilot, lambda: app.screen.query_one(Input).value == "light", "the search")
        await _everything(pilot, await open_step(pilot, app, until, board=True), until)
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, WhoScreen) and not app.leaving, "the question who is here")
        assert MARK not in shown(app)
        app.sit_down(murad)
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen) and app.screen.query(Input), "the lessons")
        assert app.screen.query_one(Input).value == ""
        seen = await _all_places(pilot, await open_step(pilot, app, until, board=True), until)
        assert MARK not in seen
        assert "Fidan" not in seen
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen), "their own list")
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert isinstance(app.screen, LessonsScreen)
        assert app.desk.group == murad

    play(story, group=None)


def test_no_key_leads_back_from_the_question_who_is_here(until: Until) -> None:
    """Escape, the keys of lessons and steps, the menu: nobody gets at the work of those who left without saying who they are."""
    (aysel,) = _pupils("Aysel")

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        app.sit_down(aysel)
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen), "the lessons")
        await write(pilot, await open_step(pilot, app, until), until, PROGRAM)
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, WhoScreen) and not app.leaving, "the question who is here")
        for key in ("escape", "escape", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f12", "ctrl+z", "shift+tab", "escape"):
            await pilot.press(key)
        assert isinstance(app.screen, WhoScreen)
        assert app.desk.group is None
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, MenuScreen) and app.screen.query_one(OptionList).option_count, "the menu")
        entries = shown(app)
        for word in ("History", "Run", "USB", "Lessons", MARK):
            assert word not in entries

    play(story, group=None)


def test_the_next_group_needs_five_keys_from_lesson_to_lesson(until: Until) -> None:
    """F10, a letter and Enter for a name, Enter to begin, Enter for the lesson that comes next: their own text stands there."""
    aysel, murad = _pupils("Aysel", "Murad")

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        app.sit_down(aysel)
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen), "the lessons")
        await write(pilot, await open_step(pilot, app, until), until, PROGRAM)
        pressed = 0
        for key, there in (
            ("f10", lambda: isinstance(app.screen, WhoScreen) and app.screen.signing is not None and app.focused is not None),
            ("m", lambda: "Enter chooses Murad" in shown(app)),
            ("enter", lambda: "Add another one" in shown(app)),
            ("enter", lambda: isinstance(app.screen, LessonsScreen) and app.screen.query_one(OptionList).highlighted is not None),
            ("enter", lambda: isinstance(app.screen, WorkspaceScreen)),
        ):
            await pilot.press(key)
            pressed += 1
            await until(pilot, there, key)
        assert pressed == 5
        assert app.desk.group == murad
        assert work_store().read(_key(aysel)) == PROGRAM
        assert work_store().read(_key(murad)) is None

    play(story, group=None)


def _key(group: Group) -> WorkKey:
    return WorkKey(group.key, BLINK, program_step())
