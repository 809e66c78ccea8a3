"""The user's folder of firmware images: what lies there, whether it is still what was taken in, and what comes and goes.

A file that someone has simply copied into the folder is checked and remembered when it is first seen.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec

from lovhe.adapters.firmware_library.index import FirmwareIndex, Remembered, locked, not_writable
from lovhe.adapters.firmware_library.reading import bytes_of
from lovhe.adapters.whole_files import put_in_place
from lovhe.core.errors import ImageError, InputError, LovheError
from lovhe.core.firmware.esp_image import describe_firmware
from lovhe.core.firmware.releases import Release, StoredImage
from lovhe.core.messages import N_

log = logging.getLogger(__name__)

_LOCK_WAIT_S = 10.0


class FirmwareStore:
    """The images in `folder`; `releases` tells which of them are releases of MicroPython."""

    def __init__(self, folder: Path, releases: Sequence[Release]) -> None:
        self.folder = folder
        self.releases = releases
        self._index = FirmwareIndex(folder)

    def images(self) -> list[StoredImage]:
        """Every image that lies in the folder or should, looked at now. Raises `ImageError` when the index is broken."""
        known = self._index.read()
        return [self._look(name, known.get(name))[0] for name in sorted(self._lying() | known.keys())]

    def files_called(self, word: str) -> list[str]:
        """The names of the files that a user means by a file's name, with or without .bin, or a release's."""
        there = sorted(self._lying() | self._index.read().keys())
        if named := [name for name in there if word in (name, name.removesuffix(".bin"))]:
            return named
        patterns = [release.file for release in self.releases if release.is_called(word)]
        return [name for name in there if any(fnmatchcase(name, pattern) for pattern in patterns)]

    def files_of(self, release: Release) -> list[str]:
        """The names of the files that are this release, the best last: those with its name, else what says of itself that it is.

        A changed file is among them, so that what is told of it is not that it is missing.
        """
        if named := sorted(name for name in self._lying() if fnmatchcase(name, release.file)):
            return named
        said = (release.chip, f"MicroPython {release.version}")
        matching = [image for image in self.images() if (image.chip, image.program) == said]
        return [image.file for image in sorted(matching, key=lambda image: image.ok)]

    def image(self, name: str) -> StoredImage:
        """One file of the folder, looked at now."""
        return self._look(name, self._index.read().get(name))[0]

    def read(self, name: str) -> bytes:
        """The bytes of an image that may be written to a board. Raises `ImageError` for one that is changed or damaged."""
        image, data = self._look(name, self._index.read().get(name))
        if image.ok:
            return data
        raise self._refusal(image, name)

    def add(self, source: Path) -> StoredImage:
        """Check `source` and copy it into the folder under its own name. A file of the folder itself is taken as it is now.

        Raises `ImageError` for what is no sound firmware, `InputError` where another sound one has its name.
        """
        data = bytes_of(source)
        describe_firmware(data, source.name)
        name = _printable(source.name if source.name.endswith(".bin") else f"{source.stem or 'firmware'}.bin")
        record = self._record(name, data, _printable(str(source.resolve())))
        before, _ = self._look(name, self._index.read().get(name))
        inside = source.resolve() == (self.folder / name).resolve()
        if before.ok and before.sha256 != record.sha256 and not inside:
            raise InputError(
                N_("There is another firmware with the name {file} already.", file=name),
                N_("Remove that one with `lovhe firmware remove {file}`, or give yours another name, then try again.", file=name),
            )
        if before.ok and before.sha256 == record.sha256:
            return before
        if inside:
            self._index.remember(record)
        else:
            self._write(record, data)
        return self.image(name)

    def keep(self, part: Path, name: str, data: bytes, origin: str) -> StoredImage:
        """Rename `part`, already checked and flushed, whose content is `data`, to `name`."""
        try:
            self._index.remember(self._record(name, data, origin))
            put_in_place(part, self.folder / name)
        except OSError as problem:
            raise not_writable(self.folder, problem) from problem
        return self.image(name)

    def remove(self, word: str) -> list[StoredImage]:
        """Delete the files a user means by `word` and forget them; what was removed. Raises `InputError` where there is none."""
        names = self.files_called(word)
        if not names:
            raise InputError(
                N_("There is no firmware “{name}” on this computer.", name=word),
                N_("`lovhe firmware list` shows what there is."),
            )
        removed = [self.image(name) for name in names]
        for name in names:
            try:
                self._path(name).unlink(missing_ok=True)
            except OSError as problem:
                raise not_writable(self.folder, problem) from problem
            self._index.forget(name)
        return removed

    def _lying(self) -> set[str]:
        """The names of the images in the folder; a name that a terminal or a list could not show is left alone."""
        return {path.name for path in self.folder.glob("*.bin") if path.name.isprintable() and path.is_file()}

    def _look(self, name: str, record: Remembered | None) -> tuple[StoredImage, bytes]:
        path = self._path(name)
        if record is not None and not path.exists():
            what = N_("It was here, and the file is gone.")
            return self._stored(record, "gone", what), b""
        try:
            data = bytes_of(path)
            found = self._record(name, data, record.origin if record else "")
        except LovheError as problem:
            broken = record or Remembered(name, "", _size_of(path), "", "")
            return self._stored(broken, "changed" if record and path.exists() else "damaged", problem.what), b""
        if record is None:
            self._take_up(found)
            return self._stored(found, "ok"), data
        if found.sha256 != record.sha256:
            return self._stored(found, "changed", N_("It is not the file any more that was taken in.")), data
        return self._stored(record, "ok"), data

    def _take_up(self, record: Remembered) -> None:
        try:
            self._index.remember(record)
        except LovheError as problem:  # a folder that may only be read: its images are used all the same
            log.warning("%s is not remembered", record.file, exc_info=problem)

    def _write(self, record: Remembered, data: bytes) -> None:
        part = self.folder / f"{record.file}.copy"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with locked(self.folder / "adding.lock", _LOCK_WAIT_S):
                try:
                    for left in self.folder.glob("*.copy"):  # by one that was killed
                        left.unlink()
                    with part.open("wb") as file:
                        file.write(data)
                        file.flush()
                        os.fsync(file.fileno())
                    self._index.remember(record)
                    put_in_place(part, self.folder / record.file)
                finally:
                    part.unlink(missing_ok=True)
        except OSError as problem:
            raise not_writable(self.folder, problem) from problem

    def _record(self, name: str, data: bytes, origin: str) -> Remembered:
        image = describe_firmware(data, name)
        return Remembered(
            file=name,
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            chip=image.chip,
            program=image.program.title,
            machine=image.program.machine,
            origin=origin,
            added=datetime.now(UTC).isoformat(timespec="seconds"),
        )

    def _stored(self, record: Remembered, state: str, reason: object = None) -> StoredImage:
        release = next((release for release in self.releases if fnmatchcase(record.file, release.file)), None)
        as_released = record.sha256 == release.sha256 if release and release.sha256 and record.sha256 else None
        fields = {**msgspec.structs.asdict(record), "state": state, "reason": reason}
        return StoredImage(**fields, release=release.name if release else "", as_released=as_released)

    def _refusal(self, image: StoredImage, name: str) -> ImageError:
        if image.state == "changed":
            return ImageError(
                N_("The firmware {name} has been changed since it was taken in, so it is not written to any board.", name=name),
                N_(
                    "Fetch it again with `lovhe firmware fetch`. If you changed it yourself, say so with `lovhe firmware add {path}`.",
                    path=str(self._path(name)),
                ),
            )
        if image.state == "gone" or image.reason is None:
            return ImageError(
                N_("The firmware {name} is not there any more.", name=name), N_("Fetch it again with `lovhe firmware fetch`.")
            )
        return ImageError(image.reason, N_("Fetch it again with `lovhe firmware fetch`, or copy it again from where it is whole."))

    def _path(self, name: str) -> Path:
        if Path(name).name != name:  # a name is a name, whoever wrote the index
            raise InputError(
                N_("There is no firmware “{name}” on this computer.", name=name), N_("`lovhe firmware list` shows what there is.")
            )
        return self.folder / name


def _printable(text: str) -> str:
    """A name or path as it can be shown and remembered, whatever bytes it is made of."""
    return "".join(letter if letter.isprintable() else "_" for letter in text)


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
