"""Work is kept in real files, whatever the folder holds and whoever else writes there."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from lovhe.adapters.work_files import MOST_BYTES, WorkFiles
from lovhe.core.errors import InputError
from lovhe.services.ports.work import WorkKey

KEY = WorkKey("0123456789abcdef01234567", "6-01-blink", "make")
needs_links = pytest.mark.skipif(os.name != "posix", reason="links need a right on Windows")


def _file(folder: Path) -> Path:
    return folder / KEY.group / KEY.lesson / "make.txt"


@pytest.mark.parametrize("text", ["", "print(1)\n", "a\r\nb\tc\0d", "işıq = 'ə ü'\n# свет", "\ud800 half"])
def test_what_is_written_is_read(tmp_path: Path, text: str) -> None:
    """Any text comes back as it was; half a letter becomes a question mark."""
    WorkFiles(tmp_path).write(KEY, text)
    assert WorkFiles(tmp_path).read(KEY) == text.encode("utf-8", "replace").decode()


def test_nothing_typed_is_none(tmp_path: Path) -> None:
    """A step that nobody has touched has no text and no versions."""
    store = WorkFiles(tmp_path / "no" / "folder")
    assert store.read(KEY) is None
    assert store.versions(KEY) == []


def test_no_two_keys_share_a_file(tmp_path: Path) -> None:
    """Names that a system would mix up, refuse or follow elsewhere are kept apart, and stay below the folder."""
    names = ["a", "A", "pack/a", "pack@a", "../a", "con", "nul", "program", "", "x" * 300, "x" * 301, "ə", "a.", "a ", ".."]
    store = WorkFiles(tmp_path / "work")
    for number, name in enumerate(names):
        if name:
            store.write(WorkKey(KEY.group, name, "make"), f"lesson {number}")
        store.write(WorkKey(KEY.group, "6-01-blink", name), f"step {number}")
    for number, name in enumerate(names):
        if name:
            assert store.read(WorkKey(KEY.group, name, "make")) == f"lesson {number}"
        assert store.read(WorkKey(KEY.group, "6-01-blink", name)) == f"step {number}"
    assert [child.name for child in tmp_path.iterdir()] == ["work"]
    files = [file.relative_to(tmp_path / "work") for file in tmp_path.rglob("*.txt")]
    assert len({str(file).lower() for file in files}) == len(files) == 2 * len(names) - 1
    assert max(len(str(file)) for file in files) < 150


def test_versions_are_newest_first_and_no_text_twice(tmp_path: Path) -> None:
    """The history tells time, reason and lines; a text that is there already is not kept again."""
    store = WorkFiles(tmp_path)
    for text, reason in (("a\n", "typed"), ("a\n", "typed"), ("a\nb\n", "run"), ("a\nb\n", "typed"), (" \n", "typed")):
        store.keep_version(KEY, text, reason)  # type: ignore[arg-type]
    versions = WorkFiles(tmp_path).versions(KEY)
    assert [(version.reason, version.lines) for version in versions] == [("run", 2), ("typed", 1)]
    assert [store.version(KEY, version.id) for version in versions] == ["a\nb\n", "a\n"]
    assert versions[0].when_utc > versions[1].when_utc
    assert versions[0].when_utc.endswith("+00:00")


def test_a_typed_version_that_is_checked_becomes_a_checked_one(tmp_path: Path) -> None:
    """The better reason wins, so that it lives longer."""
    store = WorkFiles(tmp_path)
    store.keep_version(KEY, "a\n", "typed")
    store.keep_version(KEY, "a\n", "checked")
    assert [version.reason for version in store.versions(KEY)] == ["checked"]


@pytest.mark.parametrize(
    "name", ["../../secret", "20261122T093000000000Z-run/../x", "20261122T093000000000Z-run", "20269922T093000000000Z-run"]
)
def test_a_version_that_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    """Neither a wrong name nor a path out of the history is read."""
    (tmp_path / "secret.txt").write_text("secret")
    with pytest.raises(InputError, match="not kept any more"):
        WorkFiles(tmp_path).version(KEY, name)


def test_another_app_s_text_becomes_a_version(tmp_path: Path) -> None:
    """Two windows on one step: what one of them wrote last stands there, and the other's is in the history."""
    ours, theirs = WorkFiles(tmp_path), WorkFiles(tmp_path)
    ours.write(KEY, "begin")
    assert theirs.read(KEY) == "begin"
    ours.write(KEY, "ours")
    theirs.write(KEY, "theirs")
    assert ours.read(KEY) == "theirs"
    assert [(version.reason, ours.version(KEY, version.id)) for version in ours.versions(KEY)] == [("elsewhere", "ours")]


def test_many_threads_and_stores_write_whole_texts(tmp_path: Path) -> None:
    """Whoever writes last wins, no text is a mixture, and every store's last text is there or in the history."""
    texts = {f"{who}{n}" * 2_000 for who in "abcd" for n in range(10)}
    stores = [WorkFiles(tmp_path) for _ in range(2)]
    failed: list[BaseException] = []

    def write(who: str, store: WorkFiles) -> None:
        try:
            for n in range(10):
                store.write(KEY, f"{who}{n}" * 2_000)
                assert store.read(KEY) in texts
        except (AssertionError, InputError, OSError) as problem:
            failed.append(problem)

    threads = [threading.Thread(target=write, args=(who, stores[n % 2])) for n, who in enumerate("abcd")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert stores[0].read(KEY) in texts
    assert not list(tmp_path.rglob("*.new"))


def test_half_a_file_is_never_read(tmp_path: Path) -> None:
    """What a power cut left half written is not taken for work, and is written over."""
    store = WorkFiles(tmp_path)
    store.write(KEY, "whole")
    _file(tmp_path).with_name("make.txt.new").write_text("ha")
    assert WorkFiles(tmp_path).read(KEY) == "whole"
    store.write(KEY, "newer")
    assert store.read(KEY) == "newer"
    assert not list(tmp_path.rglob("*.new"))


def test_a_damaged_file_is_kept_as_it_was(tmp_path: Path) -> None:
    """Bytes that are no text are shown as far as they go, and stay in the history when they are written over."""
    _file(tmp_path).parent.mkdir(parents=True)
    _file(tmp_path).write_bytes(b"print\xff")
    store = WorkFiles(tmp_path)
    assert store.read(KEY) == "print\ufffd"
    store.write(KEY, "mended")
    (kept,) = tmp_path.rglob("*-elsewhere.txt")
    assert kept.read_bytes() == b"print\xff"


def _folder(file: Path) -> None:
    file.mkdir()


def _huge(file: Path) -> None:
    file.write_bytes(b"x" * (MOST_BYTES + 1))


def _link(file: Path) -> None:
    target = file.parent.parent.parent.parent / "target"
    target.write_text("theirs")
    file.symlink_to(target)


def _pipe(file: Path) -> None:
    os.mkfifo(file)


@pytest.mark.parametrize("put", [_folder, _huge, pytest.param(_link, marks=needs_links), pytest.param(_pipe, marks=needs_links)])
def test_what_is_no_plain_file_is_told_and_moved_aside(tmp_path: Path, put: Callable[[Path], None]) -> None:
    """A folder, a link, a pipe or a giant in the file's place is not read; writing puts it into the history and goes on."""
    work = tmp_path / "work"
    _file(work).parent.mkdir(parents=True)
    put(_file(work))
    store = WorkFiles(work)
    with pytest.raises(InputError, match=r"cannot be read: .*"):
        store.read(KEY)
    store.write(KEY, "mine")
    assert store.read(KEY) == "mine"
    assert len(list(work.rglob("*-elsewhere.txt"))) == 1
    if put is _link:
        assert (tmp_path / "target").read_text() == "theirs"


@needs_links
def test_a_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    """Nothing is written, read or removed through a link in the place of a group's or lesson's folder."""
    work, target = tmp_path / "work", tmp_path / "target"
    (target / KEY.lesson).mkdir(parents=True)
    work.mkdir()
    (work / KEY.group).symlink_to(target)
    with pytest.raises(InputError, match="link"):
        WorkFiles(work).write(KEY, "x")
    with pytest.raises(InputError, match="link"):
        WorkFiles(work).forget_group(KEY.group)
    assert [path.name for path in target.rglob("*")] == [KEY.lesson]


@needs_links
def test_a_half_file_that_is_a_link_leads_nowhere(tmp_path: Path) -> None:
    """A link laid where the fresh file goes is taken away, and what it leads to stays as it was."""
    target = tmp_path / "target"
    target.write_text("theirs")
    store = WorkFiles(tmp_path / "work")
    store.write(KEY, "a")
    _file(tmp_path / "work").with_name("make.txt.new").symlink_to(target)
    store.write(KEY, "b")
    assert (store.read(KEY), target.read_text()) == ("b", "theirs")


def test_a_text_too_long_is_refused_and_nothing_lost(tmp_path: Path) -> None:
    """More than a megabyte is no program; what was there stays."""
    store = WorkFiles(tmp_path)
    store.write(KEY, "a")
    with pytest.raises(InputError, match="longer than"):
        store.write(KEY, "x" * (MOST_BYTES + 1))
    assert store.read(KEY) == "a"


_FULL = """
import resource, signal, sys
from pathlib import Path
from lovhe.adapters.work_files import WorkFiles
from lovhe.core.errors import InputError
from lovhe.services.ports.work import WorkKey
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
store, key = WorkFiles(Path(sys.argv[1])), WorkKey("0123456789abcdef01234567", "6-01-blink", "make")
store.read(key)
for act in (lambda: store.write(key, "x" * 5000), lambda: store.keep_version(key, "x" * 5000, "run")):
    try:
        act()
    except InputError as problem:
        print(problem)
print(store.read(key), len(store.versions(key)))
"""


@pytest.mark.skipif(os.name != "posix", reason="the system's limit on files")
def test_a_disk_that_takes_no_more_is_told_in_words(tmp_path: Path) -> None:
    """What was there is still there, half files are gone, and the sentence says what to do."""
    WorkFiles(tmp_path).write(KEY, "before")
    done = subprocess.run([sys.executable, "-c", _FULL, str(tmp_path)], capture_output=True, text=True, timeout=60, env=os.environ)
    refused, version, left = done.stdout.splitlines()
    assert refused.startswith("Your work cannot be kept in ")
    assert "USB stick" in refused
    assert "USB stick" in version
    assert left == "before 0"
    assert not list(tmp_path.rglob("*.new"))


def test_many_versions_are_thinned_out(tmp_path: Path) -> None:
    """Old versions go by the rule of `core.work.thinning`; what else lies in the history is left alone."""
    store = WorkFiles(tmp_path)
    store.write(KEY, "x")
    history = _file(tmp_path).with_suffix(".history")
    history.mkdir()
    for second in range(10):
        (history / f"20200101T0000{second:02}000000Z-typed.txt").write_text(str(second))
    (history / "notes.txt").write_text("mine")
    store.keep_version(KEY, "new", "typed")
    assert [store.version(KEY, version.id) for version in store.versions(KEY)] == ["new", "9"]
    assert (history / "notes.txt").exists()


def test_a_clock_put_back_keeps_the_order(tmp_path: Path) -> None:
    """The version that was kept last is the newest, whatever the clock said before."""
    store = WorkFiles(tmp_path)
    store.write(KEY, "x")
    history = _file(tmp_path).with_suffix(".history")
    history.mkdir()
    (history / "20990101T000000000000Z-typed.txt").write_text("from the future")
    store.keep_version(KEY, "now", "run")
    assert [store.version(KEY, version.id) for version in store.versions(KEY)] == ["now", "from the future"]


def test_a_guest_s_work_is_forgotten(tmp_path: Path) -> None:
    """Text and history of one group go, those of others stay."""
    store, other = WorkFiles(tmp_path), WorkKey("other", KEY.lesson, KEY.step)
    for key in (KEY, other):
        store.write(key, "x")
        store.keep_version(key, "x", "run")
    store.forget_group(KEY.group)
    assert (store.read(KEY), store.versions(KEY)) == (None, [])
    assert (store.read(other), len(store.versions(other))) == ("x", 1)
