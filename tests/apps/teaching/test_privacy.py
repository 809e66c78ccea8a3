"""What the page for pupils and parents says is what there is: a column more asks for words about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lovhe.adapters.results_db.models import Base
from lovhe.apps.language import LANGUAGES, use_language
from lovhe.apps.teaching.privacy import privacy_page
from lovhe.apps.workspace.desk import Desk
from lovhe.apps.workspace.step_notes import StepNote
from lovhe.core.marks.corrections import Correction
from lovhe.core.pupils.pupil import Pupil

from tests.box_font import box_font
from tests.pdf_words import pdf_pages

Command = Callable[..., tuple[str, str]]

NOTHING_OF_ANYBODY = ""
"""Numbers that were made up, settings, and hashes of what else is told."""

TOLD = {
    "classes": {
        "id": NOTHING_OF_ANYBODY,
        "name": "The class,",
        "secret_kind": "four digits or three pictures",
        "has_left": "classes that have left school",
        "shift": NOTHING_OF_ANYBODY,
    },
    "pupils": {
        "id": NOTHING_OF_ANYBODY,
        "class_id": "The class,",
        "number": "the number in the class list",
        "first_name": "the first name",
        "group_number": "the number of the group at one keyboard",
        "secret": "a check code made from them",
        "wrong_tries": "how many wrong tries",
        "wrong_utc": "when the last one was",
    },
    "class_notes": {
        **dict.fromkeys(("id", "chain"), NOTHING_OF_ANYBODY),
        "when_utc": "when they were changed",
        "name": "which of these there were before",
        "secret_kind": "four digits or three pictures",
        "has_left": "classes that have left school",
    },
    "pupil_notes": {
        **dict.fromkeys(("id", "chain", "class_id"), NOTHING_OF_ANYBODY),
        "when_utc": "when they were changed",
        **dict.fromkeys(("number", "first_name", "group_number"), "which of these there were before"),
    },
    "pupil_secrets": {
        **dict.fromkeys(("pupil_id", "when_utc"), NOTHING_OF_ANYBODY),
        **dict.fromkeys(("kind", "secret"), "a check code made from them"),
    },
    "apart": dict.fromkeys(("id", "other"), NOTHING_OF_ANYBODY),
    "same_ones": dict.fromkeys(("id", "known_as"), NOTHING_OF_ANYBODY),
    "moved_pupils": dict.fromkeys(("old_id", "new_id"), NOTHING_OF_ANYBODY),
    "attempts": {
        "id": NOTHING_OF_ANYBODY,
        "lesson_id": "lesson and step",
        "step": "lesson and step",
        "board": "which board",
        "student": NOTHING_OF_ANYBODY,  # nothing is written there
        "when_utc": "handed in: when",
        "outcome": "what was right",
        "points": "the points",
        "total": "the points",
        "program": "the program or the answer",
        "report": "what was right",
    },
    "attempt_pupils": {"pupil_id": "who made it", "attempt_id": NOTHING_OF_ANYBODY},
    "check_results": {"attempt_id": NOTHING_OF_ANYBODY, "position": NOTHING_OF_ANYBODY, "check_id": "what was right", "outcome": "right"},
    "evidence": {"attempt_id": NOTHING_OF_ANYBODY, "events": "what the board did, printed and measured"},
    "audit": {
        "id": NOTHING_OF_ANYBODY,
        "chain": NOTHING_OF_ANYBODY,
        "place": NOTHING_OF_ANYBODY,
        "when_utc": "with reason and time",
        "kind": "was erased is noted",
        "subject": NOTHING_OF_ANYBODY,
        "note_hash": NOTHING_OF_ANYBODY,
        "before": NOTHING_OF_ANYBODY,
        "hash": NOTHING_OF_ANYBODY,
    },
    "drafts": {"group_key": NOTHING_OF_ANYBODY, "name": "programs and answers", "data": "what pupils are typing"},
    "audit_notes": {"audit_id": NOTHING_OF_ANYBODY, "salt": NOTHING_OF_ANYBODY, "note": "Points that the teacher set by hand"},
}
"""By table and column, the words of the English page that tell of it."""

OF_NO_PUPIL = {"boards", "board_history", "here", "alembic_version"}

DESK = {
    **dict.fromkeys(("language", "text_language", "theme", "folded", "lessons_folder"), NOTHING_OF_ANYBODY),
    **dict.fromkeys(("group", "class_name", "guarded"), "Who sits at the computer"),
    **dict.fromkeys(("lesson", "step", "cursor", "places"), "which lessons they opened, and where they were"),
}


def _english() -> str:
    use_language("en")
    return privacy_page(None)


def test_the_page_tells_of_each_column_in_which_something_of_pupils_is_kept() -> None:
    """Whoever adds one says here and on the page what it is for."""
    tables = {table.name: set(table.columns.keys()) for table in Base.metadata.tables.values() if table.name not in OF_NO_PUPIL}
    assert tables == {name: set(columns) for name, columns in TOLD.items()}
    page = _english()
    assert not [words for columns in TOLD.values() for words in columns.values() if words not in page]


def test_the_page_tells_what_is_kept_beside_the_results() -> None:
    """Who sits there, hints, corrections; and a pupil is no more than that."""
    page = _english()
    assert set(DESK) == set(Desk.__struct_fields__)
    assert all(words in page for words in DESK.values())
    assert StepNote.__struct_fields__ == ("hints", "since", "outcome", "points")
    assert "how many hints were taken, and since when the next one" in page
    assert Correction.__struct_fields__ == ("pupil_id", "lesson_id", "points", "reason", "when_utc")
    assert Pupil.__struct_fields__ == ("id", "class_name", "number", "first_name", "group")


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_languages_tell_the_same(language: str) -> None:
    """As many headings and points in the same order, and the same commands."""
    shapes = []
    for code in ("en", language):
        use_language(code)
        page = privacy_page(24)
        assert "{" not in page
        assert "24" in page
        shapes.append([(line[:2].strip(), line.count("`lovhe class ")) for line in page.splitlines() if line])
    assert len(shapes[0]) == len(shapes[1])
    assert [shape for shape in shapes[0] if shape[0] in ("#", "##", "-")] == [shape for shape in shapes[1] if shape[0] in ("#", "##", "-")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_shown_and_printed_on_one_page(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    """With the time that is set; all of its words are on the paper."""
    command("class", "keep", "--months", "24")
    page = command("class", "privacy", "--lang", language)[0]
    assert "24" in page
    box_font(tmp_path / "arial.ttf", "".join(sorted(set(page) - {"\n"} | set("AaƏəĞğIıİiÖöŞşÜüÇçАаЯяЁё0123456789…–“”"))))
    monkeypatch.setattr("lovhe.adapters.label_fonts.font_folders", lambda: [tmp_path])
    assert "page.pdf" in command("class", "privacy", "--pdf", str(tmp_path / "page.pdf"), "--lang", language)[1]
    (words,) = pdf_pages(tmp_path / "page.pdf")
    read = re.sub("[“”]", "`", " ".join(word for word in words if word != "–")).split()
    assert read == [word for word in page.split() if word not in ("#", "##", "-")]
