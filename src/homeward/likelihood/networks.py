"""Gamete networks: a pedigree at one marker as variables and the factors that tie them.

A typed member is one variable, its phase: which allele came from the father and which from the mother. An untyped
member is two variables, its paternal and its maternal gamete. A transmission from an untyped parent brings one binary
variable, the selector: which of the two gametes was passed on.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import IntEnum

__all__ = ["Factor", "FactorKind", "Network", "Shape", "VariableKind", "network_of"]

PATERNAL, MATERNAL = 0, 1
FEMALE, MALE = 0, 1
Slots = tuple[tuple[int, int], tuple[int, int]]
"""A member's paternal and maternal gamete: variable (-1 if there is none) and which of its sides is meant."""


class VariableKind(IntEnum):
    """What a variable stands for, which decides its number of values."""

    GAMETE = 0
    PHASE = 1
    SELECTOR = 2


class FactorKind(IntEnum):
    """What a factor holds; the kernel fills each kind from frequencies, mutation matrices and phases."""

    FOUNDER_GAMETE = 0
    FOUNDER_PHASE = 1
    PHASE_WEIGHT = 2
    PAIR = 3
    SELECTED_PAIR = 4
    MIXED = 5
    READING = 6


@dataclass(frozen=True)
class Factor:
    """A function of one to three variables, with what the kernel needs to fill it.

    ``sex`` is that of the transmitting parent, ``sides`` say which gamete of a phase variable is meant (parent, child),
    ``selected`` is the selector's value for which the pair holds; of a reading it is the typed member's row.
    """

    kind: FactorKind
    variables: tuple[int, ...]
    sex: int = FEMALE
    sides: tuple[int, int] = (PATERNAL, PATERNAL)
    selected: int = 0


@dataclass(frozen=True)
class Shape:
    """All that an elimination plan depends on: structure, who is typed, who is left free, how the marker is inherited.

    Members are numbered; ``parents`` holds (father, mother) or (-1, -1). ``male`` matters on X only. ``free`` is the
    member whose gametes stay in the result, or -1. ``merged`` (theta with sampling partitions) names, for each gamete
    of the untyped founders in order of appearance, the block of identical copies it belongs to; empty means no merging.
    ``open`` are untyped members whose gametes stay in the network for readings that are chosen later (joint
    identification). ``blurred`` are typed members behind whose reading any genotype may stand (drop-in, error), or
    who were read several times (and stand in ``typed`` as often): they are two gametes, tied by P(reading | gametes) of
    each reading.
    ``before_mutation`` are the free member's sides (0 paternal, 1 maternal) whose gamete stays as the parent, a founder
    without other children, passed it on; mutation is then up to the caller. ``descent`` fixes the first selectors, in
    order of appearance: which gamete an untyped parent passed on (see ``n_selectors``).
    """

    parents: tuple[tuple[int, int], ...]
    male: tuple[bool, ...]
    typed: tuple[int, ...]
    free: int = -1
    x_linked: bool = False
    merged: tuple[int, ...] = ()
    open: tuple[int, ...] = ()
    blurred: tuple[int, ...] = ()
    before_mutation: tuple[int, ...] = ()
    descent: tuple[int, ...] = ()

    def has_phase(self, member: int) -> bool:
        """True for a typed member who is one variable."""
        return member in self.typed and member not in self.blurred


@dataclass
class Network:
    """Variables, factors and the variables to keep, in the order of the result's axes."""

    variables: list[tuple[VariableKind, int]] = field(default_factory=list)
    factors: list[Factor] = field(default_factory=list)
    kept: tuple[int, ...] = ()
    founder_gametes: list[int] = field(default_factory=list)
    n_selectors: int = 0

    def add(self, kind: VariableKind, typed: int = -1) -> int:
        """The number of a new variable; ``typed`` is the typed member's row for a phase."""
        self.variables.append((kind, typed))
        return len(self.variables) - 1


def network_of(shape: Shape) -> Network:
    """The network of a shape; untyped members without descendants that matter are left out.

    Leaving them out is exact: each row of a mutation matrix adds up to 1. Untyped founders stay, so that frequencies
    which do not add up to exactly 1 count as they do when everything is summed.
    """
    network = Network()
    members = _members_that_matter(shape)
    slots = {member: _add_member(network, shape, member) for member in members}
    used_founders: set[int] = set()
    for member in members:
        father, mother = shape.parents[member]
        if father < 0:
            continue
        hemizygous = _is_hemizygous(shape, member)
        for parent, side, sex in ((father, PATERNAL, MALE), (mother, MATERNAL, FEMALE)):
            if member == shape.free and side in shape.before_mutation:
                slots[member] = _with_slot(slots[member], side, slots[parent])
            elif not (hemizygous and side == PATERNAL):
                _transmit(network, shape, (parent, sex), slots[parent], slots[member][side], used_founders)
    left = shape.open or ((shape.free,) if shape.free >= 0 else ())
    # Two gametes that are copies of one another (``merged``) are one variable, and one axis of the result.
    network.kept = tuple(dict.fromkeys(slot[0] for member in left for slot in slots[member] if slot[0] >= 0))
    while (fewer := _without_traceless_gametes(network)) is not network:
        network = fewer
    return network


def _without_traceless_gametes(network: Network) -> Network:
    """The network without gametes that nobody inherited, or itself: founders' and mutated ones add up to 1."""
    uses = [0] * len(network.variables)
    for factor in network.factors:
        for variable in factor.variables:
            uses[variable] += 1
    gone = {v for v, (kind, _) in enumerate(network.variables) if uses[v] == 1 and kind is VariableKind.GAMETE}
    gone -= set(network.kept)
    if not gone:
        return network
    number = {v: i for i, v in enumerate(v for v in range(len(network.variables)) if v not in gone)}
    return Network(
        variables=[variable for v, variable in enumerate(network.variables) if v not in gone],
        factors=[
            replace(factor, variables=tuple(number[v] for v in factor.variables))
            for factor in network.factors
            if gone.isdisjoint(factor.variables)
        ],
        kept=tuple(number[v] for v in network.kept),
        founder_gametes=[number.get(v, -1) for v in network.founder_gametes],
        n_selectors=network.n_selectors,
    )


def _members_that_matter(shape: Shape) -> list[int]:
    """Founders, typed members, the free member, and all who have one of the last two among their descendants."""
    wanted = {*shape.typed, *shape.open} | ({shape.free} if shape.free >= 0 else set())
    waiting = list(wanted)
    while waiting:
        for parent in shape.parents[waiting.pop()]:
            if parent >= 0 and parent not in wanted:
                wanted.add(parent)
                waiting.append(parent)
    return [member for member, parents in enumerate(shape.parents) if member in wanted or parents[0] < 0]


def _is_hemizygous(shape: Shape, member: int) -> bool:
    return shape.x_linked and shape.male[member]


def _add_member(network: Network, shape: Shape, member: int) -> Slots:
    """The member's two gamete slots (variable, side), its variables and own factors added; -1 for a missing gamete."""
    founder = shape.parents[member][0] < 0
    hemizygous = _is_hemizygous(shape, member)
    if shape.has_phase(member):
        phase = network.add(VariableKind.PHASE, shape.typed.index(member))
        kind = FactorKind.FOUNDER_PHASE if founder else FactorKind.PHASE_WEIGHT
        network.factors.append(Factor(kind, (phase,)))
        return (-1 if hemizygous else phase, PATERNAL), (phase, MATERNAL)
    bare = shape.before_mutation if member == shape.free else ()
    paternal = -1 if hemizygous or PATERNAL in bare else _add_gamete(network, shape, founder=founder)
    maternal = -1 if MATERNAL in bare else _add_gamete(network, shape, founder=founder)
    if member in shape.blurred:
        gametes = (maternal,) if hemizygous else (paternal, maternal)
        rows = [row for row, typed in enumerate(shape.typed) if typed == member]
        network.factors += [Factor(FactorKind.READING, gametes, selected=row) for row in rows]
    return (paternal, PATERNAL), (maternal, MATERNAL)


def _with_slot(slots: Slots, side: int, parent: Slots) -> Slots:
    """The slots with the founder's gamete on one side; his or her gametes are exchangeable, so any that there is."""
    gamete = parent[0] if parent[0][0] >= 0 else parent[1]
    return (gamete, slots[1]) if side == PATERNAL else (slots[0], gamete)


def _add_gamete(network: Network, shape: Shape, *, founder: bool) -> int:
    """A gamete variable; a founder's draws from the frequencies, or is the earlier one whose copy it is."""
    if not founder:
        return network.add(VariableKind.GAMETE)
    number = len(network.founder_gametes)
    block = shape.merged[number] if shape.merged else number
    if block in shape.merged[:number]:
        variable = network.founder_gametes[shape.merged.index(block)]
    else:
        variable = network.add(VariableKind.GAMETE)
        network.factors.append(Factor(FactorKind.FOUNDER_GAMETE, (variable,)))
    network.founder_gametes.append(variable)
    return variable


def _transmit(
    network: Network,
    shape: Shape,
    parent: tuple[int, int],
    parent_slots: Iterable[tuple[int, int]],
    child: tuple[int, int],
    used_founders: set[int],
) -> None:
    """Adds the factors by which one parent's gametes arrive as the child's gamete."""
    number, sex = parent
    (paternal, _), (maternal, _) = parent_slots
    variable, side = child
    if paternal < 0:
        network.factors.append(Factor(FactorKind.PAIR, (maternal, variable), sex, (MATERNAL, side)))
    elif shape.has_phase(number):
        network.factors.append(Factor(FactorKind.MIXED, (maternal, variable), sex, (MATERNAL, side)))
    elif shape.parents[number][0] < 0 and number not in used_founders:
        # A founder's two gametes are exchangeable, so the first child may as well receive the first one.
        used_founders.add(number)
        network.factors.append(Factor(FactorKind.PAIR, (paternal, variable), sex, (PATERNAL, side)))
    elif network.n_selectors < len(shape.descent):
        chosen = shape.descent[network.n_selectors]
        network.n_selectors += 1
        network.factors.append(Factor(FactorKind.PAIR, ((paternal, maternal)[chosen], variable), sex, (chosen, side)))
    else:
        network.n_selectors += 1
        selector = network.add(VariableKind.SELECTOR)
        for value, gamete in enumerate((paternal, maternal)):
            network.factors.append(
                Factor(FactorKind.SELECTED_PAIR, (gamete, variable, selector), sex, (value, side), value)
            )
