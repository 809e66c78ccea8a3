"""What this computer keeps of a pupil: given out as one file, or erased; and whether what was changed by hand is as it was written."""

from __future__ import annotations

import datetime
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Static

from lovhe.apps.language import key, t
from lovhe.apps.teaching import class_progress
from lovhe.apps.teaching.audit_state import FAULT_WORDS, AuditState
from lovhe.apps.teaching.pupil_data import ClassData, KeptOf, all_classes, erase_for_good, give_out, read_class_data, would_go
from lovhe.apps.tui.fitted_text import shortened
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.screens.question import Letter, Question
from lovhe.apps.tui.teacher.choice import FolderChoice, ListChoice
from lovhe.apps.tui.teacher.class_screen import ANOTHER_CLASS, NUMBER, ClassScreen
from lovhe.apps.tui.teacher.kept_time import ask_how_long
from lovhe.apps.tui.teacher.tables import refill
from lovhe.core.messages import N_, Text
from lovhe.core.pupils.pupil import Pupil, SchoolClass
from lovhe.core.shown_text import harmless
from lovhe.services.ports.pupils import Erased

_NAME = 30
_MOST_FAULTS = 100


class PupilDataScreen(ClassScreen[ClassData]):
    """A row a pupil; Enter asks what to do with their data."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "another_class", ANOTHER_CLASS, id="pupil-data.class", priority=True),
        Binding("f4", "show_audit", key("Changes by hand"), id="pupil-data.audit", priority=True),
        Binding("f5", "give_out", key("Give out"), id="pupil-data.give-out", priority=True),
        Binding("f6", "ask_how_long", key("How long"), id="pupil-data.how-long", priority=True),
        Binding("f8", "erase", key("Erase"), id="pupil-data.erase", priority=True),
    ]

    @property
    def keys_first(self) -> tuple[str, ...]:
        own = ("pupil-data.class", "pupil-data.give-out", "pupil-data.erase", "teacher.back", "pupil-data.how-long", "pupil-data.audit")
        return ("app.help", "app.menu", *own)

    def compose(self) -> ComposeResult:
        yield Static(id="pupil-data-title", classes="title", markup=False)
        yield Static(id="pupil-data-told", classes="line", markup=False)
        yield DataTable(id="pupil-data", cursor_type="row", zebra_stripes=True)
        yield KeyLine()

    def on_mount(self) -> None:
        self.show()

    def put_together(self) -> None:
        self.show()
        self.query_one("#pupil-data").focus()

    def on_screen_resume(self) -> None:
        """What has changed meanwhile."""
        self.query_one("#pupil-data").focus()
        self.look()

    def classes_to_choose(self) -> list[SchoolClass]:
        return all_classes()

    def read(self, school_class: SchoolClass) -> ClassData:
        return read_class_data(school_class)

    # --- keys ---

    @on(DataTable.RowSelected, "#pupil-data")
    def _chosen(self) -> None:
        pupil = self._pupil
        if pupil is not None:
            what = [(key("Give out all that is kept, as a ZIP file"), self.action_give_out), (key("Erase"), self.action_erase)]
            asked = harmless(f"{pupil.class_name}  {pupil.number}  {pupil.first_name}")
            self.lovhe.push_screen(ListChoice(asked, [t(name) for name, _ in what], lambda place: what[place][1]()))

    def action_give_out(self) -> None:
        """F5."""
        pupil = self._pupil
        if pupil is not None:
            self.lovhe.push_screen(FolderChoice(N_("Where to?"), lambda folder: self.do(partial(_give_out, pupil, folder))))

    def action_erase(self) -> None:
        """F8: what would go is counted first, then it is asked."""
        pupil = self._pupil
        if pupil is not None:
            self.find_out(partial(would_go, pupil), lambda erased: self._ask(pupil, erased))

    def _ask(self, pupil: Pupil, erased: Erased) -> None:
        if self.is_current:  # the key may have been pressed twice
            self.lovhe.push_screen(Question(_what_goes(pupil, erased), lambda: self.do(partial(_erase, pupil)), N_("Erase a pupil")))

    def action_ask_how_long(self) -> None:
        """F6."""
        ask_how_long(self)

    def action_show_audit(self) -> None:
        """F4."""
        if self.found is not None:
            self.lovhe.push_screen(Letter(_audit_told(self.found.audit), N_("Changes by hand")))

    @property
    def _pupil(self) -> Pupil | None:
        """The one under the cursor."""
        at = self.query_one("#pupil-data", DataTable).cursor_row
        return self.found.kept[at].pupil if self.found is not None and 0 <= at < len(self.found.kept) else None

    # --- what is seen ---

    def show(self) -> None:
        if self._rebuilding or not self.query("#pupil-data"):
            return
        name = harmless(self.school_class.name) if self.school_class is not None else ""
        self.query_one("#pupil-data-title", Static).update(" | ".join(word for word in (t(key("Pupils' data")), name) if word))
        told = (
            [N_("Enter gives out or erases what is kept of a pupil."), self.found.audit.told]
            if self.found is not None
            else self.why_empty()
        )
        self.query_one("#pupil-data-told", Static).update(" ".join(t(sentence) for sentence in told))
        table = self.query_one("#pupil-data", DataTable)
        at = table.cursor_row
        table.clear(columns=True)
        if self.found is not None:
            heads = [NUMBER, t(key("First name")), t(key("Attempts")), t(key("Newest"))]
            refill(table, heads, [_row(one) for one in self.found.kept])
            table.move_cursor(row=at)


def _row(one: KeptOf) -> list[str]:
    newest = f"{_local(one.newest_utc):%d.%m.%Y %H:%M}" if one.newest_utc else ""
    return [str(one.pupil.number), shortened(harmless(one.pupil.first_name), _NAME), str(one.attempts), newest]


def _local(when_utc: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(when_utc).astimezone()


def _give_out(pupil: Pupil, folder: Path) -> list[Text]:
    day = class_progress.now().astimezone().date()
    file = give_out(pupil, f"{pupil.class_name} {pupil.number} {pupil.first_name} {day.isoformat()}", folder)
    return [
        N_("All that is kept of {pupil} is in {file}.", pupil=pupil.first_name, file=str(file)),
        N_("Give it to nobody but the pupil or the parents."),
    ]


def _what_goes(pupil: Pupil, erased: Erased) -> list[Text]:
    return [
        N_(
            "{n} attempt goes, with its program and points, and all else that {pupil} typed or that was set by hand.",
            "{n} attempts go, with their programs and points, and all else that {pupil} typed or that was set by hand.",
            n=erased.attempts,
            pupil=pupil.first_name,
        ),
        *([_shared(erased)] if erased.shared else []),
        N_("Copies that were made before still have it: delete those, too. This cannot be taken back."),
        N_("Erase {pupil} ({name}, number {number}) for good?", pupil=pupil.first_name, name=pupil.class_name, number=pupil.number),
    ]


def _shared(erased: Erased) -> Text:
    return N_("{n} attempt made with others stays as theirs.", "{n} attempts made with others stay as theirs.", n=erased.shared)


def _erase(pupil: Pupil) -> list[Text]:
    erased = erase_for_good(pupil)
    told: list[Text] = [N_("The pupil was erased, with {n} attempt.", "The pupil was erased, with {n} attempts.", n=erased.attempts)]
    return [*told, _shared(erased)] if erased.shared else told


def _audit_told(state: AuditState) -> list[Text]:
    told: list[Text] = [state.told]
    told += [
        N_(
            "{when}, number {number}: {wrong}.",
            when=f"{_local(entry.when_utc):%d.%m.%Y %H:%M}",
            number=entry.place,
            wrong=FAULT_WORDS[fault],
        )
        for fault, entry in state.faults[:_MOST_FAULTS]
    ]
    if state.count:
        told.append(N_("The code is another one after each change. Written down now, it tells later whether anything before was changed."))
    return [*told, N_("Such changes are points that were set by hand, and pupils who were erased, without their names.")]
