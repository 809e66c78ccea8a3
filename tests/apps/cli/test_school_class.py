"""`lovhe class`: a teacher adds names, sees them, and says how pupils show who they are."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from lovhe.apps import wiring
from lovhe.apps.attempts import record_attempt
from lovhe.core.checks.report import Report
from lovhe.services.signing_in import choose_secret, has_secret

from .terminal import Terminal

Command = Callable[..., tuple[str, str]]


@pytest.fixture
def names(tmp_path: Path) -> Path:
    """A list as Notepad saves it."""
    file = tmp_path / "names.txt"
    file.write_bytes("\ufeffAysel\r\n\r\nMurad\r\nƏli\r\n".encode())
    return file


def _listed(command: Command, *words: str) -> list[dict[str, object]]:
    found = json.loads(command("class", "list", *words, "--json")[0])
    assert isinstance(found, list)
    return found


def test_names_are_added_in_order_and_given_again_when_the_list_has_grown(command: Command, names: Path) -> None:
    """What is added is shown; the same list adds nobody; who is new gets the next number; nobody goes."""
    out, said = command("class", "add", "7a", str(names))
    assert [line.split() for line in out.splitlines()][1:] == [["1", "Aysel"], ["2", "Murad"], ["3", "Əli"]]
    assert "The class 7A is new." in said
    assert "There is nobody to add." in command("class", "add", "7A", str(names))[1]
    names.write_text("Nigar\nAysel\nAysel\n", encoding="utf-8")
    assert "1 name of the list is in 7A already" in command("class", "add", "7A", str(names))[1]
    [seven_a] = _listed(command, "7a")
    assert [(one["number"], one["name"]) for one in seven_a["pupils"]] == [  # type: ignore[attr-defined]
        (1, "Aysel"), (2, "Murad"), (3, "Əli"), (4, "Nigar"), (5, "Aysel"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "data", "sentence"),
    [
        (("add", "7A", "none.txt"), None, "There is no file"),
        (("add", "7-A", "FILE"), b"Aysel", "is no name of a class"),
        (("add", "7A", "FILE"), b"Aysel\nA\x1b[2Jli", "has a sign in it that cannot be shown"),
        (("add", "7A", "FILE"), b"Aysel;Murad", "nothing says which column"),
        (("add", "FILE"), b"Aysel", "does not tell which class"),
        (("add", "7A", "7B", "FILE"), b"Aysel", "a class and a file, or a file alone"),
        (("add", "7B", "FILE"), b"Ad;Sinif\nAysel;7A", "nobody is in 7B"),
        (("add", "7A", "FILE"), b"A" * 41, "is too long"),
        (("add", "7A", "FILE"), b"Ali\n" * 61, "61 pupils in one class"),
        (("add", "7A", "FILE"), "Əli".encode("cp1254", errors="replace"), "were lost in saving"),
        (("list", "9Z"), None, "There is no class 9Z"),
        (("secret", "9Z", "pin"), None, "There is no class 9Z"),
        (("secret", "7A", "dragon"), None, "dragon"),
        (("forget-secret", "9Z", "1"), None, "There is no class 9Z"),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(
    command: Command, tmp_path: Path, words: tuple[str, ...], data: bytes | None, sentence: str
) -> None:
    """Exit code 2, and no class has appeared."""
    file = tmp_path / "file.txt"
    file.write_bytes(data or b"")
    _, said = command("class", *(str(file) if word == "FILE" else word for word in words), code=2)
    assert sentence in said
    assert _listed(command) == []


def test_sixty_names_are_the_most_also_in_two_lists(command: Command, names: Path) -> None:
    """Those who are there count."""
    names.write_text("".join(f"A{chr(97 + number % 26)}{chr(97 + number // 26)}\n" for number in range(60)), encoding="utf-8")
    command("class", "add", "7A", str(names))
    names.write_text("Zaur\n", encoding="utf-8")
    assert "61 pupils" in command("class", "add", "7A", str(names), code=2)[1]
    assert len(_listed(command)[0]["pupils"]) == 60  # type: ignore[arg-type]


def test_how_pupils_show_who_they_are(command: Command, names: Path) -> None:
    """The list says who has chosen and never what; a forgotten one is chosen anew; another kind makes all choose anew."""
    command("class", "add", "7A", str(names))
    assert "four digits" in command("class", "secret", "7A", "pin")[1]
    assert "so already" in command("class", "secret", "7A", "pin")[1]
    with wiring.results() as store:
        murad = store.roster().classes()[0].pupils[1].id
        choose_secret(store.roster(), murad, "0427")
    out, _ = command("class", "list", "7A")
    assert [line.split(maxsplit=2)[2].strip() for line in out.splitlines()[1:]] == ["not yet", "chosen", "not yet"]
    assert "scrypt" not in out + command("class", "list", "--json")[0]
    assert "nobody has the number 12" in command("class", "forget-secret", "7A", "12", code=2)[1]
    assert "Murad (7A, number 2) chooses anew" in command("class", "forget-secret", "7A", "2")[1]
    with wiring.results() as store:
        assert not has_secret(store.roster(), murad)
        choose_secret(store.roster(), murad, "0427")
    command("class", "secret", "7A", "pictures")
    assert "three pictures" in command("class", "list")[0]
    with wiring.results() as store:
        assert not has_secret(store.roster(), murad)


def test_a_schools_list_adds_all_its_classes(command: Command, names: Path) -> None:
    """What it has more than first names and numbers is not kept; a class that looks the same is the same; who is not in it stays."""
    command("class", "add", "7A", str(names))
    names.write_bytes("№;Soyadı;Adı;Sinif\r\n2;Əliyev;Murad;7А\r\n1;Quliyeva;Nərgiz;7А\r\n5;Hacılı;Ayan;6b\r\n".encode("utf-8-sig"))
    out, said = command("class", "add", str(names))
    assert "2 pupils of 7A are not in the list, and stay, too: Aysel, Əli." in said
    assert "The class 6B is new." in said
    assert [line.split() for line in out.splitlines() if line.split()[0].isdecimal()] == [["4", "Nərgiz"], ["5", "Ayan"]]
    assert {one["class"]: [(pupil["number"], pupil["name"]) for pupil in one["pupils"]] for one in _listed(command)} == {  # type: ignore[attr-defined]
        "6B": [(5, "Ayan")],
        "7A": [(1, "Aysel"), (2, "Murad"), (3, "Əli"), (4, "Nərgiz")],
    }
    assert len(_listed(command, "7а")) == 1  # with a Cyrillic letter


def test_numbers_follow_the_list(command: Command, names: Path) -> None:
    """What changes is told, and the pupils are the same ones."""
    command("class", "add", "7A", str(names))
    ids = {one["name"]: one["id"] for one in _listed(command)[0]["pupils"]}  # type: ignore[attr-defined]
    names.write_text("1\tAysel\n2\tƏli\n3\tMurad\n", encoding="utf-16")
    _, said = command("class", "add", "7A", str(names))
    assert "Əli gets the number 2 instead of 3." in said
    assert "2 pupils of 7A have new numbers." in said
    assert [(one["number"], one["id"]) for one in _listed(command)[0]["pupils"]] == [  # type: ignore[attr-defined]
        (1, ids["Aysel"]), (2, ids["Əli"]), (3, ids["Murad"]),
    ]  # fmt: skip


def _pupils(command: Command, name: str) -> list[tuple[int, str, int]]:
    [found] = _listed(command, name)
    return [(one["number"], one["name"], one["group"]) for one in found["pupils"]]  # type: ignore[attr-defined]


def test_a_teacher_edits_a_class_by_hand(command: Command, names: Path) -> None:
    """A name, a number, another class; groups; another name for the class; what is done is said."""
    command("class", "add", "7A", str(names))
    command("class", "add", "7B", str(names))
    assert "Aysu is in 7A now, number 9." in command("class", "edit", "7A", "1", "--name", " Aysu ", "--number", "9")[1]
    assert "Murad is in 7B now, number 4." in command("class", "edit", "7A", "2", "--to", "7b")[1]
    assert "Aysu is in 7B now, number 12." in command("class", "edit", "7A", "9", "--to", "7B", "--number", "12")[1]
    assert _pupils(command, "7A") == [(3, "Əli", 0)]
    assert [number for number, _, _ in _pupils(command, "7B")] == [1, 2, 3, 4, 12]
    _, said = command("class", "groups", "7B", "1,4,12", "2")
    assert "7B has 2 groups now." in said
    assert "1 pupil is in no group." in said
    assert [group for _, _, group in _pupils(command, "7B")] == [1, 2, 0, 1, 1]
    assert "Group" in command("class", "list", "7B")[0]
    assert "has no groups now" in command("class", "groups", "7B")[1]
    assert "The class 7B is called 7C now." in command("class", "rename", "7B", "7c")[1]
    assert len(_pupils(command, "7C")) == 5


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("edit", "7A", "1"), "--name"),
        (("edit", "7A", "8", "--name", "Ali"), "nobody has the number 8"),
        (("edit", "7A", "1", "--name", "=1+1"), "is no first name"),
        (("edit", "7A", "1", "--name", "A" * 41), "is no first name"),
        (("edit", "7A", "1", "--number", "2"), "Murad has the number 2"),
        (("edit", "7A", "1", "--to", "9Z"), "There is no class 9Z"),
        (("edit", "7A", "1", "--to", "7B", "--number", "3"), "Əli has the number 3"),
        (("rename", "7A", "7B"), "There is a class 7B already"),
        (("rename", "7A", "7-B"), "is no name of a class"),
        (("groups", "7A", "1,x"), "is no group"),
        (("groups", "7A", "1,2", "2"), "in two groups"),
    ],
)
def test_an_edit_that_cannot_be_is_said_and_changes_nothing(command: Command, names: Path, words: tuple[str, ...], sentence: str) -> None:
    """Exit code 2."""
    for name in ("7A", "7B"):
        command("class", "add", name, str(names))
    before = _listed(command)
    assert sentence in command("class", *words, code=2)[1]
    assert _listed(command) == before


def test_a_new_school_year_takes_all_classes_up(command: Command, names: Path) -> None:
    """Who leaves school is listed, and not offered at the start; all that the others have done stays theirs."""
    for name in ("7A", "8A", "11B"):
        command("class", "add", name, str(names))
    ids = {one["class"]: [pupil["id"] for pupil in one["pupils"]] for one in _listed(command)}  # type: ignore[attr-defined]
    out, said = command("class", "new-year", "--yes")
    assert "3 classes have new names." in said
    assert [line.split() for line in out.splitlines()[1:3]] == [["7A", "8A"], ["8A", "9A"]]
    after = _listed(command)
    assert [one["class"] for one in after][:2] == ["8A", "9A"]
    assert [[pupil["id"] for pupil in one["pupils"]] for one in after] == [ids["7A"], ids["8A"], ids["11B"]]  # type: ignore[attr-defined]
    assert [one["has_left"] for one in after] == [False, False, True]
    assert "has left school" in command("class", "list")[0]


@pytest.mark.parametrize(("answer", "there"), [("2", False), ("1", True)])
def test_at_a_terminal_it_is_asked_first(command: Command, names: Path, answer: str, there: bool) -> None:
    """After a no nothing was changed."""
    terminal = Terminal("class", "add", "7A", str(names))
    try:
        terminal.until("Add them?")
        terminal.type(answer)
        assert terminal.end() == 0
    finally:
        terminal.close()
    assert "Aysel" in terminal.drawn
    assert (len(_listed(command)) == 1) is there


def test_results_say_which_pupils_made_them(command: Command, names: Path, tmp_path: Path) -> None:
    """In the list, in JSON and in the table for Excel; a guest's say nobody."""
    command("class", "add", "7A", str(names))
    lesson = wiring.kit().lesson("6-01-blink")
    with wiring.results() as store:
        aysel, _, ali = store.roster().classes()[0].pupils
        report = Report("6-01-blink", "passed", 1, 1, [])
        for pupils in ([ali, aysel], []):
            record_attempt(store, lesson, report, [], board="b", program="", pupils=pupils)
        assert [mark.outcome for mark in store.progress_of([ali.id])] == ["passed"]
    assert "7A 1 Aysel, 7A 3 Əli" in command("results")[0]
    of_two, of_a_guest = json.loads(command("results", "--json")[0])
    assert sorted((one["number"], one["name"]) for one in of_two["pupils"]) == [(1, "Aysel"), (3, "Əli")]
    assert of_a_guest["pupils"] == []
    table = tmp_path / "table.csv"
    command("results", "--csv", str(table))
    rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    assert [row[3] for row in rows[1:]] == ["7A 1 Aysel, 7A 3 Əli", ""]
