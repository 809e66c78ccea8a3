"""Making, checking and installing offline bundles: a sibling of `wiring`, which joins the parts."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from lovhe.apps import wiring
from lovhe.core.bundle.manifest import Manifest
from lovhe.core.bundle.plan import BundleWishes
from lovhe.core.bundle.words import BundleFault, Sentence
from lovhe.core.errors import InputError, LovheError, reason_of
from lovhe.core.messages import N_, Message, Text

if TYPE_CHECKING:
    from lovhe.services.bundling import MadeBundle

log = logging.getLogger(__name__)

Tell = Callable[[Text], None]
MAX_DRIVER_BYTES = 200 << 20


class BundleError(InputError):
    """A bundle that is damaged, unsuitable or cannot be installed here."""


def message(sentence: Sentence) -> Message:
    """A sentence of the installer as the kit's own."""
    return Message(
        sentence.text, {name: message(value) if isinstance(value, Sentence) else value for name, value in sentence.params.items()}
    )


@contextmanager
def _faults_told() -> Iterator[None]:
    try:
        yield
    except BundleFault as fault:
        raise BundleError(message(fault.what), message(fault.next_step)) from fault


def make(file: Path, wishes: BundleWishes, tell: Tell, progress: Callable[[int, int], object]) -> MadeBundle:
    """Make a bundle as `file`. Raises `LovheError`s."""
    from lovhe.adapters.bundle.packing import installer_files, write_bundle
    from lovhe.adapters.bundle.wheelhouse import Wheelhouse
    from lovhe.services.bundling import make_bundle

    if file.is_dir() or not file.absolute().parent.is_dir():
        raise InputError(
            N_("{file} cannot be the bundle's file.", file=str(file)),
            N_("Name a file in a folder that is there, for example lovhe-kit.zip."),
        )
    extras = {**_firmware(tell), **_lessons(wishes.lessons), **_drivers(wishes.drivers)}
    made = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with _faults_told(), tempfile.TemporaryDirectory(prefix="lovhe-", ignore_cleanup_errors=True) as folder:
        return make_bundle(
            file,
            wishes,
            Wheelhouse(_cache_folder(), _checkout()),
            extras,
            installer_files,
            partial(write_bundle, made=made, progress=progress),
            Path(folder),
            tell,
        )


def verify(file: Path, progress: Callable[[int, int], object]) -> tuple[Manifest, list[Text]]:
    """Read all of a bundle; what it holds and a sentence for each damaged file. Raises `BundleError` where it is none."""
    from lovhe.adapters.bundle.bundle_file import BundleFile

    with _faults_told(), BundleFile(file) as bundle:
        size = bundle.manifest.size
        damaged = bundle.damaged(lambda done: progress(done, size))
        return bundle.manifest, [message(what) for _path, what in damaged]


def install(file: Path, to: Path | None, language: str, tell: Tell) -> None:
    """Install a bundle for this user, with the same code that the bundle itself carries. Raises `BundleError`."""
    from lovhe.adapters.bundle.bundle_file import BundleFile
    from lovhe.adapters.bundle.installer.installing import install as install_bundle

    with _faults_told(), BundleFile(file) as bundle:
        install_bundle(bundle, to, language, lambda sentence: tell(message(sentence)))


def receive(extras: Path, tell: Tell) -> bool:
    """Take firmware, lessons and drivers that a bundle's installer has unpacked into the data folder; whether all went well."""
    from lovhe.apps import firmware_store

    well = True
    firmware = sorted((extras / "firmware").glob("*"))
    store = firmware_store.store() if firmware else None
    for file in firmware:
        try:
            assert store is not None
            store.add(file)
        except LovheError as problem:
            log.info("not taken in: %s", problem, exc_info=problem)
            tell(problem.what)
            tell(problem.next_step)
            well = False
    for name in ("lessons", "drivers"):
        for source in sorted((extras / name).glob("*")):
            try:
                _put(source, wiring.data_folder() / name / source.name)
            except OSError as problem:
                raise _unwritable(wiring.data_folder() / name, problem) from problem
    return well


def _put(source: Path, target: Path) -> None:
    """Put a file or folder into place: the old one or the new is there, and a cut in between is mended by the next time."""
    target.parent.mkdir(parents=True, exist_ok=True)
    new, old = (target.parent / f".{target.name}.{word}" for word in ("new", "old"))
    for rest in (new, old):
        shutil.rmtree(rest, ignore_errors=True)
    if source.is_file():
        shutil.copyfile(source, new)
        new.replace(target)
        return
    shutil.copytree(source, new)
    if target.exists():
        target.rename(old)
    new.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _firmware(tell: Tell) -> dict[str, Path]:
    """The images in the user's folder that are as they were when they were taken in."""
    from lovhe.apps import firmware_store

    store = firmware_store.store()
    images = store.images()
    for image in images:
        if not image.ok:
            tell(N_("The firmware {file} is not as it was when it was taken in; it is left out.", file=image.file))
    good = [image.file for image in images if image.ok]
    if not good:
        tell(N_("There is no firmware on this computer, so the bundle has none: `lovhe firmware fetch` gets it."))
    return {f"firmware/{file}": store.folder / file for file in good}


def _lessons(folders: tuple[str, ...]) -> dict[str, Path]:
    """The files of packs of lessons, each of which is read first: a lesson that is wrong is refused. Raises `LovheError`."""
    from lovhe.adapters.kit_files import KitFiles

    files: dict[str, Path] = {}
    for folder in map(Path, folders):
        lessons = sorted(file.parent for file in folder.glob("*/lesson.toml"))
        if not lessons:
            raise InputError(
                N_("There are no lessons in the folder {folder}.", folder=str(folder)),
                N_("Name the folder of a pack: it holds a folder for each lesson."),
            )
        kit = KitFiles(more_lessons=folder)
        for lesson in lessons:
            kit.lesson(lesson.name)
        files |= _files_below(folder, f"lessons/{folder.resolve().name}")
    return files


def _drivers(name: str) -> dict[str, Path]:
    if not name:
        return {}
    folder = Path(name)
    files = _files_below(folder, "drivers")
    if not files or sum(file.stat().st_size for file in files.values()) > MAX_DRIVER_BYTES:
        raise InputError(
            N_("The folder {folder} holds no drivers, or far more than drivers are.", folder=str(folder)),
            N_("Name a folder that holds what the makers of CH340 and CP210x offer as drivers, and nothing else."),
        )
    return files


def _files_below(folder: Path, place: str) -> dict[str, Path]:
    """All files in a folder but hidden and compiled ones: path in the bundle to file. Links are not followed."""
    found = {}
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")) and not Path(here, name).is_symlink())
        for name in names:
            file = Path(here, name)
            if not name.startswith(".") and file.is_file() and not file.is_symlink():
                found[f"{place}/{file.relative_to(folder).as_posix()}"] = file
    return found


def _cache_folder() -> Path:
    """Where fetched wheels are kept; they can be deleted at any time."""
    import platformdirs

    if folder := os.environ.get("LOVHE_DATA_DIR"):
        return Path(folder) / "wheels"
    return platformdirs.user_cache_path("lovhe", appauthor=False) / "wheels"


def _checkout() -> Path | None:
    """The source folder the kit runs from, or None where it is installed."""
    root = wiring.kit().root
    return root if (root / "pyproject.toml").is_file() else None


def _unwritable(place: Path, problem: OSError) -> BundleError:
    return BundleError(
        N_("{file} cannot be written: {reason}.", file=str(place), reason=reason_of(problem)),
        N_("Look whether there is room on the disk and you may write there, then try again."),
    )
