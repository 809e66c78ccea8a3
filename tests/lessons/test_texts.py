"""The lessons' texts say the same in three languages, in the words of the curriculum, about the circuit that is wired."""

import re
import tomllib
from pathlib import Path

import msgspec
import pytest
from lovhe.core.lesson import LessonFile

LESSONS = Path(__file__).parents[2] / "lessons"
LANGUAGES = ("az", "ru", "en")
FOLDERS = sorted(path.parent for path in LESSONS.glob("*/lesson.toml"))
TEXTS = [folder / f"{language}.md" for folder in FOLDERS for language in LANGUAGES]

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


@each_lesson
def test_texts_tell_of_the_same_checks(folder):
    """Each language has a title, a reason and three hints for each check, and no other checks."""
    ids = [check.id for check in _lesson_file(folder).check]
    for language in LANGUAGES:
        checks = _front_matter(folder / f"{language}.md")["checks"]
        assert list(checks) == ids
        for check_id, check in checks.items():
            assert set(check) >= {"title", "why", "hints"}, (language, check_id)
            assert len(check["hints"]) == 3, (language, check_id)
            assert all(text.strip() for text in [check["title"], check["why"], *check["hints"]]), (language, check_id)


@each_text
def test_front_matter_is_complete(path):
    """Title, goal and checks; nothing unknown."""
    matter = _front_matter(path)
    assert matter["title"].strip()
    assert matter["goal"].strip()
    assert set(matter) <= {"title", "goal", "ask", "checks"}


@each_lesson
def test_each_setting_is_put_in_words(folder):
    """What a pupil is asked to do on a real board is said in each language, for exactly the settings of the checks."""
    settings = {
        f"{name}={value}".replace(" ", "")
        for check in _lesson_file(folder).check
        for step in check.step
        for name, value in step.set.items()
    }
    for language in LANGUAGES:
        assert set(_front_matter(folder / f"{language}.md").get("ask", {})) == settings, language


@each_lesson
def test_the_starter_stands_in_each_text(folder):
    """The program that pupils predict is the one in their file."""
    starter = (folder / "starter.py").read_text(encoding="utf-8")
    assert "# TODO" in starter
    for language in LANGUAGES:
        assert f"```python\n{starter}```" in _body(folder / f"{language}.md"), language


@each_text
def test_each_step_ends_in_something_to_see(path):
    """A step without a result to look at is a step that nobody knows to have done."""
    seen = {"az": "**Nə görməlisiniz:**", "ru": "**Что вы должны увидеть:**", "en": "**You should see:**"}[path.stem]
    step = {"az": "## Addım ", "ru": "## Шаг ", "en": "## Step "}[path.stem]
    steps = _body(path).split(step)[1:]
    assert len(steps) >= 5
    for text in steps:
        assert seen in text.split("\n## ")[0], text.splitlines()[0]


@each_lesson
def test_the_languages_have_the_same_shape(folder):
    """As many headings, table rows, list items and code blocks in each language, for pupils and for teachers."""
    for prefix in ("", "teacher."):
        shapes = {language: _shape((folder / f"{prefix}{language}.md").read_text(encoding="utf-8")) for language in LANGUAGES}
        assert shapes["az"] == shapes["en"], prefix
        assert shapes["ru"] == shapes["en"], prefix


def _shape(text: str) -> dict[str, int]:
    text = text.split("+++\n", 2)[-1]
    kinds = {"heading": r"^#+ ", "row": r"^\|", "item": r"^- |^\d\. ", "code": r"^```"}
    return {kind: len(re.findall(pattern, text, re.MULTILINE)) for kind, pattern in kinds.items()}


@each_text
def test_pins_in_the_text_are_those_of_the_circuit(path):
    """A pin that a text tells pupils to wire to is one the lesson's circuit has."""
    wired = {pin for part in _lesson_file(path.parent).circuit.part for pin in part.wires.values()}
    rows = [line for line in _body(path).splitlines() if line.startswith("|")]
    named = {pin for row in rows for pin in re.findall(r"\*\*(IO\d+|3V3|5V|GND)\*\*", row.rsplit("|", 2)[1])}
    assert named == wired


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
