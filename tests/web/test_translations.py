"""Every word of a screen comes from a catalogue, and every catalogue is whole and compiled."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.template.base import Lexer, TokenType
from django.test import Client
from django.utils import translation

from homeward.web.translating import LANGUAGES, catalogue_path, compiled, extracted, missing, read_catalogue
from homeward.wording.catalogue import languages

SOURCE = Path(__file__).resolve().parents[2] / "src" / "homeward"
TEMPLATES = sorted(SOURCE.rglob("*.html"))
CODE = sorted(path for path in SOURCE.rglob("*.py") if path.name in {"forms.py", "filters.py"} or "views" in path.name)
SAME_EVERYWHERE = {"Homeward", "SIMULATED", "PDF", "CSV", "JSON", "A", "E", "R"}  # names, marks and keys
READ_ALOUD = {"aria-label", "title", "placeholder", "alt"}
TOLD_BY_CALLS = {"label", "help_text", "empty_label", "message", "title"}
TOLD_BY_POSITION = {"ValidationError": 0, "add_error": 1, "error": 1, "success": 1, "info": 1, "warning": 1}


class Words(HTMLParser):
    """Gathers what a page says itself: text, and the attributes that are shown or read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said += [value or "" for name, value in attrs if name in READ_ALOUD]


def hard_coded(template: str) -> list[str]:
    """Returns the words of a template that stand outside every tag of it."""
    kept: list[str] = []
    inside = False
    for token in Lexer(template).tokenize():
        if token.token_type is TokenType.BLOCK and token.contents.startswith("blocktrans"):
            inside = True
        elif token.token_type is TokenType.BLOCK and token.contents.startswith("endblocktrans"):
            inside = False
        elif token.token_type is TokenType.TEXT and not inside:
            kept.append(token.contents)
        else:
            kept.append(" ")
    words = Words()
    words.feed("".join(kept))
    found = (word for said in words.said for word in re.findall(r"[^\W\d_]+", said))
    return [word for word in found if word not in SAME_EVERYWHERE]


def literals(tree: ast.AST) -> Iterator[str]:
    """Yields the texts that forms and views show without asking a catalogue."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        told = [keyword.value for keyword in call.keywords if keyword.arg in TOLD_BY_CALLS]
        place = TOLD_BY_POSITION.get(name)
        told += call.args[place : place + 1] if place is not None else []
        yield from (one.value for one in told if isinstance(one, ast.Constant) and isinstance(one.value, str))
        yield from ("an f-string" for one in told if isinstance(one, ast.JoinedStr))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_template__says_nothing_that_no_catalogue_knows(path: Path) -> None:
    assert hard_coded(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(SOURCE)))
def test_forms_and_views__say_nothing_that_no_catalogue_knows(path: Path) -> None:
    assert list(literals(ast.parse(path.read_text(encoding="utf-8")))) == []


def test_hard_coded__finds_text_and_labels() -> None:
    page = '<p title="{{ x }} hint">{% translate "Told" %} and {% blocktranslate %}more{% endblocktranslate %} 5 kg</p>'
    assert hard_coded(page) == ["hint", "and", "kg"]


def test_literals__finds_labels_and_errors() -> None:
    code = 'forms.CharField(label="Name"); raise ValidationError("No."); form.add_error(None, f"{x}"); _("Yes")'
    assert list(literals(ast.parse(code.replace("; raise", "\nraise").replace("; ", "\n")))) == [
        "Name",
        "No.",
        "an f-string",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue__has_a_translation_of_every_message(language: str) -> None:
    assert missing(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue__fills_the_slots_of_english(language: str) -> None:
    wrong = []
    for message in read_catalogue(language):
        asked = set(re.findall(r"%\(\w+\)[sd]", str(message.id)))
        told = [message.string] if isinstance(message.string, str) else list(message.string)
        wrong += [text for text in told if set(re.findall(r"%\(\w+\)[sd]", text)) != asked]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogue__is_current(language: str) -> None:
    current = catalogue_path(language).with_suffix(".mo").read_bytes() == compiled(language)
    assert current, "run python -m homeward.web.translating compile"


def test_extracted__knows_templates_plurals_contexts_and_code() -> None:
    found = extracted()
    assert found.get("Skip to the content") is not None
    assert found.get("%(n)s claim") is not None
    assert found.get("On", "next page") is not None
    assert found.get("Journal") is not None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accepted", "language", "word"),
    [
        ("uk,en;q=0.5", "uk", "Обміни"),
        ("ru-RU", "ru", "Обмены"),
        ("de,en;q=0.5", "en", "Exchanges"),
        ("de", "en", "Exchanges"),
    ],
)
def test_visitor__is_answered_in_the_language_that_the_browser_accepts(
    client: Client, accepted: str, language: str, word: str
) -> None:
    response = client.get("/exchanges/", headers={"accept-language": accepted})
    assert f'<html lang="{language}">' in response.content.decode()
    assert f'<h1 class="serif">{word}</h1>' in response.content.decode()
    assert response["Content-Language"] == language
    assert "Accept-Language" in response["Vary"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_libraries__speak_the_language_too(language: str) -> None:
    with translation.override(language):
        assert translation.gettext("This field is required.") != "This field is required."


def test_every_language_of_the_site__has_both_catalogues() -> None:
    assert [code for code, _ in settings.LANGUAGES] == ["en", *LANGUAGES]
    assert set(languages()) == {"en", *LANGUAGES}
