"""The reference answers of tests/reference/kinship as values of the package."""

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

from homeward.genetics.families import Family
from homeward.genetics.joint_cases import JointCase
from homeward.genetics.markers import Marker
from homeward.genetics.mutation import NO_MUTATION, MutationKind, MutationModel
from homeward.genetics.pedigrees import Member, Pedigree, Sex

FOLDER = Path(__file__).parents[1] / "reference" / "kinship"


@cache
def read(name: str) -> dict[str, Any]:
    return json.loads(gzip.decompress((FOLDER / f"{name}.json.gz").read_bytes()))


def dvi_markers(data: dict[str, Any]) -> tuple[Marker, ...]:
    return tuple(
        Marker.from_frequencies(
            entry["name"],
            dict(zip(entry["alleles"], entry["afreq"], strict=True)),
            male_mutation=_model(entry["mutation"]),
            female_mutation=_model(entry["mutation"]),
        )
        for entry in data["markers"]
    )


def _model(data: dict[str, Any] | None) -> MutationModel:
    if data is None:
        return NO_MUTATION
    both = data["both"]
    return MutationModel(MutationKind(both["model"]), both["rate"])


def _profile(data: dict[str, Any], readings: Any) -> dict[str, tuple[str, ...]]:
    if isinstance(readings, dict):
        return {marker: tuple(alleles) for marker, alleles in readings.items()}
    return {entry["name"]: tuple(alleles) for entry, alleles in zip(data["markers"], readings, strict=True)}


def dvi_case(data: dict[str, Any]) -> JointCase:
    families = []
    for name, entry in data["am"].items():
        members = [
            Member(person["id"], person["fid"], person["mid"], Sex(person["sex"]))
            for component in entry["pedigree"]
            for person in component
        ]
        pedigree = Pedigree.of(members)
        genotypes = {member: _profile(data, readings) for member, readings in entry["genotypes"].items()}
        missing = tuple(member for member in data["missing"] if member in pedigree)
        families.append(Family(name, missing, pedigree, genotypes))
    return JointCase(
        markers=dvi_markers(data),
        victims={name: _profile(data, entry["genotypes"][name]) for name, entry in data["pm"].items()},
        victim_sexes={name: Sex(entry["pedigree"][0][0]["sex"]) for name, entry in data["pm"].items()},
        families=tuple(families),
    )
