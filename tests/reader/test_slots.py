"""Slots: what two providers that know nothing of each other say of one figure, held against each other."""

from dataclasses import replace

import pytest
from tests.reader.steps import terms_of

from homeward.reader.claims import Status, What
from homeward.reader.clauses import Clause, Frame, Mood, Passage, Patient, Polarity, Slot
from homeward.reader.figures import find_figures
from homeward.reader.gazetteer import load_gazetteer
from homeward.reader.groups import GroupKind
from homeward.reader.scene import Scene, count_parties
from homeward.reader.sentences import Sentence
from homeward.reader.slots import Finding, Memory, Unread, settle
from homeward.reader.topics import Topics
from homeward.reader.ways import Ways

TEXT = "Russia returned 40 bodies to Ukraine."
TERMS = terms_of(TEXT)
PASSAGE = Passage(0, Sentence(0, TEXT, 0), TERMS, find_figures(TERMS))
PATIENT = Patient(first=2, last=4, figure=0, amount=TERMS[2].amount, what=What.REMAINS, kind=GroupKind.REMAINS)
GRAMMAR = Clause(provider="grammar", frame=Frame.GIVE, patient=PATIENT, first=0, last=6, agent="RUS", recipient="UKR")
OTHER = replace(GRAMMAR, provider="other")


def settled(*told: list[Clause]) -> Finding:
    mentions = count_parties([TERMS])
    gazetteer = load_gazetteer()
    scene = Scene(gazetteer, gazetteer.conflict_of(mentions), mentions)
    [found] = settle(PASSAGE, told, Memory(Topics.of([PASSAGE]), Ways(scene)))
    return found


def test_settle__marks_every_slot_in_which_both_agree() -> None:
    found = settled([GRAMMAR], [OTHER])
    assert found.agreed == set(Slot)
    assert (found.differing, found.unread) == (set(), None)
    assert (found.what, found.direction, found.status) == (What.REMAINS, ("RUS", "UKR"), Status.CARRIED_OUT)


@pytest.mark.parametrize(
    ("other", "differing"),
    [
        (replace(OTHER, agent="UKR", recipient="RUS"), Slot.WAY),
        (replace(OTHER, mood=Mood.PLANNED), Slot.STATUS),
        (replace(OTHER, polarity=Polarity.DENIED), Slot.STATUS),
        (replace(OTHER, frame=Frame.HOLD), Slot.STATUS),
        (replace(OTHER, patient=replace(PATIENT, what=What.PRISONERS, kind=GroupKind.PRISONERS)), Slot.WHAT),
    ],
    ids=["direction", "plan", "denial", "held", "kind"],
)
def test_settle__marks_the_slot_in_which_they_differ(other: Clause, differing: Slot) -> None:
    assert differing in settled([GRAMMAR], [other]).differing


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ([[replace(GRAMMAR, recipient=None, patient=replace(PATIENT, nation="RUS"))]], Unread.WAYS_DIFFER),
        ([[replace(GRAMMAR, agent=None, recipient=None)]], Unread.NO_WAY),
        ([[replace(GRAMMAR, mood=Mood.UNREAL)]], Unread.UNREAL),
        ([[replace(GRAMMAR, mood=Mood.DISPUTED)]], Unread.DISPUTED),
        ([[GRAMMAR], [replace(OTHER, agent="UKR", recipient="RUS")]], Unread.READINGS_DIFFER),
        ([[GRAMMAR], [replace(OTHER, mood=Mood.UNREAL)]], Unread.READINGS_DIFFER),
        ([[], [replace(OTHER, agent=None)]], Unread.WEAK),
    ],
    ids=["own people", "no direction", "condition", "rumour", "opposite", "other doubts", "other alone"],
)
def test_settle__leaves_a_figure_unread_and_says_why(told: list[list[Clause]], why: Unread) -> None:
    assert settled(*told).unread is why


def test_settle__of_a_single_provider_is_a_finding_with_nothing_agreed() -> None:
    found = settled([GRAMMAR])
    assert (found.unread, found.agreed) == (None, set())
