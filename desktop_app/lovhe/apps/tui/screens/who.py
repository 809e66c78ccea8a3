"""Who is here: a class, then one to three pupils, or a guest."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from lovhe.apps.language import key, t
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.screens.base import LIST_KEYS, LovheScreen
from lovhe.apps.tui.screens.secret import SecretScreen
from lovhe.apps.tui.teacher.places import WayToTeaching, knock
from lovhe.apps.tui.writer_commands import WayToWriting
from lovhe.apps.workspace.signing_in import SigningIn
from lovhe.core.errors import LovheError
from lovhe.core.messages import N_, Text
from lovhe.core.pupils.group import Group
from lovhe.core.pupils.pupil import Pupil, SchoolClass, Shift
from lovhe.core.pupils.shifts import shift_at
from lovhe.core.shown_text import harmless

_MOST_TYPED = 40
_LOOK_S = 20.0


class WhoScreen(LovheScreen):
    """The first screen, and the one after each switch. Letters search and Enter chooses; the mouse does all of it, too."""

    AUTO_FOCUS = ""
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {WayToTeaching, WayToWriting}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "app.next_language", "az·ru·en", id="who.language", priority=True),
        Binding("f4", "teach", key("For teachers"), id="who.teach", priority=True),
        Binding("escape", "clear", key("Clear the search"), id="who.clear", show=False),
        *LIST_KEYS,
    ]

    def __init__(self) -> None:
        super().__init__()
        self.signing: SigningIn | None = None
        self._problem: LovheError | None = None
        self._note: Text | None = None
        self._moved = False
        self._early = ""
        self._second_shift = ""

    @property
    def rebuilding(self) -> bool:
        """See `LovheScreen`; a name that is typed, and Enter after it, waits for the names."""
        return super().rebuilding or self.signing is None

    def compose(self) -> ComposeResult:
        yield Static(t(key("Who is here?")), classes="title", markup=False)
        with Horizontal(id="who"):
            if self.signing is not None and self.signing.classes:
                yield from self._lists(self.signing)
            else:
                yield Static(id="who-none", markup=False)
            with Vertical(id="who-group"):
                yield Static(t(key("You are:")), id="who-are", markup=False)
                yield OptionList(id="chosen", markup=False, compact=True)
                yield Static(id="who-note", markup=False)
                yield Button(t(key("Start")), id="start", variant="primary", disabled=True)
                yield Button(t(key("A guest") if self._may_choose else key("Begin as a guest")), id="guest")
        yield KeyLine()

    @property
    def _may_choose(self) -> bool:
        """Whether there are names to choose from, or may be."""
        return self._problem is None and (self.signing is None or bool(self.signing.classes))

    def _lists(self, signing: SigningIn) -> ComposeResult:
        if len(signing.classes) > 1:
            with Vertical(id="who-classes"):
                yield Static(t(key("Class")), markup=False)
                yield OptionList(
                    *(Option(harmless(one.name), id=one.name) for one in signing.classes), id="classes", markup=False, compact=True
                )
        with Vertical(id="who-pupils"):
            find = t(key("Your name or number"))
            yield Input(signing.typed, placeholder=find, id="find", compact=True, max_length=_MOST_TYPED, select_on_focus=False)
            yield OptionList(id="pupils", markup=False, compact=True)

    def on_mount(self) -> None:
        self._show()
        self._settle()
        self.run_worker(self._load, thread=True)
        self.set_interval(_LOOK_S, self._look_at_clock)

    def put_together(self) -> None:
        self._show()
        self._settle()

    def on_key(self, event: events.Key) -> None:
        """What is typed before there is a place for it is searched for as soon as the classes are there."""
        if self.focused is not None or not event.is_printable or event.character is None:
            return
        if self.signing is None:
            self._early = (self._early + event.character)[:_MOST_TYPED]
            return
        self.signing.typed = (self.signing.typed + event.character)[:_MOST_TYPED]
        for find in self.query("#find").results(Input):
            find.value = self.signing.typed
            self._show()

    # --- the classes, read in a thread ---

    def _load(self) -> None:
        from lovhe.apps import wiring
        from lovhe.apps.teaching.wiring import all_work
        from lovhe.apps.workspace.drafts import go_on_putting_back

        classes: list[SchoolClass] = []
        second_shift = ""
        problem: LovheError | None = None
        try:
            with wiring.results() as store:
                classes, second_shift = store.roster().classes(), store.roster().second_shift()
                go_on_putting_back(store.drafts(), all_work())
        except LovheError as found:
            problem = found
        self.lovhe.call_from_thread(self._loaded, classes, second_shift, problem)

    def _loaded(self, classes: list[SchoolClass], second_shift: str, problem: LovheError | None) -> None:
        if not self.is_attached:
            return
        self._second_shift, self._problem = second_shift, problem
        self.signing = SigningIn(classes, self.lovhe.desk.class_name, self._shift_now())
        self.signing.typed = self._early
        self.refresh(recompose=True)

    def _shift_now(self) -> Shift:
        """Of no shift where the classes cannot be read."""
        return shift_at(f"{datetime.datetime.now().astimezone():%H:%M}", self._second_shift) if self._second_shift else 0

    def _look_at_clock(self) -> None:
        """The other shift begins while nobody has begun to say who they are."""
        signing = self.signing
        if signing is not None and not signing.chosen and not signing.typed and self._shift_now() != signing.shift:
            self.run_worker(self._load, thread=True)

    # --- choosing ---

    @on(OptionList.OptionSelected, "#classes")
    def _class_chosen(self, event: OptionList.OptionSelected) -> None:
        if self.signing is not None:
            self.signing.use_class(event.option.id or "")
            self._note = None
            self._search_anew()

    @on(Input.Changed, "#find")
    def _typed(self, event: Input.Changed) -> None:
        if self.signing is not None and event.value != self.signing.typed:
            self.signing.typed, self._note, self._moved = event.value, None, False
            self._show()

    @on(Input.Submitted, "#find")
    def _entered(self) -> None:
        signing = self.signing
        if signing is None:
            return
        if not signing.typed.strip() and signing.chosen and not self._moved:
            self._start()
            return
        pupil = self._meant()
        if pupil is not None:
            self._choose(pupil)

    def _meant(self) -> Pupil | None:
        """Whom Enter would choose in the search."""
        found = self.signing.found if self.signing is not None else []
        at = next((pupils.highlighted for pupils in self.query("#pupils").results(OptionList)), None)
        searches = self._moved or (self.signing is not None and self.signing.typed.strip())
        return found[at] if searches and at is not None and at < len(found) else None

    @on(OptionList.OptionSelected, "#pupils")
    def _pressed(self, event: OptionList.OptionSelected) -> None:
        if self.signing is not None:
            self._choose(next(pupil for pupil in self.signing.found if pupil.id == event.option.id))

    @on(OptionList.OptionSelected, "#chosen")
    def _taken_off(self, event: OptionList.OptionSelected) -> None:
        if self.signing is not None:
            self._choose(next(pupil for pupil in self.signing.chosen if pupil.id == event.option.id))

    def _choose(self, pupil: Pupil) -> None:
        assert self.signing is not None
        if self.signing.asks_for(pupil):
            self.action_clear()  # who comes back without having shown it searches anew
            self.lovhe.push_screen(SecretScreen(pupil, self.signing.kind_for(pupil), self._chosen))
        else:
            self._chosen(pupil)

    def _chosen(self, pupil: Pupil) -> None:
        assert self.signing is not None
        full = self.signing.name(pupil) == "full"
        self._note = N_("You are three already. Press one of your names to take it off.") if full else None
        self._search_anew()

    def _search_anew(self) -> None:
        self._moved = False
        for find in self.query("#find").results(Input):
            find.value = ""
        self._show()
        self._settle()

    def action_clear(self) -> None:
        """Escape."""
        if self.signing is not None and self.signing.classes:
            self.signing.typed, self._note = "", None
            self._search_anew()

    def action_move(self, how: str) -> None:
        """The arrow keys go through the list while the search has the focus."""
        for pupils in self.query("#pupils").results(OptionList):
            self._moved = True
            getattr(pupils, f"action_{how}")()
            self._tell()

    # --- off they go ---

    def action_teach(self) -> None:
        """F4: the teacher's side, behind a passphrase."""
        knock(self.lovhe)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """A guest needs no name."""
        if event.button.id == "start":
            self._start()
        elif event.button.id == "guest":
            import uuid_utils

            self.lovhe.sit_down(Group(guest=str(uuid_utils.uuid7())))

    def _start(self) -> None:
        if self.signing is not None and self.signing.chosen:
            self.lovhe.sit_down(self.signing.group(), self.signing.guarded)

    # --- what is seen ---

    def _settle(self) -> None:
        """Put the focus where the next key is most likely meant."""
        if not self._is_put_together():
            return
        signing = self.signing
        if signing is None:  # an Enter that was meant for a name makes nobody a guest
            self.set_focus(None)
            return
        if not signing.classes:
            where = "#guest"
        elif signing.full:
            where = "#start"
        else:
            where = "#find" if signing.school_class is not None else "#classes"
        self.query_one(where).focus()

    def _is_put_together(self) -> bool:
        """Whether the widgets are there that show what is known; not while they are being made anew, or taken down."""
        classes = self.signing is not None and bool(self.signing.classes)
        return bool(self.query("#guest")) and bool(self.query("#pupils")) == classes

    def _show(self) -> None:
        if not self._is_put_together():
            return
        signing = self.signing
        self.set_class(not self._may_choose, "nobody")
        for nobody in self.query("#who-none").results(Static):
            nobody.update("\n\n".join(t(sentence) for sentence in _why_nobody(signing, self._problem)))
        if signing is not None and signing.classes:
            self._show_pupils(signing)
        chosen = self.query_one("#chosen", OptionList)
        chosen.clear_options()
        for pupil in signing.chosen if signing is not None else []:
            chosen.add_option(Option(_shown(pupil, ""), id=pupil.id))
        chosen.disabled = not chosen.option_count
        self.query_one("#start", Button).disabled = signing is None or not signing.chosen
        self._tell()

    def _tell(self) -> None:
        self.query_one("#who-note", Static).update(t(self._note or self._what_next()))

    def _show_pupils(self, signing: SigningIn) -> None:
        pupils = self.query_one("#pupils", OptionList)
        pupils.clear_options()
        pupils.add_options(Option(_shown(one, "● " if one in signing.chosen else "  "), id=one.id) for one in signing.found)
        pupils.highlighted = 0 if signing.found else None
        for classes in self.query("#classes").results(OptionList):
            at = signing.classes.index(signing.school_class) if signing.school_class is not None else 0
            classes.highlighted = at

    def _what_next(self) -> Text:
        signing = self.signing
        if not self._may_choose:
            return N_("Enter is enough. What a guest types is removed when the guest leaves.")
        if signing is None:
            return N_("A guest's work is removed when the guest leaves.")
        if signing.school_class is None:
            return N_("Choose your class first.")
        if not signing.found:
            return N_("Nobody in this class is called that.")
        meant = self._meant()
        if meant is not None:
            return N_("Enter chooses {name}.", name=meant.first_name)
        if signing.full:
            return N_("Three is the most. Press Enter to begin.")
        if signing.chosen:
            return N_("Add another one of you. Or press Enter once more to begin.")
        return N_("Type the beginning of your name, or your number, and press Enter. Up to three of you.")


def _why_nobody(signing: SigningIn | None, problem: LovheError | None) -> list[Text]:
    """What stands where the names would be."""
    if problem is not None:
        return [N_("The classes cannot be read."), problem.what, problem.next_step]
    if signing is None:
        return [N_("Looking for the classes …")]
    return [
        N_("Press Enter to begin: you work as a guest, without a name."),
        N_("For your teacher: there is no class on this computer yet. “For teachers” leads to “Class lists”, where you add one."),
    ]


def _shown(pupil: Pupil, mark: str) -> str:
    return harmless(f"{mark}{pupil.number:>2}  {pupil.first_name}")
