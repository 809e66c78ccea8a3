"""What would change is told before it is done: who is new, who may be somebody else, and that nobody goes."""

from __future__ import annotations

from lovhe.apps.language import t
from lovhe.apps.teaching.class_lists import write_classes
from lovhe.apps.teaching.class_plans import ListPlan, Row, YearPlan
from lovhe.apps.teaching.classes import listed_classes
from lovhe.core.pupils.roster_lists import ClassList, Entry

from tests.school_classes import add_pupils


def _plan(*lists: ClassList) -> ListPlan:
    return ListPlan(listed_classes(write_classes(lambda roster: None).all, lists, None))


def _said(rows: list[Row]) -> list[str]:
    return [" ".join(one if isinstance(one, str) else t(one) for one in row.cells) for row in rows]


def _names(class_name: str) -> list[str]:
    one = write_classes(lambda roster: None).called(class_name)
    return [pupil.first_name for pupil in one.pupils] if one is not None else []


def test_a_list_tells_who_is_new_and_who_stays() -> None:
    """Those who are there already and stay as they are have no line."""
    write_classes(lambda roster: add_pupils(roster, "7A", ["Aysel", "Murad"]))
    plan = _plan(ClassList("7A", [Entry(1, "Murad"), Entry(2, "Zəhra")]), ClassList("7B", [Entry(3, "Nigar", 4)]))
    assert _said(plan.rows()) == ["7A 3 Zəhra new", "7B 4 Nigar new", "7A 1 Aysel not in the list; stays"]
    assert [str(one) for one in plan.told()] == ["New class: 7B.", "1 name is there already."]
    write_classes(lambda roster: roster.change(plan.changes()))
    assert (_names("7A"), _names("7B")) == (["Aysel", "Murad", "Zəhra"], ["Nigar"])


def test_the_same_list_again_changes_nothing() -> None:
    """And that is what is told."""
    write_classes(lambda roster: add_pupils(roster, "7A", ["Aysel"]))
    plan = _plan(ClassList("7A", [Entry(1, "Aysel")]))
    assert not plan.changes()
    assert not plan.rows()
    assert "nobody to add" in str(plan.told()[0])


def test_the_teacher_says_who_is_the_same_pupil() -> None:
    """A pupil with a new name, and one who has moved: one turn says so, another one takes it back."""
    write_classes(lambda roster: (add_pupils(roster, "7A", ["Aysel", "Murad"]), add_pupils(roster, "7B", ["Nigar"])))
    plan = _plan(ClassList("7A", [Entry(1, "Aysu", 1)]), ClassList("7B", [Entry(2, "Nigar", 1), Entry(3, "Murad", 2)]))
    doubts = [row.doubt for row in plan.rows() if row.doubt]
    assert _said(plan.rows())[:2] == ["7A 3 Aysu new; or is it Aysel, number 1?", "7B 2 Murad new; or from 7A?"]
    for doubt in (*doubts, doubts[0], doubts[0], "nobody's"):
        plan.turn(doubt)
    assert _said(plan.rows()) == ["7A 1 Aysu was called Aysel so far", "7B 2 Murad comes from 7A"]
    assert str(plan.done()).endswith("0 new pupils.")
    before = {pupil.id for one in write_classes(lambda roster: None).all for pupil in one.pupils}
    after = write_classes(lambda roster: roster.change(plan.changes()))
    assert {pupil.id for one in after.all for pupil in one.pupils} == before
    assert (_names("7A"), _names("7B")) == (["Aysu"], ["Nigar", "Murad"])


def test_a_new_year_is_told_before_it_begins() -> None:
    """Old and new names; without a class whose name begins with a grade there is nothing to do."""
    classes = write_classes(lambda roster: (add_pupils(roster, "7A", ["Aysel"]), add_pupils(roster, "11B", [])))
    plan = YearPlan(classes.all, 2026)
    assert _said(plan.rows()) == ["7A 1 8A", "11B 0 11B2026, has left school"]
    assert str(plan.done()) == "2 classes have new names."
    assert "nothing was changed" in str(YearPlan([], 2026).told()[0])
