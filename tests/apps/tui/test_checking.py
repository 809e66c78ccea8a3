"""Checks in the app, on real virtual boards: verdicts as they come, hints, questions, answers, and what is lost when nothing works."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lovhe.apps import wiring
from lovhe.apps.lesson_boards import start_lesson_board
from lovhe.apps.running_boards import change_faults
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.panes.ask_box import AskBox
from lovhe.apps.tui.panes.checks import ChecksPane
from lovhe.apps.tui.panes.problem_box import ProblemBox
from lovhe.apps.tui.panes.step_bar import StepBar
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from lovhe.apps.tui.steps.forms import _FORMS
from lovhe.apps.tui.steps.step_form import StepForm
from lovhe.apps.workspace.lesson_work import LessonWork
from lovhe.apps.workspace.wiring import work_store
from lovhe.services.ports import BoardInfo
from textual.pilot import Pilot
from textual.widgets import Static, TabbedContent

from tests.step_lesson import BLINK, FAST, MEASURE, put_step_lesson

from .conftest import GROUP, Until
from .stories import play

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")

LESSON = "6-99-steps"
BUTTON = "6-02-button-light"
Story = Callable[[Pilot[None], LovheApp], Coroutine[Any, Any, None]]


@pytest.fixture
def _plain_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed is the answer: how it is typed is tried elsewhere."""
    monkeypatch.setitem(_FORMS, "predict", StepForm)
    monkeypatch.setitem(_FORMS, "measure", StepForm)


@pytest.fixture(autouse=True)
def folder(data_dir: Path) -> Iterator[Path]:
    """A lesson with a step of every kind, among the user's own lessons."""
    folder = data_dir / "lessons" / LESSON
    put_step_lesson(folder)
    wiring.kit.cache_clear()
    yield folder
    wiring.kit.cache_clear()


def _typed(step: str, text: str, lesson: str = LESSON) -> None:
    found = wiring.kit().lesson(lesson)
    LessonWork(found, GROUP, work_store()).typed(found.step(step), text)


async def _open(pilot: Pilot[None], app: LovheApp, until: Until, step: str, lesson: str = LESSON, *, board: bool = True) -> WorkspaceScreen:
    if board:
        await until(pilot, lambda: app.board is not None, "the board")
    app.open_lesson(lesson, step)
    await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen) and app.screen.query(ChecksPane), "the workspace")
    assert isinstance(app.screen, WorkspaceScreen)
    return app.screen


def _said(screen: WorkspaceScreen) -> str:
    """All that stands in the pane of checks."""
    return "\n".join(str(line.content) for line in screen.query_one(ChecksPane).query(Static) if line.display)


def _bar(screen: WorkspaceScreen) -> str:
    return str(screen.query_one(StepBar).content)


async def _check(pilot: Pilot[None], screen: WorkspaceScreen, until: Until, outcome: str) -> str:
    await pilot.press("f6")
    await until(pilot, lambda: screen.checking.state.phase == "over", _said(screen))
    report = screen.checking.state.report
    assert report is not None
    assert report.outcome == outcome, _said(screen)
    await pilot.pause()
    return _said(screen)


def test_before_a_check_its_titles_wait_and_after_it_each_has_a_word(until: Until) -> None:
    """The tab opens by itself, verdicts come one after another, and then it says what is next."""
    start_lesson_board(LESSON)
    _typed("own", BLINK)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _open(pilot, app, until, "own")
        assert "○ waiting: Title of blinks\n○ waiting: Title of steady" in _said(screen)
        assert "[8○]" in _bar(screen)
        await pilot.press("f6")
        await until(pilot, lambda: screen.query_one("#below", TabbedContent).active == "tab-checks", "the tab")
        await until(pilot, lambda: "► now: Title of blinks" in _said(screen), "the first check's turn")
        await until(pilot, lambda: "About" in _said(screen), "the bar")
        await until(pilot, lambda: "√ passed: Title of blinks\n► now: Title of steady" in _said(screen), "a verdict while it goes on")
        await until(pilot, lambda: screen.checking.state.phase == "over", "the end")
        await pilot.pause()
        said = _said(screen)
        assert "√ passed: Title of steady" in said
        assert "Passed: 2 points of 2." in said
        assert "That was the last step." in said
        assert "[8√]" in _bar(screen)

    play(story)


def test_a_failure_shows_what_was_expected_and_seen_and_hints_one_by_one(until: Until) -> None:
    """Not before it failed; how many were taken survives a restart of the app."""
    start_lesson_board(LESSON)
    _typed("faster", BLINK)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _open(pilot, app, until, "faster")
        await pilot.press("f7")
        assert "Hint" not in _said(screen)
        said = await _check(pilot, screen, until, "failed")
        assert "x failed: Title of fast" in said
        assert "Expected: " in said
        assert "Seen: " in said
        assert "Hint" not in said
        assert "F7 gives a hint." in said
        assert "[6~]" in _bar(screen)
        for number, words in enumerate(("nudge", "idea"), 1):
            await pilot.press("f7")
            await until(pilot, lambda n=number, w=words: f"Hint {n} of 3: {w}" in _said(screen), words)

    async def again(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _open(pilot, app, until, "faster")
        await until(pilot, lambda: "[6~]" in _bar(screen), "what was tried")
        said = await _check(pilot, screen, until, "failed")
        assert "Hint 2 of 3: idea" in said
        assert "Hint 3" not in said
        await pilot.press("f7")
        await until(pilot, lambda: "Hint 3 of 3: code" in _said(screen), "the last hint")
        await pilot.press("f7")
        assert "no more hints" in str(next(iter(app._notifications)).message)

    play(story)
    play(again)


@pytest.mark.usefixtures("_plain_answers")
def test_an_answer_is_judged_without_a_board(until: Until) -> None:
    """Wrong, then right: with what the lesson says after it."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _open(pilot, app, until, "guess", board=False)
        await pilot.press("f6")
        await until(pilot, lambda: screen.checking.state.phase == "broken", "no answer")
        await pilot.pause()
        assert "The question is not answered yet." in _said(screen)
        screen.form.take("never")
        said = await _check(pilot, screen, until, "failed")
        assert "The loop begins again each time." in said
        assert "F4 goes to the next step" in said
        screen.form.take("always")
        assert "√ passed" in await _check(pilot, screen, until, "passed")
        assert not screen.query_one(ProblemBox).display

    play(story)


@pytest.mark.usefixtures("_plain_answers")
def test_a_measured_number_is_asked_for_after_the_run(until: Until) -> None:
    """The second check needs no second run."""
    start_lesson_board(LESSON)
    (wiring.data_folder() / "lessons" / LESSON / "steps" / "count.py").write_text(MEASURE.replace("light.read_u16()", "400"))
    wiring.kit.cache_clear()

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _open(pilot, app, until, "count")
        await pilot.press("f6")
        await until(pilot, lambda: "answer the question, then press F6" in _said(screen), "the question")
        screen.form.take("400")
        said = await _check(pilot, screen, until, "passed")
        assert "A mean is steadier than one value." in said

    play(story)


def test_each_part_of_a_circuit_is_a_row(until: Until) -> None:
    """A wire test shows whose turn it is."""
    start_lesson_board(LESSON)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _open(pilot, app, until, "build")
        assert "○ waiting: Light-emitting diode (LED)" in _said(screen)
        assert "√ passed: Light-emitting diode (LED)" in await _check(pilot, screen, until, "passed")

    play(story)


def test_a_stop_leaves_everything_as_it_was(until: Until) -> None:
    """The pane says so, the step counts as not begun, and the next check goes on as ever."""
    start_lesson_board(LESSON)
    _typed("faster", FAST)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _open(pilot, app, until, "faster")
        await pilot.press("f6")
        await until(pilot, lambda: "► now" in _said(screen), "the check's turn")
        await pilot.press("shift+f5")
        await until(pilot, lambda: "nothing was kept of it" in _said(screen), "the stop")
        assert "[6○]" in _bar(screen)
        with wiring.results() as store:
            assert store.attempts() == []
        await _check(pilot, screen, until, "passed")

    play(story)


def test_a_check_stops_the_program_that_runs(until: Until) -> None:
    """Nobody has to think of Shift+F5."""
    start_lesson_board(LESSON)
    _typed("faster", FAST)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _open(pilot, app, until, "faster")
        await pilot.press("f5")
        await until(pilot, lambda: screen.job is not None, "the program")
        await _check(pilot, screen, until, "passed")

    play(story)


def test_a_board_pulled_in_mid_check_makes_it_unclear(until: Until, folder: Path) -> None:
    """That is said, and that nothing is lost."""
    lesson = folder / "lesson.toml"
    lesson.write_text(lesson.read_text().replace('delay = "2500 ms"', 'delay = "30 s"'))  # however long a busy PC takes to pull the cable
    board = start_lesson_board(LESSON)
    _typed("own", BLINK)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _open(pilot, app, until, "own")
        await pilot.press("f6")
        await until(pilot, lambda: "► now: Title of steady" in _said(screen), "the second check's turn")
        await asyncio.to_thread(change_faults, board.name, ["unplug"], None, clear=False)
        await until(pilot, lambda: screen.checking.state.phase == "over", "the end")
        await pilot.pause()
        said = _said(screen)
        assert "? unclear: Title of steady" in said
        assert "The board went away" in said
        assert "press F6 again" in said

    play(story)


def test_what_the_board_refuses_stays_to_be_read(until: Until) -> None:
    """Without a board: two sentences that do not vanish, until something else is begun."""
    _typed("faster", FAST)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _open(pilot, app, until, "faster", board=False)
        await pilot.press("f6")
        box = screen.query_one(ProblemBox)
        await until(pilot, lambda: box.display, "the problem")
        assert "There is no board." in str(box.content)
        assert "Plug one in" in str(box.content)
        app.speak("az")
        await until(pilot, lambda: screen.query_one(ProblemBox).display, "the problem in another language")
        await pilot.click(ProblemBox)
        assert not screen.query_one(ProblemBox).display

    play(story)


def test_the_language_changes_in_mid_check(until: Until) -> None:
    """The check goes on, and its verdicts come."""
    start_lesson_board(LESSON)
    _typed("own", BLINK)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _open(pilot, app, until, "own")
        await pilot.press("f6")
        await until(pilot, lambda: screen.checking.state.doing is not None and screen.checking.state.total, "the bar")
        for code in ("az", "ru", "en"):
            app.speak(code)
            await until(pilot, lambda: screen.query(ChecksPane) and "Title of blinks" in _said(screen), code)
        await until(pilot, lambda: screen.checking.state.phase == "over", "the end")
        await until(pilot, lambda: "passed: Title of steady" in _said(screen), "the verdicts")

    play(story)


def test_the_language_changes_and_nothing_is_lost(until: Until) -> None:
    """Verdicts and hints stand there in the other language."""
    start_lesson_board(LESSON)
    _typed("faster", BLINK)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _open(pilot, app, until, "faster")
        await _check(pilot, screen, until, "failed")
        await pilot.press("f7")
        app.speak("ru")
        await until(pilot, lambda: screen.query(ChecksPane) and "nudge" in _said(screen), "the hint")
        assert screen.query_one("#below", TabbedContent).active == "tab-checks"
        app.speak("en")

    play(story)


class TestOnARealBoard:
    """A virtual board that is taken for a real one, and somebody before it."""

    @pytest.fixture(autouse=True)
    def board(self, monkeypatch: pytest.MonkeyPatch) -> BoardInfo:
        """The only board there is."""
        real = msgspec.structs.replace(start_lesson_board(BUTTON), virtual=False)
        monkeypatch.setattr(wiring, "reachable_boards", lambda: [real])
        return real

    def test_a_request_is_big_counts_down_and_goes_when_the_board_has_seen_it(self, until: Until, board: BoardInfo) -> None:
        """The pupil's hands are a thread that changes the surroundings."""
        _typed("cellar", wiring.kit().lesson(BUTTON).solutions["solution.py"], BUTTON)

        async def story(pilot: Pilot[None], app: LovheApp) -> None:
            screen = await _open(pilot, app, until, "cellar", BUTTON)
            box = screen.query_one(AskBox)
            await pilot.press("f6")
            asked = 0
            while screen.checking.state.phase == "running":
                if box.display and screen.checking.state.asked is not None:
                    asked += 1
                    sentence = str(screen.query_one("#ask-sentence", Static).content)
                    assert 0 < screen.checking.state.seconds_left <= 30
                    if asked == 1:
                        await until(pilot, lambda: box.region.height >= 12, "a big box")
                        assert not screen.query_one("#ask-answers").display
                    value = "released" if sentence.startswith("Let") else "pressed"
                    await asyncio.to_thread(wiring.set_surroundings, board.name, {"button": value})
                    await until(pilot, lambda: screen.checking.state.asked is None, sentence)
                    await until(pilot, lambda: not box.display, "the box is gone")
                await pilot.pause(0.02)
            assert asked >= 4
            assert screen.checking.state.report is not None
            assert screen.checking.state.report.outcome == "passed", _said(screen)

        play(story)

    @pytest.mark.parametrize(("keys", "led"), [(["1"], "passed"), (["enter", "2"], "failed"), (["left", "enter"], "passed")])
    def test_a_question_has_two_answers(self, until: Until, board: BoardInfo, keys: list[str], led: str) -> None:
        """By digit, or by an arrow and Enter; Enter alone answers nothing. Then a stop, while somebody is asked, keeps nothing."""

        async def story(pilot: Pilot[None], app: LovheApp) -> None:
            screen = await _open(pilot, app, until, "build", BUTTON)
            await pilot.press("f6")
            await until(pilot, lambda: screen.query_one(AskBox).has_focus, "the question")
            box = screen.query_one(AskBox)
            assert screen.query_one("#ask-answers").display
            screen.checking.state.asked_s += 20  # it comes just now
            await pilot.press("2")
            assert box.display, "typed for something else"
            screen.checking.state.asked_s -= 21  # it has been read by now
            for key in keys:
                assert box.display, key
                await pilot.press(key)
            await until(pilot, lambda: f"{led}: Light-emitting" in _said(screen), "the LED's verdict")
            await until(pilot, lambda: box.display and not screen.query_one("#ask-answers").display, "the request")
            await pilot.press("shift+f5")
            await until(pilot, lambda: screen.checking.state.phase == "stopped", "the stop")
            await until(pilot, lambda: not box.display, "the box is gone")
            with wiring.results() as store:
                assert store.attempts() == []

        play(story)
