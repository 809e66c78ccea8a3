"""Packs of lessons as files and as installed: made, signed, read, refused, put into place."""

import base64
import io
import json
import shutil
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from lovhe.adapters.kit_files import KitFiles
from lovhe.adapters.lesson_packs.installed import InstalledPacks
from lovhe.adapters.lesson_packs.pack_archive import Pack, read_archive, read_folder, write_archive
from lovhe.adapters.lesson_packs.signing import new_key, sign, verify
from lovhe.core.errors import InputError, LessonError
from lovhe.core.lessons.pack import make_manifest, read_pack_file

ROOT = Path(__file__).parents[3]
LESSON = "6-02-button-light"
PACK_TOML = 'id = "{id}"\nversion = "{version}"\nlanguages = ["az"]\nlicence = "CC-BY-SA-4.0"\n'


@pytest.fixture
def folder(tmp_path) -> Path:
    """A pack of one lesson, with things beside it that no pack has."""
    folder = tmp_path / "mine"
    shutil.copytree(ROOT / "lessons" / LESSON, folder / LESSON)
    (folder / "pack.toml").write_text(PACK_TOML.format(id="school-12", version="1.0"), encoding="utf-8")
    for name in ("notes.docx", ".git/config", f"{LESSON}/az.md~", f"{LESSON}/__pycache__/x.pyc", "setup.py"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")
    return folder


@pytest.fixture
def archive(folder, tmp_path) -> Path:
    """That pack as a file, signed."""
    new_key(tmp_path / "key.pem")
    file = tmp_path / "pack.zip"
    write_archive(file, *read_folder(folder), "School 12", tmp_path / "key.pem")
    return file


def _changed(archive: Path, change) -> Path:
    """The pack with its entries changed by `change(dict of name to bytes)`, nothing else made right."""
    with zipfile.ZipFile(archive) as old:
        entries = {info.filename: old.read(info) for info in old.infolist()}
    change(entries)
    with zipfile.ZipFile(archive, "w") as new:
        for name, data in entries.items():
            new.writestr(name, data)
    return archive


def test_a_pack_holds_lessons_and_nothing_else(folder, archive):
    """What lies beside the lessons stays at home; each file comes back as it was."""
    pack = read_archive(archive)
    assert set(pack.files) == {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix in (".toml", ".md", ".py") and path.name != "setup.py"
    }
    assert all((folder / path).read_bytes() == data for path, data in pack.files.items())
    assert pack.signed_by == "School 12"


def test_the_same_lessons_make_the_same_file(folder, archive, tmp_path):
    """Whenever and wherever it is made; only then can two of them be compared."""
    again = tmp_path / "again.zip"
    (folder / "pack.toml").touch()
    write_archive(again, *read_folder(folder), "School 12", tmp_path / "key.pem")
    assert again.read_bytes() == archive.read_bytes()


def test_a_folder_without_a_description_is_told(folder):
    """With what to write."""
    (folder / "pack.toml").unlink()
    with pytest.raises(LessonError, match=r"no pack\.toml"):
        read_folder(folder)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda e: e.update({"../evil.py": b"x"}), "no pack of lessons has"),
        (lambda e: e.update({"/abs.py": b"x"}), "no pack of lessons has"),
        (lambda e: e.update({"run.exe": b"x"}), "no pack of lessons has"),
        (lambda e: e.update({f"{LESSON}/wrong/new.py": b"x"}), "does not name"),
        (lambda e: e.pop(f"{LESSON}/az.md"), "missing"),
        (lambda e: e.update({f"{LESSON}/az.md": b"other"}), "damaged"),
        (lambda e: e.update({f"{LESSON}/az.md": b"x" * 1_000_001}), "more than any pack"),
        (lambda e: e.pop("manifest.json"), "put together by hand"),
        (lambda e: e.update({"manifest.json": b"{}"}), "no pack of lessons"),
        (lambda e: e.update({"manifest.json": e["manifest.json"].replace(b"School 12", b"School 13")}), "signature"),
        (lambda e: e.update({"signature.json": b"{}"}), "signature"),
        (lambda e: e.update({"signature.json": b"\xff"}), "signature"),
    ],
)
def test_a_pack_that_somebody_has_changed_is_refused(archive, change, words):
    """Path escapes, files too many, too few, too big or other than listed, another signer's name."""
    with pytest.raises(LessonError, match=words):
        read_archive(_changed(archive, change))


def test_a_link_and_a_device_are_refused(archive):
    """Whatever they point to."""
    with zipfile.ZipFile(archive, "a") as pack:
        link = zipfile.ZipInfo(f"{LESSON}/wrong/link.py")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        pack.writestr(link, "/etc/passwd")
    with pytest.raises(LessonError, match="link"):
        read_archive(archive)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_there_twice_is_refused(archive):
    """Else the one that is checked need not be the one that is used."""
    with zipfile.ZipFile(archive, "a") as pack:
        pack.writestr(f"{LESSON}/az.md", "second")
    with pytest.raises(LessonError, match="twice"):
        read_archive(archive)


def test_bombs_are_refused_before_they_fill_the_memory(tmp_path):
    """Few bytes that unpack to many, and a list of more entries than any pack has."""
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as pack:
        for number in range(80):
            pack.writestr(f"6-01-x/wrong/a{number}.py", b"0" * 999_999)
    with pytest.raises(LessonError, match="more than any pack"):
        read_archive(bomb)
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as pack:
        for number in range(5_100):
            pack.writestr(f"6-01-x/wrong/a{number}.py", b"")
    bomb.write_bytes(many.getvalue())
    with pytest.raises(LessonError, match="more than any pack"):
        read_archive(bomb)


@pytest.mark.parametrize("length", [0, 10, 200, 5_000, -1])
def test_a_pack_that_was_cut_off_is_told(archive, length):
    """A stick pulled out too early."""
    archive.write_bytes(archive.read_bytes()[:length])
    with pytest.raises(LessonError, match="part of it is missing"):
        read_archive(archive)


def test_a_list_that_lies_about_its_length_is_refused(archive):
    """The count at the end of a zip is anybody's word."""
    data = bytearray(archive.read_bytes())
    struct.pack_into("<HH", data, data.rfind(b"PK\x05\x06") + 8, 60_000, 60_000)
    archive.write_bytes(data)
    with pytest.raises(LessonError, match="more than any pack"):
        read_archive(archive)


def test_a_signature_is_of_its_key_alone(tmp_path):
    """Another key's signature, a changed list, a key swapped in the file: none is right."""
    for name in ("a.pem", "b.pem"):
        new_key(tmp_path / name)
    first, second = (sign(tmp_path / name, b"list") for name in ("a.pem", "b.pem"))
    assert verify(b"list", first) != verify(b"list", second)
    mixed = json.loads(first) | {"public_key": json.loads(second)["public_key"]}
    zero = json.loads(first) | {"public_key": base64.b64encode(bytes(32)).decode()}
    for data, signature in ((b"lisT", first), (b"list", json.dumps(mixed).encode()), (b"list", json.dumps(zero).encode())):
        with pytest.raises(LessonError, match="signature"):
            verify(data, signature)


def test_a_key_is_never_overwritten_and_is_its_owners_alone(tmp_path):
    """A lost key cannot be made again."""
    key = tmp_path / "key.pem"
    new_key(key)
    before = key.read_bytes()
    with pytest.raises(InputError, match="already"):
        new_key(key)
    assert key.read_bytes() == before


def test_a_file_that_is_no_key_is_told(tmp_path):
    """With the command that makes one."""
    (tmp_path / "x").write_text("no key", encoding="utf-8")
    for file in (tmp_path / "x", tmp_path / "nothing"):
        with pytest.raises(InputError, match="signing-key"):
            sign(file, b"list")


# --- installed ---


def _read_all(staging: Path) -> None:
    kit = KitFiles(more_lessons=staging)
    for place in kit.places().values():
        if place.folder.is_relative_to(staging):
            kit.read(place)


def test_a_pack_stands_beside_the_kits_lessons(archive, tmp_path):
    """Its lesson of the same id has the pack's name before it, and neither hides the other."""
    packs = InstalledPacks(tmp_path / "lessons")
    done = packs.install(read_archive(archive), _read_all)
    assert (done.origin.signed_by, done.lessons) == ("School 12", [LESSON])
    kit = KitFiles(more_lessons=tmp_path / "lessons")
    assert kit.lesson(LESSON).id == LESSON
    assert kit.lesson(f"school-12/{LESSON}").id == f"school-12/{LESSON}"
    assert packs.remove("school-12").about.id == "school-12"
    assert packs.packs() == []
    with pytest.raises(LessonError, match="No pack"):
        packs.remove("school-12")


def test_a_lesson_that_one_pack_alone_has_is_found_by_its_folders_name(folder, tmp_path):
    """Nobody needs to know which pack it came with, until two have it."""
    packs = InstalledPacks(tmp_path / "lessons")
    (folder / LESSON).rename(folder / "6-77-mine")
    for pack_id in ("school-12", "school-13"):
        (folder / "pack.toml").write_text(PACK_TOML.format(id=pack_id, version="1.0"), encoding="utf-8")
        write_archive(tmp_path / "x.zip", *read_folder(folder))
        packs.install(read_archive(tmp_path / "x.zip"), _read_all)
        if pack_id == "school-12":
            assert KitFiles(more_lessons=tmp_path / "lessons").lesson("6-77-mine").id == "school-12/6-77-mine"
    with pytest.raises(LessonError, match="school-12/6-77-mine, school-13/6-77-mine"):
        KitFiles(more_lessons=tmp_path / "lessons").lesson("6-77-mine")


def test_a_broken_lesson_is_refused_and_the_old_pack_stays(folder, archive, tmp_path):
    """Nothing of the new version is left behind."""
    packs = InstalledPacks(tmp_path / "lessons")
    packs.install(read_archive(archive), _read_all)
    (folder / LESSON / "lesson.toml").write_text("grade = 6\n", encoding="utf-8")
    (folder / "pack.toml").write_text(PACK_TOML.format(id="school-12", version="2.0"), encoding="utf-8")
    write_archive(archive, *read_folder(folder), "School 12", tmp_path / "key.pem")
    with pytest.raises(LessonError, match=r"lesson\.toml"):
        packs.install(read_archive(archive), _read_all)
    assert [pack.about.version for pack in packs.packs()] == ["1.0"]
    assert [path.name for path in (tmp_path / "lessons").iterdir()] == ["school-12"]


def test_another_signer_is_refused_unless_it_is_said(folder, archive, tmp_path):
    """A pack of the same id from somebody else, or without a signature, does not slip into its place."""
    packs = InstalledPacks(tmp_path / "lessons")
    packs.install(read_archive(archive), _read_all)
    new_key(tmp_path / "other.pem")
    write_archive(archive, *read_folder(folder), "School 12", tmp_path / "other.pem")
    with pytest.raises(LessonError, match="--other-signer"):
        packs.install(read_archive(archive), _read_all)
    write_archive(archive, *read_folder(folder))
    unsigned = read_archive(archive)
    with pytest.raises(LessonError, match="nobody has signed"):
        packs.install(unsigned, _read_all)
    assert packs.install(unsigned, _read_all, other_signer=True).origin.key == ""


def test_a_power_cut_leaves_the_old_pack_or_the_new_one(archive, tmp_path):
    """Cut off between the two moves the old one comes back; what was never whole is cleared away by the next installation."""
    place = tmp_path / "lessons"
    packs = InstalledPacks(place)
    packs.install(read_archive(archive), _read_all)
    (place / "school-12").rename(place / ".old-school-12")
    (place / ".new-abc" / "school-12").mkdir(parents=True)
    packs.restore()
    assert KitFiles(more_lessons=place).lesson(f"school-12/{LESSON}")
    packs.install(read_archive(archive), _read_all)
    assert [path.name for path in place.iterdir()] == ["school-12"]


def test_a_failure_while_a_pack_is_put_into_place_leaves_the_old_one(archive, tmp_path):
    """As when the disk is full."""
    packs = InstalledPacks(tmp_path / "lessons")
    packs.install(read_archive(archive), _read_all)

    def full(_staging: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(InputError, match="disk is full"):
        packs.install(read_archive(archive), full)
    assert [path.name for path in (tmp_path / "lessons").iterdir()] == ["school-12"]


def test_a_pack_translates_another_where_that_lacks_a_language(folder, tmp_path):
    """The base's own texts stay; without the base the translation waits."""
    place = tmp_path / "lessons"
    packs = InstalledPacks(place)
    russian = {name: (folder / LESSON / name).read_bytes() for name in ("ru.md", "teacher.ru.md")}
    changed = (folder / LESSON / "az.md").read_bytes().replace(b'+++\ntitle = "', b'+++\ntitle = "X')
    about = read_pack_file((PACK_TOML.format(id="school-12-ru", version="1.0") + 'translates = "school-12"\n').encode())
    files = {f"{LESSON}/{name}": data for name, data in {**russian, "az.md": changed}.items()}
    files["pack.toml"] = (PACK_TOML.format(id="school-12-ru", version="1.0") + 'translates = "school-12"\n').encode()
    write_archive(tmp_path / "ru.zip", about, files)
    packs.install(read_archive(tmp_path / "ru.zip"), _read_all)
    assert not any(lesson_id.startswith("school-12") for lesson_id in KitFiles(more_lessons=place).places())
    for name in russian:
        (folder / LESSON / name).unlink()
    write_archive(tmp_path / "base.zip", *read_folder(folder))
    packs.install(read_archive(tmp_path / "base.zip"), _read_all)
    lesson = KitFiles(more_lessons=place).lesson(f"school-12/{LESSON}")
    assert set(lesson.texts) == set(lesson.teacher) == {"az", "ru", "en"}
    assert not lesson.texts["az"].title.startswith("X")
    assert lesson.texts["ru"].title == KitFiles().lesson(LESSON).texts["ru"].title


def test_a_pack_put_there_by_hand_works_and_a_broken_description_hides_no_other(folder, tmp_path):
    """Copying a folder is what people do."""
    place = tmp_path / "lessons"
    shutil.copytree(folder, place / "by-hand")
    (place / "broken").mkdir()
    (place / "broken" / "pack.toml").write_text("id = ", encoding="utf-8")
    assert [pack.about.id for pack in InstalledPacks(place).packs()] == ["school-12"]
    assert f"school-12/{LESSON}" in KitFiles(more_lessons=place).places()


def test_a_manifest_of_another_pack_is_refused(folder, archive):
    """Its id and version are those of pack.toml."""
    about, files = read_folder(folder)
    other = read_pack_file(PACK_TOML.format(id="school-13", version="1.0").encode())

    def swap(entries):
        entries.pop("signature.json")
        entries["manifest.json"] = make_manifest(other, files)

    with pytest.raises(LessonError, match="of another pack"):
        read_archive(_changed(archive, swap))
    assert isinstance(read_archive(_repaired(archive, about, files)), Pack)


def _repaired(archive: Path, about, files) -> Path:
    write_archive(archive, about, files)
    return archive
