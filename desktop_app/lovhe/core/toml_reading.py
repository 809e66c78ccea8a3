"""TOML bytes to msgspec structs, with errors for the person who wrote the file: file, key, mend.

Lessons come from other people's PCs, too: what would keep a parser busy for ever, or command a terminal, is refused here.
"""

from __future__ import annotations

import difflib
import re
from typing import Any, Literal, TypeVar, get_args, get_origin

import msgspec

from lovhe.core.decoding import converted, decode_plain_toml
from lovhe.core.errors import InputError
from lovhe.core.messages import N_, Message
from lovhe.core.shown_text import UNSHOWN

T = TypeVar("T")

_MAX_BYTES = 1_000_000
_MAX_LINE = 5_000
_MAX_SHOWN = 60
_LOOK_THERE = N_("Look at that place and at the line before: is a quote, a bracket or an = missing?")
_TYPE_ANEW = N_("Delete it, or type that piece of the text anew.")
_DEEP_KEY = re.compile(r"(?:[^\s.=]{1,60}[ \t]{0,3}\.[ \t]{0,3}){16}")
"""Sixteen tables in one another in one key: the parser's time grows with the square of their number."""
_KINDS = {"int": "3", "float": "0.5", "str": '"text"', "bool": "true", "array": "[…]", "object": "{…}"}
_TABLES = {"circuit": "[circuit]", "check": "[[check]]", "step": "[[check.step]]", "skills": "[skills]"}
_IN_BRACES = re.compile(r"(?:^|\.)(swing|glide|number|states|expect-[\w-]+)(\[\d*\.*\])?$")


def decode_toml(file: str, data: bytes, kind: type[T], error: type[InputError]) -> T:
    """`data` as a `kind`. Raises `error`, which names `file`, the key and the mend."""
    text = _text(file, data, error)
    if deep := _DEEP_KEY.search(text):
        raise error(_unreadable(file, data, f"at line {text.count(chr(10), 0, deep.start()) + 1}, column 1"), N_("Make its key shorter."))
    try:
        value = decode_plain_toml(text, Any)
        _refuse_unshown(file, value, error)
        return converted(value, kind, str_keys=True)
    except msgspec.ValidationError as problem:
        what, next_step = explain_invalid(str(problem), kind)
        raise error(N_("{file}: {problem}", file=file, problem=what), next_step) from problem
    except (msgspec.DecodeError, ValueError, RecursionError) as problem:
        raise error(_unreadable(file, data, str(problem)), _LOOK_THERE) from problem


def _unreadable(file: str, data: bytes, problem: str) -> Message:
    """Where the file ceases to be TOML. The parser's own words, which are English, stand in only where it names no line."""
    lines = data.decode("utf-8-sig").rstrip().split("\n")
    found = re.search(r"at (?:line (\d+), column \d+|end of document)", problem)
    if found is None:
        return N_("{file} cannot be read as TOML: {problem}.", file=file, problem=problem[:200])
    number = min(int(found[1] or len(lines)), len(lines))
    return N_(
        "{file}, line {line}: this cannot be read as TOML: {text}", file=file, line=number, text=lines[number - 1].strip()[:_MAX_SHOWN]
    )


def _refuse_unshown(file: str, value: object, error: type[InputError]) -> None:
    """Refuse letters that TOML lets in as an escape, such as \\u001b."""
    left = [value]
    while left:
        match left.pop():
            case dict() as table:
                left += [*table, *table.values()]
            case list() as items:
                left += items
            case str() as text if found := UNSHOWN.search(text):
                what = N_(
                    "{file}: a control character that cannot be shown ({code}) stands in this text: {text}",
                    file=file,
                    code=_code(found[0]),
                    text=text[:_MAX_SHOWN],
                )
                raise error(what, _TYPE_ANEW)


def decode_text(file: str, data: bytes, error: type[InputError]) -> str:
    """A text file's content with plain line ends and without byte order mark. Raises `error`."""
    return _text(file, data, error).replace("\r\n", "\n")


def _text(file: str, data: bytes, error: type[InputError]) -> str:
    if len(data) > _MAX_BYTES:
        raise error(N_("{file} is too big.", file=file), N_("Keep files of a lesson under 1 MB."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise error(
            N_("{file}, line {line}: these letters are not saved as UTF-8.", file=file, line=line),
            N_("Save the file once more in your editor and choose UTF-8 as its encoding."),
        ) from problem
    if found := UNSHOWN.search(text):
        line = text.count("\n", 0, found.start()) + 1
        what = N_(
            "{file}, line {line}: a control character that cannot be shown ({code}) stands there.",
            file=file,
            line=line,
            code=_code(found[0]),
        )
        raise error(what, _TYPE_ANEW)
    for number, line_text in enumerate(text.split("\n"), 1):
        if len(line_text) > _MAX_LINE:
            raise error(
                N_("{file}, line {line}: the line has more than {n} letters.", file=file, line=number, n=_MAX_LINE),
                N_("Break it into several lines."),
            )
    return text


def _code(letter: str) -> str:
    return f"U+{ord(letter):04X}"


def explain_invalid(problem: str, kind: type) -> tuple[Message, Message]:
    """msgspec's words for a value that is no `kind`, as what is wrong, with the key, and the mend."""
    text, _, path = problem.partition(" - at `")
    place = _place(path.rstrip("`"))
    if found := re.match(r"Object missing required field `(.+)`", text):
        what = N_("the key “{key}” is missing.", key=f"{place}{found[1]}")
        if found[1] in _TABLES:
            return what, N_("Add a part that begins with the line {line}, as other files of this kind have it.", line=_TABLES[found[1]])
        if inside := _IN_BRACES.search(path.rstrip("`")):
            braces = f"{{ …, {found[1]} = … }}"
            return what, N_("Add it inside the braces: {example}", example=f"{inside[1]} = {f'[{braces}]' if inside[2] else braces}")
        return what, N_("Add a line that begins with: {key} =", key=found[1])
    if found := re.match(r"Object contains unknown field `(.+)`", text):
        what = N_("there is no such key as “{key}”.", key=f"{place}{found[1]}")
        guess = difflib.get_close_matches(found[1], sorted(_keys(kind)), n=1)
        if guess:
            return what, N_("Did you mean “{guess}”?", guess=guess[0])
        return what, N_("Delete it, or choose one of these: {keys}.", keys=", ".join(sorted(_keys_at(kind, path))))
    if found := re.match(r"Expected `(\w+).*`, got `(\w+)`", text):
        what = N_("the value of “{key}” is of the wrong kind.", key=place.rstrip(".") or "?")
        if found[1] == "array" and found[2] == "object":
            name = place.rstrip(".")
            return what, N_("Write {line} with two brackets on each side, each time anew.", line=f"[[{name}]]")
        if found[1] == "object" and (keys := _example_of(kind, path)):
            if "." in place.rstrip("."):
                return what, N_("It must look like this: {example}", example=f"{{ {', '.join(keys)} }}")
            return what, N_("Write the line {line}, and below it: {example}", line=f"[{place.rstrip('.')}]", example=", ".join(keys))
        return what, N_("It must look like this: {example}", example=_KINDS.get(found[1], found[1]))
    if found := re.match(r"Invalid enum value '(.*)'", text):
        what = N_("“{value}” is no value of “{key}”.", value=found[1][:_MAX_SHOWN], key=place.rstrip("."))
        words = sorted(_words_at(kind, path))
        guess = difflib.get_close_matches(found[1], words, n=1)
        if guess:
            return what, N_("Did you mean “{guess}”?", guess=guess[0])
        return what, N_("Use one of these: {names}.", names=", ".join(words) or "–")
    return N_("“{key}”: {problem}.", key=place.rstrip("."), problem=text), N_("Compare it with a lesson or part that works.")


def _place(path: str) -> str:
    """`$.check[0].step[1]` as a writer counts: "check[1].step[2]."."""
    counted = re.sub(r"\[(\d+)\]", lambda index: f"[{int(index[1]) + 1}]", path.lstrip("$").lstrip(".").replace("[...]", ""))
    return f"{counted}." if counted else ""


def _structs(kind: object) -> set[type[msgspec.Struct]]:
    """All structs that a type is made of."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        found = {kind}
        for field in msgspec.structs.fields(kind):
            found |= _structs(field.type)
        return found
    return {struct for part in getattr(kind, "__args__", ()) for struct in _structs(part)}


def _keys(kind: object) -> set[str]:
    return {field.encode_name for struct in _structs(kind) for field in msgspec.structs.fields(struct)}


def _example_of(kind: object, path: str) -> list[str]:
    """The keys of the table that should stand at a path, each with a value of the right kind."""
    there = _top(_type_at(kind, path))
    return [f"{field.encode_name} = {_value_of(field.type)}" for field in msgspec.structs.fields(there[0])] if there else []


def _value_of(kind: object) -> str:
    if get_origin(kind) is list:
        return f"[{_value_of(get_args(kind)[0])}]"
    if words := sorted(_literals(kind)):
        return f'"{words[0]}"'
    return {int: "3", float: "0.5", bool: "true"}.get(kind, '"…"') if isinstance(kind, type) else '"…"'


def _keys_at(kind: object, path: str) -> set[str]:
    """The keys that may stand at a path such as `$.check[0].step[1]`."""
    there = _top(_type_at(kind, path))
    return {field.encode_name for field in msgspec.structs.fields(there[0])} if there else _keys(kind)


def _type_at(kind: object, path: str) -> object:
    """The type of what stands at a path; of a key that is unknown that of the table it stands in."""
    for name in re.findall(r"\.([\w-]+)", path):
        for struct in _structs(kind):
            types = [field.type for field in msgspec.structs.fields(struct) if field.encode_name == name]
            if types:
                kind = types[0]
                break
    return kind


def _words_at(kind: object, path: str) -> set[str]:
    """The words that are allowed at a path that ends in `.kind`, or in `.kind[0]` for a list of them."""
    name = re.findall(r"\.([\w-]+)", path)[-1:]
    types = [field.type for struct in _structs(kind) for field in msgspec.structs.fields(struct) if field.encode_name in name]
    return {word for found in types for word in _literals(found)}


def _literals(kind: object) -> set[str]:
    if get_origin(kind) is Literal:
        return {word for word in get_args(kind) if isinstance(word, str)}
    return {word for part in get_args(kind) for word in _literals(part)}


def _top(kind: object) -> list[type[msgspec.Struct]]:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return [kind]
    return [struct for part in getattr(kind, "__args__", ()) for struct in _top(part)]
