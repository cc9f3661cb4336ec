"""Missing persons of one family whom one body does not tell apart: "one of these", with the posterior of that.

Brothers with the same typed relatives have the same likelihood ratio for any remains, so that each gets half of what
the family gets; what can be said is said of both together. See docs/concepts/search-statistics.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

__all__ = ["NOT_TOLD_APART", "Group", "groups_of", "with_groups"]

# One of two who are equally probable beforehand needs this difference in log10 LR for a posterior of 0.9999.
NOT_TOLD_APART = 4.0


@dataclass(frozen=True)
class Group:
    """Several missing persons of one family, and the remains that are more probably one of them than not.

    ``posterior`` is the smallest over these remains. Where there are as many remains as persons, they are these
    persons in some order.
    """

    family: str
    missing: tuple[str, ...]
    remains: tuple[str, ...]
    posterior: float

    def as_json(self) -> dict[str, object]:
        """Returns it as a JSON object."""
        return {
            "family": self.family,
            "missing": list(self.missing),
            "remains": list(self.remains),
            "posterior": self.posterior,
            "in_some_order": len(self.remains) == len(self.missing),
        }


def with_groups(pairs: pa.Table) -> pa.Table:
    """Returns the listed pairs with ``group`` and ``group_posterior`` before the figures of the markers.

    The group of a row are those of its family whose ratio for the same remains is listed, and less than 10^4 below the
    highest of the family; somebody further below is a group of their own.
    """
    groups: list[tuple[str, ...]] = [()] * pairs.num_rows
    together = [0.0] * pairs.num_rows
    for rows, names, posterior in _groups(pairs):
        for row in rows:
            groups[row], together[row] = names, posterior
    at = pairs.column_names.index("inconsistent_loci") + 1
    pairs = pairs.add_column(at, "group", pa.array([";".join(names) for names in groups], pa.string()))
    return pairs.add_column(at + 1, "group_posterior", pa.array(together, pa.float64()))


def groups_of(pairs: pa.Table) -> tuple[Group, ...]:
    """Returns the groups of two persons and more that some remains are probably one of, by family and names."""
    remains = pairs["remains"].to_pylist()
    families = pairs["family"].to_pylist()
    found: dict[tuple[str, tuple[str, ...]], list[tuple[str, float]]] = {}
    for rows, names, posterior in _groups(pairs):
        if len(names) > 1 and posterior > 0.5:
            found.setdefault((families[rows[0]], names), []).append((remains[rows[0]], posterior))
    return tuple(
        Group(family, names, tuple(sorted(name for name, _ in bodies)), min(p for _, p in bodies))
        for (family, names), bodies in sorted(found.items())
    )


def _groups(pairs: pa.Table) -> Iterator[tuple[Sequence[int], tuple[str, ...], float]]:
    """Yields rows, names and summed posterior of each group; the pairs come with the highest ratio first."""
    missing, log10_lr = pairs["missing"].to_pylist(), pairs["log10_lr"].to_pylist()
    posteriors = pairs["posterior"].to_pylist()
    by_body: dict[tuple[str, str], list[int]] = {}
    for row, key in enumerate(zip(pairs["remains"].to_pylist(), pairs["family"].to_pylist(), strict=True)):
        by_body.setdefault(key, []).append(row)
    for rows in by_body.values():
        best = [row for row in rows if log10_lr[row] > log10_lr[rows[0]] - NOT_TOLD_APART]
        for group in (best, *([row] for row in rows if row not in best)):
            yield group, tuple(sorted(missing[row] for row in group)), sum(posteriors[row] for row in group)
