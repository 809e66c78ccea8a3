"""The teacher's side: its door, its places, and how a class stands."""

from __future__ import annotations

import datetime
from collections.abc import Awaitable, Callable
from pathlib import Path

import uuid_utils
from lovhe.apps import wiring
from lovhe.apps.teaching.merge_words import how_it_is_now, what_came
from lovhe.apps.tui.screens.question import Letter
from lovhe.apps.tui.screens.who import WhoScreen
from lovhe.apps.tui.teacher.boards import BoardsScreen
from lovhe.apps.tui.teacher.choice import ListChoice
from lovhe.apps.tui.teacher.flash_dialog import FlashQuestion
from lovhe.apps.tui.teacher.home import HomeScreen
from lovhe.apps.tui.teacher.other_pcs import OtherPcsScreen
from lovhe.apps.tui.teacher.passphrase import PassphraseScreen
from lovhe.apps.tui.teacher.places import PLACES, open_place
from lovhe.apps.tui.teacher.progress import ProgressScreen
from lovhe.apps.tui.teacher.pupil import PupilScreen
from lovhe.apps.tui.teacher.replay import ReplayScreen
from lovhe.core.checks.judging import judge
from lovhe.core.checks.report import encode_report
from lovhe.core.pupils.joined_roster import Renumbered
from lovhe.core.pupils.pupil import Pupil
from lovhe.services.ports import Attempt
from lovhe.services.ports.merging import Merged
from textual.widgets import Button, DataTable, TabbedContent

from tests.firmware_files import micropython_release

from .desk_scenes import BLINKS, OWN_STEP, on_screen
from .made_up_pc import EMPTY, REAL, STICK, TEACHERS_NOW
from .recorded import BLINK, SLOW, checked, rhythm
from .stage import Stage

CLASS = "6B"


def _hand_in(pupil: Pupil, minutes_ago: int, program: str, off_ms: int) -> None:
    lesson = wiring.kit().lesson(BLINKS)
    events = checked(lesson, OWN_STEP, rhythm(500, off_ms, 12_000))
    report = judge(lesson.judged_by(lesson.step(OWN_STEP)), program, events)
    when = (TEACHERS_NOW - datetime.timedelta(minutes=minutes_ago)).isoformat(timespec="seconds")
    handed_in = (program, report.outcome, report.points, report.total, encode_report(report), events, OWN_STEP)
    with wiring.results() as store:
        store.add(Attempt(str(uuid_utils.uuid7()), BLINKS, "6B-1", (pupil.id,), when, *handed_in))


async def door(stage: Stage) -> None:
    """Nobody has chosen a passphrase yet."""
    stage.app.desk.stand_up()
    stage.app.show_start()
    await on_screen(stage, WhoScreen, lambda screen: screen.signing is not None and screen.query("#classes"))
    await stage.press("f4")
    await on_screen(stage, PassphraseScreen, lambda screen: screen._asking)
    await stage.show("teacher-passphrase")
    await stage.press("escape")


async def class_at_work(stage: Stage) -> None:
    """The places; a class in this lesson and in all; what a pupil has handed in, and one attempt as it happened."""
    stage.app.desk.stand_up()
    anna, julia, ilja = stage.pc.classes[CLASS]
    _hand_in(julia, 31, SLOW.replace("sleep(1)", "sleep(2)"), 2000)
    _hand_in(julia, 19, SLOW, 1000)
    _hand_in(ilja, 8, SLOW, 1000)
    _hand_in(anna, 2, BLINK, 500)
    stage.app.begin_teaching()
    await on_screen(stage, HomeScreen)
    await stage.show("teacher-places")
    assert stage.app.teaching is not None
    stage.app.teaching.class_name = CLASS
    stage.app.push_screen(ProgressScreen())
    await on_screen(stage, ProgressScreen, lambda screen: screen.query_one(DataTable).row_count)
    await stage.show("teacher-progress")
    await stage.press("f4")
    await stage.show("teacher-all-lessons")
    stage.app.push_screen(PupilScreen(julia))
    await on_screen(stage, PupilScreen, lambda screen: screen.query_one(DataTable).row_count)
    await stage.show("teacher-pupil")
    await stage.press("enter")
    await on_screen(stage, ReplayScreen, lambda screen: screen._replay)
    await stage.show("teacher-replay-checks")
    screen = stage.app.screen
    for page in ("difference", "pins"):
        screen.query_one("#replay", TabbedContent).active = f"tab-{page}"
        await stage.show(f"teacher-replay-{page}")
    for place in PLACES:
        if place.id in ("class-lists", "marks", "boards", "settings"):
            open_place(stage.app, place)
            await stage.rest()
            await stage.show(f"teacher-{place.id}")
    stage.app.end_teaching()
    await on_screen(stage, WhoScreen)


async def several_computers(stage: Stage) -> None:
    """Copies of other PCs, two of them marked; and what is told of them afterwards."""
    stage.app.desk.stand_up()
    stage.app.begin_teaching()
    await on_screen(stage, HomeScreen)
    stage.app.push_screen(OtherPcsScreen())
    await on_screen(stage, OtherPcsScreen, lambda screen: screen.copies)
    await stage.press("down", "space", "down", "enter")
    await stage.show("teacher-other-pcs")
    first = Merged(Path(STICK) / "pc3.sqlite", 48, 0, 12, 0, 0, altered=False, renumbered=[])
    last = Merged(Path(STICK) / "pc2.sqlite", 57, 3, 1, 0, 0, altered=False, renumbered=[Renumbered("6B", "Юля", 2, 4)])
    kept = Path("/home/teacher/lovhe/results.before-2027-03-01-094000.sqlite")
    stage.app.push_screen(Letter([*what_came(first), *what_came(last), *how_it_is_now(last, kept)], OtherPcsScreen.heading))
    await on_screen(stage, Letter)
    await stage.show("teacher-other-pcs-done")
    await stage.press("enter")
    stage.app.end_teaching()
    await on_screen(stage, WhoScreen)


async def boards_to_flash(stage: Stage) -> None:
    """Two boards with different chips; one firmware is here, and one is missing. What is asked first, and what can be chosen."""
    before = stage.pc.boards
    await stage.plug(REAL, EMPTY)
    folder = wiring.firmware_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ESP32_GENERIC-20250911-v1.26.1.bin").write_bytes(micropython_release())
    stage.app.begin_teaching()
    open_place(stage.app, next(place for place in PLACES if place.id == "boards"))
    await on_screen(stage, BoardsScreen, lambda screen: screen.query_one(DataTable).row_count >= len(stage.pc.boards))
    await stage.show("teacher-boards-here")
    await stage.press("f5")
    await on_screen(stage, FlashQuestion)
    await stage.show("teacher-flash")
    for field in ("firmware", "keep_files"):
        stage.app.screen.query_one(f"#choose-{field}", Button).press()
        await on_screen(stage, ListChoice)
        await stage.show(f"teacher-flash-{field.replace('_', '-')}")
        await stage.press("escape")
        await on_screen(stage, FlashQuestion)
    await stage.press("escape")
    stage.app.end_teaching()
    await on_screen(stage, WhoScreen)
    await stage.plug(*before)


TEACHER_SCENES: list[Callable[[Stage], Awaitable[None]]] = [door, class_at_work, boards_to_flash, several_computers]
