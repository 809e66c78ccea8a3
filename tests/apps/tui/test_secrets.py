"""Digits and pictures: chosen, shown, wrong, and shown again, with keys alone and with the mouse alone."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import pytest
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.screens.lessons import LessonsScreen
from lovhe.apps.tui.screens.secret import Tile
from lovhe.apps.tui.screens.who import WhoScreen
from lovhe.apps.workspace.wiring import load_desk, roster
from lovhe.core.pupils.group import Group
from lovhe.core.pupils.pupil import SecretKind
from textual.pilot import Pilot
from textual.widgets import Input

from .conftest import Until
from .stories import play
from .who_stories import add_class, on_screen, secret_screen, text_at, who_screen


def test_digits_are_chosen_twice_the_first_time_and_shown_later(until: Until) -> None:
    """Two that differ are asked for anew; what is typed is seen as dots alone."""
    add_class("7A", kind="pin")

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        who = await who_screen(pilot, app, until)
        await pilot.press("2", "enter")
        await secret_screen(pilot, app, until)
        await pilot.press(*"0427", *"0428")
        await pilot.pause()
        assert "not the same" in text_at(app, "#secret-asked")
        await pilot.press(*"0427", *"042")
        await pilot.pause()
        assert text_at(app, "#secret-count").split() == ["●", "●", "●", "○"]
        await pilot.press("backspace", "2", "7")
        await until(pilot, lambda: app.screen is who, "the list")
        assert who.signing is not None
        assert [pupil.first_name for pupil in who.signing.chosen] == ["Murad"]
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen), "the lessons")
        await pilot.press("f10")
        who = await who_screen(pilot, app, until)
        await pilot.press("2", "enter")
        await secret_screen(pilot, app, until)
        assert "Type your four digits" in text_at(app, "#secret-asked")
        await pilot.press(*"0427")
        await until(pilot, lambda: app.screen is who, "the list")
        assert who.signing is not None
        assert [pupil.first_name for pupil in who.signing.chosen] == ["Murad"]

    play(story, group=None)


def test_closing_the_app_closes_the_work_of_those_with_a_secret(until: Until) -> None:
    """Ctrl+Q and a new start ask who is here; a power cut leads back; without secrets the group is still there."""
    add_class("7A", ["Aysel"])

    async def begin(pilot: Pilot[None], app: LovheApp) -> None:
        with roster() as pupils:
            aysel = pupils.classes()[0].pupils[0]
        app.sit_down(Group(pupils=(aysel,)), guarded)
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen), "the lessons")
        assert load_desk().group == app.desk.group
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running, "the end")

    for guarded in (False, True):
        play(begin, group=None)
        assert (load_desk().group is None) is guarded


def test_a_wrong_secret_lets_nobody_in_and_the_third_has_to_wait_also_after_a_restart(until: Until) -> None:
    """While one waits nothing that is typed counts; the app that is opened anew knows it; Escape leads back without the pupil."""
    add_class("7A", kind="pin")
    with roster() as pupils:
        murad = pupils.classes()[0].pupils[1].id

    async def first(pilot: Pilot[None], app: LovheApp) -> None:
        await who_screen(pilot, app, until)
        await pilot.press("2", "enter")
        await secret_screen(pilot, app, until)
        await pilot.press(*"0427", *"0427")
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "the list")
        with roster() as pupils:
            for _ in range(4):
                pupils.note_try(murad, right=False, when_utc=datetime.datetime.now(datetime.UTC).isoformat())

    async def second(pilot: Pilot[None], app: LovheApp) -> None:
        who = await who_screen(pilot, app, until)
        await pilot.press("2", "enter")
        await secret_screen(pilot, app, until)
        assert "Wait " in text_at(app, "#secret-asked")
        await pilot.press(*"0427")
        await pilot.pause()
        assert text_at(app, "#secret-count").split() == ["○"] * 4
        await until(pilot, lambda: "Wait" not in text_at(app, "#secret-asked"), "the end of the wait")
        await pilot.press(*"1111")
        await until(pilot, lambda: "Wait" in text_at(app, "#secret-asked"), "the next wait")
        assert app.screen is not who
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is who, "the list")
        assert who.signing is not None
        assert not who.signing.chosen
        assert who.query_one("#find", Input).value == ""
        with roster() as pupils:
            assert pupils.secret(murad).wrong == 5

    play(first, group=None)
    play(second, group=None)


@pytest.mark.parametrize(("kind", "parts"), [("pin", "0427"), ("pictures", ("sun", "glasses", "cat"))])
def test_secrets_with_the_mouse_alone(until: Until, kind: SecretKind, parts: Sequence[str]) -> None:
    """Each digit and each picture can be pressed; a slip is taken back with a button."""
    add_class("7A", ["Aysel"], kind)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        who = await who_screen(pilot, app, until)
        await pilot.click("#pupils", offset=(4, 0))
        screen = await secret_screen(pilot, app, until)
        tiles = {tile._part: tile for tile in screen.query(Tile)}
        assert len(tiles) == (10 if kind == "pin" else 12)
        assert all(screen.region.contains_region(tile.region) for tile in tiles.values())
        await pilot.click(tiles[parts[1]])
        await pilot.click("#delete")
        for part in [*parts, *parts]:
            await pilot.click(tiles[part])
        await until(pilot, lambda: app.screen is who, "the list")
        assert who.signing is not None
        assert [pupil.first_name for pupil in who.signing.chosen] == ["Aysel"]
        with roster() as pupils:
            from lovhe.core.pupils.secrets import fits

            joined = ("" if kind == "pin" else " ").join(parts)
            assert fits(joined, pupils.secret(who.signing.chosen[0].id).hashed)

    play(story, group=None)


def test_pictures_with_keys_alone(until: Until) -> None:
    """Arrows go from picture to picture, Enter chooses; each has its word, in the pupil's language."""
    add_class("7A", ["Aysel"], "pictures")

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        who = await who_screen(pilot, app, until)
        await pilot.press("1", "enter")
        screen = await secret_screen(pilot, app, until)
        assert "glasses" in on_screen(app)
        for _ in range(2):
            assert screen.focused is screen.query(Tile).first()
            await pilot.press("right", "enter", "down", "enter", "left", "up", "space")
            await pilot.pause()
        await until(pilot, lambda: app.screen is who, "the list")
        with roster() as pupils:
            from lovhe.core.pupils.secrets import fits

            assert fits("cat car sun", pupils.secret(pupils.classes()[0].pupils[0].id).hashed)

    play(story, group=None)
