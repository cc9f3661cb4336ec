"""How probable a haplotype is in somebody of another line: counted in a database, with a bound."""

import math
from dataclasses import dataclass

from homeward.errors import InputError

__all__ = ["MatchProbability", "clopper_pearson_upper"]


@dataclass(frozen=True)
class MatchProbability:
    """How probable the haplotype is in somebody of another line, by counting: seen ``k`` times among ``n``.

    ``n_singletons`` are the haplotypes that the database holds once, for Brenner's method; ``theta`` is added as
    theta + (1 - theta) p to every figure.
    """

    k: int
    n: int
    n_singletons: int = 0
    theta: float = 0.0
    confidence: float = 0.95

    def __post_init__(self) -> None:
        if not (0 <= self.k <= self.n and self.n > 0 and 0 <= self.n_singletons <= self.n):
            found = f"{self.k} of {self.n}, {self.n_singletons} seen once"
            raise InputError(place="database of haplotypes", found=found, needed="a count within a database")
        if not 0 <= self.theta < 1:
            raise InputError(place="theta", found=f"{self.theta:g}", needed="0 or more, below 1")

    @property
    def augmented(self) -> float:
        """(k + 1) / (n + 1): the haplotype of the case is counted as one more."""
        return self._with_theta((self.k + 1) / (self.n + 1))

    @property
    def upper(self) -> float:
        """The upper bound of Clopper and Pearson on the haplotype's share, never below the augmented count."""
        bound = clopper_pearson_upper(self.k, self.n, confidence=self.confidence)
        return max(self._with_theta(bound), self.augmented)

    @property
    def kappa(self) -> float | None:
        """Brenner's (1 - kappa) / N for a haplotype not seen before; None for one seen, or where all are singletons."""
        size = self.n + 1
        kappa = (self.n_singletons + 1) / size
        return None if self.k or kappa >= 1 else self._with_theta((1 - kappa) / size)

    def _with_theta(self, probability: float) -> float:
        return self.theta + (1 - self.theta) * probability


def clopper_pearson_upper(k: int, n: int, *, confidence: float = 0.95) -> float:
    """Returns the one-sided upper bound p at which k or fewer of n are seen with probability 1 - confidence.

    >>> round(clopper_pearson_upper(0, 1000), 6)
    0.002991
    """
    if k >= n:
        return 1.0
    if k == 0:
        return float(-math.expm1(math.log1p(-confidence) / n))
    low, high = k / n, 1.0
    while high - low > 1e-15 * high:
        middle = (low + high) / 2
        if not low < middle < high:
            break
        low, high = (middle, high) if _at_most(k, n, middle) > 1 - confidence else (low, middle)
    return high


def _at_most(k: int, n: int, share: float) -> float:
    def log_ways(i: int) -> float:
        return math.lgamma(n + 1) - math.lgamma(i + 1) - math.lgamma(n - i + 1)

    logs = [
        math.lgamma(n + 1)
        - math.lgamma(i + 1)
        - math.lgamma(n - i + 1)
        + i * math.log(share)
        + (n - i) * math.log1p(-share)
        for i in range(k + 1)
    ]
    return math.fsum(math.exp(each) for each in logs)
