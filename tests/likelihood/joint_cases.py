"""Small joint cases, and the naive answer: every assignment with the full likelihood of every family."""

import math
from collections.abc import Iterator

import numpy as np

from homeward.genetics.families import Family
from homeward.genetics.joint_cases import JointCase
from homeward.genetics.markers import Marker, MarkerKind
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.pedigrees import Member, Pedigree, Sex
from homeward.likelihood.panels import Panel
from homeward.likelihood.peeling import Readings, log10_likelihood

MODELS = {
    "none": MutationModel(),
    "equal": MutationModel(MutationKind.EQUAL, 0.02),
    "stepwise": MutationModel(MutationKind.STEPWISE, 0.02, 0.001, 0.1),
}
FREQUENCIES = ({"9": 0.4, "9.3": 0.2, "10": 0.4}, {"6": 0.1, "7": 0.3, "8": 0.6}, {"14": 0.5, "15": 0.5})
M, F = Sex.MALE, Sex.FEMALE
BROTHERS = (Member("p", sex=M), Member("q", sex=F), Member("a", "p", "q", M), Member("b", "p", "q", M))
GENERATIONS = (
    Member("p", sex=M),
    Member("q", sex=F),
    Member("a", "p", "q", M),
    Member("s", "p", "q", F),
    Member("w", sex=F),
    Member("b", "a", "w", M),
)
PEDIGREES = {
    "brothers, mother read": (BROTHERS, ("a", "b"), ("q",)),
    "brothers, parents read": (BROTHERS, ("a", "b"), ("p", "q")),
    "father and son, sister read": (GENERATIONS, ("a", "b"), ("s",)),
    "three generations, mother's family read": (GENERATIONS, ("p", "a", "b"), ("w", "s")),
    "one son": (BROTHERS, ("a",), ("p", "b")),
}


def markers(model: str, *, silent: float = 0.0, x_linked: bool = False) -> tuple[Marker, ...]:
    """Three markers of three alleles or fewer; the last may lie on X."""
    kinds = [MarkerKind.AUTOSOMAL, MarkerKind.AUTOSOMAL, MarkerKind.X if x_linked else MarkerKind.AUTOSOMAL]
    return tuple(
        Marker.from_frequencies(
            f"L{number}",
            {allele: value * (1 - silent) for allele, value in frequencies.items()},
            kind=kind,
            silent_frequency=silent,
            male_mutation=MODELS[model],
            female_mutation=MODELS[model],
        )
        for number, (frequencies, kind) in enumerate(zip(FREQUENCIES, kinds, strict=True))
    )


def random_case(
    names: tuple[str, ...],
    *,
    seed: int,
    model: str = "none",
    n_strangers: int = 1,
    silent: float = 0.0,
    x_linked: bool = False,
) -> JointCase:
    """Families of these pedigrees with simulated readings; all missing are found, and some strangers."""
    rng = np.random.default_rng(seed)
    panel = markers(model, silent=silent, x_linked=x_linked)
    families, found = [], []
    for number, name in enumerate(names):
        members, missing, typed = PEDIGREES[name]
        profiles = _profiles(members, panel, rng)
        rename = {member.id: f"{member.id}{number}" for member in members}
        pedigree = Pedigree.of(
            Member(rename[m.id], rename.get(m.father or ""), rename.get(m.mother or ""), m.sex) for m in members
        )
        genotypes = {rename[each]: profiles[each] for each in typed}
        families.append(Family(f"F{number}", tuple(rename[each] for each in missing), pedigree, genotypes))
        found += [profiles[each] for each in missing]
    found += [_profiles((Member("x", sex=M),), panel, rng)["x"] for _ in range(n_strangers)]
    order = rng.permutation(len(found)).tolist()
    victims = {f"V{place}": found[number] for place, number in enumerate(order)}
    if len(victims) > 1:  # not everything is read from bone
        victims["V0"] = {marker: alleles for marker, alleles in victims["V0"].items() if marker != "L1"}
    sexes = {name: M if x_linked or place % 2 else Sex.UNKNOWN for place, name in enumerate(victims)}
    return JointCase(panel, victims, sexes, tuple(families))


def _profiles(
    members: tuple[Member, ...], panel: tuple[Marker, ...], rng: np.random.Generator
) -> dict[str, dict[str, tuple[str, ...]]]:
    gametes: dict[tuple[str, str], tuple[str, str]] = {}
    profiles: dict[str, dict[str, tuple[str, ...]]] = {member.id: {} for member in members}
    for marker in panel:
        shares = marker.frequencies / marker.frequencies.sum()
        for member in members:
            own = [
                str(rng.choice(gametes[parent, marker.name])) if parent else str(rng.choice(marker.alleles, p=shares))
                for parent in (member.father, member.mother)
            ]
            if marker.kind is MarkerKind.X and member.sex is M:
                own[0] = own[1]
            gametes[member.id, marker.name] = own[0], own[1]
            profiles[member.id][marker.name] = tuple(sorted(set(own)))
    return profiles


def naive(case: JointCase) -> dict[tuple[str | None, ...], float]:
    """Log10 likelihood of each assignment (who each victim is) that sexes and other evidence allow."""
    panel = Panel(case.markers)
    alone = {
        name: _log10(Pedigree.of([Member(name, sex=case.victim_sexes[name])]), {name: profile}, panel)
        for name, profile in case.victims.items()
    }
    result = {}
    for assignment in _assignments(case, list(case.victims), ()):
        placed = {name: victim for victim, name in zip(case.victims, assignment, strict=True) if name}
        total = sum(alone[victim] for victim, name in zip(case.victims, assignment, strict=True) if not name)
        for family in case.families:
            own = {name: case.victims[placed[name]] for name in family.missing if name in placed}
            total += _log10(family.pedigree, {**family.genotypes, **own}, panel)
        result[assignment] = total
    return result


def _assignments(
    case: JointCase, victims: list[str], chosen: tuple[str | None, ...]
) -> Iterator[tuple[str | None, ...]]:
    if len(chosen) == len(victims):
        yield chosen
        return
    victim = victims[len(chosen)]
    options: list[str | None] = [None]
    for family in case.families:
        for name in family.missing:
            sexes = {case.victim_sexes[victim], family.pedigree.member(name).sex} - {Sex.UNKNOWN}
            if name not in chosen and len(sexes) < 2 and (victim, name) not in case.excluded:
                options.append(name)
    if victim in case.fixed:
        options = [name for name in options if name == case.fixed[victim]]
    for name in options:
        yield from _assignments(case, victims, (*chosen, name))


def _log10(pedigree: Pedigree, profiles: dict[str, dict[str, tuple[str, ...]]], panel: Panel) -> float:
    return float(log10_likelihood(pedigree, Readings.of(profiles, panel), panel).sum())


def naive_posteriors(case: JointCase) -> dict[str, dict[str, float]]:
    """Posterior of each victim over missing persons and "none", from the naive enumeration."""
    logs = naive(case)
    largest = max(logs.values())
    total = math.fsum(10 ** (value - largest) for value in logs.values())
    result = {victim: dict.fromkeys([*case.missing, "none"], 0.0) for victim in case.victims}
    for assignment, value in logs.items():
        for victim, name in zip(case.victims, assignment, strict=True):
            result[victim][name or "none"] += 10 ** (value - largest) / total
    return result
