"""The MicroPython releases the kit supports, and the images a PC has of them: what they are called and what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from lovhe.core.errors import InputError
from lovhe.core.messages import N_, Text


class Release(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of `firmware/images.toml`. `file` is the name with a `*` for the date, `page` where people find it.

    `url` is empty where the exact file is not known, `sha256` where nobody has published one.
    """

    board: str
    chip: str
    version: str
    offset: int
    file: str
    page: str
    url: str = ""
    sha256: str = ""

    @property
    def name(self) -> str:
        """What a user calls it: board and version."""
        return f"{self.board}-{self.version}"

    @property
    def newness(self) -> tuple[int, ...]:
        """Grows with the version."""
        return tuple(int(number) for number in self.version.split(".") if number.isdecimal())

    @property
    def file_name(self) -> str:
        """What its file is called on this PC: never what a server calls it."""
        return self.url.rpartition("/")[2] or self.file.replace("-*", "")

    def is_called(self, word: str) -> bool:
        """Whether a user means it, perhaps among others, by a board, a version, a chip or its whole name."""
        plain = word.casefold().removesuffix(".bin")
        names = (self.board, self.version, f"v{self.version}", self.name, self.file_name.removesuffix(".bin"))
        return plain in map(str.casefold, names) or plain.replace("-", "") == self.chip


class StoredImage(msgspec.Struct, frozen=True):
    """A firmware file in the user's folder, as it was found just now.

    `state`: "ok"; "changed" since it was taken in; "damaged", never sound; "gone". `reason` says what is wrong. `origin` is the
    address or path it came from, empty for a file that someone has put there. `release` names the release it is, if any.
    """

    file: str
    state: Literal["ok", "changed", "damaged", "gone"]
    size: int = 0
    sha256: str = ""
    chip: str = ""
    program: str = ""
    machine: str = ""
    origin: str = ""
    added: str = ""
    release: str = ""
    as_released: bool | None = None
    reason: Text | None = None

    @property
    def ok(self) -> bool:
        """Whether it may be written to a board."""
        return self.state == "ok"


def releases_called(word: str, releases: Sequence[Release]) -> list[Release]:
    """The releases a user means by `word`, in their order: for a board or a chip the newest, for a version all boards' ones.

    Raises `InputError` where there is none.
    """
    called = [release for release in releases if release.is_called(word)]
    if not called:
        raise unknown_release(word, releases)
    return newest_of_each_board(called)


def newest_of_each_board(releases: Sequence[Release]) -> list[Release]:
    """One release a board: the newest. `releases` has the newest first."""
    chosen: dict[str, Release] = {}
    for release in releases:
        chosen.setdefault(release.board, release)
    return list(chosen.values())


def unknown_release(word: str, releases: Sequence[Release]) -> InputError:
    """What is told of a name that is none."""
    return InputError(
        N_("There is no firmware “{name}”: neither a file nor a release of that name.", name=word),
        N_("Give the path of a .bin file, or one of these: {names}.", names=", ".join(release.name for release in releases)),
    )
