"""Stickers: what stands on them, and that it lies where it can be read and cut."""

from __future__ import annotations

import pytest
from lovhe.core.boards.labels import SHEETS, Label, place_labels, read_numbers, runs
from lovhe.core.boards.names import BoardName
from lovhe.core.errors import InputError
from lovhe.core.paper.sheet import PAGE_HEIGHT_MM, PAGE_WIDTH_MM

QR_ALPHABET = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


def labels(count: int, class_name: str = "7A") -> list[Label]:
    """Stickers 1 to `count`."""
    return [Label(BoardName(class_name, number), f"24:0a:c4:00:00:{number:02x}") for number in range(1, count + 1)]


def test_a_code_says_the_kit_the_name_and_the_mac() -> None:
    """Something to read on any phone, in the letters that need the smallest code."""
    code = Label(BoardName("7A", 12), "24:0a:c4:00:00:01").code
    assert code == "LOVHE 7A-12 24:0A:C4:00:00:01"
    assert set(code) <= QR_ALPHABET


def test_a_name_that_no_board_has_yet_has_a_sticker_without_a_mac() -> None:
    """It is stuck first, and its board flashed later."""
    label = Label(BoardName("7A", 12))
    assert (label.code, label.note) == ("LOVHE 7A-12", "")


@pytest.mark.parametrize(("count", "sheet", "pages"), [(0, "70x37", []), (24, "70x37", [24]), (31, "70x37", [24, 7]), (31, "38x21", [31])])
def test_stickers_fill_as_many_pages_as_they_need_in_their_order(count: int, sheet: str, pages: list[int]) -> None:
    """None is lost, and none is printed twice."""
    placed = place_labels(labels(count), SHEETS[sheet])
    assert [len(page) for page in placed] == pages
    assert [one.label.name.number for page in placed for one in page] == list(range(1, count + 1))


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
@pytest.mark.parametrize("class_name", ["7A", "11Ə", "ЩЩЩЩЩЩЩЩ"])
def test_no_sticker_leaves_the_page_or_meets_another_and_no_part_leaves_its_sticker(sheet: object, class_name: str) -> None:
    """Whatever the class is called."""
    kind = next(one for one in SHEETS.values() if one == sheet)
    (page, *_) = place_labels(labels(kind.count, class_name), kind)
    for one in page:
        assert one.x_mm >= 0
        assert one.x_mm + one.width_mm <= PAGE_WIDTH_MM
        assert one.y_mm + one.height_mm <= PAGE_HEIGHT_MM
        assert one.code_x_mm > one.x_mm
        assert one.code_x_mm + one.code_mm <= one.text_x_mm
        assert one.code_y_mm + one.code_mm < one.y_mm + one.height_mm
        assert one.text_x_mm + one.text_width_mm < one.x_mm + one.width_mm
        assert one.y_mm < one.name_y_mm - one.name_mm
        assert one.name_y_mm + one.note_mm <= one.note_y_mm < one.y_mm + one.height_mm
        others = (other for other in page if other is not one)
        assert all(
            abs(one.x_mm - other.x_mm) >= one.width_mm - 1e-6 or abs(one.y_mm - other.y_mm) >= one.height_mm - 1e-6 for other in others
        )


def test_all_names_of_a_set_are_written_in_one_size() -> None:
    """The longest decides."""
    assert len({one.name_mm for page in place_labels(labels(31), SHEETS["38x21"]) for one in page}) == 1


@pytest.mark.parametrize(
    ("typed", "numbers"), [("1-3", [1, 2, 3]), ("7", [7]), ("4, 17,20–22", [4, 17, 20, 21, 22]), ("2-3,1-2", [1, 2, 3]), ("999", [999])]
)
def test_numbers_are_ranges_and_single_ones(typed: str, numbers: list[int]) -> None:
    """Each once, ascending."""
    assert read_numbers(typed) == numbers


@pytest.mark.parametrize("typed", ["", "a", "0", "3-1", "1-1000", "1-", "-3", "1,,2", "1..3"])
def test_what_are_no_numbers_is_refused(typed: str) -> None:
    """With a sentence that says how to write them."""
    with pytest.raises(InputError, match="1-30"):
        read_numbers(typed)


def test_a_row_of_a_code_is_drawn_in_stretches() -> None:
    """Neighbouring dark modules are one stretch, so that no hairline is between them."""
    assert list(runs([1, 1, 0, 1])) == [(0, 2), (3, 1)]
    assert list(runs([0, 0])) == []
