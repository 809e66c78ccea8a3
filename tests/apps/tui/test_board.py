"""The board in the app, with real virtual boards: started at a key, watched, turned, lost, chosen, taken home."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from lovhe.apps import wiring
from lovhe.apps.lesson_boards import start_lesson_board
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.panes.board import BoardPane
from lovhe.apps.tui.panes.output import OutputPane
from lovhe.apps.tui.panes.pins import PinsView
from lovhe.apps.tui.panes.slider import Choice, Slider
from lovhe.apps.tui.screens.choose_board import ChooseBoard
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from lovhe.apps.tui.work_commands import WorkCommands
from lovhe.core.checks.evidence import Event
from lovhe.core.errors import UnavailableError
from lovhe.core.messages import N_
from textual.command import DiscoveryHit
from textual.pilot import Pilot
from textual.widgets import OptionList

from .board_stories import (
    BLINK,
    BLINKS,
    BUTTON,
    LIGHT,
    READS,
    Typed,
    board_line,
    board_name,
    control_of,
    open_workspace,
    see_board,
    start_board,
)
from .conftest import Until
from .stories import play


def test_one_button_starts_a_board_with_the_lessons_parts(until: Until) -> None:
    """It is in use at once and ready for programs, its parts are shown, and it ends with the app."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_workspace(pilot, app, LIGHT, until)
        board = await start_board(pilot, app, screen, until)
        assert (board.name, board.virtual, board.state) == ("desk-1", True, "ready")
        await until(pilot, lambda: screen.query(Slider), "the slider")
        assert "desk-1" in board_name(screen)
        assert "led" in str(screen.query_one(PinsView).content)
        await until(pilot, lambda: "ready" in board_line(screen), "the good news")

    play(story)
    assert wiring.reachable_boards() == []


def test_a_slider_changes_what_the_running_program_reads(until: Until, typed: Typed) -> None:
    """Keys and the mouse turn the light; the program on the board reads another value; the value shown is the board's own."""
    step = typed(LIGHT, READS)
    seen: list[int] = []

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_workspace(pilot, app, LIGHT, until, step)
        _listen(screen, seen)
        await start_board(pilot, app, screen, until)
        await pilot.press("f5")
        await until(pilot, lambda: seen, "the first reading")
        await see_board(pilot, screen, until)
        await until(pilot, lambda: screen.query(Slider), "the slider")
        slider = screen.query_one(Slider)
        bright = seen[-1]
        slider.focus()
        await pilot.press("home", "right", "right", "pageup")
        assert slider.value == 12.0
        await until(pilot, lambda: seen[-1] < bright / 2, "a darker reading")
        with control_of("desk-1") as control:
            assert control.snapshot()["surroundings"]["light.light"] == "12 %"
            await pilot.click(Slider, offset=(slider.size.width - 8, 0))
            assert slider.value == 100.0
            await until(pilot, lambda: seen[-1] > bright, "a brighter reading")
            control.set("light", "33")
        await until(pilot, lambda: slider.value == 33.0, "what somebody else has set")

    play(story)


def _listen(screen: WorkspaceScreen, seen: list[int]) -> None:
    pane = screen.query_one(OutputPane)
    add = pane.add

    def listen(events: list[Event], *more: Any) -> None:
        said = [event.args[0] for event in events if event.kind == "text"]
        seen.extend(int(line.split()[1]) for line in said if line.startswith("light "))
        add(events, *more)

    pane.add = listen  # type: ignore[method-assign]


def test_a_button_is_pressed_and_let_go(until: Until) -> None:
    """Its states are words in a row: Enter goes on to the next, a click chooses; the board's button does the same."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_workspace(pilot, app, BUTTON, until)
        await start_board(pilot, app, screen, until)
        await until(pilot, lambda: screen.query(Choice), "the button")
        choice = screen.query_one(Choice)
        choice.focus()
        with control_of("desk-1") as control:
            await pilot.press("enter")
            await until(pilot, lambda: "pressed" in control.snapshot()["surroundings"].values(), "the pressed button")
            await pilot.press("left")
            await until(pilot, lambda: "released" in control.snapshot()["surroundings"].values(), "the released button")
            assert choice.value == "released"
            pressed = choice.render().plain.index("pressed")
            await pilot.click(Choice, offset=(pressed, 0))
            await until(pilot, lambda: "pressed" in control.snapshot()["surroundings"].values(), "the clicked word")

    play(story)


def test_a_board_that_goes_away_is_told_until_it_is_back(until: Until, typed: Typed) -> None:
    """A lasting line says what to do while a program's board is gone; another board is not taken in its place; then it is back."""

    step, lost, other = typed(BLINK, BLINKS), start_lesson_board(BLINK), start_lesson_board(BLINK)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_workspace(pilot, app, BLINK, until, step)
        await until(pilot, lambda: len(app.boards) == 2, "both boards")
        assert app.board is None
        await until(pilot, lambda: "There are 2 boards" in board_line(screen), "the request to choose")
        app.use_board(next(board for board in app.boards if board.name == lost.name))
        await until(pilot, lambda: not board_line(screen), "nothing to say")
        await pilot.press("f5")
        await until(pilot, lambda: screen.job is not None, "the run")
        await asyncio.to_thread(wiring.stop_virtual_board, lost.name)
        await until(pilot, lambda: "has ended" in board_line(screen), "the bad news")
        assert app.board is None
        assert [board.name for board in app.boards] == [other.name]
        await until(pilot, lambda: screen.job is None, "the run's end")
        await asyncio.to_thread(start_lesson_board, BLINK)
        await until(pilot, lambda: app.board is not None and app.board.name == lost.name, "the board again")
        await until(pilot, lambda: "is back" in board_line(screen), "the good news")

    play(story)


def test_among_several_boards_one_is_chosen(until: Until) -> None:
    """The list opens from the panel, knows boards that come while it is open, and Enter chooses."""

    first, second = start_lesson_board(BLINK), start_lesson_board(BLINK)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_workspace(pilot, app, BLINK, until)
        await until(pilot, lambda: len(app.boards) == 2, "both boards")
        await pilot.press("f20")
        await until(pilot, lambda: screen.query_one("#board-choose").region.area > 0, "the button")
        await pilot.click("#board-choose")
        await until(pilot, lambda: isinstance(app.screen, ChooseBoard) and app.screen.query_one(OptionList).option_count, "the list")
        options = app.screen.query_one(OptionList)
        assert options.option_count == 3
        third = await asyncio.to_thread(start_lesson_board, BLINK)
        await until(pilot, lambda: options.option_count == 4, f"{third.name} in the list")
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.board is not None, "the chosen board")
        assert app.board is not None
        assert app.board.name == second.name != first.name
        assert second.name in board_name(screen)

    play(story)


def test_another_lesson_has_another_board(until: Until) -> None:
    """The app's own board is replaced by one with the new lesson's parts, and stays where the parts are the same."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_workspace(pilot, app, LIGHT, until)
        first = await start_board(pilot, app, screen, until)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, WorkspaceScreen), "the list of lessons")
        await open_workspace(pilot, app, LIGHT, until)
        assert app.board is not None
        assert app.board.mac == first.mac
        assert not app.keeper.is_busy
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, WorkspaceScreen), "the list of lessons")
        await open_workspace(pilot, app, BUTTON, until)
        await until(pilot, lambda: app.keeper.is_busy, "the start of the other board")
        await until(pilot, lambda: not app.keeper.is_busy, "the other board")
        with control_of(app.board.name if app.board else "") as control:
            assert control.circuit() == wiring.kit().lesson(BUTTON).file.circuit
        assert len(wiring.reachable_boards()) == 1

    play(story)


def test_where_no_virtual_board_can_run_it_is_said(until: Until, monkeypatch: pytest.MonkeyPatch) -> None:
    """What happened and what to do next stand there until something else is done."""

    def refuse() -> None:
        raise UnavailableError(N_("Virtual boards do not run on this PC."), N_("Use a real board on a USB cable."))

    monkeypatch.setattr("lovhe.apps.lesson_boards.refuse_without_interpreter", refuse)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_workspace(pilot, app, BLINK, until)
        await see_board(pilot, screen, until)
        await pilot.click("#board-start")
        await until(pilot, lambda: "Use a real board" in board_line(screen), "the words")

    play(story)


def test_a_real_boards_pins_are_shown_as_its_program_tells_them(until: Until, monkeypatch: pytest.MonkeyPatch) -> None:
    """Levels, PWM, readings and colours of the run's evidence stand in the panel."""
    port = SimpleNamespace(device="/dev/ttyUSB0", vid=0x10C4, pid=0xEA60, serial_number="")
    monkeypatch.setattr("serial.tools.list_ports.comports", lambda: [port])

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_workspace(pilot, app, LIGHT, until)
        await see_board(pilot, screen, until)
        await until(pilot, lambda: "ttyUSB0" in board_name(screen), "the board in the panel")
        pane = screen.query_one(BoardPane)
        pane.happened([Event(0, "begin", [1, 10, "main.py"]), Event(5, "level", [2, 1]), Event(9, "adc", [34, 31000])])
        pane.happened([Event(12, "show", [{"light": 47.5}])])
        await until(pilot, lambda: "light: 47.5" in str(screen.query_one(PinsView).content), "the reading")
        shown = str(screen.query_one(PinsView).content)
        assert "IO2 1" in shown
        assert "IO34 ADC 31000" in shown
        assert not screen.query(Slider)

    play(story)


def test_keys_that_come_faster_than_the_screen_do_no_harm(until: Until) -> None:
    """Steps, folds and panels, pressed without a pause while the screen is put together anew."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_workspace(pilot, app, BLINK, until)
        screen.refresh(recompose=True)
        while screen.query(BoardPane):
            await asyncio.sleep(0)
        for action in ("step(1)", "show_board", "take_home", "run", "step(-1)"):
            await app.run_action(action, screen)
        await until(pilot, lambda: screen.query(BoardPane), "the panel")
        await pilot.press("f4")
        assert screen.step == screen.lesson.file.step[1]

    play(story)


def test_the_menu_has_what_can_be_done_with_boards(until: Until) -> None:
    """Start, choose, show, flash and take home are found there by their names."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_workspace(pilot, app, BLINK, until)
        hits = [hit async for hit in WorkCommands(screen).discover() if isinstance(hit, DiscoveryHit)]
        names = {str(hit.display) for hit in hits}
        assert {"Take it home", "Show the board", "Start a virtual board", "Choose another board", "Flash this board"} <= names
        start = next(hit for hit in hits if str(hit.display) == "Start a virtual board")
        await start.command()
        assert app.keeper.is_busy
        await until(pilot, lambda: app.board is not None, "the virtual board")

    play(story)
