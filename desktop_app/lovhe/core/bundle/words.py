"""Sentences and faults of the offline bundle.

The bundle's installer runs on a Python that has nothing but its standard library, so what it shares with the kit imports
nothing else: neither this module nor `bundle_manifest` may. The kit turns a `Sentence` into a `Message`, the installer
looks it up in the same catalogues by itself.
"""

from __future__ import annotations

import errno
from typing import NamedTuple


class Sentence(NamedTuple):
    """A catalogue key and its parameters, as `core.messages.Message` has them; a parameter may be a `Sentence` too."""

    text: str
    params: dict[str, object]

    def __str__(self) -> str:
        """The English sentence, for logs and tests."""
        return self.text.format(**self.params)


def N_(text: str, /, **params: object) -> Sentence:  # noqa: N802 (gettext's own name)
    """A `Sentence`; the name is what the catalogue extractor looks for."""
    return Sentence(text, params)


class BundleFault(Exception):  # noqa: N818 (the kit makes an error of its own tree of it)
    """A bundle that is damaged, unsuitable or cannot be installed: two whole sentences."""

    def __init__(self, what: Sentence, next_step: Sentence) -> None:
        super().__init__(what, next_step)
        self.what = what
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.what} {self.next_step}"


_REASONS = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.EACCES: N_("this is not allowed to you"),
    errno.EPERM: N_("this is not allowed to you"),
    errno.EROFS: N_("nothing can be written there"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EIO: N_("the disk or USB stick gives wrong answers"),
    errno.ENODEV: N_("the disk or USB stick was pulled out"),
    errno.ENXIO: N_("the disk or USB stick was pulled out"),
}


def reason_of(error: OSError) -> Sentence | str:
    """Why a file could not be read or written, to be put into a sentence; the system's own words where we have none."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


COPY_AGAIN = N_("Copy the bundle to the USB stick again, or make a new one with `lovhe bundle make`.")
"""What to do about a bundle that did not arrive as it was made."""
