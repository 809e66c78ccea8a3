"""The first hour: pages that are read, and what is done at each of them, live, with boards that the computer plays."""

from __future__ import annotations

import dataclasses
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text as Line
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from lovhe.apps.flash.view import flash_lines
from lovhe.apps.language import key, t
from lovhe.apps.teaching import first_hour
from lovhe.apps.teaching.first_hour_pages import PAGES, Page
from lovhe.apps.teaching.practice_boards import FlashPractice
from lovhe.apps.tui.drawing import screen_glyphs
from lovhe.apps.tui.fitted_text import apart
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.screens.question import Question
from lovhe.apps.tui.teacher.base import TeacherScreen
from lovhe.apps.tui.teacher.practice import Practice
from lovhe.core.errors import LovheError
from lovhe.core.messages import N_, Text
from lovhe.core.pupils.pupil import SchoolClass

if TYPE_CHECKING:
    from lovhe.apps.tui.app import LovheApp

_LOOK_S = 0.2
_ROWS = 8


class FirstHourScreen(TeacherScreen):
    """F3 and F4 turn the pages, F5 does what a page is about. As long as it is there the app works with the practice class."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "turn(-1)", key("Turn back"), id="first-hour.back", priority=True),
        Binding("f4", "turn(1)", key("Next"), id="first-hour.next", priority=True),
        Binding("f5", "do", key("What this page is about"), id="first-hour.do", priority=True),
        Binding("pagedown", "scroll_page(1)", show=False),
        Binding("pageup", "scroll_page(-1)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._number = 0
        self._class: SchoolClass | None = None
        self._practice: Practice | None = None
        self._told: list[Text] = []

    @property
    def keys_first(self) -> tuple[str, ...]:
        return ("app.help", "app.menu", "first-hour.do", "first-hour.next", "first-hour.back", "teacher.back")

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """See `TeacherScreen`; F5 is called after what it does on this page."""
        found = super().active_bindings
        if "f5" in found and self.page.do:
            found["f5"] = found["f5"]._replace(binding=dataclasses.replace(found["f5"].binding, description=t(self.page.do)))
        return found

    @property
    def page(self) -> Page:
        """The one that is shown."""
        return PAGES[self._number]

    def compose(self) -> ComposeResult:
        yield Static(id="hour-title", classes="title", markup=False)
        with VerticalScroll(id="hour-page", can_focus=False):
            yield Static(id="hour-text", markup=False)
        yield Static(id="hour-told", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self._practice = self.lovhe.practice = Practice(self.lovhe)
        self.set_interval(_LOOK_S, self._look)
        self._number = first_hour.last_page(self._practice.folder)
        self._show()
        if self._practice.is_alone:
            self.run_worker(self._make_class, thread=True, exit_on_error=False)
        else:
            self._tell(N_("The first hour is open in another window, too. Go on there."))

    def on_unmount(self) -> None:
        if self.lovhe.practice is self._practice:
            self.lovhe.end_practice()

    def put_together(self) -> None:
        self._show()

    def on_resize(self) -> None:
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that does nothing on this page is not shown."""
        if action == "do" and not self.page.do:
            return False
        if action == "turn" and not 0 <= self._number + int(str(parameters[0])) < len(PAGES):
            return False
        return super().check_action(action, parameters)

    # --- turning ---

    def action_turn(self, by: int) -> None:
        """F3, F4."""
        self._number += by
        self._told = []
        if self._practice is not None and self._practice.is_alone:
            first_hour.keep_page(self._practice.folder, self._number)
        self.query_one("#hour-page").scroll_home(animate=False)
        self._show()

    def action_scroll_page(self, by: int) -> None:
        """The text, where it is longer than the screen."""
        page = self.query_one("#hour-page")
        page.scroll_relative(y=by * max(page.size.height - 1, 1), animate=False)

    def action_back(self) -> None:
        """Escape: out, and the next time on here; what is being flashed is stopped."""
        self.lovhe.end_practice()
        self.dismiss()

    # --- what a page is about ---

    def action_do(self) -> None:
        """F5."""
        if self._class is None:
            return
        match self.page.id:
            case "boards":
                self._flash()
            case "lesson":
                self._open_lesson()
            case "progress":
                self._begin_progress(self._class)
            case "marks":
                self._save_marks()
            case "monday":
                self._ask_to_remove()

    def _flash(self) -> None:
        practice = self._practice
        if practice is None or self.job is not None:
            return
        if practice.boards is not None and practice.boards.ready:
            self._tell(N_("The three boards are ready. F4 goes on."))
            return
        practice.begin_boards()
        self.job = practice.boards
        self._tell(N_("Starting three boards …"))

    def _open_lesson(self) -> None:
        from lovhe.apps import wiring
        from lovhe.apps.tui.teacher.practice_lesson import PracticeLesson

        try:
            lesson = wiring.kit().lesson(first_hour.LESSON)
        except LovheError as problem:
            self.lovhe.tell_problem(problem)
            return
        board = self.lovhe.board
        if board is None or not board.virtual:  # nobody has said that their own board is for practice
            self.lovhe.keeper.start_virtual(lesson)
        self.lovhe.push_screen(PracticeLesson(lesson, self.lovhe.desk.places.get(lesson.id, "")))

    def _begin_progress(self, school_class: SchoolClass) -> None:
        self._tell(N_("One moment: your classmates are handing in their programs …"))
        self.run_worker(partial(self._play, school_class), thread=True, exclusive=True, group="classmates", exit_on_error=False)

    def _save_marks(self) -> None:
        if self._practice is not None:
            self._tell(N_("One moment …"))
            self.run_worker(partial(self._save, self._practice.folder), thread=True, exclusive=True, group="marks", exit_on_error=False)

    def _ask_to_remove(self) -> None:
        sentences = [
            N_("The practice class goes, with all that you have typed and handed in there. Your own classes are not touched."),
            N_("The first hour then begins at its first page. Remove the practice?"),
        ]
        self.lovhe.push_screen(Question(sentences, self._remove, N_("Remove the practice")))

    def _remove(self) -> None:
        practice, app = self._practice, self.lovhe
        self.action_back()
        if practice is not None:
            app.run_worker(partial(_remove, practice, app), thread=True, exit_on_error=False)

    # --- what takes its time, in a thread ---

    def _make_class(self) -> None:
        try:
            school_class = first_hour.practice_class()
        except LovheError as problem:
            self.lovhe.call_from_thread(self._failed, problem)
        else:
            self.lovhe.call_from_thread(self._begin, school_class)

    def _begin(self, school_class: SchoolClass) -> None:
        if self._practice is not None and self.lovhe.practice is self._practice:
            self._class = school_class
            self._practice.sit_down(first_hour.teacher_of(school_class))

    def _play(self, school_class: SchoolClass) -> None:
        from lovhe.apps.teaching.practice_pupils import play_classmates

        try:
            play_classmates(school_class)
        except LovheError as problem:
            self.lovhe.call_from_thread(self._failed, problem)
        else:
            self.lovhe.call_from_thread(self._open_progress)

    def _open_progress(self) -> None:
        from lovhe.apps.tui.teacher.progress import ProgressScreen

        if self.is_current and self.page.id == "progress":
            self._tell()
            self.lovhe.push_screen(ProgressScreen())

    def _save(self, folder: Path) -> None:
        try:
            file = first_hour.save_marks(folder)
        except LovheError as problem:
            self.lovhe.call_from_thread(self._failed, problem)
        else:
            self.lovhe.call_from_thread(self._tell, N_("The points of the practice class are in {file}. F4 goes on.", file=str(file)))

    def _failed(self, problem: LovheError) -> None:
        self._tell(problem.what, problem.next_step)

    def _look(self) -> None:
        """How far the boards are."""
        job = self.job
        if not isinstance(job, FlashPractice):
            return
        if job.over:
            self.job = None
            if job.problem is not None:
                self._failed(job.problem)
            elif job.ready:
                self._tell(N_("Done: all three boards are flashed, and what was written was read back. F4 goes on."))
                self.lovhe.use_board(job.boards[0])
            else:
                self._tell(N_("Not all boards are flashed. F5 begins again."))
        self._show()

    # --- what is seen ---

    def _tell(self, *sentences: Text) -> None:
        self._told = list(sentences)
        self._show()

    def _show(self) -> None:
        if self._rebuilding or not self.is_attached or not self.query("#hour-told"):
            return
        width = max(self.size.width - 2, 20)
        name = f"{t(key('First hour'))} | {t(self.page.title)}"
        self.query_one("#hour-title", Static).update(apart(name, f"{self._number + 1}/{len(PAGES)}", width))
        self.query_one("#hour-text", Static).update("\n\n".join(t(sentence) for sentence in self.page.sentences))
        told = Line("\n".join(t(sentence) for sentence in self._told))
        boards = self._practice.boards if self._practice is not None else None
        if self.page.id == "boards" and boards is not None and boards.boards:
            told = Line("\n").join([*flash_lines(boards.state, width, _ROWS, screen_glyphs()), told])
        self.query_one("#hour-told", Static).update(told)
        self.refresh_bindings()


def _remove(practice: Practice, app: LovheApp) -> None:
    """In a thread, as the boards have to end first."""
    practice.wait_for_boards()
    try:
        first_hour.remove_practice(practice.folder)
    except LovheError as problem:
        app.call_from_thread(app.tell_problem, problem)
    else:
        app.call_from_thread(app.say, N_("The practice class is removed."))
