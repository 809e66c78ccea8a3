"""The user's folder of firmware: what is taken in is remembered, and what is changed is refused."""

from __future__ import annotations

import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from lovhe.adapters.firmware_library import FirmwareLibrary, FirmwareStore
from lovhe.adapters.firmware_library.index import FirmwareIndex, Remembered
from lovhe.adapters.kit_files import KitFiles
from lovhe.core.errors import ImageError, InputError, LovheError, UnavailableError
from lovhe.services.ports import BoardInfo
from lovhe.virtual.chip.board_image import build_board_image

from tests.firmware_files import micropython_release

REAL = BoardInfo("COM3", "COM3", "", False, "ready")
NAME = "ESP32_GENERIC-20250911-v1.26.1.bin"
IMAGE = micropython_release(size=20_000)
OTHER = micropython_release(size=24_000)
TABLE = KitFiles().firmware / "images.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the images lie."""
    path = tmp_path / "firmware"
    path.mkdir()
    return path


@pytest.fixture
def library(folder: Path) -> FirmwareLibrary:
    """The kit's releases over that folder."""
    return FirmwareLibrary(TABLE, folder, build_board_image)


def store(folder: Path) -> FirmwareStore:
    """The folder as a program sees it that starts now."""
    return FirmwareStore(folder, FirmwareLibrary(TABLE, folder, build_board_image).releases())


def states(folder: Path) -> dict[str, str]:
    """The files and what has become of them."""
    return {image.file: image.state for image in store(folder).images()}


def test_a_file_put_into_the_folder_is_taken_in_when_it_is_seen(folder: Path) -> None:
    """A teacher copies a download there, as ever; from then on it is known what it was."""
    (folder / NAME).write_bytes(IMAGE)
    [image] = store(folder).images()
    assert (image.state, image.chip, image.program, image.release) == ("ok", "esp32", "MicroPython 1.26.1", "ESP32_GENERIC-1.26.1")
    assert image.machine == "Generic ESP32 module with ESP32"
    assert json.loads((folder / "index.json").read_bytes())["images"][0]["sha256"] == image.sha256


def test_a_changed_file_is_refused(folder: Path, library: FirmwareLibrary) -> None:
    """Another sound image of the right chip under the same name is not what was taken in: listed so, never flashed."""
    (folder / NAME).write_bytes(IMAGE)
    assert library.firmware_for(REAL, "esp32").data == IMAGE
    (folder / NAME).write_bytes(OTHER)
    assert states(folder) == {NAME: "changed"}
    for wanted in ("", "1.26.1", NAME, NAME.removesuffix(".bin"), str(folder / NAME)):
        with pytest.raises(ImageError, match="has been changed") as caught:
            FirmwareLibrary(TABLE, folder, build_board_image).firmware_for(REAL, "esp32", wanted)
        assert f"lovhe firmware add {folder / NAME}" in str(caught.value)


@pytest.mark.parametrize("damage", [lambda data: data[:-40], lambda data: b"", lambda data: data[:70_000] + b"?" + data[70_001:]])
def test_a_damaged_file_is_not_taken_in(folder: Path, library: FirmwareLibrary, damage: object) -> None:
    """It is shown with its reason, and stays unknown until it is whole."""
    (folder / NAME).write_bytes(damage(IMAGE))  # type: ignore[operator]
    [image] = store(folder).images()
    assert (image.state, image.sha256) == ("damaged", "")
    assert NAME in str(image.reason)
    with pytest.raises(ImageError, match=NAME):
        library.firmware_for(REAL, "esp32")
    (folder / NAME).write_bytes(IMAGE)
    assert states(folder) == {NAME: "ok"}


def test_damage_after_it_was_taken_in_is_a_change(folder: Path) -> None:
    """A bad stick or disk: the file was sound once."""
    (folder / NAME).write_bytes(IMAGE)
    store(folder).images()
    (folder / NAME).write_bytes(IMAGE[:-1])
    assert states(folder) == {NAME: "changed"}


def test_a_file_that_is_gone_is_missed(folder: Path) -> None:
    """Until it is removed by name, or lies there again."""
    (folder / NAME).write_bytes(IMAGE)
    store(folder).images()
    (folder / NAME).unlink()
    assert states(folder) == {NAME: "gone"}
    (folder / NAME).write_bytes(IMAGE)
    assert states(folder) == {NAME: "ok"}
    (folder / NAME).unlink()
    store(folder).remove(NAME)
    assert states(folder) == {}


def test_adding_copies_and_remembers_where_from(folder: Path, tmp_path: Path) -> None:
    """The copy is in the folder, whole, and adding it again changes nothing."""
    stick = tmp_path / "stick" / NAME
    stick.parent.mkdir()
    stick.write_bytes(IMAGE)
    first, second = store(folder).add(stick), store(folder).add(stick)
    assert first == second
    assert (first.ok, first.origin, (folder / NAME).read_bytes()) == (True, str(stick.resolve()), IMAGE)
    assert {path.name for path in folder.iterdir() if path.suffix != ".lock"} == {NAME, "index.json"}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", IMAGE[:-1], IMAGE[0xF000:]], ids=["empty", "zip", "cut", "app"])
def test_what_is_no_whole_firmware_is_not_added(folder: Path, tmp_path: Path, content: bytes) -> None:
    """The error names the file as the user did, and nothing is in the folder."""
    (tmp_path / "download.tmp").write_bytes(content)
    with pytest.raises(ImageError, match=r"download\.tmp"):
        store(folder).add(tmp_path / "download.tmp")
    assert list(folder.iterdir()) == []


def test_adding_another_under_a_name_that_is_taken_is_refused(folder: Path, tmp_path: Path) -> None:
    """Both are sound; nobody's firmware is replaced without a word."""
    (folder / NAME).write_bytes(IMAGE)
    (tmp_path / NAME).write_bytes(OTHER)
    with pytest.raises(InputError, match="with the name"):
        store(folder).add(tmp_path / NAME)
    assert (folder / NAME).read_bytes() == IMAGE


def test_adding_mends_what_is_changed_and_accepts_a_users_own_change(folder: Path, tmp_path: Path) -> None:
    """From outside, the copy replaces the changed file; in the folder itself, the file is taken as it is now."""
    (folder / NAME).write_bytes(IMAGE)
    (tmp_path / NAME).write_bytes(IMAGE)
    store(folder).images()
    (folder / NAME).write_bytes(b"rubbish")
    assert store(folder).add(tmp_path / NAME).ok
    assert (folder / NAME).read_bytes() == IMAGE
    (folder / NAME).write_bytes(OTHER)
    assert states(folder) == {NAME: "changed"}
    store(folder).add(folder / NAME)
    assert states(folder) == {NAME: "ok"}


@pytest.mark.parametrize("word", [NAME, NAME.removesuffix(".bin"), "1.26.1", "ESP32_GENERIC", "esp32", "ESP32_GENERIC-1.26.1"])
def test_removing_by_the_names_that_flash_takes(folder: Path, word: str) -> None:
    """The file and what was remembered of it are gone; others stay."""
    (folder / NAME).write_bytes(IMAGE)
    (folder / "mine.bin").write_bytes(OTHER)
    assert [image.file for image in store(folder).remove(word)] == [NAME]
    assert states(folder) == {"mine.bin": "ok"}


@pytest.mark.parametrize("word", ["no-such", "", "..", "../mine.bin", "index.json", "/etc/passwd"])
def test_removing_what_is_not_there_is_refused(folder: Path, word: str) -> None:
    """Nothing but images of this folder can be removed."""
    (folder / "mine.bin").write_bytes(IMAGE)
    (folder.parent / "mine.bin").write_bytes(IMAGE)
    with pytest.raises(InputError):
        store(folder).remove(word)
    assert states(folder) == {"mine.bin": "ok"}
    assert (folder.parent / "mine.bin").exists()


def test_a_name_in_the_index_is_a_name(folder: Path) -> None:
    """An index that someone has written reaches no file outside the folder."""
    (folder.parent / "mine.bin").write_bytes(IMAGE)
    FirmwareIndex(folder).remember(Remembered("../mine.bin", "0" * 64, 1, "esp32", ""))
    with pytest.raises(InputError):
        store(folder).images()
    with pytest.raises(InputError):
        store(folder).remove("../mine.bin")
    assert (folder.parent / "mine.bin").exists()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"images":[{"file":1}]}', b"\xff\xfe"])
def test_a_broken_index_is_told_and_nothing_is_trusted(folder: Path, library: FirmwareLibrary, content: bytes) -> None:
    """The sentence names the file, and deleting it is the way out."""
    (folder / NAME).write_bytes(IMAGE)
    (folder / "index.json").write_bytes(content)
    for look in (lambda: store(folder).images(), lambda: library.firmware_for(REAL, "esp32")):
        with pytest.raises(LovheError, match=r"index\.json"):
            look()
    (folder / "index.json").unlink()
    assert library.firmware_for(REAL, "esp32").data == IMAGE


def test_many_programs_remember_at_the_same_time(folder: Path) -> None:
    """No record is lost between those that write the index at once."""
    records = [Remembered(f"{number}.bin", "0" * 64, number, "esp32", "") for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda record: FirmwareIndex(folder).remember(record), records))
    assert set(FirmwareIndex(folder).read().values()) == set(records)


def test_a_power_cut_while_remembering_leaves_the_old_index(folder: Path) -> None:
    """The new one is written beside it: half of that is never read."""
    (folder / NAME).write_bytes(IMAGE)
    store(folder).images()
    (folder / "index.json.new").write_bytes(b'{"images":[{"fi')
    assert states(folder) == {NAME: "ok"}


def test_a_flash_takes_an_image_by_its_files_name(folder: Path, library: FirmwareLibrary) -> None:
    """Any image of the folder, with or without .bin; a file elsewhere by its path."""
    (folder / "etboard.bin").write_bytes(OTHER)
    for wanted in ("etboard.bin", "etboard", str(folder / "etboard.bin")):
        assert library.firmware_for(REAL, "esp32", wanted).name == "etboard.bin"
    with pytest.raises(InputError, match="no firmware “etboard2”"):
        library.firmware_for(REAL, "esp32", "etboard2")


def test_a_release_under_another_name_is_found_by_what_it_says(folder: Path, library: FirmwareLibrary) -> None:
    """Someone has renamed the download; chip and version are the release's, so a board gets it."""
    (folder / "micropython for class 7.bin").write_bytes(IMAGE)
    (folder / "old.bin").write_bytes(micropython_release("esp32", "1.20.0"))
    assert library.firmware_for(REAL, "esp32").data == IMAGE
    with pytest.raises(UnavailableError):
        library.firmware_for(REAL, "esp32s3")


def test_a_changed_release_under_another_name_is_not_called_missing(folder: Path) -> None:
    """It is there, and refused; a sound one beside it is taken."""
    (folder / "b.bin").write_bytes(IMAGE)
    store(folder).images()
    (folder / "b.bin").write_bytes(IMAGE + b"x")
    with pytest.raises(ImageError, match="has been changed"):
        FirmwareLibrary(TABLE, folder, build_board_image).firmware_for(REAL, "esp32")
    (folder / "a.bin").write_bytes(OTHER)
    assert FirmwareLibrary(TABLE, folder, build_board_image).firmware_for(REAL, "esp32").name == "a.bin"


def test_a_version_means_each_boards_own_image(folder: Path, library: FirmwareLibrary) -> None:
    """`--firmware 1.26.1` for a mixed class: the chip decides."""
    for chip, board in (("esp32", "ESP32_GENERIC"), ("esp32s3", "ESP32_GENERIC_S3")):
        (folder / f"{board}-20250911-v1.26.1.bin").write_bytes(micropython_release(chip))
    assert [library.firmware_for(REAL, chip, "1.26.1").chip for chip in ("esp32", "esp32s3")] == ["esp32", "esp32s3"]


def test_what_is_known_of_a_release_is_compared(folder: Path, tmp_path: Path) -> None:
    """A sound image with a release's name and another hash than the released one says so."""
    (folder / "ESP32_GENERIC-20260406-v1.28.0.bin").write_bytes(micropython_release("esp32", "1.28.0"))
    [image] = store(folder).images()
    assert (image.ok, image.release, image.as_released) == (True, "ESP32_GENERIC-1.28.0", False)


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    """Looking makes nothing."""
    assert store(tmp_path / "none").images() == []
    assert not (tmp_path / "none").exists()


def test_a_copied_folder_is_as_good(folder: Path, tmp_path: Path) -> None:
    """A copy of the folder on another PC carries its index along: the same files are sound there too."""
    (folder / NAME).write_bytes(IMAGE)
    store(folder).images()
    shutil.copytree(folder, tmp_path / "copy")
    assert states(tmp_path / "copy") == {NAME: "ok"}


def test_a_device_or_a_pipe_is_no_firmware(folder: Path, tmp_path: Path) -> None:
    """The one never ends, the other never begins."""
    os.mkfifo(tmp_path / "pipe.bin")
    for source in (Path("/dev/zero"), tmp_path / "pipe.bin"):
        with pytest.raises(ImageError):
            store(folder).add(source)


def test_a_name_that_no_list_can_hold_stops_nothing(folder: Path, tmp_path: Path) -> None:
    """Bytes that are no UTF-8, and codes that command a terminal, come with files of other systems."""
    odd = tmp_path / os.fsdecode(b"\xff\x1b[2J.bin")
    odd.write_bytes(IMAGE)
    assert store(folder).add(odd).file == "__[2J.bin"
    shutil.copy(odd, folder)
    assert states(folder) == {"__[2J.bin": "ok"}


def test_what_a_killed_add_left_goes_with_the_next(folder: Path, tmp_path: Path) -> None:
    """A copy that never got its name takes room for nothing."""
    (folder / "other.bin.copy").write_bytes(IMAGE)
    (tmp_path / NAME).write_bytes(IMAGE)
    store(folder).add(tmp_path / NAME)
    assert {path.name for path in folder.iterdir() if path.suffix != ".lock"} == {NAME, "index.json"}
