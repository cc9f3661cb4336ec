"""Text to claims: what a document asserts about exchanges, each assertion with its quoted span."""

from homeward.reader.documents import Document
from homeward.reader.languages.registry import require_language
from homeward.reader.reading import READER_VERSION, SUPPORTED_LANGUAGES, Reading, read

__all__ = ["READER_VERSION", "SUPPORTED_LANGUAGES", "Document", "Reading", "read", "require_language"]
