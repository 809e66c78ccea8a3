"""Folders in which packs lie, as people and power cuts leave them: links, other people's folders, two commands at once."""

import os
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from lovhe.adapters.kit_files import KitFiles
from lovhe.adapters.lesson_packs.installed import InstalledPacks
from lovhe.adapters.lesson_packs.pack_archive import Pack, read_archive, read_folder, write_archive
from lovhe.core.errors import InputError, LessonError

ROOT = Path(__file__).parents[3]
LESSON = "6-02-button-light"
PACK_TOML = 'id = "{id}"\nversion = "{version}"\nlanguages = ["az"]\nlicence = "CC0"\n'


def _pack(folder: Path, pack_id: str = "school-12", version: str = "1.0") -> Pack:
    """A pack of one lesson, made in `folder`."""
    source = folder / f"made-{pack_id}-{version}"
    shutil.copytree(ROOT / "lessons" / LESSON, source / LESSON, dirs_exist_ok=True)
    (source / "pack.toml").write_text(PACK_TOML.format(id=pack_id, version=version), encoding="utf-8")
    file = folder / f"{pack_id}-{version}.zip"
    write_archive(file, *read_folder(source))
    return read_archive(file)


@pytest.fixture
def place(tmp_path) -> Path:
    """The folder of installed packs."""
    (tmp_path / "lessons").mkdir()
    return tmp_path / "lessons"


def _nothing(_staging: Path) -> None:
    """Lessons are read elsewhere."""


def test_somebodys_folder_that_is_called_like_a_pack_stays(place, tmp_path):
    """Lessons of one's own, or another pack put there by hand: a pack goes beside them."""
    own = place / "school-12" / "6-77-mine"
    own.mkdir(parents=True)
    (own / "lesson.toml").write_text("mine", encoding="utf-8")
    _pack(tmp_path, "other")
    shutil.copytree(tmp_path / "made-other-1.0", place / "school-13")
    packs = InstalledPacks(place)
    for pack_id in ("school-12", "school-13"):
        assert packs.install(_pack(tmp_path, pack_id), _nothing).about.id == pack_id
    assert (own / "lesson.toml").read_text(encoding="utf-8") == "mine"
    assert [pack.about.id for pack in packs.packs()] == ["other", "school-12", "school-13"]


def test_a_pack_put_there_by_hand_is_not_replaced(place, tmp_path):
    """Somebody may write lessons there; removing it first is for them to say."""
    pack = _pack(tmp_path)
    shutil.copytree(tmp_path / "made-school-12-1.0", place / "work")
    (place / "work" / "notes.txt").write_text("mine", encoding="utf-8")
    packs = InstalledPacks(place)
    with pytest.raises(LessonError, match="lesson remove school-12"):
        packs.install(pack, _nothing)
    assert (place / "work" / "notes.txt").is_file()
    packs.remove("school-12")
    packs.install(pack, _nothing)
    assert [path.name for path in place.iterdir()] == ["school-12"]


def test_what_a_link_leads_to_stays(place, tmp_path):
    """When a pack that is a link is replaced or removed: its author works there, or it lies on another disk."""
    first = _pack(tmp_path)
    elsewhere = tmp_path / "made-school-12-1.0"
    packs = InstalledPacks(place)
    for origin in (False, True):
        (place / "school-12").symlink_to(elsewhere)
        if origin:
            (elsewhere / ".origin.json").write_text("{}", encoding="utf-8")
            packs.install(_pack(tmp_path, version="2.0"), _nothing)
        assert packs.remove("school-12").about.version == ("2.0" if origin else "1.0")
        packs.restore()
        assert packs.packs() == []
        assert list(place.iterdir()) == []
        assert all((elsewhere / path).is_file() for path in first.files)


def test_a_link_to_nowhere_stands_in_no_ones_way(place, tmp_path):
    """In the place of a pack, and where one was moved aside."""
    _pack(tmp_path)
    (place / "school-12").symlink_to(tmp_path / "nowhere")
    shutil.copytree(tmp_path / "made-school-12-1.0", place / ".old-school-12")
    packs = InstalledPacks(place)
    packs.restore()
    assert packs.install(_pack(tmp_path), _nothing).about.version == "1.0"
    assert f"school-12/{LESSON}" in KitFiles(more_lessons=place).places()


def test_what_a_cut_off_update_has_left_does_not_come_back_after_removal(place, tmp_path):
    """The old version still lay aside, whole or in part, when the new one was in place."""
    packs = InstalledPacks(place)
    packs.install(_pack(tmp_path, version="2.0"), _nothing)
    _pack(tmp_path)
    shutil.copytree(tmp_path / "made-school-12-1.0", place / ".old-school-12")
    packs.remove("school-12")
    packs.restore()
    assert packs.packs() == []


def test_a_pack_toml_that_is_no_file_hides_no_other_pack(place, tmp_path):
    """A folder or a pipe of that name; reading a pipe would wait for ever."""
    InstalledPacks(place).install(_pack(tmp_path), _nothing)
    (place / "a" / "pack.toml").mkdir(parents=True)
    (place / "b").mkdir()
    os.mkfifo(place / "b" / "pack.toml")
    assert [pack.about.id for pack in InstalledPacks(place).packs()] == ["school-12"]
    assert f"school-12/{LESSON}" in KitFiles(more_lessons=place).places()


def test_an_origin_nobody_can_read_is_nobodys(place, tmp_path):
    """Deeply nested, not ours, or cut off."""
    for text in ("[" * 100_000, "{}", '{"signed_by": 3}', '{"signed_by": "x'):
        InstalledPacks(place).install(_pack(tmp_path), _nothing)
        (place / "school-12" / ".origin.json").write_text(text, encoding="utf-8")
        assert InstalledPacks(place).packs()[0].origin.key == ""


def test_two_installations_at_once_do_not_spoil_each_other(place, tmp_path):
    """One waits for the other; whoever reads meanwhile finds a whole pack."""
    versions = [_pack(tmp_path, version=f"{number}.0") for number in range(1, 4)]
    InstalledPacks(place).install(versions[0], _nothing)
    problems: list[Exception] = []

    def install(pack: Pack) -> None:
        try:
            for _ in range(6):
                InstalledPacks(place).install(pack, _nothing)
        except (InputError, LessonError, OSError) as problem:
            problems.append(problem)

    threads = [threading.Thread(target=install, args=(pack,)) for pack in versions]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        InstalledPacks(place).restore()
    assert problems == []
    assert [pack.lessons for pack in InstalledPacks(place).packs()] == [[LESSON]]
    assert sorted(path.name for path in place.iterdir() if path.is_dir()) == ["school-12"]


def test_an_installation_that_is_going_on_is_told(place, tmp_path):
    """Rather than wait for ever."""
    packs = InstalledPacks(place, wait_s=0.0)
    with packs.alone(), pytest.raises(InputError, match="Another command"):
        InstalledPacks(place, wait_s=0.0).install(_pack(tmp_path), _nothing)


def test_a_killed_installation_keeps_no_lock(place, tmp_path):
    """The next one need not wait; the lock's file is neither a pack nor a lesson."""
    packs = InstalledPacks(place, wait_s=0.0)
    with subprocess.Popen([sys.executable, "-c", _HOLDS_THE_LOCK, place], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"locked\n"
        with pytest.raises(InputError, match="Another command"):
            packs.install(_pack(tmp_path), _nothing)
        other.kill()
    packs.install(_pack(tmp_path), _nothing)
    assert [path.name for path in place.iterdir()] == ["school-12"]


_HOLDS_THE_LOCK = """
import sys
from pathlib import Path
from lovhe.adapters.lesson_packs.installed import InstalledPacks
with InstalledPacks(Path(sys.argv[1])).alone():
    print("locked", flush=True)
    input()
"""


def test_a_lock_that_cannot_be_made_is_told(place, tmp_path):
    """With the folder, and what to look at."""
    (place.parent / f".{place.name}.lock").mkdir()
    with pytest.raises(InputError, match="Look whether"):
        InstalledPacks(place).install(_pack(tmp_path), _nothing)


def test_a_list_beside_the_list_is_refused_before_it_is_read(tmp_path):
    """A zip can name a second list, longer than the one that its end tells of: 400,000 files in few bytes."""
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 3, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    listing = entry * 400_000
    long_end = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 400_000, 400_000, len(listing), 0)
    end = struct.pack("<4sLQL", b"PK\6\7", 0, len(listing), 1) + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 10, 10, 500, 0, 0)
    (tmp_path / "x.zip").write_bytes(listing + long_end + end)
    with pytest.raises(LessonError, match="more than any pack"):
        read_archive(tmp_path / "x.zip")


def test_a_pipe_is_no_pack(tmp_path):
    """Reading it would wait for ever."""
    os.mkfifo(tmp_path / "x.zip")
    with pytest.raises(LessonError, match="no pack of lessons"):
        read_archive(tmp_path / "x.zip")


def test_packs_in_a_folder_nobody_may_write_to_can_be_read(tmp_path):
    """What was cut off cannot be mended there, which stops no other command; an installation says why it cannot be."""
    file = tmp_path / "school-12-1.0.zip"
    _pack(tmp_path)
    with tempfile.TemporaryDirectory() as shared:  # pytest's own folder is its user's alone
        place = Path(shared, "lessons")
        InstalledPacks(place).install(read_archive(file), _nothing)
        shutil.copytree(place / "school-12", place / ".old-lost")
        shutil.copy(file, shared)
        for folder in (place, Path(shared)):
            folder.chmod(0o555)
        try:
            done = subprocess.run([sys.executable, "-c", _AS_NOBODY, shared], capture_output=True, text=True, timeout=60, check=False)
        finally:
            for folder in (place, Path(shared)):
                folder.chmod(0o755)
    assert done.stdout == "['school-12'] Permission denied\n", done.stderr


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="no user can take another's place elsewhere")
def test_a_lesson_in_a_folder_nobody_may_look_into_is_told():
    """Neither as missing nor with a fault of ours."""
    with tempfile.TemporaryDirectory() as shared:
        folder = Path(shared, "6-77-mine")
        shutil.copytree(ROOT / "lessons" / LESSON, folder)
        Path(shared).chmod(0o755)
        folder.chmod(0o000)
        try:
            done = subprocess.run([sys.executable, "-c", _LOOKS, folder], capture_output=True, text=True, timeout=60, check=False)
        finally:
            folder.chmod(0o755)
    assert done.stdout == "InputError InputError\n", done.stderr


_LOOKS = """
import os, sys
from lovhe.adapters.kit_files import KitFiles
from lovhe.core.errors import InputError
kit = KitFiles()
kit.places()
if os.getuid() == 0:
    os.setuid(65534)
told = []
for draft in (False, True):
    try:
        kit.place(sys.argv[1], draft=draft)
    except InputError as problem:
        told.append("InputError" if "may read" in str(problem.next_step) else str(problem))
print(*told)
"""


_AS_NOBODY = """
import os, shutil, sys, tempfile
from pathlib import Path
from lovhe.adapters.lesson_packs.installed import InstalledPacks
from lovhe.adapters.lesson_packs.pack_archive import read_archive
from lovhe.core.errors import InputError

def tried(folder):
    packs = InstalledPacks(folder / "lessons")
    packs.restore()
    told = [pack.about.id for pack in packs.packs()]
    try:
        packs.install(read_archive(folder / "school-12-1.0.zip"), lambda *_: None)
    except InputError as problem:
        return told, "Permission denied" if "ermission" in str(problem) or "allowed" in str(problem) else problem
    return told, "installed"

if os.getuid() == 0:
    with tempfile.TemporaryDirectory() as copy:  # all is imported: nobody cannot read a Python that lies in another's home
        tried(Path(shutil.copytree(sys.argv[1], copy, dirs_exist_ok=True)))
    os.setuid(65534)
print(*tried(Path(sys.argv[1])))
"""


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("name", ["a" * 300, "a\0b", "../" * 2_000])
def test_a_name_that_no_folder_can_have_is_told(name, draft):
    """As one that no lesson has."""
    with pytest.raises(LessonError, match="There is no lesson"):
        KitFiles().place(name, draft=draft)
