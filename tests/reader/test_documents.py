"""Documents: headers, line ends, encodings."""

import hashlib

import pytest

from homeward.errors import InputError
from homeward.reader.documents import Document, guess_language


def test_from_text__takes_the_headers_off() -> None:
    document = Document.from_text(
        "Source: https://example.org/1\nPublished: 2026-01-30\nLanguage: en\n\nBody.\n\nMore."
    )
    assert (document.source, document.published, document.language) == ("https://example.org/1", "2026-01-30", "en")
    assert document.body == "Body.\n\nMore."


def test_from_text__without_headers_keeps_everything() -> None:
    text = "First paragraph.\n\nSecond: with a colon."
    assert Document.from_text(text).body == text


def test_from_text__a_paragraph_with_a_colon_is_no_header() -> None:
    text = "Kyiv: exchange completed\n\nThe rest."
    assert Document.from_text(text).body == text


def test_from_text__options_override_the_headers() -> None:
    document = Document.from_text("Published: 2026-01-30\n\nBody.", published="2025-05-05", language="ru")
    assert (document.published, document.language) == ("2025-05-05", "ru")


def test_from_text__makes_one_line_end_of_two_and_drops_the_mark_at_the_start() -> None:
    document = Document.from_text("\ufeffPublished: 2026-01-30\r\n\r\nOne.\r\nTwo.")
    assert (document.published, document.body) == ("2026-01-30", "One.\nTwo.")


@pytest.mark.parametrize("published", ["30.01.2026", "January", "2026-1-3"])
def test_document__refuses_another_form_of_date(published: str) -> None:
    with pytest.raises(InputError, match="YYYY-MM-DD"):
        Document(body="", published=published)


def test_document__hashes_its_body() -> None:
    assert Document(body="тіло").text_hash == hashlib.sha256("тіло".encode()).hexdigest()


@pytest.mark.parametrize(
    ("text", "language"),
    [("Bodies came home.", "en"), ("Тіла їхніх бійців", "uk"), ("Тела были возвращены в этот день", "ru"), ("", "en")],
)
def test_guess_language__goes_by_the_letters(text: str, language: str) -> None:
    assert guess_language(text) == language
