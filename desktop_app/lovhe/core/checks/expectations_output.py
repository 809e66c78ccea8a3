"""What a program must have said in words: the text that it printed."""

from __future__ import annotations

from collections.abc import Iterator

from lovhe.core.amounts import parse_amount
from lovhe.core.checks.expectations import Scene, Verdict
from lovhe.core.checks.readings import folded
from lovhe.core.lessons.lesson import ExpectText
from lovhe.core.messages import N_, Text

_EXCERPT = 60


def judge_text(expect: ExpectText, scene: Scene) -> Iterator[Verdict]:
    """Whether the text was printed, as often as expected. Case and the dots of i and ı make no difference."""
    printed = printed_text(scene)
    times = folded(printed).count(folded(expect.contains))
    count = parse_amount(expect.count or "≥ 1", "count")
    expected: Text = N_("The program prints “{text}”.", text=expect.contains)
    if expect.count is not None:
        expected = N_("The program prints “{text}”. How many times: {count}.", text=expect.contains, count=count.words)
    seen: Text
    if times:
        seen = N_("This text was printed {n} time.", "This text was printed {n} times.", n=times)
    elif printed.strip():
        seen = N_("It printed something else: “{text}”.", text=excerpt(printed))
    else:
        seen = N_("It printed nothing.")
    yield scene.verdict(count.contains(times), expected, seen, certain=times > count.high)


def printed_text(scene: Scene) -> str:
    """All the program's text in the window."""
    return "".join(event.args[0] for event in scene.events("text"))


def excerpt(text: str) -> str:
    """As much of a text as fits into a sentence, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else line[: _EXCERPT - 1] + "…"
