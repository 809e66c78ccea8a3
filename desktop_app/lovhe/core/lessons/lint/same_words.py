"""Pities that show only beside something else: a table that is shorter than in another language, a value without its unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lovhe.core.circuits.surroundings import quantities, read_setting, show_value
from lovhe.core.errors import InputError
from lovhe.core.lessons.lesson import Lesson, Step
from lovhe.core.lessons.lint.finding import Finding, Places
from lovhe.core.lessons.reading import LESSON_FILE
from lovhe.core.lessons.steps import sections
from lovhe.core.messages import N_


def unlike_tables(lesson: Lesson, places: Places) -> Iterator[Finding]:
    """Sections whose tables have fewer rows than in another language: a row was forgotten when it was translated."""
    pupils = {f"{language}.md": text.body for language, text in lesson.texts.items()}
    teachers = {f"teacher.{language}.md": page for language, page in lesson.teacher.items()}
    for pages in (pupils, teachers):
        rows = {file: _rows(page) for file, page in pages.items()}
        for file, counts in rows.items():
            for section, count in counts.items():
                most, longest = max((others.get(section, 0), other) for other, others in rows.items())
                if most > count:
                    what = N_(
                        "the tables of the section {id} have {n} rows, and {other} in {file}.",
                        id=f"{{#{section}}}",
                        n=count,
                        other=most,
                        file=longest,
                    )
                    line = places.line(file, f"{{#{section}}}")
                    yield Finding(file, line, "", what, N_("Write the same rows in all languages."), "warning")


def _rows(page: str) -> Mapping[str, int]:
    """How many lines of tables each section has."""
    counts: dict[str, int] = {}
    for section in sections(page):
        fenced, counts[section.id] = False, 0
        for line in section.text.split("\n"):
            fenced ^= line.lstrip().startswith("```")
            counts[section.id] += not fenced and line.lstrip().startswith("|")
    return counts


def bare_values(lesson: Lesson, places: Places) -> Iterator[Finding]:
    """Numbers of the surroundings that are written without their unit: who reads "0" does not know what it is 0 of."""
    parts = {wired.part.id: wired.part for wired in lesson.wired.values()}
    circuit = lesson.file.circuit
    known = quantities(parts, circuit)
    for check in lesson.file.check:
        for number, step in enumerate(check.step, 1):
            for word, name, value in _values(step):
                try:
                    setting = read_setting(parts, circuit, name, value)
                except InputError:
                    continue  # told as an error
                quantity = known[f"{setting.part_id}.{setting.quantity_id}"]
                if quantity.unit and isinstance(setting.value, float) and value.strip()[-1:].isdigit():
                    key = f"check “{check.id}”, step {number}, {word}"
                    what = N_("“{value}” has no unit.", value=value)
                    mend = N_("Write it with its unit: {example}", example=f'"{show_value(quantity, setting.value)}"')
                    yield Finding(LESSON_FILE, places.line(LESSON_FILE, key), key, what, mend, "warning")


def _values(step: Step) -> Iterator[tuple[str, str, str]]:
    """The key, the part and the value of all that the step sets."""
    yield from (("set", name, value) for name, value in step.set.items())
    if step.swing is not None:
        yield from (("swing", step.swing.part, value) for value in step.swing.values)
    if step.glide is not None:
        yield from (("glide", step.glide.part, value) for value in (step.glide.begin, step.glide.to))
