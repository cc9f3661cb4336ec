"""Reading cases: strict, with the place; defaults as documented; what speaks for nobody is told."""

import copy

import pytest
from tests.identification.proposals import CANDIDATE, PLAIN, SETTINGS, proposal

from homeward.errors import InputError
from homeward.identification.case_files import rule_cases_from_object
from homeward.identification.posterior_cases import answer_posterior_case, posterior_cases_from_object

ONE = {"case": "A", "list": 100, "candidates": [{"person": "P-1", "log10_lr": 3.0}]}


def posteriors(*cases):
    return posterior_cases_from_object({"cases": list(cases)}, place="cases.json")


def rules(*cases, **settings):
    return rule_cases_from_object({"settings": {**SETTINGS, **settings}, "cases": list(cases)}, place="cases.json")


def test_posterior_case__without_candidates_is_answered_with_the_needed_ratio() -> None:
    (case,) = posteriors({"case": "A", "list": 1_000, "share": 0.5, "posterior": 0.999})
    assert answer_posterior_case(case).as_json() == {"case": "A", "needed_log10_lr": pytest.approx(6.300378282344099)}


def test_posterior_case__with_candidates_is_answered_with_and_without_circumstances() -> None:
    candidates = [{"person": "P-1", "log10_lr": 3.0, "weight": 10}, {"person": "P-2", "log10_lr": None}]
    (case,) = posteriors({"case": "A", "list": 100, "share": 0.5, "candidates": candidates})
    answer = answer_posterior_case(case).as_json()
    assert list(answer) == ["case", "posterior", "with_circumstances"]
    assert list(answer["posterior"]) == ["P-1", "P-2", "rest", "none"]
    # 0.5/100 for each of a hundred; with circumstances 0.5 * 10/109 for the first and 0.5/109 for the others
    assert answer["posterior"]["P-1"] == pytest.approx(5 / (5 + 0.005 * 98 + 0.5), rel=1e-14)
    weighed = 0.5 / 109
    assert answer["with_circumstances"]["P-1"] == pytest.approx(1e4 * weighed / (1e4 * weighed + 98 * weighed + 0.5))
    assert answer["with_circumstances"]["P-2"] == 0


def test_posterior_case__with_both_questions_gets_both_answers() -> None:
    (case,) = posteriors({**ONE, "posterior": 0.999})
    assert list(answer_posterior_case(case).as_json()) == ["case", "needed_log10_lr", "posterior", "with_circumstances"]


def test_posterior_case__with_no_candidate_on_the_list_is_the_share_and_the_rest() -> None:
    (case,) = posteriors({"case": "A", "list": 100, "share": 0.9, "candidates": []})
    assert answer_posterior_case(case).as_json()["posterior"] == pytest.approx({"rest": 0.9, "none": 0.1})


def test_note_and_format__are_ignored_everywhere() -> None:
    noted = {**ONE, "note": "n", "format": "f", "candidates": [{**ONE["candidates"][0], "note": "n"}]}
    value = {"note": "n", "format": "see the page", "cases": [noted]}
    assert posterior_cases_from_object(value, place="cases.json") == posteriors(ONE)
    plain = copy.deepcopy(PLAIN)
    for part in (plain, plain["individual"], plain["candidates"][0], plain["people"], plain["dossier"]):
        part["note"] = "a note"
    assert rules(plain).cases == rules(PLAIN).cases


@pytest.mark.parametrize(
    ("case", "found"),
    [
        ({**ONE, "lst": 3}, 'cases 1: found the key "lst"; needed: one of the keys case, list'),
        ({**ONE, "candidates": [{**CANDIDATE}]}, 'found the key "lowest_log10_lr"'),
        ({**ONE, "share": 0}, 'case "A", share: found 0'),
        ({**ONE, "share": 1.01}, 'case "A", share: found 1.01'),
        ({**ONE, "share": True}, "share: found true"),
        ({**ONE, "list": 0}, 'case "A", list: found 0'),
        ({**ONE, "list": 1.5}, "list: found 1.5"),
        ({**ONE, "list": "100"}, 'list: found "100"'),
        ({**ONE, "list": 10**400}, "list: found 1000"),
        ({**ONE, "list": 1, "candidates": [*ONE["candidates"], {"person": "P-2", "log10_lr": 1}]}, "list: found 1"),
        ({**ONE, "candidates": ONE["candidates"] * 2}, '"P-1" twice'),
        ({**ONE, "candidates": [{"person": "P-1"}]}, "candidates 1, log10_lr: found nothing"),
        ({**ONE, "candidates": [{"person": "P-1", "log10_lr": "3"}]}, 'log10_lr: found "3"'),
        ({**ONE, "candidates": [{"person": "P-1", "log10_lr": 10**400}]}, "log10_lr: found 1000"),
        ({**ONE, "candidates": [{"person": "P-1", "log10_lr": 3, "weight": -1}]}, "weight: found -1"),
        ({**ONE, "candidates": [{"person": "rest", "log10_lr": 3}]}, 'person: found "rest"'),
        ({**ONE, "candidates": [{"person": " ", "log10_lr": 3}]}, "person: found"),
        ({**ONE, "candidates": "P-1"}, 'candidates: found "P-1"'),
        ({**ONE, "rest_sum": -1}, "rest_sum: found -1"),
        ({**ONE, "list": 1, "rest_sum": 2}, "rest_sum: found 2"),
        ({"case": "A", "list": 100}, "neither of the two"),
        ({"case": "A", "list": 100, "group": 2}, "group: found 2"),
        ({"case": "A", "list": 100, "posterior": 0.9, "rest_sum": 2}, "rest_sum: found 2"),
        ({"case": "A", "list": 100, "posterior": 1}, "posterior: found 1"),
        ({"case": "A", "list": 100, "posterior": 0.9, "group": 0}, "group: found 0"),
        ({"case": "A", "list": 100, "posterior": 0.9, "group": 101}, 'case "A", list: found 100'),
        ({"case": "A", "list": 1, "share": 1, "posterior": 0.9}, "somebody else"),
        ({"case": "A", "list": 1, "share": 1, "candidates": [{"person": "P", "log10_lr": None}]}, "nobody whom"),
        ({"list": 100, "posterior": 0.9}, "cases 1, case: found nothing"),
    ],
)
def test_posterior_cases__refuse_what_is_wrong_with_its_place(case, found) -> None:
    with pytest.raises(InputError) as refusal:
        answer_posterior_case(*posteriors(case))
    assert found in str(refusal.value)
    assert str(refusal.value).startswith("cases.json, case")


def test_two_cases_of_one_name__are_refused() -> None:
    for reader in (lambda: posteriors(ONE, ONE), lambda: rules(PLAIN, PLAIN)):
        with pytest.raises(InputError, match="twice"):
            reader()


def changed(**fields):
    return proposal(candidates=[{**CANDIDATE, **fields}])


@pytest.mark.parametrize(
    ("case", "found"),
    [
        (proposal(propsal=["P-1"]), "did you mean proposal?"),
        (proposal(individual={"remain": ["R-1"]}), "did you mean remains?"),
        (proposal(individual={"human": "maybe"}), "one of yes, no, undetermined"),
        (proposal(individual={"consistent": "unknown"}), "one of yes, no, untested"),
        (proposal(individual={"profile": "currrent"}), "did you mean current?"),
        (proposal(individual={"samples": -1}), "samples: found -1"),
        (proposal(individual={"remains": []}), "remains: found []"),
        (proposal(individual={"remains": ["R-1", "R-1"]}), '"R-1" twice'),
        (proposal(individual={"recovered_on": "29.01.2026"}), "recovered_on"),
        (proposal(individual={"recovered_on": "2026-02-30"}), "recovered_on"),
        (proposal(search={"persons": -1}), "persons: found -1"),
        (proposal(search={"current": "yes"}), 'current: found "yes"'),
        (proposal(proposal=[]), "proposal: found []"),
        (proposal(proposal=["P-1", "P-1"]), '"P-1" twice'),
        (proposal(proposal="P-1"), 'proposal: found "P-1"'),
        (proposal(candidates=[CANDIDATE, CANDIDATE]), '"P-1" twice'),
        (proposal(list=1, candidates=[CANDIDATE, {**CANDIDATE, "person": "P-2"}]), "list: found 1"),
        (proposal(share=0), "share: found 0"),
        (proposal(posterior=1), "posterior: found 1"),
        (proposal(budget=1), 'the key "budget"'),
        (changed(donors=-1), "donors: found -1"),
        (changed(donors=1.5), "donors: found 1.5"),
        (changed(resampled=1), "resampled: found 1"),
        (changed(references="agrees"), "did you mean agree?"),
        (changed(consent="no"), "one of yes, ended"),
        (changed(alive="yes"), "one of no_sign, indicated, confirmed, not_asked"),
        (changed(brothers="some"), "one of none, listed, accounted, open"),
        (changed(last_alive="yesterday"), "last_alive"),
        (changed(same_as=["P-1"]), "same_as"),
        (changed(person="none"), 'person: found "none"'),
        (changed(decided=7), "decided: found 7"),
        (proposal(evidence=[{"kind": "fingerprints", "finding": "match"}]), "did you mean fingerprint?"),
        (proposal(evidence=[{"kind": "dna", "finding": "matches"}]), "did you mean match?"),
        (proposal(evidence=[{"kind": "dna"}]), "evidence 1, finding: found nothing"),
        (proposal(people={"signers": []}), 'the key "signers"'),
        (proposal(people={"signs": "bob"}), 'signs: found "bob"'),
        (proposal(people={"dissent": [{"text": "x"}]}), "dissent 1, by: found nothing"),
        (proposal(dossier={"signed": ["bob"]}), "signed"),
        (proposal(list=1, share=1, candidates=[{**CANDIDATE, "log10_lr": None}]), "nobody whom"),
    ],
)
def test_rule_cases__refuse_what_is_wrong_with_its_place(case, found) -> None:
    with pytest.raises(InputError) as refusal:
        rules(case)
    assert found in str(refusal.value)
    assert str(refusal.value).startswith("cases.json, case")


@pytest.mark.parametrize(
    ("changed_settings", "found"),
    [
        ({"list": None}, "settings, list: found null"),
        ({"sensitivity": 1.0}, "sensitivity: found 1.0"),
        ({"second_sample": "never"}, "one of sign, release"),
        ({"spent": -0.1}, "spent: found -0.1"),
        ({"slip_rate": 2}, "slip_rate: found 2"),
        ({"threshold": 0.9}, 'the key "threshold"'),
    ],
)
def test_settings__refuse_what_is_wrong(changed_settings, found) -> None:
    with pytest.raises(InputError) as refusal:
        rules(PLAIN, **changed_settings)
    assert found in str(refusal.value)


def test_defaults__are_those_of_the_page() -> None:
    case = {"case": "A", "individual": {"remains": ["R-1"]}, "proposal": ["P-1"], "candidates": [{"person": "P-1"}]}
    (read,) = rule_cases_from_object({"settings": {"list": 10}, "cases": [case]}, place="cases.json").cases
    told = {
        **{name: getattr(read.settings, name) for name in ("posterior", "share", "sensitivity", "budget", "slip_rate")},
        **{name: getattr(read.individual, name) for name in ("n_samples", "recovered_on")},
        **{name: getattr(read.candidates[0], name) for name in ("n_donors", "weight", "group", "same_as", "decided")},
    }
    assert told == {
        "posterior": 0.9999,
        "share": 0.5,
        "sensitivity": 0.999,
        "budget": 0.5,
        "slip_rate": 0.0,
        "n_samples": 2,
        "recovered_on": None,
        "n_donors": 2,
        "weight": 1.0,
        "group": None,
        "same_as": (),
        "decided": None,
    }
    words = [read.settings.second_sample, read.individual.human, read.individual.consistent, read.individual.profile]
    candidate = read.candidates[0]
    words += [candidate.references, candidate.consent, candidate.alive, candidate.brothers]
    assert [word.value for word in words] == ["sign", "yes", "yes", "current", "agree", "yes", "no_sign", "none"]


def test_what_speaks_for_nobody__is_told() -> None:
    item = {"kind": "dental", "person": "P1", "finding": "contradicts"}
    assert rules(proposal(evidence=[item])).notes == (
        'case "plain": 1 of the evidence concerns neither a candidate nor the proposal',
    )
    assert rules(proposal(candidates=[])).notes == ('case "plain": "P-1" is proposed and is no candidate',)
    assert rules(PLAIN).notes == ()


def test_rule_cases__note_a_proposal_across_families() -> None:
    candidates = [{"person": f"P-{n}", "log10_lr": 11.0, "group": f"F-{n}"} for n in (1, 2)]
    case = {"case": "A", "individual": {"remains": ["R-1"]}, "candidates": candidates, "proposal": ["P-1", "P-2"]}
    given = {"settings": {"list": 100, "share": 0.5, "posterior": 0.9}, "cases": [case]}
    notes = rule_cases_from_object(given, place="cases.json").notes
    assert notes == ('case "A": the proposal names persons of 2 families; it is meant for persons of one',)
    for candidate in candidates:
        candidate["group"] = "F-1"
    assert rule_cases_from_object(given, place="cases.json").notes == ()
