"""`lovhe class correct`: points that a teacher sets by hand."""

from __future__ import annotations

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.output import say
from lovhe.apps.language import key
from lovhe.core.errors import InputError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.messages import N_


@click.command(
    "correct",
    cls=LovheCommand,
    help=key(
        "Set a pupil's points in a lesson by hand, with the reason.\n\n"
        "NUMBER is the pupil's in the class, LESSON the lesson's name or its beginning, like 6-01. POINTS is a number, or none to take "
        "back what was set. It is written down so that a later change is noticed: `lovhe results audit`."
    ),
)
@click.argument("class_name", metavar="CLASS")
@click.argument("number", metavar="NUMBER", type=int)
@click.argument("lesson_name", metavar="LESSON")
@click.argument("points", metavar="POINTS|none")
@click.option("--reason", metavar="TEXT", required=True, help=key("Why the points are others."))
def correct_command(class_name: str, number: int, lesson_name: str, points: str, reason: str) -> None:
    """The points count from now on, whatever is handed in later."""
    from lovhe.apps import wiring
    from lovhe.apps.teaching.classes import class_called, pupil_numbered
    from lovhe.core.lessons.progress import step_totals
    from lovhe.core.marks.corrections import check_reason, points_typed

    lesson = _lesson_called(lesson_name)
    total = sum(step_totals(lesson).values())
    wanted = None if points == "none" else points_typed(points, total)
    why = check_reason(reason)
    with wiring.results() as store:
        pupil = pupil_numbered(class_called(store.roster().classes(), class_name), number)
        store.audit().correct(pupil.id, lesson.id, wanted, why)
    if wanted is None:
        say(N_("{pupil} has again the points of what was handed in for {lesson}.", pupil=pupil.first_name, lesson=lesson.id))
    else:
        say(
            N_(
                "{pupil} has {points} of {total} points for {lesson} now.",
                pupil=pupil.first_name,
                points=wanted,
                total=total,
                lesson=lesson.id,
            )
        )


def _lesson_called(name: str) -> Lesson:
    """The lesson whose id begins so. Raises `InputError` where there is none, or more than one."""
    from lovhe.apps import wiring

    lessons = wiring.kit().lessons(broken=lambda problem: say(problem.what))
    found = [lesson for lesson in lessons if lesson.id.startswith(name)]
    exact = [lesson for lesson in found if lesson.id == name]
    if len(exact or found) != 1:
        raise InputError(
            N_("There is no lesson {lesson}, or more than one begins so.", lesson=name[:60]), N_("`lovhe lessons` shows all lessons.")
        )
    return (exact or found)[0]
