"""Web pages as they were saved: headline and article without menus and scripts, publisher, day and address."""

import re

from homeward.errors import InputError
from homeward.reader.documents import Document, guess_language

__all__ = ["document_of", "looks_like_one"]

_OPENING = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_NEEDED = "a web page with an article"


def looks_like_one(head: bytes) -> bool:
    """Returns whether a file that begins with `head` is a web page."""
    # A page may open with a comment of whoever saved it; a text that quotes a tag does not open with "<".
    return head.startswith(b"<") and _OPENING.search(head.replace(b"\x00", b"")) is not None


def document_of(raw: bytes, *, name: str) -> Document:
    """Returns the article of a page as a document: the headline, an empty line, the text.

    The day is the one that the page itself gives as that of publication; none is guessed from days in its text. Raises
    InputError where the page has no article, or the extra `pages` is not installed.
    """
    try:
        from trafilatura import extract_with_metadata, html2txt
    except ImportError:
        raise InputError(
            place=name, found="a web page", needed="the extra that reads pages: pip install homeward[pages]"
        ) from None
    page = extract_with_metadata(
        raw,
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    told = page.as_dict() if page is not None else {}
    text = (told.get("text") or html2txt(raw) or "").strip()
    if not text:
        raise InputError(place=name, found="a page without a text", needed=_NEEDED)
    title = (told.get("title") or "").strip()
    body = text if not title or text.startswith(title) else f"{title}\n\n{text}"
    return Document(
        body=_paragraphs(body),
        source=told.get("url"),
        publisher=told.get("sitename") or told.get("hostname"),
        published=told.get("date"),
        language=guess_language(body),
    )


def _paragraphs(text: str) -> str:
    """Returns the text with an empty line between its paragraphs: the reader takes a single line break for a space."""
    return re.sub(r"\n+", "\n\n", text.replace("\r\n", "\n"))
