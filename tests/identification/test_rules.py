"""The rules, sentence by sentence: what breaks each one, what does not, what it blocks."""

import pytest
from tests.identification.proposals import FINGERPRINTS, PLAIN, against, candidate, judged, proposal

from homeward.identification.rules import RULES, Blocks
from homeward.identification.sentences import Language, sentences

NOTHING: tuple[list[str], list[str]] = ([], [])
OTHER_PRIMARIES = ("fingerprint", "dental", "implant_serial")


def with_candidate(**fields):
    return proposal(candidates=[candidate(**fields)])


def with_individual(**fields):
    return proposal(individual=fields)


def with_item(**fields):
    return proposal(evidence=[{"person": "P-1", **fields}])


def with_people(**fields):
    return proposal(people=fields)


def by_fingerprints(case):
    return {**case, "evidence": [*case.get("evidence", []), FINGERPRINTS]}


# One change of the plain proposal for each rule: the code, what it blocks, the case, settings that differ.
BREAKS_ONE_RULE = [
    ("no_primary", "P", with_candidate(log10_lr=None), {}),
    ("no_primary", "P", with_individual(profile="none"), {}),
    ("no_primary", "P", proposal(candidates=[]), {}),
    ("below_threshold", "P", with_candidate(log10_lr=8.12, lowest_log10_lr=8.12), {}),
    ("alive", "P", with_candidate(alive="confirmed"), {}),
    ("alive", "P", with_candidate(last_alive="2026-01-30"), {}),
    ("alive_not_cleared", "S", with_candidate(alive="indicated"), {}),
    ("alive_not_cleared", "S", with_candidate(alive="not_asked"), {}),
    ("person_decided", "P", with_candidate(decided="D-7"), {}),
    ("remains_disagree", "P", with_individual(remains=["R-1", "R-2"], consistent="no"), {}),
    ("remains_untested", "S", with_individual(remains=["R-1", "R-2"], consistent="untested"), {}),
    ("profile_not_current", "P", with_individual(profile="superseded"), {}),
    ("profile_not_current", "P", with_individual(profile="held"), {}),
    ("not_human", "P", with_individual(human="no"), {}),
    ("not_human", "P", with_individual(human="undetermined"), {}),
    ("search_not_whole", "P", proposal(search={"persons": 11_999}), {}),
    ("search_not_whole", "P", proposal(search={"current": False}), {}),
    ("references_contradict", "P", with_candidate(references="contradict"), {}),
    ("references_untested", "S", with_candidate(references="untested"), {}),
    ("one_strand", "S", with_candidate(donors=1), {}),
    ("one_sample", "S", with_individual(samples=1), {}),
    ("registered_twice", "P", with_candidate(same_as=["P-2"]), {}),
    ("test_outstanding", "S", with_item(kind="dental", finding="outstanding"), {}),
    ("consent_ended", "P", with_candidate(consent="ended"), {}),
    ("brothers_open", "S", with_candidate(brothers="open"), {}),
    ("sensitivity", "S", with_candidate(lowest_log10_lr=7.1), {}),
    ("circumstances", "S", with_candidate(weight=1e-4), {}),
    ("budget", "S", PLAIN, {"spent": 0.6}),
    ("budget", "S", PLAIN, {"slip_rate": 0.46}),
    ("contradiction", "P", with_item(kind="medical", finding="contradicts"), {}),
    ("contradiction", "P", with_item(kind="mtdna", finding="contradicts"), {}),
    ("own_recommendation", "S", with_people(recommends="bob", signs=["bob", "dana", "erin"]), {}),
    ("not_board", "S", with_people(board=["bob", "dana"], signs=["bob", "dana", "frank"]), {}),
    ("two_signatures", "S", with_people(signs=["bob"]), {}),
    ("second_factor", "S", with_people(second_factor=["bob"]), {}),
    ("dossier_changed", "S", proposal(dossier={"frozen": "h2"}), {}),
    ("dissent_open", "S", with_people(dissent=[{"by": "erin", "text": "The teeth?"}]), {}),
]
ALSO = {"own_recommendation": ["second_factor", "dossier_changed"], "not_board": ["second_factor", "dossier_changed"]}


def test_plain_proposal__may_be_proposed_and_signed() -> None:
    assert against(PLAIN) == NOTHING


@pytest.mark.parametrize(("code", "blocks", "case", "changed"), BREAKS_ONE_RULE)
def test_rule__blocks_what_the_table_says_and_nothing_else_does(code, blocks, case, changed) -> None:
    proposing, signing = against(case, **changed)
    others = ALSO.get(code, [])  # a third signer brings neither a second factor nor a hash in these cases
    assert proposing == ([code] if blocks == "P" else [])
    assert [other for other in signing if other not in others] == ([code] if blocks == "S" else [])


def test_rules__are_broken_by_some_case_each() -> None:
    # not_told_apart needs two candidates and stands below.
    assert {code for code, *_ in BREAKS_ONE_RULE} | {"not_told_apart"} == {rule.code for rule in RULES}


@pytest.mark.parametrize("code", [case[0] for case in BREAKS_ONE_RULE])
def test_rules__block_in_the_table_what_they_block_in_the_answer(code) -> None:
    (rule,) = [rule for rule in RULES if rule.code == code]
    assert rule.blocks in Blocks
    assert rule.source


def test_signing__needs_all_that_proposing_needs() -> None:
    case = proposal(candidates=[candidate(log10_lr=3.0, lowest_log10_lr=3.0, donors=1)])
    judgement = judged(case)
    assert judgement.against_proposing == ("below_threshold",)
    assert judgement.against_signing == ("below_threshold", "one_strand")
    assert judgement.as_json()["sign"] == {"allowed": False, "because": ["below_threshold", "one_strand"]}


def test_codes__come_in_the_order_of_the_table() -> None:
    case = proposal(
        candidates=[candidate(log10_lr=2.0, donors=1, alive="confirmed", consent="ended", brothers="open")],
        individual={"human": "no", "samples": 1, "profile": "held"},
        people={"signs": []},
    )
    judgement = judged(case)
    order = [rule.code for rule in RULES]
    assert list(judgement.against_signing) == sorted(judgement.against_signing, key=order.index)
    assert list(judgement.against_proposing) == [
        *("below_threshold", "alive", "profile_not_current", "not_human", "consent_ended")
    ]


# By DNA


WEIGHS_DNA = [case for case in BREAKS_ONE_RULE if next(rule for rule in RULES if rule.code == case[0]).weighs_dna]


@pytest.mark.parametrize(("code", "blocks", "case", "changed"), WEIGHS_DNA)
@pytest.mark.parametrize("kind", OTHER_PRIMARIES)
def test_another_primary_that_matches__lifts_what_weighs_dna(kind, code, blocks, case, changed) -> None:
    item = {"kind": kind, "person": "P-1", "finding": "match"}
    dna = {"kind": "dna", "person": "P-1", "finding": "inconclusive"}  # says what became of a ratio that is null
    assert against({**case, "evidence": [item, dna]}, **changed) == NOTHING


@pytest.mark.parametrize(
    "item",
    [
        {"kind": "fingerprint", "person": "P-1", "finding": "consistent"},
        {"kind": "fingerprint", "person": "P-2", "finding": "match"},
        {"kind": "fingerprint", "finding": "match"},
        {"kind": "dna", "person": "P-1", "finding": "match"},
        {"kind": "medical", "person": "P-1", "finding": "match"},
        {"kind": "visual", "person": "P-1", "finding": "match"},
        {"kind": "effects", "person": "P-1", "finding": "match"},
        {"kind": "y_str", "person": "P-1", "finding": "match"},
    ],
)
def test_nothing_but_a_match_of_another_primary_of_that_person__lifts_the_threshold(item) -> None:
    case = proposal(candidates=[candidate(log10_lr=3.0, lowest_log10_lr=3.0)], evidence=[item])
    assert against(case) == (["below_threshold"], [])


def test_nothing_is_weighed__where_the_other_primary_stands_beside_no_profile() -> None:
    case = by_fingerprints(proposal(candidates=[candidate(log10_lr=None)], individual={"profile": "none"}))
    assert against(case) == NOTHING


def test_two_proposed__are_by_dna_unless_another_primary_matches_each() -> None:
    brothers = [
        candidate(log10_lr=3.0, lowest_log10_lr=3.0),
        candidate(person="P-2", log10_lr=3.0, lowest_log10_lr=3.0),
    ]
    both = [FINGERPRINTS, {**FINGERPRINTS, "person": "P-2"}]
    case = proposal(candidates=brothers, proposal=["P-1", "P-2"])
    assert against({**case, "evidence": both[:1]}) == (["below_threshold"], [])
    assert against({**case, "evidence": both}) == NOTHING


# The threshold


def brothers(*log10_lrs, **fields):
    return [
        candidate(person=f"P-{n}", log10_lr=lr, lowest_log10_lr=lr, brothers="listed", **fields)
        for n, lr in enumerate(log10_lrs, start=1)
    ]


def test_family_that_reaches_it__is_not_told_apart_instead_of_below() -> None:
    assert against(proposal(candidates=brothers(11.0, 11.0))) == (["not_told_apart"], [])


def test_family_that_does_not_reach_it_either__is_below() -> None:
    assert against(proposal(candidates=brothers(7.0, 7.0))) == (["below_threshold"], [])


def test_candidates_of_another_family_or_none__are_nobodys_brothers() -> None:
    first, second = brothers(11.0, 11.0)
    assert against(proposal(candidates=[first, {**second, "group": "F-2"}])) == (["below_threshold"], [])
    without = [{**each, "group": None} for each in (first, second)]
    assert against(proposal(candidates=without)) == (["below_threshold"], [])


def test_one_of_these_two__is_weighed_together() -> None:
    case = proposal(candidates=brothers(11.0, 11.0), proposal=["P-1", "P-2"])
    assert against(case) == NOTHING
    assert judged(case).posterior.together(["P-1", "P-2"]) > 0.9999


def test_two_of_three_brothers__are_not_told_apart_from_the_third() -> None:
    case = proposal(candidates=brothers(11.0, 11.0, 11.0), proposal=["P-1", "P-2"])
    assert against(case) == (["not_told_apart"], [])


def test_two_entries_of_one_person__count_together_and_block_as_registered_twice() -> None:
    halves = [
        candidate(same_as=["P-2"], group="F-1"),
        candidate(person="P-2", same_as=["P-1"], group="F-2"),
    ]
    assert against(proposal(candidates=halves)) == (["registered_twice"], [])
    assert against(by_fingerprints(proposal(candidates=halves))) == (["registered_twice"], [])


def test_duplicate_that_only_the_other_entry_names__counts_as_well() -> None:
    halves = [candidate(), candidate(person="P-2", same_as=["P-1"])]
    assert against(proposal(candidates=halves)) == (["registered_twice"], [])


def test_duplicate_in_another_family__counts_when_the_family_is_asked() -> None:
    own, brother, duplicate = brothers(11.0, 11.0, 11.0)
    file = [{**own, "same_as": ["P-3"]}, brother, {**duplicate, "group": "F-2"}]
    assert against(proposal(candidates=file)) == (["not_told_apart", "registered_twice"], [])


def test_duplicate_of_a_person_who_is_not_proposed__is_nothing_here() -> None:
    others = [candidate(), candidate(person="P-2", log10_lr=1.0, lowest_log10_lr=1.0, same_as=["P-3"])]
    assert against(proposal(candidates=others)) == NOTHING


def test_two_duplicates_that_do_not_reach_it_together__are_below_too() -> None:
    halves = [candidate(log10_lr=6.0, same_as=["P-2"]), candidate(person="P-2", log10_lr=6.0, same_as=["P-1"])]
    assert against(proposal(candidates=halves)) == (["below_threshold", "registered_twice"], [])


def test_case__may_have_its_own_list_share_and_posterior() -> None:
    close = [candidate(log10_lr=8.12, lowest_log10_lr=8.12)]
    assert against(proposal(candidates=close)) == (["below_threshold"], [])
    assert against(proposal(candidates=close, list=1_000)) == NOTHING
    assert against(proposal(candidates=close, posterior=0.999)) == NOTHING
    assert against(proposal(candidates=close, share=0.99)) == NOTHING
    assert against(proposal(candidates=[candidate()], list=70_000)) == NOTHING
    assert against(proposal(search={"persons": 12_000}, list=70_000)) == (["search_not_whole"], [])


def test_sensitivity__takes_the_lowest_ratio_of_every_candidate() -> None:
    rival = candidate(person="P-2", group=None, log10_lr=5.0, lowest_log10_lr=5.0)
    assert against(proposal(candidates=[candidate(), rival])) == NOTHING
    low = candidate(lowest_log10_lr=7.9)
    assert against(proposal(candidates=[low])) == NOTHING
    assert against(proposal(candidates=[low, rival])) == ([], ["sensitivity"])
    assert against(proposal(candidates=[low, {**rival, "lowest_log10_lr": 1.0}])) == NOTHING


def test_sensitivity__takes_the_ratio_itself_where_no_lowest_is_given() -> None:
    only = candidate()
    del only["lowest_log10_lr"]
    assert against(proposal(candidates=[only])) == NOTHING
    assert against(proposal(candidates=[{**only, "lowest_log10_lr": None}])) == ([], ["sensitivity"])


def test_sensitivity__has_a_threshold_of_its_own() -> None:
    case = proposal(candidates=[candidate(lowest_log10_lr=7.9)])
    assert against(case, sensitivity=0.9999) == ([], ["sensitivity"])


def test_circumstances__hold_back_and_never_lift() -> None:
    assert against(proposal(candidates=[candidate(log10_lr=8.0, lowest_log10_lr=8.0, weight=1e6)])) == (
        ["below_threshold"],
        [],
    )
    rival = candidate(person="P-2", group=None, log10_lr=6.0, lowest_log10_lr=6.0, weight=1000.0)
    assert against(proposal(candidates=[candidate(), {**rival, "weight": 1}])) == NOTHING
    assert against(proposal(candidates=[candidate(), rival])) == ([], ["circumstances"])


def test_below_the_threshold__nothing_that_comes_after_it_is_asked() -> None:
    low = candidate(log10_lr=6.0, lowest_log10_lr=1.0, weight=1e-6)
    assert against(proposal(candidates=[low]), spent=0.6) == (["below_threshold"], [])
    assert against(proposal(candidates=[{**low, "log10_lr": None}]), spent=0.6) == (["no_primary"], [])


def test_budget__counts_what_is_spent_this_name_and_slips() -> None:
    exact = 1 - judged(PLAIN).posterior.persons["P-1"]
    assert against(PLAIN, spent=0.5 - 2 * exact) == NOTHING
    assert against(PLAIN, spent=0.5) == ([], ["budget"])
    assert against(PLAIN, spent=0.3, slip_rate=0.21) == ([], ["budget"])
    assert against(PLAIN, spent=0.3, slip_rate=0.19) == NOTHING


def test_exact_sum_of_the_rest__replaces_one_for_each() -> None:
    case = proposal(candidates=[candidate(log10_lr=8.12, lowest_log10_lr=8.12)])
    assert against({**case, "rest_sum": 20.0}) == NOTHING
    assert against({**case, "rest_sum": 1e6}) == (["below_threshold"], [])


# Donors, samples, search


def test_one_donor__may_be_signed_when_sampled_again() -> None:
    assert against(with_candidate(donors=1, resampled=True)) == NOTHING


def test_references_untested__matter_with_two_donors_or_more() -> None:
    assert against(with_candidate(references="untested", donors=1, resampled=True)) == NOTHING
    assert against(with_candidate(references="untested", donors=3)) == ([], ["references_untested"])


def test_second_sample_before_release__does_not_hold_the_signature() -> None:
    assert against(with_individual(samples=1), second_sample="release") == NOTHING


def test_search__of_exactly_the_list_is_whole() -> None:
    assert against(proposal(search={"persons": 12_000, "current": True})) == NOTHING


def test_search__of_more_persons_than_the_list_is_whole() -> None:
    assert against(proposal(search={"persons": 12_001, "current": True})) == NOTHING


def test_untested__asks_for_two_remains() -> None:
    assert against(with_individual(consistent="untested")) == NOTHING


# Alive, brothers, evidence


@pytest.mark.parametrize("day", ["2026-01-29", "2026-01-28", "2025", "2025-12", None])
def test_seen_alive_no_later_than_recovery__is_no_sign_of_life(day) -> None:
    assert against(with_candidate(last_alive=day)) == NOTHING


@pytest.mark.parametrize("day", ["2026-01", "2026", "2026-02", "2027"])
def test_a_month_or_year_that_may_lie_after_recovery__blocks(day) -> None:
    assert against(with_candidate(last_alive=day)) == (["alive"], [])


def test_open_brothers__matter_for_one_person_by_dna() -> None:
    assert against(by_fingerprints(with_candidate(brothers="open"))) == NOTHING
    both = [candidate(brothers="open"), candidate(person="P-2", brothers="open")]
    assert against(proposal(candidates=both, proposal=["P-1", "P-2"])) == NOTHING
    assert against(with_candidate(brothers="accounted")) == NOTHING


def test_what_is_said_of_one_proposed_person__holds_the_proposal() -> None:
    both = [candidate(), candidate(person="P-2", alive="confirmed", consent="ended", decided="D-1")]
    proposing, _ = against(proposal(candidates=both, proposal=["P-1", "P-2"]))
    assert proposing == ["alive", "person_decided", "consent_ended"]


def test_what_is_said_of_a_candidate_who_is_not_proposed__holds_nothing() -> None:
    other = candidate(
        person="P-2",
        group="F-2",
        log10_lr=1.0,
        lowest_log10_lr=1.0,
        alive="confirmed",
        consent="ended",
        decided="D-1",
        references="contradict",
        donors=1,
        brothers="open",
    )
    items = [{"kind": "dental", "person": "P-2", "finding": finding} for finding in ("contradicts", "outstanding")]
    assert against(proposal(candidates=[candidate(), other], evidence=items)) == NOTHING


def test_doubt_about_nobody_in_particular__concerns_whoever_is_proposed() -> None:
    case = proposal(evidence=[{"kind": "circumstances", "finding": "contradicts"}])
    assert against(case) == (["contradiction"], [])


EXPLAINED = {"kind": "medical", "finding": "explained", "reason": "the operation was later", "second": "dana"}


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"reason": None}, ["contradiction"]),
        ({"reason": "  "}, ["contradiction"]),
        ({"second": None}, ["contradiction"]),
        ({"second": ""}, ["contradiction"]),
        ({"second": "alice"}, ["contradiction"]),
    ],
)
def test_explained__needs_a_reason_and_a_second_person(change, codes) -> None:
    assert against(with_item(**{**EXPLAINED, **change})) == (codes, [])


@pytest.mark.parametrize(
    ("log10_lr", "individual", "dna", "codes"),
    [
        (-2.0, {}, None, []),
        (-2.01, {}, None, ["contradiction"]),
        (None, {}, None, ["contradiction"]),
        (None, {"profile": "none"}, None, []),
        (None, {}, "inconclusive", []),
        (None, {}, "contradicts", ["contradiction"]),
        (-5.0, {}, "match", ["contradiction"]),
        (-5.0, {}, "inconclusive", ["contradiction"]),
        (-5.0, {"profile": "none"}, None, ["contradiction"]),
        (5.0, {}, None, []),
    ],
)
def test_dna_against_fingerprints__is_a_contradiction(log10_lr, individual, dna, codes) -> None:
    case = proposal(candidates=[candidate(log10_lr=log10_lr)], individual=individual, evidence=[FINGERPRINTS])
    if dna:
        case["evidence"].append({"kind": "dna", "person": "P-1", "finding": dna})
    assert against(case) == (codes, [])


@pytest.mark.parametrize("log10_lr", [-5.0, None])
def test_dna_against_fingerprints__may_be_explained_like_any_item(log10_lr) -> None:
    item = {"kind": "dna", "person": "P-1", "finding": "explained", "reason": "he was adopted", "second": "dana"}
    case = proposal(candidates=[candidate(log10_lr=log10_lr)], evidence=[FINGERPRINTS, item])
    assert against(case) == NOTHING
    assert against({**case, "evidence": [FINGERPRINTS, {**item, "second": "alice"}]}) == (["contradiction"], [])


def test_low_ratio_without_another_primary__is_below_the_threshold_only() -> None:
    assert against(with_candidate(log10_lr=-5.0, lowest_log10_lr=-5.0)) == (["below_threshold"], [])


# Signing


def test_recommender_among_three_signers__leaves_two_and_blocks() -> None:
    people = {"recommends": "alice", "signs": ["alice", "bob", "dana"], "second_factor": ["alice", "bob", "dana"]}
    case = proposal(people=people, dossier={"signed": {"alice": "h1", "bob": "h1", "dana": "h1"}})
    assert against(case) == ([], ["own_recommendation"])


def test_recommender_and_one_other__are_one_signature() -> None:
    case = proposal(people={"recommends": "bob"})
    assert against(case) == ([], ["own_recommendation", "two_signatures"])


def test_one_person_twice__is_one_signature() -> None:
    assert against(with_people(signs=["bob", "bob"])) == ([], ["two_signatures"])


def test_stranger_to_the_board__is_no_signature() -> None:
    assert against(with_people(board=["bob"])) == ([], ["not_board", "two_signatures"])


def test_nobody_signs_yet__asks_for_signatures_only() -> None:
    case = proposal()
    del case["people"], case["dossier"]
    assert against(case) == ([], ["two_signatures"])


def test_dossier__must_be_frozen_and_signed_by_each_with_its_hash() -> None:
    assert against(proposal(dossier={"frozen": None})) == ([], ["dossier_changed"])
    assert against(proposal(dossier={"signed": {"bob": "h1"}})) == ([], ["dossier_changed"])
    assert against(proposal(dossier={"signed": {"bob": "h1", "dana": "h0"}})) == ([], ["dossier_changed"])
    assert against(proposal(dossier={"signed": {"bob": "h1", "dana": "h1", "erin": "h0"}})) == NOTHING


def test_dissent__is_open_until_it_is_answered() -> None:
    answered = {"by": "erin", "text": "The teeth?", "answer": "Compared on 3 March; consistent."}
    assert against(with_people(dissent=[answered])) == NOTHING
    assert against(with_people(dissent=[answered, {**answered, "answer": " "}])) == ([], ["dissent_open"])


# Sentences


@pytest.mark.parametrize("language", Language)
def test_sentences__of_every_rule_in_every_language_and_of_no_other(language) -> None:
    told = sentences(language)
    assert sorted(told) == sorted(rule.code for rule in RULES)
    for each in told.values():
        assert each.refused.endswith(".")
        assert each.lifted_by.endswith(".")
        assert each.refused[0].isupper()
    alphabet = "абвгдежзийклмнопрстуфхцчшщьюяіїєґ" if language is not Language.ENGLISH else "abcdefghijklmnopqrstuvwxyz"
    assert all(set(each.refused.lower()) & set(alphabet) for each in told.values())


def test_sentences__of_ukrainian_and_russian_keep_to_their_letters() -> None:
    for language, foreign in ((Language.UKRAINIAN, "ыэъё"), (Language.RUSSIAN, "іїєґ")):
        text = "".join(each.refused + each.lifted_by for each in sentences(language).values()).lower()
        assert not set(text) & set(foreign)


def test_codes_of_the_table__are_unique() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES) == 29
