"""The door to the teacher's side: a passphrase, chosen the first time, and asked for each time."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center
from textual.widgets import Input, Static

from lovhe.apps.language import key, t
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.screens.base import LovheScreen
from lovhe.core.errors import InputError, LovheError
from lovhe.core.messages import N_, Text
from lovhe.core.passphrase import MOST_LETTERS, check_new

_COUNT_S = 0.25

Asking = Literal["", "show", "choose", "again"]
"""What is wanted now: nothing yet; the passphrase; a new one; the new one once more."""

_ASKED: dict[Asking, Text] = {
    "": N_("One moment …"),
    "show": N_("Type your passphrase, and press Enter."),
    "choose": N_("There is no passphrase on this computer yet. Choose one: two or three words that pupils would not guess."),
    "again": N_("Type the same passphrase once more."),
}
_ANOTHER = N_("Choose another passphrase: two or three words that pupils would not guess.")
_WHAT = N_("Here are progress, marks, class lists and boards. Pupils have no business here.")
_FORGOTTEN = N_("Have you forgotten it? F1 says what to do.")


class PassphraseScreen(LovheScreen):
    """`done` is called once it is known that it is the teacher; Escape leads back without. With `anew`, another one is chosen."""

    AUTO_FOCUS = "#passphrase"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", key("Back"), id="passphrase.back")]

    def __init__(self, done: Callable[[], None], *, anew: bool = False) -> None:
        super().__init__()
        self._done, self._anew = done, anew
        self._asking: Asking = ""
        self._note: Text | None = None
        self._first = ""
        self._wait_s = 0.0
        self._trying = False

    def compose(self) -> ComposeResult:
        yield Static(t(key("For teachers")), classes="title", markup=False)
        yield Static(id="passphrase-asked", markup=False)
        with Center():
            yield Input(password=True, id="passphrase", max_length=MOST_LETTERS)
        yield Static(id="passphrase-note", markup=False)
        yield Static(id="passphrase-what", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self.set_interval(_COUNT_S, self._count_down)
        self.run_worker(self._look, thread=True)
        self._show()

    def put_together(self) -> None:
        self._show()
        self.query_one(Input).focus()

    # --- what is known, in a thread: it reads the disk and computes a slow hash ---

    def _look(self) -> None:
        import datetime

        from lovhe.apps import wiring
        from lovhe.services.teacher_entry import is_chosen, must_wait_s

        try:
            with wiring.results() as store:
                door = store.teacher_door()
                asking: Asking = "show" if is_chosen(door) and not self._anew else "choose"
                wait_s = must_wait_s(door, datetime.datetime.now(datetime.UTC)) if asking == "show" else 0.0
        except LovheError as problem:
            self.lovhe.call_from_thread(self._failed, problem)
            return
        self.lovhe.call_from_thread(self._begin, asking, wait_s)

    def _begin(self, asking: Asking, wait_s: float) -> None:
        self._asking, self._wait_s = asking, wait_s
        self._show()

    def _try(self, typed: str, choosing: bool) -> None:
        import datetime

        from lovhe.apps import wiring
        from lovhe.apps.teaching.wiring import passphrase_hashing
        from lovhe.services.signing_in import Tried
        from lovhe.services.teacher_entry import choose_passphrase, show_passphrase

        try:
            with wiring.results() as store:
                if choosing:
                    choose_passphrase(store.teacher_door(), passphrase_hashing(), typed)
                    tried = Tried(True)
                else:
                    tried = show_passphrase(store.teacher_door(), passphrase_hashing(), typed, datetime.datetime.now(datetime.UTC))
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
            self._done()
            return
        self._note, self._wait_s = N_("That was not right. Try again."), wait_s
        self._show()

    def _failed(self, problem: LovheError) -> None:
        self._trying = False
        if self.is_current:
            self.dismiss()
            self.lovhe.tell_problem(problem)

    # --- what is typed ---

    @on(Input.Submitted, "#passphrase")
    def _entered(self, event: Input.Submitted) -> None:
        typed = event.value
        event.input.value = ""
        if not typed or self._trying or self._wait_s > 0 or not self._asking:
            return
        self._note = None
        if self._asking == "choose":
            self._take_first(typed)
        elif self._asking == "again" and typed != self._first:
            self._asking, self._first, self._note = "choose", "", N_("These were not the same. Choose one anew.")
        else:
            self._trying = True
            self.run_worker(partial(self._try, typed, self._asking == "again"), thread=True)
        self._show()

    def _take_first(self, typed: str) -> None:
        try:
            check_new(typed)
        except InputError as problem:
            self._note = N_("{what} {next}", what=problem.what, next=problem.next_step)
        else:
            self._asking, self._first = "again", typed

    def action_back(self) -> None:
        """Without having shown it."""
        self.dismiss()

    # --- what is seen ---

    def _count_down(self) -> None:
        if self._wait_s > 0:
            self._wait_s = max(0.0, self._wait_s - _COUNT_S)
            self._show()

    def _show(self) -> None:
        if not self.query("#passphrase-what"):
            return
        asking = "" if self._trying else self._asking
        self.query_one("#passphrase-asked", Static).update(t(_ANOTHER if self._anew and asking == "choose" else _ASKED[asking]))
        what = [_WHAT, _FORGOTTEN] if self._asking == "show" else [_WHAT]
        self.query_one("#passphrase-what", Static).update("\n".join(t(sentence) for sentence in what))
        told = self._told()
        self.query_one("#passphrase-note", Static).update(t(told) if told is not None else "")

    def _told(self) -> Text | None:
        if self._wait_s > 0:
            seconds = math.ceil(self._wait_s)
            return N_("That was not right. Wait {n} second.", "That was not right. Wait {n} seconds.", n=seconds)
        return None if self._trying else self._note
