"""The catalogues of the screens: what stands in templates and code, merged into locale/*/django.po and compiled.

    python -m homeward.web.translating update     # after a sentence was added or changed; then translate what is empty
    python -m homeward.web.translating compile    # writes the .mo files that the site reads

Both use Babel alone, so nobody needs the tools of GNU gettext; the compiled files are part of the source.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

__all__ = ["LANGUAGES", "catalogue_path", "compiled", "extracted", "missing", "read_catalogue", "update"]

SOURCE = Path(__file__).resolve().parents[1]
LOCALE = Path(__file__).with_name("locale")
LANGUAGES = ("uk", "ru")
HEADER = "# The words of the screens. After a change: python -m homeward.web.translating update, then compile."
OF_LIBRARIES = ("Email",)  # messages of ours to be: their own catalogues leave them in English
KEYWORDS = ("_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "npgettext")


def catalogue_path(language: str) -> Path:
    """Returns where the catalogue of a language is kept."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read_catalogue(language: str) -> Catalog:
    """Returns the catalogue of a language as it is kept."""
    with catalogue_path(language).open("rb") as file:
        return read_po(file, locale=language)


def extracted() -> Catalog:
    """Returns every message of the templates and the code, with the files that say it."""
    found = Catalog(project="Homeward", charset="utf-8")
    for path in sorted(SOURCE.rglob("*.py")) + sorted(SOURCE.rglob("*.html")):
        place = str(path.relative_to(SOURCE))
        for message, context in _messages(path):
            found.add(message, context=context, locations=[(place, 0)])
    for text in OF_LIBRARIES:
        found.add(text, locations=[("allauth", 0)])
    return found


def missing(language: str) -> list[str]:
    """Returns the messages that have no translation: not in the catalogue, empty, or marked as doubtful."""
    kept = read_catalogue(language)
    return [
        str(message.id)
        for message in extracted()
        if message.id
        and not _is_told(kept.get(message.id if isinstance(message.id, str) else message.id[0], message.context))
    ]


def update(language: str) -> None:
    """Merges what stands in templates and code into the catalogue; what nobody says any more is dropped."""
    path = catalogue_path(language)
    kept = read_catalogue(language) if path.exists() else Catalog(locale=language)
    written = kept.creation_date
    kept.update(extracted(), no_fuzzy_matching=True)
    kept.obsolete.clear()
    kept.creation_date, kept.fuzzy, kept.header_comment = written, False, HEADER
    kept.project = kept.last_translator = kept.language_team = "Homeward"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, kept, omit_header=False, sort_by_file=True, include_lineno=False, width=118)


def compiled(language: str) -> bytes:
    """Returns the catalogue as the site reads it."""
    content = io.BytesIO()
    write_mo(content, read_catalogue(language))
    return content.getvalue()


def _is_told(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return bool(texts) and all(texts)


def _messages(path: Path) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    """Yields the messages that a file says, a plural as singular and plural, each with its context."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        # Django turns a template into calls of gettext and blots out the rest; its indentation means nothing.
        text = "\n".join(line.strip() for line in templatize(text, origin=path.name).splitlines())
    calls: Any = extract_python(io.BytesIO(text.encode()), dict.fromkeys(KEYWORDS), (), {"encoding": "utf-8"})
    for _, function, arguments, _ in calls:
        given = [arguments] if isinstance(arguments, str) else list(arguments or ())
        if not given or not given[0]:
            continue
        context = given.pop(0) if function.startswith(("pgettext", "npgettext")) else None
        is_plural = function.startswith("n") and len(given) > 1
        yield ((given[0], given[1]) if is_plural else given[0]), context


def main() -> None:
    """Does what the first argument says, for every language."""
    asked = sys.argv[1] if len(sys.argv) == 2 else ""
    if asked not in {"update", "compile"}:
        raise SystemExit(f'translating: found "{asked}"; needed: update or compile')
    for language in LANGUAGES:
        if asked == "update":
            update(language)
        else:
            catalogue_path(language).with_suffix(".mo").write_bytes(compiled(language))
        sys.stdout.write(f"{language}: {len(missing(language))} messages without a translation\n")


if __name__ == "__main__":
    main()
