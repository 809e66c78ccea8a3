"""What there is to settle, and the file that it is kept in."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from lovhe.apps import wiring
from lovhe.apps.language import use_language
from lovhe.apps.lesson_boards import _fitting
from lovhe.apps.teaching.teacher_settings import Setting, all_settings
from lovhe.apps.teaching.wiring import load_settings, save_settings
from lovhe.apps.tui.themes import THEME_WORDS
from lovhe.core.errors import InputError
from lovhe.core.teacher_settings import TeacherSettings, read_settings, settings_bytes


def _all() -> list[Setting]:
    return all_settings(THEME_WORDS, wiring.kit().boards())


@pytest.mark.parametrize("language", ["az", "ru", "en"])
def test_each_value_has_its_own_words_and_can_be_kept(data_dir: Path, language: str) -> None:
    """The value that holds on the first day is among them."""
    use_language(language)
    for setting in _all():
        words = [setting.shown(value) for value in setting.values]
        assert all(words)
        assert len(set(words)) == len(words)
        assert setting.now(TeacherSettings()) in setting.values
        for value in setting.values:
            settings = setting.settle(TeacherSettings(), value)
            assert setting.now(read_settings(settings_bytes(settings))) == value


def test_a_value_that_is_not_offered_has_words_too() -> None:
    """Somebody may have written it into the file, or the board is not in the kit any more."""
    words = {setting.id: setting.shown for setting in _all()}
    assert words["board"]("esp8266") == "esp8266"
    assert words["hint_wait_min"](7) == "after 7 minutes"


def test_settings_are_kept_in_a_file_of_their_own(data_dir: Path) -> None:
    """What was not settled stays as it is on the first day."""
    assert load_settings() == TeacherSettings()
    file = save_settings(TeacherSettings(backup_reminder_days=3))
    assert file == data_dir / "settings.json"
    assert load_settings() == TeacherSettings(backup_reminder_days=3)


def test_a_damaged_file_is_as_good_as_none_and_is_logged(data_dir: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It must not keep anybody from a lesson."""
    data_dir.mkdir(parents=True, exist_ok=True)
    (data_dir / "settings.json").write_bytes(b'{"idle_min": "\xff')
    with caplog.at_level(logging.WARNING):
        assert load_settings() == TeacherSettings()
    assert "settings.json" in caplog.text


def test_a_disk_that_refuses_is_told(data_dir: Path) -> None:
    """Nothing is said to be kept that is not."""
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    data_dir.write_bytes(b"a file where the folder should be")
    with pytest.raises(InputError, match="cannot be written"):
        save_settings(TeacherSettings())


@pytest.mark.parametrize(
    ("lesson", "kind", "fitting"),
    [
        ("6-01-blink", "esp32-s3-devkitc-1", "esp32-s3-devkitc-1"),
        ("6-03-night-light", "esp32-s3-devkitc-1", ""),
        ("6-01-blink", "esp8266", ""),
        ("6-01-blink", "", ""),
    ],
)
def test_a_virtual_board_is_of_the_settled_kind_where_the_lesson_fits_it(lesson: str, kind: str, fitting: str) -> None:
    """Else of the kind that the lesson is written for."""
    assert _fitting(lesson, kind) == fitting
