"""The posterior of every listed pair, over all missing persons of the search and "none of them".

    posterior of i = w LR_i / (1 - share + w * sum over all missing persons of LR),    w = share / n_listed

for each of the remains by itself: Bayes' theorem over a closed list with one place left over (Prinz et al. 2007, DNA
Commission of the ISFG, Forensic Science International: Genetics 1, 3-12). See docs/concepts/posterior.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from homeward.errors import InputError
from homeward.search.groups import with_groups
from homeward.search.kernels import UNITS_OF_ONE

__all__ = ["DEFAULT_SHARE", "BodyPosterior", "Findings", "Prior", "Weighed", "weighed"]

DEFAULT_SHARE = 0.5
PAIR = ("remains", "family", "missing")

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Prior:
    """What is assumed before DNA is looked at: so many are listed, and so large a share of the remains is of them.

    >>> Prior(50_000).of_one
    1e-05
    """

    n_listed: int
    share: float = DEFAULT_SHARE

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1:
            raise InputError(place="share", found=f"{self.share:g}", needed="a number above 0, at most 1")

    @property
    def of_one(self) -> float:
        """The prior probability that some remains are one listed person."""
        return self.share / max(1, self.n_listed)


@dataclass(frozen=True, eq=False)
class Findings:
    """What a comparison of remains with missing persons found, before anything is weighed.

    ``pairs`` holds every pair whose ratio is computed in double precision: all at or above the threshold, and all with
    a ratio above 10^EXACT_FROM. ``units`` is, for each of the remains, the sum of the ratios of all other pairs in
    units of 1 / UNITS_OF_ONE: whole numbers, so that findings for different missing persons may be put together in any
    order and give, to the last digit, those of one search for all of them.
    """

    pairs: pa.Table
    units: Floats

    @classmethod
    def together(cls, parts: Iterable["Findings"], nothing: "Findings") -> "Findings":
        """Returns the findings of several searches of the same remains for different missing persons."""
        every = [nothing, *parts]
        units = np.sum([part.units for part in every], axis=0)
        return cls(pa.concat_tables([part.pairs for part in every]), units)


@dataclass(frozen=True)
class BodyPosterior:
    """The posteriors of one of the remains that has a listed pair: listed persons together, all others, nobody.

    ``rest_sum`` is the sum of the ratios of all persons who are not listed for it, as `identification posterior` asks
    for it; infinite where that is beyond a double.
    """

    listed: float
    rest: float
    none: float
    rest_sum: float


@dataclass(frozen=True, eq=False)
class Weighed:
    """The listed pairs with prior and posterior, the highest ratio first, and each body's other possibilities."""

    pairs: pa.Table
    bodies: dict[str, BodyPosterior]


def weighed(findings: Findings, names: Sequence[str], prior: Prior, *, min_log10_lr: float) -> Weighed:
    """Returns the pairs at or above the threshold with their posteriors.

    ``names`` are the remains, in the order of the findings' sums. The order of the pairs is the same whatever the order
    of the parts that they came from: ties are broken by the names.
    """
    keys = [("log10_lr", "descending"), *((name, "ascending") for name in PAIR)]
    pairs = findings.pairs.take(pc.sort_indices(findings.pairs, sort_keys=keys))
    log10_lr = pairs["log10_lr"].to_numpy()
    place = {name: number for number, name in enumerate(names)}
    bodies = np.array([place[name] for name in pairs["remains"].to_pylist()], dtype=np.int64)
    terms, rest, none = _terms(log10_lr, bodies, findings.units / UNITS_OF_ONE, prior)
    is_listed = log10_lr >= min_log10_lr
    rest = rest + _sums(np.where(is_listed, 0.0, terms), bodies, len(names))
    posterior = terms[is_listed]
    listed = pairs.filter(pa.array(is_listed))
    at = listed.column_names.index("log10_lr") + 1
    listed = listed.add_column(at, "prior", pa.array(np.full(len(posterior), prior.of_one)))
    listed = with_groups(listed.add_column(at + 1, "posterior", pa.array(posterior)))
    sums = _sums(posterior, bodies[is_listed], len(names))
    met = sorted(set(bodies[is_listed].tolist()), key=lambda body: names[body])
    with np.errstate(over="ignore"):
        rest_sums = _sums(np.where(is_listed, 0.0, 10.0**log10_lr), bodies, len(names))
    rest_sums += findings.units / UNITS_OF_ONE
    told = {names[b]: BodyPosterior(float(sums[b]), float(rest[b]), float(none[b]), float(rest_sums[b])) for b in met}
    return Weighed(listed, told)


def _terms(log10_lr: Floats, bodies: NDArray[np.int64], rest: Floats, prior: Prior) -> tuple[Floats, Floats, Floats]:
    """The posteriors of the pairs, and of all others together and of nobody for each of the remains."""
    n = len(rest)
    # Every term is taken beside the greatest ratio of its body, so that none overflows.
    greatest = np.full(n, -np.inf if prior.share == 1 else 0.0)
    np.maximum.at(greatest, bodies, log10_lr)
    greatest = np.where(np.isfinite(greatest), greatest, 0.0)
    scale = 10.0**-greatest
    of_pairs = prior.of_one * 10.0 ** (log10_lr - greatest[bodies])
    of_rest = prior.of_one * rest * scale
    of_none = (1.0 - prior.share) * scale
    total = _sums(of_pairs, bodies, n) + of_rest + of_none
    # Rounded up by as much as the sum of the parts may be: the rows of one body never add up to more than 1.
    total *= 1.0 + (2 + np.bincount(bodies, minlength=n)) * np.finfo(np.float64).eps
    total[total == 0] = 1.0
    return of_pairs / total[bodies], of_rest / total, of_none / total


def _sums(values: Floats, bodies: NDArray[np.int64], n: int) -> Floats:
    return np.bincount(bodies, weights=values, minlength=n).astype(np.float64)
