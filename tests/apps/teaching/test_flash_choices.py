"""What a teacher can choose before boards are flashed, with a firmware library as it lies on a computer."""

from __future__ import annotations

import pytest
from lovhe.apps import wiring
from lovhe.apps.flash.wiring import class_flash
from lovhe.apps.language import say_instead, t
from lovhe.apps.teaching.class_boards import BoardLine
from lovhe.apps.teaching.flash_choices import FlashChoice, FlashOffers, read_offers
from lovhe.apps.workspace.app_words import for_teachers
from lovhe.services.flash.flashing import FlashWishes
from lovhe.services.ports import BoardInfo, BoardRecord

from tests.firmware_files import micropython_release

ESP32, S3, OWN = "ESP32_GENERIC-20250911-v1.26.1.bin", "ESP32_GENERIC_S3-20250911-v1.26.1.bin", "own.bin"


@pytest.fixture
def library() -> None:
    """A release for each of two chips, and a MicroPython that is no release; one file is damaged."""
    folder = wiring.firmware_folder()
    folder.mkdir(parents=True)
    (folder / ESP32).write_bytes(micropython_release())
    (folder / S3).write_bytes(micropython_release("esp32s3"))
    (folder / OWN).write_bytes(micropython_release("esp32", "1.27.0-preview"))
    (folder / "bad.bin").write_bytes(micropython_release()[:-7])


def _line(port: str, chip: str = "", *, virtual: bool = False, state: str = "ready", known_chip: str = "") -> BoardLine:
    mac = f"24:0a:c4:00:00:{port[-2:]}"
    return BoardLine(BoardRecord(mac, chip=known_chip) if known_chip else None, BoardInfo(port, port, chip, virtual, state, mac=mac))


def _files(offers: FlashOffers) -> list[str]:
    return [str(offer.value).rpartition("/")[2].rpartition("\\")[2] for offer in offers.firmware]


@pytest.mark.usefixtures("library")
def test_what_fits_the_boards_chips_is_offered_what_is_usual_first() -> None:
    """Releases before others; of a board that tells no chip the class set may know it; for boards yet to come all is offered."""
    assert _files(read_offers([_line("COM01", "esp32")])) == ["", ESP32, OWN]
    assert _files(read_offers([_line("COM01", known_chip="esp32s3")])) == ["", S3]
    assert _files(read_offers([_line("COM01", "esp32"), _line("COM02", "esp32s3")])) == ["", ESP32, S3, OWN]
    for everything in ([_line("COM01", "esp32"), _line("COM02")], []):
        assert set(_files(read_offers(everything))) == {"", ESP32, S3, OWN}


@pytest.mark.usefixtures("library")
def test_each_firmware_is_told_in_words() -> None:
    """Which program for which chip, what is usual by its version, what is no release; that another chip's board is left alone."""
    usual, release, own = read_offers([_line("COM01", "esp32")]).firmware
    assert "MicroPython 1.26.1" in str(usual.meaning)
    assert str(release.name) == "MicroPython 1.26.1 for ESP32"
    assert "a release that the kit supports" in str(release.meaning)
    assert "another chip" not in str(release.meaning)
    assert str(own.name) == "MicroPython 1.27.0-preview for ESP32"
    assert "none of the releases" in str(own.meaning)
    mixed = read_offers([_line("COM01", "esp32"), _line("COM02", "esp32s3")]).firmware
    assert "another chip than ESP32-S3 is left as it is" in str(mixed[2].meaning)
    assert "of their own" in str(read_offers([_line("t-01", "esp32", virtual=True)]).firmware[0].meaning)


@pytest.mark.usefixtures("library")
def test_what_is_not_in_order_is_not_offered_and_told() -> None:
    """Else somebody would look for it."""
    [warning] = read_offers([_line("COM01", "esp32")]).warnings
    assert "bad.bin" in str(warning)


def test_where_there_is_no_firmware_a_teacher_hears_it_before_the_flash() -> None:
    """For a chip that is known and one that is not; virtual boards need none. Nobody is told to call a teacher."""
    say_instead(for_teachers)
    try:
        for line in (_line("COM01", "esp32"), _line("COM01")):
            what, step = (t(warning) for warning in read_offers([line]).warnings)
            assert "on this computer" in what
            assert "lovhe firmware fetch" in step
            assert "teacher" not in step
    finally:
        say_instead(None)
    assert read_offers([_line("t-01", "esp32", virtual=True)]).warnings == []


def test_a_broken_library_leaves_the_usual_firmware_and_is_told() -> None:
    """Virtual boards can be flashed all the same."""
    folder = wiring.firmware_folder()
    folder.mkdir(parents=True)
    (folder / "index.json").write_text("{", encoding="utf-8")
    offers = read_offers([_line("COM01", "esp32")])
    assert _files(offers) == [""]
    assert "index.json" in str(offers.warnings[0])


def test_whether_files_stay_is_told_with_the_boards_that_have_none() -> None:
    """What is lost, what stays, and which boards would be left without the kit's files."""
    new, stay = read_offers([_line("t-01", virtual=True), _line("t-02", virtual=True, state="empty")]).keep_files
    assert (new.value, stay.value) == (False, True)
    assert "are lost" in str(new.meaning)
    assert "files: t-02" in str(stay.meaning)
    assert "Not for new boards" in str(read_offers([]).keep_files[1].meaning)


@pytest.mark.usefixtures("library")
def test_the_last_choice_counts_as_long_as_it_can_be_chosen() -> None:
    """Firmware for another chip gives way to what is usual; that files stay, stays. What is chosen is a flash's wish."""
    firmware = str(wiring.firmware_folder() / ESP32)
    choice = FlashChoice(firmware, keep_files=True)
    assert read_offers([_line("COM01", "esp32")]).fitting(choice) == choice
    assert read_offers([_line("COM01", "esp32s3")]).fitting(choice) == FlashChoice("", keep_files=True)
    wishes = choice.wishes("7A")
    assert wishes == FlashWishes(firmware=firmware, keep_files=True, class_name="7A")
    with class_flash(wishes):  # which refuses what names no firmware
        pass
    assert FlashChoice().wishes("") == FlashWishes()
