"""Boards while they are flashed: how far each is, what somebody has to do meanwhile, and in the end what is done and what is not."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import ClassVar

from rich.text import Text as Line
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from lovhe.apps.flash.endings import told_notes, told_troubles
from lovhe.apps.flash.view import flash_lines
from lovhe.apps.flash.watch_view import watch_lines
from lovhe.apps.language import key, t
from lovhe.apps.teaching.board_jobs import FlashJob, WatchBoards
from lovhe.apps.tui.drawing import screen_glyphs
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.screens.question import Question
from lovhe.apps.tui.teacher.base import TeacherScreen
from lovhe.core.messages import N_, Text

_LOOK_S = 0.2
_NOT_WHOLE = N_("Boards are being flashed. Those that are not done do not work until they are flashed again.")


class FlashScreen(TeacherScreen):
    """It begins with the screen. Escape asks whether to stop, and goes back once it is over. `learn` is told which board was where."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", key("Stop"), id="flash-boards.back")]

    def __init__(self, job: FlashJob, learn: Callable[[dict[str, str]], None]) -> None:
        super().__init__()
        self._flash, self._learn = job, learn
        self.job = job

    @property
    def at_stake(self) -> Text | None:
        return _NOT_WHOLE if self.job is not None and not self._waits_for_boards else None

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """See `LovheScreen`; Escape is called after what it does now."""
        found = super().active_bindings
        if self.job is None and "escape" in found:
            back = dataclasses.replace(found["escape"].binding, description=t(key("Back")))
            found["escape"] = found["escape"]._replace(binding=back)
        return found

    @property
    def keys_first(self) -> tuple[str, ...]:
        return ("app.help", "app.menu", "flash-boards.back", "group.switch")

    def compose(self) -> ComposeResult:
        name = key("One after another") if isinstance(self._flash, WatchBoards) else key("Flash boards")
        yield Static(t(name), classes="title", markup=False)
        yield Static(id="flash-drawn", markup=False)
        with VerticalScroll(id="flash-told"):
            yield Static(id="flash-ended", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self._flash.begin()
        self.set_interval(_LOOK_S, self._look)
        self._show()

    def put_together(self) -> None:
        self._show()
        if self.job is None:
            self.query_one("#flash-told").focus()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def action_back(self) -> None:
        """Escape."""
        if self.job is None:
            self.dismiss()
        elif self._waits_for_boards:
            self._flash.stop()
        elif not self._flash.stopped.is_set():
            stay = N_("Stop in good order? Boards that are not done stay unfinished, and can be finished later.")
            self.lovhe.push_screen(Question([_NOT_WHOLE, stay], self._flash.stop, N_("Stop")))

    @property
    def _waits_for_boards(self) -> bool:
        """Whether nothing is being written: each board that was plugged in is over."""
        return isinstance(self._flash, WatchBoards) and not self._flash.watch.running()

    def _look(self) -> None:
        if self.job is None:
            return
        if self._flash.over:
            self.job = None
            self._learn({one.board.serial_port: one.mac for one in self._flash.results if one.mac})
            self.lovhe.look_for_boards()
            self.refresh_bindings()
            self.call_after_refresh(self._end)
        self._show()

    def _end(self) -> None:
        """What came of it takes room from the drawing, and may be longer than its own."""
        self._show()
        for told in self.query("#flash-told"):
            told.focus()

    # --- what is seen ---

    def _show(self) -> None:
        if self._rebuilding or not self.query("#flash-ended"):
            return
        told = self._ended() if self.job is None else []
        self.query_one("#flash-told").display = bool(told)
        self.query_one("#flash-ended", Static).update("\n".join(told))
        drawn = self.query_one("#flash-drawn", Static)
        lines = self._lines(max(self.size.width - 2, 20), max(drawn.size.height, 1))
        drawn.display = bool(lines)
        drawn.update(Line("\n", no_wrap=True, overflow="crop").join(lines))
        self._ring()

    def _lines(self, width: int, height: int) -> list[Line]:
        if isinstance(self._flash, WatchBoards):
            return watch_lines(self._flash.watch, width, height, screen_glyphs()) if self.job is not None else []
        if self._flash.problem is not None or not self._flash.state.boards:
            return []
        return flash_lines(self._flash.state, width, height, screen_glyphs())

    def _ring(self) -> None:
        if isinstance(self._flash, WatchBoards) and self._flash.watch.bells > 0:
            self._flash.watch.bells -= 1
            self.app.bell()

    def _ended(self) -> list[str]:
        """What is done, what is not and what helps, what happened on the way."""
        results, told = self._flash.results, list[str]()
        if results:
            done, seconds = sum(result.ok for result in results), self._flash.state.clock() - self._flash.state.began_s
            sentence = N_(
                "{done} of {n} board done in {seconds:.0f} s.",
                "{done} of {n} boards done in {seconds:.0f} s.",
                done=done,
                n=len(results),
                seconds=seconds,
            )
            told.append(t(sentence) + (f" {t(N_('Each was read back.'))}" if done else ""))
        elif self._flash.problem is None:
            told.append(t(N_("No board was flashed.")))
        if self._flash.problem is not None:
            told += [t(self._flash.problem.what), t(self._flash.problem.next_step)]
        for labels, texts in told_troubles(results):
            told += ["", t(N_("Not done: {boards}", boards=labels)), *(f"  {t(text)}" for text in texts)]
        stopped = sum(result.outcome == "stopped" for result in results)
        if stopped:
            sentence = N_(
                "{n} board was stopped. If it was begun, “Finish” in the list of boards (F3) finishes it; else it is as it was.",
                "{n} boards were stopped. “Finish” in the list of boards (F3) finishes those that were begun; the others are as they were.",
                n=stopped,
            )
            told += ["", t(sentence)]
        told += [t(sentence) for sentence in self._flash.missing]
        if self._flash.missing:
            told.append(t(N_("Plug in what is missing, and press F3 in the list of boards again.")))
        notes = [t(N_("{board}: {note}", board=labels, note=texts[0])) for labels, texts in told_notes(results)]
        return [*told, "", *notes] if notes else told
