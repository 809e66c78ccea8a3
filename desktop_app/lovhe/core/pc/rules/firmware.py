"""The firmware on this PC: what can be flashed by name, and what lies there and must not be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lovhe.core.firmware.releases import StoredImage
from lovhe.core.messages import N_, Text
from lovhe.core.pc.rules.finding import Finding


def firmware_findings(images: Sequence[StoredImage]) -> Iterator[Finding]:
    """One line for all sound images, one finding for each that is not. Without any, virtual boards can be flashed all the same."""
    sound = ", ".join(f"{image.file} ({image.chip})" for image in images if image.ok)
    if sound:
        yield Finding("passed", N_("These images can be flashed by name: {images}.", images=sound))
    for image in images:
        if not image.ok:
            yield Finding("unclear", _what(image), _mend(image))
    if not sound:
        yield Finding(
            "unclear",
            N_("For a real board, a MicroPython .bin file for its chip is needed."),
            N_(
                "With internet, fetch it once: `lovhe firmware fetch`. Without, copy it from a bundle or another PC, then: "
                "lovhe firmware add FILE"
            ),
        )


def _what(image: StoredImage) -> Text:
    if image.reason is None:
        return N_("The firmware {file} cannot be used.", file=image.file)
    return N_("The firmware {file} cannot be used: {reason}", file=image.file, reason=image.reason)


def _mend(image: StoredImage) -> Text:
    if image.state == "gone":
        return N_("Fetch it again with `lovhe firmware fetch`, or forget it with `lovhe firmware remove {file}`.", file=image.file)
    return N_("Remove it with `lovhe firmware remove {file}`, then fetch it again, or copy it from where it is whole.", file=image.file)
