"""`lovhe lesson schema`: the JSON Schema of lesson.toml, for editors."""

from __future__ import annotations

from pathlib import Path

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.output import say
from lovhe.apps.language import key
from lovhe.core.lessons.schema import schema_text
from lovhe.core.messages import N_


@click.command("schema", cls=LovheCommand, help=key("Print the JSON Schema of lesson.toml, with which an editor helps to write it."))
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
def schema_command(file: Path | None) -> None:
    """On standard output, or into a file with the letters and line ends that it should have; only an older schema is written over."""
    if file is None:
        click.echo(schema_text(), nl=False)
        return
    from lovhe.apps.user_files import write_whole

    write_whole(file, schema_text().encode(), begins=b'{\n  "$schema"')
    say(N_("Written: {file}", file=str(file)))
