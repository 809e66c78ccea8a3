"""Bundles that were changed, cut off or badly copied: each is refused in words before anything of it is used."""

from __future__ import annotations

import os
import random
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lovhe.adapters.bundle.bundle_file import BundleFile
from lovhe.adapters.bundle.packing import write_bundle
from lovhe.core.bundle.manifest import MANIFEST
from lovhe.core.bundle.words import BundleFault

CONTENT = {"lessons/a.txt": b"a" * 5000, "firmware/b.bin": bytes(range(256)) * 8000, "README.txt": "Lövhə".encode()}


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A sound bundle without wheels."""
    file = tmp_path / "kit.zip"
    write_bundle(file, CONTENT, (), "2026-11-22T03:40:00Z")
    return file


def remade(bundle: Path, change: Callable[[dict[zipfile.ZipInfo, bytes]], None]) -> Path:
    """The bundle zipped again after `change` had its way with the entries; the manifest stays."""
    with zipfile.ZipFile(bundle) as old:
        entries = {info: old.read(info) for info in old.infolist()}
    change(entries)
    file = bundle.with_name("remade.zip")
    with zipfile.ZipFile(file, "w") as new:
        for info, content in entries.items():
            new.writestr(info, content)
    return file


def entry(entries: dict[zipfile.ZipInfo, bytes], name: str) -> zipfile.ZipInfo:
    """The entry of that name."""
    return next(info for info in entries if info.filename == name)


def refusal(file: Path) -> str:
    """The sentence with which all of a bundle is refused, wherever that shows."""
    try:
        with BundleFile(file) as opened:
            return " ".join(str(what) for _path, what in opened.damaged())
    except BundleFault as fault:
        return str(fault.what)


def test_what_was_put_in_comes_out(bundle: Path, tmp_path: Path) -> None:
    """Every file is there, byte for byte, from the zip and from a folder it was unpacked to."""
    folder = tmp_path / "unpacked"
    zipfile.ZipFile(bundle).extractall(folder)
    (folder / "Thumbs.db").write_bytes(b"of the system's")
    for source in (bundle, folder):
        with BundleFile(source) as opened:
            assert opened.damaged() == []
            for path, content in CONTENT.items():
                target = tmp_path / "out" / source.name / path
                opened.unpack(path, target)
                assert target.read_bytes() == content


def test_a_flipped_bit_is_found_and_its_file_named(bundle: Path) -> None:
    """Bad USB sticks do this; every part of the contents is looked at."""
    with zipfile.ZipFile(bundle) as opened:
        info = opened.getinfo("firmware/b.bin")
    data = bytearray(bundle.read_bytes())
    data[info.header_offset + 30 + len(info.filename) + 100] ^= 1
    bundle.write_bytes(data)
    assert "firmware/b.bin" in refusal(bundle)


@pytest.mark.parametrize("part", [0.0, 0.3, 0.9, 0.999])
def test_a_bundle_that_was_cut_off_is_refused(bundle: Path, part: float) -> None:
    """A stick that was pulled out too early."""
    data = bundle.read_bytes()
    bundle.write_bytes(data[: int(len(data) * part)])
    assert "is no bundle, or its end is missing" in refusal(bundle)


def test_another_content_of_the_same_size_is_refused(bundle: Path) -> None:
    """The zip's own checksums are right then; the hash is not."""
    file = remade(bundle, lambda entries: entries.update({entry(entries, "lessons/a.txt"): b"b" * 5000}))
    assert refusal(file) == "A file in the bundle is damaged: lessons/a.txt."


def test_a_file_that_is_not_listed_is_refused(bundle: Path) -> None:
    """Somebody has put something in."""
    file = remade(bundle, lambda entries: entries.update({zipfile.ZipInfo("lovhe/evil.py"): b"x"}))
    assert "lovhe/evil.py" in refusal(file)


def test_a_missing_file_is_named(bundle: Path) -> None:
    """Somebody has taken something out."""
    file = remade(bundle, lambda entries: entries.pop(entry(entries, "README.txt")) and None)
    assert refusal(file) == "A file is missing in the bundle: README.txt."


def test_a_path_out_of_the_folder_is_refused(bundle: Path) -> None:
    """Nothing may be written beside the place where a bundle is unpacked."""
    file = remade(bundle, lambda entries: entries.update({zipfile.ZipInfo("../../.profile"): b"x"}))
    assert "not allowed" in refusal(file)


def test_a_link_is_refused(bundle: Path) -> None:
    """A link could lead what follows to any place."""

    def link(entries: dict[zipfile.ZipInfo, bytes]) -> None:
        entry(entries, "README.txt").external_attr = (stat.S_IFLNK | 0o777) << 16

    assert "link" in refusal(remade(bundle, link))


def test_a_file_that_unpacks_to_more_than_is_listed_is_not_unpacked(bundle: Path, tmp_path: Path) -> None:
    """Not even the bytes above the listed size reach the disk."""

    def blow_up(entries: dict[zipfile.ZipInfo, bytes]) -> None:
        info = entry(entries, "lessons/a.txt")
        info.compress_type = zipfile.ZIP_DEFLATED
        entries[info] = bytes(50 << 20)

    file = remade(bundle, blow_up)
    data = file.read_bytes()
    listed, real = (5000).to_bytes(4, "little"), (50 << 20).to_bytes(4, "little")
    file.write_bytes(data.replace(real, listed))  # the zip's directory lies as well
    assert file.stat().st_size < 3 << 20
    with BundleFile(file) as opened, pytest.raises(BundleFault):
        opened.unpack("lessons/a.txt", tmp_path / "out")
    assert (tmp_path / "out").stat().st_size <= 5000


def test_an_entry_that_is_there_twice_is_refused(bundle: Path) -> None:
    """Which of two is meant, nobody could say."""
    with zipfile.ZipFile(bundle, "a") as opened, pytest.warns(UserWarning, match="Duplicate"):
        opened.writestr("README.txt", b"another")
    assert "twice" in refusal(bundle)


def test_any_other_zip_or_folder_is_no_bundle(tmp_path: Path) -> None:
    """A wrong file name is the most likely mistake."""
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as opened:
        opened.writestr("x.txt", "x")
    assert refusal(other) == "This is no bundle of Lövhə."
    assert refusal(tmp_path) == "This is no bundle of Lövhə."
    assert "there is no such file" in refusal(tmp_path / "nothing.zip")


def test_a_bundle_is_written_whole_or_not_at_all(bundle: Path) -> None:
    """A file that cannot be read in the middle leaves the bundle that was there."""
    before = bundle.read_bytes()
    with pytest.raises(Exception, match="cannot be written"):
        write_bundle(bundle, {"a": b"a", "wheels/gone.whl": bundle.with_name("gone.whl")}, (), "2026-11-22T03:40:00Z")
    assert bundle.read_bytes() == before
    assert [file.name for file in bundle.parent.iterdir()] == [bundle.name]


def test_the_manifest_is_not_in_its_own_list(bundle: Path) -> None:
    """It cannot hold its own hash."""
    with BundleFile(bundle) as opened:
        assert set(opened.manifest.files) == set(CONTENT)
        assert MANIFEST not in opened.manifest.files


def test_a_flipped_byte_anywhere_ends_in_a_sentence(bundle: Path) -> None:
    """In the zip's directory, in its manifest, in any content: it is read, or it is refused, and no other error comes."""
    data = bundle.read_bytes()
    chance = random.Random(4)
    broken = bundle.with_name("broken.zip")
    refused = 0
    for _ in range(400):
        place = len(data) - 1 - chance.randrange(1200)
        broken.write_bytes(data[:place] + bytes([chance.choice([0, 14, 255, chance.randrange(256)])]) + data[place + 1 :])
        refused += bool(refusal(broken))
    assert refused > 100


@pytest.mark.parametrize("packed", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_packing_that_bundles_never_have_is_refused(bundle: Path, packed: int) -> None:
    """Its unpacker may ask for far more memory than the file has bytes."""
    file = remade(bundle, lambda entries: setattr(entry(entries, "README.txt"), "compress_type", packed))
    assert "locked file" in refusal(file)


def test_a_pipe_in_an_unpacked_bundle_is_not_waited_for(bundle: Path, tmp_path: Path) -> None:
    """Nobody would ever write to it."""
    folder = tmp_path / "unpacked"
    zipfile.ZipFile(bundle).extractall(folder)
    (folder / "README.txt").unlink()
    os.mkfifo(folder / "README.txt")
    assert refusal(folder) == "A file is missing in the bundle: README.txt."
