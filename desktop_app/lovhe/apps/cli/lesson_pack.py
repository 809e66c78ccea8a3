"""`lovhe lesson pack`, `install`, `list`, `remove`, `signing-key`: lessons of others, and one's own for others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.options import json_option
from lovhe.apps.cli.output import say, show, show_json, show_table
from lovhe.apps.language import current_language, key, t
from lovhe.apps.notices import notice
from lovhe.core.lessons.pack import newer
from lovhe.core.messages import N_, Localized

if TYPE_CHECKING:
    from lovhe.apps.lesson_packs import PackView
    from lovhe.core.lessons.pack import PackFile

_file = click.Path(path_type=Path)
_NAMED = 12


@click.command("pack", cls=LovheCommand, help=key("Put a folder of lessons into one file, for other schools."))
@click.argument("folder", metavar="DIR", type=_file)
@click.option(
    "-o", "--output", "file", metavar="FILE", type=_file, help=key("The file to make; else it is called by the pack's id and version.")
)
@click.option("--sign", "key_file", metavar="KEY", type=_file, help=key("Sign the pack with this key, made by `lovhe lesson signing-key`."))
@click.option(
    "--signed-by", metavar="NAME", default="", help=key("Your name or your school's, which is shown to whoever installs the pack.")
)
@json_option
def pack_command(folder: Path, file: Path | None, key_file: Path | None, signed_by: str, as_json: bool) -> None:
    """Each lesson is read first; what no lesson has is left out."""
    from lovhe.apps import lesson_packs

    made, view = lesson_packs.make(folder, file, key_file, signed_by)
    if as_json:
        show_json({"file": str(made), **_as_object(view), "left_out": view.left_out})
        return
    show(N_("{file} is made. It holds {n} lesson.", "{file} is made. It holds {n} lessons.", file=str(made), n=len(view.lessons)))
    if view.left_out:
        names = ", ".join(view.left_out[:_NAMED]) + (", …" if len(view.left_out) > _NAMED else "")
        say(N_("Left out, because no pack holds such files: {files}.", files=names))
    _say_signer(view)
    say(N_("On the other computer: `lovhe lesson install {file}`", file=made.name))


@click.command("install", cls=LovheCommand, help=key("Install a pack of lessons."))
@click.argument("file", metavar="FILE", type=_file)
@click.option("--other-signer", is_flag=True, help=key("Take it although the installed version was signed with another key."))
@json_option
def install_command(file: Path, other_signer: bool, as_json: bool) -> None:
    """Everything in the file is looked at before anything is written."""
    from lovhe.apps import lesson_packs

    view = lesson_packs.install(file, other_signer=other_signer)
    if as_json:
        show_json(_as_object(view))
        return
    pack = view.about
    show(
        N_(
            "The pack “{name}” {version} is installed: {n} lesson.",
            "The pack “{name}” {version} is installed: {n} lessons.",
            name=_name(pack), version=pack.version, n=len(view.lessons),
        )
    )  # fmt: skip
    if view.before:
        if newer(view.before, view.about.version):
            say(N_("It is older than version {before}, whose place it has taken.", before=view.before))
        else:
            say(N_("It has taken the place of version {before}.", before=view.before))
    _say_signer(view)
    if lesson_packs.untranslated(pack):
        say(N_("It translates the pack “{id}”, which is not here: its texts are shown as soon as that is installed.", id=pack.translates))
    else:
        say(N_("`lovhe lessons` shows them."))


@click.command("list", cls=LovheCommand, help=key("Show the packs of lessons on this computer."))
@json_option
def list_command(as_json: bool) -> None:
    """The kit's own first; packs that cannot be read are told beside the table."""
    from lovhe.apps import lesson_packs, wiring

    views = lesson_packs.packs()
    for problem in wiring.kit().broken_packs():
        notice(problem.what, problem.next_step)
    if as_json:
        show_json([_as_object(view) for view in views])
        return
    rows = [
        (view.about.id, view.about.version, _name(view.about), str(len(view.lessons)), " ".join(view.about.languages), _signer(view))
        for view in views
    ]
    show_table((key("Pack"), key("Version"), key("Name"), key("Lessons"), key("Languages"), key("Signed by")), rows)


@click.command("remove", cls=LovheCommand, help=key("Remove a pack of lessons from this computer. Results stay."))
@click.argument("pack_id", metavar="PACK")
def remove_command(pack_id: str) -> None:
    """Never the kit's own."""
    from lovhe.apps import lesson_packs

    about = lesson_packs.remove(pack_id)
    if about is None:
        show(N_("The broken pack “{name}” is removed.", name=pack_id))
    else:
        show(N_("The pack “{name}” {version} is removed.", name=_name(about), version=about.version))


@click.command("signing-key", cls=LovheCommand, help=key("Make a key to sign packs with."))
@click.argument("file", metavar="FILE", type=_file)
def signing_key_command(file: Path) -> None:
    """Nothing is overwritten."""
    from lovhe.apps import lesson_packs

    fingerprint = lesson_packs.new_key(file)
    show(N_("The key is in {file}. Its fingerprint: {fingerprint}", file=str(file), fingerprint=fingerprint))
    say(N_("Keep the file to yourself and a copy in a safe place: whoever has it can sign in your name."))
    say(N_("Tell others the fingerprint, so that they can compare it when they install your packs."))


def _name(about: PackFile) -> str:
    return current_language().text(Localized(about.names)) if about.names else about.id


def _signer(view: PackView) -> str:
    if view.own:
        return t(key("the kit's own"))
    return f"{view.signed_by} {view.key}" if view.key else t(key("nobody"))


def _say_signer(view: PackView) -> None:
    if view.key:
        say(N_("Signed by “{name}” with the key {key}. Compare the key with what they told you.", name=view.signed_by, key=view.key))
    else:
        say(N_("Nobody has signed this pack: take it only from somebody you know."))


def _as_object(view: PackView) -> dict[str, object]:
    return {
        "id": view.about.id,
        "version": view.about.version,
        "languages": view.about.languages,
        "translates": view.about.translates or None,
        "lessons": view.lessons,
        "signed_by": view.signed_by or None,
        "key": view.key or None,
        "own": view.own,
    }
