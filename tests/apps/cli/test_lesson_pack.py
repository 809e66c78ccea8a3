"""`lovhe lesson pack`, `install`, `list`, `remove`, `signing-key`, as somebody types them."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lovhe.apps import wiring

ROOT = Path(__file__).parents[3]
LESSON = "6-02-button-light"
Command = Callable[..., tuple[str, str]]


@pytest.fixture(autouse=True)
def _fresh_kit() -> Iterator[None]:
    wiring.kit.cache_clear()
    yield
    wiring.kit.cache_clear()


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a pack of one lesson; one is in the folder above it."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "lessons" / LESSON, tmp_path / "mine" / LESSON)
    text = 'id = "school-12"\nversion = "1.0"\nlanguages = ["az"]\nlicence = "CC0"\nnames = { en = "School 12" }\n'
    (tmp_path / "mine" / "pack.toml").write_text(text, encoding="utf-8")
    return tmp_path / "mine"


def test_a_signed_pack_goes_from_school_to_school(command: Command, mine: Path) -> None:
    """The fingerprint that its maker is told is the one that is shown to whoever installs it."""
    out, said = command("lesson", "signing-key", "key.pem")
    key = re.findall(r"[0-9A-F]{4}(?:-[0-9A-F]{4}){4}", out)[0]
    assert "copy in a safe place" in said
    out, said = command("lesson", "pack", "mine", "--sign", "key.pem", "--signed-by", "School 12, Ganja")
    assert "school-12-1.0.lovhe.zip is made. It holds 1 lesson." in out
    assert key in said
    out, said = command("lesson", "install", "school-12-1.0.lovhe.zip")
    assert "“School 12” 1.0 is installed: 1 lesson." in out
    assert f"Signed by “School 12, Ganja” with the key {key}" in said
    listed = json.loads(command("lesson", "list", "--json")[0])
    assert [(pack["id"], pack["key"]) for pack in listed] == [("lovhe-core", None), ("school-12", key)]
    assert "school-12/6-02-button-light" in command("lessons")[0]
    assert "cellar" in command("lesson", "show", f"school-12/{LESSON}")[0]
    assert "is removed" in command("lesson", "remove", "school-12")[0]
    assert "school-12" not in command("lesson", "list")[0]


def test_a_pack_that_nobody_signed_is_told(command: Command, mine: Path) -> None:
    """And so is the version whose place it takes."""
    command("lesson", "pack", "mine", "-o", "first.zip")
    _, said = command("lesson", "install", "first.zip")
    assert "Nobody has signed this pack" in said
    assert "taken the place of version 1.0" in command("lesson", "install", "first.zip")[1]


def test_what_no_pack_holds_is_left_out_and_said_to_be(command: Command, mine: Path) -> None:
    """Notes and a file among the mistakes; not what is hidden, nor an earlier pack."""
    for name in ("notes.txt", f"{LESSON}/wrong/readme.md", ".DS_Store", ".git/config", "school-12-0.9.lovhe.zip"):
        (mine / name).parent.mkdir(exist_ok=True)
        (mine / name).write_text("x", encoding="utf-8")
    _, said = command("lesson", "pack", "mine", "-o", "x.zip")
    assert f"Left out, because no pack holds such files: notes.txt, {LESSON}/wrong/readme.md." in said
    told = json.loads(command("lesson", "pack", "mine", "-o", "x.zip", "--json")[0])
    assert told["left_out"] == ["notes.txt", f"{LESSON}/wrong/readme.md"]


def test_the_kits_own_pack_cannot_be_replaced(command: Command, mine: Path) -> None:
    """A pack that calls itself like the kit's is refused."""
    pack = mine / "pack.toml"
    pack.write_text(pack.read_text(encoding="utf-8").replace("school-12", "lovhe-core"), encoding="utf-8")
    command("lesson", "pack", "mine", "-o", "x.zip")
    assert "the kit's own pack" in command("lesson", "install", "x.zip", code=2)[1]


def test_a_lesson_that_is_wrong_is_not_packed(command: Command, mine: Path) -> None:
    """With the file and the mend, and no pack is left behind."""
    (mine / LESSON / "starter.py").unlink()
    assert "starter.py" in command("lesson", "pack", "mine", "-o", "x.zip", code=2)[1]
    assert not list(mine.parent.glob("*.zip"))


@pytest.mark.parametrize(
    "words",
    [
        ("lesson", "install", "nothing.zip"),
        ("lesson", "install", "mine"),
        ("lesson", "pack", "nowhere"),
        ("lesson", "pack", "."),
        ("lesson", "pack", "mine", "--sign", "key.pem"),
        ("lesson", "pack", "mine", "--signed-by", "me"),
        ("lesson", "pack", "mine", "--sign", "nothing.pem", "--signed-by", "me"),
        ("lesson", "remove", "nothing"),
        ("lesson", "signing-key", "mine"),
        ("lesson", "signing-key", "no/such/folder.pem"),
    ],
)
def test_what_cannot_be_done_is_told_with_the_next_step(command: Command, mine: Path, words: tuple[str, ...]) -> None:
    """Two sentences, and nothing is made."""
    before = sorted(mine.parent.iterdir())
    _, said = command(*words, code=2)
    assert len(said.strip().splitlines()) >= 2
    assert sorted(path for path in mine.parent.iterdir() if path.name != "data") == before


BROKEN = {
    "cut off": b'id = "school-12"\nversi',
    "empty": b"",
    "no letters": b"\xff\xfe\x00",
    "an id that cannot be": b'id = "../x"\nversion = "1.0"\nlanguages = ["az"]\nlicence = "CC0"\n',
    "gone": None,
}


@pytest.fixture
def installed(command: Command, mine: Path, data_dir: Path) -> Path:
    """The folder of the pack `school-12`, which is installed, and signed with key.pem."""
    command("lesson", "signing-key", "key.pem")
    command("lesson", "pack", "mine", "-o", "x.zip", "--sign", "key.pem", "--signed-by", "School 12")
    command("lesson", "install", "x.zip")
    return data_dir / "lessons" / "school-12"


def _break(folder: Path, data: bytes | None) -> None:
    if data is None:
        (folder / "pack.toml").unlink()
    else:
        (folder / "pack.toml").write_bytes(data)
    wiring.kit.cache_clear()


@pytest.mark.parametrize("data", BROKEN.values(), ids=list(BROKEN))
def test_a_broken_installed_pack_is_told_and_hides_no_lesson(command: Command, installed: Path, data: bytes | None) -> None:
    """By whatever lists lessons: which one it is, and what can be done; its lessons do not take the place of the kit's."""
    _break(installed, data)
    for words in (("lesson", "list"), ("lessons",)):
        out, said = command(*words)
        assert "lovhe-core" in out or f"{LESSON} " in out
        assert f"The pack in {installed} is broken" in said
        assert "`lovhe lesson install FILE`" in said
        assert "`lovhe lesson remove school-12`" in said
    assert wiring.kit().place(LESSON).folder == ROOT / "lessons" / LESSON
    assert f"The pack in {installed} is broken" in command("lesson", "show", f"school-12/{LESSON}", code=2)[1]
    assert "There is no lesson" in command("lesson", "show", "school-12/6-77-nothing", code=2)[1]


@pytest.mark.parametrize("data", BROKEN.values(), ids=list(BROKEN))
def test_what_is_said_of_a_broken_pack_mends_it(command: Command, installed: Path, data: bytes | None) -> None:
    """Installed again it stands where it stood; removed it is gone; neither leaves a second folder."""
    _break(installed, data)
    command("lesson", "install", "x.zip")
    assert [path.name for path in installed.parent.iterdir()] == ["school-12"]
    assert "broken" not in command("lesson", "list")[1]
    _break(installed, data)
    assert "The broken pack “school-12” is removed." in command("lesson", "remove", "school-12")[0]
    assert list(installed.parent.iterdir()) == []
    assert "broken" not in command("lesson", "list")[1]


def test_a_broken_pack_keeps_its_signer(command: Command, installed: Path) -> None:
    """Else whoever breaks it could put an unsigned one into its place."""
    _break(installed, b"")
    command("lesson", "pack", "mine", "-o", "unsigned.zip")
    assert "--other-signer" in command("lesson", "install", "unsigned.zip", code=2)[1]
    assert (installed / "pack.toml").read_bytes() == b""


def test_a_broken_pack_made_by_hand_is_never_deleted(command: Command, mine: Path, data_dir: Path) -> None:
    """Its author is told how to mend it; a pack of its name goes beside it."""
    command("lesson", "pack", "mine", "-o", "x.zip")
    work = shutil.copytree(mine, data_dir / "lessons" / "school-12")
    (work / "pack.toml").write_text('id = "School 12"\nversion = "1.0"\nlanguages = ["az"]\nlicence = "CC0"\n', encoding="utf-8")
    wiring.kit.cache_clear()
    said = command("lesson", "list")[1]
    assert f"The pack in {work} is broken" in said
    assert 'Write it like this: id = "school-12"' in said
    assert "lesson remove" not in said
    command("lesson", "remove", "school-12", code=2)
    command("lesson", "install", "x.zip")
    assert sorted(path.name for path in work.parent.iterdir()) == ["school-12", "school-12-2"]
    assert "is removed" in command("lesson", "remove", "school-12")[0]
    assert [path.name for path in work.parent.iterdir()] == ["school-12"]


def test_all_lessons_are_not_right_while_a_pack_is_broken(command: Command, installed: Path) -> None:
    """`lint --all` tells it, and ends as with any other error."""
    _break(installed, b"")
    said = command("lesson", "lint", "--all", code=1)[1]
    assert f"The pack in {installed} is broken" in said
    assert "1 error." in said
