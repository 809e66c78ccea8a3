"""What the class set's records say before a lesson."""

from __future__ import annotations

from lovhe.core.boards.names import BoardName
from lovhe.core.messages import N_
from lovhe.services.class_findings import class_findings
from lovhe.services.ports import BoardRecord


def record(number: int, **more: object) -> BoardRecord:
    """A board of 7A; number 0 has no name."""
    return BoardRecord(f"24:0a:c4:00:00:{number:02x}", BoardName("7A", number) if number else None, **more)  # type: ignore[arg-type]


def test_a_class_set_in_order_is_one_line() -> None:
    """And so is one that is not there."""
    assert [str(found.what) for found in class_findings([])] == ["No board has been flashed on this PC yet."]
    (found,) = class_findings([record(1, flash_state="ready"), record(0)])
    assert (found.outcome, str(found.what)) == ("passed", "2 boards are known on this PC, 1 of them with a name.")


def test_unfinished_faulty_and_broken_boards_are_named_with_what_to_do() -> None:
    """By the name on the sticker, else by the MAC."""
    fault = N_("The board went away.")
    known = [record(3, flash_state="unfinished"), record(4, fault=fault), record(5, test_outcome="failed"), record(0, fault=fault)]
    _, unfinished, fault_4, fault_0, broken = class_findings(known)
    assert "7A-3" in str(unfinished.what)
    assert "lovhe flash --resume" in str(unfinished.next_step)
    assert "7A-4" in str(fault_4.what)
    assert "The board went away." in str(fault_4.what)
    assert "24:0a:c4:00:00:00" in str(fault_0.what)
    assert "7A-5" in str(broken.what)


def test_a_whole_class_of_faults_does_not_fill_the_screen() -> None:
    """Eight are told, the others counted."""
    found = list(class_findings([record(number, fault=N_("x"), flash_state="unfinished") for number in range(1, 31)]))
    assert len(found) == 1 + 1 + 8 + 1
    assert "22 more" in str(found[-1].what)
    assert len(str(found[1].what)) < 120
