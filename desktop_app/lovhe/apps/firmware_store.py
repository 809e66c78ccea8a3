"""The firmware on this PC as the front ends use it: a sibling of `wiring`, which joins the library's parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lovhe.apps import wiring
from lovhe.core.errors import InputError, LovheError
from lovhe.core.firmware.releases import Release, StoredImage, newest_of_each_board, releases_called
from lovhe.core.messages import N_, Text

if TYPE_CHECKING:
    from lovhe.adapters.firmware_library.connection import Limits
    from lovhe.adapters.firmware_library.store import FirmwareStore

Progress = Callable[[Release, int, int], None]
"""Called with the bytes that are here and the bytes in all (0 where the server does not say)."""


def images_file() -> Path:
    """The table of releases."""
    return wiring.kit().firmware / "images.toml"


def limits() -> Limits:
    """How patient a download is."""
    from lovhe.adapters.firmware_library.connection import Limits

    return Limits()


def store() -> FirmwareStore:
    """The user's folder of firmware. Raises `InputError` when the table of releases is broken."""
    from lovhe.adapters.firmware_library.reading import read_releases
    from lovhe.adapters.firmware_library.store import FirmwareStore

    return FirmwareStore(wiring.firmware_folder(), read_releases(images_file()))


def wanted_releases(names: Sequence[str], every: bool) -> list[Release]:
    """The releases that `names` mean; without names the newest of each board, with `every` all. Raises `InputError`."""
    known = list(store().releases)
    if every:
        return known
    if not names:
        return newest_of_each_board(known)
    called = [release for name in names for release in releases_called(name, known)]
    return list({release.name: release for release in called}.values())


def files_called(images: FirmwareStore, word: str) -> list[str]:
    """The files that a user means by `word`. Raises `InputError` where there is none."""
    if files := images.files_called(word):
        return files
    raise InputError(N_("There is no firmware “{name}” on this computer.", name=word), N_("`lovhe firmware list` shows what there is."))


def missing_releases() -> list[Release]:
    """The newest release of each board, as far as it is not here."""
    from lovhe.adapters.firmware_library.fetching import FirmwareFetcher

    here = store()
    fetcher = FirmwareFetcher(here)
    return [release for release in newest_of_each_board(here.releases) if fetcher.is_here(release) is None]


class Fetched:
    """How the fetching of one release ended: `image` is what is here now, `error` why there is nothing; `was_here` before."""

    def __init__(self, release: Release, image: StoredImage | None, error: LovheError | None = None, was_here: bool = False) -> None:
        self.release = release
        self.image = image
        self.error = error
        self.was_here = was_here


def fetch(releases: Sequence[Release], progress: Progress, note: Callable[[Release, Text], None]) -> list[Fetched]:
    """Fetch `releases`, one after another. Where there is no way to the server, the rest is not tried."""
    from lovhe.adapters.firmware_library.connection import UnreachableError
    from lovhe.adapters.firmware_library.fetching import FirmwareFetcher

    fetcher = FirmwareFetcher(store(), limits())
    ended: list[Fetched] = []
    unreachable: LovheError | None = None
    for release in releases:
        if here := fetcher.is_here(release):
            ended.append(Fetched(release, here, was_here=True))
            continue
        if unreachable:
            ended.append(Fetched(release, None, unreachable))
            continue
        try:
            image = fetcher.fetch(release, _for(progress, release), _for(note, release))
            ended.append(Fetched(release, image))
        except LovheError as problem:
            unreachable = problem if isinstance(problem, UnreachableError) else None
            ended.append(Fetched(release, None, problem))
    return ended


def _for(call: Callable[..., None], release: Release) -> Callable[..., None]:
    return lambda *values: call(release, *values)
