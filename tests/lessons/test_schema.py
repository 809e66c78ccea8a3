"""The schema that editors use is the one of the code, and every lesson of the kit keeps to it."""

import json
import tomllib
from pathlib import Path

import pytest
from lovhe.core.lessons.schema import lesson_schema, schema_text

LESSONS = Path(__file__).parents[2] / "lessons"
FILES = sorted(LESSONS.glob("*/lesson.toml"))
TYPES = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool, "null": type(None)}


def violations(value: object, schema: dict, whole: dict, place: str = "") -> list[str]:
    """What in `value` breaks the schema, by the words of JSON Schema that ours uses."""
    if "$ref" in schema:
        return violations(value, whole["definitions"][schema["$ref"].rpartition("/")[2]], whole, place)
    if "anyOf" in schema:
        each = [violations(value, one, whole, place) for one in schema["anyOf"]]
        return [] if any(not found for found in each) else min(each, key=len)
    if "enum" in schema:
        return [] if value in schema["enum"] else [f"{place}: {value!r}"]
    unknown = set(schema) - {
        "$schema", "title", "description", "definitions", "default", "type", "properties", "required", "additionalProperties", "items",
        "maxItems", "minItems", "prefixItems",
    }  # fmt: skip
    assert not unknown, unknown
    if not isinstance(value, TYPES[schema["type"]]) or (isinstance(value, bool) and schema["type"] != "boolean"):
        return [f"{place}: {value!r} is no {schema['type']}"]
    found: list[str] = []
    if isinstance(value, dict):
        known = schema.get("properties", {})
        more = schema.get("additionalProperties", True)
        found += [f"{place}.{key} is missing" for key in schema.get("required", []) if key not in value]
        found += [f"{place}.{key} is unknown" for key in value if key not in known and more is False]
        for key, inner in value.items():
            rule = known.get(key, more)
            found += violations(inner, rule, whole, f"{place}.{key}") if isinstance(rule, dict) else []
    if isinstance(value, list):
        for index, inner in enumerate(value):
            found += violations(inner, schema.get("items", {}), whole, f"{place}[{index}]") if schema.get("items") else []
    return found


def test_the_committed_schema_is_the_codes_own():
    """After a change of the format, `lovhe lesson schema lessons/lesson.schema.json` renews it."""
    assert (LESSONS / "lesson.schema.json").read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_each_lesson_keeps_to_the_schema(path):
    """What the kit reads an editor does not underline."""
    schema = lesson_schema()
    assert violations(tomllib.loads(path.read_text(encoding="utf-8")), schema, schema) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("grade = ", "grde = ", ".grade is missing"),
        ("expect-pin = [", "expect-pins = [", "expect-pins is unknown"),
        ('kind = "predict"', 'kind = "guess"', "'guess'"),
        ("minutes = 45", 'minutes = "45"', "is no integer"),
    ],
)
def test_slips_are_underlined(old, new, found):
    """Keys that are missing or misspelt, words that are none of those allowed, values of the wrong kind."""
    text = (LESSONS / "6-01-blink" / "lesson.toml").read_text(encoding="utf-8")
    assert old in text
    schema = lesson_schema()
    assert any(found in one for one in violations(tomllib.loads(text.replace(old, new, 1)), schema, schema))


def test_the_schema_says_what_the_words_mean():
    """An editor shows the docstrings; none has the indentation of its source."""
    schema = json.loads(schema_text())
    assert "expect-pin" in schema["definitions"]["Step"]["properties"]
    for name, definition in schema["definitions"].items():
        assert definition["description"].strip(), name
        assert "\n    " not in definition["description"], name
