"""File systems for boards, built on the PC: LittleFS 2 as MicroPython's `VfsLfs2` makes it.

A board mounts what stands in its vfs partition, so files go out with the firmware in one write. Only blocks that a reader
would touch are sent: littlefs never trusts a block that nothing points to.
"""

from __future__ import annotations

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


class _Flash:
    """The block device littlefs works on: a buffer that remembers which blocks were read."""

    def __init__(self, buffer: bytearray) -> None:
        self.buffer = buffer
        self.blocks_read: set[int] = set()

    def read(self, config: Any, block: int, offset: int, size: int) -> bytearray:
        self.blocks_read.add(block)
        start = block * BLOCK_SIZE + offset
        return self.buffer[start : start + size]

    def prog(self, config: Any, block: int, offset: int, data: bytes) -> int:
        start = block * BLOCK_SIZE + offset
        self.buffer[start : start + len(data)] = data
        return 0

    def erase(self, config: Any, block: int) -> int:
        self.buffer[block * BLOCK_SIZE : (block + 1) * BLOCK_SIZE] = b"\xff" * BLOCK_SIZE
        return 0

    def sync(self, config: Any) -> int:
        return 0


def build_image(files: Mapping[str, bytes], size: int) -> tuple[bytes, set[int]]:
    """A file system of `size` bytes holding `files` (absolute board path to content), and the numbers of its used blocks.

    The same files make the same image. Raises `InputError` when they don't fit.
    """
    import littlefs

    block_count = size // BLOCK_SIZE
    context = _Flash(bytearray(b"\xff" * (block_count * BLOCK_SIZE)))
    geometry = {
        "block_size": BLOCK_SIZE,
        "block_count": block_count,
        "read_size": _READ_SIZE,
        "prog_size": _PROG_SIZE,
        "cache_size": _CACHE_SIZE,
        "lookahead_size": _LOOKAHEAD_SIZE,
        "disk_version": _DISK_VERSION,
    }
    file_system = littlefs.LittleFS(context=context, mount=False, **geometry)
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
    return bytes(context.buffer), _blocks_read(files, context, geometry)


def files_regions(files: Mapping[str, bytes], offset: int, size: int) -> list[Region]:
    """The used blocks of `build_image(files, size)`, neighbours joined, as regions of a flash where it begins at `offset`."""
    image, used = build_image(files, size)
    regions = []
    first = None
    for block in range(size // BLOCK_SIZE + 1):
        if block in used:
            first = block if first is None else first
        elif first is not None:
            regions.append(Region(offset + first * BLOCK_SIZE, image[first * BLOCK_SIZE : block * BLOCK_SIZE]))
            first = None
    return regions


def read_image(image: bytes) -> dict[str, bytes]:
    """The files of a file system, whoever wrote it; for tests and for looking at a board. Raises `InputError` if it is none."""
    import littlefs

    context = _Flash(bytearray(image))
    try:
        file_system = littlefs.LittleFS(context=context, mount=False, block_size=BLOCK_SIZE, block_count=len(image) // BLOCK_SIZE)
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


def _blocks_read(files: Mapping[str, bytes], context: _Flash, geometry: dict[str, int]) -> set[int]:
    """Mount the image afresh and read all of it: the blocks that takes are the used ones, both halves of each metadata pair."""
    import littlefs

    context.blocks_read.clear()
    file_system = littlefs.LittleFS(context=context, mount=False, **geometry)
    file_system.mount()
    for path in files:
        with file_system.open(path, "rb") as handle:
            handle.read()
    for _ in file_system.walk("/"):
        pass
    file_system.unmount()
    return set(context.blocks_read)
