"""Keys that come close together, as from a quick hand or on a PC that was busy for a moment: each does what it is for, in its turn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from lovhe.apps.tui import keys_in_turn
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.panes.board import BoardPane
from lovhe.apps.tui.panes.editor import ProgramEditor
from lovhe.apps.tui.screens.help import HelpScreen
from lovhe.apps.tui.screens.lessons import LessonsScreen
from lovhe.apps.tui.screens.who import WhoScreen
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from lovhe.apps.workspace.wiring import roster, work_store
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import Button, Input

from tests.school_classes import add_pupils

from .conftest import GROUP, Until
from .stories import play

BLINK = "6-01-blink"
MAKE = "lighthouse"
PROGRAM = "from machine import Pin\nled = Pin(2, Pin.OUT)\nprint(led)"

Story = Callable[[Pilot[None], LovheApp, WorkspaceScreen], Coroutine[Any, Any, None]]


class Pressed(str):
    """The name of a key."""

    __slots__ = ()


CTRL_A, ENTER, HOME, END, UP, ESCAPE = map(Pressed, ("ctrl+a", "enter", "home", "end", "up", "escape"))
F3, F4, F5, F6, F9, F10, SHIFT_F7, SHIFT_F8 = map(Pressed, ("f3", "f4", "f5", "f6", "f9", "f10", "shift+f7", "shift+f8"))


async def _press_at_once(pilot: Pilot[None], until: Until, *pressed: str) -> None:
    """Put keys into the app's queue, with nothing done between them; of other words each letter is one, and a new line is Enter."""
    app = pilot.app
    assert isinstance(app, LovheApp)
    letters = [letter for words in pressed for letter in ([words] if isinstance(words, Pressed) else words.replace("\n", "\r"))]
    all_taken = app.keys_taken + len(letters)
    for letter in letters:
        if isinstance(letter, Pressed) or letter == "\r":
            app.post_message(events.Key(ENTER if letter == "\r" else letter, None))
        else:
            app.post_message(events.Key(letter if letter.isalnum() else _character_to_key(letter), letter))
    await until(pilot, lambda: app.keys_taken == all_taken, "the keys to be done")
    await until(pilot, lambda: not getattr(app.screen, "rebuilding", False), "the screen that they have asked for")


def _play(until: Until, story: Story, step: str = MAKE) -> None:
    async def play() -> None:
        app = LovheApp()
        app.speak("en")
        async with app.run_test(size=(80, 24)) as pilot:
            app.sit_down(GROUP)
            app.open_lesson(BLINK, step)
            await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen) and app.screen.is_mounted, "the lesson")
            screen = app.screen
            assert isinstance(screen, WorkspaceScreen)
            await story(pilot, app, screen)

    asyncio.run(play())


def _text(screen: WorkspaceScreen) -> str:
    return screen.query_one(ProgramEditor).text


def test_what_is_typed_after_a_key_of_the_editor_comes_after_it(until: Until) -> None:
    """Ctrl+A and a program in one burst: the program takes the place of what was there, and not a letter of it is lost."""

    async def story(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        await _press_at_once(pilot, until, F9, CTRL_A, PROGRAM, UP, HOME, "# ", END, "!")

        first, _, last = PROGRAM.split("\n")
        assert _text(screen) == f"{first}\n# led = Pin(2, Pin.OUT)!\n{last}"

    _play(until, story)


def test_enter_that_comes_as_a_new_line_is_enter(until: Until) -> None:
    """As terminals hand it on that are not read yet, or that paste as if somebody typed."""

    async def story(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        await _press_at_once(pilot, until, F9, CTRL_A, "while True:", Pressed("ctrl+j"), "pass")

        assert _text(screen) == "while True:\n    pass"

    _play(until, story)


def test_a_key_of_the_screen_sees_the_letters_before_it(until: Until) -> None:
    """F5 in one burst with a program: what is run and kept is the program with its last letter."""

    async def story(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        await _press_at_once(pilot, until, F9, CTRL_A, "x = 12", F5)

        assert work_store().flush()
        newest = screen.work.versions(screen.step)[0]
        assert screen.work.version(screen.step, newest.id) == "x = 12"

    _play(until, story)


def test_what_is_typed_after_a_run_a_check_or_a_hint_goes_on_in_the_program(until: Until) -> None:
    """The panels that open take no key away, also where there is no board to run on."""

    async def story(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        await _press_at_once(pilot, until, F9, CTRL_A, "a = 1\n", F5, "b = 2\n", F6, "c = 3\n", Pressed("f7"), "d = 4")
        await until(pilot, lambda: screen.job is None, "the end of the check")
        await _press_at_once(pilot, until, "5")

        assert _text(screen) == "a = 1\nb = 2\nc = 3\nd = 45"
        assert isinstance(screen.focused, ProgramEditor)

    _play(until, story)


def test_a_check_without_a_board_puts_the_next_key_on_the_button_that_starts_one(until: Until) -> None:
    """Who types nothing meanwhile starts a board by Enter; a letter goes into the program all the same."""

    async def story(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        await pilot.press("f9", "f6")
        await until(pilot, lambda: screen.focused is screen.query_one("#board-start", Button), "the button")
        assert screen.query_one(BoardPane).display
        await _press_at_once(pilot, until, CTRL_A, "x")

        assert isinstance(screen.focused, ProgramEditor)
        assert "x" in _text(screen)

    _play(until, story)


def test_no_step_is_left_out(until: Until) -> None:
    """F4 three times and F3 once while the screen is still being put together: two steps on."""

    async def story(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        steps = [step.id for step in screen.lesson.file.step]
        await _press_at_once(pilot, until, F4, F4, F4, F3)

        assert screen.step is not None
        assert screen.step.id == steps[2]

    _play(until, story, step="build")


def test_what_is_typed_while_a_step_opens_is_its(until: Until) -> None:
    """Back to the program before, and a letter in its first line; forth, and one in the other."""

    async def story(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        steps = screen.lesson.file.step
        before, after = steps[-2], steps[-1]
        begins = [screen.work.begin_of(step) for step in (before, after)]
        await _press_at_once(pilot, until, F3, F9, "# a", F4, F9, "# b")

        assert work_store().flush()
        assert [screen.work.text(step) for step in (before, after)] == [f"# a{begins[0]}", f"# b{begins[1]}"]

    _play(until, story)


def test_what_is_typed_while_a_lesson_opens_is_its(until: Until) -> None:
    """Escape, Enter, F9 and a letter in one burst: the letter is in the program."""

    async def story(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        await pilot.press("escape")
        await until(pilot, lambda: app.screen.query("#lessons").first().option_count, "the lessons")  # type: ignore[attr-defined]
        await _press_at_once(pilot, until, "lighthouse", ENTER, F9, "# a")

        assert isinstance(app.screen, WorkspaceScreen)
        assert _text(app.screen).startswith("# a")

    _play(until, story)


def test_what_is_typed_while_the_language_changes_is_not_lost(until: Until) -> None:
    """All screens are put together anew, and the letters wait for that."""

    async def story(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        await pilot.press("f9")
        await _press_at_once(pilot, until, "# a")
        app.speak("ru")
        await _press_at_once(pilot, until, "bc")

        assert _text(screen).startswith("# abc")

    _play(until, story)


def test_what_is_sought_does_not_come_into_the_program(until: Until) -> None:
    """Shift+F7 and a word in one burst, Escape and a letter: the word is in the one place, the letter in the other."""

    async def story(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        await _press_at_once(pilot, until, F9, CTRL_A, "led = 1", SHIFT_F7, "led", ESCAPE, "2")

        assert screen.query_one("#sought", Input).value == "led"
        assert _text(screen) == "led = 12"

    _play(until, story)


def test_a_name_typed_after_f10_is_not_in_the_last_groups_program(until: Until) -> None:
    """The name waits until it is asked who is here."""

    async def story(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        with roster() as pupils:
            group = add_pupils(pupils, "7T", ["Murad"])
        app.sit_down(type(GROUP)(pupils=tuple(group)))
        app.open_lesson(BLINK, MAKE)
        await until(pilot, lambda: app.screen is not screen and isinstance(app.screen, WorkspaceScreen), "the lesson")
        await _press_at_once(pilot, until, F9, "# a", F10, "Mur")

        who = app.screen
        assert isinstance(who, WhoScreen)
        await until(pilot, lambda: who.signing is not None and who.query("#find"), "the classes")
        assert who.signing is not None
        assert who.signing.typed == "Mur"

    _play(until, story)


def test_a_name_typed_after_enter_is_a_new_one(until: Until) -> None:
    """Three names in one burst: each Enter chooses whom the letters before it mean, and no letter goes to the search before."""
    with roster() as pupils:
        add_pupils(pupils, "6A", ["Aysel", "Murad", "Nigar", "Rauf"])

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: isinstance(app.screen, WhoScreen) and app.screen.signing is not None, "the names")
        await _press_at_once(pilot, until, "ays", ENTER, "mur", ENTER, "rau", ENTER)
        assert isinstance(app.screen, WhoScreen)
        assert app.screen.signing is not None
        assert [one.first_name for one in app.screen.signing.chosen] == ["Aysel", "Murad", "Rauf"]

    play(story, group=None)


def test_what_is_typed_after_a_guest_begins_is_sought_in_the_lessons(until: Until) -> None:
    """Letters, Enter, letters, in one burst: the first letter after Enter is not the screen's that goes."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: isinstance(app.screen, WhoScreen) and app.screen.signing is not None, "who is here")
        await until(pilot, lambda: isinstance(app.focused, Button), "the button")
        await _press_at_once(pilot, until, "xyz", ENTER, "traffic")
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen), "the lessons")
        assert app.screen.query_one(Input).value == "traffic"

    play(story, group=None)


def test_letters_typed_at_a_button_or_the_text_go_into_the_program(until: Until) -> None:
    """Nobody has to find the way back to the editor first."""

    async def story(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        await _press_at_once(pilot, until, F9, CTRL_A, "a", SHIFT_F8, "b", F9, "c")

        assert _text(screen) == "abc"
        assert screen.work_shown

    _play(until, story)


def test_a_screen_that_never_stands_does_not_take_the_keys_away(until: Until, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was waited for long enough is not waited for any more."""
    monkeypatch.setattr(keys_in_turn, "_STANDS_S", 0.1)

    async def story(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        screen._rebuilding = True
        await _press_at_once(pilot, until, Pressed("f1"))
        await until(pilot, lambda: isinstance(app.screen, HelpScreen), "the help")

    _play(until, story)
