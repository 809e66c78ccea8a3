"""Any keyboard layout types letters and commands nothing; what is searched for is found with the letters that the keyboard has just now."""

from __future__ import annotations

import pytest
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.panes.find_bar import FindBar
from lovhe.apps.tui.screens.history import HistoryScreen
from lovhe.apps.tui.screens.lessons import LessonsScreen
from lovhe.apps.tui.screens.menu import MenuScreen
from lovhe.apps.tui.screens.who import WhoScreen
from lovhe.apps.workspace.wiring import roster, work_store
from lovhe.services.ports.work import WorkKey
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from tests.school_classes import add_pupils

from .conftest import GROUP, Until
from .stories import BLINK, open_step, play, program_step, shown, write

LAYOUTS = {
    "Azerbaijani": "qüertyuiopöğasdfghjklıəzxcvbnmçş QÜERTYUİOPÖĞASDFGHJKLIƏZXCVBNMÇŞ",
    "Russian": "йцукенгшщзхъфывапролджэячсмитьбюё ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ",
    "English": "qwertyuiopasdfghjklzxcvbnm QWERTYUIOPASDFGHJKLZXCVBNM",
    "signs": "1234567890 -=+_!@#$%^&*;:,.<>/?|~",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_letter_of_a_layout_is_typed_into_the_program(layout: str, until: Until) -> None:
    """None folds, runs, goes back or opens anything; the text is on the disk as it was typed."""
    letters = LAYOUTS[layout]

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_step(pilot, app, until)
        editor = await write(pilot, screen, until, "#")
        await pilot.press("ctrl+end")
        for letter in letters:
            await pilot.press(letter if letter != " " else "space")
        await until(pilot, lambda: editor.text == "#" + letters, editor.text)
        assert app.screen is screen
        assert screen.job is None
        assert not app._notifications

    play(story)
    assert work_store().read(WorkKey(GROUP.key, BLINK, program_step())) == "#" + letters


@pytest.mark.parametrize("typed", ["Əli", "eli", "ƏLİ", "ali"])
def test_a_pupil_is_found_with_the_letters_at_hand(typed: str, until: Until) -> None:
    """With and without the tails, in capitals; who is not meant is not chosen."""
    with roster() as pupils:
        add_pupils(pupils, "7A", ["Əli", "Işıq", "İlkin"])

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: isinstance(app.screen, WhoScreen) and app.screen.query("#pupils"), "the names")
        await until(pilot, lambda: app.focused is not None and app.focused.id == "find", "the search")
        await pilot.press(*typed)
        names = app.screen.query_one("#pupils", OptionList)
        wanted = 0 if typed == "ali" else 1
        await until(pilot, lambda: names.option_count == wanted, typed)
        if wanted:
            await until(pilot, lambda: "Enter chooses Əli" in shown(app), "Əli")

    play(story, group=None)


@pytest.mark.parametrize(("typed", "meant"), [("ISIQ", "Işıq"), ("ışı", "Işıq"), ("ilk", "İlkin"), ("İLK", "İlkin"), ("ыыы", "")])
def test_dots_and_capitals_find_the_same_name(typed: str, meant: str, until: Until) -> None:
    """As i, ı, I and İ are mixed up on a strange keyboard."""
    with roster() as pupils:
        add_pupils(pupils, "7A", ["Əli", "Işıq", "İlkin"])

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: isinstance(app.screen, WhoScreen) and app.screen.query("#pupils"), "the names")
        await until(pilot, lambda: app.focused is not None and app.focused.id == "find", "the search")
        await pilot.press(*typed)
        await until(pilot, lambda: (f"Enter chooses {meant}" if meant else "Nobody in this class") in shown(app), typed)

    play(story, group=None)


def test_words_of_a_program_are_found_and_replaced_whatever_their_capitals(until: Until) -> None:
    """With dotted and undotted i, too; Undo takes the replacing back."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_step(pilot, app, until)
        editor = await write(pilot, screen, until, 'print("ışıq")\nprint("Ёлка")\n')
        editor.move_cursor((0, 0))
        await pilot.press("ctrl+f")
        bar = screen.query_one(FindBar)
        await until(pilot, lambda: bar.region.area and bar.query_one("#sought").has_focus, "the find bar")
        await pilot.press(*"IŞIQ", "enter")
        await until(pilot, lambda: editor.selected_text == "ışıq", "what is found")
        bar.query_one("#instead", Input).focus()
        await pilot.press(*"od", "enter")
        await until(pilot, lambda: editor.text == 'print("od")\nprint("Ёлка")\n', editor.text)
        bar.query_one("#sought", Input).value = "ёЛКА"
        bar.query_one("#sought", Input).focus()
        await pilot.press("enter")
        await until(pilot, lambda: editor.selected_text == "Ёлка", "the other one")
        await pilot.press("escape", "ctrl+z")
        await until(pilot, lambda: editor.text == 'print("ışıq")\nprint("Ёлка")\n', editor.text)

    play(story)


@pytest.mark.parametrize(("language", "typed"), [("az", "тарих"), ("ru", "bcnjh"), ("ru", "истор"), ("en", "ршыещкн"), ("en", "HISTORY")])
def test_the_menu_reads_what_was_typed_in_another_layout(language: str, typed: str, until: Until) -> None:
    """The same keys, in the layout that was on: the history is found and opened, and no letter does anything else."""
    if (language, typed) == ("az", "тарих"):
        typed = "ефкшч"  # the keys of “tarix”

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await write(pilot, await open_step(pilot, app, until), until, "# mine\n")
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, MenuScreen) and app.focused is not None, "the menu")
        await pilot.press(*typed)
        entries = app.screen.query_one(OptionList)
        await until(pilot, lambda: 0 < entries.option_count < 4, typed)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen), "the history")

    play(story, language=language)


@pytest.mark.parametrize(("language", "typed"), [("az", "qrafiki saxla"), ("az", "Qrafiki saxla"), ("en", "save the plot")])
def test_who_types_a_whole_name_gets_that_and_not_what_speaks_of_it(language: str, typed: str, until: Until) -> None:
    """Another entry's sentence may hold the same words, and stand before it in the menu."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await open_step(pilot, app, until)
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, MenuScreen) and app.focused is not None, "the menu")
        menu = app.screen
        assert isinstance(menu, MenuScreen)
        for letter in typed:
            await pilot.press("space" if letter == " " else letter)
        await until(pilot, lambda: menu.query_one(Input).value == typed and menu._typed == typed, typed)
        assert menu._found[menu.query_one(OptionList).highlighted or 0].name.casefold() == typed.casefold()

    play(story, language=language)


def test_a_lesson_is_searched_by_keys_and_left_by_escape(until: Until) -> None:
    """“ə” and “ı” are letters of the search like others."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        app.sit_down(GROUP)
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen) and app.screen.query(Input), "the lessons")
        await until(pilot, lambda: "Xalça" in shown(app) or "xalça" in shown(app).lower() or app.focused is not None, "the list")
        await pilot.press(*"gecə")
        await until(pilot, lambda: app.screen.query_one(Input).value == "gecə" and "Gecə" in shown(app), "the night light")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen.query_one(Input).value == "", "all lessons")

    play(story, group=None, language="az")
