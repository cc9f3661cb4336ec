"""PDF with text: the lines of its pages joined into paragraphs again."""

import re

from homeward.errors import InputError
from homeward.reader.documents import Document, guess_language

__all__ = ["document_of"]

_NEEDED = "a PDF with text"
# A line that ends a sentence well before the margin ends its paragraph.
_SHORT = 0.75
_SOFT_HYPHEN = re.compile("[\u00ad\u0002\ufffe]\n?")
_HYPHEN = re.compile(r"(?<=[^\W\d_])-\n(?=[^\W\d_])")


def document_of(raw: bytes, *, name: str) -> Document:
    """Returns the text of a PDF as a document; its day and publisher are unknown, since a PDF names its making only.

    Raises InputError for a PDF that is locked, broken, or a scan without text.
    """
    import pypdfium2

    try:
        paper = pypdfium2.PdfDocument(raw)
        try:
            pages = [page.get_textpage().get_text_bounded() for page in paper]
        finally:
            paper.close()
    except pypdfium2.PdfiumError as error:
        raise InputError(place=name, found=f"a PDF that cannot be read ({error})", needed=_NEEDED) from error
    if not any(page.strip() for page in pages):
        raise InputError(place=name, found=f"{len(pages)} pages without text, a scan", needed=_NEEDED)
    body = "\n\n".join(_paragraphs(page) for page in pages if page.strip())
    return Document(body=body, language=guess_language(body))


def _paragraphs(page: str) -> str:
    text = _HYPHEN.sub("", _SOFT_HYPHEN.sub("", page.replace("\r\n", "\n").replace("\r", "\n")))
    lines = [line.strip() for line in text.split("\n")]
    margin = max(len(line) for line in lines)
    parts: list[list[str]] = [[]]
    for line in lines:
        if not line:
            parts.append([])
            continue
        parts[-1].append(line)
        if len(line) < _SHORT * margin and line[-1] in '.!?…»”"':
            parts.append([])
    return "\n\n".join(" ".join(part) for part in parts if part)
