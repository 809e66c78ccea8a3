"""What a person must have seen or heard of a part: the answer to a question, or a virtual part's own state."""

from __future__ import annotations

from collections.abc import Iterator

from lovhe.core.checks.check_steps import ExpectLook
from lovhe.core.checks.expectations import Scene, Verdict
from lovhe.core.lessons.lesson import Lesson, ask_key
from lovhe.core.messages import N_, Localized, Text

YES, NO, NOBODY = "yes", "no", ""
"""The answers that a "look" event can hold."""


def judge_look(expect: ExpectLook, scene: Scene, check_id: str, index: int) -> Iterator[Verdict]:
    """By the answer that was given in this step; unclear where nobody has answered."""
    question = look_question(scene.lesson, expect.part, expect.see)
    expected = N_("{part}: yes to the question “{question}”", part=scene.part_name(expect.part.partition(".")[0]), question=question)
    answer: str = NOBODY
    told: str | None = None
    for event in scene.record.events:
        if event.kind == "look" and event.args[:4] == [check_id, index, expect.part, expect.see]:
            answer, told = event.args[4], event.args[5]
    if answer == NOBODY:
        yield Verdict("unclear", expected, N_("Nobody has answered."))
        return
    seen: Text = N_("The answer was yes.") if answer == YES else N_("The answer was no.")
    if told is not None:
        seen = N_("The virtual part showed: {state}.", state=told) if told else N_("On the virtual board there is no such part.")
    yield Verdict("passed" if answer == YES else "failed", expected, seen)


def look_question(lesson: Lesson, part: str, see: str) -> Text:
    """What a person is asked, in all languages of the lesson."""
    key = ask_key(part, see)
    found = {
        language: words
        for language, text in lesson.texts.items()
        for name, words in text.look.items()
        if "=" in name and ask_key(*name.split("=", 1)) == key
    }
    return Localized(found) if found else N_("{part}: {see}?", part=part, see=see)
