"""Are the translations complete? `make check` asks; `python tests/catalogues.py --update` brings new sentences into the catalogues.

The keys are the English sentences in the code: in `N_("…")`, `N_("one", "many", n=…)` and `key("…")`. English needs no catalogue.
"""

from __future__ import annotations

import ast
import re
import string
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "desktop_app" / "lovhe"
LOCALE = SOURCE / "locale"
CODES = ("az", "ru")

Key = str | tuple[str, str]


class Sentence(NamedTuple):
    """A catalogue key and the first place it stands at."""

    key: Key
    place: str


def sentences(source: Path = SOURCE) -> tuple[dict[Key, str], list[str]]:
    """All keys in the code with where they stand, and what is wrong with how they are written there."""
    found: dict[Key, str] = {}
    wrong: list[str] = []
    for path in sorted(source.rglob("*.py")):
        if "guest" in path.parts:  # MicroPython: says nothing to people
            continue
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("N_", "key"):
                place = f"{path.relative_to(source.parent).as_posix()}:{node.lineno}"
                texts = [argument.value for argument in node.args if isinstance(argument, ast.Constant) and isinstance(argument.value, str)]
                if len(texts) != len(node.args) or not texts:
                    wrong.append(f"{place}: a sentence for the catalogue must be written out in full where it is marked")
                    continue
                key: Key = (texts[0], texts[1]) if len(texts) > 1 else texts[0]
                found.setdefault(key, place)
                if node.func.id == "N_":
                    try:
                        wrong += _wrong_parameters(place, key, {word.arg for word in node.keywords})
                    except ValueError:
                        wrong.append(f"{place}: braces that do not match; a brace that is meant is doubled")
    wrong += _clashes(found)
    return found, wrong


def _wrong_parameters(place: str, key: Key, given: set[str | None]) -> Iterator[str]:
    if None in given:  # **params
        return
    wanted = set().union(*(_fields(text) for text in _texts(key)))
    if isinstance(key, tuple):
        wanted.add("n")
    for name in sorted(wanted - given - {None}, key=str):
        yield f"{place}: the sentence has {{{name}}}, and the call does not give it"
    for name in sorted(given - wanted, key=str):
        yield f"{place}: {name}= is given, and the sentence does not show it"


def _clashes(found: dict[Key, str]) -> Iterator[str]:
    """gettext keeps one entry a singular: the same sentence with and without a plural would be two."""
    for key, place in found.items():
        if isinstance(key, tuple) and key[0] in found:
            yield f"{place}: “{key[0]}” stands elsewhere without a plural ({found[key[0]]})"


def _texts(value: Key) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _fields(text: str) -> set[str | None]:
    """Names of the parameters in a `str.format` template, with their conversions."""
    return {f"{name}!{conversion}" if conversion else name for _, name, _, conversion in string.Formatter().parse(text) if name is not None}


def catalogue_file(code: str) -> Path:
    """Where the catalogue of a language is."""
    return LOCALE / code / "LC_MESSAGES" / "lovhe.po"


def read_catalogue(code: str) -> Catalog:
    """The catalogue of a language, a new one where there is none."""
    path = catalogue_file(code)
    if not path.exists():
        return Catalog(locale=code, domain="lovhe")
    with path.open("rb") as file:
        return read_po(file, locale=code, domain="lovhe")


def faults(code: str, found: dict[Key, str]) -> Iterator[str]:
    """What a language lacks: sentences missing, fuzzy, left over, or with other parameters than the English ones."""
    catalogue = read_catalogue(code)
    there = {message.id: message for message in catalogue if message.id}
    for key, place in found.items():
        message = there.pop(key, None)
        if message is None or not all(_texts(message.string)):
            yield f"{code}: not translated: “{_texts(key)[0]}” ({place})"
        elif message.fuzzy:
            yield f"{code}: marked as uncertain: “{_texts(key)[0]}” ({place})"
        else:
            yield from (f"{code}: {fault}: “{_texts(key)[0]}” ({place})" for fault in _faults_of(message, catalogue.num_plurals))
    yield from (f"{code}: no longer in the code: “{_texts(key)[0]}”" for key in there)


def _faults_of(message: Message, forms: int) -> Iterator[str]:
    wanted = [_fields(text) for text in _texts(message.id)]
    texts = _texts(message.string)
    if message.pluralizable and len(texts) != forms:
        yield f"{len(texts)} plural forms instead of {forms}"
    for text in texts:
        try:
            fields = _fields(text)
        except ValueError:
            yield "braces that do not match"
            continue
        # A plural form may leave the number out ("one file"), nothing else.
        if not any(fields == one or fields == one - {"n"} for one in wanted):
            yield f"other parameters than the English sentence: “{text}”"
    for end in (".", ":", "?", "…"):
        if all(text.endswith(end) for text in _texts(message.id)) and not all(text.endswith(end) for text in texts):
            yield f"the English sentence ends in “{end}”"
    if re.findall(r"`[^`]+`", _texts(message.id)[0]) != re.findall(r"`[^`]+`", texts[0]):
        yield "another command in backquotes than in the English sentence"


def update(code: str, found: dict[Key, str]) -> None:
    """Write the catalogue anew: known translations kept, new sentences empty, those no longer in the code gone."""
    old = read_catalogue(code)
    new = Catalog(locale=code, domain="lovhe", project="lovhe", fuzzy=False)
    new.version = new.msgid_bugs_address = new.last_translator = new.language_team = ""
    new.header_comment = f"# Lövhə: the program's sentences, {code}. Keys come from the code: python tests/catalogues.py --update"
    new.creation_date = new.revision_date = old.creation_date
    assert get_plural(code).num_plurals == new.num_plurals
    for key, place in sorted(found.items(), key=lambda item: item[1]):
        known = old.get(_texts(key)[0])
        kept = known.string if known is not None and known.id == key else ""
        new.add(key, kept, locations=[(place.rpartition(":")[0], None)])
    path = catalogue_file(code)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, new, width=140, omit_header=False, include_lineno=False)


def main() -> int:
    """Report what is missing; with `--update` write the catalogues first."""
    found, wrong = sentences()
    if "--update" in sys.argv:
        for code in CODES:
            update(code, found)
    problems = wrong + [fault for code in CODES for fault in faults(code, found)]
    print("\n".join(problems) or f"catalogues: {len(found)} sentences in {', '.join(CODES)}, all translated")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
