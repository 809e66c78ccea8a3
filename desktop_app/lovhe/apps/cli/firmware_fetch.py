"""`lovhe firmware fetch`: MicroPython from the net, with a bar a file, going on where a broken download stopped."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.firmware import refuse_names_with_all
from lovhe.apps.cli.output import outcome_mark, rich_console, say, show_table
from lovhe.apps.language import key, t
from lovhe.core.firmware.releases import Release
from lovhe.core.messages import N_, Text

if TYPE_CHECKING:
    from lovhe.apps.firmware_store import Fetched, Progress


@click.command(
    "fetch",
    cls=LovheCommand,
    help=key("Fetch MicroPython from the net: the newest release for each chip, or those named (1.28.0, esp32s3, ESP32_GENERIC-1.26.1)."),
)
@click.argument("names", metavar="[NAME…]", nargs=-1)
@click.option("--all", "every", is_flag=True, help=key("Fetch all releases that the kit supports."))
def fetch_command(names: tuple[str, ...], every: bool) -> int:
    """One release's trouble stops no other, unless there is no internet."""
    from lovhe.apps import firmware_store

    refuse_names_with_all(names, every)
    releases = firmware_store.wanted_releases(names, every)
    say(N_("Fetching {n} firmware image …", "Fetching {n} firmware images …", n=len(releases)))
    try:
        with _bars(releases) as progress:
            ended = firmware_store.fetch(releases, progress, _tell)
    except KeyboardInterrupt:
        say(N_("What has arrived is kept: the same command goes on from there."))
        raise
    _show_results(ended)
    return max((result.error.exit_code for result in ended if result.error), default=0)


def _tell(release: Release, text: Text) -> None:
    say(f"{release.name}: {t(text)}")


@contextmanager
def _bars(releases: Sequence[Release]) -> Iterator[Progress]:
    """A bar a file where standard error is a terminal, else nothing: the result is said at the end."""
    if not sys.stderr.isatty():
        yield lambda release, done, total: None
        return
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(bar_width=None), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=rich_console(err=True)) as bars:
        tasks = {release.name: bars.add_task(release.name, total=None, visible=False) for release in releases}

        def move(release: Release, done: int, total: int) -> None:
            bars.update(tasks[release.name], completed=done, total=total or None, visible=True)

        yield move


def _show_results(ended: Sequence[Fetched]) -> None:
    """What each release's fetching came to; what to do about those that failed, each sentence once."""
    rows = []
    for result in ended:
        name, word = result.release.name, key("not fetched")
        if result.image:
            name, word = result.image.file, key("was here already") if result.was_here else key("fetched")
        rows.append((name, result.release.chip, f"{outcome_mark('passed' if result.image else 'failed')} {t(word)}"))
    show_table((key("File"), key("Chip"), key("Result")), rows)
    told: list[str] = []
    for result in ended:
        if result.error:
            for text in (t(result.error.what), t(result.error.next_step)):
                if text not in told:
                    say(text)
                    told.append(text)
