"""Who says so: which of several speakers a claim is given to, and how a text names them."""

import pytest
from tests.reader.steps import claims_of

from homeward.reader.attribution import nearest
from homeward.reader.clauses import Reporter

ALICE, BOB, CHARLIE = (Reporter(at, name, None, None) for at, name in ((2, "Alice"), (9, "Bob"), (20, "Charlie")))


@pytest.mark.parametrize(
    ("first", "last", "speaker"),
    [(4, 7, ALICE), (4, 8, BOB), (12, 15, BOB), (0, 0, ALICE), (21, 25, CHARLIE)],
    ids=["before", "inside", "the last before", "after", "at the end"],
)
def test_nearest__is_within_the_words_else_before_them_else_after(first: int, last: int, speaker: Reporter) -> None:
    assert nearest((ALICE, BOB, CHARLIE), first, last) is speaker


@pytest.mark.parametrize(
    "text",
    [
        'Umerov: "We received 40 bodies from Russia."',
        '"We received 40 bodies from Russia," Rustem Umerov said.',
        "Ukraine received 40 bodies from Russia, according to Umerov.",
    ],
)
def test_read__knows_an_official_however_the_text_names_him(text: str) -> None:
    [claim] = claims_of(text)
    assert (claim.speaker, claim.speaker_party, claim.giver, claim.receiver) == ("Rustem Umerov", "UKR", "RUS", "UKR")


def test_read__takes_he_for_whoever_spoke_last() -> None:
    claims = claims_of('"We received 40 bodies," Lubinets said. "Russia freed 3 prisoners," he said.')
    assert {claim.speaker for claim in claims} == {"Dmytro Lubinets"}
