"""What would change in classes, to be looked at before it is done: a list that is taken over, and a new school year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from lovhe.apps.language import key
from lovhe.core.messages import N_, Text
from lovhe.core.pupils.class_changes import ClassChange, ListedClass
from lovhe.core.pupils.class_edits import new_year
from lovhe.core.pupils.list_doubts import Doubt, as_same, doubts
from lovhe.core.pupils.pupil import Pupil, SchoolClass


class Row(NamedTuple):
    """A line of what would change. `doubt` is the id of the new pupil who may be another one, "" for none."""

    cells: tuple[str | Text, ...]
    doubt: str = ""


class Plan(Protocol):
    """What would change, in `rows` under `heads`, below what is `told`; `changes` are those that are real, `done` is said after them."""

    title: str
    heads: tuple[str, ...]

    def told(self) -> list[Text]: ...
    def rows(self) -> list[Row]: ...
    def changes(self) -> list[ClassChange]: ...
    def done(self) -> Text: ...
    def turn(self, doubt: str) -> None: ...


class ListPlan:
    """A list that is taken over. The teacher says of each doubt whether it is one pupil; nobody goes by it in any case."""

    title = key("What the list would change")
    heads: tuple[str, ...] = (key("Class"), key("Number"), key("First name"), key("What happens"))

    def __init__(self, listed: Sequence[ListedClass]) -> None:
        self._listed = listed
        self._doubts = {one.new.id: one for one in doubts(listed)}
        self._same: set[str] = set()

    def turn(self, doubt: str) -> None:
        """The other answer to the question whether it is the same pupil."""
        if doubt in self._doubts:
            self._same ^= {doubt}

    def changes(self) -> list[ClassChange]:
        """See `Plan`."""
        return [one for one in self._all() if one.before != one.after]

    def told(self) -> list[Text]:
        """See `Plan`."""
        names = [one.change.after.name for one in self._listed if one.change.before is None]
        known = sum(one.known for one in self._listed)
        said: list[Text] = [N_("New class: {names}.", "New classes: {names}.", n=len(names), names=", ".join(names))] if names else []
        if not self.changes():
            return [N_("There is nobody to add. A second pupil of the same name is one whose name stands in the list twice.")]
        if known:
            said.append(N_("{n} name is there already.", "{n} names are there already.", n=known))
        if self._doubts:
            said.append(N_("At a line with “?”, Enter says that it is the same pupil."))
        return said

    def rows(self) -> list[Row]:
        """Who is new or changes, then who is not in the list; not those who stay as they are. A line that is turned stays in its place."""
        after = {pupil.id: pupil for change in self._all() for pupil in change.after.pupils}
        changed = [row for one in self._listed for pupil in one.change.after.pupils if (row := self._row(pupil, one.change, after))]
        gone = {one.old.id for one in self._chosen()}
        unlisted = [pupil for one in self._listed for pupil in one.unlisted if pupil.id not in gone]
        stays = N_("not in the list; stays")
        return changed + [Row((pupil.class_name, str(pupil.number), pupil.first_name, stays)) for pupil in unlisted]

    def done(self) -> Text:
        """See `Plan`."""
        n = sum(len(change.added) for change in self.changes()) - sum(one.moves for one in self._chosen())
        return N_("Taken over, and it is on the disk: {n} new pupil.", "Taken over, and it is on the disk: {n} new pupils.", n=n)

    def _all(self) -> list[ClassChange]:
        return as_same([one.change for one in self._listed], self._chosen())

    def _chosen(self) -> list[Doubt]:
        return [self._doubts[one] for one in sorted(self._same)]

    def _row(self, pupil: Pupil, change: ClassChange, after: Mapping[str, Pupil]) -> Row | None:
        doubt = self._doubts.get(pupil.id)
        old = next((number for number, one in change.renumbered if one.id == pupil.id), None)
        if doubt is not None:
            same = pupil.id in self._same
            pupil, what = after[doubt.old.id] if same else pupil, _doubtful(doubt, same)
        elif any(one.id == pupil.id for one in change.added):
            what = N_("new")
        elif old is not None:
            what = N_("number {old} so far", old=old)
        else:
            return None
        return Row((change.after.name, str(pupil.number), pupil.first_name, what), doubt.new.id if doubt is not None else "")


class YearPlan:
    """A new school year. Raises `InputError` where two classes would have one name."""

    title = key("A new school year")
    heads: tuple[str, ...] = (key("Class"), key("Pupils"), key("New name"))

    def __init__(self, classes: Sequence[SchoolClass], year: int) -> None:
        self._changes = new_year(classes, year)

    def turn(self, doubt: str) -> None:
        """Here nothing is in doubt."""

    def changes(self) -> list[ClassChange]:
        """See `Plan`."""
        return self._changes

    def told(self) -> list[Text]:
        """See `Plan`."""
        if not self._changes:
            return [N_("There is no class whose name begins with a grade, like 7A: nothing was changed.")]
        return [N_("Each class goes up by one grade. Pupils and what they have done stay; the eleventh grade leaves school.")]

    def rows(self) -> list[Row]:
        """See `Plan`."""
        return [
            Row(
                (
                    one.before.name if one.before is not None else "",
                    str(len(one.after.pupils)),
                    N_("{name}, has left school", name=one.after.name) if one.after.has_left else one.after.name,
                )
            )
            for one in self._changes
        ]

    def done(self) -> Text:
        """See `Plan`."""
        return N_("{n} class has a new name.", "{n} classes have new names.", n=len(self._changes))


def _doubtful(doubt: Doubt, same: bool) -> Text:
    if doubt.moves:
        return N_("comes from {name}", name=doubt.old.class_name) if same else N_("new; or from {name}?", name=doubt.old.class_name)
    if same:
        return N_("was called {name} so far", name=doubt.old.first_name)
    return N_("new; or is it {name}, number {n}?", name=doubt.old.first_name, n=doubt.old.number)
