"""The lessons by grade, with how far this group is, what comes next, and what a lesson is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.events import Resize
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from lovhe.apps.language import current_language, key, t
from lovhe.apps.tui.drawing import screen_glyphs
from lovhe.apps.tui.fitted_text import apart, shortened
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.panes.step_bar import KIND_WORDS, NOT_BEGUN, PASSED, TRIED
from lovhe.apps.tui.screens.base import LIST_KEYS
from lovhe.apps.tui.screens.stick_actions import StickActions
from lovhe.apps.tui.work_commands import WorkCommands
from lovhe.apps.workspace.lesson_list import LessonList, Shelf, goal_of, read_progress, read_shelf, title_of
from lovhe.core.errors import LovheError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.progress import LessonProgress, State
from lovhe.core.messages import N_, Text
from lovhe.core.pupils.group import Group
from lovhe.core.shown_text import harmless

STATE_SIGNS: dict[State, str] = {"new": NOT_BEGUN, "begun": TRIED, "checked": PASSED}
STATE_WORDS: dict[State, str] = {"new": key("new"), "begun": key("begun"), "checked": key("checked")}

_ABOUT_LINES = 5
_MOST_TYPED = 60
_GO_ON = "go on"
_GRADE = "grade "
_LESSON = "lesson "


class LessonsScreen(StickActions):
    """Choose a lesson. Letters search, the arrows go through the list, Enter opens; the mouse does all of it, too."""

    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {WorkCommands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "app.next_language", key("Language"), id="lessons.language", priority=True),
        Binding("f4", "skills", key("Skills"), id="lessons.skills", priority=True),
        Binding("escape", "clear", key("Clear the search"), id="lessons.clear", show=False),
        *LIST_KEYS,
    ]

    def __init__(self) -> None:
        super().__init__()
        self.list = LessonList(self.lovhe.desk)
        self._at = ""

    def compose(self) -> ComposeResult:
        yield Static(id="lessons-title", classes="title", markup=False)
        yield Input(self.list.typed, placeholder=t(key("Search: type a word")), id="lessons-find", compact=True, max_length=_MOST_TYPED)
        yield OptionList(id="lessons", markup=False, compact=True)
        yield Static(id="lessons-about", markup=False)
        yield Static(id="lessons-broken", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self._show()

    def put_together(self) -> None:
        self._show()
        self.query_one(Input).focus()

    def on_screen_resume(self) -> None:
        """Somebody looks at the list: first what is known, then what has changed."""
        if self.is_current:
            self.query_one(Input).focus()
            self.call_after_refresh(self._look)

    def on_resize(self, event: Resize) -> None:
        self._show()

    @property
    def keys_first(self) -> tuple[str, ...]:
        return ("app.help", "app.menu", "lessons.language", "lessons.skills", "group.switch", "app.quit")

    # --- what is read, in a thread ---

    def _look(self) -> None:
        group, opened = self.lovhe.desk.group, list(self.lovhe.desk.places)
        if group is not None:
            self.run_worker(lambda: self._read(group, opened), thread=True, exclusive=True, group="lessons")

    def _read(self, group: Group, opened: list[str]) -> None:
        """In a thread: the lessons, then how far the group is in them."""
        shelf, progress = None, None
        try:
            shelf = read_shelf()
            self.lovhe.call_from_thread(self._known, shelf, None, None)
            progress = read_progress(shelf, group, opened)
        except LovheError as problem:
            self.lovhe.call_from_thread(self._known, shelf, progress, problem)
        else:
            self.lovhe.call_from_thread(self._known, shelf, progress, None)

    def _known(self, shelf: Shelf | None, progress: dict[str, LessonProgress] | None, problem: LovheError | None) -> None:
        if not self.is_attached:
            return
        self.list.shelf = shelf or self.list.shelf
        self.list.progress = progress or self.list.progress
        self.list.problem = problem
        self._show()

    # --- keys and mouse ---

    @on(Input.Changed, "#lessons-find")
    def _typed(self, event: Input.Changed) -> None:
        if event.value != self.list.typed:
            self.list.typed, self._at = event.value, ""
            self._show()

    @on(Input.Submitted, "#lessons-find")
    def _entered(self) -> None:
        self.query_one(OptionList).action_select()

    def action_move(self, how: str) -> None:
        """The arrow keys go through the list while the search has the focus."""
        getattr(self.query_one(OptionList), f"action_{how}")()

    def action_clear(self) -> None:
        """Escape."""
        self.query_one(Input).value = ""

    def action_skills(self) -> None:
        """What the lessons have taught so far."""
        from lovhe.apps.tui.screens.skills import SkillsScreen

        if self.list.skills is None:
            self.lovhe.say(N_("How far you are is not known yet. Wait a moment."))
        else:
            self.lovhe.push_screen(SkillsScreen(self.list.skills))

    @on(OptionList.OptionHighlighted, "#lessons")
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self._at = event.option.id or ""
        self._show_about()

    @on(OptionList.OptionSelected, "#lessons")
    def _selected(self, event: OptionList.OptionSelected) -> None:
        chosen = event.option.id or ""
        if chosen.startswith(_GRADE):
            self.list.fold(int(chosen.removeprefix(_GRADE)))
            self._at = chosen
            self._show()
        elif chosen == _GO_ON and self.list.go_on is not None:
            lesson, step = self.list.go_on
            self.lovhe.open_lesson(lesson.id, step.id if step is not None else "")
        elif chosen.startswith(_LESSON):
            self.lovhe.open_lesson(chosen.removeprefix(_LESSON))

    # --- what is seen ---

    def _show(self) -> None:
        if not self.query("#lessons-broken"):
            return
        self._show_title()
        self._fill()
        self._show_about()
        broken = self.query_one("#lessons-broken", Static)
        sentences = self._told()
        broken.update("\n".join(harmless(t(sentence)) for sentence in sentences))
        broken.display = bool(sentences)

    def _told(self) -> list[Text]:
        """What went wrong, in a line or two."""
        if self.list.problem is not None:
            return [self.list.problem.what, self.list.problem.next_step]
        broken = self.list.shelf.broken if self.list.shelf is not None else []
        if not broken:
            return []
        n = len(broken)
        return [N_("{n} lesson cannot be read: {problem}", "{n} lessons cannot be read, the first: {problem}", n=n, problem=broken[0])]

    def _show_title(self) -> None:
        group = self.lovhe.desk.group
        names = (harmless(group.names) or t(key("Guest"))) if group is not None else ""
        points, total = self.list.points
        right = t(N_("{points} of {total} points in this grade", points=points, total=total)) if self.list.progress is not None else ""
        room = max(self.size.width - 2, 20)
        self.query_one("#lessons-title", Static).update(apart(f"{t(key('Lessons'))} | {names}", right, room))

    def _fill(self) -> None:
        options = self.query_one("#lessons", OptionList)
        rows = self._rows(max(self.size.width - 4, 40))
        ids = [option_id for option_id, _ in rows]
        at = self._at
        with self.prevent(OptionList.OptionHighlighted):
            options.clear_options()
            options.add_options(
                Option(prompt, id=option_id, disabled=not option_id) if option_id else Option(prompt, disabled=True)
                for option_id, prompt in rows
            )
            first = next((index for index, option_id in enumerate(ids) if option_id == _GO_ON or option_id.startswith(_LESSON)), 0)
            options.highlighted = (ids.index(at) if at in ids else first) if any(ids) else None
        if options.highlighted is not None and self.list.progress is not None:
            self._at = ids[options.highlighted]

    def _rows(self, width: int) -> list[tuple[str, str]]:
        """Ids and lines of the list; "" is the id of a line that nobody can choose."""
        if self.list.shelf is None:
            return [("", t(key("The lessons are being read …") if self.list.problem is None else key("There are no lessons to show.")))]
        rows = [(_GO_ON, self._go_on_line(width))] if self.list.go_on is not None and not self.list.typed.strip() else []
        for grade in self.list.grades:
            folded = self.list.is_folded(grade)
            rows.append((f"{_GRADE}{grade}", self._grade_line(grade, folded, width)))
            if not folded:
                rows += [(f"{_LESSON}{lesson.id}", self._lesson_line(lesson, width)) for lesson in self.list.of_grade(grade)]
        if not self.list.found:
            rows.append(("", t(key("No lesson has that in its title, goal or words. Escape clears the search."))))
        return rows

    def _go_on_line(self, width: int) -> str:
        assert self.list.go_on is not None
        lesson, step = self.list.go_on
        words = {"title": title_of(lesson, current_language().code)}
        if step is None:
            what = N_("Go on: {title}", **words) if self.list.has_begun else N_("Begin: {title}", **words)
        else:
            number = lesson.file.step.index(step) + 1
            kind = t(KIND_WORDS[step.kind])
            if self.list.has_begun:
                what = N_("Go on: {title}, step {number} ({kind})", number=number, kind=kind, **words)
            else:
                what = N_("Begin: {title}", **words)
        return shortened(f"{screen_glyphs().arrow} {t(what)}", width)

    def _grade_line(self, grade: int, folded: bool, width: int) -> str:
        checked, count = self.list.checked_of(grade)
        right = t(N_("{checked} of {n} lesson checked", "{checked} of {n} lessons checked", checked=checked, n=count))
        sign = "+" if folded else "-"
        return apart(f"[{sign}] {t(N_('Grade {grade}', grade=grade))}", right if self.list.progress is not None else "", width)

    def _lesson_line(self, lesson: Lesson, width: int) -> str:
        progress = self.list.progress_of(lesson)
        minutes = t(N_("{n} min", n=lesson.file.minutes))
        right = minutes
        sign = " "
        if progress is not None:
            sign = STATE_SIGNS[progress.state]
            points = t(N_("{points} of {total}", points=progress.points, total=progress.total))
            right = f"{t(STATE_WORDS[progress.state])}  {points:>8}  {minutes:>7}"
        return apart(f"  {sign} {harmless(title_of(lesson, current_language().code))}", right, width)

    def _show_about(self) -> None:
        self.query_one("#lessons-about", Static).update("\n".join(self._about()))

    def _about(self) -> list[str]:
        """What the lesson under the cursor is about: goal, what is needed, what it trains."""
        lesson = self._lesson_at()
        if lesson is None:
            return [t(key("Enter opens a lesson, and opens or folds a grade."))]
        from lovhe.apps.workspace.lesson_words import needs_of, trains

        room = max(self.size.width - 2, 20)
        goal = f"{t(key('Goal:'))} {harmless(goal_of(lesson, current_language().code))}"
        needs = f"{t(key('You need:'))} {harmless(needs_of(lesson))}"
        lines = [shortened(goal, 2 * room - 8), shortened(needs, 2 * room - 8)]
        left = _ABOUT_LINES - sum(1 if cell_len(line) <= room else 2 for line in lines)
        return [*lines, shortened(f"{t(key('You train:'))} {trains(lesson)}", room if left == 1 else 2 * room - 8)]

    def _lesson_at(self) -> Lesson | None:
        if self._at == _GO_ON and self.list.go_on is not None:
            return self.list.go_on[0]
        wanted = self._at.removeprefix(_LESSON)
        return next((lesson for lesson in (self.list.shelf.lessons if self.list.shelf else []) if lesson.id == wanted), None)
