"""The screens around the lessons: who is here, the list, the menu, the help, and what is asked on top of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from lovhe.apps.tui.screens.choose_board import ChooseBoard
from lovhe.apps.tui.screens.help import HelpScreen
from lovhe.apps.tui.screens.history import HistoryScreen
from lovhe.apps.tui.screens.keys import KeysScreen
from lovhe.apps.tui.screens.lessons import LessonsScreen
from lovhe.apps.tui.screens.menu import MenuScreen
from lovhe.apps.tui.screens.own_editor import OwnEditorScreen
from lovhe.apps.tui.screens.question import Question
from lovhe.apps.tui.screens.secret import SecretScreen
from lovhe.apps.tui.screens.skills import SkillsScreen
from lovhe.apps.tui.screens.stick import CopyScreen, FetchScreen
from lovhe.apps.tui.screens.too_small import TooSmall
from lovhe.apps.tui.screens.who import WhoScreen
from lovhe.core.pupils.group import Group
from textual.screen import Screen
from textual.widgets import OptionList, Static

from .made_up_pc import DESK, EMPTY, PICTURES_CLASS, PIN_CLASS, REAL, STICK, minutes_later
from .recorded import BLINK, SLOW
from .stage import Stage

S = TypeVar("S", bound=Screen[None])
SMALL = (70, 18)
BLINKS, OWN_STEP = "6-01-blink", "lighthouse"


async def who(stage: Stage) -> None:
    """The classes, the pupils of one, three who are chosen; a guest is in the same picture."""
    stage.app.desk.stand_up()
    stage.app.desk.class_name = ""
    stage.app.show_start()
    await on_screen(stage, WhoScreen, lambda screen: screen.signing is not None and screen.query("#classes"))
    await stage.show("who-classes")
    screen = stage.app.screen
    assert isinstance(screen, WhoScreen)
    screen.query_one("#classes", OptionList).highlighted = 0
    await stage.press("enter")
    await stage.until(lambda: screen.query_one("#pupils", OptionList).option_count > 1, "the pupils")
    await stage.show("who-pupils")
    await stage.press("s", "e", "b", "enter", "2", "enter")
    await stage.until(lambda: screen.signing is not None and len(screen.signing.chosen) == 2, "two who are chosen")
    await stage.show("who-chosen")


async def secret(stage: Stage) -> None:
    """Digits of somebody who has chosen theirs before, and pictures of somebody who chooses."""
    for class_name, name in ((PIN_CLASS, "secret-pin"), (PICTURES_CLASS, "secret-pictures")):
        pupil = stage.pc.group(class_name, 1).pupils[0]
        stage.app.push_screen(SecretScreen(pupil, "pin" if class_name == PIN_CLASS else "pictures", lambda pupil: None))
        await on_screen(stage, SecretScreen, lambda screen: str(screen.query_one("#secret-count", Static).content))
        if class_name == PIN_CLASS:
            await stage.press("2", "5")
        await stage.show(name)
        await stage.press("escape")
        await stage.until(lambda: not isinstance(stage.app.screen, SecretScreen), "the way back")


async def lessons(stage: Stage) -> None:
    """The list as a group finds it that has done something, a search, and as a guest finds it; the skills."""
    await stage.sit_down()
    await stage.show("lessons")
    await stage.press(*"LED")
    await stage.show("lessons-search")
    await stage.press("escape", "f4")
    await on_screen(stage, SkillsScreen)
    await stage.show("skills")
    await stage.press("escape")
    await on_screen(stage, LessonsScreen)
    stage.app.sit_down(Group(guest="somebody"))
    await on_screen(stage, LessonsScreen, lambda screen: screen.list.skills is not None)
    await stage.show("lessons-guest")


async def menu(stage: Stage) -> None:
    """What can be done in a lesson, a search in it, and all keys."""
    await stage.sit_down()
    await stage.open(BLINKS, OWN_STEP, BLINK)
    await stage.press("f2")
    await on_screen(stage, MenuScreen)
    await stage.show("menu")
    await stage.press("escape")
    stage.app.show_keys()
    await on_screen(stage, KeysScreen)
    await stage.show("keys")
    await stage.press("escape")


async def help_pages(stage: Stage) -> None:
    """A page of the help, as F1 brings it in a lesson, and the first one."""
    await stage.sit_down()
    await stage.open(BLINKS, OWN_STEP, BLINK)
    await stage.press("f1")
    await on_screen(stage, HelpScreen)
    await stage.show("help")
    await stage.press("escape")
    stage.app.show_help("start")
    await on_screen(stage, HelpScreen)
    await stage.show("help-start")
    await stage.press("escape")


async def asked(stage: Stage) -> None:
    """On top of a lesson: a question, which board, which folder."""
    await stage.sit_down()
    screen = await stage.open(BLINKS, OWN_STEP, SLOW)
    await screen.run_action("begin_again")
    await on_screen(stage, Question)
    await stage.show("question")
    await stage.press("escape")
    await screen.run_action("own_editor")
    await on_screen(stage, OwnEditorScreen)
    await stage.show("own-editor")
    await stage.press("escape")
    await stage.plug(REAL, EMPTY, DESK)
    stage.app.use_board(REAL)
    await screen.run_action("choose_board")
    await on_screen(stage, ChooseBoard)
    await stage.show("choose-board")
    await stage.press("escape")
    await stage.plug()


async def history(stage: Stage) -> None:
    """What a program was before, beside what it is now."""
    await stage.sit_down()
    screen = await stage.open(BLINKS, OWN_STEP, SLOW)
    minutes_later(4)
    screen.work.keep(screen.step, SLOW, "run")
    minutes_later(6)
    screen.work.keep(screen.step, SLOW.replace("0.5", "0.25"), "checked")
    minutes_later(2)
    screen.put_text(BLINK)
    await stage.rest()
    await screen.run_action("history")
    await on_screen(stage, HistoryScreen, lambda screen: screen._text is not None)
    await stage.press("down")
    await stage.until(lambda: "0.25" in str(stage.app.screen.query_one("#then", Static).content), "the other version")
    await stage.show("history")
    await stage.press("escape")
    await stage.until(lambda: stage.app.screen is screen, "the lesson")


async def stick(stage: Stage) -> None:
    """To a stick, and from one."""
    await stage.sit_down()
    for kind, name in ((CopyScreen, "stick-copy"), (FetchScreen, "stick-fetch")):
        group = stage.app.desk.group
        assert group is not None
        stage.app.push_screen(kind(group))
        await on_screen(stage, kind, lambda screen: STICK in _options(screen))
        await stage.show(name)
        await stage.press("escape")


async def too_small(stage: Stage) -> None:
    """The window was made smaller."""
    before = stage.app.size
    await stage.sit_down()
    await stage.pilot.resize_terminal(*SMALL)
    await on_screen(stage, TooSmall, lambda screen: str(screen.query_one("#too-small", Static).content))
    await stage.show("too-small")
    await stage.pilot.resize_terminal(*before)
    await on_screen(stage, LessonsScreen)


async def on_screen(stage: Stage, kind: type[S], ready: Callable[[S], object] = lambda screen: True) -> None:
    """This screen is in front, put together, and ready."""

    def there() -> object:
        screen = stage.app.screen
        return isinstance(screen, kind) and screen.is_mounted and list(screen.children) and ready(screen)

    await stage.until(there, kind.__name__)


def _options(screen: Screen[None]) -> str:
    options = screen.query_one("#places", OptionList)
    return "\n".join(str(options.get_option_at_index(at).prompt) for at in range(options.option_count))


DESK_SCENES: list[Callable[[Stage], Awaitable[None]]] = [who, secret, lessons, too_small, menu, help_pages, asked, history, stick]
