"""A proposal that nothing stands against, and how one of its parts is changed."""

import copy
from typing import Any

from homeward.identification.case_files import rule_cases_from_object
from homeward.identification.rules import Judgement, judge

SETTINGS: dict[str, Any] = {"posterior": 0.9999, "list": 12_000, "share": 0.9, "budget": 0.5, "spent": 0.05}
CANDIDATE: dict[str, Any] = {"person": "P-1", "log10_lr": 11.0, "lowest_log10_lr": 10.4, "group": "F-1"}
PLAIN: dict[str, Any] = {
    "case": "plain",
    "individual": {"remains": ["R-1"], "recovered_on": "2026-01-29"},
    "candidates": [CANDIDATE],
    "proposal": ["P-1"],
    "people": {
        "recommends": "alice",
        "signs": ["bob", "dana"],
        "board": ["alice", "bob", "dana", "erin"],
        "second_factor": ["bob", "dana"],
    },
    "dossier": {"frozen": "h1", "signed": {"bob": "h1", "dana": "h1"}},
}
FINGERPRINTS = {"kind": "fingerprint", "person": "P-1", "finding": "match"}


def proposal(**parts: Any) -> dict[str, Any]:
    """The plain case with some parts replaced; a part that is an object is changed key by key."""
    case = copy.deepcopy(PLAIN)
    for key, value in parts.items():
        case[key] = {**case.get(key, {}), **value} if isinstance(value, dict) else value
    return case


def candidate(**fields: Any) -> dict[str, Any]:
    """The plain candidate with some fields replaced."""
    return {**CANDIDATE, **fields}


def judged(case: dict[str, Any], **settings: Any) -> Judgement:
    """What the rules say of a case as it would stand in a file."""
    given = rule_cases_from_object({"settings": {**SETTINGS, **settings}, "cases": [case]}, place="cases.json")
    return judge(given.cases[0])


def against(case: dict[str, Any], **settings: Any) -> tuple[list[str], list[str]]:
    """The codes against proposing, and those that stand against signing alone."""
    judgement = judged(case, **settings)
    proposing = list(judgement.against_proposing)
    return proposing, [code for code in judgement.against_signing if code not in proposing]
