"""Two apps at once in one data folder: each group's work is whole, and where both are the same pupil's, nothing typed is lost."""

from __future__ import annotations

import pytest
from lovhe.adapters.work_files import WorkFiles
from lovhe.apps import wiring
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.screens.lessons import LessonsScreen
from lovhe.apps.tui.screens.who import WhoScreen
from lovhe.apps.workspace.wiring import load_desk, roster, work_store
from lovhe.core.pupils.group import Group
from lovhe.services.ports.work import WorkKey
from textual.pilot import Pilot

from tests.school_classes import add_pupils

from .conftest import Until
from .stories import BLINK, open_step, play, program_step, write


@pytest.mark.parametrize("same", [False, True], ids=["two groups", "one pupil twice"])
def test_two_windows_write_side_by_side(same: bool, until: Until) -> None:
    """Read from the disk anew: the text typed last stands there, the other one's in its step or in its history."""
    with roster() as pupils:
        aysel, murad = (Group(pupils=(pupil,)) for pupil in add_pupils(pupils, "6A", ["Aysel", "Murad"]))
    second_group = aysel if same else murad

    async def story(pilot: Pilot[None], first: LovheApp) -> None:
        first.sit_down(aysel)
        await until(pilot, lambda: isinstance(first.screen, LessonsScreen), "the first one's lessons")
        mine = await open_step(pilot, first, until)
        second = LovheApp()
        async with second.run_test(size=(80, 24)) as other:
            await until(other, lambda: isinstance(second.screen, WhoScreen), "the second one's first screen")
            second.sit_down(second_group)
            await until(other, lambda: isinstance(second.screen, LessonsScreen), "the second one's lessons")
            theirs = await open_step(other, second, until)
            await write(pilot, mine, until, "# in the first window\n")
            mine.keep("run")
            await write(other, theirs, until, "# in the second window\n")
            theirs.keep("run")
            assert work_store().flush()
        assert load_desk().group == aysel

    play(story, group=None)
    store = WorkFiles(wiring.data_folder() / "work")
    key = WorkKey(second_group.key, BLINK, program_step())
    assert store.read(key) == "# in the second window\n"
    other_key = WorkKey(aysel.key, BLINK, program_step())
    texts = {store.read(other_key), *(store.version(other_key, version.id) for version in store.versions(other_key))}
    assert "# in the first window\n" in texts
