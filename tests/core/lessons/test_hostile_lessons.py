"""Lessons come from other people's PCs: what would command a terminal, or keep a PC busy for ever, is refused with its place."""

import pytest
from lovhe.core.errors import LessonError
from lovhe.core.lessons.pack import name_is_sound, read_pack_file
from lovhe.core.lessons.steps import sections
from lovhe.core.toml_lines import TomlLines

CHECK = """
[[check]]
id = "on"
[[check.step]]
delay = "1 s"
expect-pin = [{ part = "led", level = "on" }]
"""
PACK = 'id = "a"\nversion = "1.0"\nlanguages = ["az"]\nlicence = "CC0"\n'


@pytest.mark.parametrize("letter", ["\x1b", "\x9b", "\x07", "\u202e", "\u2066", "\r"], ids=lambda letter: f"U+{ord(letter):04X}")
@pytest.mark.parametrize("file", ["az.md", "teacher.az.md", "starter.py", "solution.py", "lesson.toml"])
def test_no_file_holds_what_commands_a_terminal(files, read, file, letter):
    """Neither does it turn letters round; the line is told."""
    made = files(CHECK)
    made[file] += f"# x{letter}y\n".encode()
    with pytest.raises(LessonError, match=rf"{file}, line \d+: a control character .*U\+{ord(letter):04X}"):
        read(made)


@pytest.mark.parametrize(("old", "new"), [('title = "T', 'title = "\\u001b]0;x\\u0007T'), ("[ask]", '[ask]\n"a\\u202Eb" = "x"')])
def test_nor_does_toml_let_it_in_by_its_number(files, read, old, new):
    """In a value or in a key."""
    made = files(CHECK)
    made["ru.md"] = made["ru.md"].decode().replace(old, new).encode()
    with pytest.raises(LessonError, match=r"ru\.md: a control character"):
        read(made)


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("az.md", "x" * 6_000, "more than 5000 letters"),
        ("starter.py", 'f"' + "{a}" * 60_000 + '"', "more than 5000 letters"),
        ("lesson.toml", ("x." * 200 + "a = 1\n") * 2_000, "cannot be read as TOML"),
        ("lesson.toml", "x = " + "[\n" * 100_000, "cannot be read as TOML"),
        ("lesson.toml", CHECK.replace('"on"', '"o{n}"') * 60, "too many"),
        ("lesson.toml", '[[check.step]]\ndelay = "10 min"\n' * 199, "take 1990 min"),
        ("lesson.toml", '[[check.step]]\ndelay = "10 min"\n' * 9_999, "too many"),
    ],
)
def test_what_keeps_a_pc_busy_for_ever_is_refused(files, read, file, text, words):
    """Long lines, keys of many pieces, lists without end, more checks and time than any class has."""
    made = files(CHECK)
    made[file] += text.encode()
    with pytest.raises(LessonError, match=words):
        read(made)


def test_headings_and_keys_without_end_are_passed_over():
    """In a time that grows with their length alone."""
    assert sections("## a" + " " * 300_000 + "x") == []
    assert TomlLines("[" + " " * 300_000).find(["x"]) is None
    assert TomlLines("a = [\n" * 5_000 + "b = 1").find(["b"]) == 5_001


@pytest.mark.parametrize(
    "name",
    [
        "School\nSigned by “Ministry”",
        "x\u202ey",
        "X” 1.0. Signed by “Y",
        "Ministry, key ABCD-1234-ABCD-1234-ABCD",
        "\x1b[2J",
        "x" * 81,
        " ",
    ],
)
def test_a_name_cannot_look_like_a_signature(name):
    """Of a pack or of a signer: what stands around names and keys there is in no name."""
    assert not name.strip() or not name_is_sound(name)
    with pytest.raises(LessonError, match=r"names|control character"):
        read_pack_file((PACK + "names = { az = " + repr(name).replace("'", '"').replace("\\x1b", "\\u001b") + " }\n").encode())


def test_names_that_schools_have_can_be_used():
    """With numbers, quotes and all letters."""
    for name in ("12 nömrəli məktəb", "Гимназия «Зəка» № 5", "Lyceum 1234-5, Ganja", "School-12 (2026)"):
        assert name_is_sound(name)
        assert read_pack_file(f'{PACK}names = {{ az = "{name}" }}\n'.encode()).names == {"az": name}
