"""Small families for the closed forms, and the same families as cases of the kinship engine."""

from collections.abc import Mapping

import numpy as np

from homeward.genetics.case_conditions import StatedConditions
from homeward.genetics.cases import Case
from homeward.genetics.markers import Marker
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.pedigrees import Member, Pedigree, Sex
from homeward.genetics.profiles import DropOutClass
from homeward.likelihood.cases import answer_case

FREQUENCIES = {"11": 0.07, "12": 0.33, "13": 0.4, "14": 0.2}
NAMES = tuple(FREQUENCIES)

FATHER, MOTHER = Member("F", sex=Sex.MALE), Member("M", sex=Sex.FEMALE)
MISSING = Member("X", father="F", mother="M", sex=Sex.MALE)
SIBLINGS = [Member(name, father="F", mother="M", sex=Sex.FEMALE) for name in ("S", "T")]
WIFE, HUSBAND = Member("M", sex=Sex.FEMALE), Member("X", sex=Sex.MALE)
ANOTHER = Member("U", sex=Sex.MALE)
STRANGER = Member("X", sex=Sex.MALE)

# Kind: the family with the missing person in it, the family with a stranger beside it, and the donors.
PEDIGREES = {
    "both parents": ([FATHER, MOTHER, MISSING], [FATHER, MOTHER, STRANGER], "FM"),
    "one parent": ([FATHER, MOTHER, MISSING], [FATHER, MOTHER, STRANGER], "M"),
    "one sibling": ([FATHER, MOTHER, SIBLINGS[0], MISSING], [FATHER, MOTHER, SIBLINGS[0], STRANGER], "S"),
    "two siblings": ([FATHER, MOTHER, *SIBLINGS, MISSING], [FATHER, MOTHER, *SIBLINGS, STRANGER], "ST"),
    "parent and sibling": ([FATHER, MOTHER, SIBLINGS[0], MISSING], [FATHER, MOTHER, SIBLINGS[0], STRANGER], "MS"),
    "wife and child": (
        [HUSBAND, WIFE, Member("C", father="X", mother="M", sex=Sex.MALE)],
        [STRANGER, WIFE, ANOTHER, Member("C", father="U", mother="M", sex=Sex.MALE)],
        "MC",
    ),
}


def engine_ratio(
    kind: str,
    donors: np.ndarray,
    reading: tuple[int, int],
    *,
    theta: float = 0.0,
    kept: float = 1.0,
    drop_out: DropOutClass = DropOutClass.NONE,
    frequencies: Mapping[str, float] = FREQUENCIES,
) -> float:
    """Returns the engine's ratio at one locus, 0 where it is impossible.

    Replacing an allele with probability 1 - kept by one of the population is the proportional model, whose rate counts
    changes alone: (1 - kept) sum of p (1 - p).
    """
    rate = (1 - kept) * sum(p * (1 - p) for p in frequencies.values())
    model = MutationModel(MutationKind.PROPORTIONAL, rate) if kept < 1 else MutationModel(MutationKind.NONE)
    marker = Marker.from_frequencies("D", frequencies, female_mutation=model, male_mutation=model)
    names = tuple(frequencies)
    with_person, with_stranger, typed = PEDIGREES[kind]
    profiles = {"X": {"D": tuple(names[allele] for allele in reading)}}
    for position, donor in enumerate(typed):
        profiles[donor] = {"D": tuple(names[allele] for allele in donors[2 * position : 2 * position + 2])}
    case = Case(
        (marker,),
        {"H1": Pedigree.of(with_person), "H2": Pedigree.of(with_stranger)},
        profiles,
        theta,
        StatedConditions({"X": {"D": drop_out}}),
    )
    answer = answer_case(case)
    return 0.0 if answer.log10_lr is None else 10.0**answer.log10_lr
