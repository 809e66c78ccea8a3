"""The colours of a program in the editor, on dark and on light; words of the language are bold, too, and comments italic."""

from __future__ import annotations

from rich.style import Style
from textual.widgets.text_area import TextAreaTheme

DARK, LIGHT = "lovhe-dark", "lovhe-light"


def _theme(name: str, word: str, text: str, number: str, comment: str, called: str) -> TextAreaTheme:
    return TextAreaTheme(
        name=name,
        syntax_styles={
            "keyword": Style(color=word, bold=True),
            "keyword.function": Style(color=word, bold=True),
            "keyword.return": Style(color=word, bold=True),
            "keyword.operator": Style(color=word, bold=True),
            "conditional": Style(color=word, bold=True),
            "repeat": Style(color=word, bold=True),
            "include": Style(color=word, bold=True),
            "exception": Style(color=word, bold=True),
            "boolean": Style(color=number, bold=True),
            "constant.builtin": Style(color=number, bold=True),
            "string": Style(color=text),
            "string.documentation": Style(color=text),
            "number": Style(color=number),
            "float": Style(color=number),
            "comment": Style(color=comment, italic=True),
            "function": Style(color=called),
            "function.call": Style(color=called),
            "method": Style(color=called),
            "method.call": Style(color=called),
            "type.class": Style(color=called),
            "class": Style(color=called),
        },
    )


THEMES = (
    _theme(DARK, word="#ff9e64", text="#9ece6a", number="#7dcfff", comment="#9aa5ce", called="#e0af68"),
    _theme(LIGHT, word="#8a2b00", text="#1a5d1a", number="#00478f", comment="#55555f", called="#6b3fa0"),
)
