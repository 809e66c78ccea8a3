"""The workspace: a step of each kind, runs, checks, the plot and the board."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from lovhe.apps import wiring
from lovhe.apps.tui.panes.pins import PinsView
from lovhe.apps.tui.panes.plot import PlotPane
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from lovhe.apps.workspace.told import Busy, Judged
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.judging import judge
from lovhe.core.messages import N_
from textual.geometry import Size

from .made_up_pc import DESK
from .recorded import BLINK, LED, LIGHT, MISSPELT, NIGHT, SLOW, begun, checked, evening, misspelt, pulled, readings, rhythm, world_of
from .stage import Stage

BLINKS, OWN_STEP = "6-01-blink", "lighthouse"
LAMP, LAMP_STEP = "6-03-night-light", "night-light"

KINDS = {
    "read": ("6-06-greenhouse", "plan"),
    "wire": (BLINKS, "build"),
    "predict": (BLINKS, "guess"),
    "order": (BLINKS, "sort"),
    "fill": (BLINKS, "gaps"),
    "change": (BLINKS, "forever"),
    "measure": (LAMP, "half-shade"),
    "make": (LAMP, LAMP_STEP),
}
NAIL = [19800, 20100, 20050, 19900, 20000]


async def steps(stage: Stage) -> None:
    """Each kind of step as it is opened, with a board; on a narrow screen the text, then the work."""
    await stage.sit_down()
    await stage.plug(DESK)
    for kind, (lesson, step) in KINDS.items():
        screen = await stage.step(lesson, step)
        await stage.show(f"step-{kind}")
        if stage.narrow and kind != "read":
            await stage.press("f9")
            await stage.until(lambda screen=screen: screen.work_shown, "the work")
            await stage.show(f"step-{kind}-work")


async def answers(stage: Stage) -> None:
    """A prediction and what happened then; readings and the number that is asked for."""
    await stage.sit_down()
    await stage.plug(DESK)
    stage.pc.run = begun(*rhythm(1000, 0, 1000))
    screen = await stage.open(BLINKS, "guess")
    await stage.press("f9", "1") if stage.narrow else await stage.press("1")
    await stage.until(lambda: screen.form.answer, "the answer")
    await run(stage, screen)
    await stage.show("step-predict-run")
    stage.pc.run = readings("light", NAIL)
    screen = await stage.open(LAMP, "half-shade")
    await run(stage, screen)
    await stage.press(*"20000")
    await stage.until(lambda: screen.form.answer == "20000", "the number")
    await stage.show("step-measure-run")


async def no_board(stage: Stage) -> None:
    """Run without a board: the panel in which one can be started."""
    await stage.sit_down()
    await stage.plug()
    screen = await stage.open(BLINKS, OWN_STEP, BLINK)
    await stage.press("f5")
    await stage.until(lambda: screen.open_tab == "tab-board" and screen.below_open, "the panel")
    stage.app.clear_notifications()
    await stage.show("board-none")


async def error(stage: Stage) -> None:
    """A friendly error at its line."""
    await stage.sit_down()
    await stage.plug(DESK)
    screen = await stage.open(BLINKS, OWN_STEP, MISSPELT)
    stage.pc.run = misspelt()
    await run(stage, screen)
    await stage.until(lambda: screen.query("#wrong.told"), "the sentence")
    await stage.show("error")


async def output(stage: Stage) -> None:
    """A program that prints, and goes on."""
    screen = await _evening(stage)
    await stage.until(lambda: not screen.output._news, "the lines")
    await stage.show("output")
    await stop(stage, screen)


async def plot(stage: Stage) -> None:
    """Its readings as lines."""
    screen = await _evening(stage)
    await screen.run_action("show_plot")
    pane = screen.query_one(PlotPane)
    await stage.until(lambda: pane._drawn == (screen.plot.changes, pane.size, _size_of_plot(pane), stage.app.theme), "the plot")
    await stage.show("plot")
    await stop(stage, screen)


async def _evening(stage: Stage) -> WorkspaceScreen:
    """All that `NIGHT` prints has come; it runs on."""
    await stage.sit_down()
    await stage.plug(DESK)
    screen = await stage.open(LAMP, LAMP_STEP, NIGHT)
    stage.pc.run, stage.pc.goes_on = evening(), True
    await stage.press("f5")
    printed = sum(event.kind == "text" for event in evening())
    await stage.until(lambda: screen.plot.readings.any and len(screen.plot.readings.series["light"].values) == printed, "all readings")
    return screen


def _size_of_plot(pane: PlotPane) -> Size:
    return pane.query_one("#plot-drawn").size


async def board(stage: Stage) -> None:
    """The panel of a virtual board: its pins and parts, and what surrounds it."""
    await stage.sit_down()
    await stage.plug(DESK)
    done = [
        [0, LED, "mode", "out", "none"],
        [0, LED, "level", 1],
        [0, LIGHT, "mode", "in", "none"],
    ]
    stage.pc.world = lambda: world_of(LAMP, [["log", done]], light="15 %")
    screen = await stage.open(LAMP, LAMP_STEP, NIGHT)
    await screen.run_action("show_board")
    await stage.until(lambda: str(screen.query_one(PinsView).content).strip() and screen.query("Slider"), "the pins")
    await screen.run_action("show_board")
    await stage.until(lambda: screen.focused is not None and type(screen.focused).__name__ == "Slider", "the slider")
    await stage.show("board")


async def wiring_and_board(stage: Stage) -> None:
    """The table of the wires beside the circuit, and the board below."""
    await stage.sit_down()
    await stage.plug(DESK)
    stage.pc.world = lambda: world_of(LAMP, [["log", [[0, LED, "mode", "out", "none"], [0, LED, "level", 1]]]], light="15 %")
    screen = await stage.open(LAMP, "build")
    await screen.run_action("show_board")
    await stage.until(lambda: str(screen.query_one(PinsView).content).strip() and screen.query("Slider"), "the pins")
    await screen.run_action("show_board")
    await stage.until(lambda: screen.focused is not None and type(screen.focused).__name__ == "Slider", "the slider")
    await stage.show("wiring")


async def checks(stage: Stage) -> None:
    """Before a check, while one goes on, and how it ends: passed; failed, with a hint; unclear."""
    await stage.sit_down()
    await stage.plug(DESK)
    lesson = wiring.kit().lesson(BLINKS)
    right = checked(lesson, OWN_STEP, rhythm(500, 500, 20000))
    wrong = checked(lesson, OWN_STEP, rhythm(500, 1000, 20000))
    screen = await stage.open(BLINKS, OWN_STEP, SLOW)
    first = judge(lesson.judged_by(lesson.step(OWN_STEP)), SLOW, wrong).checks[:2]
    about = N_("About {n} second more.", "About {n} seconds more.", n=7)
    stage.pc.told = [Busy(about, 6, 13), Judged(list(first), "off-time")]
    await stage.press("f6")
    await stage.until(lambda: len([row for row in screen.checking.state.rows if row.report]) == len(first), "two verdicts")
    await stage.show("check-goes-on")
    await stop(stage, screen)
    stage.pc.told = []
    await failed(stage)
    for name, events in (("check-passed", right), ("check-unclear", pulled(right, 7000))):
        stage.workspace.put_text(BLINK)
        await check(stage, stage.workspace, events)
        await stage.show(name)


async def failed(stage: Stage) -> None:
    """A check has failed; then a hint is taken."""
    await stage.sit_down()
    await stage.plug(DESK)
    screen = await stage.open(BLINKS, OWN_STEP, SLOW)
    await check(stage, screen, checked(screen.lesson, OWN_STEP, rhythm(500, 1000, 20000)))
    await stage.show("check-failed")
    await stage.press("f7")
    await stage.until(lambda: any(row.hints for row in screen.checking.state.rows), "the hint")
    await stage.show("check-hint")


async def run(stage: Stage, screen: WorkspaceScreen) -> None:
    """F5, and the end of the run."""
    await stage.press("f5")
    await stage.until(lambda: screen.job is None and screen.seen.any, "the run")


async def stop(stage: Stage, screen: WorkspaceScreen) -> None:
    """Shift+F5, and its end."""
    stage.pc.goes_on = False
    screen.action_stop()
    await stage.until(lambda: screen.job is None, "the end")


async def check(stage: Stage, screen: WorkspaceScreen, events: list[Event]) -> None:
    """F6, and the verdict."""
    stage.pc.run = events
    state = screen.checking.state
    before = state.report
    await stage.press("f6")
    await stage.until(lambda: state.phase == "over" and state.report is not before and screen.job is None, "the verdict")


WORK_SCENES: list[Callable[[Stage], Awaitable[None]]] = [steps, answers, no_board, error, output, plot, board, wiring_and_board, checks]
