"""What is kept of pupils, told to them and their parents: a page in each language, beside this file."""

from __future__ import annotations

from pathlib import Path

from lovhe.apps.language import current_language, t
from lovhe.apps.teaching.retention import kept_words
from lovhe.apps.teaching.wiring import pdf_paper
from lovhe.core.paper.text_page import lay_out


def privacy_page(months: int | None) -> str:
    """The page as Markdown, in the user's language; `months` is how long attempts of those who have left are kept, None for ever."""
    file = Path(__file__).with_name(f"{current_language().code}.md")
    return file.read_text(encoding="utf-8").replace("{kept}", t(kept_words(months)))


def privacy_pdf(page: str) -> bytes:
    """The same, to be printed. Raises `UnavailableError`."""
    return pdf_paper(page).pdf(lambda width_of: [lay_out(page, width_of)])
