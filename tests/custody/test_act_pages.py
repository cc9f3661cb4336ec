"""The act as a PDF: the JSON comes out of it as it went in, and the page shows what it says."""

from pathlib import Path

import pypdfium2
import pytest
from tests.custody.acts_made import an_act, whole

from homeward.custody.act_files import act_json
from homeward.custody.act_pages import LANGUAGES, _catalogue, act_pdf, page_to_sign
from homeward.custody.act_verification import verify_act
from homeward.custody.acts import Direction
from homeward.errors import InputError

PDF_WITH_ATTACHMENTS = """
#for (name, content) in json(bytes(sys.inputs.files)) { pdf.attach(name, bytes(content), description: name) }
"""


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def pdf_with(files: dict[str, str]) -> bytes:
    import json

    import typst

    return bytes(typst.compile(PDF_WITH_ATTACHMENTS.encode(), sys_inputs={"files": json.dumps(files)}, timestamp=1))


@pytest.mark.parametrize("direction", list(Direction))
def test_the_json_comes_out_of_the_pdf__as_it_went_in(tmp_path: Path, direction: Direction) -> None:
    raw = whole(an_act(direction))
    path = tmp_path / "act.pdf"
    path.write_bytes(act_pdf(raw, verify_act(raw, place="act.json")))
    assert act_json(path) == raw


def test_the_page__shows_the_act_in_two_languages_with_signature_lines() -> None:
    raw = whole(on_paper=True)
    text = text_of(act_pdf(raw, verify_act(raw, place="act.json"), languages=("uk", "en")))
    for shown in (
        *("Акт приймання-передачі / Handover act", "Передав / Handed over by", "Прийняв / Received by"),
        *("Bob, Alpha", "Alice, Beta", "Підпис / Signature", "M-1", "Ж-7", "мішка немає / no bag", "Border post"),
    ):
        assert shown in text


def test_the_same_act__gives_the_same_bytes() -> None:
    raw = whole()
    verified = verify_act(raw, place="act.json")
    assert act_pdf(raw, verified) == act_pdf(raw, verified)


def test_page_to_sign__has_lines_for_both_sides_and_holds_no_act(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(page_to_sign(an_act(), languages=("ru", "en")))
    text = text_of(path.read_bytes())
    assert text.count("Подпись / Signature") == 2
    assert "Alice" not in text
    with pytest.raises(InputError, match="a PDF without an act in it"):
        act_json(path)


def test_two_acts_in_one_pdf__are_refused_and_other_attachments_passed_over(tmp_path: Path) -> None:
    raw, path = whole(), tmp_path / "act.pdf"
    path.write_bytes(pdf_with({"letter.txt": "hello", "act.json": raw.decode()}))
    assert act_json(path) == raw
    path.write_bytes(pdf_with({"a.json": raw.decode(), "b.json": raw.decode()}))
    with pytest.raises(InputError, match="a PDF with 2 acts in it"):
        act_json(path)


def test_a_broken_pdf__is_no_act(tmp_path: Path) -> None:
    path = tmp_path / "act.pdf"
    path.write_bytes(b"%PDF-1.7 and nothing else")
    with pytest.raises(InputError, match="a PDF that cannot be read"):
        act_json(path)


def test_every_language__has_the_same_words() -> None:
    words = _catalogue()
    assert set(words) == set(LANGUAGES)
    assert {frozenset(words[language]) for language in LANGUAGES} == {frozenset(words["en"])}
    with pytest.raises(InputError, match="needed: en, uk, ru"):
        page_to_sign(an_act(), languages=("xx", "en"))
