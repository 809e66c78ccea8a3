"""`lovhe firmware …`: the MicroPython images on this PC, fetched once, checked, and kept as they were."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from lovhe.apps.cli.command import LovheGroup
from lovhe.apps.cli.options import json_option
from lovhe.apps.cli.output import outcome_mark, say, show, show_json, show_table
from lovhe.apps.language import key, t
from lovhe.core.errors import InputError
from lovhe.core.firmware.releases import StoredImage
from lovhe.core.messages import N_

_STATES = {
    "ok": ("passed", key("in order")),
    "changed": ("failed", key("changed")),
    "damaged": ("failed", key("damaged")),
    "gone": ("failed", key("gone")),
}
_CHANGED = 1


@click.group(
    "firmware",
    cls=LovheGroup,
    where={"fetch": "lovhe.apps.cli.firmware_fetch"},
    help=key("Fetch, check and keep the MicroPython images that boards are flashed with."),
)
def firmware_command() -> None:
    """Nothing by itself."""


@firmware_command.command("add", help=key("Check a firmware file and keep a copy, for computers without internet."))
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
def add_firmware(files: tuple[Path, ...]) -> None:
    """All files, or those before the first one that is refused."""
    from lovhe.apps import firmware_store

    store = firmware_store.store()
    for file in files:
        image = store.add(file)
        if image.program:
            show(N_("{file} is taken in: {program} for the chip {chip}.", file=image.file, program=image.program, chip=image.chip))
        else:
            show(N_("{file} is taken in: a firmware for the chip {chip} that does not say what it is.", file=image.file, chip=image.chip))
        _say_if_not_as_released(image)


@firmware_command.command("list", help=key("Show the firmware images on this computer."))
@json_option
def list_firmware(as_json: bool) -> None:
    """Each file is looked at now; one that someone has put into the folder is taken in by that."""
    from lovhe.apps import firmware_store

    store = firmware_store.store()
    images = store.images()
    if as_json:
        show_json([as_object(image, store.folder) for image in images])
        return
    if images:
        _show_images(images)
        _say_troubles(images)
    else:
        say(N_("There is no firmware on this computer yet."))
    if missing := [release.name for release in firmware_store.missing_releases()]:
        say(N_("Not on this computer: {names}.", names=", ".join(missing)))
        say(N_("`lovhe firmware fetch` gets them where there is internet; `lovhe firmware add FILE` takes in a file."))


@firmware_command.command("verify", help=key("Check that the firmware images are still what they were when they were taken in."))
@click.argument("names", metavar="[NAME…]", nargs=-1)
@json_option
def verify_firmware(names: tuple[str, ...], as_json: bool) -> int:
    """Exit code 1 when one is changed, damaged or gone."""
    from lovhe.apps import firmware_store

    store = firmware_store.store()
    images = store.images()
    if names:
        called = {file for name in names for file in firmware_store.files_called(store, name)}
        images = [image for image in images if image.file in called]
    sound = all(image.ok for image in images)
    if as_json:
        show_json([as_object(image, store.folder) for image in images])
        return 0 if sound else _CHANGED
    if not images:
        say(N_("There is no firmware on this computer yet."))
        return 0
    _show_images(images)
    _say_troubles(images)
    for image in images:
        _say_if_not_as_released(image)
    if sound:
        say(N_("{n} image is what it was when it was taken in.", "{n} images are what they were when they were taken in.", n=len(images)))
    return 0 if sound else _CHANGED


@firmware_command.command("remove", help=key("Delete firmware images from this computer."))
@click.argument("names", metavar="NAME…", nargs=-1, required=True)
def remove_firmware(names: tuple[str, ...]) -> None:
    """By the names of files or of releases; all of them, or none if one is not there."""
    from lovhe.apps import firmware_store

    store = firmware_store.store()
    files = list(dict.fromkeys(file for name in names for file in firmware_store.files_called(store, name)))
    for file in files:
        for image in store.remove(file):
            show(N_("{file} is removed.", file=image.file))


def as_object(image: StoredImage, folder: Path) -> dict[str, object]:
    """An image as `--json` prints it."""
    return {
        "file": image.file,
        "path": str(folder / image.file),
        "state": image.state,
        "reason": t(image.reason) if image.reason else None,
        "chip": image.chip,
        "program": image.program,
        "machine": image.machine,
        "release": image.release or None,
        "as_released": image.as_released,
        "size": image.size,
        "sha256": image.sha256,
        "origin": image.origin,
        "added": image.added,
    }


def _show_images(images: Sequence[StoredImage]) -> None:
    rows = []
    for image in images:
        outcome, word = _STATES[image.state]
        rows.append((image.file, image.chip, image.program, f"{outcome_mark(outcome)} {t(word)}"))
    show_table((key("File"), key("Chip"), key("Program"), key("State")), rows)


def _say_troubles(images: Sequence[StoredImage]) -> None:
    troubles = [image for image in images if image.reason]
    for image in troubles:
        assert image.reason is not None
        say(f"{image.file}: {t(image.reason)}")
    if troubles:
        say(N_("Such a file is not written to any board. `lovhe firmware fetch` gets it again, `lovhe firmware remove NAME` deletes it."))


def _say_if_not_as_released(image: StoredImage) -> None:
    if image.ok and image.as_released is False:
        say(N_("{file} is sound, but it is not the very file that was released as {release}.", file=image.file, release=image.release))


def refuse_names_with_all(names: Sequence[str], every: bool) -> None:
    """Raise `InputError` where names and --all were given together."""
    if names and every:
        raise InputError(N_("A name and --all were given together."), N_("Give one of them."))
