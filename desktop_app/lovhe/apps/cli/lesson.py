"""`lovhe lesson …`: read a lesson, and prove that it works before a class sees it."""

from __future__ import annotations

import click

from lovhe.apps.cli.command import LovheGroup
from lovhe.apps.language import key

_HERE = "lovhe.apps.cli"


@click.group(
    "lesson",
    cls=LovheGroup,
    where=dict.fromkeys(("show", "preview", "copy"), f"{_HERE}.lesson_show")
    | {name: f"{_HERE}.lesson_{name}" for name in ("new", "lint", "test", "mutate", "schema")}
    | dict.fromkeys(("pack", "install", "list", "remove", "signing-key"), "lovhe.apps.cli.lesson_pack"),
    help=key("Read a lesson, or prove that its checks are right."),
)
def lesson_command() -> None:
    """Nothing by itself."""
