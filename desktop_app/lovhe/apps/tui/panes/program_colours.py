"""A program's text in the editor's colours, where it is only shown."""

from __future__ import annotations

from collections.abc import Mapping

from rich.style import Style
from rich.text import Text

from lovhe.apps.tui.panes.editor_looks import THEMES
from lovhe.core.shown_text import harmless

_KINDS = (
    ("Keyword.Constant", "constant.builtin"),
    ("Keyword", "keyword"),
    ("Operator.Word", "keyword"),
    ("Name.Namespace", ""),
    ("Name.Function", "function"),
    ("Name.Class", "class"),
    ("Literal.String", "string"),
    ("Literal.Number", "number"),
    ("Comment", "comment"),
)


def coloured(source: str, *, dark: bool) -> Text:
    """The program as it stands, without a line end behind the last line."""
    from pygments.lexers.python import PythonLexer  # type: ignore[import-untyped, unused-ignore]

    styles: Mapping[str, Style] = THEMES[0 if dark else 1].syntax_styles
    text = Text(no_wrap=True, overflow="ignore")
    for kind, piece in PythonLexer(stripnl=False, ensurenl=False).get_tokens(harmless(source).expandtabs(4).rstrip("\n")):
        name = str(kind).removeprefix("Token.")
        look = next((look for begin, look in _KINDS if name == begin or name.startswith(f"{begin}.")), "")
        text.append(piece, styles.get(look))
    return text


def coloured_lines(source: str, *, dark: bool) -> list[Text]:
    """The same, line by line."""
    return list(coloured(source, dark=dark).split("\n", allow_blank=True))
