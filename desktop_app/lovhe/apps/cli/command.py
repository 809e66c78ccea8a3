"""Commands whose help is put into the user's language when it is shown, and whose modules are imported when they are called."""

from __future__ import annotations

import importlib
from typing import Any

import click
from rich_click.rich_command import RichCommand, RichGroup

from lovhe.apps.language import LANGUAGES, key, t


def language_option() -> click.Option:
    """`--lang`, understood before and after the subcommand. `main` looks for it before click reads the rest."""
    return click.Option(
        ["--lang"], type=click.Choice(LANGUAGES), metavar="az|ru|en", expose_value=False, help=key("Language of messages and help.")
    )


def in_users_language(command: click.Command) -> None:
    """Replace the catalogue keys in a command's help by sentences; the keys are kept for the next language."""
    for holder in (command, *command.params):
        if isinstance(holder, click.Command | click.Option | click.Argument):
            english = holder.__dict__.setdefault("_help_key", holder.help)
            holder.help = t(english) if english else english


def help_words() -> dict[str, str]:
    """rich-click's own words in the user's language."""
    return {
        "arguments_panel_title": t(key("Arguments")),
        "options_panel_title": t(key("Options")),
        "commands_panel_title": t(key("Commands")),
        "required_long_string": t(key("(required)")),
        "default_string": t(key("(else: {})")),
    }


class LovheCommand(RichCommand):
    """One command. What it returns is the exit code; None is 0."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add `--lang` to the given options."""
        super().__init__(*args, **kwargs)
        self.params.append(language_option())

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_usage(self, ctx, formatter)


class LovheGroup(RichGroup):
    """A group of commands. `where` names the module of each; a module's object has the command's name and `_command`."""

    command_class = LovheCommand

    def __init__(self, *args: Any, where: dict[str, str] | None = None, **kwargs: Any) -> None:
        """Add `--lang` to the given options."""
        super().__init__(*args, **kwargs)
        self._where = where or {}
        self.params.append(language_option())

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self._where, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        command = self.commands.get(cmd_name)
        if command is None and cmd_name in self._where:
            command = getattr(importlib.import_module(self._where[cmd_name]), f"{cmd_name.replace('-', '_')}_command")
        if command is not None:
            in_users_language(command)
        return command

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_usage(self, ctx, formatter)


def _write_usage(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    formatter.write_usage(ctx.command_path, " ".join(command.collect_usage_pieces(ctx)), prefix=t(key("Usage:")))
