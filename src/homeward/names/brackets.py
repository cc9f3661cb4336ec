"""What stands in brackets or quotation marks: a part of the name that is missing outside, or something beside it."""

import re
from dataclasses import dataclass

from homeward.names.asides import Aside, AsideKind, is_given_text, is_patronymic_text, suffix_meaning, words_in
from homeward.names.ranks import is_rank

__all__ = ["Opened", "open_brackets"]

_GROUP = re.compile(
    r"[(\[](?P<bracket>[^)\]]*)[)\]]|[«\"“„‹](?P<quote>[^»\"”“›]+)[»\"”“›]|(?<!\w)'(?P<single>[^']{2,})'(?!\w)"
)
_AGE = re.compile(r"\d+\s*(?:рок|літ|лет|год|р\.|г\.|years|y\.)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Opened:
    """A text without brackets and quotes, what was set aside, and the text with the other surname that they gave."""

    text: str
    asides: tuple[Aside, ...]
    other: str | None = None


def open_brackets(text: str) -> Opened:
    """Returns the text with names taken out of their brackets and quotes, and everything else set aside.

    >>> open_brackets("Коваль (Іван) Петрович").text, open_brackets("Олег «Сокіл» Коваль").text
    ('Коваль Іван Петрович', 'Олег Коваль')
    """
    asides: list[Aside] = []
    other: str | None = None
    while found := _GROUP.search(text):
        inner = next(group for group in found.groups() if group is not None).strip(" ,;")
        before, after = text[: found.start()], text[found.end() :]
        if inner and _is_part(inner, _GROUP.sub(" ", before + " " + after), bracket=found["bracket"] is not None):
            text = f"{before}{' ' if before else ''}{inner} {after}"
            continue
        if inner:
            kind = _kind(inner, bracket=found["bracket"] is not None)
            asides.append(Aside(kind, inner))
            if kind is AsideKind.REMARK:
                other = _with_other_surname(before, inner, after) or other
        text = f"{before} , {after}" if found.group().lstrip().startswith(",") else f"{before} {after}"
    return Opened(" ".join(text.split()).strip(), tuple(asides), other)


def _kind(inner: str, *, bracket: bool) -> AsideKind:
    if suffix_meaning(inner):
        return AsideKind.SUFFIX
    if is_rank(inner) and not _is_letter(inner):
        return AsideKind.RANK
    return AsideKind.REMARK if bracket else AsideKind.CALL_SIGN


def _is_part(inner: str, outside: str, *, bracket: bool) -> bool:
    """Whether the words in brackets or quotes are what the name outside lacks."""
    if suffix_meaning(inner) or (is_rank(inner) and not _is_letter(inner)) or _AGE.search(inner):
        return False
    words, rest = words_in(inner), [w for w in words_in(outside) if not w.islower() or outside.islower()]
    rest = [w for w in rest if not is_rank(w) or is_given_text(w)]
    if not words or any(c.isdigit() for c in inner):
        # A date stays in its place, where it is known for one.
        return bool(re.fullmatch(r"[\d./-]{4,10}\D{0,6}", inner))
    if inner.islower() and not outside.islower():
        return False
    if not rest:
        return len(words) > 1 or bracket
    given = any(is_given_text(w) or _is_initial(w) for w in rest)
    if all(is_given_text(w) or is_patronymic_text(w) or _is_initial(w) for w in words):
        if not given:
            return True
        patronymic = any(is_patronymic_text(w) for w in rest) or sum(map(_is_initial, rest)) > 1
        return len(words) == 1 and (is_patronymic_text(inner) or _is_initial(inner)) and not patronymic
    # Three words are a whole name, though one may look like a patronymic: Сич Андрій Ігорович «Кіт».
    surname = len(rest) > 2 or any(
        not is_given_text(w) and not is_patronymic_text(w) and not _is_initial(w) for w in rest
    )
    return not surname and len(words) <= 2


def _is_letter(text: str) -> bool:
    return len(text.rstrip(".")) == 1


def _is_initial(word: str) -> bool:
    return word.endswith(".") or len(word) == 1


def _with_other_surname(before: str, inner: str, after: str) -> str | None:
    """Returns the name with the surname in brackets instead of the one before: Петренко (Іваненко) Ольга."""
    words = before.split()
    if not words or len(words_in(inner)) != 1 or not inner[:1].isupper():
        return None
    if any(is_given_text(w) or is_patronymic_text(w) for w in (inner, words[-1])):
        return None
    return " ".join([*words[:-1], inner, after.strip()]).strip()
