"""Cross-checks of what a step does beside setting values: typing, swinging, gliding. Each refusal names the key and the mend."""

from __future__ import annotations

from lovhe.core.amounts import parse_duration_ms
from lovhe.core.checks.check_steps import Glide, Step, Swing
from lovhe.core.circuits.surroundings import Setting, read_setting
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.lint.mends import naming, wrong
from lovhe.core.messages import N_

_MOST_TYPED = 200  # characters: what the chip keeps until the program reads it, less what may wait there already
_SHORTEST_MS = 20.0


def check_doing(lesson: Lesson, where: str, step: Step) -> None:
    """Raise a `LessonError` for the first thing that is wrong with what a step types, swings and glides."""
    for line in step.type:
        if not line.isascii() or not line.isprintable():
            raise wrong(
                f"{where}, type",
                N_("“{text}” cannot be typed.", text=line[:40]),
                N_("Write each line by itself, with letters, digits and signs of an English keyboard: a program cannot read others."),
            )
    if sum(len(line) + 1 for line in step.type) > _MOST_TYPED:
        raise wrong(
            f"{where}, type",
            N_("that is more than a board keeps until the program reads it."),
            N_("Write {most} characters at most, and the rest in another step.", most=_MOST_TYPED),
        )
    moved = [_setting(lesson, f"{where}, set", name, value) for name, value in step.set.items()]
    if step.swing is not None:
        moved.append(_check_swing(lesson, f"{where}, swing", step, step.swing))
    if step.glide is not None:
        moved.append(_check_glide(lesson, f"{where}, glide", step.glide))
    names = [(setting.part_id, setting.quantity_id) for setting in moved]
    if len(set(names)) < len(names):
        raise wrong(
            where,
            N_("it changes the same thing twice."),
            N_("Name it once: at set, swing or glide. A swing begins with its first value, a glide with “from”."),
        )


def _check_swing(lesson: Lesson, where: str, step: Step, swing: Swing) -> Setting:
    settings = [_setting(lesson, f"{where}, values", swing.part, value) for value in swing.values]
    if len({setting.value for setting in settings}) < 2:
        raise wrong(f"{where}, values", N_("nothing changes."), N_("Write two different values at least."))
    with naming(f"{where}, period"):
        period_ms = parse_duration_ms(swing.period)
    if not _SHORTEST_MS <= period_ms / len(swing.values) < parse_duration_ms(step.delay):
        raise wrong(
            f"{where}, period",
            N_("“{text}” is too short or too long.", text=swing.period),
            N_("Each value needs 20 ms at least, and the second one must come before delay is over."),
        )
    return settings[0]


def _check_glide(lesson: Lesson, where: str, glide: Glide) -> Setting:
    begin = _setting(lesson, f"{where}, from", glide.part, glide.begin)
    end = _setting(lesson, f"{where}, to", glide.part, glide.to)
    if isinstance(begin.value, str):
        raise wrong(
            where, N_("“{name}” has no values between, so it cannot glide.", name=glide.part), N_("Use set, or swing to go to and fro.")
        )
    if begin.value == end.value:
        raise wrong(where, N_("nothing changes."), N_("Write two different values: from and to."))
    return begin


def _setting(lesson: Lesson, where: str, name: str, value: str) -> Setting:
    parts = {wired.part.id: wired.part for wired in lesson.wired.values()}
    with naming(f"{where}, {name}"):
        return read_setting(parts, lesson.file.circuit, name, value)
