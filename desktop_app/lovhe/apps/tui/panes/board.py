"""The board in use: which it is, its pins and parts, and on a virtual one its surroundings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Button, Static

from lovhe.apps.board_words import board_label, needs_flash, what_to_do
from lovhe.apps.language import key, t
from lovhe.apps.tui.drawing import screen_glyphs
from lovhe.apps.tui.panes.pins import PinsView
from lovhe.apps.tui.panes.slider import Turned, Turner
from lovhe.apps.tui.panes.surroundings import Surroundings
from lovhe.core.checks.evidence import Event
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.messages import N_, Text
from lovhe.services.ports import BoardInfo

if TYPE_CHECKING:
    from lovhe.apps.tui.app import LovheApp
    from lovhe.apps.workspace.board_follow import BoardFollow
    from lovhe.apps.workspace.pins_seen import PinsSeen

_LOOK_S = 0.125
_LOOKS_TO_REST = 8
"""After so many looks, one more try with a board that could not be looked at."""


class BoardPane(VerticalScroll):
    """Which board, what it does now, and what can be done with it. A virtual board is looked at only while the pane is seen."""

    def __init__(self, lesson: Lesson) -> None:
        super().__init__()
        self._lesson = lesson
        self._used: BoardInfo | None = None
        self._follow: BoardFollow | None = None
        self._pins_seen: PinsSeen | None = None
        self._looks = self._rest = 0
        self._news = False
        self._turner_wanted = False

    def compose(self) -> ComposeResult:
        with Horizontal(id="board-top"):
            yield Static(id="board-name", markup=False)
            yield Button(t(key("Start a virtual board")), id="board-start", compact=True, variant="primary")
            yield Button(t(key("Another board")), id="board-choose", compact=True)
            yield Button(t(key("Flash this board")), id="board-flash", compact=True)
        yield Static(id="board-what", markup=False)
        with Horizontal(id="board-world"):
            yield PinsView()
            yield Surroundings()

    def on_mount(self) -> None:
        self.board_is(self._lovhe.boards, self._lovhe.board)
        self.set_interval(_LOOK_S, self._look)

    def on_unmount(self) -> None:
        self._leave()

    @property
    def _lovhe(self) -> LovheApp:
        return cast("LovheApp", self.app)

    # --- which board ---

    def board_is(self, boards: Sequence[BoardInfo], used: BoardInfo | None) -> None:
        """Boards have come or gone, or another one is used."""
        if _id(used) != _id(self._used):
            self._leave()
            self._news = True
        self._used = used
        between = screen_glyphs().between
        name = between.join(board_label(used)) if used is not None else t(key("No board is in use."))
        self.query_one("#board-name", Static).update(name)
        self._tell()
        self.query_one("#board-start").display = used is None
        self.query_one("#board-choose").display = used is not None or bool(boards)
        self.query_one("#board-flash").display = used is not None and needs_flash(used)
        self.query_one("#board-world").display = used is not None

    def on_descendant_focus(self) -> None:
        """What Enter does is told where it does it."""
        self._tell()

    def on_descendant_blur(self) -> None:
        """And nowhere else."""
        self._tell()

    def _tell(self) -> None:
        what = self._what_to_do()
        self.query_one("#board-what", Static).update(t(what) if what is not None else "")
        self.query_one("#board-what").display = what is not None

    def _what_to_do(self) -> Text | None:
        if self._used is not None:
            return what_to_do(self._used)
        if self._lovhe.boards:
            return N_("Choose your board. A virtual board is one that this PC plays, with the parts of this lesson.")
        if self.query_one("#board-start").has_focus:
            return N_("Plug a board in, or press Enter: it starts a virtual one, which this PC plays, with the parts of this lesson.")
        return N_("Plug a board in, or start a virtual one: this PC plays it, with the parts of this lesson.")

    @on(Button.Pressed, "#board-start")
    def _start(self) -> None:
        self._lovhe.keeper.start_virtual(self._lesson)

    @on(Button.Pressed, "#board-choose")
    def _choose(self) -> None:
        self._lovhe.choose_board(self._lesson)

    @on(Button.Pressed, "#board-flash")
    def _flash(self) -> None:
        self._lovhe.keeper.ask_to_flash()

    def take_focus(self) -> None:
        """The first thing in here that something can be done with."""
        turner = next(iter(self.query(Turner)), None)
        button = next((button for button in self.query(Button) if button.display), None)
        first = turner or button
        self._turner_wanted = turner is None
        if first is not None:
            self.screen.set_focus(first)

    def _focus_turner(self) -> None:
        """What can be turned has come after somebody asked for it, and they have not gone on to something else."""
        turner = next(iter(self.query(Turner)), None)
        if turner is None or not self._turner_wanted:
            return
        self._turner_wanted = False
        if isinstance(self.screen.focused, Button) and self.has_focus_within:
            self.screen.set_focus(turner)

    # --- what it does ---

    def happened(self, events: Sequence[Event]) -> None:
        """What the running program has done: all that is known of a real board."""
        if self._used is None or self._used.virtual:
            return
        if self._pins_seen is None:
            self._pins_seen = self._new_pins_seen()
        self._pins_seen.happened(events)
        self._news = True

    def _new_pins_seen(self) -> PinsSeen:
        from lovhe.apps import wiring
        from lovhe.apps.workspace.pins_seen import PinsSeen

        kit, circuit = wiring.kit(), self._lesson.file.circuit
        return PinsSeen(kit.boards()[circuit.board], kit.parts(), circuit)

    def _look(self) -> None:
        if self._used is None or not self._is_seen():
            return
        if self._used.virtual:
            self._look_at_virtual(self._used)
        elif self._news:
            self._news = False
            if self._pins_seen is None:
                self._pins_seen = self._new_pins_seen()
            self.query_one(Surroundings).circuit_is(None, {})
            self.query_one(PinsView).show(self._pins_seen.snapshot())

    def _look_at_virtual(self, used: BoardInfo) -> None:
        from lovhe.apps import wiring
        from lovhe.apps.workspace.board_follow import BoardFollow

        if self._follow is not None and self._follow.problem is not None:
            self._rest += 1
            if self._rest % _LOOKS_TO_REST:
                return
            self._follow = None
        if self._follow is None:
            self._follow, self._looks = BoardFollow(used.name), 0
            self._follow.begin()
        follow = self._follow
        if follow.refused is not None:
            problem, follow.refused = follow.refused, None
            self._lovhe.tell_problem(problem)
        if follow.seen is not None and follow.looks != self._looks:
            self._looks = follow.looks
            surroundings = self.query_one(Surroundings)
            surroundings.circuit_is(follow.circuit, wiring.kit().parts())
            self._focus_turner()
            surroundings.are(follow.seen.get("surroundings", {}))
            self.query_one(PinsView).show(follow.seen)
        follow.look()

    @on(Turned)
    def _turned(self, event: Turned) -> None:
        event.stop()
        if self._follow is not None:
            self._follow.set(event.name, event.value)

    def _leave(self) -> None:
        if self._follow is not None:
            self._follow.end()
        self._follow = self._pins_seen = None

    def _is_seen(self) -> bool:
        return self.screen.is_current and all(node.display for node in self.ancestors_with_self if isinstance(node, Widget))


def _id(board: BoardInfo | None) -> tuple[str, str] | None:
    return None if board is None else (board.name, board.serial_port)
