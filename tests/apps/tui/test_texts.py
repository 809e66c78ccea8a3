"""The text of a step beside the work: its pages, its language, where it is on a small screen, and what can be copied from it."""

from __future__ import annotations

from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.panes.instructions import Instructions
from lovhe.apps.tui.panes.page import PageView
from lovhe.apps.tui.screens.lessons import LessonsScreen
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from lovhe.apps.workspace.wiring import load_desk
from lovhe.core.pupils.group import Group
from textual.pilot import Pilot
from textual.widgets import Static

from .conftest import Until
from .form_stories import BLINK, play_step, said_at


def test_on_a_narrow_screen_text_and_work_change_places(until: Until) -> None:
    """A step that nobody has begun shows its text; who types wants to work."""

    async def story(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        assert screen.text_shown
        assert not screen.work_shown
        await pilot.press("f9")
        await until(pilot, lambda: screen.form.display and not screen.query_one(Instructions).display, "the work")
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(screen.focused, PageView), "the text")
        await pilot.press("2")
        await until(pilot, lambda: screen.form.display and screen.form.text == "stays", screen.form.text)

    play_step(until, BLINK, "guess", story, (80, 24))


def test_below_a_text_alone_stands_the_way_on(until: Until) -> None:
    """First that it goes on below, then which key leads to the work; where the work stands beside it, neither."""

    async def read(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        await until(pilot, lambda: "goes on below" in said_at(screen, "#page-next"), "more below")
        await pilot.press("end")
        await until(pilot, lambda: "F9 opens the place to work" in said_at(screen, "#page-next"), "the work")
        assert screen.query_one("#page-next").region.height == 1
        await pilot.resize_terminal(120, 40)
        await until(pilot, lambda: not screen.query_one("#page-next").display, "the work beside it")

    play_step(until, BLINK, "build", read, (80, 24))


def test_the_text_changes_its_language_alone_and_its_page(until: Until) -> None:
    """By a key and by a click."""

    async def story(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        page = screen.query_one(PageView)
        assert "Build the circuit" in page.plain
        await pilot.press("f21")
        await until(pilot, lambda: "Build the circuit" not in page.plain, "another language")
        assert app.desk.language == "en"
        await pilot.click("#page-row", offset=(screen.query_one("#page-row").size.width - 2, 0))
        await until(pilot, lambda: "Build the circuit" in page.plain, "English")
        await screen.run_action("show_words")
        await until(pilot, lambda: "Words to know" in page.plain, "the words")

    play_step(until, BLINK, "build", story)


def test_the_text_keeps_its_language_from_step_to_step(until: Until) -> None:
    """Which key changes it stands beside it; in the next step and the next lesson it is as it was chosen, until somebody else sits down."""

    def page() -> str:
        return "\n".join(view.plain for view in app_here[0].screen.query(PageView))

    app_here: list[LovheApp] = []

    async def story(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        app_here.append(app)
        assert "Shift+F9" in str(screen.query_one("#page-row", Static).content)
        await pilot.press("f21", "f21")
        await until(pilot, lambda: "Соберите цепь" in page(), "Russian")
        await pilot.press("f4")
        await until(pilot, lambda: "Предскажите" in page(), "the next step in Russian")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen), "the list")
        app.open_lesson("6-02-button-light", "build")
        await until(pilot, lambda: "Соберите цепь" in page(), "the next lesson in Russian")
        assert load_desk().text_language == "ru"
        app.speak("az")
        await until(pilot, lambda: "Dövrəni yığın" in page(), "the language of the whole app")
        app.sit_down(Group(guest="another"))
        assert app.desk.text_language == ""

    play_step(until, BLINK, "build", story, (80, 24))


def test_the_text_is_selected_with_the_mouse_and_copied(until: Until) -> None:
    """A line of the program in the text need not be typed anew; what is selected is seen in other colours."""

    async def story(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        page = screen.query_one(PageView)
        await until(pilot, lambda: "import time" in page.plain, "the page")
        row = page.plain.splitlines().index("import time")
        before = page.render_line(row)
        await pilot.mouse_down(PageView, offset=(0, row))
        await pilot.hover(PageView, offset=(6, row))
        await pilot.mouse_up(PageView, offset=(6, row))
        await until(pilot, screen.get_selected_text, "what is selected")
        assert "import time".startswith(screen.get_selected_text() or "?")
        assert list(page.render_line(row)) != list(before)
        await pilot.press("ctrl+c")
        await until(pilot, lambda: app.clipboard == screen.get_selected_text(), "the clipboard")

    play_step(until, BLINK, "guess", story, (80, 24))
