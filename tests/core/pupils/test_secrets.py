"""Secrets are kept as slow salted hashes; wrong tries slow down the next one."""

from __future__ import annotations

import pytest
from lovhe.core.pupils.secrets import PICTURES, fits, hashed, wait_s


def test_a_hash_fits_its_secret_alone() -> None:
    """Neither another number, nor the same pictures in another order, nor half of it."""
    kept = hashed("sun cat fish", b"0123456789abcdef")
    assert fits("sun cat fish", kept)
    assert not any(fits(other, kept) for other in ("cat sun fish", "sun cat", "", "sun cat fish "))
    assert "sun" not in kept
    assert len(kept) <= 200


def test_two_pupils_with_one_number_have_two_hashes() -> None:
    """The salt makes them differ."""
    assert hashed("1234", b"a" * 16) != hashed("1234", b"b" * 16)


@pytest.mark.parametrize(
    "damaged", ["", "scrypt", "scrypt$16384$8$1$00$zz", "scrypt$x$8$1$00$00", "other$16384$8$1$00$00", "scrypt$3$8$1$00$00"]
)
def test_a_damaged_hash_fits_nothing_and_raises_nothing(damaged: str) -> None:
    """The pupil is told that it was not right; the teacher lets them choose anew."""
    assert not fits("1234", damaged)


def test_there_are_twelve_pictures_with_words_of_their_own() -> None:
    """No two pictures can be mixed up by id or by word."""
    assert len(PICTURES) == len({picture.id for picture in PICTURES}) == len({str(picture.name) for picture in PICTURES}) == 12


def test_wrong_tries_wait_longer_and_longer() -> None:
    """Two are free; then 5 s, 15 s, 30 s, and a minute for all that follow."""
    assert [wait_s(wrong, 0) for wrong in range(8)] == [0, 0, 0, 5, 15, 30, 60, 60]
    assert wait_s(4, 10) == 5
    assert wait_s(4, 15) == 0
    assert wait_s(50, -3600) == 0
