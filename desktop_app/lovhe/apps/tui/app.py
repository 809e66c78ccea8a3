"""The app: it holds the desk, knows the boards, and puts the right screen up."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from contextvars import Context
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.screen import Screen

from lovhe.apps.language import current_language, key, say_instead, t, use_key_names, use_language
from lovhe.apps.tui.app_commands import app_commands
from lovhe.apps.tui.board_keeper import BoardKeeper
from lovhe.apps.tui.board_watch import BoardWatch
from lovhe.apps.tui.group_commands import GroupCommands
from lovhe.apps.tui.key_names import key_name, keymap, known_keys, names_in_sentences
from lovhe.apps.tui.keys_in_turn import KeysInTurn
from lovhe.apps.tui.quiet_memory import QuietMemory
from lovhe.apps.tui.themes import THEMES
from lovhe.apps.tui.thread_pool import ForgetfulPool
from lovhe.apps.workspace.app_words import for_teachers, in_app
from lovhe.apps.workspace.desk import Desk
from lovhe.core.errors import LovheError
from lovhe.core.messages import N_, Text
from lovhe.core.pupils.group import Group
from lovhe.services.ports import BoardInfo

if TYPE_CHECKING:
    from lovhe.apps.tui.teacher.base import Teaching
    from lovhe.apps.tui.teacher.practice import Practice
    from lovhe.core.lessons.lesson import Lesson
    from lovhe.core.teacher_settings import TeacherSettings

log = logging.getLogger(__name__)


class LovheApp(KeysInTurn):
    """`lovhe` without arguments. `desk` is what outlives it; `board` the board in use, None as long as there is none.

    `leaving` is whether a group's screens are just being taken down; `teaching` is a teacher who has shown the passphrase, None for
    nobody: no desk remembers that. `settings` are what the teacher has settled, `practice` is their first hour.
    """

    TITLE = "Lövhə"
    CSS_PATH = Path(__file__).parent / "app.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = App.COMMANDS | {GroupCommands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help_here", key("Help"), id="app.help", priority=True),
        Binding("f2,ctrl+p", "command_palette", key("Menu"), id="app.menu", priority=True),
        Binding("f10", "switch_group", key("Somebody else"), id="group.switch", priority=True),
        Binding("ctrl+q", "quit", key("Quit"), id="app.quit", priority=True),
    ]

    def __init__(self) -> None:
        from lovhe.apps.teaching.wiring import load_settings
        from lovhe.apps.workspace.wiring import load_desk

        super().__init__()
        self.desk: Desk = load_desk()
        self.settings: TeacherSettings = load_settings()
        if self.desk.group is None:
            self.desk.begin_with(self.settings.language, self.settings.theme)
        self.keeper = BoardKeeper(self)
        self.memory = QuietMemory()
        self._watch = BoardWatch(self)
        self.leaving = self._was_closed = self._was_painted = False
        self.teaching: Teaching | None = None
        self.practice: Practice | None = None
        self.chosen_keys: dict[str, str] = {}
        self._alone: ExitStack = ExitStack()
        self._keeps_desk = True
        use_key_names({})
        if self.desk.language:
            use_language(self.desk.language)
        for theme in THEMES:
            self.register_theme(theme)
        self.use_looks()

    def on_mount(self) -> None:
        asyncio.get_running_loop().set_default_executor(ForgetfulPool(thread_name_prefix="lovhe"))
        say_instead(in_app)
        self._look_whether_alone()
        self.keeper.begin()
        self.set_interval(1.0, self.memory.look)
        self._watch.begin()
        self.show_start()

    def on_unmount(self) -> None:
        say_instead(None)
        self.end_practice()
        self._alone.close()
        self._watch.end()
        self.keeper.end()
        self.memory.end()
        if self._was_closed:
            self.desk.close()
            self.keep_desk()

    # --- what screens ask of the app ---

    def show_start(self) -> None:
        """The screen where the desk was left; its tasks begin in a fresh context, which keeps no screen alive that was seen before."""
        Context().run(self._show_start)

    def _show_start(self) -> None:
        from lovhe.apps.tui.screens.lessons import LessonsScreen
        from lovhe.apps.tui.screens.who import WhoScreen

        with self._context():
            if self.desk.group is None:
                self.switch_to(WhoScreen())
                return
            if not (self.desk.lesson and self.open_lesson(self.desk.lesson, self.desk.step)):
                self.switch_to(LessonsScreen())

    def switch_to(self, screen: Screen[Any]) -> None:
        """Put `screen` up alone: nothing of the screens before stays."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.push_screen(screen)

    def open_lesson(self, lesson_id: str, step_id: str = "") -> bool:
        """The workspace of a lesson; False for one that cannot be read, which is told."""
        from lovhe.apps import wiring
        from lovhe.apps.tui.screens.workspace import WorkspaceScreen

        try:
            lesson = wiring.kit().lesson(lesson_id)
        except LovheError as problem:
            self.tell_problem(problem)
            return False
        self.push_screen(WorkspaceScreen(lesson, step_id or self.desk.places.get(lesson_id, "")))
        return True

    def close_lesson(self) -> None:
        """Back to the list, which is not there yet where the app has opened with the lesson."""
        from lovhe.apps.tui.screens.lessons import LessonsScreen

        self.desk.lesson = ""
        self.keep_desk()
        if isinstance(self.screen_stack[-2], LessonsScreen):
            self.pop_screen()
        else:
            self.switch_to(LessonsScreen())

    def sit_down(self, group: Group, guarded: bool = False) -> None:
        """Somebody has said who they are; `guarded` where a secret was asked for."""
        self.desk.sit_down(group, guarded)
        self.keep_desk()
        self.show_start()

    def begin_teaching(self) -> None:
        """The teacher has shown the passphrase."""
        from lovhe.apps.tui.teacher.base import Teaching
        from lovhe.apps.tui.teacher.home import HomeScreen

        self.teaching = Teaching()
        say_instead(for_teachers)
        self.switch_to(HomeScreen())

    def end_teaching(self) -> None:
        """The teacher goes: nothing of what they saw stays on the screen or can be reached."""
        from lovhe.apps.tui.teacher.leaving import take_down

        take_down(self)

    def end_practice(self) -> None:
        """The app works with its own data again, where a teacher has practised with others."""
        practice, self.practice = self.practice, None
        if practice is not None:
            practice.end()

    def use_looks(self) -> None:
        """Show everything as the desk says."""
        self.theme = self.desk.theme if self.desk.theme in self.available_themes else THEMES[0].name

    def keep_desk(self) -> None:
        """Save where everything is."""
        from lovhe.apps.workspace.wiring import save_desk

        if self._keeps_desk:
            save_desk(self.desk)

    def speak(self, code: str) -> None:
        """Show everything in this language from now on."""
        self.desk.language, self.desk.text_language = code, ""
        use_language(code)
        self.keep_desk()
        self._say_anew()

    def _say_anew(self) -> None:
        """Languages or keys have changed: every sentence in view may be another one now."""
        for screen in self.screen_stack:
            screen.refresh(recompose=True)

    def tell_problem(self, problem: LovheError) -> None:
        """Two sentences: what happened, and what to do next."""
        self.notify(t(problem.next_step), title=t(problem.what), severity="error", timeout=20, markup=False)

    def say(self, text: Text) -> None:
        """One sentence that needs no answer; once, however often a key is pressed."""
        words = t(text)
        if not any(told.message == words and not told.has_expired for told in self._notifications):
            self.notify(words, markup=False)

    def get_key_display(self, binding: Binding) -> str:
        """A key's name as it is printed on keyboards."""
        return key_name(binding.key)

    # --- boards ---

    @property
    def boards(self) -> list[BoardInfo]:
        """The boards that can be reached."""
        return self.keeper.use.boards

    @property
    def board(self) -> BoardInfo | None:
        """The board in use, None as long as there is none."""
        return self.keeper.use.used

    def boards_are(self, boards: list[BoardInfo]) -> None:
        """Called when boards have come or gone."""
        self.keeper.boards_are(boards)

    def look_for_boards(self) -> None:
        """Something was done with a board: what was known of boards may be old."""
        self._watch.look_now()

    def use_board(self, board: BoardInfo) -> None:
        """The pupil has chosen."""
        self.keeper.choose(board)
        self.look_for_boards()

    def choose_board(self, lesson: Lesson | None = None) -> None:
        """Let the pupil choose; with a lesson, a new virtual board with its parts, too."""
        from lovhe.apps.tui.screens.choose_board import ChooseBoard

        start_new = None if lesson is None else partial(self.keeper.start_virtual, lesson)
        self.push_screen(ChooseBoard(self.boards, self.board, self.use_board, start_new))

    # --- actions ---

    def action_switch_group(self) -> None:
        """The group leaves, or the teacher: nothing of them stays on the screen or can be reached."""
        from lovhe.apps.tui.leaving import switch_group
        from lovhe.apps.tui.teacher.leaving import leave_teaching

        if self.teaching is not None:
            leave_teaching(self)
        else:
            self.hold_keys(switch_group(self), group="leaving")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nobody can leave while nobody is here, nor before a question is answered; where a new key is pressed, it does nothing else.

        Where a teacher has settled one language, no key leads to others.
        """
        if getattr(self.screen, "takes_all_keys", False):
            return False
        if action == "switch_group":
            return (self.desk.group is not None or self.teaching is not None) and not self.screen.is_modal
        if action == "next_language":
            return self.settings.language_after(current_language().code) != current_language().code
        return True

    def action_help_here(self) -> None:
        """F1."""
        from lovhe.apps.tui.screens.help import HelpScreen, topic_of

        if isinstance(self.screen, HelpScreen):
            self.screen.dismiss()
        else:
            self.show_help(topic_of(self.screen))

    async def action_command_palette(self) -> None:  # type: ignore[override]
        """F2."""
        from lovhe.apps.tui.screens.menu import MenuScreen, entries_of

        if isinstance(self.screen, MenuScreen):
            self.screen.dismiss()
        elif not self.screen.is_modal:
            self.push_screen(MenuScreen(await entries_of(self.screen)))

    async def action_quit(self) -> None:
        """Ctrl+Q; asked first where something would be lost."""
        from lovhe.apps.tui.quitting import quit_app

        self.run_worker(quit_app(self), group="quitting", exclusive=True)

    def close_app(self) -> None:
        """Somebody wants to close it."""
        self._was_closed = True
        self.exit()

    def action_next_language(self) -> None:
        """Az, ru, en, or those of them that the teacher has settled, and round again."""
        self.speak(self.settings.language_after(current_language().code))

    # --- the frame ---

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What every menu has, in the user's language."""
        return app_commands(self)

    def show_help(self, topic: str) -> None:
        """A page of the help."""
        from lovhe.apps.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(topic))

    def show_keys(self) -> None:
        """All keys, to be changed."""
        from lovhe.apps.tui.screens.keys import KeysScreen

        self.push_screen(KeysScreen())

    def use_theme(self, name: str) -> None:
        """Other colours from now on."""
        self.theme = self.desk.theme = name
        self.keep_desk()

    def use_keys(self, chosen: dict[str, str]) -> None:
        """Other keys from now on. Raises `InputError` where they cannot be kept."""
        from lovhe.apps.workspace.wiring import save_keys

        save_keys(chosen)
        self._use_chosen(dict(chosen), [])

    def start_anew(self) -> None:
        """After something unforeseen: the list of lessons, or who is here; a teacher shows the passphrase again."""
        if self.teaching is not None:
            self.end_teaching()
            return
        self.desk.lesson = ""
        self.show_start()

    def _look_whether_alone(self) -> None:
        """Two apps on the same data would take each other's place away: the second one keeps none, and asks who is here."""
        from lovhe.apps.workspace.wiring import hold_app

        self._keeps_desk = hold_app(self._alone)
        if not self._keeps_desk:
            self.desk.stand_up()

    def painted(self) -> None:
        """A screen is to be seen: now is the time for what could wait, once. The first one may have gone before anybody saw it."""
        if self._was_painted:
            return
        self._was_painted = True
        if not self._keeps_desk:
            text = N_("Lövhə is open in another window, too. You can work in both; in this one, say who you are.")
            self.notify(t(text), timeout=15, markup=False)
        self.run_worker(self._read_ahead, thread=True, exit_on_error=False)

    def _read_ahead(self) -> None:
        """In a thread: somebody's own keys, and the lessons, so that they are there when somebody has said who they are."""
        try:
            self._read_keys()
            if self.desk.group is None:
                self.read_lessons_ahead()
        except Exception:
            if self.is_running:
                log.exception("not all was read ahead, for an unforeseen reason")

    def _read_keys(self) -> None:
        from lovhe.apps.workspace.key_map import usable_keys
        from lovhe.apps.workspace.wiring import load_keys

        try:
            chosen = load_keys()
            if chosen:
                self.call_from_thread(self._use_chosen, *usable_keys(chosen, known_keys()))
        except LovheError as problem:
            self.call_from_thread(self.tell_problem, problem)

    def read_lessons_ahead(self) -> None:
        """In a thread."""
        from lovhe.apps.workspace.lesson_list import read_shelf

        with suppress(LovheError):  # the list reads them again, and tells
            read_shelf()

    def _use_chosen(self, chosen: dict[str, str], problems: list[Text]) -> None:
        self.chosen_keys = chosen
        self.set_keymap(keymap(chosen))
        use_key_names(names_in_sentences(chosen))
        self._say_anew()
        for problem in problems:
            self.notify(t(problem), severity="warning", timeout=20, markup=False)
