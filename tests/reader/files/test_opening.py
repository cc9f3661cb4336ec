"""Files as people have them: told by their bytes, read whole, and nothing of them dropped without a word."""

import json
from pathlib import Path

import pytest

from homeward.errors import InputError
from homeward.reader.files import files_under, open_bytes, open_file

WORDS = "Росія повернула Україні тіла 40 військових, повідомив Координаційний штаб у четвер, 29 січня."
PAGE = """<!-- saved --><!DOCTYPE html>
<html lang="uk"><head><meta charset="utf-8"><title>Повернуто тіла 40 військових | Приклад</title>
<meta property="og:title" content="Повернуто тіла 40 військових">
<meta property="og:site_name" content="Приклад">
<meta property="og:url" content="https://news.example.org/40">
<meta property="article:published_time" content="2026-01-29T10:15:00+02:00">
<script>var bodies = 1000;</script><style>p { color: red }</style></head>
<body><nav><a href="/">Головна</a> <a href="/sport">Спорт 99</a></nav>
<article><h1>Повернуто тіла 40 військових</h1>
<p>Росія повернула Україні тіла 40 військових, повідомив Координаційний штаб у четвер, 29 січня.</p>
<p>Україна передала Росії тіла 3 військових, повідомив речник. Посередником був Червоний Хрест, який надав машини.</p>
<ul><li>40 тіл до України</li><li>3 тіла до Росії</li></ul>
</article><footer>© 2019 Приклад. Усі права застережено.</footer></body></html>"""
MESSAGES = {
    "name": "Приклад штабу",
    "type": "public_channel",
    "messages": [
        {"id": 1, "type": "service", "date": "2026-01-01T00:00:00", "action": "create_channel", "text": ""},
        {"id": 2, "type": "message", "date": "2026-01-29T10:00:00", "text": WORDS},
        {"id": 3, "type": "message", "date": "2026-01-30T10:00:00", "photo": "a.jpg", "text": ""},
        {
            "id": 4,
            "type": "message",
            "date": "2026-01-31T10:00:00",
            "text": ["Додому ", {"type": "bold", "text": "5"}, " тіл."],
        },
    ],
}


def only(raw: bytes, **options: str) -> tuple[str, str | None, str | None, str | None, str]:
    """Returns body, source, publisher, day and language of the one document of a file."""
    [(_, document)] = open_bytes(raw, name="file", **options).documents
    return document.body, document.source, document.publisher, document.published, document.language


def refusal(raw: bytes) -> str:
    with pytest.raises(InputError) as caught:
        open_bytes(raw, name="file")
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8_u"])
def test_text__is_read_in_the_encodings_of_the_field(codec: str) -> None:
    assert only(WORDS.encode(codec)) == (WORDS, None, None, None, "uk")


@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
def test_text__of_the_west_keeps_its_words(codec: str) -> None:
    text = "The café in Zürich: Russia returned 40 bodies to Ukraine, said Mr Müller after the meeting in Genève."
    assert only(text.encode(codec))[0] == text


def test_text__keeps_its_headers() -> None:
    raw = b"Source: https://example.org/1\nPublished: 2026-01-30\n\nOne.\r\nTwo."
    assert only(raw) == ("One.\nTwo.", "https://example.org/1", None, "2026-01-30", "en")


def test_page__is_its_headline_and_article_without_menus_and_scripts() -> None:
    body, source, publisher, published, language = only(PAGE.encode())
    assert (source, publisher, published, language) == ("https://news.example.org/40", "Приклад", "2026-01-29", "uk")
    assert body.startswith("Повернуто тіла 40 військових")
    assert "передала Росії тіла 3 військових" in body
    assert "3 тіла до Росії" in body
    assert not any(word in body for word in ("1000", "color", "Спорт", "2019"))


def test_page__without_a_day_of_its_own_has_none() -> None:
    page = PAGE.replace('<meta property="article:published_time" content="2026-01-29T10:15:00+02:00">', "")
    assert only(page.encode())[3] is None


def test_page__in_another_encoding_is_read_as_it_says() -> None:
    assert "військових" in only(PAGE.replace("utf-8", "windows-1251").encode("cp1251"))[0]


def test_options__override_what_the_file_says() -> None:
    assert only(PAGE.encode(), published="2025-05-05", language="ru")[3:] == ("2025-05-05", "ru")


def test_messages__are_a_document_each_and_what_has_no_words_is_counted() -> None:
    opened = open_bytes(json.dumps(MESSAGES).encode(), name="result.json")
    assert [(name, each.published, each.publisher, each.body) for name, each in opened.documents] == [
        ("result.json#2", "2026-01-29", "Приклад штабу", WORDS),
        ("result.json#4", "2026-01-31", "Приклад штабу", "Додому 5 тіл."),
    ]
    assert opened.left_out == ("1 messages without words", "1 notes of Telegram itself")


def test_messages__of_a_whole_account_are_read_chat_by_chat() -> None:
    account = {"about": "", "chats": {"list": [MESSAGES, {**MESSAGES, "name": "Bob"}]}}
    opened = open_bytes(json.dumps(account).encode(), name="result.json")
    assert [each.publisher for _, each in opened.documents] == ["Приклад штабу"] * 2 + ["Bob"] * 2


def test_paper__joins_the_lines_of_its_pages(tmp_path: Path) -> None:
    [(_, document)] = open_file(paper(tmp_path)).documents
    assert document.published is None
    first, second = document.body.split("\n\n")[:2]
    assert first.startswith("Russia returned 1,000 bodies")
    assert first.endswith("said on Thursday.")
    assert "\n" not in first
    assert second.startswith("Ukraine handed over 38")


def paper(folder: Path) -> Path:
    """Returns a PDF of two paragraphs, set narrow so that their lines break."""
    import typst

    (folder / "a.typ").write_text(
        "#set page(width: 9cm, height: 12cm)\n"
        "Russia returned 1,000 bodies of Ukrainian servicemen to Ukraine, the Coordination Headquarters said on "
        "Thursday.\n\nUkraine handed over 38 bodies of Russian soldiers to Russia in exchange for these, it said.\n"
    )
    typst.compile(folder / "a.typ", output=folder / "a.pdf")
    return folder / "a.pdf"


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"", "no text"),
        (b" \n\t", "no text"),
        (b"Published: 2026-01-30\n\n", "no text"),
        (b"\x00\x01\x02\x03", "the control character 0"),
        (b"%PDF-1.4 broken", "a PDF that cannot be read"),
        (b'{"name": "a", "messages": [', "JSON that breaks off"),
        (b'{"name": "a"}', "a JSON object without messages"),
        (b'{"messages": [{"type": "message", "text": "a"}]}', "no date"),
        (b"<!DOCTYPE html><html><body></body></html>", "a page without a text"),
    ],
)
def test_what_holds_no_text__is_refused_in_one_line(raw: bytes, found: str) -> None:
    assert found in refusal(raw)


def test_text__that_begins_with_a_sign_of_another_form_stays_a_text() -> None:
    for text in ("<5 bodies> were returned.", "{sic} 5 bodies were returned."):
        assert only(text.encode())[0] == text


def test_folder__gives_its_files_in_order_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.txt", ".git/x", ".hidden"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert files_under(tmp_path) == [tmp_path / "a" / "c.txt", tmp_path / "b.txt"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="a folder without a file"):
        files_under(tmp_path / "empty")
