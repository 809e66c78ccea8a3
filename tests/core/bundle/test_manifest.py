"""A bundle's manifest: what is written is read, and nothing out of shape is let through."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lovhe.core.bundle.manifest import (
    MAX_FILE_BYTES,
    BundledFile,
    Manifest,
    Target,
    check_contents,
    check_path,
    read_manifest,
    requirements,
)
from lovhe.core.bundle.words import BundleFault

WHEEL = "wheels/littlefs_python-0.19.0-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl"
HASH = "0123456789abcdef" * 4
MANIFEST = Manifest(
    "0.1.0",
    "2026-11-22T03:40:00Z",
    {WHEEL: BundledFile(12, HASH), "firmware/a.bin": BundledFile(3, HASH)},
    (Target("linux", "3.11", (WHEEL,)),),
)


def changed(**values: Any) -> bytes:
    """The manifest as a file, with some of its values replaced."""
    return json.dumps(json.loads(MANIFEST.to_bytes()) | values).encode()


def test_a_manifest_is_read_as_it_was_written() -> None:
    """Nothing is lost or changed on the way to the USB stick."""
    assert read_manifest(MANIFEST.to_bytes()) == MANIFEST


@given(
    st.binary(max_size=200) | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(lambda value: json.dumps(value).encode())
)
def test_any_bytes_are_a_manifest_or_a_sentence(data: bytes) -> None:
    """Whatever lies where the list should be: a refusal in words."""
    with pytest.raises(BundleFault):
        read_manifest(data)


@given(
    st.sampled_from(["kit_version", "made", "targets", "files"]),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["a", "size", "sha256", "system", "python", "wheels"]), inner),
    ),
)
def test_a_value_of_any_shape_is_refused_in_words_or_is_sound(name: str, value: object) -> None:
    """A list that somebody has changed by hand leads to no traceback, and what is let through can be used."""
    try:
        manifest = read_manifest(changed(**{name: value}))
    except BundleFault:
        return
    for target in manifest.targets:
        requirements(manifest, target)
    assert manifest.size >= 0


@pytest.mark.parametrize(
    "path",
    ["../x", "a/../../x", "/etc/passwd", "C:/x", "a\\..\\x", "a//b", "./a", "a/", "", "nul", "a/COM1.txt", "a. ", "a\nb", "a:b", "x" * 201],
)
def test_a_path_that_leads_outside_or_that_windows_cannot_have_is_refused(path: str) -> None:
    """Unpacking such a path could overwrite any file of the user's, or a device."""
    with pytest.raises(BundleFault, match="not allowed"):
        check_path(path)
    with pytest.raises(BundleFault):
        read_manifest(changed(files={path: {"size": 1, "sha256": HASH}}, targets=[]))


@pytest.mark.parametrize("path", ["a", "lessons/6-01-işıq/az.md", "firmware/ESP32_GENERIC-20260101-v1.28.0.bin", ".x/..y", "com10"])
def test_an_ordinary_path_is_allowed(path: str) -> None:
    """What people and MicroPython name their files passes."""
    check_path(path)


def test_two_paths_that_are_one_on_windows_are_refused() -> None:
    """There the second would silently take the first one's place."""
    files = {name: {"size": 1, "sha256": HASH} for name in ("lessons/A", "lessons/a")}
    with pytest.raises(BundleFault, match="twice"):
        read_manifest(changed(files=files, targets=[]))


@pytest.mark.parametrize(
    "files", [{"a": {"size": MAX_FILE_BYTES + 1, "sha256": HASH}}, {f"f{n}": {"size": 1 << 30, "sha256": HASH} for n in range(5)}]
)
def test_more_than_any_bundle_can_hold_is_refused_before_anything_is_unpacked(files: dict[str, Any]) -> None:
    """A file that unpacks to far more than it is would fill the disk."""
    with pytest.raises(BundleFault, match="more than any bundle"):
        read_manifest(changed(files=files, targets=[]))


@pytest.mark.parametrize(
    "found",
    [
        {WHEEL: 12},
        {WHEEL: 12, "firmware/a.bin": 4},
        {WHEEL: 12, "firmware/a.bin": 3, "lessons/more.py": 1},
    ],
    ids=["missing", "another size", "not listed"],
)
def test_what_lies_there_must_be_what_is_listed(found: dict[str, int]) -> None:
    """A file too few, too many or of another size is named."""
    check_contents(MANIFEST, {WHEEL: 12, "firmware/a.bin": 3, "manifest.json": 99})
    with pytest.raises(BundleFault, match=r"firmware/a\.bin|lessons/more\.py"):
        check_contents(MANIFEST, found)


def test_pip_is_told_versions_and_hashes_of_the_targets_wheels_alone() -> None:
    """With these pip takes nothing else, even where another version lies beside it."""
    assert requirements(MANIFEST, MANIFEST.targets[0]) == f"littlefs_python==0.19.0 --hash=sha256:{HASH}\n"


def test_another_format_version_is_named_and_the_way_out_too() -> None:
    """An older kit meets a newer bundle: the script inside can install it."""
    with pytest.raises(BundleFault) as refused:
        read_manifest(changed(format_version=2))
    assert "script inside" in str(refused.value.next_step)


@pytest.mark.parametrize(
    "path", ["COM¹", "conin$", "CON .txt", "a/\x7f", "a\x9b31m", "a/\u202etxt.exe", "a\ud800", "\x1b[2J", "a:b", "a/nul.x"]
)
def test_a_path_that_is_a_device_or_commands_a_terminal_is_refused(path: str) -> None:
    """Also by what few think of: superscript digits, control codes beyond ASCII, letters that turn a name round."""
    with pytest.raises(BundleFault):
        check_path(path)


@pytest.mark.parametrize("paths", [("é.txt", "e\u0301.txt"), ("A.txt", "a.TXT"), ("a", "A/b")])
def test_two_names_of_one_place_are_refused(paths: tuple[str, ...]) -> None:
    """Some system keeps both at one place, and which of them is there, nobody knows."""
    with pytest.raises(BundleFault):
        read_manifest(changed(targets=[], files={path: {"size": 1, "sha256": HASH} for path in paths}))


@pytest.mark.parametrize("version", ["nul", "1.", "con.1"])
def test_a_version_that_can_be_no_folders_name_is_refused(version: str) -> None:
    """The installed kit lies in a folder of that name."""
    with pytest.raises(BundleFault):
        read_manifest(changed(kit_version=version))
