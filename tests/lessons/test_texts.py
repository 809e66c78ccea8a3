"""The lessons' texts say the same in three languages, in the words of the curriculum, about the circuit that is wired."""

import re
import tomllib
from pathlib import Path

import msgspec
import pytest
from lovhe.core.lessons.lesson import LessonFile, ask_key
from lovhe.core.lessons.steps import ANSWERED, sections

LESSONS = Path(__file__).parents[2] / "lessons"
LANGUAGES = ("az", "ru", "en")
FOLDERS = sorted(path.parent for path in LESSONS.glob("*/lesson.toml"))
TEXTS = [folder / f"{language}.md" for folder in FOLDERS for language in LANGUAGES if (folder / f"{language}.md").is_file()]

# Words that machine translation puts into Azerbaijani and Russian texts, and what a teacher says.
FORBIDDEN_AZ = {
    "toprak": "torpaq",
    "kablo": "naqil",
    "düğme": "düymə",
    "düğmə": "düymə",
    "buton": "düymə",
    "ekran nəzarətçi": "ekran",
    "nəzarətçi": "lövhə",
    "çalıştır": "işə salmaq",
    "çalışdır": "işə salmaq",
    "yazılım": "proqram",
    "donanım": "avadanlıq",
    "kod parça": "proqram",
    "döngü": "dövr",
    "değişken": "dəyişən",
    "led lamba": "işıq diodu",
    "sensör": "sensor",
    "direnç": "rezistor",
    "müqavimətçi": "rezistor",
    "öyrənci": "şagird",
    "öğrenci": "şagird",
    "öyrətmən": "müəllim",
}
FORBIDDEN_RU = {"петл": "цикл", "контроллер": "плата", "скетч": "программа"}


def _lesson_file(folder: Path) -> LessonFile:
    return msgspec.toml.decode((folder / "lesson.toml").read_bytes(), type=LessonFile)


def _front_matter(path: Path) -> dict:
    before, matter, _ = path.read_text(encoding="utf-8").split("+++\n", 2)
    assert before == "", f"{path}: the file begins with +++"
    return tomllib.loads(matter)


def _body(path: Path) -> str:
    return path.read_text(encoding="utf-8").split("+++\n", 2)[2]


def _name_of(path: Path) -> str:
    return str(path.relative_to(LESSONS))


each_lesson = pytest.mark.parametrize("folder", FOLDERS, ids=_name_of)
each_text = pytest.mark.parametrize("path", TEXTS, ids=_name_of)


def _languages(folder: Path) -> list[str]:
    """The languages that the lesson is written in so far."""
    return [language for language in LANGUAGES if (folder / f"{language}.md").is_file()]


@each_lesson
def test_texts_tell_of_the_same_checks(folder):
    """Each language has a title, a reason and three hints for each check, and no other checks."""
    ids = [check.id for check in _lesson_file(folder).check]
    for language in _languages(folder):
        checks = _front_matter(folder / f"{language}.md")["checks"]
        assert sorted(checks) == sorted(ids), language
        for check_id, check in checks.items():
            assert set(check) >= {"title", "why", "hints"}, (language, check_id)
            assert len(check["hints"]) == 3, (language, check_id)
            assert all(text.strip() for text in [check["title"], check["why"], *check["hints"]]), (language, check_id)


@each_text
def test_front_matter_is_complete(path):
    """Title, goal, steps and checks; something is said after each answer, right or wrong."""
    matter = _front_matter(path)
    assert matter["title"].strip()
    assert matter["goal"].strip()
    for step in _lesson_file(path.parent).step:
        if step.kind in ANSWERED:
            assert matter["steps"][step.id]["after"].strip(), step.id


@each_lesson
def test_no_setting_is_put_in_words_that_no_check_sets(folder):
    """What a pupil is asked to do on a real board is said for exactly the settings of the checks; the reader finds what is missing."""
    asked = {ask_key(*change) for check in _lesson_file(folder).check for step in check.step for change in step.asked}
    for language in _languages(folder):
        matter = _front_matter(folder / f"{language}.md")
        words = [*matter.get("ask", {}), *(name for check in matter["checks"].values() for name in check.get("ask", {}))]
        assert {ask_key(*name.split("=", 1)) for name in words} <= asked, language


@each_text
def test_steps_are_numbered(path):
    """So that a teacher can say: now step 3."""
    ids = {step.id for step in _lesson_file(path.parent).step}
    numbers = [section.title.split(" ")[0] for section in sections(_body(path)) if section.id in ids]
    assert numbers == [f"{number}." for number in range(1, len(ids) + 1)]


@each_text
def test_a_text_has_its_story_words_and_stretch_tasks(path):
    """Before and after the steps."""
    assert {"story", "words", "stretch"} <= {section.id for section in sections(_body(path))}


@each_text
def test_each_step_ends_in_something_to_see(path):
    """In the same words in every lesson. A step without a result to look at is a step that nobody knows to have done."""
    seen = {"az": "**Nə görməlisiniz:**", "ru": "**Что вы должны увидеть:**", "en": "**You should see:**"}[path.stem]
    ids = {step.id for step in _lesson_file(path.parent).step}
    for section in sections(_body(path)):
        assert section.id not in ids or seen in section.text, section.id


@each_text
def test_a_text_reads_well_on_80_columns(path):
    """Blocks that keep their lines are no wider than the screen; the rest is folded between words."""
    for block in re.findall(r"^```\w*\n(.*?)^```", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        assert max(map(len, block.split("\n"))) <= 76, block


@each_text
def test_programs_are_put_in_and_not_copied(path):
    """A program that stands in a text, too, would be forgotten when it is mended."""
    programs = [file.read_text(encoding="utf-8").strip() for file in [path.parent / "starter.py", *path.parent.glob("steps/*.py")]]
    blocks = re.findall(r"^```python\n(.*?)^```", _body(path), re.MULTILINE | re.DOTALL)
    assert not [block for block in blocks if block.strip() in programs]


@each_lesson
def test_the_languages_have_the_same_shape(folder):
    """As many headings, table rows, list items and code blocks in each language, for pupils and for teachers."""
    for prefix in ("", "teacher."):
        files = {language: folder / f"{prefix}{language}.md" for language in LANGUAGES}
        shapes = {language: _shape(file.read_text(encoding="utf-8")) for language, file in files.items() if file.is_file()}
        assert all(shape == shapes.get("en", shape) for shape in shapes.values()), (prefix, shapes)


def _shape(text: str) -> dict[str, int]:
    text = text.split("+++\n", 2)[-1]
    kinds = {"heading": r"^#+ ", "row": r"^\|", "item": r"^- |^\d\. ", "code": r"^```"}
    return {kind: len(re.findall(pattern, text, re.MULTILINE)) for kind, pattern in kinds.items()}


@each_text
def test_pins_in_the_text_are_those_of_the_circuit(path):
    """A pin that a text names is one that the lesson's circuit has."""
    wired = {pin for part in _lesson_file(path.parent).circuit.part for pin in part.wires.values()}
    named = set(re.findall(r"\b(?:IO|GPIO) ?(\d+)\b", _body(path)))
    assert {f"IO{number}" for number in named} <= wired


@each_text
def test_commands_in_the_text_name_this_lesson(path):
    """A command that was copied from another lesson would check the wrong one."""
    named = set(re.findall(r"lovhe (?:check|lesson \w+|deploy) (\d-\d\d-[\w-]+)", path.read_text(encoding="utf-8")))
    assert named <= {path.parent.name}


@pytest.mark.parametrize("path", sorted(LESSONS.glob("*/*az.md")), ids=_name_of)
def test_azerbaijani_is_not_turkish(path):
    """Words of machine translation don't stand in texts for Azerbaijani pupils and teachers."""
    text = path.read_text(encoding="utf-8").lower()
    found = {word: better for word, better in FORBIDDEN_AZ.items() if re.search(rf"\b{word}", text)}
    assert not found
    assert not re.search(r"[а-яё]", text), "a Cyrillic letter"


@pytest.mark.parametrize("path", sorted(LESSONS.glob("*/*ru.md")), ids=_name_of)
def test_russian_keeps_to_the_glossary(path):
    """One word for one thing, as a teacher of a Russian section says it."""
    text = path.read_text(encoding="utf-8").lower()
    assert not {word: better for word, better in FORBIDDEN_RU.items() if re.search(rf"\b{word}", text)}
    assert not re.search(r"[әğışəöüç]", re.sub(r"`[^`]*`", "", text)), "a letter that Russian has not"


@pytest.mark.parametrize("path", sorted(LESSONS.glob("6-03-night-light/*.md")), ids=_name_of)
def test_the_night_lights_thresholds_agree(path):
    """The numbers in the texts are those of the solution."""
    text = path.read_text(encoding="utf-8")
    solution = (path.parent / "solution.py").read_text(encoding="utf-8")
    thresholds = re.findall(r"\d{5}", solution)
    assert thresholds
    assert all(number in text for number in thresholds)


@pytest.mark.parametrize("path", sorted(path for path in LESSONS.glob("*/*.md") if not path.name.startswith("teacher")), ids=_name_of)
def test_pupils_are_not_sent_to_a_command_line_that_the_app_has_not(path):
    """Where a page for pupils names a command or Ctrl+C, the line says what a teacher or a command line has to do with it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    explained = re.compile(r"command line|əmr sətri|командной строке|teacher|müəllim|учитель")
    alone = [line for line in lines if re.search(r"`lovhe |Ctrl[+-]C", line) and not explained.search(line)]
    assert not alone
