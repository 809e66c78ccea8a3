"""Work goes to a stick and comes back, and a hostile stick harms nobody."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
import pytest
from lovhe.adapters.whole_files import write_whole
from lovhe.adapters.work_files import WorkFiles
from lovhe.apps.workspace.lessons_here import lessons_named
from lovhe.apps.workspace.stick_jobs import CopyWork, FetchWork
from lovhe.apps.workspace.wiring import work_on_sticks
from lovhe.core.pupils.group import Group
from lovhe.core.pupils.pupil import Pupil
from lovhe.core.work.stick import INDEX, KIND, StickFile, StickIndex
from lovhe.services.ports.work import WorkKey

AYSEL = Group((Pupil("id-1", "7A", 1, "Aysel"),))
LEYLA = Group((Pupil("id-2", "7A", 2, "Leyla"),))
LESSON = "6-01-blink"
needs_links = pytest.mark.skipif(os.name != "posix", reason="links need a right on Windows")


def _steps(*kinds: str) -> list[str]:
    (lesson,) = lessons_named([LESSON])
    return [step.id for step in lesson.file.step if step.kind in kinds]


def _copy(store: WorkFiles, group: Group, stick: Path) -> list[str]:
    job = CopyWork(group, store, partial(lessons_named, [LESSON]), stick)
    job.begin()
    assert job.wait(120)
    return [str(text) for text in job.said] if job.problem is None else [str(job.problem)]


def _fetch(store: WorkFiles, group: Group, folder: Path, index: StickIndex) -> list[str]:
    job = FetchWork(group, store, partial(lessons_named, [file.lesson for file in index.files]), folder, index)
    job.begin()
    assert job.wait(120)
    return [str(text) for text in job.said] if job.problem is None else [str(job.problem)]


@pytest.fixture
def store(tmp_path: Path) -> WorkFiles:
    """Work of Aysel's: a program and an answer."""
    store = WorkFiles(tmp_path / "work")
    store.write(WorkKey(AYSEL.key, LESSON, _steps("change", "make")[-1]), "print('mine')\n")
    store.write(WorkKey(AYSEL.key, LESSON, _steps("predict", "order", "fill")[0]), "2")
    return store


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_work_goes_to_a_stick_and_comes_back(store: WorkFiles, stick: Path, tmp_path: Path) -> None:
    """A pupil can open the files; what was changed at home comes back, and what stood here is in the history."""
    assert _copy(store, AYSEL, stick)[0] == "2 files are on the stick, and were compared."
    (program,) = stick.rglob("main.py")
    assert program.read_text() == "print('mine')\n"
    assert program.parent.name.startswith(LESSON)
    assert program.parent.parent.name == "Lovhe Aysel"
    program.write_bytes(b"\xef\xbb\xbfprint('at home')\n")
    ((folder, index),) = work_on_sticks([stick])
    said = _fetch(store, AYSEL, folder, index)
    assert said == ["1 text was fetched.", "What stood there before is in the history of its step.", "1 was here already."]
    key = WorkKey(AYSEL.key, LESSON, _steps("change", "make")[-1])
    assert store.read(key) == "print('at home')\n"
    assert [(version.reason, store.version(key, version.id)) for version in store.versions(key)] == [("fetched", "print('mine')\n")]
    elsewhere = WorkFiles(tmp_path / "another computer")
    guest = Group(guest="g")
    assert _fetch(elsewhere, guest, folder, index)[0] == "2 texts were fetched."
    assert elsewhere.read(WorkKey(guest.key, LESSON, key.step)) == "print('at home')\n"


def test_two_groups_share_a_stick(store: WorkFiles, stick: Path) -> None:
    """Each has a folder of its own, also where both have the same names; copying again uses it again."""
    namesake = Group((Pupil("id-9", "7B", 4, "Aysel"),))
    store.write(WorkKey(namesake.key, LESSON, _steps("make", "change")[-1]), "print('hers')\n")
    for group in (AYSEL, namesake, AYSEL):
        _copy(store, group, stick)
    assert sorted(path.name for path in stick.iterdir()) == ["Lovhe Aysel", "Lovhe Aysel 2"]
    assert "hers" in next((stick / "Lovhe Aysel 2").rglob("main.py")).read_text()
    assert "mine" in next((stick / "Lovhe Aysel").rglob("main.py")).read_text()


def test_other_people_s_work_is_refused(store: WorkFiles, stick: Path) -> None:
    """Leyla does not get Aysel's work, and is told whose it is."""
    _copy(store, AYSEL, stick)
    ((folder, index),) = work_on_sticks([stick])
    (said,) = _fetch(store, LEYLA, folder, index)
    assert said.startswith("This is the work of somebody else: Aysel.")
    assert store.read(WorkKey(LEYLA.key, LESSON, _steps("change", "make")[-1])) is None


def test_nothing_to_copy_and_no_stick_are_told(store: WorkFiles, stick: Path) -> None:
    """Each in a sentence with what to do."""
    assert _copy(store, LEYLA, stick) == ["There is nothing to copy yet. Type something in a lesson first."]
    assert _copy(store, AYSEL, stick / "gone")[0].startswith("There is no folder ")
    assert work_on_sticks([stick / "gone"]) == []


def _giant(file: Path) -> None:
    with file.open("wb") as giant:
        giant.truncate(1 << 30)


def _link(file: Path) -> None:
    file.unlink()
    file.symlink_to("/etc/hostname")


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (_giant, "it is too big"),
        (lambda file: file.write_bytes(b"print('\xff')"), "not saved as UTF-8"),
        (lambda file: file.write_bytes(b"a\0b"), "is no text"),
        (lambda file: file.unlink(), "there is no such file"),
        pytest.param(_link, "it is a link", marks=needs_links),
    ],
)
def test_a_spoilt_file_is_left_out_in_words(store: WorkFiles, stick: Path, spoil: Callable[[Path], None], why: str) -> None:
    """The rest comes, and what stands here stays."""
    _copy(store, AYSEL, stick)
    spoil(next(stick.rglob("main.py")))
    ((folder, index),) = work_on_sticks([stick])
    said = _fetch(store, AYSEL, folder, index)
    assert [sentence for sentence in said if sentence.startswith("Left out") and why in sentence], said
    assert store.read(WorkKey(AYSEL.key, LESSON, _steps("change", "make")[-1])) == "print('mine')\n"


def test_a_hostile_list_leads_nowhere(store: WorkFiles, stick: Path, tmp_path: Path) -> None:
    """Paths out of the folder, lessons that are none, and thousands of files are left out."""
    (tmp_path / "secret.py").write_text("secret")
    step = _steps("change", "make")[-1]
    files = [
        StickFile(LESSON, step, "../../secret.py"),
        StickFile("../../etc", "", "main.py"),
        StickFile(LESSON, "no such step", "main.py"),
    ]
    (stick / INDEX).write_bytes(msgspec.json.encode(StickIndex(KIND, "\x1b[2J", [], files)))
    ((folder, index),) = work_on_sticks([stick])
    said = _fetch(store, AYSEL, folder, index)
    assert said[0] == "0 texts were fetched."
    assert len(said) == 4
    (stick / INDEX).write_bytes(msgspec.json.encode(StickIndex(KIND, "x", [], files * 1_000)))
    assert work_on_sticks([stick]) == []


@needs_links
def test_a_link_on_the_stick_is_not_written_through(store: WorkFiles, stick: Path, tmp_path: Path) -> None:
    """What a link on the stick leads to stays as it was."""
    target = tmp_path / "target"
    target.mkdir()
    (stick / "Lovhe Aysel").symlink_to(target)
    assert "it is a link" in _copy(store, AYSEL, stick)[0]
    assert list(target.iterdir()) == []


def test_what_was_changed_at_home_is_kept_when_work_is_copied_before_it_is_fetched(store: WorkFiles, stick: Path) -> None:
    """Beside the new file, and that is told; what we wrote ourselves is replaced without a trace."""
    _copy(store, AYSEL, stick)
    (program,) = stick.rglob("main.py")
    key = WorkKey(AYSEL.key, LESSON, _steps("change", "make")[-1])
    store.write(key, "print('newer')\n")
    assert not [said for said in _copy(store, AYSEL, stick) if "changed elsewhere" in said]
    for number, name in ((1, "main.before.py"), (2, "main.before2.py")):
        program.write_text(f"print('at home {number}')\n")
        store.write(key, f"print('at school {number}')\n")
        assert [said for said in _copy(store, AYSEL, stick) if said.startswith("1 file there had been changed elsewhere")]
        assert program.read_text() == f"print('at school {number}')\n"
        assert program.with_name(name).read_text() == f"print('at home {number}')\n"
    assert len(list(program.parent.glob("main*"))) == 3


def _directory(file: Path) -> None:
    file.unlink()
    file.mkdir()
    (file / "mine.txt").write_text("mine")


@pytest.mark.parametrize("spoil", [_directory, _giant, lambda file: file.write_bytes(b"a\0\xff")], ids=["folder", "giant", "bytes"])
def test_whatever_has_the_files_name_is_moved_aside(store: WorkFiles, stick: Path, spoil: Callable[[Path], None]) -> None:
    """A folder, a giant or bytes of somebody's: nothing of it is lost, and the work is on the stick."""
    _copy(store, AYSEL, stick)
    (program,) = stick.rglob("main.py")
    spoil(program)
    said = _copy(store, AYSEL, stick)
    assert said[0] == "2 files are on the stick, and were compared."
    assert program.read_text() == "print('mine')\n"
    aside = program.with_name("main.before.py")
    assert (aside / "mine.txt").exists() or aside.stat().st_size in (3, 1 << 30)


_FULL = """
import resource, signal, sys
from functools import partial
from pathlib import Path
from lovhe.adapters.work_files import WorkFiles
from lovhe.apps.workspace.stick_jobs import CopyWork
from lovhe.apps.workspace.lessons_here import lessons_named
from lovhe.core.pupils.group import Group
from lovhe.core.pupils.pupil import Pupil
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
group = Group((Pupil("id-1", "7A", 1, "Aysel"),))
job = CopyWork(group, WorkFiles(Path(sys.argv[1])), partial(lessons_named, ["6-01-blink"]), Path(sys.argv[2]))
job.begin()
assert job.wait(100)
print(job.problem)
"""


@pytest.mark.skipif(os.name != "posix", reason="the system's limit on files")
def test_a_stick_that_is_full_is_told_and_what_was_there_stays(store: WorkFiles, stick: Path, tmp_path: Path) -> None:
    """In words with what to do; half a file is not left, and neither the old copy nor the work here is touched."""
    _copy(store, AYSEL, stick)
    before = {path: path.read_bytes() for path in stick.rglob("*") if path.is_file()}
    key = WorkKey(AYSEL.key, LESSON, _steps("change", "make")[-1])
    store.write(key, "#" * 5000)
    done = subprocess.run([sys.executable, "-c", _FULL, str(tmp_path / "work"), str(stick)], capture_output=True, text=True, timeout=120)
    assert done.stdout.startswith("Your work could not be copied to "), done.stderr
    assert "make room on this one" in done.stdout
    assert {path: path.read_bytes() for path in stick.rglob("*") if path.is_file()} == before
    assert store.read(key) == "#" * 5000


def test_a_stick_that_is_pulled_out_while_work_is_copied_is_told(store: WorkFiles, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its folder is gone from one file to the next: a sentence with what to do, and nothing is lost here."""

    def gone(path: Path, data: bytes) -> None:
        shutil.rmtree(stick, ignore_errors=True)
        write_whole(path, data)

    monkeypatch.setattr("lovhe.adapters.work_copies.write_whole", gone)
    (said,) = _copy(store, AYSEL, stick)
    assert said.startswith("Your work could not be copied to ")
    assert "Nothing is lost on this computer" in said
    assert store.read(WorkKey(AYSEL.key, LESSON, _steps("change", "make")[-1])) == "print('mine')\n"
