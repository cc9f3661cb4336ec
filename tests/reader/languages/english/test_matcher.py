"""The shallow matcher of English: what single words beside a figure tell, without any grammar."""

import pytest
from tests.reader.steps import terms_of

from homeward.reader.claims import What
from homeward.reader.clauses import Clause, Frame, Mood, Passage, Polarity, Sharing
from homeward.reader.figures import find_figures
from homeward.reader.gazetteer import load_gazetteer
from homeward.reader.languages.english.matcher import Matcher
from homeward.reader.languages.registry import load_language
from homeward.reader.scene import Scene, count_parties
from homeward.reader.sentences import Sentence


def clauses(text: str) -> list[Clause]:
    terms = terms_of(text)
    mentions = count_parties([terms, terms_of("Ukraine and Russia")])
    gazetteer = load_gazetteer()
    scene = Scene(gazetteer, gazetteer.conflict_of(mentions), mentions)
    passage = Passage(0, Sentence(0, text, 0), terms, find_figures(terms))
    return list(Matcher(scene, load_language("en").lexicon).read(passage).clauses)


@pytest.mark.parametrize(
    ("text", "agent", "recipient", "source"),
    [
        ("Russia handed over 40 bodies to Ukraine.", "RUS", "UKR", None),
        ("Ukraine received 40 bodies from Russia.", "UKR", None, "RUS"),
        ("The bodies of 40 soldiers were returned by Russia.", "RUS", None, None),
        ("Ukraine was handed 40 bodies.", None, "UKR", None),
        ("The 40 bodies that Russia returned lie in Odesa.", "RUS", None, None),
    ],
)
def test_matcher__finds_who_gives_and_who_receives(text: str, agent: str, recipient: str, source: str) -> None:
    [clause] = clauses(text)
    assert (clause.agent, clause.recipient, clause.source) == (agent, recipient, source)
    assert clause.patient.what is What.REMAINS


@pytest.mark.parametrize(
    ("text", "mood", "polarity"),
    [
        ("Russia returned 40 bodies.", Mood.FACT, Polarity.AFFIRMED),
        ("Russia will return 40 bodies.", Mood.PLANNED, Polarity.AFFIRMED),
        ("Russia agreed to return 40 bodies.", Mood.AGREED, Polarity.AFFIRMED),
        ("Kyiv asked Russia to return 40 bodies.", Mood.DEMANDED, Polarity.AFFIRMED),
        ("Russia did not return 40 bodies.", Mood.FACT, Polarity.DENIED),
        ("Russia might return 40 bodies.", Mood.UNREAL, Polarity.AFFIRMED),
        ("If Russia returned 40 bodies, talks would resume.", Mood.UNREAL, Polarity.AFFIRMED),
        ("Did Russia return 40 bodies?", Mood.UNREAL, Polarity.AFFIRMED),
        ("Russia reportedly returned 40 bodies.", Mood.DISPUTED, Polarity.AFFIRMED),
        ("Kyiv denied that Russia returned 40 bodies.", Mood.FACT, Polarity.DENIED),
    ],
)
def test_matcher__sees_what_takes_certainty_away(text: str, mood: Mood, polarity: Polarity) -> None:
    [clause] = clauses(text)
    assert (clause.mood, clause.polarity) == (mood, polarity)


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("Russia holds 40 prisoners.", Frame.HOLD),
        ("Experts identified 40 bodies.", Frame.IDENTIFY),
        ("40 soldiers are missing.", Frame.MISS),
        ("A strike killed 40 soldiers.", Frame.KILL),
    ],
)
def test_matcher__tells_those_who_do_not_move(text: str, frame: Frame) -> None:
    assert [clause.frame for clause in clauses(text)] == [frame]


def test_matcher__tells_both_halves_of_as_many_for_as_many() -> None:
    found = clauses("Ukraine and Russia exchanged prisoners 40 for 40.")
    assert {(clause.agent, clause.recipient, clause.half) for clause in found} == {("RUS", "UKR", 2), ("UKR", "RUS", 1)}
    assert {clause.sharing for clause in found} == {Sharing.PAIRED}


@pytest.mark.parametrize(
    "text", ["Russia gave 40 soldiers medals.", "Russia returned 40 tonnes.", "The list of 40 prisoners was read."]
)
def test_matcher__is_silent_where_the_figure_is_of_something_else(text: str) -> None:
    assert [clause for clause in clauses(text) if clause.frame.moves] == []
