"""`lovhe lesson show`, `preview` and `copy`: a lesson as its reader sees it, and what a step begins with."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.output import rich_console, say, show
from lovhe.apps.language import current_language, key, t
from lovhe.core.errors import InputError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.messages import N_

if TYPE_CHECKING:
    from lovhe.apps.lesson_view import LessonPage, LessonView

WIDTH = 80

_step_option = click.option("--step", "step_id", metavar="STEP", help=key("Only this step."))


@click.command("show", cls=LovheCommand, help=key("Show what the student reads, or with --teacher the teacher."))
@click.argument("lesson_id", metavar="ID")
@_step_option
@click.option("--teacher", is_flag=True, help=key("Show the teacher's text."))
def show_command(lesson_id: str, step_id: str | None, teacher: bool) -> None:
    """Formatted in a terminal, Markdown elsewhere."""
    from lovhe.apps import wiring
    from lovhe.apps.lesson_view import teacher_view

    lesson = wiring.kit().lesson(lesson_id)
    if teacher:
        view = teacher_view(lesson, wiring.kit().boards(), wiring.kit().parts(), current_language().code)
        if view is None:
            raise InputError(N_("The lesson {lesson} has no teacher's page.", lesson=lesson.id), N_("Show it without --teacher."))
    else:
        view = pupils_view(lesson, current_language().code)
    _print(view, _chosen(view, step_id))


_PREVIEW = key(
    "Show a lesson as students will see it, page by page, and anew as its files change.\n\n"
    "LESSON is a lesson's id or its folder. What is wrong with its files stands on top. Where nobody watches (a file, a pipe) it is "
    "shown once."
)


@click.command("preview", cls=LovheCommand, help=_PREVIEW)
@click.argument("lesson_id", metavar="LESSON")
@click.option("--step", "step_id", metavar="STEP", help=key("Begin with this step."))
@click.option("--once", is_flag=True, help=key("Show it once and end."))
@click.option("--html", metavar="FILE", type=click.Path(path_type=Path), help=key("Write it as a web page that any browser shows."))
def preview_command(lesson_id: str, step_id: str | None, once: bool, html: Path | None) -> None:
    """Live in a terminal."""
    from lovhe.apps import wiring

    if html is not None:
        from lovhe.apps.lesson_html import lesson_html
        from lovhe.apps.user_files import write_whole

        kit = wiring.kit()
        page = lesson_html(kit.lesson(lesson_id), kit.boards(), kit.parts(), current_language().code)
        write_whole(html, page.encode(), begins=b"<!doctype html>")
        say(N_("Written: {file}", file=str(html)))
        return
    if once or not _can_be_turned():
        view = pupils_view(wiring.kit().lesson(lesson_id, draft=True), current_language().code)
        _print(view, _chosen(view, step_id))
        return
    from lovhe.apps.cli.lesson_screen import preview_live
    from lovhe.apps.lesson_preview import LessonPreview

    preview = LessonPreview(lambda: wiring.kit().lesson(lesson_id, draft=True), pupils_view, current_language().code, step_id)
    if preview.view is not None:
        _chosen(preview.view, step_id)
    preview_live(preview)


@click.command("copy", cls=LovheCommand, help=key("Copy the program that a step begins with into a folder, to be worked on there."))
@click.argument("lesson_id", metavar="ID")
@click.argument("folder", metavar="[FOLDER]", required=False, type=click.Path(path_type=Path))
@click.option("--step", "step_id", metavar="STEP", help=key("What this step begins with, and not what the goal does."))
def copy_command(lesson_id: str, folder: Path | None, step_id: str | None) -> None:
    """Never over a file that is there."""
    from lovhe.apps import wiring
    from lovhe.apps.lesson_copies import copy_begin

    file = copy_begin(wiring.kit().lesson(lesson_id), step_id, folder or Path())
    say(N_("Written: {file}", file=str(file)))


def _can_be_turned() -> bool:
    """Whether there are a screen that can be drawn anew and keys to turn pages with."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "") not in ("dumb", "unknown")


def pupils_view(lesson: Lesson, language: str) -> LessonView:
    """The lesson's pages with drawings that this terminal can show."""
    from lovhe.apps import wiring
    from lovhe.apps.lesson_forms import drawn_in_text
    from lovhe.apps.lesson_view import student_view

    return student_view(lesson, wiring.kit().boards(), wiring.kit().parts(), language, drawn_in_text)


def _chosen(view: LessonView, step_id: str | None) -> Sequence[LessonPage]:
    from lovhe.core.lessons.lint.mends import choose

    pages = [page for page in view.pages if step_id is None or (page.id and page.id == step_id)]
    if not pages:
        raise InputError(
            N_("The lesson {lesson} has no step “{id}”.", lesson=view.lesson_id, id=(step_id or "")[:60]),
            choose((step_id or "")[:60], [page.id for page in view.pages if page.id]),
        )
    return pages


def _print(view: LessonView, pages: Sequence[LessonPage]) -> None:
    if view.fallback is not None:
        say(view.fallback)
    console = rich_console()
    for index, page in enumerate(pages):
        if console.is_terminal:
            from lovhe.apps.lesson_screen import shown_markdown

            console.print(shown_markdown(page.markdown), width=min(WIDTH, console.width))
            console.print()
        else:
            show(("\n" if index else "") + page.markdown)
        if page.command:
            show(("" if console.is_terminal else "\n") + t(N_("To check this step: {command}", command=page.command)))
            show()
