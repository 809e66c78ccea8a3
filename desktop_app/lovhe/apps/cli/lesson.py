"""`lovhe lesson …`: read a lesson, and prove that it works before a class sees it."""

from __future__ import annotations

import click

from lovhe.apps.cli.command import LovheGroup
from lovhe.apps.cli.output import rich_console, show
from lovhe.apps.language import current_language, key
from lovhe.core.messages import Localized

_HERE = "lovhe.apps.cli"


@click.group(
    "lesson",
    cls=LovheGroup,
    where={"test": f"{_HERE}.lesson_test", "mutate": f"{_HERE}.lesson_mutate"}
    | dict.fromkeys(("pack", "install", "list", "remove", "signing-key"), "lovhe.apps.cli.lesson_pack"),
    help=key("Read a lesson, or prove that its checks are right."),
)
def lesson_command() -> None:
    """Nothing by itself."""


@lesson_command.command("show", help=key("Show what the student reads, or with --teacher the teacher."))
@click.argument("lesson_id", metavar="ID")
@click.option("--teacher", is_flag=True, help=key("Show the teacher's text."))
def show_lesson(lesson_id: str, teacher: bool) -> None:
    """Formatted in a terminal, Markdown elsewhere."""
    from lovhe.apps import wiring

    lesson = wiring.kit().lesson(lesson_id)
    bodies = lesson.teacher if teacher else {code: f"# {text.title}\n\n{text.goal}\n\n{text.body}" for code, text in lesson.texts.items()}
    markdown = current_language().text(Localized(bodies))
    console = rich_console()
    if console.is_terminal:
        from rich.markdown import Markdown

        console.print(Markdown(markdown))
    else:
        show(markdown)
