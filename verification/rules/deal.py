"""A whole deal: all bodies before the whole register, names right and wrong, with and without exchanged tubes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.random import Generator
from verification.rules.board import Asked, Family, verdict
from verification.rules.families import FAMILY_KINDS, Degradation
from verification.rules.inheritance import subpopulations
from verification.rules.power import RESAMPLED_OF_FOUR, Model
from verification.rules.register import (
    DEGRADED,
    NOBODY,
    Bodies,
    Register,
    draw_bodies,
    draw_register,
    exchange_bone_tubes,
    exchange_envelopes,
    exchange_tubes,
    mother_and_child_agree,
)
from verification.rules.screening import Candidates, screen, together

__all__ = ["BINS", "SCENARIOS", "Names", "Scenario", "World", "decide", "draw_world"]

EXCHANGED_FAMILIES = 100  # one family in so many
EXCHANGED_PAIRS_OF_BODIES = 200
FIVE_NINES = 0.99999
BINS = (0.5, 0.9, 0.99, 0.999, 0.9999, 1.0)


@dataclass(frozen=True)
class Scenario:
    """What happened to the tubes, and which of the two rules against it are in force."""

    name: str
    families: str = "own"
    bodies: str = "own"
    one_strand: bool = True
    one_sample: bool = True


SCENARIOS = (
    Scenario("no tube exchanged"),
    Scenario("families' tubes", families="tubes"),
    Scenario("families' tubes, without one_strand", families="tubes", one_strand=False),
    Scenario("bodies' tubes", bodies="tubes"),
    Scenario("bodies' tubes, without one_sample", bodies="tubes", one_sample=False),
    Scenario("both", families="tubes", bodies="tubes"),
    Scenario("both, without the two rules", families="tubes", bodies="tubes", one_strand=False, one_sample=False),
    Scenario("all tubes of a family", families="envelopes"),
)


@dataclass(frozen=True, eq=False)
class World:
    """One subpopulation with its register, its bodies, and the candidates, by what happened to the families' tubes."""

    theta: float
    share: float
    registers: dict[str, Register]
    bodies: dict[str, Bodies]
    candidates: dict[str, Candidates]


@dataclass
class Names:
    """What became of the bodies.

    ``..._by_threshold`` asks for the posterior alone, ``wrong_at_five_nines`` for 0.99999 of it. ``..._kinds`` are the
    families of those on the list, of right and of wrong names. ``against`` holds right names back. ``bins`` counts best
    candidates by posterior: n, expected wrong, wrong.
    """

    scenario: str
    theta: float
    asked: Asked
    exact: bool
    on_list_kinds: Counter[str] = field(default_factory=Counter)
    right: int = 0
    wrong: int = 0
    expected_wrong: float = 0.0
    right_by_threshold: int = 0
    wrong_by_threshold: int = 0
    wrong_at_five_nines: int = 0
    right_kinds: Counter[str] = field(default_factory=Counter)
    wrong_kinds: Counter[str] = field(default_factory=Counter)
    against: Counter[str] = field(default_factory=Counter)
    bins: list[list[float]] = field(default_factory=lambda: [[0, 0.0, 0] for _ in BINS[1:]])


def draw_world(
    model: Model,
    *,
    theta: float,
    share: float,
    n_bodies: int,
    lists: Sequence[int],
    generator: Generator,
    degraded: Mapping[Degradation, float] = DEGRADED,
) -> World:
    """Returns a world whose bodies are of the first and shortest list, screened with true and exchanged tubes.

    All people are of one subpopulation, as the ratios assume of a body and a stranger's relatives.
    """
    frequencies = model.ladder.populations[model.drawn_from]
    genes = subpopulations(frequencies, theta, 1, mutation_rate=model.mutation_rate, generator=generator)
    register = draw_register(genes, lists[-1])
    bodies = draw_bodies(genes, register, n_bodies, share=share, n_listed=lists[0], degraded=degraded)
    slipped = generator.permutation(lists[0])[: max(2, lists[0] // EXCHANGED_FAMILIES)]
    registers = {
        "own": register,
        "tubes": exchange_tubes(register, slipped, generator),
        "envelopes": exchange_envelopes(register, slipped),
    }
    others = np.setdiff1d(np.arange(len(register)), slipped)
    unchanged = screen(model, register, others, bodies, theta=theta, lists=lists)
    candidates = {
        name: together(unchanged, screen(model, each, slipped, bodies, theta=theta, lists=lists))
        for name, each in registers.items()
    }
    exchanged = exchange_bone_tubes(bodies, of_pairs=EXCHANGED_PAIRS_OF_BODIES, generator=generator)
    return World(theta, share, registers, {"own": bodies, "tubes": exchanged}, candidates)


def decide(world: World, scenario: Scenario, *, n_listed: int, exact: bool) -> Names:
    """Returns the names that all rules let through, each body's best candidate being proposed.

    With ``exact`` the others on the list count with the sum of their ratios, else with 1 each. A tube that was
    exchanged shows where the second one disagrees: of the relative who was sampled again, or of the bone.
    """
    asked = Asked(n_listed, world.share)
    bodies, candidates = world.bodies[scenario.bodies], world.candidates[scenario.families]
    fits = _references_agree(world, scenario)
    samples_agree = bodies.samples_agree if scenario.one_sample else np.ones(len(bodies), dtype=bool)
    register = world.registers[scenario.families]
    names = Names(scenario.name, world.theta, asked, exact)
    names.on_list_kinds.update(_kind(register, person) for person in bodies.truth[bodies.truth != NOBODY])
    decided: set[int] = set()
    for body, (persons, own, lowest) in _by_body(bodies, candidates, n_listed):
        best = persons[int(np.argmax(own))]
        families = [
            Family(
                str(person),
                own_lr,
                lowest_lr,
                n_donors=int(register.n_donors[person]),
                resampled=not scenario.one_strand or person % 4 < RESAMPLED_OF_FOUR,
                references_agree=bool(fits[person]),
                decided=person in decided,
            )
            for person, own_lr, lowest_lr in zip(persons.tolist(), own.tolist(), lowest.tolist(), strict=True)
        ]
        rest_sum = float(candidates.rest[n_listed][bodies.tube_of[body]]) if exact else None
        judgement = verdict(
            families,
            str(best),
            asked,
            rest_sum=rest_sum,
            samples_agree=bool(samples_agree[body]),
            spent=names.expected_wrong,
        )
        posterior = judgement.posterior.persons[str(best)]
        is_right = bool(bodies.truth[body] == best)
        _count(names, judgement.against_signing, posterior, is_right=is_right)
        if not judgement.against_signing:
            decided.add(int(best))
            (names.right_kinds if is_right else names.wrong_kinds)[_kind(register, best)] += 1
    return names


def _kind(register: Register, person: int) -> str:
    return FAMILY_KINDS[register.kinds[person]].name


def _references_agree(world: World, scenario: Scenario) -> np.ndarray:
    """Whether each family's profiles agree, among themselves and with a second sample where one was taken."""
    own, now = world.registers["own"], world.registers[scenario.families]
    fits = mother_and_child_agree(now)
    if scenario.one_strand:
        resampled = (now.n_donors == 1) & (np.arange(len(now)) % 4 < RESAMPLED_OF_FOUR)
        fits &= ~resampled | (now.donors == own.donors).all(axis=(1, 2))
    return np.asarray(fits)


def _by_body(
    bodies: Bodies, candidates: Candidates, n_listed: int
) -> Iterator[tuple[int, tuple[np.ndarray, np.ndarray, np.ndarray]]]:
    """Each body that has candidates on the list, with those of the sample in its tube."""
    listed = np.flatnonzero(candidates.persons < n_listed)
    ordered = listed[np.argsort(candidates.samples[listed], kind="stable")]
    starts = np.searchsorted(candidates.samples[ordered], np.arange(len(bodies) + 1))
    for body in range(len(bodies)):
        tube = bodies.tube_of[body]
        rows = ordered[starts[tube] : starts[tube + 1]]
        if len(rows):
            yield body, (candidates.persons[rows], candidates.log10_lr[rows], candidates.lowest_log10_lr[rows])


def _count(names: Names, against: Sequence[str], posterior: float, *, is_right: bool) -> None:
    if "below_threshold" not in against:
        names.right_by_threshold += is_right
        names.wrong_by_threshold += not is_right
        names.wrong_at_five_nines += not is_right and posterior >= FIVE_NINES
    if not against:
        names.right += is_right
        names.wrong += not is_right
        names.expected_wrong += 1 - posterior
    elif is_right:
        names.against.update(against)
    for place, (low, high) in enumerate(pairwise(BINS)):
        if low <= posterior < high or (posterior == high == 1.0):
            names.bins[place][0] += 1
            names.bins[place][1] += 1 - posterior
            names.bins[place][2] += not is_right
