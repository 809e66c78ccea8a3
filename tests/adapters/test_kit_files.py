"""The kit's files are found in a checkout and when installed; lessons come in their order."""

import shutil
from pathlib import Path

import lovhe
import pytest
from lovhe.adapters import kit_files
from lovhe.adapters.kit_files import KitFiles, find_kit
from lovhe.core.errors import InputError, LessonError, UnavailableError

ROOT = Path(__file__).parents[2]
BLINK = "6-01-blink"


def test_a_checkout_holds_the_kit():
    """Beside `desktop_app`."""
    assert find_kit() == ROOT


def test_an_installed_package_holds_the_kit(tmp_path, monkeypatch):
    """A wheel carries it as `lovhe/_data`."""
    data = tmp_path / "site-packages" / "lovhe" / "_data"
    for name in ("firmware", "lessons", "hardware"):
        (data / name).mkdir(parents=True)
    monkeypatch.setattr(lovhe, "__file__", str(data.parent / "__init__.py"))
    assert find_kit() == data
    assert kit_files.KitFiles().firmware == data / "firmware"


def test_an_installation_without_the_kit_says_so(tmp_path, monkeypatch):
    """Instead of an empty list of lessons."""
    monkeypatch.setattr(lovhe, "__file__", str(tmp_path / "a" / "b" / "lovhe" / "__init__.py"))
    with pytest.raises(UnavailableError):
        find_kit()


def test_all_lessons_of_the_kit_are_whole_and_in_order():
    """Every cross-check holds for what we ship."""
    lessons = KitFiles().lessons()
    assert [lesson.id for lesson in lessons] == sorted(lesson.id for lesson in lessons)
    assert lessons[0].id == BLINK


def test_boards_and_parts_come_by_id():
    """The names that circuits use."""
    kit = KitFiles()
    assert kit.boards()["esp32-devkitc"].chip == "esp32"
    assert kit.parts()["led"].model == "led"


def test_a_lesson_is_found_by_id_or_folder(tmp_path):
    """A writer's own folder needs no place in the kit."""
    own = shutil.copytree(ROOT / "lessons" / BLINK, tmp_path / "6-09-own")
    kit = KitFiles()
    assert kit.lesson(BLINK).id == BLINK
    assert kit.lesson(str(own)).id == "6-09-own"
    with pytest.raises(LessonError, match=f"“nope”.*{BLINK}"):
        kit.lesson("nope")


def test_a_folder_without_a_lesson_file_is_told(tmp_path, monkeypatch):
    """A writer who has not begun, or is one folder off, is told which file is missing; a folder here needs no slash."""
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(LessonError, match=r"mine is no lesson: it has no lesson\.toml"):
        KitFiles().lesson("mine")
    shutil.copytree(ROOT / "lessons" / BLINK, tmp_path / "mine", dirs_exist_ok=True)
    assert KitFiles().lesson("mine").id == "mine"


def test_a_folder_of_more_lessons_joins_the_kits_own(tmp_path):
    """A lesson of the same id there takes the kit's place."""
    shutil.copytree(ROOT / "lessons" / BLINK, tmp_path / "6-00-own")
    shutil.copytree(ROOT / "lessons" / BLINK, tmp_path / BLINK)
    starter = tmp_path / BLINK / "starter.py"
    starter.write_text("mine = 1\n", encoding="utf-8")
    kit = KitFiles(more_lessons=tmp_path)
    assert [lesson.id for lesson in kit.lessons()][:2] == ["6-00-own", BLINK]
    assert kit.lesson(BLINK).starter == "mine = 1\n"


def test_an_authors_draft_comes_before_an_installed_lesson(tmp_path, monkeypatch):
    """Who edits version 1.1 in a folder here must not be shown version 1.0; a pupil's check takes the kit's own lesson."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "lessons" / BLINK, tmp_path / BLINK)
    (tmp_path / BLINK / "starter.py").write_text("draft = 1\n", encoding="utf-8")
    assert KitFiles().lesson(BLINK, draft=True).starter == "draft = 1\n"
    assert KitFiles().lesson(BLINK).starter != "draft = 1\n"
    assert KitFiles().lesson("6-02-button-light", draft=True).id == "6-02-button-light"


def test_a_folder_that_is_not_there_is_told(tmp_path):
    """By its name."""
    with pytest.raises(InputError, match="no-such"):
        KitFiles(more_lessons=tmp_path / "no-such").lessons()


def test_a_broken_lesson_is_named_and_leaves_others_usable(tmp_path):
    """`lesson` reads one folder only."""
    own = shutil.copytree(ROOT / "lessons" / BLINK, tmp_path / "6-09-own")
    (own / "lesson.toml").write_text("grade = ", encoding="utf-8")
    kit = KitFiles(more_lessons=tmp_path)
    assert kit.lesson(BLINK).id == BLINK
    with pytest.raises(LessonError, match=r"Lesson “6-09-own”, lesson\.toml"):
        kit.lessons()


def test_a_circuit_is_read_from_its_own_file_or_from_a_lesson(tmp_path):
    """What `lovhe board start --circuit` takes."""
    kit = KitFiles()
    assert kit.circuit(ROOT / "lessons" / BLINK / "lesson.toml").part[0].id == "led"
    with pytest.raises(InputError, match=r"nothing\.toml"):
        kit.circuit(tmp_path / "nothing.toml")
    with pytest.raises(InputError):
        kit.circuit(tmp_path)
