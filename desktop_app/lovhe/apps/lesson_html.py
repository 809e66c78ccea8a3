"""A lesson as one web page that needs nothing else: text, programs, tables, and the circuit as a drawing."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from lovhe.apps.language import Language
from lovhe.apps.lesson_view import student_view
from lovhe.core.circuits.hardware import Board, Part
from lovhe.core.circuits.wiring_picture import WiringPicture
from lovhe.core.circuits.wiring_svg import wiring_svg
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.shown_text import harmless

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""The page fetches nothing and runs nothing: a picture from elsewhere would tell its owner who opens the lesson, and when."""

_STYLE = """\
body { font: 18px/1.5 system-ui, sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em; color: #1b1b1b; background: #fff }
pre { background: #f3f3f3; padding: .8em; overflow-x: auto } code { font-family: "DejaVu Sans Mono", Consolas, Menlo, monospace }
table { border-collapse: collapse } td, th { border: 1px solid #999; padding: .3em .6em; text-align: left }
svg { max-width: 100%; height: auto }
@media print { h2 { break-after: avoid } pre, table, svg { break-inside: avoid } }
"""


def lesson_html(lesson: Lesson, boards: Mapping[str, Board], parts: Mapping[str, Part], language: str) -> str:
    """The whole page. HTML that an author may have written in a text is shown as text."""
    from markdown_it import MarkdownIt

    drawings: list[str] = []

    def draw(picture: WiringPicture, words: Language) -> str:
        drawings.append(wiring_svg(picture, words.text, f"wiring-{len(drawings)}"))
        return f"@drawing-{len(drawings) - 1}@"

    view = student_view(lesson, boards, parts, language, draw)
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    body = "\n".join(markdown.render(page.markdown) for page in view.pages)
    for number, drawing in enumerate(drawings):
        body = body.replace(f"<p>@drawing-{number}@</p>", f"<figure>\n{drawing}</figure>")
    head = (
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(view.title)}</title>'
    )
    body = harmless(body)  # Markdown lets in letters by their numbers, too
    return (
        f'<!doctype html>\n<html lang="{view.language}">\n<head>{head}\n<style>\n{_STYLE}</style></head>\n<body>\n{body}</body>\n</html>\n'
    )
