"""File systems for boards, built on the PC: LittleFS 2 as MicroPython's `VfsLfs2` makes it.

A board mounts what stands in its vfs partition, so files go out with the firmware in one write. Only blocks that a reader
would touch are sent: littlefs never trusts a block that nothing points to. Thirty are built side by side, so only written
blocks take memory, and what is equal in many images is kept once.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.services.ports import Region

BLOCK_SIZE = 4096
# MicroPython: extmod/vfs_lfs.c, readsize, progsize and lookahead 32; cache four times that (extmod/vfs_lfsx.c, v1.28).
_READ_SIZE = _PROG_SIZE = 32
_CACHE_SIZE = 4 * _READ_SIZE
_LOOKAHEAD_SIZE = 32
# 2.0: what MicroPython before 1.21 can mount. littlefs of 2.6 and later writes 2.1 and refuses nothing older.
_DISK_VERSION = 0x00020000
_ROOT_BLOCKS = 2  # the root folder's pair is the first two
_ERASED_BLOCK = bytearray(b"\xff" * BLOCK_SIZE)


class _Flash:
    """The block device littlefs works on: the blocks that are not erased, and which of all were read."""

    def __init__(self, blocks: dict[int, bytearray]) -> None:
        self.blocks = blocks
        self.blocks_read: set[int] = set()

    def read(self, config: Any, block: int, offset: int, size: int) -> bytearray:
        self.blocks_read.add(block)
        return self.blocks.get(block, _ERASED_BLOCK)[offset : offset + size]

    def prog(self, config: Any, block: int, offset: int, data: bytes) -> int:
        self.blocks.setdefault(block, bytearray(_ERASED_BLOCK))[offset : offset + len(data)] = data
        return 0

    def erase(self, config: Any, block: int) -> int:
        self.blocks.pop(block, None)
        return 0

    def sync(self, config: Any) -> int:
        return 0

    def range(self, first: int, end: int) -> bytes:
        """The bytes of blocks `first` to `end` - 1."""
        return b"".join(self.blocks.get(block, _ERASED_BLOCK) for block in range(first, end))


def build_image(files: Mapping[str, bytes], size: int) -> tuple[bytes, set[int]]:
    """A file system of `size` bytes holding `files` (absolute board path to content), and the numbers of its used blocks.

    The same files make the same image. Raises `InputError` when they don't fit.
    """
    flash = _built(files, size)
    return flash.range(0, size // BLOCK_SIZE), flash.blocks_read


def files_regions(files: Mapping[str, bytes], offset: int, size: int) -> list[Region]:
    """The used blocks of `build_image(files, size)`, neighbours joined, as regions of a flash where it begins at `offset`.

    The root folder, where a board's name stands, is a region of its own: boards that differ in their names share all others.
    """
    flash = _built(files, size)
    used = flash.blocks_read
    regions = []
    first = None
    for block in range(size // BLOCK_SIZE + 1):
        if first is not None and (block not in used or block == _ROOT_BLOCKS):
            regions.append(Region(offset + first * BLOCK_SIZE, _one_for_all(flash.range(first, block))))
            first = None
        if block in used and first is None:
            first = block
    return regions


def _built(files: Mapping[str, bytes], size: int) -> _Flash:
    """The device with the file system on it; `blocks_read` are its used blocks."""
    import littlefs

    flash = _Flash({})
    geometry = {
        "block_size": BLOCK_SIZE,
        "block_count": size // BLOCK_SIZE,
        "read_size": _READ_SIZE,
        "prog_size": _PROG_SIZE,
        "cache_size": _CACHE_SIZE,
        "lookahead_size": _LOOKAHEAD_SIZE,
        "disk_version": _DISK_VERSION,
    }
    file_system = littlefs.LittleFS(context=flash, mount=False, **geometry)
    file_system.format()
    file_system.mount()
    try:
        for path in sorted(files):
            folder = path.rpartition("/")[0]
            if folder:
                file_system.makedirs(folder, exist_ok=True)
            with file_system.open(path, "wb") as handle:
                handle.write(files[path])
    except littlefs.LittleFSError as problem:
        raise InputError(
            N_(
                "{count} files with {size} bytes do not fit into the board's file system of {room} bytes.",
                count=len(files),
                size=sum(map(len, files.values())),
                room=size,
            ),
            N_("Take fewer or smaller files."),
        ) from problem
    file_system.unmount()
    flash.blocks_read = _blocks_read(files, flash, geometry)
    return flash


@functools.lru_cache(maxsize=64)
def _one_for_all(data: bytes) -> bytes:
    """The first of all equal `data`: a class holds what its boards share once."""
    return data


def read_image(image: bytes) -> dict[str, bytes]:
    """The files of a file system, whoever wrote it; for tests and for looking at a board. Raises `InputError` if it is none."""
    import littlefs

    flash = _Flash({start // BLOCK_SIZE: bytearray(image[start : start + BLOCK_SIZE]) for start in range(0, len(image), BLOCK_SIZE)})
    try:
        file_system = littlefs.LittleFS(context=flash, mount=False, block_size=BLOCK_SIZE, block_count=len(image) // BLOCK_SIZE)
        file_system.mount()
        found = {}
        for folder, _, names in file_system.walk("/"):
            for name in names:
                path = f"{folder.rstrip('/')}/{name}"
                with file_system.open(path, "rb") as handle:
                    found[path] = handle.read()
    except littlefs.LittleFSError as problem:
        raise InputError(
            N_("The board's file system cannot be read."), N_("Flash the board again; files on it that are nowhere else are lost.")
        ) from problem
    return found


def _blocks_read(files: Mapping[str, bytes], flash: _Flash, geometry: dict[str, int]) -> set[int]:
    """Mount the image afresh and read all of it: the blocks that takes are the used ones, both halves of each metadata pair."""
    import littlefs

    flash.blocks_read.clear()
    file_system = littlefs.LittleFS(context=flash, mount=False, **geometry)
    file_system.mount()
    for path in files:
        with file_system.open(path, "rb") as handle:
            handle.read()
    for _ in file_system.walk("/"):
        pass
    file_system.unmount()
    return set(flash.blocks_read)
