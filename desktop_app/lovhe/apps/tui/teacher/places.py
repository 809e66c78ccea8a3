"""The places of the teacher's side: what each is called, what a teacher does there, and its screen."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

from lovhe.apps.language import key, t
from lovhe.apps.tui.menu_provider import MenuEntry, MenuProvider
from lovhe.core.messages import N_

if TYPE_CHECKING:
    from lovhe.apps.tui.app import LovheApp
    from lovhe.apps.tui.teacher.base import TeacherScreen


class Place(NamedTuple):
    """`screen` is the class of its screen, by module (below this package) and name."""

    id: str
    name: str
    what: str
    screen: tuple[str, str]


PLACES = (
    Place("progress", key("Progress"), key("Who is where in the lesson, and who is stuck on what."), ("progress", "ProgressScreen")),
    Place(
        "class-lists",
        key("Class lists"),
        key("Who is in which class, groups, shifts, a new school year."),
        ("class_lists", "ClassListsScreen"),
    ),
    Place("marks", key("Marks"), key("Points by lesson and by skill, corrected by hand, as a file for Excel."), ("marks", "MarksScreen")),
    Place("boards", key("Boards"), key("Which are here, missing or faulty; flash all, find one, test one."), ("boards", "BoardsScreen")),
    Place(
        "copies",
        key("Copies"),
        key("Copy all results to a stick, put a copy back, add other computers' results."),
        ("copies", "CopiesScreen"),
    ),
    Place("pupil_data", key("Pupils' data"), key("Give out all that is kept of a pupil, or erase it."), ("pupil_data", "PupilDataScreen")),
    Place(
        "first-hour",
        key("First hour"),
        key("A whole lesson to practise with, without boards of your own."),
        ("first_hour", "FirstHourScreen"),
    ),
    Place("settings", key("Settings"), key("Languages, looks, hints, your passphrase."), ("settings", "SettingsScreen")),
)


def open_place(app: LovheApp, place: Place) -> None:
    """Put its screen above the list of places; another place's goes, unless something there would be lost."""
    from lovhe.apps.tui.teacher.leaving import at_stake, stop_jobs

    if at_stake(app) is not None:
        app.say(N_("Wait until it is over, or stop it with Escape first."))
        return
    app.end_practice()
    module, name = place.screen
    screen: type[TeacherScreen] = getattr(import_module(f"lovhe.apps.tui.teacher.{module}"), name)
    stop_jobs(app.screen_stack[2:])
    while len(app.screen_stack) > 2:
        app.pop_screen()
    app.push_screen(screen())


class WayToTeaching(MenuProvider):
    """For the screen on which nobody is signed in."""

    def entries(self) -> Iterator[MenuEntry]:
        app = cast("LovheApp", self.app)
        if app.desk.group is None:
            what = t(key("Progress, marks, class lists, boards; behind your passphrase."))
            yield MenuEntry(t(key("For teachers")), what, partial(knock, app))


class TeacherCommands(MenuProvider):
    """For all screens of the teacher's side."""

    def entries(self) -> Iterator[MenuEntry]:
        app = cast("LovheApp", self.app)
        for place in PLACES:
            yield MenuEntry(t(place.name), t(place.what), partial(open_place, app, place))


def knock(app: LovheApp) -> None:
    """Ask for the passphrase, then show the places."""
    from lovhe.apps.tui.teacher.passphrase import PassphraseScreen

    if app.desk.group is None and app.teaching is None:
        app.push_screen(PassphraseScreen(app.begin_teaching))
