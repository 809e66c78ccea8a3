"""What was done in a step, said before what was expected in it: without that, "LED: off" explains nothing."""

from __future__ import annotations

import msgspec

from lovhe.core.checks.check_steps import Step
from lovhe.core.checks.expectations import Verdict
from lovhe.core.lessons.lesson import Check, Lesson, ask_key
from lovhe.core.messages import N_, Localized, Text
from lovhe.core.number_words import in_words

_ENTER = " ⏎ "


def with_what_was_done(lesson: Lesson, check: Check, step: Step, verdict: Verdict) -> Verdict:
    """The verdict on a step with its surroundings, and what was typed, before what it expects; one that is unclear as it is."""
    if verdict.outcome == "unclear":
        return verdict
    expected: Text = verdict.expected
    if step.type:
        expected = N_("After this was typed: “{lines}”. Then: {what}", lines=_ENTER.join(step.type), what=expected)
    asked = _asked(lesson, check, step)
    if asked is not None:
        expected = N_("{asked} Then: {what}", asked=asked, what=expected)
    elif step.asked:
        expected = N_("With {surroundings}: {what}", surroundings=in_words(", ".join(_surroundings(step))), what=expected)
    return msgspec.structs.replace(verdict, expected=expected)


def _surroundings(step: Step) -> list[str]:
    """What becomes of them, in the lesson's own short words."""
    told = [f"{part} = {value}" for part, value in step.set.items()]
    if step.swing is not None:
        told.append(f"{step.swing.part} = {' ⇄ '.join(dict.fromkeys(step.swing.values))}")
    if step.glide is not None:
        told.append(f"{step.glide.part} = {step.glide.begin} → {step.glide.to}")
    return told


def _asked(lesson: Lesson, check: Check, step: Step) -> Localized | None:
    """The lesson's own words for the step's change of surroundings, if it has them and there is one change."""
    if len(step.asked) != 1:
        return None
    key = ask_key(*step.asked[0])
    by_language: dict[str, str] = {}
    for language, text in lesson.texts.items():
        asks = {
            ask_key(*name.split("=", 1)): words for name, words in [*text.ask.items(), *text.checks[check.id].ask.items()] if "=" in name
        }
        if key in asks:
            by_language[language] = asks[key]
    return Localized(by_language) if len(by_language) == len(lesson.texts) else None
