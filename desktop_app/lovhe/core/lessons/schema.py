"""The JSON Schema of `lesson.toml`, for editors that complete keys and underline mistakes while an author writes."""

from __future__ import annotations

import inspect
import json
from typing import Any

import msgspec

from lovhe.core.lessons.lesson import LessonFile

# Editors' TOML extensions know schemas of draft 4 to 7, which call the definitions so.
_DRAFT = "http://json-schema.org/draft-07/schema#"
_REFERENCE = "#/definitions/{name}"


def lesson_schema() -> dict[str, Any]:
    """The schema as a JSON object, with what the words mean from their docstrings."""
    _, definitions = msgspec.json.schema_components([LessonFile], ref_template=_REFERENCE)
    for definition in definitions.values():
        if "description" in definition:
            definition["description"] = inspect.cleandoc(definition["description"])
    whole = definitions.pop(LessonFile.__name__)
    return {"$schema": _DRAFT, **whole, "title": "lesson.toml", "definitions": definitions}


def schema_text() -> str:
    """The schema as the file that lies beside the lessons."""
    return json.dumps(lesson_schema(), ensure_ascii=False, indent=2) + "\n"
