"""Names of boards: as they are typed, kept and told."""

from __future__ import annotations

import pytest
from lovhe.core.boards.names import MAX_NUMBER, BoardName, check_class_name, need_board_name, parse_board_name
from lovhe.core.errors import InputError


@pytest.mark.parametrize("typed", ["7A-12", "7a-12", " 7A-012 "])
def test_a_name_may_be_typed_as_people_do(typed: str) -> None:
    """Small letters and zeros make no other board."""
    assert parse_board_name(typed) == BoardName("7A", 12)


@pytest.mark.parametrize("typed", ["COM7", "/dev/ttyUSB0", "rfc2217://127.0.0.1:4000", "7A", "7A-0", "-1", "7A-1000", "7 A-1", "", "A-B"])
def test_what_is_no_name_is_told_as_that(typed: str) -> None:
    """A serial port is none."""
    assert parse_board_name(typed) is None
    with pytest.raises(InputError, match="7A-12"):
        need_board_name(typed)


@pytest.mark.parametrize(("typed", "name"), [("7a", "7A"), ("7ə", "7Ə"), ("10б", "10Б"), ("  11  ", "11")])
def test_classes_have_letters_of_any_script(typed: str, name: str) -> None:
    """And are kept in capitals."""
    assert check_class_name(typed) == name
    assert parse_board_name(f"{typed}-{MAX_NUMBER}") == BoardName(name, MAX_NUMBER)
