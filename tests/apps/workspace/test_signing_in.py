"""Choosing a group, without a screen."""

from __future__ import annotations

from lovhe.apps.workspace.desk import Desk, desk_bytes, read_desk
from lovhe.apps.workspace.signing_in import SigningIn
from lovhe.core.pupils.group import Group
from lovhe.core.pupils.pupil import Pupil, SchoolClass
from msgspec.structs import replace


def _class(name: str, *names: str, **kind: str) -> SchoolClass:
    return SchoolClass(name, [Pupil(f"{name}{number}", name, number, one) for number, one in enumerate(names, 1)], **kind)  # type: ignore[arg-type]


SEVEN_A = _class("7A", "Aysel", "Murad", "Nigar", "Əli")
SEVEN_B = _class("7B", "Ирина", secret_kind="pin")


def test_the_only_class_and_the_last_one_are_chosen_already() -> None:
    """With several and none used before, nobody guesses; a class without pupils is no choice."""
    assert SigningIn([SEVEN_A]).school_class is SEVEN_A
    assert SigningIn([SEVEN_A, _class("8A")]).school_class is SEVEN_A
    assert SigningIn([SEVEN_A, SEVEN_B]).school_class is None
    assert SigningIn([SEVEN_A, SEVEN_B], "7B").school_class is SEVEN_B
    assert SigningIn([]).found == []


def test_who_shares_the_keyboard_is_offered_first() -> None:
    """Once one of the group is chosen, and until something is typed; a class that has left school is not offered at all."""
    aysel, murad, nigar, ali = SEVEN_A.pupils
    grouped = replace(SEVEN_A, pupils=[replace(aysel, group=1), murad, nigar, replace(ali, group=1)])
    signing = SigningIn([grouped, replace(SEVEN_B, has_left=True)])
    assert signing.classes == [grouped]
    assert [one.first_name for one in signing.found] == ["Aysel", "Murad", "Nigar", "Əli"]
    signing.name(grouped.pupils[0])
    assert [one.first_name for one in signing.found] == ["Aysel", "Əli", "Murad", "Nigar"]
    signing.typed = "m"
    assert [one.first_name for one in signing.found] == ["Murad"]


def test_a_group_has_three_pupils_at_most_also_of_two_classes() -> None:
    """Naming one again takes them off."""
    signing = SigningIn([SEVEN_A, SEVEN_B], "7A")
    aysel, murad, nigar, _ = SEVEN_A.pupils
    assert [signing.name(aysel), signing.name(murad)] == ["chosen", "chosen"]
    signing.use_class("7B")
    irina = SEVEN_B.pupils[0]
    assert signing.asks_for(irina)
    assert (signing.name(irina), signing.full) == ("chosen", True)
    assert not signing.asks_for(irina)
    assert signing.name(nigar) == "full"
    assert signing.name(murad) == "taken off"
    assert signing.group() == Group(pupils=(aysel, irina))


def test_what_was_searched_is_done_with_when_somebody_is_chosen() -> None:
    """The next one is searched from the whole list."""
    signing = SigningIn([SEVEN_A])
    signing.typed = "e"
    assert [pupil.first_name for pupil in signing.found] == ["Əli"]
    signing.name(signing.found[0])
    assert len(signing.found) == 4


def test_the_desk_keeps_ids_and_names_of_a_group_and_the_class_alone_afterwards() -> None:
    """No secret, and when they go neither name nor id nor place is left."""
    desk = Desk(language="az")
    desk.sit_down(Group(pupils=tuple(SEVEN_A.pupils[:2])))
    desk.open("6-01-blink", "make")
    kept = desk_bytes(desk)
    assert read_desk(kept) == desk
    assert b"Aysel" in kept
    assert b"secret" not in kept
    desk.stand_up()
    left = desk_bytes(desk)
    assert not [word for word in (b"Aysel", b"7A1", b"6-01-blink", b"make") if word in left]
    assert read_desk(left).class_name == "7A"
    desk.sit_down(Group(guest="g"))
    assert desk.class_name == "7A"


def test_a_group_with_a_secret_is_asked_again_but_after_a_power_cut() -> None:
    """Closing the app, or another lesson's time, ends what was shown; a restart in the same lesson goes on; without secrets all stays."""
    for guarded in (False, True):
        desk = Desk()
        desk.sit_down(Group(pupils=tuple(SEVEN_A.pupils)), guarded)
        desk.open("6-01-blink", "make")
        cut, late, set_back = (read_desk(desk_bytes(desk)) for _ in range(3))
        cut.wake(60.0)
        assert (cut.group, cut.lesson) == (desk.group, "6-01-blink")
        late.wake(86_400.0)
        set_back.wake(-60.0)
        desk.close()
        assert [one.group is None for one in (late, set_back, desk)] == [guarded] * 3


def test_who_has_shown_a_secret_guards_the_group() -> None:
    """One is enough."""
    signing = SigningIn([SEVEN_A, SEVEN_B], "7A")
    signing.name(SEVEN_A.pupils[0])
    assert not signing.guarded
    signing.name(SEVEN_B.pupils[0])
    assert signing.guarded
