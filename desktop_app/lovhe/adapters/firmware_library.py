"""Which firmware a board gets: a file the user names, the release the kit is made for, or a virtual board's own image.

`firmware/images.toml` names the releases; the kit cannot carry them and downloads nothing, so a teacher puts the file into
the user's data folder once, or names it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import msgspec

from lovhe.core.errors import ImageError, InputError, UnavailableError, reason_of
from lovhe.core.esp_image import FirmwareImage, describe_firmware
from lovhe.core.messages import N_
from lovhe.services.ports import BoardInfo, Firmware, Region

log = logging.getLogger(__name__)

_MAX_BYTES = 64 << 20
_SECTOR = 4096


class Release(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A MicroPython release the kit supports. `file` is its name with a `*` for the date, `page` where it is downloaded."""

    board: str
    chip: str
    version: str
    offset: int
    file: str
    page: str

    @property
    def name(self) -> str:
        """What a user calls it: board and version."""
        return f"{self.board}-{self.version}"

    @property
    def newness(self) -> tuple[int, ...]:
        """Grows with the version."""
        return tuple(int(number) for number in self.version.split(".") if number.isdecimal())


class _ImagesFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    image: list[Release]


class FirmwareLibrary:
    """Finds, reads and checks firmware; what was read once is kept, so that a class set costs one reading."""

    def __init__(self, images_file: Path, folder: Path, virtual_image: Callable[[str], bytes]) -> None:
        self._images_file = images_file
        self._folder = folder
        self._virtual_image = virtual_image
        self._read: dict[str, Firmware] = {}

    def firmware_for(self, board: BoardInfo, chip: str, wanted: str = "") -> Firmware:
        """The firmware for `board`: `wanted` (a file's path, or a release's name), else what suits it.

        Raises `ImageError` for a damaged file, `InputError` for an unknown name, `UnavailableError` when a release's file is
        not on this PC.
        """
        if wanted:
            return self._named(wanted)
        if board.virtual:
            return self._once(f"virtual {chip}", lambda: read_firmware(self._virtual_image(chip), "lovhe-virtual"))
        return self._newest([release for release in self.releases() if release.chip == chip], chip)

    def releases(self) -> list[Release]:
        """The releases in `firmware/images.toml`, newest first. Raises `InputError` when that file is broken."""
        try:
            found = msgspec.toml.decode(self._images_file.read_bytes(), type=_ImagesFile).image
        except (OSError, msgspec.MsgspecError) as problem:
            raise InputError(
                N_("{file} cannot be read: {reason}", file=str(self._images_file), reason=str(problem)), N_("Install the kit again.")
            ) from problem
        return sorted(found, key=lambda release: release.newness, reverse=True)

    def _named(self, wanted: str) -> Firmware:
        path = Path(wanted)
        if path.is_file():
            return self._file(path)
        known = self.releases()
        if named := [release for release in known if wanted in (release.board, release.version, f"v{release.version}", release.name)]:
            return self._newest(named, named[0].chip)
        raise InputError(
            N_("There is no firmware “{name}”: neither a file nor a release of that name.", name=wanted),
            N_("Give the path of a .bin file, or one of these: {names}.", names=", ".join(release.name for release in known)),
        )

    def _newest(self, releases: list[Release], chip: str) -> Firmware:
        """The first of `releases` whose file lies in the user's folder."""
        for release in releases:
            if files := sorted(self._folder.glob(release.file)):
                return self._file(files[-1])
        if not releases:
            raise UnavailableError(
                N_("The kit knows no MicroPython release for the chip {chip}.", chip=chip),
                N_("Name a firmware file with --firmware FILE."),
            )
        raise UnavailableError(
            N_("MicroPython for the chip {chip} is not on this computer.", chip=chip),
            N_(
                "Fetch {file} where there is internet from {page}, put it into the folder {folder}, then try again.",
                file=releases[0].file,
                page=releases[0].page,
                folder=str(self._folder),
            ),
        )

    def _file(self, path: Path) -> Firmware:
        return self._once(str(path.resolve()), lambda: read_firmware(_bytes_of(path), path.name))

    def _once(self, key: str, read: Callable[[], Firmware]) -> Firmware:
        # Two threads may read the same file at once; both get the same, so nothing is lost but a little time.
        if key not in self._read:
            self._read[key] = read()
        return self._read[key]


def read_firmware(data: bytes, name: str) -> Firmware:
    """Check a firmware image and cut it into regions. Raises `ImageError`."""
    image = describe_firmware(data, name)
    return Firmware(
        name=name,
        data=data,
        chip=image.chip,
        virtual=image.virtual,
        offset=image.flash_offset,
        files_offset=image.vfs.offset,
        files_size=image.vfs.size,
        regions=_regions(data, image),
        files_to_end=image.vfs_to_end,
    )


def _regions(data: bytes, image: FirmwareImage) -> list[Region]:
    """The image in regions at its partitions' borders; blank data partitions (nvs) only together with what is new."""
    start, end = image.flash_offset, image.flash_offset + len(data)
    borders = {start, end}
    for partition in image.partitions:
        borders |= {border for border in (partition.offset, partition.offset + partition.size) if start < border < end}
    regions = []
    for begin, stop in pairwise(sorted(borders)):
        piece = data[begin - start : stop - start]
        if not _blank(piece):
            regions.append(Region(begin, _whole_sectors(piece)))
        elif any(partition.offset == begin for partition in image.partitions):
            regions.append(Region(begin, piece, only_with_others=True))
    return regions


def _blank(piece: bytes) -> bool:
    return not piece.strip(b"\xff")


def _whole_sectors(piece: bytes) -> bytes:
    """Without the blank sectors at its end: flash is erased by whole sectors, and erased bytes need no sending."""
    used = len(piece.rstrip(b"\xff"))
    return piece[: min(len(piece), -(-used // _SECTOR) * _SECTOR)]


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ImageError(N_("{name} is too large for a firmware.", name=path.name), N_("Give the path of a firmware file (.bin)."))
        return path.read_bytes()
    except OSError as problem:
        raise ImageError(
            N_("{name} cannot be read: {reason}", name=str(path), reason=reason_of(problem)),
            N_("Look whether the file is there and may be read."),
        ) from problem
