"""Which firmware a board gets: a file the user names, the release the kit is made for, or a virtual board's own image.

`firmware/images.toml` names the releases. The kit carries none of them: a teacher fetches them once, or brings them on a stick.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

from lovhe.adapters.firmware_library.reading import bytes_of, read_firmware, read_releases
from lovhe.adapters.firmware_library.store import FirmwareStore
from lovhe.core.errors import UnavailableError
from lovhe.core.firmware.releases import Release, unknown_release
from lovhe.core.messages import N_
from lovhe.services.ports import BoardInfo, Firmware


class FirmwareLibrary:
    """Finds, reads and checks firmware; what was read once is kept, so that a class set costs one reading."""

    def __init__(self, images_file: Path, folder: Path, virtual_image: Callable[[str], bytes]) -> None:
        self._images_file = images_file
        self._folder = folder
        self._virtual_image = virtual_image
        self._read: dict[str, Firmware] = {}
        self._one_at_a_time = threading.RLock()

    def firmware_for(self, board: BoardInfo, chip: str, wanted: str = "") -> Firmware:
        """The firmware for `board`: `wanted` (a path, the name of a file in the folder, or a release's name), else what suits it.

        Raises `ImageError` for a damaged or changed file, `InputError` for an unknown name, `UnavailableError` when a release's
        file is not on this PC.
        """
        with self._one_at_a_time:
            if wanted:
                return self._named(wanted, chip)
            if board.virtual:
                return self._once(f"virtual {chip}", lambda: read_firmware(self._virtual_image(chip), "lovhe-virtual"))
            return self._newest([release for release in self.releases() if release.chip == chip], chip)

    def refuse_unknown(self, wanted: str) -> None:
        """Raise what `firmware_for` would raise for every board: `wanted` names nothing, or a file that is damaged or changed."""
        with self._one_at_a_time:
            if wanted and self._file(wanted) is None:
                self._called(wanted)

    def releases(self) -> list[Release]:
        """The releases in `firmware/images.toml`, newest first. Raises `InputError` when that file is broken."""
        return read_releases(self._images_file)

    @cached_property
    def _store(self) -> FirmwareStore:
        return FirmwareStore(self._folder, self.releases())

    def _named(self, wanted: str, chip: str) -> Firmware:
        if (firmware := self._file(wanted)) is not None:
            return firmware
        called = self._called(wanted)
        for_chip = [release for release in called if release.chip == chip]
        return self._newest(for_chip or called, chip if for_chip else called[0].chip)

    def _file(self, wanted: str) -> Firmware | None:
        path = Path(wanted)
        if path.is_file() and path.resolve().parent != self._folder.resolve():
            return self._once(str(path.resolve()), lambda: read_firmware(bytes_of(path), path.name))
        if files := [name for name in self._store.files_called(path.name) if name.removesuffix(".bin") == path.name.removesuffix(".bin")]:
            return self._stored(files[0])
        return None

    def _called(self, wanted: str) -> list[Release]:
        called = [release for release in self.releases() if release.is_called(wanted)]
        if not called:
            raise unknown_release(wanted, self.releases())
        return called

    def _newest(self, releases: Sequence[Release], chip: str) -> Firmware:
        """The first of `releases` whose file lies in the user's folder."""
        for release in releases:
            if files := self._store.files_of(release):
                return self._stored(files[-1])
        if not releases:
            raise UnavailableError(
                N_("The kit knows no MicroPython release for the chip {chip}.", chip=chip),
                N_("Name a firmware file with --firmware FILE."),
            )
        raise UnavailableError(
            N_("MicroPython for the chip {chip} is not on this computer.", chip=chip),
            N_(
                "Where there is internet, `lovhe firmware fetch {release}` gets it. Or fetch {file} from {page} on another computer "
                "and take it in with `lovhe firmware add FILE`, which puts it into {folder}.",
                release=releases[0].name,
                file=releases[0].file,
                page=releases[0].page,
                folder=str(self._folder),
            ),
        )

    def _stored(self, name: str) -> Firmware:
        return self._once(f"stored {name}", lambda: read_firmware(self._store.read(name), name))

    def _once(self, key: str, read: Callable[[], Firmware]) -> Firmware:
        if key not in self._read:
            self._read[key] = read()
        return self._read[key]
