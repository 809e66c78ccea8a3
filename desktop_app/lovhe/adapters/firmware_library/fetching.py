"""Releases from the net into the user's folder: what has arrived is looked into before it gets its name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from lovhe.adapters.firmware_library.connection import Limits
from lovhe.adapters.firmware_library.download import Download, Progress
from lovhe.adapters.firmware_library.reading import bytes_of
from lovhe.adapters.firmware_library.store import FirmwareStore
from lovhe.core.errors import ImageError, UnavailableError
from lovhe.core.firmware.esp_image import describe_firmware
from lovhe.core.firmware.releases import Release, StoredImage
from lovhe.core.messages import N_, Message, Text


class FirmwareFetcher:
    """Fetches releases into `store`. Two of them may fetch at the same time; the same file only one."""

    def __init__(self, store: FirmwareStore, limits: Limits | None = None) -> None:
        self._store = store
        self._limits = limits or Limits()

    def is_here(self, release: Release) -> StoredImage | None:
        """The release's file, if it lies in the folder and is sound."""
        said = (release.chip, f"MicroPython {release.version}")
        for name in reversed(self._store.files_of(release)):
            image = self._store.image(name)
            if image.ok and image.as_released is not False and (image.chip, image.program) == said:
                return image
        return None

    def fetch(self, release: Release, progress: Progress, note: Callable[[Text], None]) -> StoredImage:
        """Download the release, check it and keep it; blocks as long as that takes.

        Raises `UnavailableError` where it cannot be had, `ImageError` where what came is not that release.
        """
        if not release.url:
            raise UnavailableError(
                N_("Where exactly the file of {release} is to be had is not known to this Lövhə.", release=release.name),
                N_("Fetch {file} from {page}, and take it in with `lovhe firmware add FILE`.", file=release.file, page=release.page),
            )
        part = self._store.folder / f"{release.file_name}.part"
        download = Download(release.url, part, self._limits, progress, note)
        download.run()
        try:
            data = self._checked(release, download)
        except ImageError as problem:
            if not download.resumed:
                raise
            note(N_("{reason} Fetching it from its beginning …", reason=problem.what))
            download.run()
            data = self._checked(release, download)
        kept = self._store.keep(part, release.file_name, data, release.url)
        download.tidy()
        return kept

    def _checked(self, release: Release, download: Download) -> bytes:
        """The bytes that have arrived. What is not that release is thrown away, so that the next time begins anew."""
        try:
            data = bytes_of(download.part)
            _refuse_another(release, data)
        except ImageError:
            download.discard()
            raise
        return data


def _refuse_another(release: Release, data: bytes) -> None:
    name = release.file_name
    if release.sha256 and hashlib.sha256(data).hexdigest() != release.sha256:
        describe_firmware(data, name)  # where it is damaged, that is what there is to say
        raise ImageError(N_("What came as {name} is not the file that was released: its SHA-256 is another.", name=name), _do_not_use())
    image = describe_firmware(data, name)
    if image.chip != release.chip:
        raise ImageError(
            N_("What came as {name} is for the chip {found}, and not for {chip}.", name=name, found=image.chip, chip=release.chip),
            _do_not_use(),
        )
    if not image.program.is_release(release.version):
        raise ImageError(
            N_(
                "What came as {name} is not MicroPython {version}; it calls itself “{found}”.",
                name=name,
                version=release.version,
                found=image.program.title,
            ),
            _do_not_use(),
        )


def _do_not_use() -> Message:
    return N_("Nothing of it was kept. Try again later, or over another network; somebody on the way may have changed it.")
