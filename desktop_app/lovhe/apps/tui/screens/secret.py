"""A pupil shows that it is they, with four digits or three pictures, or chooses them the first time. What is chosen is not shown."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import ClassVar, Literal

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Grid, Horizontal
from textual.message import Message
from textual.widgets import Button, Static

from lovhe.apps.language import key, t
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.picture_drawings import WIDTH, drawing_of
from lovhe.apps.tui.screens.base import LovheScreen
from lovhe.apps.workspace.secret_entry import Asking, SecretEntry
from lovhe.core.errors import LovheError
from lovhe.core.messages import N_, Text
from lovhe.core.pupils.pupil import Pupil
from lovhe.core.pupils.secrets import PICTURES
from lovhe.core.shown_text import harmless

_ASKED: dict[tuple[str, Asking], Text] = {
    ("pin", "show"): N_("Type your four digits."),
    ("pin", "choose"): N_("Choose four digits that only you know. You will need them each time."),
    ("pin", "again"): N_("Type the same four digits once more."),
    ("pin", "differed"): N_("These were not the same. Choose four digits anew."),
    ("pictures", "show"): N_("Choose your three pictures in their order."),
    ("pictures", "choose"): N_("Choose three pictures and remember them and their order. You will need them each time."),
    ("pictures", "again"): N_("Choose the same three pictures once more."),
    ("pictures", "differed"): N_("These were not the same. Choose three pictures anew."),
}
_COUNT_S = 0.25
_COLUMNS = {"pin": 3, "pictures": 6}
_DELETE = "delete"


class Tile(Static, can_focus=True):
    """A picture with its word, or a digit, that can be chosen by mouse or by Enter."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "choose", key("Choose"), id="secret.choose", show=False)]

    class Chosen(Message):
        """This one."""

        def __init__(self, part: str) -> None:
            super().__init__()
            self.part = part

    def __init__(self, part: str, shown: str) -> None:
        super().__init__(shown, markup=False, classes="tile")
        self._part = part

    def action_choose(self) -> None:
        """Enter."""
        self.post_message(self.Chosen(self._part))

    def on_click(self) -> None:
        """The mouse."""
        self.action_choose()


class SecretScreen(LovheScreen):
    """`done` is called once it is known that it is the pupil; Escape leads back without."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", key("Back"), id="secret.back"),
        Binding("backspace,delete", "take_back", key("Delete the last"), id="secret.delete", show=False),
        Binding("left", "move(-1, 0)", show=False),
        Binding("right", "move(1, 0)", show=False),
        Binding("up", "move(0, -1)", show=False),
        Binding("down", "move(0, 1)", show=False),
    ]

    def __init__(self, pupil: Pupil, kind: Literal["pin", "pictures"], done: Callable[[Pupil], None]) -> None:
        super().__init__()
        self._pupil, self._kind, self._done = pupil, kind, done
        self._entry: SecretEntry | None = None
        self._wait_s = 0.0
        self._trying = self._was_wrong = False

    def compose(self) -> ComposeResult:
        who = harmless(f"{self._pupil.class_name}  {self._pupil.number}  {self._pupil.first_name}")
        yield Static(who, classes="title", markup=False)
        yield Static(id="secret-asked", markup=False)
        yield Static(id="secret-count", markup=False)
        with Center(), Grid(id="secret-tiles", classes=self._kind):
            if self._kind == "pin":
                yield from (Tile(digit, digit.center(5)) for digit in "123456789")
                yield Tile("0", "0".center(5))
            else:
                yield from (Tile(one.id, f"{drawing_of(one.id)}\n{t(one.name).center(WIDTH)}") for one in PICTURES)
        with Center(), Horizontal(id="secret-buttons"):
            yield Button(t(key("Delete the last")), id=_DELETE, compact=True)
            yield Button(t(key("Back")), id="back", compact=True)
        yield Static(t(key("Forgotten? Your teacher can let you choose anew.")), id="secret-forgotten", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self.set_interval(_COUNT_S, self._count_down)
        self.run_worker(self._look, thread=True)
        self._show()
        self._settle()

    def put_together(self) -> None:
        self._show()
        self._settle()

    def _settle(self) -> None:
        for tile in list(self.query(Tile))[:1]:
            tile.focus()

    # --- what is known of the pupil: in a thread, since it reads the disk and computes a slow hash ---

    def _look(self) -> None:
        import datetime

        from lovhe.apps.workspace.wiring import roster
        from lovhe.services.signing_in import has_secret, must_wait_s

        try:
            with roster() as pupils:
                known = has_secret(pupils, self._pupil.id)
                wait_s = must_wait_s(pupils, self._pupil.id, datetime.datetime.now(datetime.UTC))
        except LovheError as problem:
            self.lovhe.call_from_thread(self._failed, problem)
            return
        self.lovhe.call_from_thread(self._begin, known, wait_s)

    def _begin(self, known: bool, wait_s: float) -> None:
        self._entry = SecretEntry(self._kind, choosing=not known)
        self._wait_s = wait_s
        self._show()

    def _try(self, secret: str, choosing: bool) -> None:
        import datetime

        from lovhe.apps.workspace.wiring import roster
        from lovhe.services.signing_in import Tried, choose_secret, show_secret

        try:
            with roster() as pupils:
                if choosing:
                    choose_secret(pupils, self._pupil.id, secret)
                    tried = Tried(True)
                else:
                    tried = show_secret(pupils, self._pupil.id, secret, datetime.datetime.now(datetime.UTC))
        except LovheError as problem:
            self.lovhe.call_from_thread(self._failed, problem)
            return
        self.lovhe.call_from_thread(self._tried, tried.right, tried.wait_s)

    def _tried(self, right: bool, wait_s: float) -> None:
        self._trying = False
        if not self.is_current:
            return
        if right:
            self.dismiss()
            self._done(self._pupil)
            return
        self._was_wrong, self._wait_s = True, wait_s
        self._show()

    def _failed(self, problem: LovheError) -> None:
        self._trying = False
        if self.is_current:
            self.dismiss()
            self.lovhe.tell_problem(problem)

    # --- what is chosen ---

    @on(Tile.Chosen)
    def _chosen(self, event: Tile.Chosen) -> None:
        entry = self._entry
        if entry is None or self._trying or self._wait_s > 0:
            return
        self._was_wrong = False
        secret = entry.add(event.part)
        if entry.count == 0:  # where the last one was chosen is nobody's business
            self._settle()
        if secret is not None:
            self._trying = True
            self.run_worker(partial(self._try, secret, entry.choosing), thread=True)
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Digits are typed, wherever the focus is."""
        if self._kind == "pin" and event.character is not None and event.character in "0123456789":
            event.stop()
            self.post_message(Tile.Chosen(event.character))

    def action_take_back(self) -> None:
        """The last one was a slip."""
        if self._entry is not None:
            self._entry.take_back()
            self._show()

    def action_move(self, right: int, down: int) -> None:
        """The arrow keys go from tile to tile."""
        tiles = list(self.query(Tile))
        at = tiles.index(self.focused) if isinstance(self.focused, Tile) else 0
        columns = _COLUMNS[self._kind]
        to = at + right + down * columns
        if 0 <= to < len(tiles) and (down or to // columns == at // columns):
            tiles[to].focus()

    def action_back(self) -> None:
        """Without having shown it."""
        self.dismiss()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The mouse's way to Backspace and Escape."""
        event.stop()
        if event.button.id == _DELETE:
            self.action_take_back()
        else:
            self.action_back()

    # --- what is seen ---

    def _count_down(self) -> None:
        if self._wait_s > 0:
            self._wait_s = max(0.0, self._wait_s - _COUNT_S)
            self._show()

    def _show(self) -> None:
        if not self.query("#secret-forgotten"):  # it is being put together anew, or taken down
            return
        entry = self._entry
        if entry is None or self._trying:
            asked: Text = N_("One moment …")
        elif self._wait_s > 0:
            seconds = math.ceil(self._wait_s)
            asked = N_("That was not right. Wait {n} second.", "That was not right. Wait {n} seconds.", n=seconds)
        elif self._was_wrong:
            asked = N_("That was not right. Try again.")
        else:
            asked = _ASKED[self._kind, entry.asking]
        self.query_one("#secret-asked", Static).update(t(asked))
        count, length = (entry.count, entry.length) if entry is not None else (0, 0)
        self.query_one("#secret-count", Static).update("  ".join("●" * count + "○" * (length - count)))
