"""Lessons being written, as their writer sees them: live, with keys alone and with the mouse; and no way there for pupils."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from lovhe.apps import wiring
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.screens.help import HelpScreen
from lovhe.apps.tui.screens.lessons import LessonsScreen
from lovhe.apps.tui.screens.menu import MenuScreen, entries_of
from lovhe.apps.tui.screens.question import Question
from lovhe.apps.tui.screens.who import WhoScreen
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from lovhe.apps.tui.screens.writer import WriterScreen
from lovhe.apps.tui.screens.writer_folder import FolderScreen
from lovhe.apps.tui.writer_app import WriterApp
from lovhe.apps.tui.writer_commands import begin_writing
from lovhe.apps.workspace.desk import Desk
from lovhe.apps.workspace.wiring import load_desk, save_desk
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from tests.services.small_lesson import DARK, small_lesson_files

from .conftest import GROUP, Until

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")

Story = Callable[[Pilot[None], LovheApp, WriterScreen], Coroutine[Any, Any, None]]
BLINK, SMALL = "6-01-blink", "6-99-small"


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    """A lesson of the kit, and one that is judged in a second."""
    folder = tmp_path / "lessons"
    shutil.copytree(wiring.kit().root / "lessons" / BLINK, folder / BLINK)
    for name, data in small_lesson_files().items():
        file = folder / SMALL / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The writer's own editor, a real program with a window of its own; the file that says what it was asked for."""
    told, script = tmp_path / "told", tmp_path / "code"
    script.write_text(f"#!{sys.executable}\nimport sys\nopen({str(told)!r}, 'w').write('\\n'.join(sys.argv[1:]) + '\\n')\n", "utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))
    return told


def _play(folder: Path, until: Until, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    async def play() -> None:
        app = WriterApp(folder)
        app.speak("en")
        async with app.run_test(size=size) as pilot:
            await until(pilot, lambda: _row(app, SMALL) and "being looked at" not in _seen(app), "the first look")
            assert isinstance(app.screen, WriterScreen)
            await story(pilot, app, app.screen)

    asyncio.run(play())


def _seen(app: LovheApp) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def _row(app: LovheApp, lesson: str) -> str:
    return next((line for line in _seen(app).split("\n") if line.strip().startswith(lesson)), "")


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8", newline="\n")


def test_a_slip_is_seen_as_soon_as_it_is_saved_and_enter_opens_its_line(lessons: Path, editor: Path, until: Until) -> None:
    """Nobody presses a key for that; a mend takes it away again."""
    toml = lessons / BLINK / "lesson.toml"

    async def story(pilot: Pilot[None], app: LovheApp, screen: WriterScreen) -> None:
        _edit(toml, "minutes = 45", "minutes = 45\nminuts = 45")
        await until(pilot, lambda: "x 1 error" in _row(app, BLINK) and "minuts" in _seen(app), "the error")
        line = toml.read_text("utf-8").split("\n").index("minuts = 45") + 1
        assert f"x lesson.toml:{line}  " in _seen(app)
        await pilot.press("enter", "enter")
        await until(pilot, lambda: editor.exists() and editor.read_text("utf-8").endswith("\n"), "the editor")
        assert editor.read_text("utf-8").split("\n")[:2] == ["--goto", f"{toml}:{line}"]
        _edit(toml, "minuts = 45\n", "")
        await until(pilot, lambda: "nothing to mend" in _row(app, BLINK) and "minuts" not in _seen(app), "the mend")

    _play(lessons, until, story)


def test_without_an_editor_the_place_is_told(lessons: Path, tmp_path: Path, until: Until, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that it can be opened by hand; and how Lövhə could do it."""
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    (lessons / BLINK / "lesson.toml").write_bytes(b"grade = 6\norder =\n")

    async def story(pilot: Pilot[None], app: LovheApp, screen: WriterScreen) -> None:
        await until(pilot, lambda: "x lesson.toml:2" in _seen(app), "the error")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: bool(app._notifications), "the place")
        [told] = [note.message for note in app._notifications]
        assert f"{lessons / BLINK / 'lesson.toml'}:2" in told
        assert "VISUAL or EDITOR" in told

    _play(lessons, until, story)


def test_f5_runs_the_tests_and_a_mistake_that_is_judged_otherwise_is_told(lessons: Path, editor: Path, until: Until) -> None:
    """The program, what was wanted of it, and the way to it."""
    (lessons / SMALL / "wrong" / "dark.py").write_text("# caught by: stays\n" + DARK, "utf-8")

    async def story(pilot: Pilot[None], app: LovheApp, screen: WriterScreen) -> None:
        await pilot.press("down", "f5")
        await until(pilot, lambda: "x 3 of 4" in _row(app, SMALL), "the outcome")
        assert "not run" in _row(app, BLINK)
        await until(pilot, lambda: "x wrong/dark.py:1" in _seen(app) and "Tests of" not in _seen(app), "the mistake")
        assert "Wanted: stays. Came to: on, stays." in _seen(app)
        mends = screen.query_one("#mends", OptionList)
        mends.focus()
        mends.highlighted = next(index for index, mend in enumerate(screen._mends) if mend.file == "wrong/dark.py")
        await pilot.press("enter")
        await until(pilot, lambda: editor.exists() and editor.read_text("utf-8").endswith("\n"), "the editor")
        assert editor.read_text("utf-8").split("\n")[1] == f"{lessons / SMALL / 'wrong' / 'dark.py'}:1"

    _play(lessons, until, story)


def test_mutation_runs_and_is_stopped_and_one_thing_runs_at_a_time(lessons: Path, until: Until) -> None:
    """Shift+F5; Escape asks first, and a yes stops it, too."""

    async def story(pilot: Pilot[None], app: LovheApp, screen: WriterScreen) -> None:
        await pilot.press("f6")
        job = screen.job
        await until(pilot, lambda: "► " in _row(app, BLINK) and f"Mutation of {BLINK}: " in _seen(app), "the bar")
        await until(pilot, lambda: "Shift+F5 Stop" in _seen(app), "the key that stops it")
        await pilot.press("f5")
        assert screen.job is job
        await pilot.press("shift+f5")
        await until(pilot, lambda: screen.job is None and "Mutation of" not in _seen(app), "the end")
        assert _row(app, BLINK).count("not run") == 2
        await pilot.press("down", "f6")
        await until(pilot, lambda: "% caught" in _row(app, SMALL), "the share")
        await pilot.press("up", "f6")
        await until(pilot, lambda: screen.job is not None and screen.job.now is not None, "another one")
        job = screen.job
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Question) and bool(app.screen.query("#yes")), "the question")
        await pilot.click("#yes")
        await until(pilot, lambda: job is not None and job.over, "its end")

    _play(lessons, until, story)


def test_all_lessons_are_tested_from_the_menu_and_another_folder_is_opened(lessons: Path, tmp_path: Path, until: Until) -> None:
    """With letters and Enter; the folder is kept for the next time."""
    other = tmp_path / "other"
    shutil.copytree(lessons / SMALL, other / "6-98-other")
    shutil.rmtree(lessons / BLINK)

    async def story(pilot: Pilot[None], app: LovheApp, screen: WriterScreen) -> None:
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, MenuScreen) and bool(app.screen.query(Input)), "the menu")
        await pilot.press(*"tests of all", "enter")
        await until(pilot, lambda: app.screen is screen and "√ 4 of 4" in _row(app, SMALL), "the outcome")
        await screen.run_action("folder")
        await until(pilot, lambda: isinstance(app.screen, FolderScreen) and bool(app.screen.query("#lessons-folder")), "the folder")
        typed = app.screen.query_one("#lessons-folder", Input)
        typed.value = str(tmp_path / "nowhere")
        await pilot.press("enter")
        await until(pilot, lambda: "is no folder" in " ".join(_seen(app).split()), "what is wrong")
        typed.value = str(other)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen and bool(_row(app, "6-98-other")), "the other lessons")
        assert not _row(app, SMALL)

    _play(lessons, until, story)
    assert load_desk().lessons_folder == str(other)


def test_the_mouse_does_it_too(lessons: Path, editor: Path, until: Until) -> None:
    """A click on a lesson, on what is to be mended, on a key in the last line."""

    async def story(pilot: Pilot[None], app: LovheApp, screen: WriterScreen) -> None:
        await pilot.click("#written", offset=(3, 1))
        await until(pilot, lambda: screen.lesson is not None and screen.lesson.id == SMALL and f" {SMALL}: " in _seen(app), "the lesson")
        file = next(mend.file for mend in screen._mends)
        await pilot.click("#mends", offset=(5, 0))
        await until(pilot, lambda: editor.exists() and editor.read_text("utf-8").endswith("\n"), "the editor")
        assert str(lessons / SMALL / file) in editor.read_text("utf-8")
        last = _seen(app).split("\n")[-1]
        await pilot.click(offset=(last.index("F5"), 23))
        await until(pilot, lambda: "√ 4 of 4" in _row(app, SMALL), "the outcome")

    _play(lessons, until, story)


def test_f1_explains_and_the_language_may_change_while_tests_run(lessons: Path, until: Until) -> None:
    """What is known, and what runs, stays."""

    async def story(pilot: Pilot[None], app: LovheApp, screen: WriterScreen) -> None:
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen) and "For those who write lessons" in _seen(app), "the page")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen, "the lessons")
        await pilot.press("down", "f5")
        app.speak("ru")
        await until(pilot, lambda: "√ 4" in _row(app, SMALL) and "Уроки в работе" in _seen(app), "the outcome, in another language")
        assert screen.lesson is not None
        assert screen.lesson.id == SMALL

    _play(lessons, until, story)


def test_the_way_there_is_where_nobody_is_signed_in_and_escape_leads_back(lessons: Path, until: Until) -> None:
    """From the menu of the first screen, with the folder that was opened last."""
    save_desk(Desk(language="en", lessons_folder=str(lessons)))

    async def play() -> None:
        app = LovheApp()
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: isinstance(app.screen, WhoScreen) and app.screen.signing is not None, "the first screen")
            await pilot.press("f2")
            await until(pilot, lambda: isinstance(app.screen, MenuScreen) and "Write lessons" in _seen(app), "the menu")
            await pilot.press(*"write", "enter")
            await until(pilot, lambda: isinstance(app.screen, WriterScreen) and bool(_row(app, BLINK)), "the lessons being written")
            watch = app.screen.watch_folder  # type: ignore[attr-defined]
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, WhoScreen), "the first screen again")
            await until(pilot, lambda: watch.over, "the end of looking")

    asyncio.run(play())


def test_no_screen_of_a_pupil_leads_there(lessons: Path, until: Until) -> None:
    """Neither by the menu nor by a key, in the list or in a lesson; not even by the way itself."""
    save_desk(Desk(language="en", group=GROUP, lesson=BLINK, lessons_folder=str(lessons)))

    async def play() -> None:
        app = LovheApp()
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen) and app.screen.is_attached, "the workspace")
            assert await _ways(app) == []
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, LessonsScreen), "the lessons")
            assert await _ways(app) == []
            begin_writing(app)
            app.push_screen(WhoScreen())
            await until(pilot, lambda: isinstance(app.screen, WhoScreen), "the first screen, while somebody sits here")
            assert await _ways(app) == []
            await pilot.press("f1")
            await until(pilot, lambda: isinstance(app.screen, HelpScreen) and bool(app.screen.query("#help-topics")), "the help")
            options = app.screen.query_one("#help-topics", OptionList)
            assert not {"writer", "draft"} & {option.id for option in options.options}

    asyncio.run(play())


async def _ways(app: LovheApp) -> list[str]:
    """What in the menu speaks of writing lessons."""
    return [entry.name for entry in await entries_of(app.screen) if "write lessons" in entry.name.lower() or "writer" in entry.what]
