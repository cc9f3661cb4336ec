"""Joint identification: one large family, and many families of one to three missing brothers."""

import time
from typing import Any

import numpy as np

from homeward.genetics.families import Family
from homeward.genetics.joint_cases import JointCase
from homeward.genetics.markers import Marker
from homeward.genetics.mutation import NO_MUTATION, MutationKind, MutationModel
from homeward.genetics.pedigrees import Member, Pedigree, Sex
from homeward.likelihood.joint import answer_joint_case

N_MARKERS = 21
N_MISSING = {"small": 60, "full": 1000}
M, F = Sex.MALE, Sex.FEMALE
GRAVE = (
    Member("GF", sex=M),
    Member("GM", sex=F),
    Member("F1", "GF", "GM", M),
    Member("F2", "GF", "GM", F),
    Member("W", sex=F),
    Member("H", sex=M),
    Member("R1", "GF", "GM", F),
    *(Member(f"C{n}", "F1", "W", sex) for n, sex in enumerate((M, F, M))),
    *(Member(f"D{n}", "H", "F2", sex) for n, sex in enumerate((M, F, F))),
)
GRAVE_MISSING = ("GF", "GM", "F1", "F2", "C0", "C1", "D0", "D1")
EQUAL = MutationModel(MutationKind.EQUAL, 0.001)
STEPWISE = MutationModel(MutationKind.STEPWISE, 0.002, 1e-6, 0.1)

Gametes = dict[str, list[tuple[str, str]]]


def run(size: str) -> list[dict[str, Any]]:
    """Rows of name, seconds, ratio, against, note."""
    rows, baseline = [], 0.0
    for name, model in (("no", NO_MUTATION), ("equal", EQUAL), ("stepwise", STEPWISE)):
        seconds = _seconds(_grave(_markers(model)))
        baseline = baseline or seconds
        rows.append(
            _row(f"one family, 8 victims, 8 missing: {name} mutation", seconds, seconds / baseline, "no mutation")
        )
    n = N_MISSING[size]
    baseline = 0.0
    for name, typed, model in (
        ("parents read", ("p", "q"), NO_MUTATION),
        ("parents read, equal mutation", ("p", "q"), EQUAL),
        ("mother read", ("q",), NO_MUTATION),
    ):
        seconds = _seconds(_brothers(_markers(model), n, typed))
        baseline = baseline or seconds
        rows.append(_row(f"{n} remains, {n} missing brothers: {name}", seconds, seconds / baseline, "parents read"))
    return rows


def _grave(markers: tuple[Marker, ...]) -> JointCase:
    rng = np.random.default_rng(1)
    gametes = _dropped(GRAVE, markers, rng)
    pedigree = Pedigree.of(GRAVE)
    typed = {name: _profile(gametes[name], markers) for name in ("R1", "C2", "D2", "W", "H")}
    family = Family("grave", GRAVE_MISSING, pedigree, typed)
    victims = {f"V{name}": _profile(gametes[name], markers) for name in GRAVE_MISSING}
    sexes = {f"V{name}": pedigree.member(name).sex for name in GRAVE_MISSING}
    return JointCase(markers, victims, sexes, (family,))


def _brothers(markers: tuple[Marker, ...], n_missing: int, typed: tuple[str, ...]) -> JointCase:
    rng = np.random.default_rng(2)
    families: list[Family] = []
    victims = {}
    while len(victims) < n_missing:
        number = len(families)
        names = [f"b{n}-{number}" for n in range(min(int(rng.integers(1, 4)), n_missing - len(victims)))]
        members = (Member("p", sex=M), Member("q", sex=F), *(Member(name, "p", "q", M) for name in names))
        gametes = _dropped(members, markers, rng)
        read = {name: _profile(gametes[name], markers) for name in typed}
        families.append(Family(f"F{number}", tuple(names), Pedigree.of(members), read))
        victims |= {f"V{name}": _profile(gametes[name], markers) for name in names}
    return JointCase(markers, victims, dict.fromkeys(victims, M), tuple(families))


def _markers(model: MutationModel) -> tuple[Marker, ...]:
    shares = np.random.default_rng(3).dirichlet(np.full(12, 2.0), size=N_MARKERS)
    return tuple(
        Marker.from_frequencies(
            f"M{number}",
            {str(8 + i): float(share) for i, share in enumerate(own)},
            male_mutation=model,
            female_mutation=model,
        )
        for number, own in enumerate(shares)
    )


def _dropped(members: tuple[Member, ...], markers: tuple[Marker, ...], rng: np.random.Generator) -> Gametes:
    gametes: Gametes = {}
    for member in members:
        gametes[member.id] = [
            (
                str(rng.choice(gametes[member.father][i])) if member.father else _founder(marker, rng),
                str(rng.choice(gametes[member.mother][i])) if member.mother else _founder(marker, rng),
            )
            for i, marker in enumerate(markers)
        ]
    return gametes


def _founder(marker: Marker, rng: np.random.Generator) -> str:
    return str(rng.choice(marker.alleles, p=marker.frequencies / marker.frequencies.sum()))


def _profile(gametes: list[tuple[str, str]], markers: tuple[Marker, ...]) -> dict[str, tuple[str, ...]]:
    return {marker.name: tuple(sorted(set(own))) for marker, own in zip(markers, gametes, strict=True)}


def _seconds(case: JointCase) -> float:
    started = time.perf_counter()
    answer_joint_case(case)
    return time.perf_counter() - started


def _row(name: str, seconds: float, ratio: float, against: str) -> dict[str, Any]:
    return {"name": name, "seconds": seconds, "ratio": ratio, "against": against, "note": None}
