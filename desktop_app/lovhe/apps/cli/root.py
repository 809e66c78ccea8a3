"""The command `lovhe` and the names of its subcommands; their modules are imported when they are used."""

from __future__ import annotations

import click

from lovhe import __version__
from lovhe.apps.cli.command import LovheGroup, help_words, in_users_language
from lovhe.apps.language import key

_HERE = "lovhe.apps.cli"


def _show_version(ctx: click.Context, param: click.Parameter, asked: bool) -> None:
    if asked:
        click.echo(f"lovhe {__version__}")
        ctx.exit()


@click.group(
    cls=LovheGroup,
    invoke_without_command=True,
    where={
        "demo": f"{_HERE}.demo",
        "boards": f"{_HERE}.boards",
        "board": f"{_HERE}.board",
        "flash": f"{_HERE}.flash",
        "firmware": f"{_HERE}.firmware",
        "deploy": f"{_HERE}.deploy",
        "run": f"{_HERE}.run",
        "check": f"{_HERE}.check",
        "lessons": f"{_HERE}.lessons",
        "lesson": f"{_HERE}.lesson",
        "write": f"{_HERE}.write",
        "results": f"{_HERE}.results",
        "class": f"{_HERE}.school_class",
        "bundle": f"{_HERE}.bundle",
        "doctor": f"{_HERE}.doctor",
    },
    help=key("Lövhə: a coding and STEAM classroom kit. Flash boards, load lessons, run and check students' programs."),
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help=key("Show the version and exit."))
@click.pass_context
def lovhe(ctx: click.Context) -> None:
    """Alone, it shows its help; a subcommand does the work."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def root() -> LovheGroup:
    """The whole command line, in the language in use."""
    assert isinstance(lovhe, LovheGroup)
    in_users_language(lovhe)
    lovhe.context_settings["rich_help_config"] = help_words()
    return lovhe
