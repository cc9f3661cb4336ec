"""What the tests of the reader's steps share: the terms of a sentence, and the claims of a text in short."""

import sys
from types import FrameType
from typing import Any

from homeward.reader import Document, read
from homeward.reader.claims import Claim, Kind
from homeward.reader.dates import Calendar, fold_dates
from homeward.reader.languages.english.inflection import inflect
from homeward.reader.lexicon import load_lexicon
from homeward.reader.numbers import fold_numbers
from homeward.reader.terms import Term, find_terms, fold_institutions
from homeward.reader.tokens import tokenise

PUBLISHED = "2026-01-30"  # a Friday

Short = tuple[str | None, int | str | None, str | None, str | None, str]


def terms_of(text: str, published: str | None = PUBLISHED) -> list[Term]:
    found = fold_institutions(find_terms(tokenise(text), load_lexicon("en", inflect)))
    return fold_numbers(fold_dates(found, Calendar.of(published)))


def claims_of(text: str, published: str | None = PUBLISHED) -> list[Claim]:
    return [
        claim
        for claim in read(Document(body=text, published=published)).claims
        if claim.kind in {Kind.TRANSFER, Kind.COMMITMENT, Kind.ABSENCE}
    ]


def short(claim: Claim) -> Short:
    """Returns what, how many, from, to and status."""
    quantity = claim.quantity
    figure: int | str | None = None
    if quantity is not None:
        figure = quantity.low if quantity.low is not None else quantity.high
        figure = quantity.modifier.value if figure is None else figure
    return claim.what.value if claim.what else None, figure, claim.giver, claim.receiver, claim.status.value


def calls_to_read(body: str, language: str = "en") -> int:
    """Returns how many functions are called to read a text: its work, told by no clock of a busy machine."""
    n = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal n
        n += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read(Document(body=body, published=PUBLISHED, language=language))
    finally:
        sys.setprofile(before)
    return n
