"""What a pack of lessons may be: its description, its list, and the paths that it may hold."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lovhe.core.errors import LessonError
from lovhe.core.lessons.pack import (
    MAX_FILE_BYTES,
    PackFile,
    check_files,
    is_allowed,
    lessons_of,
    make_manifest,
    newer,
    read_manifest,
    read_pack_file,
)

PACK = PackFile("school-12", "1.0", ["az"], "CC-BY-SA-4.0")
FILES = {"pack.toml": b"id", "6-01-blink/lesson.toml": b"grade = 6", "6-01-blink/wrong/too_fast.py": b"1\n"}


def changed(**values: object) -> bytes:
    """The manifest as a file, with some of its values replaced."""
    return json.dumps(json.loads(make_manifest(PACK, FILES)) | values).encode()


def test_a_list_is_read_as_it_was_written():
    """With its hashes the files are known again, and the lessons by their folders."""
    manifest = read_manifest(make_manifest(PACK, FILES, "School 12"))
    assert (manifest.id, manifest.version, manifest.signed_by) == ("school-12", "1.0", "School 12")
    check_files(manifest, FILES)
    assert lessons_of(FILES) == ["6-01-blink"]


@pytest.mark.parametrize(
    ("version", "other", "later"), [("1.10", "1.9", True), ("1.0", "1.0", False), ("1.0", "1.0.1", False), ("2.0", "1.9.9", True)]
)
def test_versions_are_compared_as_numbers(version, other, later):
    """As people count them."""
    assert newer(version, other) is later


@pytest.mark.parametrize(
    "path",
    [
        "pack.toml", "LICENSE", "6-01-blink/az.md", "6-01-blink/teacher.ru.md", "10-12-x/solution_2.py", "6-01-blink/steps/guess.py",
        "6-01-blink/wrong/a-b_c.py", "6-01-blink/mutants.toml",
    ],
)  # fmt: skip
def test_what_lessons_are_made_of_may_be_in_a_pack(path):
    """By their names."""
    assert is_allowed(path)


@pytest.mark.parametrize(
    "path",
    [
        "../pack.toml", "/etc/passwd", "6-01-blink/../../x.py", "6-01-blink\\az.md", "C:/az.md", "6-01-blink/az.md\n", "6-01-blink/run.bat",
        "6-01-blink/conftest.py", "6-01-blink/wrong/../../../.bashrc", "6-01-blink/wrong/con.py", "6-01-blink/steps/COM1.py",
        "6-01-Blink/az.md",
        "6-01-blink/wrong/deep/er.py", "blink/lesson.toml", "6-01-blink/picture.svg", "6-01-blink/de.md", "", "pack.toml/x", ".origin.json",
        "setup.py", "6-01-blink/wrong/é.py",
    ],
)  # fmt: skip
def test_nothing_else_may_be_in_a_pack(path):
    """No way out of its folder, no program for the PC, no name that Windows cannot have or that hides letters."""
    assert not is_allowed(path)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "list of files"),
        (b"[1]", "list of files"),
        (changed(format="zip"), "no pack"),
        (changed(format_version=2), "newer"),
        (changed(files={"pack.toml": {"size": 1, "sha256": "x"}}), "list of files"),
        (changed(files={"../x.py": {"size": 1, "sha256": "0" * 64}}), "no pack of lessons has"),
        (changed(files={"pack.toml": {"size": MAX_FILE_BYTES + 1, "sha256": "0" * 64}}), "more than any pack"),
        (changed(files={"pack.toml": {"size": -1, "sha256": "0" * 64}}), "more than any pack"),
        (changed(files={}), "list of files"),
        (changed(id="../x"), "list of files"),
        (changed(version="1.0; rm"), "list of files"),
        (changed(signed_by="\x1b[2J"), "list of files"),
        (changed(extra=1), "list of files"),
    ],
)
def test_a_list_that_is_not_sound_is_refused_in_words(data, words):
    """Each with what to do."""
    with pytest.raises(LessonError) as caught:
        read_manifest(data)
    assert words in str(caught.value)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_list_or_a_sentence(data):
    """Whatever lies where the list should be."""
    with pytest.raises(LessonError):
        read_manifest(data)


@given(
    st.sampled_from(["format", "format_version", "id", "version", "files", "signed_by"]),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ),
)
def test_a_value_of_any_shape_is_refused_in_words_or_is_sound(name, value):
    """A list that somebody has changed by hand leads to no traceback."""
    try:
        manifest = read_manifest(changed(**{name: value}))
    except LessonError:
        return
    assert all(is_allowed(path) for path in manifest.files)
    assert manifest.signed_by.isprintable()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda files: files.pop("6-01-blink/lesson.toml"), "missing"),
        (lambda files: files.update({"6-01-blink/az.md": b""}), "does not name"),
        (lambda files: files.update({"pack.toml": b"IE"}), "damaged"),
        (lambda files: files.update({"pack.toml": b"idd"}), "damaged"),
    ],
)
def test_files_that_are_not_as_listed_are_refused(change, words):
    """Missing, added, changed, longer."""
    files = dict(FILES)
    change(files)
    with pytest.raises(LessonError, match=words):
        check_files(read_manifest(make_manifest(PACK, FILES)), files)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('id = "School 12"\nversion = "1"\nlanguages = ["az"]\nlicence = "x"', "id"),
        ('id = "con"\nversion = "1.0"\nlanguages = ["az"]\nlicence = "x"', "id"),
        ('id = "a"\nversion = "one"\nlanguages = ["az"]\nlicence = "x"', "version"),
        ('id = "a"\nversion = "1.0"\nlanguages = ["de"]\nlicence = "x"', "de"),
        ('id = "a"\nversion = "1.0"\nlanguages = []\nlicence = "x"', "languages"),
        ('id = "a"\nversion = "1.0"\nlicence = "x"', "languages"),
        ('id = "a"\nversion = "1.0"\nlanguages = ["az"]\nlicence = "x"\nrun = "x"', "run"),
    ],
)
def test_a_description_that_is_wrong_names_the_key(text, words):
    """And shows how it is written."""
    with pytest.raises(LessonError, match=words):
        read_pack_file(text.encode())
