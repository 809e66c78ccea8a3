"""A school has one name, however it was typed."""

from __future__ import annotations

import pytest
from lovhe.core.errors import InputError
from lovhe.core.pupils.school_name import MOST_LETTERS, check_school_name


def test_a_name_is_kept_in_one_form() -> None:
    """Spaces and accents typed otherwise make no second school."""
    assert check_school_name("  Gəncə   şəhər 5\n") == "Gəncə şəhər 5"
    assert check_school_name("s\u0327") == "\u015f"


@pytest.mark.parametrize("typed", ["", "  \n", "x" * (MOST_LETTERS + 1)])
def test_what_is_no_name_is_refused(typed: str) -> None:
    """None, and one that the server has no room for."""
    with pytest.raises(InputError):
        check_school_name(typed)
