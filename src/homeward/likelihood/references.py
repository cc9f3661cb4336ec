"""Do the relatives of one family fit the pedigree that they are said to have?

The readings of the typed members are computed on the pedigree as stated and on each alternative: one member's sample is
of somebody unrelated, a stated parent is none, two members are exchanged. Bayes' theorem over these, with stated prior
probabilities, says whether the references agree and who is most probably wrong. See docs/concepts/references.md.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import Enum
from functools import lru_cache
from itertools import combinations

import numpy as np

from homeward.errors import InputError
from homeward.genetics.families import Family
from homeward.genetics.pedigrees import Member, Pedigree, Sex
from homeward.genetics.sex_markers import DEFAULT_SEX_MODEL, SexModel, SexReading
from homeward.likelihood.batches import LikelihoodRequest, log10_likelihoods
from homeward.likelihood.panels import Panel

__all__ = [
    "DEFAULT_SLIP_RATES",
    "Alternative",
    "ReferenceCheck",
    "References",
    "Slip",
    "SlipRates",
    "check_references",
    "reference_notes",
]

# Above this a ratio says no more: the readings are impossible on the pedigree as stated.
MOST_LOG10 = 300.0
CONTRADICTED_BELOW = 0.5
AGREED_FROM = 0.99
SUPPORTED_FROM = 2.0
MOST_EXCHANGED = 12


class References(Enum):
    """What a check of the references found."""

    AGREE = "agree"
    CONTRADICT = "contradict"
    UNTESTED = "untested"


class Slip(Enum):
    """What may be wrong with the references of a family."""

    UNRELATED = "the sample is of somebody unrelated"
    NOT_FATHER = "the stated father is not the father"
    NOT_MOTHER = "the stated mother is not the mother"
    EXCHANGED = "the two samples are exchanged"


@dataclass(frozen=True)
class SlipRates:
    """How probable each slip is beforehand: for one sample, one child of a stated parent, one pair of samples.

    Fathers: 0.0094 of 971 German children (Wolf et al. 2012), 0.019 in the median of studies of men who are sure of
    their paternity (Anderson 2006). The rates of samples are stated, to be replaced by those of blind controls.
    """

    unrelated: float = 0.001
    not_father: float = 0.01
    not_mother: float = 0.0005
    exchanged: float = 0.001

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not 0 < value < 1:
                place = f"slip rates, {field.name}"
                raise InputError(place=place, found=f"{value:g}", needed="a share above 0 and below 1")

    def of(self, slip: Slip) -> float:
        """The rate of a slip."""
        return float(getattr(self, slip.name.lower()))


DEFAULT_SLIP_RATES = SlipRates()


@dataclass(frozen=True)
class Alternative:
    """One slip, of whom, its log10 likelihood ratio against the pedigree as stated, and its posterior."""

    slip: Slip
    members: tuple[str, ...]
    log10_lr: float
    posterior: float

    def __str__(self) -> str:
        ratio = f"{MOST_LOG10:g} or more" if self.log10_lr >= MOST_LOG10 else f"{self.log10_lr:.1f}"
        return f"{' and '.join(self.members)}: {self.slip.value} (log10 LR {ratio}, posterior {self.posterior:.4g})"

    def as_json(self) -> dict[str, object]:
        """Returns it as a JSON object."""
        return {
            "slip": self.slip.name.lower(),
            "members": list(self.members),
            "log10_lr": self.log10_lr,
            "posterior": self.posterior,
        }


@dataclass(frozen=True)
class ReferenceCheck:
    """What the check of one family found; the alternatives are the most probable first.

    ``posterior`` is that of the pedigree as stated. ``wrong_sex`` are members whose sex markers speak for the other
    sex, ``untested`` typed members who have no typed blood relative, so that nothing can be said of them.
    """

    verdict: References
    posterior: float
    alternatives: tuple[Alternative, ...]
    wrong_sex: tuple[str, ...] = ()
    untested: tuple[str, ...] = ()

    @property
    def suspects(self) -> Mapping[str, float]:
        """How probable it is, by member, that they are part of what is wrong; the most probable first."""
        sums: dict[str, float] = {}
        for each in self.alternatives:
            for member in each.members:
                sums[member] = sums.get(member, 0.0) + each.posterior
        return dict(sorted(sums.items(), key=lambda item: (-item[1], item[0])))


@dataclass(frozen=True)
class _Variant:
    """An alternative before its likelihood: a pedigree, who is read as whom, and who stands apart."""

    slip: Slip
    members: tuple[str, ...]
    pedigree: Pedigree
    read_as: tuple[int, ...]
    apart: int = -1


def check_references(
    families: Sequence[Family],
    panel: Panel,
    *,
    rates: SlipRates = DEFAULT_SLIP_RATES,
    sexes: SexModel = DEFAULT_SEX_MODEL,
    threads: int = 1,
) -> tuple[ReferenceCheck, ...]:
    """Returns for each family whether its profiles fit its pedigree; theta is 0.

    A personal reference of a missing person is a profile as any other. Assumes that at most one slip happened.
    """
    requests: list[LikelihoodRequest] = []
    checks = [_Check(family, panel, requests) for family in families]
    totals = log10_likelihoods(requests, panel, threads=threads).tolist()
    return tuple(check.answer(totals, rates, sexes) for check in checks)


def reference_notes(families: Sequence[Family], panel: Panel) -> tuple[str, ...]:
    """Returns a sentence for each family whose references contradict its pedigree, as a note of an answer."""
    checks = check_references(families, panel)
    return tuple(
        f'the references of family "{family.name}" contradict its pedigree (posterior of the pedigree as stated '
        f"{check.posterior:.2g}); most probably {check.alternatives[0]}"
        for family, check in zip(families, checks, strict=True)
        if check.verdict is References.CONTRADICT
    )


class _Check:
    """The check of one family on its way: the alternatives, and which of the requests make up each."""

    def __init__(self, family: Family, panel: Panel, requests: list[LikelihoodRequest]) -> None:
        self._family = family
        typed = tuple(family.genotypes)
        variants, self._untested = _variants(family.pedigree, typed)
        self._stated = len(requests)
        self._asked: list[tuple[_Variant, list[int]]] = []
        if not variants:
            return
        codes = np.array([panel.encode(profile) for profile in family.genotypes.values()], dtype=np.int64)
        requests.append(LikelihoodRequest(family.pedigree, typed, codes))
        for variant in variants:
            rows = [row for row in variant.read_as if row != variant.apart]
            ids = tuple(name for name, row in zip(typed, variant.read_as, strict=True) if row != variant.apart)
            numbers = [len(requests)]
            requests.append(LikelihoodRequest(variant.pedigree, ids, codes[rows]))
            if variant.apart >= 0:
                numbers.append(len(requests))
                requests.append(LikelihoodRequest(_STRANGER, _STRANGER.ids, codes[[variant.apart]]))
            self._asked.append((variant, numbers))

    def answer(self, totals: Sequence[float], rates: SlipRates, sexes: SexModel) -> ReferenceCheck:
        """Returns what the log10 likelihoods say."""
        evidence = _SexEvidence(self._family, sexes)
        stated = totals[self._stated] if self._asked else 0.0
        ratios = []
        for variant, numbers in self._asked:
            total = sum(totals[number] for number in numbers)
            # Impossible as stated: whatever is possible explains it; what is impossible as well explains nothing.
            ratio = total - stated if stated > -math.inf else MOST_LOG10 if total > -math.inf else -MOST_LOG10
            ratio = max(-MOST_LOG10, min(ratio + evidence.difference(variant), MOST_LOG10))
            ratios.append((variant.slip, variant.members, ratio))
        for member in self._untested:
            if evidence.of_somebody_else(member):
                ratios.append((Slip.UNRELATED, (member,), evidence.of_somebody_else(member)))
        return _weighed(ratios, rates, wrong_sex=evidence.contradicted, untested=self._untested)


def _weighed(
    found: Sequence[tuple[Slip, tuple[str, ...], float]],
    rates: SlipRates,
    *,
    wrong_sex: tuple[str, ...],
    untested: tuple[str, ...],
) -> ReferenceCheck:
    odds = [math.log10(rates.of(slip)) + ratio for slip, _, ratio in found]
    greatest = max([0.0, *odds])
    terms = [10.0 ** (each - greatest) for each in odds]
    total = math.fsum([10.0**-greatest, *terms])
    alternatives = [
        Alternative(slip, members, ratio, term / total)
        for (slip, members, ratio), term in zip(found, terms, strict=True)
    ]
    alternatives.sort(key=lambda each: (-each.posterior, each.slip.name, each.members))
    posterior = 10.0**-greatest / total
    of_samples = [
        each.log10_lr for each in alternatives if each.slip is Slip.UNRELATED and each.members[0] not in untested
    ]
    if posterior < CONTRADICTED_BELOW:
        verdict = References.CONTRADICT
    elif of_samples and max(of_samples) <= -SUPPORTED_FROM and posterior >= AGREED_FROM and not wrong_sex:
        verdict = References.AGREE
    else:
        verdict = References.UNTESTED
    return ReferenceCheck(verdict, posterior, tuple(alternatives), wrong_sex, untested)


class _SexEvidence:
    """What the sex markers of the typed members say for the sexes that the pedigree states."""

    def __init__(self, family: Family, model: SexModel) -> None:
        self._sexes = {name: family.pedigree.member(name).sex for name in family.genotypes}
        self._readings = {
            name: SexReading.of(family.sex_markers[name]) for name in family.genotypes if name in family.sex_markers
        }
        self._model = model

    @property
    def contradicted(self) -> tuple[str, ...]:
        """Members whose markers speak for the other sex."""
        return tuple(
            name
            for name, each in self._readings.items()
            if each.says_anything and self._model.contradicts(each, self._sexes[name])
        )

    def difference(self, variant: _Variant) -> float:
        """The log10 ratio of the sex markers under the alternative against the pedigree as stated."""
        if variant.slip is Slip.UNRELATED:
            return self.of_somebody_else(variant.members[0])
        if variant.slip is Slip.EXCHANGED:
            one, other = variant.members
            exchanged = self._log10(one, self._sexes[other]) + self._log10(other, self._sexes[one])
            return exchanged - self._log10(one, self._sexes[one]) - self._log10(other, self._sexes[other])
        return 0.0

    def of_somebody_else(self, member: str) -> float:
        """The log10 ratio of a member's sex markers being of anybody against being of the stated sex."""
        return -self._log10(member, self._sexes[member])

    def _log10(self, of: str, sex: Sex) -> float:
        reading = self._readings.get(of)
        return (self._model.log10_ratio(reading, sex) or 0.0) if reading else 0.0


_STRANGER = Pedigree.of([Member("stranger")])


@lru_cache(maxsize=4096)
def _variants(pedigree: Pedigree, typed: tuple[str, ...]) -> tuple[tuple[_Variant, ...], tuple[str, ...]]:
    """The alternatives that change anything for these typed members, and the members whom none can test."""
    kinship = _kinship(pedigree, typed)
    everybody = tuple(range(len(typed)))
    related = [any(kinship[row, other] > 0 for other in everybody if other != row) for row in everybody]
    found = [
        _Variant(Slip.UNRELATED, (name,), pedigree, everybody, apart=row)
        for row, name in enumerate(typed)
        if related[row]
    ]
    for member in pedigree.members:
        if member.father is None or not any(related):
            continue
        for slip in (Slip.NOT_FATHER, Slip.NOT_MOTHER):
            other = _without_parent(pedigree, member, slip)
            if (_kinship(other, typed) != kinship).any():
                found.append(_Variant(slip, (member.id,), other, everybody))
    # Two samples alone are as probable exchanged. Exchanges grow with the square of the members; a family of more than
    # twelve has its other alternatives.
    for one, two in combinations(everybody, 2) if 2 < len(typed) <= MOST_EXCHANGED and any(related) else ():
        if not _interchangeable(pedigree, typed[one], typed[two]):
            rows = list(everybody)
            rows[one], rows[two] = two, one
            found.append(_Variant(Slip.EXCHANGED, (typed[one], typed[two]), pedigree, tuple(rows)))
    return tuple(found), tuple(name for row, name in enumerate(typed) if not related[row])


def _interchangeable(pedigree: Pedigree, one: str, two: str) -> bool:
    """Whether two members have the same place in the pedigree: childless children of the same parents."""
    parents = [{pedigree.member(name).father, pedigree.member(name).mother} for name in (one, two)]
    same = parents[0] == parents[1] != {None}
    return same and not pedigree.children(one) and not pedigree.children(two)


def _without_parent(pedigree: Pedigree, child: Member, slip: Slip) -> Pedigree:
    """The pedigree with an unknown man (or woman) in the place of one child's stated father (or mother)."""
    unknown = "another parent"
    while unknown in pedigree:
        unknown += "'"
    sex = Sex.MALE if slip is Slip.NOT_FATHER else Sex.FEMALE
    father = unknown if slip is Slip.NOT_FATHER else child.father
    mother = unknown if slip is Slip.NOT_MOTHER else child.mother
    changed = Member(child.id, father, mother, child.sex)
    return Pedigree.of([changed if m.id == child.id else m for m in pedigree.members] + [Member(unknown, sex=sex)])


def _kinship(pedigree: Pedigree, typed: Sequence[str]) -> np.ndarray:
    """Kinship coefficients of the typed members, exact sums of powers of one half (Malecot 1948)."""
    parents = pedigree.parent_positions
    order: list[int] = []
    while len(order) < len(parents):
        order += [i for i, pair in enumerate(parents) if i not in order and all(p in order or p < 0 for p in pair)]
    phi = np.zeros((len(parents), len(parents)))
    for place, i in enumerate(order):
        father, mother = parents[i]
        for j in order[:place]:
            phi[i, j] = phi[j, i] = (phi[father, j] + phi[mother, j]) / 2 if father >= 0 else 0.0
        phi[i, i] = (1 + (phi[father, mother] if father >= 0 else 0.0)) / 2
    positions = [pedigree.position(name) for name in typed]
    return np.asarray(phi[np.ix_(positions, positions)])
