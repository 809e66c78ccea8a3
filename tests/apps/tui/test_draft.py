"""The preview of a lesson that is being written: three languages side by side or one at a time, live, and the place stays."""

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
from lovhe.apps.tui.panes.draft_column import DraftColumn
from lovhe.apps.tui.screens.draft import DraftScreen
from lovhe.apps.tui.screens.help import HelpScreen
from lovhe.apps.tui.screens.writer import WriterScreen
from lovhe.apps.tui.writer_app import WriterApp
from textual.pilot import Pilot

from .conftest import Until

Story = Callable[[Pilot[None], LovheApp, DraftScreen], Coroutine[Any, Any, None]]
BLINK = "6-01-blink"
WIDE, NARROW = (120, 40), (80, 24)


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    """A lesson of the kit."""
    folder = tmp_path / "lessons" / BLINK
    shutil.copytree(wiring.kit().root / "lessons" / BLINK, folder)
    return folder


def _play(folder: Path, until: Until, story: Story, size: tuple[int, int]) -> None:
    async def play() -> None:
        app = WriterApp(folder)
        app.speak("en")
        async with app.run_test(size=size) as pilot:
            await until(pilot, lambda: isinstance(app.screen, WriterScreen) and app.screen.lesson is not None, "the lesson")
            await pilot.press("f4")
            await until(pilot, lambda: isinstance(app.screen, DraftScreen) and "page 1 of" in _seen(app), "the preview")
            assert isinstance(app.screen, DraftScreen)
            await until(pilot, lambda: all(_plain(app, code) for code in _shown(app)), "the texts")
            await story(pilot, app, app.screen)

    asyncio.run(play())


def _seen(app: LovheApp) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def _column(app: LovheApp, code: str) -> DraftColumn:
    return app.screen.query_one(f"#draft-{code}", DraftColumn)


def _plain(app: LovheApp, code: str) -> str:
    return _column(app, code).page.plain


def _shown(app: LovheApp) -> list[str]:
    return [code for code in ("az", "ru", "en") if _column(app, code).display]


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8", newline="\n")


def _bottoms(app: LovheApp) -> list[bool]:
    pages = [_column(app, code).page for code in _shown(app)]
    return [bool(page.max_scroll_y) and round(page.scroll_y) == page.max_scroll_y for page in pages]


def test_three_languages_stand_side_by_side_and_follow_their_files(lesson: Path, until: Until) -> None:
    """Each edit is seen in its column; a page of the step has its question, too."""

    async def story(pilot: Pilot[None], app: LovheApp, screen: DraftScreen) -> None:
        assert _shown(app) == ["az", "ru", "en"]
        await pilot.press("f4", "f4")
        await until(pilot, lambda: "page 3 of" in _seen(app), "the third page")
        for code, word in (("az", "Azərcəsi"), ("ru", "Порусски"), ("en", "Englishly")):
            _edit(lesson / f"{code}.md", f"{{#{screen.page}}}\n", f"{{#{screen.page}}}\n\n{word}\n")
            await until(pilot, lambda code=code, word=word: word in _plain(app, code), word)
        assert "a)" in _plain(app, "en")
        assert "page 3 of" in _seen(app)
        await pilot.press("f3")
        await until(pilot, lambda: "page 2 of" in _seen(app) and "Englishly" not in _seen(app), "the page before")

    _play(lesson, until, story, WIDE)


def test_a_broken_language_says_what_is_wrong_and_comes_back_where_it_was(lesson: Path, until: Until) -> None:
    """With the line; the other languages stay as they are, and so does the place on the page."""

    async def story(pilot: Pilot[None], app: LovheApp, screen: DraftScreen) -> None:
        await pilot.press("f4", "end")
        await until(pilot, lambda: all(_bottoms(app)), "the end of all three")
        at = [round(_column(app, code).page.scroll_y) for code in ("az", "ru", "en")]
        _edit(lesson / "en.md", "+++\n", "+++\ntitel = 1\n")
        await until(pilot, lambda: "x en.md:2" in _seen(app), "what is wrong")
        assert not _plain(app, "en").strip()
        assert _plain(app, "az").strip()
        _edit(lesson / "en.md", "titel = 1\n", "")
        await until(pilot, lambda: _plain(app, "en").strip() and "x en.md" not in _seen(app), "the page")
        await until(pilot, lambda: [round(_column(app, code).page.scroll_y) for code in ("az", "ru", "en")] == at, "its place")
        (lesson / "lesson.toml").write_bytes(b"grade =\n")
        await until(pilot, lambda: _seen(app).count("x lesson.toml:1") == 3, "the broken file, in each column")

    _play(lesson, until, story, (120, 24))


def test_all_languages_scroll_together(lesson: Path, until: Until) -> None:
    """To the end and back, whichever is moved; in one language after another where there is room for one."""

    async def wide(pilot: Pilot[None], app: LovheApp, screen: DraftScreen) -> None:
        await pilot.press("f4", "end")
        await until(pilot, lambda: all(_bottoms(app)), "the end")
        await pilot.press("shift+tab", "home")
        await until(pilot, lambda: not any(_column(app, code).page.scroll_y for code in _shown(app)), "the begin")

    async def narrow(pilot: Pilot[None], app: LovheApp, screen: DraftScreen) -> None:
        await pilot.press("f4", "f4", "end")
        await until(pilot, lambda: _bottoms(app) == [True], "the end")
        await pilot.press("shift+f9")
        await until(pilot, lambda: _shown(app) == ["az"] and _bottoms(app) == [True], "the end in another language")

    _play(lesson, until, wide, (120, 24))
    _play(lesson, until, narrow, NARROW)


def test_one_language_at_a_time_is_changed_by_key_and_by_mouse(lesson: Path, until: Until) -> None:
    """Where three have no room; when there is more room, all three stand there."""

    async def story(pilot: Pilot[None], app: LovheApp, screen: DraftScreen) -> None:
        assert _shown(app) == ["en"]
        assert "[en]" in _seen(app)
        await pilot.press("f21")
        await until(pilot, lambda: _shown(app) == ["az"] and "[az]" in _seen(app), "Azerbaijani")
        row = next(index for index, line in enumerate(_seen(app).split("\n")) if "[az]" in line)
        await pilot.click(offset=(_seen(app).split("\n")[row].index("ru"), row))
        await until(pilot, lambda: _shown(app) == ["ru"] and bool(_plain(app, "ru").strip()), "Russian")
        await pilot.resize_terminal(*WIDE)
        await until(pilot, lambda: len(_shown(app)) == 3 and all(_plain(app, code).strip() for code in _shown(app)), "all three")
        app.speak("az")
        await until(
            pilot, lambda: len(app.screen.query(DraftColumn)) == 3 and bool(_plain(app, "ru").strip()), "the app in another language"
        )

    _play(lesson, until, story, NARROW)


@pytest.mark.skipif(sys.platform == "win32", reason="its editor is a script for a POSIX system")
def test_enter_opens_the_file_of_the_language_at_the_page(
    lesson: Path, tmp_path: Path, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or at what is wrong; Escape goes back to the lessons, and F1 explains."""
    told, script = tmp_path / "told", tmp_path / "code"
    script.write_text(f"#!{sys.executable}\nimport sys\nopen({str(told)!r}, 'w').write('\\n'.join(sys.argv[1:]) + '\\n')\n", "utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))

    async def story(pilot: Pilot[None], app: LovheApp, screen: DraftScreen) -> None:
        await pilot.press("f4", "shift+f9", "enter")
        await until(pilot, lambda: told.exists() and told.read_text("utf-8").endswith("\n"), "the editor")
        lines = (lesson / "az.md").read_text("utf-8").split("\n")
        line = next(number for number, text in enumerate(lines, 1) if text.endswith(f"{{#{screen.page}}}"))
        assert told.read_text("utf-8").split("\n")[1] == f"{lesson / 'az.md'}:{line}"
        told.unlink()
        (lesson / "lesson.toml").write_bytes(b"grade = 6\norder =\n")
        await until(pilot, lambda: "x lesson.toml:2" in _seen(app), "what is wrong")
        await pilot.press("enter")
        await until(pilot, lambda: told.exists() and told.read_text("utf-8").endswith("\n"), "the editor once more")
        assert told.read_text("utf-8").split("\n")[1] == f"{lesson / 'lesson.toml'}:2"
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen) and "Each page as pupils will see it" in _seen(app), "the help")
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, WriterScreen), "the lessons")

    _play(lesson, until, story, WIDE)
