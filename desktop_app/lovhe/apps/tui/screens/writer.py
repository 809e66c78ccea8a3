"""Lessons being written: how each stands, what is to be mended in it, and the way to the line. All of it is live."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.events import Resize
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from lovhe.apps.language import current_language, key, t
from lovhe.apps.tui.drawing import screen_glyphs
from lovhe.apps.tui.own_editors import go_to
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.panes.written_lines import Columns, mend_lines
from lovhe.apps.tui.screens.judging import JudgingScreen, updated
from lovhe.apps.tui.writer_commands import WriterCommands
from lovhe.apps.writing.mends import Mend, mends_of
from lovhe.apps.writing.watch import LessonWatch
from lovhe.apps.writing.written import WrittenLesson
from lovhe.core.messages import N_

_LOOK_S = 0.2


class WriterScreen(JudgingScreen):
    """The lessons of a folder above, what is known of the one under the cursor below. `leave` is where Escape leads."""

    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {WriterCommands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "app.next_language", key("Language"), id="writer.language", priority=True),
        Binding("f4", "preview", key("Preview"), id="writer.preview", priority=True),
        Binding("f5", "test", key("Tests"), id="writer.test", priority=True),
        Binding("shift+f5,f17", "stop", key("Stop"), id="writer.stop", priority=True),
        Binding("f6", "mutate", key("Mutation"), id="writer.mutate", priority=True),
        Binding("escape", "back", key("Back"), id="writer.back"),
    ]

    def __init__(self, folder: Path, leave: Callable[[], None]) -> None:
        super().__init__()
        self.watch_folder = LessonWatch(folder)
        self._leave = leave
        self._at = ""
        self._lines: list[tuple[str, str]] = []
        self._mends: list[Mend] = []
        self._mends_of: tuple[object, ...] = ()

    @property
    def folder(self) -> Path:
        """Where the lessons are."""
        return self.watch_folder.folder

    @property
    def lesson(self) -> WrittenLesson | None:
        """The lesson under the cursor."""
        return self.watch_folder.lessons.get(self._at)

    @property
    def keys_first(self) -> tuple[str, ...]:
        stop = ("writer.stop",) if self.job is not None else ()
        return ("app.help", "app.menu", *stop, "writer.preview", "writer.test", "writer.mutate", "writer.back", "writer.language")

    @property
    def keys_hidden(self) -> tuple[str, ...]:
        return () if self.job is not None else ("writer.stop",)

    def compose(self) -> ComposeResult:
        yield Static(id="writer-title", classes="title", markup=False)
        yield Static(id="written-head", classes="line", markup=False)
        yield OptionList(id="written", markup=False, compact=True)
        yield Static(id="writer-doing", classes="line", markup=False)
        yield Static(id="mends-head", classes="line", markup=False)
        yield OptionList(id="mends", markup=False, compact=True)
        yield KeyLine()

    @property
    def lessons(self) -> list[WrittenLesson]:
        """All of the folder."""
        return list(self.watch_folder.lessons.values())

    def on_mount(self) -> None:
        self.watch_folder.begin()
        self.set_interval(_LOOK_S, self._show)
        self._settle()

    def put_together(self) -> None:
        self._settle()

    def on_unmount(self) -> None:
        self.watch_folder.stop()

    def on_resize(self, event: Resize) -> None:
        self._show()

    def _settle(self) -> None:
        self._lines, self._mends_of = [], ()
        self._show()
        self.query_one("#written").focus()

    # --- what is done ---

    def action_preview(self) -> None:
        """F4."""
        from lovhe.apps.tui.screens.draft import DraftScreen

        if self.lesson is not None:
            self.lovhe.push_screen(DraftScreen(self.lesson))

    def action_folder(self) -> None:
        """Other lessons."""
        from lovhe.apps.tui.screens.writer_folder import FolderScreen

        self.lovhe.push_screen(FolderScreen(self.folder), self.show_folder)

    def show_folder(self, folder: Path | None) -> None:
        """The lessons of this folder from now on; None leaves it as it is."""
        if folder is None:
            return
        if self.job is not None:
            self.job.stop()
        self.watch_folder.stop()
        self.watch_folder = LessonWatch(folder)
        self.watch_folder.begin()
        self._at = ""
        self.lovhe.desk.lessons_folder = str(folder)
        self.lovhe.keep_desk()
        self._show()

    def action_back(self) -> None:
        """Escape; asked first where something is running."""
        from lovhe.apps.tui.screens.question import Question

        if self.job is None:
            self._leave()
        else:
            sentences = [N_("Programs are still being judged. What is not judged yet is not kept."), N_("Stop that, and go back?")]
            self.lovhe.push_screen(Question(sentences, self._leave, N_("Back")))

    @on(OptionList.OptionHighlighted, "#written")
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if (event.option.id or "") != self._at:
            self._at = event.option.id or ""
            self._show()

    @on(OptionList.OptionSelected, "#written")
    def _chosen(self) -> None:
        self.query_one("#mends").focus()

    @on(OptionList.OptionSelected, "#mends")
    def _go_to_file(self, event: OptionList.OptionSelected) -> None:
        lesson, mend = self.lesson, self._mends[event.option_index]
        if lesson is not None and mend.file:
            go_to(self.lovhe, lesson.place.folder / mend.file, mend.line)

    # --- what is seen ---

    def _show(self) -> None:
        """Asked for several times a second: only what has changed is drawn."""
        if self._rebuilding or not self.query("#mends"):
            return
        self.show_doing()
        self._show_title()
        self._show_lessons()
        self._show_mends()

    def _show_title(self) -> None:
        trouble = self.watch_folder.trouble
        told = t(N_("Lessons being written: {folder}", folder=str(self.folder)))
        if trouble is not None:
            told = f"! {t(trouble.what)} {t(trouble.next_step)}"
        elif self.watch_folder.looks and not self.watch_folder.lessons:
            told = t(N_("There are no lessons in {folder}. F2 leads to another folder.", folder=str(self.folder)))
        updated(self.query_one("#writer-title", Static), told)

    def _show_lessons(self) -> None:
        columns = Columns(max(self.size.width - 4, 40))
        updated(self.query_one("#written-head", Static), columns.head())
        options = self.query_one("#written", OptionList)
        lines = [(lesson.id, columns.line(lesson)) for lesson in self.watch_folder.lessons.values()]
        ids = [lesson_id for lesson_id, _ in lines]
        if ids != [lesson_id for lesson_id, _ in self._lines]:
            if self._at not in ids:
                self._at = ids[0] if ids else ""
            with self.prevent(OptionList.OptionHighlighted):
                options.clear_options()
                options.add_options(Option(line, id=lesson_id) for lesson_id, line in lines)
                options.highlighted = ids.index(self._at) if ids else None
        else:
            for index, (old, new) in enumerate(zip(self._lines, lines, strict=True)):
                if old != new:
                    options.replace_option_prompt_at_index(index, new[1])
        self._lines = lines

    def _show_mends(self) -> None:
        lesson = self.lesson
        known = (lesson, lesson.stamp, lesson.findings, lesson.tests, lesson.mutation) if lesson is not None else ()
        width = max(self.size.width - 5, 40)
        shown = (*known, current_language().code, width)
        if len(shown) == len(self._mends_of) and all(new is old for new, old in zip(shown, self._mends_of, strict=True)):
            return
        same = bool(self._mends_of) and self._mends_of[0] is lesson
        self._mends_of = shown
        told = N_("{lesson}: Enter goes to the line in your editor.", lesson=lesson.id) if lesson is not None else None
        updated(self.query_one("#mends-head", Static), t(told) if told is not None else "")
        options = self.query_one("#mends", OptionList)
        at = options.highlighted if same else None
        self._mends = mends_of(lesson, screen_glyphs().arrow) if lesson is not None else []
        options.clear_options()
        options.add_options(Option(mend_lines(mend, width)) for mend in self._mends)
        options.highlighted = min(at or 0, len(self._mends) - 1) if self._mends else None
