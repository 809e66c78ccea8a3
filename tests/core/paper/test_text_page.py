"""A text keeps to one side of paper."""

from __future__ import annotations

import pytest
from lovhe.core.paper.sheet import MARGIN_MM, PAGE_HEIGHT_MM, PAGE_WIDTH_MM, Words
from lovhe.core.paper.text_page import lay_out

TEXT = "# What `lovhe` keeps\n\nFor parents.\n\n## Where\n\n- On this computer, and nowhere else.\n- A second point.\n"


def width_of(text: str, size_mm: float, bold: bool) -> float:
    """Of letters that are all alike wide."""
    return len(text) * size_mm * (0.65 if bold else 0.58)


@pytest.mark.parametrize("times", [1, 12, 60])
def test_all_words_are_there_in_their_order(times: int) -> None:
    """Within the margins, each line below the one before."""
    words = [item for item in lay_out(TEXT * times, width_of) if isinstance(item, Words)]
    assert " ".join(word.text for word in words if word.text != "–").split() == (
        TEXT.replace("#", "").replace("- ", "").replace("`lovhe`", "“lovhe”").split() * times
    )
    lines = [word.y_mm for word in words]
    assert lines == sorted(lines)
    assert MARGIN_MM <= lines[0] <= lines[-1] <= PAGE_HEIGHT_MM - MARGIN_MM
    assert all(word.x_mm + width_of(word.text, word.size_mm, word.bold) <= PAGE_WIDTH_MM - MARGIN_MM for word in words)


def test_headings_are_larger_and_points_have_a_mark() -> None:
    """So that the page can be found one's way about in."""
    words = [item for item in lay_out(TEXT, width_of) if isinstance(item, Words)]
    title, _, heading, mark, point = words[:5]
    assert title.bold
    assert heading.bold
    assert title.size_mm > heading.size_mm > point.size_mm
    assert (mark.text, mark.x_mm < point.x_mm, mark.y_mm == point.y_mm) == ("–", True, True)
