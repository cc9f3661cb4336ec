"""The rules of identification: what blocks proposing a name, what blocks signing it, and whose experience says so.

Each rule is a value. Its sentence for the person who is refused, and what would lift it, stand in ``messages/``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from homeward.identification import conditions
from homeward.identification.cases import Case
from homeward.identification.posterior import Posterior
from homeward.identification.weighing import Weighing

__all__ = ["RULES", "Blocks", "Judgement", "Rule", "judge"]


class Blocks(Enum):
    """What a rule stands in the way of. Signing needs all that proposing needs."""

    PROPOSING = "P"
    SIGNING = "S"


@dataclass(frozen=True)
class Rule:
    """One rule: its code, what it blocks, whether it weighs DNA, the source, and the condition that breaks it.

    A rule that weighs DNA is asked only where some proposed person has no other primary identifier that matches.
    """

    code: str
    blocks: Blocks
    broken_by: Callable[[Weighing], bool]
    source: str
    weighs_dna: bool = False


@dataclass(frozen=True)
class Judgement:
    """What the rules say of one case: the posteriors, and the codes that block proposing and signing."""

    case: str
    posterior: Posterior
    against_proposing: tuple[str, ...]
    against_signing: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Returns the answer of `homeward identification rules` to one case."""
        return {
            "case": self.case,
            "posterior": self.posterior.as_json(),
            "propose": {"allowed": not self.against_proposing, "because": list(self.against_proposing)},
            "sign": {"allowed": not self.against_signing, "because": list(self.against_signing)},
        }


def judge(case: Case) -> Judgement:
    """Returns every code that stands against proposing and against signing, in the order of RULES."""
    weighing = Weighing(case)
    asked = [rule for rule in RULES if weighing.is_by_dna or not rule.weighs_dna]
    broken = [rule for rule in asked if rule.broken_by(weighing)]
    proposing = tuple(rule.code for rule in broken if rule.blocks is Blocks.PROPOSING)
    return Judgement(case.name, weighing.posterior, proposing, tuple(rule.code for rule in broken))


P, S = Blocks.PROPOSING, Blocks.SIGNING

DVI = "INTERPOL, Disaster Victim Identification Guide"
ISFG = "Prinz et al. 2007, DNA Commission of the ISFG, Forensic Sci. Int. Genet. 1, 3-12"
KOSOVO = "Kosovo, 1999-2000: bodies named by clothing and recognition alone"
CYPRUS = "Committee on Missing Persons in Cyprus, 2017: a second body showed that an earlier name was wrong"
WTC = "World Trade Center, 2001: an X-ray and a chain agreed with a fire-fighter, his DNA did not"
VOLYN = "Volyn, 2023-2026: buried under his name, then home from captivity"
BUDOWLE = "Budowle et al. 2011, Investigative Genetics 2, 3: sensitivity of kinship statistics to populations and theta"
YAK_42 = "Spanish soldiers of the Yak-42, 2003: signed in haste, 30 of 62 names wrong"
SIGNATURES = f"{DVI}: a board decides, not one examiner; {YAK_42}"

RULES: tuple[Rule, ...] = (
    Rule("no_primary", P, conditions.no_primary, f"{DVI}; {KOSOVO}", weighs_dna=True),
    Rule("below_threshold", P, conditions.below_threshold, ISFG, weighs_dna=True),
    Rule(
        "not_told_apart",
        P,
        conditions.not_told_apart,
        "Krusha, Kosovo: the coffins of brothers were exchanged; equal relatives leave each brother at one half",
        weighs_dna=True,
    ),
    Rule("contradiction", P, conditions.contradiction, f"{DVI}; {WTC}"),
    Rule("alive", P, conditions.alive, VOLYN),
    Rule("alive_not_cleared", S, conditions.alive_not_cleared, VOLYN),
    Rule("person_decided", P, conditions.person_decided, CYPRUS),
    Rule(
        "remains_disagree",
        P,
        conditions.remains_disagree,
        "Air India 171, 2025: remains of two people in one coffin",
    ),
    Rule(
        "remains_untested",
        S,
        conditions.remains_untested,
        "Air India 171, 2025: remains of two people in one coffin",
    ),
    Rule("profile_not_current", P, conditions.profile_not_current, f"{ISFG}; FBI frequencies, corrected in 2015"),
    Rule("not_human", P, conditions.not_human, f"{DVI}: only human remains are named"),
    Rule("search_not_whole", P, conditions.search_not_whole, CYPRUS, weighs_dna=True),
    Rule("references_contradict", P, conditions.references_contradict, ISFG, weighs_dna=True),
    Rule("references_untested", S, conditions.references_untested, ISFG, weighs_dna=True),
    Rule(
        "one_strand",
        S,
        conditions.one_strand,
        "Volyn, 2023: one mother's sample; since then two relatives or two methods",
        weighs_dna=True,
    ),
    Rule(
        "one_sample",
        S,
        conditions.one_sample,
        "two exchanged tubes of bone give two wrong names with perfect ratios; no threshold shows it",
        weighs_dna=True,
    ),
    Rule(
        "registered_twice",
        P,
        conditions.registered_twice,
        "a mother's and a wife's file of one man halve his posterior at any likelihood ratio",
    ),
    Rule("test_outstanding", S, conditions.test_outstanding, f"{VOLYN}; {WTC}"),
    Rule(
        "consent_ended",
        P,
        conditions.consent_ended,
        f"{ISFG}; samples of relatives serve only while their consent holds",
        weighs_dna=True,
    ),
    Rule("brothers_open", S, conditions.brothers_open, "an unlisted brother with odds r caps a posterior at 1/(1+r)"),
    Rule("sensitivity", S, conditions.sensitivity, BUDOWLE, weighs_dna=True),
    Rule("circumstances", S, conditions.circumstances, BUDOWLE, weighs_dna=True),
    Rule("own_recommendation", S, conditions.own_recommendation, SIGNATURES),
    Rule("not_board", S, conditions.not_board, SIGNATURES),
    Rule("two_signatures", S, conditions.two_signatures, SIGNATURES),
    Rule("second_factor", S, conditions.second_factor, SIGNATURES),
    Rule("dossier_changed", S, conditions.dossier_changed, SIGNATURES),
    Rule("dissent_open", S, conditions.dissent_open, SIGNATURES),
    Rule(
        "budget",
        S,
        conditions.budget,
        "expected wrong names = the sum of 1 - posterior, and the rate of slips for each name",
        weighs_dna=True,
    ),
)
