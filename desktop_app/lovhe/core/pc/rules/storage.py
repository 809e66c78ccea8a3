"""The disk and the results file: room, and whether what is recorded survives a power cut."""

from __future__ import annotations

from collections.abc import Iterator

from lovhe.core.messages import N_
from lovhe.core.pc.facts import Disk, Records
from lovhe.core.pc.rules.finding import Finding

_ENOUGH_BYTES = 200 << 20
_FRAGILE = ("vfat", "msdos", "exfat", "fat", "fat32")
"""File systems without a journal: a power cut while they write may cost files that had nothing to do with it."""

_LARGE_BYTES = 500 << 20


def disk_findings(disk: Disk) -> Iterator[Finding]:
    """Room, the right to write, and a disk that forgives no power cut."""
    if disk.refusal:
        yield Finding(
            "failed",
            N_("Nothing can be written to the folder {folder}: {reason}.", folder=disk.folder, reason=disk.refusal),
            N_("Look whether you may write there and the disk is not locked, or set LOVHE_DATA_DIR to a folder of your own."),
        )
    what = N_("{free} MB are free on the disk of {folder}.", free=disk.free_bytes >> 20, folder=disk.folder)
    if disk.free_bytes < _ENOUGH_BYTES:
        yield Finding("failed", what, N_("Free some space: a class's results and logs need about 200 MB."))
    elif not disk.refusal:
        yield Finding("passed", what)
    if disk.network:
        yield Finding(
            "unclear",
            N_("The folder {folder} is on another computer: results can be damaged when the network fails.", folder=disk.folder),
            N_("Set LOVHE_DATA_DIR to a folder on this PC's own disk."),
        )
    elif disk.removable or disk.file_system.lower() in _FRAGILE:
        yield Finding(
            "unclear",
            N_("The folder {folder} is on a USB stick or a FAT disk: a power cut, or pulling it out, can damage it.", folder=disk.folder),
            N_(
                "Set LOVHE_DATA_DIR to a folder on this PC's own disk, or copy {folder} to another disk after each lesson.",
                folder=disk.folder,
            ),
        )


def records_findings(records: Records) -> Iterator[Finding]:
    """A results file that could be opened, read and written to."""
    if not records.whole:
        yield Finding(
            "failed",
            N_("The results file {file} is damaged.", file=records.file),
            N_("Nothing in it was changed. Keep a copy for someone who can rescue it, move it to another folder, then try again."),
        )
        return
    if records.size_bytes > _LARGE_BYTES:
        yield Finding(
            "unclear",
            N_("The results file {file} has grown to {size} MB.", file=records.file, size=records.size_bytes >> 20),
            N_("Lessons can go on. When the school year is over, move it to another folder: a new file is made."),
        )
    yield Finding("passed", N_("{n} result in {file}.", "{n} results in {file}.", n=records.results, file=records.file))
