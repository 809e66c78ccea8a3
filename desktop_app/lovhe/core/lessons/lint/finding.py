"""One thing that an author should mend: in which file and line, at which key, what is wrong, and the mend."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec

from lovhe.core.errors import LessonError
from lovhe.core.lessons.reading import LESSON_FILE
from lovhe.core.messages import Message, Text
from lovhe.core.toml_lines import TomlLines

_NAMED = re.compile(r"(check|step) “(.*)”")
_NUMBERED = re.compile(r"step (\d+)")
_TABLE = re.compile(r"\[+([\w-]+)\]+")
_INDEXED = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_NO_SUCH_KEY = "there is no such key"
_QUOTED = re.compile(r"“([^”]{2,})”")


class Finding(msgspec.Struct, frozen=True):
    """What a lesson's author is told. `line` is None where no line is meant; `key` is "" for a file as a whole."""

    file: str
    line: int | None
    key: str
    what: Text
    mend: Text
    severity: Literal["error", "warning"] = "error"


class Places:
    """Finds the lines that errors speak of, in the files of one lesson."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._texts = {name: data.decode("utf-8-sig", "replace").replace("\r\n", "\n") for name, data in files.items()}
        self._toml: dict[str, TomlLines] = {}

    def finding(self, problem: LessonError, severity: Literal["error", "warning"] = "error") -> Finding:
        """What an error says, with its place."""
        file, key, what = _taken_apart(problem.what)
        if file not in self._texts and f"wrong/{file}" in self._texts:
            file = f"wrong/{file}"
        line = told_line(problem.what) or self.line(file, key, what)
        if line is None and file.startswith("wrong/") and file in self._texts:
            line = 1  # what can be wrong with a mistake is which check it names
        return Finding(file, line, key, what, problem.next_step, severity)

    def line(self, file: str, key: str, what: Text | None = None) -> int | None:
        """The line of `file` that a key such as "check “blinks”, step 2, settle" means."""
        text = self._texts.get(file)
        if text is None or not key:
            return None
        words = _QUOTED.findall(str(what)) if what is not None else []
        found: int | None = None
        if file.endswith(".toml"):
            found = self._lines(file, text, 1).find(self._path(text, key), words)
        elif file.endswith(".md"):
            found = self._line_of_text(file, text, key, words)
        if found is None and isinstance(what, Message) and what.text.startswith(_NO_SUCH_KEY):
            return _line_of_key(text, key)
        return found

    def _line_of_text(self, file: str, text: str, key: str, words: list[str]) -> int | None:
        if key.startswith(("{#", "“")):
            wanted = key.strip("“”")
            return next((number for number, line in enumerate(text.split("\n"), 1) if line.startswith("## ") and wanted in line), None)
        path = [piece for word in key.split(", ") for piece in word.strip("[]").split(".")]
        return self._lines(file, _front_matter(text), 2).find(path, words)

    def _lines(self, file: str, text: str, first_line: int) -> TomlLines:
        if file not in self._toml:
            self._toml[file] = TomlLines(text, first_line)
        return self._toml[file]

    def _path(self, text: str, key: str) -> list[str | int]:
        """A key as errors name it, as a path into the file's values."""
        try:
            values: dict[str, Any] = tomllib.loads(text)
        except ValueError:
            values = {}
        path: list[str | int] = []
        for word in key.split(", "):
            if named := _NAMED.fullmatch(word):
                ids = [one.get("id") for one in values.get(named[1], []) if isinstance(one, dict)]
                path += [named[1], ids.index(named[2])] if named[2] in ids else [named[1]]
            elif numbered := _NUMBERED.fullmatch(word):
                path += ["step", int(numbered[1]) - 1]
            elif table := _TABLE.fullmatch(word):
                path.append(table[1])
            elif _INDEXED.search(word) and ("[" in word or (word.count(".") and word.split(".")[0] in values)):
                path += _indexed(word)
            else:
                path.append(word)
        return path


def _line_of_key(text: str, key: str) -> int | None:
    """The first line with a key of that name, wherever it stands: one that nobody knows stands once."""
    name = re.compile(rf"(?<![\w-]){re.escape(key.split('.')[-1].split(', ')[-1])}\s*=")
    return next((number for number, line in enumerate(text.split("\n"), 1) if name.search(line)), None)


def _indexed(word: str) -> Iterator[str | int]:
    """ "check[1].step[2].delay" as a path; people count from 1."""
    for name, index in _INDEXED.findall(word):
        yield int(index) - 1 if index else name


def _front_matter(text: str) -> str:
    """What stands between the two lines +++."""
    lines = text.split("\n")[1:]
    end = next((number for number, line in enumerate(lines) if line.rstrip() == "+++"), len(lines))
    return "\n".join(lines[:end])


def _taken_apart(what: Text) -> tuple[str, str, Text]:
    """The file, the key and what is wrong."""
    if not isinstance(what, Message):
        return LESSON_FILE, "", what
    problem = what.params.get("problem")
    where = what.params.get("where")
    if isinstance(where, str) and isinstance(problem, Message):
        file, _, key = where.partition(", ")
        return file, key, problem
    file = str(what.params.get("file", LESSON_FILE))
    if what.text == "{file}: {problem}" and isinstance(problem, Message):
        return file, str(problem.params.get("key", "")), problem
    if "[circuit]" in what.text:
        return file, "[circuit]", problem if isinstance(problem, Message) else what
    return file, str(what.params.get("key", "")) if "{key}" in what.text else "", what


def told_line(what: Text) -> int | None:
    """The line that a sentence, or one inside it, names itself."""
    if not isinstance(what, Message):
        return None
    line = what.params.get("line")
    if isinstance(line, int):
        return line
    return next((found for value in what.params.values() if isinstance(value, Message) and (found := told_line(value))), None)
