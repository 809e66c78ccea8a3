"""The list of lessons, the menu, help and keys, as a pupil uses them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from lovhe.apps.language import LANGUAGES, t
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.help_texts import HELP, TITLES, TOPICS
from lovhe.apps.tui.key_names import key_name, known_keys
from lovhe.apps.tui.screens.help import HelpScreen
from lovhe.apps.tui.screens.keys import KeysScreen, PressKey
from lovhe.apps.tui.screens.lessons import LessonsScreen
from lovhe.apps.tui.screens.menu import MenuScreen
from lovhe.apps.tui.screens.skills import SkillsScreen
from lovhe.apps.tui.screens.who import WhoScreen
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from lovhe.apps.workspace.wiring import load_desk, load_keys
from lovhe.core.pupils.group import Group
from textual.pilot import Pilot
from textual.widgets import Input, Markdown, OptionList

from .conftest import Until

Story = Callable[[Pilot[None], LovheApp], Coroutine[Any, Any, None]]
GUEST = Group(guest="somebody")


def _play(story: Story, size: tuple[int, int] = (80, 24)) -> None:
    async def play() -> None:
        app = LovheApp()
        app.speak("en")
        async with app.run_test(size=size) as pilot:
            app.sit_down(GUEST)
            await story(pilot, app)

    asyncio.run(play())


def _rows(app: LovheApp) -> list[str]:
    return [str(option.prompt) for found in app.screen.query("#lessons").results(OptionList) for option in found.options]


async def _read(pilot: Pilot[None], app: LovheApp, until: Until) -> None:
    await until(
        pilot, lambda: isinstance(app.screen, LessonsScreen) and any("new" in row for row in _rows(app)), "lessons with their state"
    )


def test_enter_goes_on_where_one_is_sent(until: Until) -> None:
    """A new guest needs two keys from the list to the first lesson: none to find it, Enter to open it."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _read(pilot, app, until)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen), "the lesson")
        assert isinstance(app.screen, WorkspaceScreen)
        assert app.screen.lesson.id == "6-01-blink"
        await pilot.press("f4", "escape")
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen) and "Go on" in _rows(app)[0], "the way back")
        assert "step 2" in _rows(app)[0]
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen) and app.screen.step is not None, "the lesson again")
        assert app.screen.step == app.screen.lesson.file.step[1]  # type: ignore[attr-defined]

    _play(story)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_each_lesson_has_a_line_that_fits(size: tuple[int, int], until: Until) -> None:
    """State as a sign and a word, points and minutes, in all languages, however long the title is."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _read(pilot, app, until)
        for code in LANGUAGES:
            app.speak(code)
            await until(pilot, lambda: len(_rows(app)) == 11 and not app.screen._rebuilding, code)  # type: ignore[attr-defined]
            options = app.screen.query_one("#lessons", OptionList)
            assert options.virtual_size.height == 11
            assert not options.show_vertical_scrollbar

    _play(story, size)


def test_a_lesson_is_found_by_typing_in_any_layout(until: Until) -> None:
    """Letters search at once, Escape shows all again."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _read(pilot, app, until)
        await pilot.press(*"сфкзуе")  # "carpet" on a Cyrillic layout
        await until(pilot, lambda: any("carpet" in row for row in _rows(app)) and len(_rows(app)) < 8, "the carpet")
        await pilot.press("escape")
        await until(pilot, lambda: len(_rows(app)) == 11, "all again")
        await pilot.press(*"qqqq")
        await until(pilot, lambda: "No lesson" in _rows(app)[-1], "a sentence")

    _play(story)


def test_a_grade_is_opened_and_folded_with_keys_and_mouse(until: Until) -> None:
    """Enter or a click on a grade's line."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _read(pilot, app, until)
        row = next(index for index, text in enumerate(_rows(app)) if "Grade 7" in text)
        await pilot.click("#lessons", offset=(5, row))
        await until(pilot, lambda: len(_rows(app)) == 17, "six more")
        await pilot.press("enter")
        await until(pilot, lambda: len(_rows(app)) == 11, "folded")

    _play(story)


def test_the_language_changes_at_once_and_is_kept(until: Until) -> None:
    """F3 goes round the three, and what was typed to search stays."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _read(pilot, app, until)
        await pilot.press(*"neo", "f3")
        await until(pilot, lambda: load_desk().language == "az" and not app.screen._rebuilding, "Azerbaijani")  # type: ignore[attr-defined]
        assert app.screen.query_one(Input).value == "neo"
        assert any("xalça" in row for row in _rows(app))

    _play(story)


def test_skills_are_shown(until: Until) -> None:
    """F4, and Escape back."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _read(pilot, app, until)
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, SkillsScreen), "skills")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen), "lessons")

    _play(story)


def test_a_broken_lesson_is_told_and_hides_no_other(data_dir: Path, until: Until) -> None:
    """One line says so."""
    from lovhe.apps import wiring

    own = data_dir / "lessons" / "6-77-broken"
    own.mkdir(parents=True)
    (own / "lesson.toml").write_text("grade = ", encoding="utf-8")
    wiring.kit.cache_clear()

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _read(pilot, app, until)
        assert "6-77-broken" in str(app.screen.query_one("#lessons-broken").render())
        assert len(_rows(app)) == 11

    _play(story)
    wiring.kit.cache_clear()


def test_the_menu_finds_and_does_what_is_typed(until: Until) -> None:
    """F2, a word in any layout, Enter."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _read(pilot, app, until)
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, MenuScreen), "the menu")
        lines = [str(option.prompt) for option in app.screen.query_one(OptionList).options]
        assert any("Skills" in line and "F4" in line for line in lines)
        assert any("Somebody else" in line and "F10" in line for line in lines)
        assert lines[-1].startswith("Quit")
        await pilot.press(*"ылшд", "enter")  # "skil" on a Cyrillic layout
        await until(pilot, lambda: isinstance(app.screen, SkillsScreen), "skills")

    _play(story)


def test_the_menu_has_all_that_has_a_key_in_a_lesson(until: Until) -> None:
    """Nothing can be done with a key that the menu does not know."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        app.open_lesson("6-01-blink")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen) and app.screen.query("StepBar"), "the lesson")
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, MenuScreen), "the menu")
        lines = "\n".join(str(option.prompt) for option in app.screen.query_one(OptionList).options)
        for word in ("F1", "F3", "F4", "F5", "Shift+F5", "F6", "F7", "F8", "F9", "F12", "Ctrl+Q", "History", "USB", "Русский", "Looks"):
            assert word in lines, word

    _play(story)


def test_f1_explains_what_is_under_the_cursor(until: Until) -> None:
    """The page of the place, and all others beside it."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _read(pilot, app, until)
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen) and app.screen.query(Markdown), "help")
        assert app.screen.topic == "lessons"  # type: ignore[attr-defined]
        await pilot.press("down")
        await until(pilot, lambda: app.screen.topic == "skills", "the next page")  # type: ignore[attr-defined]
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen), "back")

    _play(story)


def test_every_page_of_help_is_there_and_leads_somewhere() -> None:
    """A title for each page, a page for each place; none is longer than somebody reads."""
    assert set(TITLES) == set(HELP)
    assert set(TOPICS.values()) <= set(HELP)
    for topic, text in HELP.items():
        assert text.startswith("# "), topic
        assert len(text) < 1400, topic


def test_a_key_is_changed_by_pressing_it(until: Until) -> None:
    """Skills on F9 from now on, also after the app was closed; what is taken is refused."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _read(pilot, app, until)
        app.show_keys()
        await until(pilot, lambda: isinstance(app.screen, KeysScreen) and app.screen.query("#keys-told"), "keys")
        at = [one.id for one in known_keys()].index("lessons.skills")
        app.screen.query_one(OptionList).highlighted = at
        for pressed in ("f1", "f9"):
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, PressKey), "the question")
            await pilot.press(pressed)
            await until(pilot, lambda: isinstance(app.screen, KeysScreen), "the answer")
            if pressed == "f1":
                assert "taken" in str(app.screen.query_one("#keys-told").render())
        assert load_keys() == {"lessons.skills": "f9"}
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen), "back")
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, SkillsScreen), "skills")

    _play(story)
    assert load_keys() == {"lessons.skills": "f9"}


def test_keys_kept_before_hold_and_wrong_ones_are_told(data_dir: Path, until: Until) -> None:
    """A file written by hand, half right."""
    data_dir.mkdir(parents=True, exist_ok=True)
    (data_dir / "keys.toml").write_text('"lessons.skills" = "f9"\n"fly" = "f8"\n', encoding="utf-8")

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _read(pilot, app, until)
        await until(pilot, lambda: app.chosen_keys, "the chosen keys")
        assert app.chosen_keys == {"lessons.skills": "f9"}
        assert any("fly" in one.message for one in app._notifications)
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, SkillsScreen), "skills")

    _play(story)


def test_keys_hold_though_the_first_screen_goes_before_anybody_saw_it(
    data_dir: Path, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What can wait for the first paint waits for that of any screen."""
    data_dir.mkdir(parents=True, exist_ok=True)
    (data_dir / "keys.toml").write_text('"lessons.skills" = "f9"\n', encoding="utf-8")
    monkeypatch.setattr(WhoScreen, "_invoke_later", lambda screen, callback, sender: None)  # it is never painted

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: app.chosen_keys, "the chosen keys")

    _play(story)


@pytest.mark.parametrize("closed", [True, False], ids=["closed", "taken away"])
def test_the_app_may_end_while_a_screen_is_put_together_anew(closed: bool, until: Until) -> None:
    """Another language is chosen and the app closed at once, or its screens taken down: at any moment between, nothing goes wrong."""

    async def story(awaited: int) -> None:
        app = LovheApp()
        app.speak("en")
        async with app.run_test(size=(80, 24)) as pilot:
            app.sit_down(GUEST)
            await _read(pilot, app, until)
            app.speak("ru")
            for _ in range(awaited):
                await asyncio.sleep(0)
            if closed:
                app.close_app()

    for awaited in range(0, 40, 2):
        asyncio.run(story(awaited))


def test_keys_and_ids_are_known_to_all() -> None:
    """No id twice, no key without a name, no two things on one key where both can be done."""
    ids = [one.id for one in known_keys()]
    assert len(ids) == len(set(ids))
    assert {"app.help", "run", "check", "lessons.skills"} <= set(ids)
    for one in known_keys():
        assert one.name
        assert all(key_name(key) for key in one.keys)
    for scope in ("app", "workspace"):
        functions = [key for one in known_keys() if one.scope in ("app", scope) for key in one.keys if key.split("+")[-1][:1] == "f"]
        twice = {key for key in functions if functions.count(key) > 1 and key.split("+")[-1][1:].isdecimal()}
        assert not twice


def test_the_first_screen_has_menu_and_help_too(until: Until) -> None:
    """Before anybody has said who they are."""

    async def story() -> None:
        app = LovheApp()
        app.speak("en")
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: isinstance(app.screen, WhoScreen), "who")
            await pilot.press("f1")
            await until(pilot, lambda: isinstance(app.screen, HelpScreen), "help")
            assert app.screen.topic == "who"  # type: ignore[attr-defined]
            await pilot.press("escape", "f2")
            await until(pilot, lambda: isinstance(app.screen, MenuScreen), "menu")
            lines = [str(option.prompt) for option in app.screen.query_one(OptionList).options]
            assert any(line.startswith("Azərbaycanca") for line in lines)

    asyncio.run(story())
    assert t("Help")
