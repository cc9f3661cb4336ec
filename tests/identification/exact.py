"""The posterior a second time, in whole fractions and a thousand digits: slow, and wrong nowhere."""

from collections.abc import Mapping
from decimal import Decimal, localcontext

DIGITS = 1000


def naive_posterior(
    candidates: Mapping[str, tuple[float | None, float]], *, n_listed: int, share: float, rest_sum: float | None = None
) -> dict[str, float]:
    """Returns every posterior of section "one place left over", from (log10 LR, weight) by person."""
    with localcontext() as context:
        context.prec, context.Emin, context.Emax = DIGITS, -(10**6), 10**6
        on_the_list = Decimal(share)
        weights = sum((Decimal(weight) for _, weight in candidates.values()), Decimal(0))
        weights += n_listed - len(candidates)
        terms = {
            person: on_the_list * Decimal(weight) / weights * (Decimal(0) if lr is None else Decimal(10) ** Decimal(lr))
            for person, (lr, weight) in candidates.items()
        }
        others = Decimal(n_listed - len(candidates)) if rest_sum is None else Decimal(rest_sum)
        terms["rest"] = on_the_list / weights * others
        terms["none"] = 1 - on_the_list
        total = sum(terms.values(), Decimal(0))
        return {name: float(term / total) for name, term in terms.items()}
