"""What was typed to a program is not the program's text, however its echo is cut; what the program prints stays."""

import pytest
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.typed_text import without_echo


def texts(*pieces: str, typed=("1234",)) -> str:
    """What is left of the text after the typing."""
    events = [Event(0, "text", ["before 1234\n"]), Event(1, "type", [list(typed)]), *(Event(2, "text", [piece]) for piece in pieces)]
    return "".join(event.args[0] for event in without_echo(events) if event.kind == "text").removeprefix("before 1234\n")


@pytest.mark.parametrize(
    "pieces",
    [
        ("Code: 1234\n",),
        ("Code: ", "1234\n"),
        ("Code: 12", "34\n"),
        ("Code: 1", "2", "34", "\n"),
        ("Code: 1234\r\n",),
        ("Code: 1234", "\r\n"),
    ],
)
def test_the_echo_is_taken_out_wherever_frames_cut_it(pieces):
    """The question stays, the answer goes."""
    assert texts(*pieces).split() == ["Code:"]


def test_each_line_is_taken_out_once():
    """A program that prints what was typed has printed it."""
    assert texts("Code: 1234\n", "You typed 1234\n") == "Code: \nYou typed 1234\n"
    assert texts("1234\n", "1234\n", typed=("1234", "1234")) == "\n\n"


def test_lines_wait_for_their_turn():
    """The second line is echoed when the program asks again; what comes between is the program's."""
    assert texts("Code: 1\n", "wrong\n", "Code: 2\n", typed=("1", "2")) == "Code: \nwrong\nCode: \n"


def test_without_typing_nothing_changes():
    """What stood there before stays, too."""
    events = [Event(0, "text", ["1234\n"]), Event(1, "level", [2, 1])]
    assert without_echo(events) == events
