"""What is unforeseen: no traceback reaches a user, the app goes on where it can, and what was typed stays."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from lovhe.apps.log_file import log_to_file
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.screens.lessons import LessonsScreen
from lovhe.apps.tui.screens.question import Question
from lovhe.apps.tui.screens.too_small import TooSmall
from lovhe.apps.tui.screens.who import WhoScreen
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from lovhe.apps.workspace.wiring import load_desk, work_store
from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.core.pupils.group import Group
from textual.pilot import Pilot
from textual.widgets import Footer, Static

from .conftest import Until

Story = Callable[[Pilot[None], LovheApp], Coroutine[Any, Any, None]]
BROKEN = "a line of a traceback"


def _play(story: Story, size: tuple[int, int] = (80, 24)) -> LovheApp:
    app = LovheApp()
    app.speak("en")
    app.forgiving = True
    log_to_file()

    async def play() -> None:
        async with app.run_test(size=size) as pilot:
            await story(pilot, app)

    asyncio.run(play())
    return app


def _shown(app: LovheApp) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def _break(*arguments: object) -> None:
    raise RuntimeError(BROKEN)


def _drawn_badly(self: Static, y: int) -> None:
    def render_line(self: Static) -> None:
        _break()

    render_line(self)


def test_a_key_whose_action_breaks_is_told_and_the_app_goes_on(data_dir: Path, monkeypatch: pytest.MonkeyPatch, until: Until) -> None:
    """Two sentences, the log has the rest, and the next key works."""
    monkeypatch.setattr(LessonsScreen, "action_skills", _break)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        app.sit_down(Group(guest="one"))
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen), "the lessons")
        await pilot.press("f4")
        await until(pilot, lambda: app._notifications, "a sentence")
        told = next(iter(app._notifications))
        assert "did not foresee" in told.title
        assert BROKEN not in told.message + told.title
        await pilot.press("f1")
        await until(pilot, lambda: app.screen.query("#help-text"), "help after that")

    app = _play(story)
    assert not app.return_code
    assert BROKEN in (data_dir / "lovhe.log").read_text(encoding="utf-8")


def test_a_pane_that_cannot_be_drawn_is_replaced_by_a_sentence(monkeypatch: pytest.MonkeyPatch, until: Until) -> None:
    """The rest of the screen stays, and so do the keys."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        app.sit_down(Group(guest="one"))
        await until(pilot, lambda: "new" in _shown(app), "the lessons")
        about = app.screen.query_one("#lessons-about", Static)
        monkeypatch.setattr(about, "render_line", _drawn_badly.__get__(about))
        await pilot.press("down")
        await until(pilot, lambda: app.screen.query(".failed"), "the sentence")
        assert "did not foresee" in str(app.screen.query_one(".failed", Static).render())
        assert not about.display
        await pilot.press("f4")
        await until(pilot, lambda: app.screen.query("#skills"), "the skills")

    _play(story)


def test_a_widget_whose_handler_breaks_hears_the_next_message(monkeypatch: pytest.MonkeyPatch, until: Until) -> None:
    """One bad message ends nothing."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        app.sit_down(Group(guest="one"))
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen) and app.screen.query(Static), "the lessons")
        about = app.screen.query_one("#lessons-about", Static)
        heard: list[bool] = []
        about.call_later(_break)
        about.call_later(heard.append, True)
        await until(pilot, lambda: heard, "the second message")
        await until(pilot, lambda: app._notifications, "a sentence")

    _play(story)


def test_what_breaks_again_and_again_ends_with_two_sentences(monkeypatch: pytest.MonkeyPatch, until: Until) -> None:
    """Where nothing helps the app ends, and says so; the exit code tells it, too."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "the first screen")
        for number in range(25):
            app._handle_exception(RuntimeError(f"{BROKEN} {number}"))
        await until(pilot, lambda: app._exit_renderables, "the last words")
        assert BROKEN not in str(app._exit_renderables[0])
        assert "did not foresee" in str(app._exit_renderables[0])

    assert _play(story).return_code == 1


def test_a_screen_that_breaks_again_and_again_is_left(until: Until) -> None:
    """First the list of lessons is tried."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        app.sit_down(Group(guest="one"))
        app.open_lesson("6-01-blink")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen), "a lesson")
        for _ in range(10):
            app._handle_exception(RuntimeError(BROKEN))
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen), "the list")

    _play(story)


def test_a_small_terminal_is_told_until_it_is_large_enough(until: Until) -> None:
    """What is below comes back as it was."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "the first screen")
        await pilot.resize_terminal(60, 15)
        await until(pilot, lambda: isinstance(app.screen, TooSmall), "a sentence")
        await until(pilot, lambda: "60 × 15" in _shown(app), "the size")
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "the screen below")
        await pilot.resize_terminal(60, 15)
        await until(pilot, lambda: isinstance(app.screen, TooSmall), "a sentence again")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "on all the same")

    _play(story)


def test_ctrl_c_ends_nothing(until: Until) -> None:
    """It says what stops a program and what closes the app."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: app.screen.query(Footer), "the first screen")
        app.screen.set_focus(None)
        await pilot.press("ctrl+c")
        await until(pilot, lambda: app._notifications, "a sentence")
        assert "Ctrl+Q" in next(iter(app._notifications)).message
        assert not app._exit

    _play(story)


def test_ctrl_q_closes_at_once_where_nothing_is_lost(until: Until) -> None:
    """No question where there is nothing to decide."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "the first screen")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: app._exit, "the end")
        await until(pilot, lambda: app._closed, "the loop's end")

    _play(story)


def test_ctrl_q_asks_where_the_disk_refuses(monkeypatch: pytest.MonkeyPatch, until: Until) -> None:
    """What was typed last would be lost; no keeps the app open."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "the first screen")
        monkeypatch.setattr(work_store(), "problem", InputError(N_("The disk is full."), N_("Make room.")))
        monkeypatch.setattr(work_store(), "flush", lambda timeout_s=5.0: False)
        await pilot.press("ctrl+q")
        await until(pilot, lambda: isinstance(app.screen, Question), "the question")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "still here")
        assert not app._exit

    _play(story)


def test_a_second_app_says_so_and_keeps_its_hands_off_the_first_one_s_place(until: Until) -> None:
    """It asks who is here, works, and does not overwrite where the first one is."""

    async def story(pilot: Pilot[None], first: LovheApp) -> None:
        first.sit_down(Group(guest="one"))
        await until(pilot, lambda: isinstance(first.screen, LessonsScreen), "the first app's lessons")
        second = LovheApp()
        async with second.run_test(size=(80, 24)) as other:
            await until(other, lambda: isinstance(second.screen, WhoScreen), "the second one's first screen")
            await until(other, lambda: second._notifications, "a sentence")
            assert "another window" in next(iter(second._notifications)).message
            second.sit_down(Group(guest="two"))
            await until(other, lambda: isinstance(second.screen, LessonsScreen), "the second one's lessons")
        assert load_desk().group == Group(guest="one")

    _play(story)
