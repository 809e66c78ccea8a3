"""An attempt as it happened: its program, what it printed, plotted and did at the pins at any moment, and what each check saw."""

from __future__ import annotations

import datetime
import time
from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static, TabbedContent, TabPane

from lovhe.apps.language import key, t
from lovhe.apps.teaching.marks_tables import titled
from lovhe.apps.teaching.replay import Replay, read_attempt
from lovhe.apps.tui.fitted_text import apart
from lovhe.apps.tui.panes.checks import row_body, row_head
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.panes.pins import PinsView
from lovhe.apps.tui.panes.plot import PlotPane
from lovhe.apps.tui.steps.shown_program import numbered
from lovhe.apps.tui.teacher.base import TeacherScreen
from lovhe.apps.tui.teacher.progress import step_name
from lovhe.apps.tui.teacher.time_line import TimeLine
from lovhe.core.errors import LovheError
from lovhe.core.messages import N_, Text
from lovhe.core.pupils.pupil import Pupil
from lovhe.core.shown_text import harmless
from lovhe.core.work.comparing import side_by_side
from lovhe.services.ports import Mark

_PLAY_S = 0.1
_TABS = ("checks", "program", "difference", "output", "plot", "pins")


class ReplayScreen(TeacherScreen):
    """`marks` are all attempts of the pupil, the newest first; the one at place `at` is shown, F3 and F4 go to others."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "other(1)", key("Attempt before"), id="replay.older", priority=True),
        Binding("f4", "other(-1)", key("Next attempt"), id="replay.newer", priority=True),
        Binding("f5", "play", key("Play"), id="replay.play", priority=True),
        Binding("f6", "turn", key("Next page"), id="replay.turn", priority=True),
    ]

    def __init__(self, pupil: Pupil, marks: Sequence[Mark], at: int) -> None:
        super().__init__()
        self._pupil, self._marks, self._at = pupil, marks, at
        self._replay: Replay | None = None
        self._tab = _TABS[0]
        self._plays_from: tuple[float, int] | None = None

    @property
    def keys_first(self) -> tuple[str, ...]:
        return ("app.help", "replay.play", "replay.turn", "replay.older", "replay.newer", "teacher.back", "app.menu")

    def compose(self) -> ComposeResult:
        yield Static(id="replay-title", classes="title", markup=False)
        yield Static(id="replay-told", classes="line", markup=False)
        names = (key("Checks"), key("Program"), key("Difference"), key("Output"), key("Plot"), key("Pins"))
        with TabbedContent(initial=f"tab-{self._tab}", id="replay"):
            for tab, name in zip(_TABS, names, strict=True):
                with TabPane(t(name), id=f"tab-{tab}"):
                    yield from self._page(tab)
        yield TimeLine()
        yield KeyLine()

    def _page(self, tab: str) -> ComposeResult:
        if tab == "plot":
            yield PlotPane()
        elif tab == "pins":
            with VerticalScroll(id="replay-pins"):
                yield PinsView()
        elif tab == "difference":
            with VerticalScroll(id="beside"), Horizontal():
                yield Static(id="then", classes="column", markup=False)
                yield Static(id="now", classes="column", markup=False)
        else:
            with VerticalScroll(id=f"replay-{tab}", classes="replay-page"):
                yield Static(id=f"replayed-{tab}", markup=False)

    def on_mount(self) -> None:
        self.set_interval(_PLAY_S, self._go_on)
        self._read()
        self.query_one(TimeLine).focus()

    def put_together(self) -> None:
        self._show_all()
        self.query_one(TimeLine).focus()

    def on_resize(self) -> None:
        self._show_title()

    # --- reading, in a thread ---

    def _read(self) -> None:
        self._replay = self._plays_from = None
        self._show_title()
        self.run_worker(partial(self._find, self._marks[self._at].id), thread=True, exclusive=True, exit_on_error=False)

    def _find(self, attempt_id: str) -> None:
        try:
            replay = Replay(read_attempt(self._pupil, attempt_id, self._marks))
        except LovheError as problem:
            self.lovhe.call_from_thread(self.lovhe.tell_problem, problem)
            return
        self.lovhe.call_from_thread(self._found, replay)

    def _found(self, replay: Replay) -> None:
        if replay.shown.attempt.id == self._marks[self._at].id and self.is_attached:
            self._replay = replay
            self._show_all()

    # --- keys ---

    def action_other(self, by: int) -> None:
        """F3 and F4: the attempt before, and the one after it."""
        to = self._at + by
        if 0 <= to < len(self._marks):
            self._at = to
            self._read()
        else:
            self.lovhe.say(N_("That was the first attempt.") if by > 0 else N_("That was the newest attempt."))

    def action_play(self) -> None:
        """F5: from here on as fast as it was, or stop; at the end from the begin."""
        if self._plays_from is not None:
            self._plays_from = None
        elif self._replay is not None:
            if self._replay.t_ms >= self._replay.end_ms:
                self._go_to(0)
            self._plays_from = time.monotonic(), self._replay.t_ms

    def action_turn(self) -> None:
        """F6: the next page."""
        self.query_one("#replay", TabbedContent).active = f"tab-{_TABS[(_TABS.index(self._tab) + 1) % len(_TABS)]}"

    @on(TabbedContent.TabActivated, "#replay")
    def _turned(self, event: TabbedContent.TabActivated) -> None:
        self._tab = (event.pane.id or "").removeprefix("tab-")

    @on(TimeLine.Asked)
    def _asked(self, event: TimeLine.Asked) -> None:
        replay = self._replay
        if replay is None:
            return
        self._plays_from = None
        tenth = max(replay.end_ms // 10, 1)
        match event.where:
            case "before":
                self._go_to(replay.before_ms())
            case "next":
                self._go_to(replay.next_ms())
            case "back":
                self._go_to(replay.t_ms - tenth)
            case "on":
                self._go_to(replay.t_ms + tenth)
            case "begin":
                self._go_to(0)
            case "end":
                self._go_to(replay.end_ms)
            case _:
                self._go_to(event.t_ms)

    def _go_on(self) -> None:
        if self._plays_from is None or self._replay is None:
            return
        since_s, from_ms = self._plays_from
        self._go_to(from_ms + round((time.monotonic() - since_s) * 1000))
        if self._replay.t_ms >= self._replay.end_ms:
            self._plays_from = None

    def _go_to(self, t_ms: int) -> None:
        if self._replay is not None:
            self._replay.go_to(t_ms)
            self._show_moment(self._replay)

    # --- what is seen ---

    def _show_all(self) -> None:
        self._show_title()
        replay = self._replay
        if replay is None or self._rebuilding or not self.query("#replayed-output"):
            return
        shown = replay.shown
        self.query_one("#replayed-program", Static).update(numbered(harmless(shown.attempt.program), dark=self.app.current_theme.dark))
        rows = side_by_side(shown.before or "", shown.attempt.program)
        self.query_one("#then", Static).update("\n".join(f"{row.sign if row.sign != '+' else ' '} {harmless(row.old)}" for row in rows))
        self.query_one("#now", Static).update("\n".join(f"{row.sign if row.sign != '-' else ' '} {harmless(row.new)}" for row in rows))
        self.query_one("#replayed-checks", Static).update("\n".join(_check_lines(replay)))
        self._show_moment(replay)

    def _show_moment(self, replay: Replay) -> None:
        if self._rebuilding or not self.query("#replayed-output"):
            return
        self.query_one(TimeLine).show(replay.t_ms, replay.end_ms)
        self.query_one("#replayed-output", Static).update(replay.output.take_all())
        self.query_one("#replay-output", VerticalScroll).scroll_end(animate=False)
        self.query_one(PlotPane).show_state(replay.plot)
        self.query_one(PinsView).show(replay.pins.snapshot() if replay.pins is not None else None)

    def _show_title(self) -> None:
        if self._rebuilding or not self.query("#replay-told"):
            return
        mark = self._marks[self._at]
        lesson = self._replay.shown.lesson if self._replay is not None else None
        when = datetime.datetime.fromisoformat(mark.when_utc).astimezone()
        what = f"{titled(lesson) if lesson is not None else mark.lesson_id} | {step_name(lesson, mark.step)}"
        right = f"{when:%d.%m.%Y %H:%M}  {mark.points}/{mark.total}"
        self.query_one("#replay-title", Static).update(apart(harmless(what), right, max(self.size.width - 2, 20)))
        self.query_one("#replay-told", Static).update(" ".join(t(sentence) for sentence in self._told()))

    def _told(self) -> list[Text]:
        if self._replay is None:
            return [N_("One moment …")]
        shown = self._replay.shown
        told: list[Text] = [N_("Made by {who} with {board}.", who=harmless(shown.who), board=harmless(shown.attempt.board))]
        if shown.lesson is None:
            told.append(N_("The lesson is not there any more, so pins are not shown."))
        elif shown.before is None:
            told.append(N_("This was the first attempt at this step."))
        elif shown.before == shown.attempt.program:
            told.append(N_("Nothing was changed since the attempt before."))
        if shown.again is not None:
            told.append(
                N_("Today's checks would say: {outcome}, {points} points.", outcome=t(shown.again.outcome), points=shown.again.points)
            )
        return told


def _check_lines(replay: Replay) -> list[str]:
    state = replay.checks()
    if state is None:
        return [f"{check.id}: {t(check.outcome)}. {t(check.seen)}" for check in replay.shown.report.checks]
    lines = []
    for row in state.rows:
        body = row_body(row) or ([t(N_("Seen: {text}", text=row.report.seen))] if row.report is not None else [])
        lines += [row_head(row), *(f"   {line}" for line in body), ""]
    return lines
