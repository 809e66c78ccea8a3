"""`lovhe bundle …`: the kit in one file, for PCs without internet."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from lovhe.apps.cli.command import LovheGroup
from lovhe.apps.cli.options import json_option
from lovhe.apps.cli.output import outcome_mark, say, show, show_json
from lovhe.apps.language import current_language, key, number, t
from lovhe.core.bundle.manifest import SYSTEMS, Manifest
from lovhe.core.bundle.plan import PYTHONS, BundleWishes
from lovhe.core.errors import InputError
from lovhe.core.messages import N_

_DAMAGED = 1


@click.group("bundle", cls=LovheGroup, help=key("Put the kit into one file for a USB stick, check it, and install it without internet."))
def bundle_command() -> None:
    """Nothing by itself."""


@bundle_command.command("make", help=key("Make a bundle: the kit, its libraries, the firmware on this computer and lessons in one file."))
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--system",
    "systems",
    multiple=True,
    type=click.Choice(list(SYSTEMS)),
    metavar="linux|windows",
    help=key("Only for this system; repeat it for more."),
)
@click.option(
    "--python",
    "pythons",
    multiple=True,
    metavar="3.N",
    help=key("For this version of Python; repeat it for more. Else 3.11, 3.12 and 3.13."),
)
@click.option(
    "--lessons",
    multiple=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help=key("Put in the lessons of this folder too; repeat it for more."),
)
@click.option("--drivers", metavar="DIR", type=click.Path(path_type=Path), help=key("Put in the USB drivers that lie in this folder."))
@json_option
def make_bundle(
    file: Path, systems: tuple[str, ...], pythons: tuple[str, ...], lessons: tuple[Path, ...], drivers: Path | None, as_json: bool
) -> None:
    """Needs internet, or what an earlier bundle has fetched."""
    from lovhe.apps import bundles

    for python in pythons:
        _refuse_other_python(python)
    for folder in (*lessons, *([drivers] if drivers else [])):
        if not folder.is_dir():
            raise InputError(
                N_("{folder} is no folder.", folder=str(folder)), N_("Look at the name, and at the folder you are in; then try again.")
            )
    wishes = BundleWishes(
        systems=tuple(dict.fromkeys(systems)) or tuple(SYSTEMS),
        pythons=tuple(dict.fromkeys(pythons)) or PYTHONS,
        lessons=tuple(str(folder) for folder in lessons),
        drivers=str(drivers or ""),
    )
    with _percent() as progress:
        made = bundles.make(file, wishes, say, progress)
    if as_json:
        left_out = [t(what) for what in made.left_out]
        targets = [{"system": one.system, "python": one.python, "wheels": len(one.wheels)} for one in made.targets]
        show_json({"file": str(file), "size": made.size, "files": made.files, "targets": targets, "left_out": left_out})
        return
    show(N_("{file} is made: {size} MB, {n} files.", file=str(file), size=round(made.size / 1e6, 1), n=made.files))
    for target in made.targets:
        show(f"  {target.shown}")
    if any(target.system == "windows" for target in made.targets):
        say(N_("Virtual boards need Linux: on Windows the kit works with real boards alone."))
    say(N_("On the other computer: `python3 {name}`, on Windows `py {name}`; or unpack it and double-click install.bat.", name=file.name))


@bundle_command.command("verify", help=key("Read a whole bundle and compare each file with the hash it was made with."))
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@json_option
def verify_bundle(file: Path, as_json: bool) -> int:
    """Exit code 1 when a file is damaged."""
    from lovhe.apps import bundles

    say(N_("Reading {file} …", file=str(file)))
    with _percent() as progress:
        manifest, damaged = bundles.verify(file, progress)
    if as_json:
        show_json({"ok": not damaged, "damaged": [t(what) for what in damaged], **_as_object(manifest)})
        return _DAMAGED if damaged else 0
    for what in damaged:
        show(f"{outcome_mark('failed')} {t(what)}")
    if damaged:
        say(N_("Copy the bundle to the USB stick again, or make a new one with `lovhe bundle make`."))
        return _DAMAGED
    show(f"{outcome_mark('passed')} {t(N_('Every file in the bundle is as it was made.'))}")
    show(
        N_(
            "Lövhə {version}, made {made}: {size} MB, {n} files.",
            version=manifest.kit_version,
            made=manifest.made.replace("T", " ").replace("Z", " UTC"),
            size=round(manifest.size / 1e6, 1),
            n=len(manifest.files),
        )
    )
    for target in manifest.targets:
        show(f"  {target.shown}")
    return 0


@bundle_command.command("install", help=key("Install the kit from a bundle, for you alone and without internet."))
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--to", metavar="DIR", type=click.Path(path_type=Path), help=key("Install into this folder and not into the usual one."))
def install_bundle(file: Path, to: Path | None) -> None:
    """As the script inside the bundle does."""
    from lovhe.apps import bundles

    bundles.install(file, to, current_language().code, say)


@bundle_command.command("receive", hidden=True)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def receive_extras(folder: Path) -> int:
    """A bundle's installer calls it in the version it has just installed."""
    from lovhe.apps import bundles

    return 0 if bundles.receive(folder, say) else _DAMAGED


def _refuse_other_python(version: str) -> None:
    major, dot, minor = version.partition(".")
    if major != "3" or not dot or not minor.isdecimal() or len(minor) > 2 or int(minor) < 11:
        raise InputError(
            N_("The kit does not run with Python {version}.", version=version[:20]), N_("Name 3.11 or a later one, for example 3.12.")
        )


class _percent:  # noqa: N801 (used like a function)
    """Shows how much is done, on one line of a terminal; nothing where standard error is none."""

    def __init__(self) -> None:
        self._shown = -1

    def __enter__(self) -> Callable[[int, int], object]:
        return self._show if sys.stderr.isatty() else lambda _done, _total: None

    def __exit__(self, *_exc: object) -> None:
        if self._shown >= 0:
            click.echo("\r      \r", nl=False, err=True)

    def _show(self, done: int, total: int) -> None:
        percent = 100 * done // max(total, 1)
        if percent != self._shown:
            self._shown = percent
            click.echo(f"\r{number(percent)} % ", nl=False, err=True)


def _as_object(manifest: Manifest) -> dict[str, object]:
    targets = [{"system": one.system, "python": one.python} for one in manifest.targets]
    return {"version": manifest.kit_version, "made": manifest.made, "size": manifest.size, "files": len(manifest.files), "targets": targets}
