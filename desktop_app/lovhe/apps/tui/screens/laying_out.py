"""How the workspace shares its room: on a narrow screen either the text or the work is seen, on a wide one both."""

from __future__ import annotations

import dataclasses

from textual import events, on
from textual.binding import ActiveBinding
from textual.widget import Widget
from textual.widgets import TabbedContent

from lovhe.apps.language import LANGUAGES, key, t
from lovhe.apps.tui.panes.instructions import PAGES, STEP, Instructions, PageRow
from lovhe.apps.tui.screens.keeping import KeepingScreen
from lovhe.apps.tui.steps.step_form import StepForm
from lovhe.core.messages import N_

WIDE = 110
"""Columns from which on text and work stand beside one another."""
HIGH = 36
"""Lines from which on the lower panel is open without being asked for."""


class LayingOut(KeepingScreen):
    """The part of the workspace that is about room. `page` is which page of the lesson the instructions show.

    `text_in_front` says which of the two is seen on a narrow screen, `below_open` whether the lower panel is.
    """

    page = STEP
    text_in_front = True
    below_open = True

    def on_mount(self) -> None:
        self.begin_layout()

    def put_together(self) -> None:
        """The keys go on to where they went, from the very next one on."""
        self.lay_out()
        self.focus_work()

    def on_resize(self, event: events.Resize) -> None:
        """Another size of the terminal."""
        if event.size.width:
            self.lay_out()

    @property
    def narrow(self) -> bool:
        """Whether only one of text and work has room."""
        return self.app.size.width < WIDE

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """See `LovheScreen`; on a narrow screen F9 is called after what it brings."""
        found = super().active_bindings
        if self.narrow and self.text_in_front and "f9" in found:
            work = dataclasses.replace(found["f9"].binding, description=t(key("My work")))
            found["f9"] = found["f9"]._replace(binding=work)
        return found

    @property
    def keys_first(self) -> tuple[str, ...]:
        """What is needed most."""
        goes = ("fold.text", "step.next", "step.back")
        return ("run", "stop", "check", "hint", "board.show", *goes, "app.menu", "app.help", "fold.below", "lessons")

    @property
    def keys_hidden(self) -> tuple[str, ...]:
        """While something runs, Run and Hint give their places to Stop and to the board, where this PC plays it."""
        if self.job is None:
            return ("stop", "board.show", *self._keys_for_nothing)
        board = self.lovhe.board
        return ("run", "hint") if board is not None and board.virtual else ("run", "board.show")

    @property
    def _keys_for_nothing(self) -> tuple[str, ...]:
        """Those that only say that there is nothing to run, to check or to do in this step."""
        if self.reads:
            return ("run", "check", "hint", "fold.text")
        return ("run",) if self.step is not None and self.step.kind == "wire" else ()

    def instructions(self) -> Instructions:
        """The pane for the text."""
        return Instructions(self.lesson, self.step, self.page, self.lovhe.desk.text_language, alone=self.narrow)

    def begin_layout(self) -> None:
        """A step is opened: one that nobody has begun shows its text first, and what was below is out of the way."""
        self.page = STEP
        self.text_in_front = self.reads or self.kept_text() == self.work.begin_of(self.step)
        self.below_open = "below" not in self.lovhe.desk.folded and self.app.size.height >= HIGH
        self.lay_out()
        self.focus_work()

    @property
    def reads(self) -> bool:
        """Whether there is nothing to do here but to read."""
        return self.step is not None and self.step.kind == "read"

    @property
    def text_shown(self) -> bool:
        """Whether the text can be seen."""
        if self.reads:
            return True
        return self.text_in_front if self.narrow else "text" not in self.lovhe.desk.folded

    @property
    def work_shown(self) -> bool:
        """Whether the work can be seen."""
        return not self.reads and not (self.narrow and self.text_in_front)

    def lay_out(self) -> None:
        """Show what is wanted in the room there is."""
        hidden = {"no-text": not self.text_shown, "no-form": not self.work_shown, "no-below": not self.below_open}
        self.update_classes({"narrow": self.narrow, **hidden})  # at once: each change alone would style the whole screen anew
        for form in self.query(StepForm):
            form.display = self.work_shown
        for pane in self.query(Instructions):
            pane.display = self.text_shown
            pane.turn_to(self.page, self.lovhe.desk.text_language, alone=self.narrow)
        self.refresh_bindings()

    def focus_work(self) -> None:
        """The keys go to where something is to be done."""
        if not self.is_current or not self.query(Instructions):
            return
        if self.work_shown:
            self.form.take_focus()
        else:
            self.query_one(Instructions).take_focus()

    def focus_if_lost(self) -> None:
        """What had the keys cannot be seen any more: they go to where something is to be done."""
        if self.focused is None or not all(node.display for node in self.focused.ancestors_with_self if isinstance(node, Widget)):
            self.focus_work()

    def show_work(self) -> None:
        """What is done is seen."""
        if self.narrow and self.text_in_front and not self.reads:
            self.text_in_front = False
            self.lay_out()
            self.focus_work()

    def show_below(self, tab: str) -> None:
        """Open the lower panel at a tab."""
        self.below_open = True
        self.lay_out()
        self.query_one("#below", TabbedContent).active = tab

    # --- keys ---

    def make_way(self, event: events.Key) -> None:
        """Who begins to type where nobody takes letters wants to work: the work comes before the letter does."""
        if self.focused is None:
            self.focus_work()
        types = event.is_printable and event.character != " "
        if types and not self.reads and not self._is_for_focused(event) and self.query(StepForm):
            self.show_work()
            self.focus_work()

    def _is_for_focused(self, event: events.Key) -> bool:
        """Whether a letter is for what has the keys: work, a place to type, or something that the letter is bound to."""
        place = self.focused
        if place is None:
            return False
        if place.check_consume_key(event.key, event.character) or event.key in self.active_bindings:
            return True
        return any(isinstance(node, StepForm) for node in place.ancestors_with_self)

    def action_fold(self, what: str) -> None:
        """Show or hide a panel; on a narrow screen text and work change places."""
        folded = self.lovhe.desk.folded
        if what == "below":
            self.below_open = not self.below_open
            self._remember("below", not self.below_open)
        elif self.reads:
            self.lovhe.say(N_("In this step there is something to read. F4 goes to the next step."))
        elif self.narrow:
            self.text_in_front = not self.text_in_front
        else:
            self._remember("text", "text" not in folded)
        self.lay_out()
        self.focus_work()
        self.call_after_refresh(self.focus_if_lost)

    def _remember(self, what: str, folded: bool) -> None:
        kept = self.lovhe.desk.folded
        if folded and what not in kept:
            kept.append(what)
        elif not folded and what in kept:
            kept.remove(what)
        self.lovhe.keep_desk()

    # --- what is read ---

    def action_text_language(self) -> None:
        """The text in the next language; the app keeps its own."""
        code = self.query_one(Instructions).code
        self._turn_to(language=LANGUAGES[(LANGUAGES.index(code) + 1) % len(LANGUAGES)])

    def action_show_task(self) -> None:
        """The step's page."""
        self._turn_to(STEP)

    def action_show_story(self) -> None:
        """The lesson's story."""
        self._turn_to("story")

    def action_show_words(self) -> None:
        """The words to know."""
        self._turn_to("words")

    def action_show_stretch(self) -> None:
        """What there is for those who are early."""
        self._turn_to("stretch")

    @on(PageRow.Chosen)
    def _page_chosen(self, event: PageRow.Chosen) -> None:
        if event.choice in PAGES:
            self._turn_to(event.choice)
        else:
            self._turn_to(language=event.choice)

    def _turn_to(self, page: str = "", language: str = "") -> None:
        self.page = page or self.page
        if language:
            self.lovhe.desk.text_language = language
            self.lovhe.keep_desk()
        if not self.text_shown:
            if self.narrow:
                self.text_in_front = True
            else:
                self._remember("text", False)
        self.lay_out()
        if self.narrow:
            self.focus_work()
