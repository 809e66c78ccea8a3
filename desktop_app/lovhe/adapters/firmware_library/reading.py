"""One firmware image: read from its file, checked, and cut into the regions that are written to a board."""

from __future__ import annotations

import errno
import os
import stat
from itertools import pairwise
from pathlib import Path

import msgspec

from lovhe.core.decoding import decode_plain_toml
from lovhe.core.errors import ImageError, InputError, reason_of
from lovhe.core.firmware.esp_image import FirmwareImage, describe_firmware
from lovhe.core.firmware.image_format import is_blank
from lovhe.core.firmware.releases import Release
from lovhe.core.messages import N_
from lovhe.services.ports import Firmware, Region

MOST_BYTES = 64 << 20
"""No firmware is larger; a file that is, is something else."""

_SECTOR = 4096


class _ImagesFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    image: list[Release]


def read_releases(images_file: Path) -> list[Release]:
    """The releases in `firmware/images.toml`, newest first. Raises `InputError` when that file is broken."""
    try:
        found = decode_plain_toml(images_file.read_bytes(), _ImagesFile).image
    except (OSError, msgspec.MsgspecError) as problem:
        raise InputError(
            N_("{file} cannot be read: {reason}", file=str(images_file), reason=str(problem)), N_("Install the kit again.")
        ) from problem
    return sorted(found, key=lambda release: release.newness, reverse=True)


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


def bytes_of(path: Path) -> bytes:
    """What a firmware file holds. Raises `ImageError` for what is too large or cannot be read."""
    try:
        if stat.S_ISFIFO(path.stat().st_mode):  # it would be waited for
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)  # a device says that it has no bytes, and never ends
    except OSError as problem:
        raise ImageError(
            N_("{name} cannot be read: {reason}", name=str(path), reason=reason_of(problem)),
            N_("Look whether the file is there and may be read."),
        ) from problem
    if len(data) > MOST_BYTES:
        raise ImageError(N_("{name} is too large for a firmware.", name=path.name), N_("Give the path of a firmware file (.bin)."))
    return data


def _regions(data: bytes, image: FirmwareImage) -> list[Region]:
    """The image in regions at its partitions' borders; blank data partitions (nvs) only together with what is new.

    What lies in the place for files is left out: a board's files come from the kit, or stay (`--keep-files`).
    """
    start, end = image.flash_offset, image.flash_offset + len(data)
    files = range(image.vfs.offset, end if image.vfs_to_end else image.vfs.offset + image.vfs.size)
    borders = {start, end}
    for begin, stop in ((row.offset, row.offset + row.size) for row in (*image.partitions, image.vfs)):
        borders |= {border for border in (begin, stop) if start < border < end}
    regions = []
    for begin, stop in pairwise(sorted(borders)):
        piece = data[begin - start : stop - start]
        if begin in files:
            continue
        if not is_blank(piece):
            skipped = _blank_sectors_before(piece)
            regions.append(Region(begin + skipped, _whole_sectors(piece[skipped:])))
        elif any(partition.offset == begin for partition in image.partitions):
            regions.append(Region(begin, piece, only_with_others=True))
    return regions


def _blank_sectors_before(piece: bytes) -> int:
    """The bytes of whole blank sectors at its begin, as a file has them that was merged from 0 on."""
    return (len(piece) - len(piece.lstrip(b"\xff"))) // _SECTOR * _SECTOR


def _whole_sectors(piece: bytes) -> bytes:
    """Without the blank sectors at its end: flash is erased by whole sectors, and erased bytes need no sending."""
    used = len(piece.rstrip(b"\xff"))
    return piece[: min(len(piece), -(-used // _SECTOR) * _SECTOR)]
