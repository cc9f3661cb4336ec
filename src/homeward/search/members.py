"""Missing members: the rows of a search. A family with several missing members gives one row for each."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from homeward.genetics.families import Family
from homeward.genetics.pedigrees import Sex
from homeward.likelihood.panels import Panel
from homeward.likelihood.tables import TableRequest

__all__ = ["MissingMember", "missing_members"]


@dataclass(frozen=True, eq=False)
class MissingMember:
    """One missing member of one family. While one is looked at, the family's other missing members are untyped."""

    family: Family
    missing: str
    # A dict in a frozen class: a key is hashed once for each basis, and a search asks for it twice.
    _keys: dict[str, bytes] = field(default_factory=dict, init=False, repr=False)

    @property
    def sex(self) -> Sex:
        """The sex that the pedigree states."""
        pedigree = self.family.pedigree
        return pedigree.members[pedigree.position(self.missing)].sex

    @property
    def request(self) -> TableRequest:
        """What the table of this member is made from."""
        genotypes = self.family.genotypes
        if self.missing not in genotypes:
            return TableRequest(self.family.pedigree, self.missing, genotypes)
        others = {name: profile for name, profile in genotypes.items() if name != self.missing}
        return TableRequest(self.family.pedigree, self.missing, others, own=genotypes[self.missing])

    def key(self, panel: Panel, basis: str) -> bytes:
        """A hash of all that decides the table: the basis (markers, drop-out), pedigree, sexes and readings.

        Names do not enter it, so a family that is renamed keeps its table. It is computed once for each basis.
        """
        known = self._keys.get(basis)
        if known is None:
            known = self._keys[basis] = self._hashed(panel, basis)
        return known

    def _hashed(self, panel: Panel, basis: str) -> bytes:
        pedigree = self.family.pedigree
        typed = [pedigree.position(name) for name in self.family.genotypes]
        codes = [panel.encode(profile) for profile in self.family.genotypes.values()]
        structure = (pedigree.parent_positions, pedigree.males, typed, pedigree.position(self.missing))
        digest = hashlib.sha256(f"{basis} {structure}".encode())
        digest.update(np.array(codes, dtype=np.int32).tobytes())
        return digest.digest()


def missing_members(families: Iterable[Family]) -> Sequence[MissingMember]:
    """Returns every missing member, in the order of the families."""
    return [MissingMember(family, name) for family in families for name in family.missing]
