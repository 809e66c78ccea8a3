"""What a teacher has settled: kept as JSON, refused whole where a value is none."""

from __future__ import annotations

import msgspec
import pytest
from lovhe.core.lessons.hint_rule import HintRule
from lovhe.core.teacher_settings import TeacherSettings, read_settings, settings_bytes


def test_settings_come_back_as_they_were_kept() -> None:
    """Also in a file in which a value of another release stands."""
    settings = TeacherSettings("az", ("az", "ru"), "lovhe-light", "esp32-s3-devkitc-1", 2, 5, "pictures", 0, 60)
    assert read_settings(settings_bytes(settings)) == settings
    assert read_settings(b'{"most_hints": 0, "later": [1]}') == TeacherSettings(most_hints=0)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\x00",
        b"[]",
        b'{"idle_min": 0}',
        b'{"languages": []}',
        b'{"language": "fr"}',
        b'{"most_hints": -1}',
        b'{"secret_kind": 4}',
    ],
)
def test_what_is_no_setting_is_refused(data: bytes) -> None:
    """Such as a side that never closes, or no language at all."""
    with pytest.raises(msgspec.MsgspecError):
        read_settings(data)


def test_f3_goes_round_the_languages_that_are_settled() -> None:
    """Into the round from outside, and on the spot where there is one."""
    settings = TeacherSettings(languages=("az", "en"))
    assert [settings.language_after(code) for code in ("az", "en", "ru")] == ["en", "az", "az"]
    assert TeacherSettings(languages=("ru",)).language_after("ru") == "ru"


def test_hints_are_counted_and_timed() -> None:
    """A PC whose clock was set back keeps nobody waiting."""
    rule = TeacherSettings(most_hints=2, hint_wait_min=1).hint_rule
    assert [rule.allowed(there) for there in (0, 1, 3)] == [0, 1, 2]
    assert [rule.left_s(since_s) for since_s in (0, 45, 60, 1000, -1)] == [60, 15, 0, 0, 0]
    assert (HintRule().allowed(3), HintRule().left_s(0)) == (3, 0)
