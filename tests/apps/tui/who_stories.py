"""What tests of who is here begin with: a class, the screens that ask, and what stands on them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.screens.secret import SecretScreen
from lovhe.apps.tui.screens.who import WhoScreen
from lovhe.apps.workspace.wiring import roster
from lovhe.core.pupils.pupil import SecretKind
from textual.pilot import Pilot
from textual.widgets import Static

from tests.school_classes import add_pupils

from .conftest import Until

_NAMES = """
    Aysel Murad Nigar Əli Şəbnəm İlkin Ülviyyə Çinar Qızxanım Orxan Tural Leyla Zəhra Fidan Kənan Rəşad Günel Sevinc Elvin Nərmin Xəyal
    Aytən Toğrul Lalə Cavid Səbinə Vüqar Könül Pərvin Samir Aygün Emin Nuray Ravan Ziya
"""
NAMES = _NAMES.split()

Story = Callable[[Pilot[None], LovheApp], Coroutine[Any, Any, None]]


def add_class(name: str, names: Sequence[str] = NAMES, kind: SecretKind = "none") -> None:
    """A class that the teacher has added."""
    with roster() as pupils:
        add_pupils(pupils, name, names)
        pupils.set_secret_kind(name, kind)


async def who_screen(pilot: Pilot[None], app: LovheApp, until: Until) -> WhoScreen:
    """The screen, once the classes are read."""
    await until(pilot, lambda: isinstance(app.screen, WhoScreen) and app.screen.signing is not None, "the classes")
    await pilot.pause()
    assert isinstance(app.screen, WhoScreen)
    return app.screen


async def secret_screen(pilot: Pilot[None], app: LovheApp, until: Until) -> SecretScreen:
    """The screen for digits or pictures, once it knows what to ask."""
    await until(pilot, lambda: isinstance(app.screen, SecretScreen) and text_at(app, "#secret-count"), "what is asked")
    assert isinstance(app.screen, SecretScreen)
    return app.screen


def text_at(app: LovheApp, where: str) -> str:
    """What a line of the screen says."""
    return str(app.screen.query_one(where, Static).content)


def on_screen(app: LovheApp) -> str:
    """All that stands on the screen."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def names_here(app: LovheApp) -> list[str]:
    """Who is here now."""
    return [pupil.first_name for pupil in app.desk.group.pupils] if app.desk.group is not None else []
