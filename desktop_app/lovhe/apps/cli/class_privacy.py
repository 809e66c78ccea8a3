"""`lovhe class privacy`: what is kept of pupils, for them and their parents."""

from __future__ import annotations

from pathlib import Path

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.output import rich_console, say, show
from lovhe.apps.language import key
from lovhe.core.messages import N_

_WIDTH = 80


@click.command(
    "privacy",
    cls=LovheCommand,
    help=key(
        "Show a page for pupils and parents: what is kept of a pupil, where, who sees it, and how it is erased.\n\n"
        "With --lang it is in another language; with --pdf it can be printed and hung up."
    ),
)
@click.option("--pdf", "file", metavar="FILE", type=click.Path(path_type=Path), help=key("Write it as PDF, one page."))
def privacy_command(file: Path | None) -> None:
    """Formatted in a terminal, Markdown elsewhere."""
    from lovhe.apps import wiring
    from lovhe.apps.teaching.privacy import privacy_page, privacy_pdf
    from lovhe.apps.user_files import write_whole

    with wiring.results() as store:
        page = privacy_page(store.retention().months())
    if file is not None:
        write_whole(file, privacy_pdf(page), begins=b"%PDF-")
        say(N_("The page is in {file}.", file=str(file)))
        return
    console = rich_console()
    if not console.is_terminal:
        show(page)
        return
    from lovhe.apps.lesson_screen import shown_markdown

    console.print(shown_markdown(page), width=min(_WIDTH, console.width))
