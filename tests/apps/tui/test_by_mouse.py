"""The mouse reaches all that there is to press on the smallest screen, in each language; and what is done by keys is done by clicks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from lovhe.apps import wiring
from lovhe.apps.lesson_boards import start_lesson_board
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.panes.editor import ProgramEditor
from lovhe.apps.tui.panes.instructions import Instructions
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.panes.slider import Choice, Slider
from lovhe.apps.tui.screens.help import HelpScreen
from lovhe.apps.tui.screens.lessons import LessonsScreen
from lovhe.apps.tui.screens.menu import MenuScreen
from lovhe.apps.tui.screens.too_small import TooSmall
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from lovhe.apps.tui.steps.fill import Gap
from lovhe.apps.workspace.step_check import StepCheck
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, Tab, TabbedContent
from textual.widgets._footer import FooterKey

from .conftest import Until
from .stories import BLINK, open_step, output, play, program_step, write

LIGHT = "6-03-night-light"
PRESSED = (Button, Slider, Choice, Input, Gap, Tab, OptionList, FooterKey)


def _to_press(screen: WorkspaceScreen) -> Iterator[Widget]:
    """All that can be pressed now: folded panels and tabs in the back are others' turn."""
    for widget in screen.query("*"):
        if (
            isinstance(widget, PRESSED)
            and not widget.disabled
            and all(node.display for node in widget.ancestors_with_self if isinstance(node, Widget))
        ):
            yield widget


async def _reach_all(pilot: Pilot[None], screen: WorkspaceScreen, until: Until) -> None:
    """Each is at the place where it is seen, and nothing lies over it; what is scrolled away is scrolled to first.

    There are more than five: while the line of keys is put together anew, its names are missing.
    """
    await until(pilot, lambda: len(list(_to_press(screen))) > 5, "what can be pressed")
    for widget in list(_to_press(screen)):
        widget.scroll_visible(animate=False, immediate=True)

        def is_there(widget: Widget = widget) -> bool:
            if not widget.is_attached or not widget.display:
                return True  # it was put together anew
            region = widget.region
            if not region.area or not screen.region.contains_region(region):
                return False
            hit, _ = screen.get_widget_at(region.x + region.width // 2, region.y)
            return widget in hit.ancestors_with_self

        await until(pilot, is_there, f"{widget!r} at {widget.region} in {screen.step}")


@pytest.mark.parametrize("language", ["az", "ru", "en"])
def test_all_that_can_be_pressed_is_reached_on_the_smallest_screen(language: str, until: Until) -> None:
    """In each kind of step, with the text and with the work in front, and in each panel with a board that runs."""
    pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")
    start_lesson_board(LIGHT)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        for lesson, kinds in ((BLINK, ("build", "guess", "sort", "gaps", program_step())), (LIGHT, ("half-shade",))):
            for step in kinds:
                screen = await open_step(pilot, app, until, lesson, step, board=True)
                screen.below_open = False
                screen.lay_out()
                await until(pilot, lambda screen=screen: screen.query_one(Instructions).region.area, "the text")
                await _reach_all(pilot, screen, until)
                screen.show_work()
                await until(pilot, lambda screen=screen: screen.form.region.area, "the work")
                await _reach_all(pilot, screen, until)
                for tab in ("tab-output", "tab-checks", "tab-plot", "tab-board"):
                    screen.show_below(tab)
                    below = screen.query_one("#below", TabbedContent)
                    await until(pilot, lambda below=below: below.active_pane is not None and below.active_pane.region.area, tab)
                    if tab == "tab-board":
                        await until(pilot, lambda screen=screen: screen.query("Slider, #pins"), "the board")
                    await _reach_all(pilot, screen, until)
                await pilot.press("escape")
                await until(pilot, lambda: isinstance(app.screen, LessonsScreen), "the list")

    play(story, language=language)


async def _click_key(pilot: Pilot[None], app: LovheApp, until: Until, action: str) -> None:
    """Where it is drawn: a key that has just been put there has no place yet, and a click would go to the screen's corner."""

    def drawn() -> FooterKey | None:
        keys = app.screen.query_one(KeyLine).query(FooterKey)
        return next((key for key in keys if key.action.endswith(action) and key.region.area), None)

    await until(pilot, drawn, f"the key for {action}")
    key = drawn()
    assert key is not None
    await pilot.click(key)


def test_a_program_is_run_stopped_and_checked_by_clicks_alone(until: Until) -> None:
    """Every name in the line of keys is a button; run gives its place to stop; text, work and panel come by clicks, too."""
    pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")
    start_lesson_board(BLINK)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_step(pilot, app, until, board=True)
        await write(pilot, screen, until, "while True:\n    print('on')\n")
        await _click_key(pilot, app, until, "run")
        await until(pilot, lambda: "on" in output(screen).split("\n"), "the program")
        await until(pilot, lambda: any(key.action.endswith("stop") for key in app.screen.query(FooterKey)), "the stop")
        await _click_key(pilot, app, until, "stop")
        await until(pilot, lambda: screen.job is None and any(key.action.endswith("run") for key in app.screen.query(FooterKey)), "the end")
        await _click_key(pilot, app, until, "fold('text')")
        await until(pilot, lambda: screen.query_one(Instructions).region.area and not screen.form.region.area, "the text")
        await _click_key(pilot, app, until, "fold('text')")
        await until(pilot, lambda: screen.form.region.area, "the work")
        await _click_key(pilot, app, until, "fold('below')")
        await until(pilot, lambda: not screen.query_one("#below").region.area, "more room")
        await _click_key(pilot, app, until, "check")
        await until(pilot, lambda: isinstance(screen.job, StepCheck), "the check")
        await until(pilot, lambda: screen.checking.state.phase == "over" and screen.job is None, "the verdict")
        await pilot.click("#--content-tab-tab-output")
        await until(pilot, lambda: screen.query_one("#below", TabbedContent).active == "tab-output", "the output")
        await _click_key(pilot, app, until, "help_here")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen), "help")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen, "the workspace")
        await _click_key(pilot, app, until, "command_palette")
        await until(pilot, lambda: isinstance(app.screen, MenuScreen), "the menu")

    play(story)


def test_gaps_and_numbers_are_clicked_and_typed_into(until: Until) -> None:
    """A click puts the cursor into a gap, and into the field for what was measured."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_step(pilot, app, until, BLINK, "gaps")
        screen.show_work()
        await until(pilot, lambda: all(gap.region.area for gap in screen.query(Gap)), "the gaps")
        for number, gap in reversed(list(enumerate(screen.query(Gap)))):
            await pilot.click(gap)
            await until(pilot, lambda gap=gap: gap.has_focus, "the gap")
            await pilot.press(str(number))
        assert [gap.value for gap in screen.query(Gap)] == ["0", "1"]
        await pilot.press("escape")
        screen = await open_step(pilot, app, until, LIGHT, "half-shade")
        screen.show_work()
        await until(pilot, lambda: screen.query_one("#number").region.area, "the field")
        await pilot.click("#number")
        await pilot.press(*"17")
        await until(pilot, lambda: screen.form.answer == "17", screen.form.text)

    play(story)


def test_a_window_made_tiny_in_mid_check_and_large_again_loses_nothing(until: Until) -> None:
    """The check goes on behind the sentence that the window is too small, and its verdict is there; also where somebody goes on in it."""
    pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")
    start_lesson_board(BLINK)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_step(pilot, app, until, board=True)
        program = wiring.kit().lesson(BLINK).solutions["solution.py"]
        editor = await write(pilot, screen, until, program)
        await pilot.press("f6")
        await until(pilot, lambda: screen.checking.state.phase == "running", "the check")
        await pilot.resize_terminal(20, 5)
        await until(pilot, lambda: isinstance(app.screen, TooSmall), "a sentence")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen, "on all the same")
        for size in ((20, 5), (1, 1), (300, 90), (80, 24)):
            await pilot.resize_terminal(*size)
            await until(pilot, lambda size=size: tuple(app.size) == size, str(size))
        await until(pilot, lambda: screen.checking.state.phase == "over", "the verdict")
        report = screen.checking.state.report
        assert report is not None
        assert report.outcome == "passed"
        assert screen.query_one(ProgramEditor) is editor
        assert editor.text == program
        await until(pilot, lambda: app.screen is screen and screen.region.size == (80, 24), "the workspace")
        await until(pilot, lambda: len(screen.query(FooterKey)) > 5, "the keys")
        await _reach_all(pilot, screen, until)

    play(story)
