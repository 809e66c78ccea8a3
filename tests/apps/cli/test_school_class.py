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
        (("add", "7A", "FILE"), b"Aysel;7A", "more in it than a name"),
        (("add", "7A", "FILE"), b"A" * 41, "is too long"),
        (("add", "7A", "FILE"), b"Ali\n" * 61, "61 pupils in one class"),
        (("add", "7A", "FILE"), "Ирина".encode("cp1251"), "not written in UTF-8"),
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
