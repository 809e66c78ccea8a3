"""The forms of the kinds of step, by keys and by the mouse, on real virtual boards where something runs."""

from __future__ import annotations

import re

import pytest
from lovhe.apps.lesson_boards import start_lesson_board
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.panes.slider import Turner
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from lovhe.apps.tui.steps.choices import Choices
from lovhe.apps.tui.steps.fill import FillForm, Gap
from lovhe.apps.tui.steps.order import LineRows, OrderForm
from lovhe.apps.tui.steps.predict import PredictForm
from lovhe.apps.tui.steps.program import ProgramForm
from lovhe.apps.tui.steps.wire import WireForm
from textual.pilot import Pilot
from textual.widgets import Button, Input, Log
from textual.widgets._footer import FooterKey

from .conftest import Until
from .form_stories import BLINK, play_step, said_at
from .stories import program_step


@pytest.mark.parametrize("keys", [["down", "enter"], ["2"], ["b"], []])
def test_a_prediction_is_made_by_arrows_a_digit_or_a_click_and_is_there_again(until: Until, keys: list[str]) -> None:
    """In the next app, too."""

    async def choose(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        if keys:
            await pilot.press(*keys)
        else:
            await pilot.click(Choices, offset=(12, 2))
        await until(pilot, lambda: screen.form.text == "stays", screen.form.text)

    async def look(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        assert screen.query_one(Choices).chosen == "stays"
        assert screen.form.answer == "stays"

    play_step(until, BLINK, "guess", choose)
    play_step(until, BLINK, "guess", look)


def test_what_was_said_stands_beside_what_happened_and_is_handed_in_first(until: Until) -> None:
    """A better answer after the run is another try."""
    pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")
    start_lesson_board(BLINK)

    async def story(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        form = screen.form
        assert isinstance(form, PredictForm)
        await pilot.press("1", "f5")
        await until(
            pilot, lambda: "went on once" in said_at(screen, "#what-happened") or "on all the time" in said_at(screen, "#what-happened"), ""
        )
        await pilot.press("shift+f5")
        await until(pilot, lambda: screen.job is None, "the stop")
        await pilot.press("2")
        said = said_at(screen, "#what-happened")
        assert "Before the run you said: Lit for 1 second" in said
        assert "Now you say: It goes on and stays lit." in said
        assert form.answer == "blinks"
        await pilot.press("f6")
        await until(pilot, lambda: screen.checking.state.phase == "over", "the verdict")
        assert screen.checking.state.report is not None
        assert screen.checking.state.report.outcome == "failed"
        await until(pilot, lambda: form.answer == "stays", "the second try")

    play_step(until, BLINK, "guess", story, board=True)


def test_lines_are_moved_by_keys(until: Until) -> None:
    """Shift and arrows, or a line that is taken along; Delete for one that does not belong."""

    async def move(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        form = screen.form
        assert isinstance(form, OrderForm)
        before = form.order.inside
        await pilot.press("shift+down")
        assert form.order.inside == (before[1], before[0], *before[2:])
        await pilot.press("enter", "up", "enter")
        assert form.order.inside == before
        await pilot.press("delete")
        await until(pilot, lambda: form.text == " ".join(map(str, before[1:])), form.text)
        assert screen.query_one(LineRows).order.out == (before[0],)
        app.speak("ru")
        await until(pilot, lambda: screen.form is not form and screen.query(LineRows), "the other language")
        assert screen.form.text == " ".join(map(str, before[1:]))
        app.speak("en")

    play_step(until, BLINK, "sort", move)


def test_errors_in_an_order_speak_of_the_lines_as_they_are_numbered_there(until: Until) -> None:
    """The rows have the numbers of the program's lines; what is wrong is marked, and the words help where nothing can be typed."""

    async def mix(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        form = screen.form
        assert isinstance(form, OrderForm)
        rows = screen.query_one(LineRows)
        assert [line[2:4].strip() for line in rows.render().plain.splitlines()[:10]] == [str(number) for number in range(1, 11)]
        await pilot.press("f5")
        await until(pilot, lambda: rows.marked, "the line")
        wrong = rows.marked
        assert rows.render().plain.splitlines()[wrong - 1][4] == "!"
        assert f"Line {wrong}:" in said_at(screen, "#order-wrong")
        assert "Move this line" in said_at(screen, "#order-wrong")
        assert "has not been started" in said_at(screen, "#order-wrong")
        assert screen.job is None
        await pilot.press("shift+down", "f6")
        await until(pilot, lambda: screen.checking.state.phase == "over", "the verdict")
        report = screen.checking.state.report
        assert report is not None
        assert any("Move this line" in str(hint) for hint in report.checks[0].hints)
        marked = rows.marked
        assert f"Line {marked}:" in str(report.checks[0].seen)
        await pilot.press("shift+down")
        assert not rows.marked

    play_step(until, "6-02-button-light", "sort", mix, (80, 24))


def test_each_step_says_what_its_keys_do_and_what_a_board_is_for(until: Until) -> None:
    """Where nothing runs F5 says what to do instead; a board that comes is told with what it does in this step."""

    async def build(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        await pilot.press("f5")
        await until(pilot, lambda: any("F6 tests the circuit" in note.message for note in app._notifications), "what to do")
        assert screen.form.display
        await pilot.press("f6")
        await until(pilot, lambda: "press Enter" in said_at(screen, "#board-what"), "how to get a board")
        await pilot.press("enter")
        await until(pilot, lambda: app.board is not None, "the board")
        await until(pilot, lambda: "is ready. F6 tests the circuit." in said_at(screen, "#board-line"), "the news")
        assert "has this circuit already" in said_at(screen, "#wire-help")
        await pilot.press("f4")
        await until(pilot, lambda: "is ready. F5 runs the program on it." in said_at(screen, "#board-line"), "the news in the next step")

    play_step(until, BLINK, "build", build, (80, 24))


def test_a_line_is_dragged_by_the_mouse(until: Until) -> None:
    """Into the tray of those that do not belong."""

    async def drag(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        form = screen.form
        assert isinstance(form, OrderForm)
        first, fixed = form.order.inside[0], len(form.mixed.fixed)
        await pilot.mouse_down(LineRows, offset=(9, fixed))
        await pilot.hover(LineRows, offset=(9, fixed + 2))
        await until(pilot, lambda: form.order.inside[2] == first, str(form.order))
        await pilot.hover(LineRows, offset=(9, fixed + len(form.mixed.lines) + 1))
        await pilot.mouse_up(LineRows, offset=(9, fixed + len(form.mixed.lines) + 1))
        await until(pilot, lambda: form.order.out == (first,), str(form.order))

    play_step(until, BLINK, "sort", drag)


def test_gaps_are_filled_in_their_place_and_tab_goes_on(until: Until) -> None:
    """The program has what is typed at once, and so has the next app."""

    async def fill(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        assert isinstance(screen.form, FillForm)
        await pilot.press(*"0.5", "tab", *"led.off()")
        await until(pilot, lambda: "time.sleep(0.5)\n    led.off()\n" in (screen.form.program or ""), screen.form.text)

    async def look(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        assert [gap.value for gap in screen.query(Gap)] == ["0.5", "led.off()"]
        await pilot.click(screen.query(Gap).last())
        assert screen.focused is screen.query(Gap).last()

    play_step(until, BLINK, "gaps", fill)
    play_step(until, BLINK, "gaps", look)


def test_a_gap_that_cannot_be_read_is_told_before_the_board_has_it_and_stays_in_view(until: Until) -> None:
    """On the smallest screen, too, and with the lower panel open."""

    async def fill(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        screen.show_work()
        last = screen.query(Gap).last()
        await until(pilot, lambda: isinstance(screen.focused, Gap), "a gap with the focus")
        last.focus()
        await until(pilot, lambda: last.has_focus, "the last gap")
        await pilot.press("1", ")", "f8")
        await until(pilot, lambda: not screen.has_class("no-below"), "the lower panel")
        assert screen.focused is last
        await until(pilot, lambda: screen.form.region.contains_region(last.region), f"{last.region} in {screen.form.region}")
        await pilot.press("f5")
        await until(pilot, lambda: "The program has not been started." in said_at(screen, "#fill-wrong"), "what is wrong")
        assert screen.job is None
        await pilot.press("backspace")
        await until(pilot, lambda: not screen.query_one("#fill-wrong").display, "nothing wrong any more")

    play_step(until, "7-02-novruz-lights", "flames", fill, (80, 24))


def test_why_a_program_was_not_started_stays_until_it_is_changed(until: Until) -> None:
    """The look that follows each pause in typing takes it away as little as it says it in other words."""

    async def run(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        form = screen.form
        assert isinstance(form, ProgramForm)
        for program in ("", "print((1)"):
            form.editor.put_text(program)
            await pilot.press("f5")
            await until(pilot, lambda: "The program has not been started." in said_at(screen, "#wrong"), "why not")
            form._look_over()
            await app.workers.wait_for_complete([one for one in app.workers if one.group == "syntax"])
            await pilot.pause()
            assert form.query_one("#wrong").has_class("told")
            assert "The program has not been started." in said_at(screen, "#wrong")
        await pilot.press("x")
        await until(pilot, lambda: not form.query_one("#wrong").has_class("told"), "the sentence gone")

    play_step(until, BLINK, program_step(), run)


@pytest.mark.parametrize("by_mouse", [True, False])
def test_a_circuit_is_tested_by_a_button(until: Until, by_mouse: bool) -> None:
    """How its parts stand is there again in another language, and in the next app."""
    pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")
    start_lesson_board(BLINK)

    async def test(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        assert "not tested yet" in said_at(screen, "#wire-parts")
        if by_mouse:
            await pilot.click("#wire-test")
        else:
            assert isinstance(screen.focused, Button)
            await pilot.press("enter")
        await until(pilot, lambda: "√ works" in said_at(screen, "#wire-parts"), "the test")
        await until(pilot, lambda: screen.form.text == "led passed\n", "the end of the test")

    async def look(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        assert isinstance(screen.form, WireForm)
        assert "√ works" in said_at(screen, "#wire-parts")

    play_step(until, BLINK, "build", test, board=True)
    play_step(until, BLINK, "build", look)


def test_readings_are_shown_as_they_come_and_the_answer_is_kept(until: Until) -> None:
    """With a decimal comma."""
    pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")
    start_lesson_board("6-03-night-light")

    async def measure(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        assert "No readings yet" in said_at(screen, "#readings")
        await pilot.press("f5")
        await until(pilot, lambda: re.search(r"light  ([3-9]|\d\d+) readings", said_at(screen, "#readings")), "readings")
        await pilot.press("shift+f5")
        await until(pilot, lambda: screen.job is None, "the stop")
        screen.query_one("#number", Input).focus()
        await pilot.press(*"12,5")
        await until(pilot, lambda: screen.form.answer == "12,5", screen.form.text)

    play_step(until, "6-03-night-light", "half-shade", measure, board=True)


def test_the_line_of_keys_has_those_that_do_something(until: Until) -> None:
    """Nothing runs where one reads or builds; a sentence that was said is not said again for each press."""

    async def read(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        def keys() -> list[str]:
            return [key.description for key in screen.query(FooterKey)]

        await until(pilot, lambda: "Next" in keys() and "Run" not in keys(), "the keys of a step to read")
        assert not {"Check", "Hint", "My work"} & set(keys())
        await pilot.press("f5", "f5", "f5")
        await until(pilot, lambda: app._notifications, "what to do")
        assert len(app._notifications) == 1
        await pilot.press("f3")
        await until(pilot, lambda: "Check" in keys(), "the keys of a circuit")
        assert "Run" not in keys()

    play_step(until, "8-04-crossing", "map", read, (80, 24))


def test_while_a_virtual_board_runs_a_program_its_panel_is_offered(until: Until) -> None:
    """Its button is pressed and its lamps are seen there, and nowhere else."""
    pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")
    start_lesson_board("6-02-button-light")

    async def run(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        def keys() -> list[str]:
            return [f"{key.key_display} {key.description}" for key in screen.query(FooterKey)]

        await pilot.press("f9", "1")
        await until(pilot, lambda: "Shift+F8 shows what the virtual board does" in said_at(screen, "#what-happened"), "where to look")
        await pilot.press("f5")
        await until(pilot, lambda: "Shift+F8 Board" in keys(), "the key of the panel")
        assert "Shift+F5 Stop" in keys()
        await pilot.press("f20")
        await until(pilot, lambda: isinstance(screen.focused, Turner), "what is turned")
        await until(pilot, lambda: screen.query_one("#surroundings-keys").display, "which keys turn it")
        await pilot.press("right")
        await until(pilot, lambda: "button: 0" in "\n".join(screen.query_one(Log).lines), "what a pressed button gives")
        screen.action_stop()
        await until(pilot, lambda: "Shift+F8 Board" not in keys(), "the end")

    play_step(until, "6-02-button-light", "guess", run, (80, 24), board=True)
