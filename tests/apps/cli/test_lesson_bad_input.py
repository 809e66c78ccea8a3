"""What a clumsy or hostile user types at the lesson commands: two sentences, exit code 2, and nothing written over."""

from __future__ import annotations

import os
import shutil
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lovhe.apps import wiring
from lovhe.apps.cli.main import main

ROOT = Path(__file__).parents[3]
BLINK = "6-01-blink"
NEW = ("lesson", "new", "--grade", "6", "--order", "7", "--title", "T", "--parts", "led", "--slug", "lamp")
Command = Callable[..., tuple[str, str]]
Content = dict[str, bytes | None]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder a user is in: some work of theirs, a pack's folder, a lesson that is there already."""
    here = tmp_path / "here"
    shutil.copytree(ROOT / "lessons" / BLINK, here / "pack" / BLINK)
    (here / "pack" / "pack.toml").write_text('id = "mine"\nversion = "1.0"\nlanguages = ["az"]\nlicence = "CC0"\n', encoding="utf-8")
    for name in ("work.txt", "full/main.py", "6-07-lamp/lesson.toml"):
        (here / name).parent.mkdir(exist_ok=True)
        (here / name).write_text("mine", encoding="utf-8")
    monkeypatch.chdir(here)
    wiring.kit.cache_clear()
    yield here
    wiring.kit.cache_clear()


def _content(folder: Path) -> Content:
    return {path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in sorted(folder.rglob("*"))}


REFUSED = {
    "schema over work": ("lesson", "schema", "work.txt"),
    "schema over a folder": ("lesson", "schema", "pack"),
    "schema into no folder": ("lesson", "schema", "nowhere/x.json"),
    "schema to no name": ("lesson", "schema", ""),
    "page over work": ("lesson", "preview", BLINK, "--html", "work.txt"),
    "page over a folder": ("lesson", "preview", BLINK, "--html", "pack"),
    "page into no folder": ("lesson", "preview", BLINK, "--html", "nowhere/x.html"),
    "page to no name": ("lesson", "preview", BLINK, "--html", ""),
    "a name too long": ("lesson", "preview", BLINK, "--html", "x" * 300),
    "copy over work": ("lesson", "copy", BLINK, "full"),
    "copy into a file": ("lesson", "copy", BLINK, "work.txt"),
    "new over a lesson": NEW,
    "new elsewhere": (*NEW[:-1], "../x"),
    "new in a file": (*NEW, "--folder", "work.txt"),
    "pack over work": ("lesson", "pack", "pack", "-o", "work.txt"),
    "pack over a folder": ("lesson", "pack", "pack", "-o", "full"),
    "pack below a file": ("lesson", "pack", "pack", "-o", "work.txt/x.zip"),
    "pack to no name": ("lesson", "pack", "pack", "-o", ""),
    "pack with a name too long": ("lesson", "pack", "pack", "-o", "x" * 300),
    "install a folder": ("lesson", "install", "pack"),
    "install a text": ("lesson", "install", "work.txt"),
    "remove the kit's own": ("lesson", "remove", "lovhe-core"),
    "remove a folder": ("lesson", "remove", "../here"),
    "a key over work": ("lesson", "signing-key", "work.txt"),
    "a step that is none": ("check", BLINK, "--step", "nope", "work.txt", "--virtual"),
    "no step": ("lesson", "show", BLINK, "--step", ""),
    "an answer that is none": ("check", BLINK, "--step", "guess", "--answer", "rubbish"),
    "an order that is none": ("check", BLINK, "--step", "sort", "--answer", "99999999999999999999999", "--virtual"),
}


@pytest.mark.parametrize("language", ["az", "en", "ru"])
@pytest.mark.parametrize("words", REFUSED.values(), ids=list(REFUSED))
def test_bad_input_is_told_and_nothing_is_touched(
    place: Path, data_dir: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], language: str
) -> None:
    """What is wrong and what to do next, in the user's language; no file is changed, made or left behind."""
    before = _content(place)
    assert main([*words, "--lang", language]) == 2
    said = capsys.readouterr().err
    assert len(said.strip().splitlines()) >= 2
    assert "lovhe.log" not in said
    assert _content(place) == before


def test_what_cannot_be_written_is_not_told_as_unreadable(command: Command, place: Path) -> None:
    """Else the user looks at the wrong end."""
    for words in (("lesson", "schema", "nowhere/x.json"), (*NEW, "--folder", "work.txt"), ("lesson", "copy", BLINK, "work.txt")):
        assert "cannot be written" in command(*words, code=2)[1]


@pytest.mark.parametrize("words", [("lesson", "schema"), ("lesson", "preview", BLINK, "--html")])
def test_what_was_written_by_the_kit_is_written_anew(command: Command, place: Path, words: tuple[str, ...]) -> None:
    """A page or a schema of an earlier day, also through a link; an empty file is nobody's work."""
    command(*words, "made")
    made = Path("made").read_bytes()
    Path("made").write_bytes(made + b"\n")
    Path("link").symlink_to("made")
    command(*words, "link")
    assert Path("link").is_symlink()
    assert Path("made").read_bytes() == made
    Path("empty").touch()
    command(*words, "empty")
    assert Path("empty").read_bytes() == made


@pytest.mark.skipif(os.name != "posix", reason="there are no pipes with names elsewhere")
def test_a_pipe_stays_a_pipe(command: Command, place: Path) -> None:
    """`--html /dev/stdout` writes there, and puts no file in the place of the device."""
    os.mkfifo("pipe")
    reader = os.open("pipe", os.O_RDWR | os.O_NONBLOCK)
    try:
        command("lesson", "preview", BLINK, "--html", "pipe")
        assert os.read(reader, 15) == b"<!doctype html>"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(Path("pipe").stat().st_mode)


def test_a_new_lesson_that_does_not_fit_on_the_disk_leaves_nothing(command: Command, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a lesson would stand in the way of the next try."""
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name == "solution.py":
            raise OSError(28, "No space left on device")
        return write(path, data)

    before = _content(place)
    monkeypatch.setattr(Path, "write_bytes", full)
    said = command(*NEW, "--folder", "mine", code=2)[1]
    assert "the disk is full" in said
    assert {name: data for name, data in _content(place).items() if name != "mine"} == before


def test_a_pack_put_together_by_hand_is_told_what_makes_one(command: Command, place: Path) -> None:
    """A zip of the right files without the list that `pack` writes."""
    with zipfile.ZipFile("x.zip", "w") as archive:
        for path in sorted(Path("pack").rglob("*.*")):
            archive.write(path, path.relative_to("pack").as_posix())
    said = command("lesson", "install", "x.zip", code=2)[1]
    assert "put together by hand" in said
    assert "`lovhe lesson pack FOLDER`" in said


def test_a_pack_takes_the_place_of_an_earlier_one_alone(command: Command, place: Path) -> None:
    """Not of the key that signs it."""
    command("lesson", "signing-key", "key.pem")
    key = Path("key.pem").read_bytes()
    signed = ("lesson", "pack", "pack", "--sign", "key.pem", "--signed-by", "School 12", "-o")
    assert "may hold somebody's work" in command(*signed, "key.pem", code=2)[1]
    assert Path("key.pem").read_bytes() == key
    command(*signed, "x.zip")
    first = Path("x.zip").read_bytes()
    command("lesson", "pack", "pack", "-o", "x.zip")
    assert Path("x.zip").read_bytes() != first


@pytest.mark.skipif(os.name != "posix", reason="there is no such device elsewhere")
def test_a_program_without_an_end_is_not_read_to_the_end(command: Command, place: Path) -> None:
    """A device, or a film with the wrong name, would fill the memory."""
    assert "the board takes 200 KB at most" in command("check", BLINK, "/dev/zero", "--virtual", code=1)[0]


def test_an_answer_that_is_no_text_is_judged_as_a_program_that_is_none(command: Command, place: Path) -> None:
    """Bytes that are not UTF-8, as a terminal set to another alphabet sends them."""
    out, _ = command("check", BLINK, "--step", "gaps", "--answer", "\udcff", "--virtual", code=1)
    assert "not saved as UTF-8" in out


@pytest.mark.skipif(os.name != "posix", reason="file names are texts elsewhere")
def test_a_file_name_that_is_no_text_does_not_hinder(command: Command, place: Path) -> None:
    """The program runs under a name that can be told."""
    name = os.fsdecode(b"\xff.py")
    shutil.copy(ROOT / "lessons" / BLINK / "solution.py", name)
    assert "passed" in command("check", BLINK, name, "--virtual")[0]


def _no_file(lesson: Path) -> None:
    (lesson / "lesson.toml").unlink()


def _folder_as_file(lesson: Path) -> None:
    _no_file(lesson)
    (lesson / "lesson.toml").mkdir()


def _not_utf8(lesson: Path) -> None:
    (lesson / "lesson.toml").write_bytes(b"grade = \xff\n")


def _empty_texts(lesson: Path) -> None:
    for language in ("az", "ru", "en"):
        (lesson / f"{language}.md").write_text("", encoding="utf-8")


def _steps_are_a_file(lesson: Path) -> None:
    shutil.rmtree(lesson / "steps")
    (lesson / "steps").write_text("x", encoding="utf-8")


@pytest.mark.parametrize("break_it", [_no_file, _folder_as_file, _not_utf8, _empty_texts, _steps_are_a_file])
@pytest.mark.parametrize("name", ["show", "preview", "copy", "test", "mutate", "lint"])
def test_a_broken_folder_is_told_by_every_command(
    command: Command, place: Path, capsys: pytest.CaptureFixture[str], name: str, break_it: Callable[[Path], None]
) -> None:
    """`lint` lists what is to be mended; where there is no lesson at all it says so, as the others do."""
    lesson = place / "pack" / BLINK
    break_it(lesson)
    before = _content(place)
    listed = name == "lint" and break_it not in (_no_file, _folder_as_file)
    out, said = command("lesson", name, str(lesson), code=1 if listed else 2)
    assert "lesson.toml" in out + said or "az.md" in out + said
    assert len((out + said).strip().splitlines()) >= 2
    assert _content(place) == before
