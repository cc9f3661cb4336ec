"""How probable it is that remains are one person of a list, another one, or nobody on it.

    posterior of i = prior_i * LR_i / (1 - share + sum over the whole list of prior_j * LR_j)

with prior_j = share * weight_j / (sum of all weights): the list has ``n_listed`` persons with typed relatives, and
``share`` is the part of the remains whose person is expected to be on it. "None of them" has the prior 1 - share and
the likelihood ratio 1, because every ratio is against somebody unrelated. It is Bayes' theorem over a closed list with
one place left over (Prinz et al. 2007, DNA Commission of the ISFG, Forensic Science International: Genetics 1, 3-12).
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from homeward.errors import InputError

__all__ = ["MOST_LISTED", "Posterior", "RegisterPosterior", "needed_log10_lr", "posterior_of", "register_posterior"]

MOST_LISTED = 10**12  # more persons than have ever lived; beyond it, a slip of the keyboard
MOST_STEP = 200.0  # powers of ten that a prior may still be multiplied with
NO_DIGIT = 1e-30  # beside 1, terms this small change no digit of the sum, not even a whole list of them
NO_WEIGHTS: Mapping[str, float] = MappingProxyType({})

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class RegisterPosterior:
    """The posterior of each person of an array, of all others on the list together, and of nobody on it."""

    persons: Floats
    rest: float
    none: float


@dataclass(frozen=True)
class Posterior:
    """The posterior by person, of all others on the list together (rest), and of nobody on it (none)."""

    persons: Mapping[str, float]
    rest: float
    none: float

    def together(self, persons: Iterable[str]) -> float:
        """Returns the probability that it is one of these; a person who was not named adds nothing of their own."""
        return math.fsum(self.persons.get(person, 0.0) for person in set(persons))

    def as_json(self) -> dict[str, float]:
        """Returns the figures by name, with the reserved names ``rest`` and ``none``."""
        return {**self.persons, "rest": self.rest, "none": self.none}


def posterior_of(
    log10_lrs: Mapping[str, float | None],
    *,
    n_listed: int,
    share: float,
    weights: Mapping[str, float] = NO_WEIGHTS,
    rest_sum: float | None = None,
) -> Posterior:
    """Returns the posterior of each named person; None as a ratio means that the readings are impossible.

    ``weights`` are what circumstances say of a person beside anybody else on the list (1). Persons not named count with
    a ratio of 1 each, the mean for unrelated people, or together with ``rest_sum``, the exact sum of their ratios.

    >>> answer = posterior_of({"Bob": 8.1249}, n_listed=12_000, share=0.9)
    >>> round(answer.persons["Bob"], 6), round(answer.rest, 6), round(answer.none, 6)
    (0.9999, 9e-05, 1e-05)
    """
    ratios = np.array([-math.inf if lr is None else lr for lr in log10_lrs.values()], dtype=np.float64)
    circumstances = np.array([weights.get(person, 1.0) for person in log10_lrs], dtype=np.float64)
    found = register_posterior(ratios, n_listed=n_listed, share=share, weights=circumstances, rest_sum=rest_sum)
    named = dict(zip(log10_lrs, found.persons.tolist(), strict=True))
    return Posterior(MappingProxyType(named), found.rest, found.none)


def register_posterior(
    log10_lrs: Floats,
    *,
    n_listed: int,
    share: float,
    weights: Floats | None = None,
    rest_sum: float | None = None,
) -> RegisterPosterior:
    """Returns the posteriors of an array of persons, as exact for 70,000 of them as for one.

    A ratio of minus infinity is impossible. Raises InputError where no possibility is left at all.
    """
    _check_list(n_listed, share, n_named=len(log10_lrs), rest_sum=rest_sum)
    n_others = n_listed - len(log10_lrs)
    named = np.ones(len(log10_lrs)) if weights is None else weights
    all_weights = float(n_listed) if weights is None else math.fsum(named.tolist()) + n_others
    others = n_others if rest_sum is None else rest_sum
    if all_weights <= 0:
        raise InputError(place="weights", found="0 for everybody on the list", needed="a weight above 0")
    priors = np.concatenate([share * named / all_weights, [share * others / all_weights, 1.0 - share]])
    values = _normalised(priors, np.concatenate([log10_lrs, [0.0, 0.0]]))
    return RegisterPosterior(values[:-2], float(values[-2]), float(values[-1]))


def _normalised(priors: Floats, log10_lrs: Floats) -> Floats:
    """Returns prior times ratio, scaled to the sum 1.

    Every term is taken beside the greatest one, so that ratios of 10^300 and beyond neither overflow nor lose digits;
    subtracting whole logarithms would be simpler and would round the exponent of the greatest.
    """
    with np.errstate(divide="ignore"):
        sizes = np.where(priors > 0, np.log10(priors) + log10_lrs, -math.inf)
    greatest = int(np.argmax(sizes))
    if sizes[greatest] == -math.inf:
        needed = "somebody, on the list or not on it, who is possible"
        raise InputError(place="candidates", found="nobody whom the readings allow", needed=needed)
    with np.errstate(over="ignore"):  # 1e308 beside -1e308: an infinite step is the right one
        steps = np.where(sizes > -math.inf, log10_lrs, -math.inf) - log10_lrs[greatest]
    terms: Floats = priors / priors[greatest] * np.power(10.0, np.minimum(steps, MOST_STEP))
    far = steps > MOST_STEP  # a great ratio that a tiny prior outweighs
    terms[far] = np.power(10.0, sizes[far] - sizes[greatest])
    scaled: Floats = terms / math.fsum(terms[terms > NO_DIGIT].tolist())
    return scaled


def needed_log10_lr(posterior: float, n_listed: int, *, share: float, group: int = 1) -> float:
    """Returns the log10 LR with which one person, or a group of equal ones together, reaches a posterior.

    Assumes that everybody else on the list counts with a ratio of 1. For a group it is the ratio that each member has.

    >>> round(needed_log10_lr(0.9999, 12_000, share=0.9), 2)
    8.12
    """
    _check_list(n_listed, share, n_named=group, rest_sum=None)
    if not 0 < posterior < 1:
        raise InputError(place="posterior", found=f"{posterior:g}", needed="a number above 0 and below 1")
    odds_against = (n_listed - group * share) / (group * share)
    if odds_against <= 0:
        found = f"share 1 and a group of all {n_listed:,} persons of the list"
        raise InputError(place="group", found=found, needed="somebody else who is possible")
    return math.log10(posterior) - math.log1p(-posterior) / math.log(10) + math.log10(odds_against)


def _check_list(n_listed: int, share: float, *, n_named: int, rest_sum: float | None) -> None:
    if not 0 < share <= 1:
        raise InputError(place="share", found=f"{share:g}", needed="a number above 0, at most 1")
    if not 1 <= n_listed <= MOST_LISTED:
        raise InputError(place="list", found=f"{n_listed:,}", needed=f"a whole number from 1 to {MOST_LISTED:,}")
    if n_listed < n_named:
        needed = f"a list of {n_named:,} persons or more, for so many are named"
        raise InputError(place="list", found=f"{n_listed:,}", needed=needed)
    if rest_sum is None:
        return
    if not 0 <= rest_sum < math.inf:
        raise InputError(place="rest_sum", found=f"{rest_sum:g}", needed="a number of 0 or more")
    if n_listed == n_named and rest_sum > 0:
        needed = "0, or nothing, where everybody on the list is named"
        raise InputError(place="rest_sum", found=f"{rest_sum:g}", needed=needed)
