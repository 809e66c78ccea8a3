"""A terminal with few signs shows all that matters: with others, and without colour."""

from __future__ import annotations

import pytest
from lovhe.apps.tui import drawing
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.drawing import screen_encoding
from lovhe.apps.tui.panes.checks import SIGNS
from lovhe.apps.tui.plain_signs import OLD_CONSOLE, plain_text
from lovhe.apps.tui.screens.lessons import STATE_SIGNS
from rich.cells import cell_len
from rich.segment import Segment
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from .conftest import Until
from .stories import play
from .tour import places

_USED = "“a” … ○●√►→←↑↓ ┌─┬┐│├┤└┴┘╭╮ █▀▄░▁▔▏▊▎ 330 Ω × · ♪ ⣿ «» № ² — ğışçöüİə"


@pytest.mark.parametrize(
    ("environment", "platform", "stream", "encoding"),
    [
        ({"LANG": "az_AZ.UTF-8"}, "linux", "UTF-8", "utf-8"),
        ({}, "linux", "utf-8", "utf-8"),
        ({"LANG": "C"}, "linux", "utf-8", "ascii"),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, "linux", "utf-8", "ascii"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "POSIX"}, "linux", "utf-8", "ascii"),
        ({"LANG": "C", "LC_ALL": "C.UTF-8"}, "linux", "utf-8", "utf-8"),
        ({"LANG": "ru_RU.CP1251"}, "linux", "cp1251", "cp1251"),
        ({}, "win32", "utf-8", OLD_CONSOLE),
        ({"WT_SESSION": "x"}, "win32", "utf-8", "utf-8"),
    ],
)
def test_the_encoding_that_has_all_signs_is_found(environment: dict[str, str], platform: str, stream: str, encoding: str) -> None:
    """That of the stream, unless the locale is C, in which Python speaks UTF-8 all the same, or the console is Windows' old one."""
    assert screen_encoding(environment, platform, stream) == encoding


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "cp866", "cp1251", "cp1254", "koi8-r"])
def test_each_sign_is_drawn_by_one_of_its_width(encoding: str) -> None:
    """Nothing in a line moves, and what is drawn has an encoding."""
    shown = plain_text(_USED, encoding)
    assert [cell_len(one) for one in shown] == [cell_len(one) for one in _USED]
    signs = "".join(one for one in shown if not one.isalpha()) if encoding in ("ascii", OLD_CONSOLE) else shown
    assert "?" not in signs
    assert encoding == OLD_CONSOLE or signs.encode(encoding)


def test_letters_stay_readable() -> None:
    """An encoding without Azerbaijani letters has those without their marks; in the locale C, which names no encoding, all letters stay."""
    assert plain_text("Lövhə: işığı söndür", "cp866") == "Lovhe: isigi sondur"
    assert plain_text("Lövhə, плата …", "ascii") == "Lövhə, плата ."


@pytest.mark.parametrize("signs", [SIGNS, STATE_SIGNS])
@pytest.mark.parametrize("encoding", ["ascii", "cp437", "cp866", "cp1251"])
def test_states_differ_in_any_terminal(encoding: str, signs: dict[str, str]) -> None:
    """Passed, failed, waiting: no two are drawn alike."""
    shown = [plain_text(sign, encoding) for sign in signs.values()]
    assert len(set(shown)) == len(shown), shown


def test_every_screen_is_drawn_with_what_there_is(until: Until, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the locale C, no screen has a sign beyond ASCII: borders, bars, scrollbars, quotes."""
    monkeypatch.setenv("LC_ALL", "C")
    drawing.screen_glyphs.cache_clear()

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        async for where, screen in places(pilot, app, until):
            text = "\n".join(strip.text for strip in screen._compositor.render_strips())
            strange = {one for one in text if not one.isascii() and not one.isalpha()}
            assert not strange, f"{where}: {strange}"

    play(story, group=None)
    drawing.screen_glyphs.cache_clear()


def _without_colour(app: LovheApp) -> list[list[tuple[str, bool, bool, bool]]]:
    def look(segment: Segment) -> tuple[str, bool, bool, bool]:
        style = segment.style
        return segment.text, bool(style and style.bold), bool(style and style.reverse), bool(style and style.underline)

    return [[look(segment) for segment in Segment.simplify(strip)] for strip in app.screen._compositor.render_strips()]


def test_the_focus_is_seen_without_colour(until: Until) -> None:
    """On each screen, whatever has the focus looks different from when something else has it: by a sign, bold, reversed or underlined."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        alike = []
        async for where, screen in places(pilot, app, until):
            for field in (*screen.query(Input), *screen.query(TextArea)):
                field.cursor_blink = False
            screen.set_focus(None)
            await pilot.pause()
            seen: dict[str, object] = {repr(_without_colour(app)): "nothing"}
            for widget in screen.focus_chain:
                screen.set_focus(widget)
                await pilot.pause()
                look = repr(_without_colour(app))
                if look in seen:
                    alike.append(f"{where}: {widget} looks like {seen[look]}")
                seen[look] = widget
            screen.set_focus(None)
            await pilot.pause()
        assert not alike, "\n".join(alike)

    play(story, group=None)
