"""`lovhe lessons`: the lessons of the kit."""

from __future__ import annotations

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.options import json_option
from lovhe.apps.cli.output import show_json, show_table
from lovhe.apps.language import current_language, key
from lovhe.apps.notices import notice
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.messages import Localized


@click.command("lessons", cls=LovheCommand, help=key("Show the lessons of the kit."))
@json_option
def lessons_command(as_json: bool) -> None:
    """In the order of grades."""
    from lovhe.apps import wiring

    lessons = wiring.kit().lessons(broken=lambda problem: notice(problem.what, problem.next_step))
    if as_json:
        show_json(
            [
                {
                    "id": lesson.id,
                    "title": lesson_title(lesson),
                    "grade": lesson.file.grade,
                    "minutes": lesson.file.minutes,
                    "points": sum(check.points for check in lesson.judged_by(lesson.goal).file.check),
                    "languages": sorted(lesson.texts),
                }
                for lesson in lessons
            ]
        )
        return
    rows = [(lesson.id, str(lesson.file.grade), str(lesson.file.minutes), lesson_title(lesson)) for lesson in lessons]
    show_table((key("Lesson"), key("Grade"), key("Minutes"), key("Title")), rows)


def lesson_title(lesson: Lesson) -> str:
    """The lesson's title in the language in use."""
    return current_language().text(Localized({code: text.title for code, text in lesson.texts.items()}))
