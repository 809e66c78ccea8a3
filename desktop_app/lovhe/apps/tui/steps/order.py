"""The form of a step in which lines are put in order, by keys and by the mouse."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from lovhe.apps.language import key, t
from lovhe.apps.tui.drawing import screen_glyphs
from lovhe.apps.tui.panes.program_colours import coloured_lines
from lovhe.apps.tui.steps.step_form import NOT_STARTED, StepForm
from lovhe.apps.workspace.line_order import LineOrder, order_text, read_order
from lovhe.core.checks.evidence import Event
from lovhe.core.lessons.answers import OrderTask, order_task, ordered_program, problem_where_lines_are_moved
from lovhe.core.messages import N_
from lovhe.core.messages import Text as Sentence

_FIXED, _LINE, _TRAY, _ROOM = "fixed", "line", "tray", "room"


class LineRows(Widget, can_focus=True):
    """The rows, numbered as the lines of the program that they make, since errors speak of those; what is out has no number.

    `Moved` is told after each change; `held` is whether the line that is pointed at moves with the arrows. `marked` is the number of the
    line in which something is wrong, 0 for none.
    """

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "go(-1)", key("Up"), show=False),
        Binding("down", "go(1)", key("Down"), show=False),
        Binding("shift+up", "shift(-1)", key("Move the line up"), id="order.up", show=False),
        Binding("shift+down", "shift(1)", key("Move the line down"), id="order.down", show=False),
        Binding("enter,space", "hold", key("Take the line, or let go of it"), id="order.hold", show=False),
        Binding("delete,backspace", "switch", key("Does not belong, or does"), id="order.out", show=False),
        Binding("home", "go(-1000)", key("The first line"), show=False),
        Binding("end", "go(1000)", key("The last line"), show=False),
    ]

    class Moved(Message):
        """The lines stand otherwise."""

        def __init__(self, order: LineOrder) -> None:
            super().__init__()
            self.order = order

    def __init__(self, task: OrderTask, order: LineOrder, *, spare: bool) -> None:
        super().__init__()
        self._mixed, self.order, self._spare = task, order, spare
        self._at, self.held = 0, False
        self._dragged = False
        self.marked = 0

    def _rows(self) -> list[tuple[str, int]]:
        """What stands where: the kind of row, and the number of the fixed line or the place of the line."""
        inside = len(self.order.inside)
        rows = [(_FIXED, number) for number in range(len(self._mixed.fixed))]
        rows += [(_LINE, place) for place in range(inside)] or [(_ROOM, 0)]
        if self._spare or self.order.out:
            rows.append((_TRAY, 0))
            rows += [(_LINE, place) for place in range(inside, len(self.order.rows))] or [(_ROOM, 1)]
        return rows

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """See `Widget`."""
        return len(self._rows())

    def render(self) -> Text:
        dark = self.app.current_theme.dark
        fixed, lines = (coloured_lines("\n".join(some), dark=dark) if some else [] for some in (self._mixed.fixed, self._mixed.lines))
        drawn = [self._row(kind, number, fixed, lines) for kind, number in self._rows()]
        return Text("\n", no_wrap=True, overflow="ignore").join(drawn)

    def _row(self, kind: str, number: int, fixed: list[Text], lines: list[Text]) -> Text:
        glyphs, width = screen_glyphs(), self.size.width
        if kind == _FIXED:
            muted = self.app.theme_variables["text-muted"]
            return Text(f"  {number + 1:>2}{self._side(number + 1)} {fixed[number].plain}", muted)
        if kind == _TRAY:
            return Text(f"{glyphs.line * 4} {t(key('Does not belong:'))} ".ljust(width, glyphs.line), style="bold")
        if kind == _ROOM:
            return Text(f"      {t(key('(no line)'))}", style="italic")
        line, here = self.order.rows[number], number == self._at
        mark = (glyphs.up if self.held else glyphs.arrow) if here and self.has_focus else " "
        mark += glyphs.down if here and self.held and self.has_focus else " "
        at = len(fixed) + number + 1
        row = Text.assemble(f"{mark}     " if self.order.is_out(number) else f"{mark}{at:>2}{self._side(at)} ", lines[line - 1])
        row.pad_right(max(width - row.cell_len, 0))
        if here and self.has_focus:
            row.stylize("bold reverse")
        return row

    def _side(self, line: int) -> str:
        return "!" if line == self.marked else screen_glyphs().side

    def mark(self, line: int) -> None:
        """Something is wrong in this line of the program; nowhere for 0."""
        self.marked = line
        self.refresh()

    # --- keys ---

    def action_go(self, by: int) -> None:
        """To another line; with the line, where it is held."""
        if self.held and abs(by) == 1:
            self.action_shift(by)
            return
        self._point(min(max(self._at + by, 0), len(self.order.rows) - 1))

    def action_shift(self, by: int) -> None:
        """Move the line."""
        if not self._spare and by > 0 and self._at == len(self.order.inside) - 1:
            return
        self._now(*self.order.shifted(self._at, by))

    def action_hold(self) -> None:
        """Take it, or let go of it."""
        self.held = not self.held
        self.refresh()

    def action_switch(self) -> None:
        """It does not belong, or does."""
        if self._spare or self.order.is_out(self._at):
            changed = self.order.switched(self._at)
            self._now(changed, min(self._at, len(changed.rows) - 1))

    def _now(self, order: LineOrder, at: int) -> None:
        changed, self.order = order != self.order, order
        self._point(at)
        if changed:
            self.marked = 0
            self.refresh(layout=True)
            self.post_message(self.Moved(order))

    def _point(self, at: int) -> None:
        self._at = at
        self.refresh()
        self.call_after_refresh(self._bring_into_view)

    def _bring_into_view(self) -> None:
        row, form = self._rows().index((_LINE, self._at)), self.parent
        if isinstance(form, StepForm):
            form.scroll_to_region(Region(0, self.virtual_region.y + row, 1, 1), animate=False)

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.held = False
        self.refresh()

    # --- the mouse ---

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take a line."""
        self.focus()
        rows = self._rows()
        if event.y < len(rows) and rows[event.y][0] == _LINE:
            self._point(rows[event.y][1])
            self.held = self._dragged = False
            self.capture_mouse()
        event.stop()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag it: it goes along at once."""
        if self.app.mouse_captured is not self:
            return
        event.stop()
        rows = self._rows()
        row = min(max(event.y, len(self._mixed.fixed)), len(rows) - 1)
        kind, number = rows[row]
        tray = next((index for index, (one, _) in enumerate(rows) if one == _TRAY), len(rows))
        if kind == _LINE and number == self._at:
            return
        out = row >= tray
        if kind == _TRAY:
            out, number = not self.order.is_out(self._at), len(self.order.inside)
        elif kind == _ROOM:
            number = len(self.order.rows) if out else 0
        elif number > self._at and out == self.order.is_out(self._at):
            number += 1
        self._dragged = True
        self._now(*self.order.dropped(self._at, number, out=out))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go."""
        self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """A double click puts a line out, or back."""
        event.stop()
        if event.chain == 2 and not self._dragged:
            self.action_switch()


class OrderForm(StepForm):
    """The lines that stay, those that are moved, and those that do not belong."""

    @property
    def mixed(self) -> OrderTask:
        """The lines."""
        assert self.step is not None
        return order_task(self.lesson, self.step)

    @property
    def order(self) -> LineOrder:
        """As it is now."""
        return read_order(self.text, len(self.mixed.lines))

    @property
    def program(self) -> str | None:
        """The program that the order makes; None as long as no line belongs."""
        assert self.step is not None
        inside = self.order.inside
        return ordered_program(self.lesson, self.step, inside) if inside else None

    def compose(self) -> ComposeResult:
        assert self.step is not None
        yield LineRows(self.mixed, self.order, spare=bool(self.step.distractors))
        yield Static(id="order-wrong", markup=False)
        keys = N_("Enter takes a line, the arrows move it, Enter lets go of it. Or Shift+arrows, or the mouse.")
        spare = N_("Delete puts a line out that does not belong, and back again.")
        yield Static(t(keys) + ("\n" + t(spare) if self.step.distractors else ""), id="order-help", markup=False)

    @property
    def why_nothing_runs(self) -> Sentence:
        """All lines were put out."""
        return N_("No line belongs to the program now. Delete puts a line back.")

    def look_over_now(self) -> bool:
        """What cannot be compiled is told here, where it can be mended, and not by the board."""
        return self._look_over(tell=True)

    def checked(self) -> None:
        """The line that a check speaks of is marked; the panel says what is wrong."""
        if self.is_attached and self.state is not None and self.state.phase == "over":
            self._look_over(tell=False)

    def happened(self, events: list[Event]) -> None:
        """A run that ended with an error marks its line."""
        for event in events:
            match event.kind, event.args:
                case "begin", _:
                    self._say(0)
                case "end", ["error", _, _, line, *_]:
                    self._say(int(line))

    def _look_over(self, *, tell: bool) -> bool:
        from lovhe.core.programs.program import syntax_problem

        problem = syntax_problem(self.program) if self.program is not None else None
        if problem is None:
            self._say(0)
            return False
        problem = problem_where_lines_are_moved(problem)
        sentences = [one for one in (NOT_STARTED, problem.what, problem.hint) if one is not None]
        self._say(problem.line, "! " + " ".join(t(sentence) for sentence in sentences) if tell else "")
        return True

    def _say(self, line: int, words: str = "") -> None:
        self.query_one(LineRows).mark(line)
        wrong = self.query_one("#order-wrong", Static)
        wrong.update(words)
        wrong.display = bool(words)

    @on(LineRows.Moved)
    def _moved(self, event: LineRows.Moved) -> None:
        event.stop()
        self._say(0)
        self.take(order_text(event.order))
