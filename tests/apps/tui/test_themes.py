"""Every letter on every screen stands out from what is behind it: 4.5 : 1, in high contrast 7 : 1 (WCAG 2.2)."""

from __future__ import annotations

import asyncio

import pytest
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.themes import HIGH_CONTRAST, THEMES
from lovhe.apps.workspace.wiring import load_desk, roster
from lovhe.core.pupils.group import Group
from rich.style import Style
from textual.pilot import Pilot
from textual.widgets import OptionList

from tests.school_classes import add_pupils

from .conftest import Until
from .tour import open_kind

_DIM = 0.5


def _luminance(rgb: tuple[float, float, float]) -> float:
    """Source: WCAG 2.2, "relative luminance"."""
    parts = [part / 255 for part in rgb]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(style: Style) -> float:
    assert style.color is not None
    assert style.bgcolor is not None
    front, back = style.color.get_truecolor(), style.bgcolor.get_truecolor(foreground=False)
    if style.reverse:
        front, back = back, front
    ink = tuple(b + (f - b) * _DIM for f, b in zip(front, back, strict=True)) if style.dim else tuple(front)
    light, dark = sorted((_luminance(ink), _luminance(tuple(back))), reverse=True)  # type: ignore[arg-type]
    return (light + 0.05) / (dark + 0.05)


def _weakest(app: LovheApp) -> dict[str, float]:
    """The contrast of each piece of text that can be used now: what lies below a question is out of reach, and dim."""
    found: dict[str, float] = {}
    strips = app.screen._compositor.render_strips()
    if app.screen.is_modal:
        area = app.screen.query_one(".paper").region
        strips = [strip.crop(area.x, area.right) for strip in strips[area.y : area.bottom]]
    for strip in strips:
        for segment in strip:
            if segment.style is not None and any(letter.isalnum() for letter in segment.text):
                found[segment.text.strip()] = min(found.get(segment.text.strip(), 99), _contrast(segment.style))
    return found


def _painted(app: LovheApp) -> bool:
    """Whether all of the screen is there, as it is to be, in the colours that were chosen last."""
    screen = app.screen
    waits = screen._layout_required or screen._repaint_required or screen._recompose_required or screen._dirty_widgets
    return screen.is_mounted and not waits and screen._compositor.size == screen.size and app.has_class(f"-theme-{app.theme}")


def _count(app: LovheApp) -> int:
    return sum(found.option_count for found in app.screen.query("#lessons").results(OptionList))


async def _tour(pilot: Pilot[None], app: LovheApp, until: Until, least: float) -> None:
    async def look(where: str) -> None:
        await until(pilot, lambda: _painted(app) and _weakest(app), f"the paint of {where}")
        texts = _weakest(app)
        weak = {text: round(ratio, 1) for text, ratio in texts.items() if ratio < least}
        assert not weak, f"{where}, {app.theme}: {weak}"

    await until(pilot, lambda: app.screen.query("#pupils").results(OptionList), "names")
    await look("who")
    with roster() as pupils:
        group = Group(pupils=(pupils.classes()[0].pupils[0],))
    app.sit_down(group)
    await until(pilot, lambda: _count(app) > 5, "lessons")
    await look("lessons")
    await pilot.press("down", "down")
    await look("a lesson under the cursor")
    for press, where in (("f2", "menu"), ("f1", "help")):
        await pilot.press(press)
        await look(where)
        await pilot.press("escape")
        await pilot.pause()
    app.show_keys()
    await look("keys")
    await pilot.press("escape")
    app.open_lesson("6-01-blink")
    await until(pilot, lambda: app.screen.query("StepBar"), "a lesson")
    await look("a lesson")
    for press in ("f4", "f4"):
        await pilot.press(press)
        await look("a step")
    for kind in ("fill", "order", "wire"):
        screen = await open_kind(pilot, app, until, kind)
        await until(pilot, lambda screen=screen: screen.focused in screen.form.query("*"), kind)
        await look(kind)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_all_text_can_be_read(theme: object, until: Until) -> None:
    """On every screen that a pupil meets, with and without the focus."""
    with roster() as pupils:
        add_pupils(pupils, "7A", ["Aysel", "Murad"])
        add_pupils(pupils, "7B", [])

    async def play() -> None:
        app = LovheApp()
        app.speak("en")
        name = theme.name  # type: ignore[attr-defined]
        async with app.run_test(size=(100, 30)) as pilot:
            app.use_theme(name)
            await _tour(pilot, app, until, 7 if name == HIGH_CONTRAST.name else 4.5)

    asyncio.run(play())


def test_a_chosen_theme_is_kept() -> None:
    """Looks are there again the next time."""

    async def play() -> None:
        app = LovheApp()
        async with app.run_test(size=(80, 24)):
            app.use_theme(HIGH_CONTRAST.name)
        assert load_desk().theme == HIGH_CONTRAST.name
        assert LovheApp().theme == HIGH_CONTRAST.name

    asyncio.run(play())


def test_without_colours_focus_and_choice_are_still_seen(monkeypatch: pytest.MonkeyPatch, until: Until) -> None:
    """With NO_COLOR the line under the cursor differs from the others by more than colour."""
    monkeypatch.setenv("NO_COLOR", "1")

    async def play() -> None:
        app = LovheApp()
        app.speak("en")
        async with app.run_test(size=(80, 24)) as pilot:
            app.sit_down(Group(guest="one"))
            await until(pilot, lambda: _count(app) > 5, "lessons")
            await pilot.press("down", "down")
            await until(pilot, lambda: _painted(app), "the paint")
            lines = app.screen._compositor.render_strips()
            shown = {
                segment.text.strip()[:20]: (bool(segment.style.bold), bool(segment.style.underline), bool(segment.style.reverse))
                for strip in lines
                for segment in strip
                if segment.style is not None and "min" in segment.text
            }
            assert len(set(shown.values())) == 2, shown

    asyncio.run(play())
