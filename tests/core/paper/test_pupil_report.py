"""A pupil's report keeps to its page, however much there is to say."""

from __future__ import annotations

import itertools

import pytest
from lovhe.core.paper.pupil_report import Bar, Bars, Facts, PupilReport, lay_out
from lovhe.core.paper.sheet import MARGIN_MM, PAGE_HEIGHT_MM, PAGE_WIDTH_MM, Box, Words, clipped, wrapped

REASON = "Kağızda yazdı " * 14


def width_of(text: str, size_mm: float, bold: bool) -> float:
    """Of letters that are all alike wide."""
    return len(text) * size_mm * (0.65 if bold else 0.58)


def report_of(lessons: int, *, reasons: int = 0, skills: int = 21) -> PupilReport:
    """One with long names everywhere; the first `reasons` lessons have points that were set by hand."""
    bars = [
        Bar(f"7-{number:02} Melodiyalı qapı zəngi: zummer və düymə", number, lessons, "12", REASON if number < reasons else "")
        for number in range(lessons)
    ]
    trained = [Bar(f"{number}.1 Rəqəmsal vasitələrlə birgə iş", 40, 310) for number in range(skills)]
    facts = [Facts(title, ["7-02 Novruz işıqları: funksiyalar, parlaqlıq və təsadüf: 2 / 12 bal."] * 5) for title in ("Yaxşı", "Sonra")]
    named = Bars("Dərslər", bars, "Bal", "Cəhdlər")
    return PupilReport("Ə" * 40, "7A", "23.11.2026", "96 / 680 bal. " * 6, named, [Bars("a", trained[:4]), Bars("b", trained)], facts)


def sides(item: Words | Box) -> tuple[float, float]:
    """Where an item begins and ends, from left to right."""
    if isinstance(item, Box):
        return item.x_mm, item.x_mm + item.width_mm
    width = width_of(item.text, item.size_mm, item.bold)
    return (item.x_mm, item.x_mm + width) if item.against == "left" else (item.x_mm - width, item.x_mm)


@pytest.mark.parametrize(("lessons", "reasons"), [(0, 0), (1, 1), (7, 7), (24, 0), (48, 0), (48, 48), (200, 200)])
def test_all_of_it_stands_on_one_side_of_paper(lessons: int, reasons: int) -> None:
    """Within the margins, nothing over another thing; every lesson is there with its points."""
    sheet = lay_out(report_of(lessons, reasons=reasons), width_of)
    for item in sheet:
        left, right = sides(item)
        assert MARGIN_MM - 0.01 <= left <= right <= PAGE_WIDTH_MM - MARGIN_MM + 0.01
        assert MARGIN_MM <= item.y_mm <= PAGE_HEIGHT_MM - MARGIN_MM
    words = [item for item in sheet if isinstance(item, Words) and item.text]
    for line in {word.y_mm for word in words}:
        on_line = sorted(sides(word) for word in words if word.y_mm == line)
        assert all(before[1] <= after[0] + 0.01 for before, after in itertools.pairwise(on_line))
    texts = [word.text for word in words]
    assert [text for text in texts if text.endswith(f"/{lessons}")] == [f"{number}/{lessons}" for number in range(lessons)]
    assert len([text for text in texts if text.startswith("Kağızda")]) >= reasons


@pytest.mark.parametrize(("lessons", "least_mm"), [(7, 3.3), (24, 2.6), (48, 2.1)])
def test_type_is_as_large_as_there_is_room(lessons: int, least_mm: float) -> None:
    """A pupil's first lessons in easy type; 48 of them still in such as timetables have, 6 points."""
    sizes = [item.size_mm for item in lay_out(report_of(lessons, skills=12), width_of) if isinstance(item, Words) and "7-0" in item.text]
    assert min(sizes) >= least_mm


def test_a_bar_is_as_long_as_its_points_say() -> None:
    """More points than the lesson is worth now fill it, no more."""
    lessons = Bars("L", [Bar("a", 5, 10), Bar("b", 0, 0), Bar("c", 12, 10)])
    sheet = lay_out(PupilReport("A", "", "", "", lessons, [], []), width_of)
    filled = [item.width_mm for item in sheet if isinstance(item, Box) and item.filled][1:]
    (whole,) = {item.width_mm for item in sheet if isinstance(item, Box) and not item.filled}
    assert filled == [whole / 2, 0, whole]


def test_words_without_room_are_cut_and_it_is_seen() -> None:
    """Between words where there are several lines; within a word that is too long for any."""
    assert wrapped("aa bb cc", 4, 1, lambda text, *_: len(text)) == ["aa", "bb", "cc"]
    assert wrapped("aa bb cc", 4, 1, lambda text, *_: len(text), most=2) == ["aa", "bb…"]
    assert clipped("abcdef", 4, 1, lambda text, *_: len(text)) == "abc…"
    assert wrapped("", 4, 1, lambda text, *_: len(text)) == []
