"""How every screen looks, in each language, on a small screen and on a large one: a change of it is seen, and wanted."""

from __future__ import annotations

import re
import sys

import pytest

from tests.screens.pictures import FOLDER, MOST_BYTES, PICTURES, picture_file
from tests.screens.snapshots import LANGUAGES, SIZES, differences

_ABOUT = "If that is as it should be, `make snapshots` keeps it (and `make pictures` draws the pictures of the README)."


@pytest.mark.skipif(sys.platform == "win32", reason="paths on the screens are written in another way there")
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_looks_as_it_was_left(language: str, size: tuple[int, int]) -> None:
    """The characters line by line, what stands out, and where the keys go."""
    found = differences(language, size)
    if found:
        pytest.fail("\n\n".join([f"{len(found)} screens look otherwise than before.", *found, _ABOUT]), pytrace=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_are_there_small_and_fetch_nothing(language: str) -> None:
    """Each one in each language; the only address in it is the name of SVG itself, and no font comes with it."""
    assert {file.stem for file in (FOLDER / language).glob("*.svg")} == set(PICTURES)
    for name in PICTURES:
        drawn = picture_file(name, language).read_bytes()
        assert len(drawn) < MOST_BYTES
        text = drawn.decode()
        assert set(re.findall(r"https?://[^\"' )]*", text)) == {"http://www.w3.org/2000/svg"}
        for no_good in ("@font-face", "url(http", "<image", "<script", "/tmp", "/root", "/work"):
            assert no_good not in text
