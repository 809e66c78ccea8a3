"""Classes as a teacher changes them by hand."""

from __future__ import annotations

import pytest
from lovhe.apps.teaching.class_lists import free_class_name, new_class, read_classes, with_new_pupils, write_classes
from lovhe.core.errors import InputError
from lovhe.core.pupils.class_changes import ClassChange
from msgspec.structs import replace

from tests.school_classes import add_pupils


def test_a_new_class_has_a_name_that_no_other_looks_like() -> None:
    """Whichever keyboard it was typed on; a class may keep its own."""
    [seven] = write_classes(lambda roster: roster.change([new_class([], "7a")])).all
    assert (seven.name, seven.pupils) == ("7A", [])
    for typed in ("7A", "7А"):
        with pytest.raises(InputError, match="already"):
            new_class([seven], typed)
    assert free_class_name([seven], "7a", seven) == "7A"


def test_several_names_are_typed_at_once() -> None:
    """With commas between them; one that is no name, and nobody is added."""
    [seven] = write_classes(lambda roster: add_pupils(roster, "7A", ["Aysel"])).all
    after = with_new_pupils(seven, " Zəhra, Əli,, ").after
    assert [(one.number, one.first_name) for one in after.pupils] == [(1, "Aysel"), (2, "Zəhra"), (3, "Əli")]
    for typed in ("Zəhra, 1234", " ,"):
        with pytest.raises(InputError, match="no first name"):
            with_new_pupils(seven, typed)


def test_classes_that_have_left_stand_at_the_end() -> None:
    """All that is shown of classes is read together."""
    write_classes(lambda roster: [add_pupils(roster, name, ["Aysel"]) for name in ("7A", "8A")])
    seven, eight = read_classes().all
    changed = write_classes(lambda roster: (roster.set_secret(eight.pupils[0].id, "hash"), roster.change([with_new_pupils(seven, "Əli")])))
    assert changed.with_secret == {eight.pupils[0].id}
    gone = changed.all[0]
    after = write_classes(lambda roster: roster.change([ClassChange(gone, replace(gone, has_left=True))]))
    assert [one.name for one in after.all] == ["8A", "7A"]
    assert [one.name for one in after.at_school] == ["8A"]
    assert after.called("9A") is None
