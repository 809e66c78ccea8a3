"""The output panel's text: bounded, harmless, and the same sentences as on the command line."""

from __future__ import annotations

from lovhe.apps.workspace.run_output import LONGEST_LINE, MOST_LINES, RunOutput
from lovhe.core.checks.evidence import Event


def _shown(*events: Event, source: str = "") -> str:
    output = RunOutput()
    output.begin(source)
    output.add(list(events))
    return output.take_all()


def test_readings_errors_and_ends_are_told_in_words() -> None:
    """What was printed stays as it is; readings are name: value; our own sentences have a sign before them."""
    shown = _shown(
        Event(0, "text", ["salam\nlight: "]),
        Event(1, "show", [{"light": 12, "on": True}]),
        Event(2, "end", ["error", "NameError", "name 'x' isn't defined", 1]),
        source="x\n",
    )
    assert shown.splitlines()[:4] == ["salam", "light: ", "light: 12", "on: True"]
    assert shown.splitlines()[4].startswith("! Line 1: ")
    assert "Traceback" not in shown


def test_what_the_interpreter_says_to_a_stop_is_not_shown() -> None:
    """After Shift+F5 there is one sentence, and no traceback."""
    shown = _shown(Event(0, "end", ["stopped", "", "", 0]), Event(1, "text", ["Traceback (most recent call last):\n"]))
    assert shown == "! The program was stopped.\n"


def test_a_program_without_end_stays_small() -> None:
    """A gigabyte of lines, or of one line, is held in a few thousand short ones."""
    output = RunOutput()
    output.begin("")
    for number in range(300):
        output.add([Event(number, "text", [f"{number} " * 20 + "\n" + "x" * 40_000])])
    news = output.take_news()
    assert news.count("\n") <= MOST_LINES
    assert max(map(len, news.split("\n"))) <= LONGEST_LINE
    assert news == output.take_all()
    assert output.take_news() == ""


def test_an_open_line_is_shown_once() -> None:
    """A question without a line end is there at once, and goes on in its line."""
    output = RunOutput()
    output.begin("")
    output.add([Event(0, "text", ["Name? "])])
    assert output.take_news() == "Name? "
    output.add([Event(0, "text", ["Ay"]), Event(0, "text", ["sel\nsalam"])])
    assert output.take_news() == "Aysel\nsalam"
    assert output.take_all() == "Name? Aysel\nsalam"


def test_control_characters_do_no_harm() -> None:
    """Neither the terminal's commands nor letters turned round reach the screen."""
    shown = _shown(Event(0, "text", ["\x1b[2J\x07a\x00\u202eb\r\nc\rd\t|"]))
    assert shown == "?[2J?a??b\nc?d     |"


def test_that_a_program_is_over_is_told() -> None:
    """One that prints nothing would look as if it were still being started."""
    assert _shown(Event(0, "begin"), Event(9, "end", ["done", "", "", 0])) == "! The program came to its end.\n"
