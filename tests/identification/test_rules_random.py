"""Random proposals: what stands against a name never lets it through, and no name is signed by one person."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.identification.proposals import FINGERPRINTS, SETTINGS, candidate, judged, proposal

from homeward.identification.rules import RULES, Blocks

RATIOS = st.none() | st.sampled_from([-5.0, 3.0, 6.0, 8.12, 8.13, 9.0, 11.0, 20.0])
CANDIDATE = st.fixed_dictionaries(
    {"log10_lr": RATIOS},
    optional={
        "lowest_log10_lr": st.sampled_from([1.0, 7.5, 8.12, 20.0]),
        "weight": st.sampled_from([0.0, 0.01, 1.0, 100.0]),
        "group": st.sampled_from(["F-1", "F-2", None]),
        "donors": st.integers(0, 3),
        "resampled": st.booleans(),
        "references": st.sampled_from(["agree", "contradict", "untested"]),
        "consent": st.sampled_from(["yes", "ended"]),
        "alive": st.sampled_from(["no_sign", "indicated", "confirmed", "not_asked"]),
        "last_alive": st.sampled_from([None, "2025", "2026-02-01"]),
        "brothers": st.sampled_from(["none", "listed", "accounted", "open"]),
        "decided": st.sampled_from([None, "D-1"]),
    },
)
KINDS = ["dna", "fingerprint", "dental", "medical", "visual", "mtdna"]
ITEM = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(KINDS),
        "person": st.sampled_from(["P-1", "P-2"]),
        "finding": st.sampled_from(["match", "consistent", "contradicts", "explained", "inconclusive", "outstanding"]),
    },
    optional={"reason": st.sampled_from(["a scar", None]), "second": st.sampled_from(["alice", "dana", None])},
)
INDIVIDUAL = st.fixed_dictionaries(
    {},
    optional={
        "human": st.sampled_from(["yes", "no", "undetermined"]),
        "remains": st.sampled_from([["R-1"], ["R-1", "R-2"]]),
        "consistent": st.sampled_from(["yes", "no", "untested"]),
        "samples": st.integers(0, 2),
        "profile": st.sampled_from(["current", "superseded", "held", "none"]),
    },
)
NAMES = ["alice", "bob", "dana", "erin"]
TWO_WHO_MAY = {"recommends": "alice", "signs": ["bob", "dana"], "board": NAMES, "second_factor": NAMES}
PEOPLE = st.just(TWO_WHO_MAY) | st.fixed_dictionaries(
    {
        "recommends": st.sampled_from([*NAMES, None]),
        "signs": st.lists(st.sampled_from(NAMES), max_size=3),
        "board": st.lists(st.sampled_from(NAMES), max_size=4, unique=True),
        "second_factor": st.lists(st.sampled_from(NAMES), max_size=4, unique=True),
    }
)
SIGNED = st.just({"bob": "h1", "dana": "h1"}) | st.dictionaries(st.sampled_from(NAMES), st.sampled_from(["h1", "h2"]))


@st.composite
def proposals(draw: st.DrawFn) -> dict[str, Any]:
    """A proposal with one to three candidates, of whom one or two are proposed."""
    people = [f"P-{n}" for n in range(1, draw(st.integers(1, 3)) + 1)]
    named = draw(st.lists(st.sampled_from(people), min_size=1, max_size=2, unique=True))
    return proposal(
        candidates=[candidate(person=person, **draw(CANDIDATE)) for person in people],
        proposal=named,
        individual=draw(INDIVIDUAL),
        evidence=draw(st.lists(ITEM, max_size=3)),
        people=draw(PEOPLE),
        dossier={"frozen": "h1", "signed": draw(SIGNED)},
    )


def allowed(case: dict[str, Any]) -> tuple[bool, bool]:
    judgement = judged(case)
    return not judgement.against_proposing, not judgement.against_signing


def longer_list(case: dict[str, Any]) -> dict[str, Any]:
    return {**case, "list": 70_000}


def older_search(case: dict[str, Any]) -> dict[str, Any]:
    return {**case, "search": {"persons": 12_000, "current": False}}


def contradicting_item(case: dict[str, Any]) -> dict[str, Any]:
    item = {"kind": "medical", "person": case["proposal"][0], "finding": "contradicts"}
    return {**case, "evidence": [*case["evidence"], item]}


def contradicting_dna(case: dict[str, Any]) -> dict[str, Any]:
    item = {"kind": "dna", "person": case["proposal"][0], "finding": "contradicts"}
    return {**case, "evidence": [*case["evidence"], item]}


def outstanding_item(case: dict[str, Any]) -> dict[str, Any]:
    item = {"kind": "dental", "person": case["proposal"][0], "finding": "outstanding"}
    return {**case, "evidence": [*case["evidence"], item]}


def another_candidate(case: dict[str, Any]) -> dict[str, Any]:
    other = candidate(person="P-9", group="F-9", log10_lr=9.0, lowest_log10_lr=9.0)
    return {**case, "candidates": [*case["candidates"], other]}


def sign_of_life(case: dict[str, Any]) -> dict[str, Any]:
    first, *others = case["candidates"]
    return {**case, "candidates": [{**first, "alive": "confirmed"}, *others]}


def dissent(case: dict[str, Any]) -> dict[str, Any]:
    return {**case, "people": {**case["people"], "dissent": [{"by": "erin", "text": "The teeth?"}]}}


AGAINST = (
    longer_list,
    older_search,
    contradicting_item,
    contradicting_dna,
    outstanding_item,
    another_candidate,
    sign_of_life,
    dissent,
)


@settings(max_examples=120, deadline=None)
@given(proposals(), st.sampled_from(AGAINST))
def test_evidence_against_a_longer_list_an_older_search__never_unblock(case, change) -> None:
    before, after = allowed(case), allowed(change(case))
    assert after[0] <= before[0]
    assert after[1] <= before[1]


@settings(max_examples=120, deadline=None)
@given(proposals())
def test_what_may_be_signed__may_be_proposed_and_has_two_signers_on_one_hash(case) -> None:
    may_propose, may_sign = allowed(case)
    assert may_propose or not may_sign
    people = case["people"]
    others = set(people["signs"]) & set(people["board"]) - {people["recommends"]}
    one_hash = {case["dossier"]["signed"].get(signer) for signer in people["signs"]} == {"h1"}
    if may_sign:
        assert len(others) >= 2
        assert one_hash
        assert people["recommends"] not in people["signs"]
        assert set(people["signs"]) <= set(people["second_factor"])


@settings(max_examples=120, deadline=None)
@given(proposals())
def test_codes__keep_the_order_of_the_table_and_their_letter(case) -> None:
    judgement = judged(case)
    order = [rule.code for rule in RULES]
    letters = {rule.code: rule.blocks for rule in RULES}
    assert list(judgement.against_signing) == sorted(set(judgement.against_signing), key=order.index)
    assert judgement.against_proposing == tuple(
        code for code in judgement.against_signing if letters[code] is Blocks.PROPOSING
    )


@settings(max_examples=80, deadline=None)
@given(proposals(), st.sampled_from(["medical", "tattoo", "document", "effects", "visual", "circumstances", "y_str"]))
def test_secondary_and_lineage_evidence_for_a_name__never_unblocks(case, kind) -> None:
    item = {"kind": kind, "person": case["proposal"][0], "finding": "match"}
    assert judged({**case, "evidence": [*case["evidence"], item]}) == judged(case)


def test_strategies__reach_proposals_that_may_be_signed() -> None:
    case = proposal(evidence=[FINGERPRINTS], people=TWO_WHO_MAY, dossier={"signed": {"bob": "h1", "dana": "h1"}})
    assert allowed(case) == (True, True)
    for change in AGAINST[2:5] + AGAINST[6:]:
        assert allowed(change(case)) != (True, True)
    assert SETTINGS["list"] == 12_000
