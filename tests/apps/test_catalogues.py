"""The check that keeps the translations complete finds what it is there for."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from lovhe.apps.cli.click_words import PLURALS, SENTENCES


@pytest.fixture
def catalogues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The checking script, looking at a folder of the test's own."""
    spec = importlib.util.spec_from_file_location("catalogues", Path(__file__).parent.parent / "catalogues.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "catalogues", script)
    spec.loader.exec_module(script)
    monkeypatch.setattr(script, "LOCALE", tmp_path)
    return script


def _faults(catalogues: ModuleType, key: object, *translated: str, flags: tuple[str, ...] = ()) -> list[str]:
    catalogue = Catalog(locale="ru", domain="lovhe")
    catalogue.add(key, translated if len(translated) > 1 else translated[0], flags=flags)
    path = catalogues.catalogue_file("ru")
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, catalogue)
    return list(catalogues.faults("ru", {key: "a.py:1"}))


@pytest.mark.parametrize(
    ("key", "translated"),
    [("There is no {x}.", ("Нет {x}.",)), (("{n} board", "{n} boards"), ("{n} плата", "{n} платы", "{n} плат"))],
)
def test_a_complete_catalogue_has_no_faults(catalogues: ModuleType, key: object, translated: tuple[str, ...]) -> None:
    """What is right is not complained about."""
    assert _faults(catalogues, key, *translated) == []


@pytest.mark.parametrize(
    ("key", "translated", "fault"),
    [
        ("There is no {x}.", ("",), "not translated"),
        ("There is no {x}.", ("Нет {y}.",), "other parameters"),
        ("There is no {x}.", ("Нет.",), "other parameters"),
        ("There is no {x!r}.", ("Нет {x}.",), "other parameters"),
        ("There is no {x}.", ("Нет {x.",), "braces"),
        ("There is no board.", ("Нет платы",), "ends in"),
        ("See `lovhe boards`.", ("Смотрите `lovhe плата`.",), "backquotes"),
        (("{n} board", "{n} boards"), ("{n} плата", "", "{n} плат"), "not translated"),
    ],
)
def test_a_fault_in_a_translation_is_found(catalogues: ModuleType, key: object, translated: tuple[str, ...], fault: str) -> None:
    """Missing, or not fit for the place where it is shown."""
    assert any(fault in found for found in _faults(catalogues, key, *translated))


def test_a_translation_marked_as_uncertain_is_a_fault(catalogues: ModuleType) -> None:
    """gettext would not show it."""
    assert any("uncertain" in found for found in _faults(catalogues, "Stopped.", "Остановлено.", flags=("fuzzy",)))


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ('N_("no {x}")', "does not give it"),
        ('N_("no board", x=1)', "does not show it"),
        ('N_("no { board")', "doubled"),
        ("N_(f'no {x}')", "written out in full"),
        ('N_("{n} board", "{n} boards")', "does not give it"),
        ('key("a board"); N_("a board", "{n} boards", n=2)', "without a plural"),
    ],
)
def test_a_sentence_written_wrongly_in_the_code_is_found(catalogues: ModuleType, tmp_path: Path, code: str, fault: str) -> None:
    """Before a user meets a KeyError instead of a sentence."""
    (tmp_path / "a.py").write_text(code)
    _, wrong = catalogues.sentences(tmp_path)
    assert any(fault in line for line in wrong)


def test_the_catalogues_are_complete(catalogues: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Every sentence of the program, in every language."""
    monkeypatch.setattr(catalogues, "LOCALE", catalogues.SOURCE / "locale")
    monkeypatch.setattr(sys, "argv", ["catalogues.py"])
    assert catalogues.main() == 0, capsys.readouterr().out


def test_the_sentences_taken_from_click_are_clicks() -> None:
    """A new version of click that says it differently is noticed."""
    source = "".join(path.read_text("utf-8") for path in Path(click.__file__).parent.glob("*.py"))
    for sentence in (*SENTENCES, *PLURALS):
        assert sentence.replace("\n", "\\n").replace("\t", "\\t") in source
