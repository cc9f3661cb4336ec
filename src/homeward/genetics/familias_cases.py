"""A Familias file as a case or a joint case of the format in docs/reference/kinship-search.md."""

import re

import numpy as np

from homeward.errors import InputError
from homeward.genetics.alleles import canonical_allele, repeats, sorted_alleles
from homeward.genetics.familias_records import (
    FamFamily,
    FamFile,
    FamLocus,
    FamModel,
    FamMutation,
    FamPedigree,
    FamPerson,
)
from homeward.genetics.marker_types import MarkerType, marker_type
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.pedigrees import Member, Pedigree, Sex

__all__ = ["fam_as_case"]

_MISSING_PERSON = "missing person"
_MISSING_NUMBERED = re.compile(r"missing (male|female|person) \d+$", re.IGNORECASE)


def fam_as_case(fam: FamFile, *, place: str, all_on_x: bool = False, may_lose: bool = True) -> dict[str, object]:
    """Returns a case, or a joint case where the file has victims and reference families, ready to be written as JSON.

    Parents that the file leaves out are added as untyped founders. Missing persons of a joint case keep their names;
    those that the file numbers are called M1, M2, ... in its order; "labels" says which is which. What is not carried
    over, or stands as something else, is in "notes". Markers are on X by their names, or all of them (``all_on_x``):
    the file does not say. A family without a missing person is left out with a note, or refused (not ``may_lose``).
    """
    notes: list[str] = list(fam.notes)
    case: dict[str, object] = {
        "markers": [_marker(locus, notes, all_on_x=all_on_x) for locus in fam.loci],
        "theta": fam.theta,
    }
    case |= _joint(fam, place, notes, may_lose=may_lose) if fam.is_dvi else _hypotheses(fam, place)
    people = _read_people(fam, case.get("families"))
    drop_out = _drop_out(fam, people, notes)
    if drop_out:
        case["drop_out"] = drop_out
    drop_in = {name: person.drop_in for name, person in people.items() if person.drop_in and person.genotypes}
    if drop_in:
        case["drop_in"] = drop_in
    if notes:
        case["notes"] = notes
    return case


def _hypotheses(fam: FamFile, place: str) -> dict[str, object]:
    names = [f"H{number}" for number in range(1, len(fam.pedigrees) + 1)]
    titles = [pedigree.name for pedigree in fam.pedigrees]
    keys = titles if sorted(titles) == sorted(names) else names
    return {
        "hypotheses": {
            key: _members(fam.persons + pedigree.extras, pedigree, place=place)
            for key, pedigree in zip(keys, fam.pedigrees, strict=True)
        },
        "hypothesis_titles": dict(zip(keys, titles, strict=True)),
        "genotypes": _genotypes(fam.persons),
    }


def _read_people(fam: FamFile, families: object) -> dict[str, FamPerson]:
    """Everybody whose readings the case has, by the name that its conditions use; a lost family has none."""
    if not isinstance(families, list):
        return {person.name: person for person in fam.persons}
    kept = {family["family"] for family in families}
    of_families = [family for family in fam.families if family.name in kept]
    relatives = {f"{family.name} {person.name}": person for family in of_families for person in family.persons}
    return {person.name: person for person in fam.unidentified} | relatives


def _drop_out(fam: FamFile, people: dict[str, FamPerson], notes: list[str]) -> dict[str, object]:
    """The probability that an allele was lost, by person and marker, for whom the file wants it considered."""
    stated = {locus.name: locus.drop_out for locus in fam.loci if locus.drop_out > 0}
    asked = {name: person for name, person in people.items() if person.considers_drop_out and person.genotypes}
    if stated and not asked:
        notes.append(f"drop-out is stated for {', '.join(stated)}, but for no person; it is not applied")
    if asked and not stated:
        notes.append(f"drop-out is to be considered for {', '.join(asked)}, at a probability of 0: nothing changes")
    of_each = {name: {m: d for m, d in stated.items() if m in person.genotypes} for name, person in asked.items()}
    return {name: values for name, values in of_each.items() if values}


def _joint(fam: FamFile, place: str, notes: list[str], *, may_lose: bool) -> dict[str, object]:
    families: list[dict[str, object]] = []
    labels: dict[str, str] = {}
    for family in fam.families:
        pedigree = _pedigree_with_missing(family, notes)
        if pedigree is None and not may_lose:
            raise InputError(
                place=f"{place} line {family.line}",
                found=f'family "{family.name}" without a missing person',
                needed="a pedigree with somebody untyped, or leave to lose the family (--allow-lost-families)",
            )
        if pedigree is not None:
            families.append(_family(family, pedigree, labels, place=place))
    return {
        "victims": {person.name: _profile(person) for person in fam.unidentified},
        "victim_sexes": {person.name: person.sex or Sex.UNKNOWN.value for person in fam.unidentified},
        "missing": list(labels),
        "labels": labels,
        "families": families,
    }


def _family(family: FamFamily, pedigree: FamPedigree, labels: dict[str, str], *, place: str) -> dict[str, object]:
    related = {name for relation in pedigree.relations for name in relation}
    missing = _missing_of(family, pedigree)
    numbered = [name for name in missing if _is_missing(name)]
    renamed = {name: f"M{len(labels) + number}" for number, name in enumerate(numbered, 1)}
    renamed |= {n: f"{n} of {family.name}" if n in labels else n for n in missing if not _is_missing(n)}
    renamed = {name: renamed[name] for name in missing}
    _refuse_taken_names(family, renamed, place)
    labels |= {new: f"{old} of {family.name}" for old, new in renamed.items()}
    persons = [person for person in family.persons if person.name in related or person.genotypes]
    people = [FamPerson(renamed.get(p.name, p.name), p.sex, p.genotypes, p.line) for p in persons]
    listed = {person.name for person in people}
    people += [FamPerson(new, None, {}, pedigree.line) for old, new in renamed.items() if new not in listed]
    relations = tuple((renamed.get(a, a), renamed.get(b, b)) for a, b in pedigree.relations)
    kin = FamPedigree(pedigree.name, (), relations, pedigree.line)
    members = _members(tuple(people), kin, place=place, unknown_allowed=True)
    for member in members:
        if member["sex"] == Sex.UNKNOWN.value:
            member["sex"] = _sex_of_leftover(family, related) or Sex.UNKNOWN.value
    return {
        "family": family.name,
        "missing": list(renamed.values()),
        "members": members,
        "genotypes": _genotypes(family.persons),
    }


def _refuse_taken_names(family: FamFamily, renamed: dict[str, str], place: str) -> None:
    for person in family.persons:
        if person.name in renamed.values() and person.name not in renamed:
            raise InputError(
                place=f"{place} line {person.line}",
                found=f'a person named "{person.name}"',
                needed="another name: missing persons are called M1, M2, ...",
            )


def _pedigree_with_missing(family: FamFamily, notes: list[str]) -> FamPedigree | None:
    """Returns the pedigree that states the kinship: the first with a missing person that is no mere reference."""
    wanted = [pedigree for pedigree in family.pedigrees if _missing_of(family, pedigree)]
    if not wanted:
        notes.append(f'family "{family.name}" has no pedigree with a missing person and is left out')
        return None
    named = [pedigree for pedigree in wanted if not _is_reference(pedigree)] or wanted
    if any(set(other.relations) != set(named[0].relations) for other in named):
        notes.append(
            f'family "{family.name}" has {len(named)} different pedigrees; "{named[0].name}" is the one that is used'
        )
    missing = _missing_of(family, named[0])
    if not any(_is_missing(name) for name in missing):
        notes.append(
            f'family "{family.name}": {", ".join(missing)} without a profile, taken as missing under their own names'
        )
    return named[0]


def _is_reference(pedigree: FamPedigree) -> bool:
    return pedigree.name.lower() == "reference pedigree"


def _missing_of(family: FamFamily, pedigree: FamPedigree) -> list[str]:
    """Returns who is missing in a pedigree: whom the file calls so; else the untyped whom only this pedigree relates.

    The reference pedigree relates the relatives alone, so whoever comes in beside it is sought. Where it relates
    everybody, all of the untyped on the list of persons are.
    """
    typed = {person.name for person in family.persons if person.genotypes}
    related = {name for relation in pedigree.relations for name in relation}
    called = [name for name in sorted(related - typed) if name.lower() == _MISSING_PERSON]
    untyped = [person.name for person in family.persons if person.name in related - typed]
    called += [name for name in untyped if _MISSING_NUMBERED.match(name)]
    if called or _is_reference(pedigree):
        return called
    reference = next((each for each in family.pedigrees if _is_reference(each)), None)
    known = {name for relation in reference.relations for name in relation} if reference else set()
    listed = {person.name for person in family.persons}
    return [name for name in untyped if name not in known] or (untyped if related <= listed else [])


def _is_missing(name: str) -> bool:
    return name.lower() == _MISSING_PERSON or _MISSING_NUMBERED.match(name) is not None


def _sex_of_leftover(family: FamFamily, related: set[str]) -> str | None:
    """Familias keeps a leftover "Missing male 1" beside the "Missing person" that the pedigree names."""
    leftovers = [
        person.sex
        for person in family.persons
        if _MISSING_NUMBERED.match(person.name) and person.name not in related and not person.genotypes
    ]
    return leftovers[0] if len(leftovers) == 1 else None


def _members(
    people: tuple[FamPerson, ...], pedigree: FamPedigree, *, place: str, unknown_allowed: bool = False
) -> list[dict[str, str]]:
    parents: dict[str, dict[str, str]] = {person.name: {} for person in people}
    where = f'{place} line {pedigree.line}, pedigree "{pedigree.name}"'
    for parent, child in pedigree.relations:
        for name in (parent, child):
            if name not in parents:
                raise InputError(place=where, found=f'"{name}"', needed="somebody on the list of persons")
    sexes = _sexes(people, pedigree, place)
    for parent, child in pedigree.relations:
        role = "mother" if sexes[parent] == "female" else "father"
        if parents[child].setdefault(role, parent) != parent:
            raise InputError(
                place=where, found=f'{parents[child][role]} and {parent} as {role} of "{child}"', needed=f"one {role}"
            )
    try:
        whole = Pedigree.of(
            Member(name, roles.get("father"), roles.get("mother"), Sex(sexes[name])) for name, roles in parents.items()
        )
    except InputError as problem:
        raise InputError(place=f"{where}, {problem.place}", found=problem.found, needed=problem.needed) from problem
    return [_member_object(member, unknown_allowed=unknown_allowed) for member in whole.members]


def _member_object(member: Member, *, unknown_allowed: bool) -> dict[str, str]:
    result = {"id": member.id}
    if member.father and member.mother:
        result |= {"father": member.father, "mother": member.mother}
    if member.sex is not Sex.UNKNOWN or unknown_allowed:
        result["sex"] = member.sex.value
    return result


def _sexes(people: tuple[FamPerson, ...], pedigree: FamPedigree, place: str) -> dict[str, str]:
    """Returns the sex of everybody; a parent of unknown sex has the other sex than the co-parent."""
    sexes = {person.name: person.sex or Sex.UNKNOWN.value for person in people}
    by_child: dict[str, list[str]] = {}
    for parent, child in pedigree.relations:
        by_child.setdefault(child, []).append(parent)
    opposite = {"male": "female", "female": "male"}
    for person in people:
        couples = [both for both in by_child.values() if person.name in both and len(set(both)) == 2]
        partners = {sexes[name] for both in couples for name in both if name != person.name}
        inferred = {opposite[sex] for sex in partners if sex in opposite}
        if len(inferred) > 1:
            raise InputError(
                place=f'{place} line {pedigree.line}, pedigree "{pedigree.name}"',
                found=f'"{person.name}" as father and as mother',
                needed="one of the two",
            )
        if person.sex is None:
            sexes[person.name] = next(iter(inferred), Sex.UNKNOWN.value)
    return sexes


def _profile(person: FamPerson) -> dict[str, list[str]]:
    return {marker: [canonical_allele(allele) for allele in pair] for marker, pair in person.genotypes.items()}


def _genotypes(persons: tuple[FamPerson, ...]) -> dict[str, dict[str, list[str]]]:
    return {person.name: _profile(person) for person in persons if person.genotypes}


def _marker(locus: FamLocus, notes: list[str], *, all_on_x: bool) -> dict[str, object]:
    """Alleles of frequency zero are left out: nothing can be said about a person who shows one."""
    spelled = {canonical_allele(a): f for a, f in locus.frequencies.items() if f > 0}
    frequencies = {allele: spelled[allele] for allele in sorted_alleles(spelled)}
    mutation = _mutation(locus, locus.male, frequencies, notes=notes)
    if locus.female != locus.male:
        mutation["female"] = _mutation(locus, locus.female, frequencies, notes=notes)
    on_x = all_on_x or marker_type(locus.name) is MarkerType.X
    if on_x and not all_on_x:
        notes.append(f"marker {locus.name} is on X by its name")
    stated = {"minimum_frequency": locus.minimum_frequency} if locus.minimum_frequency > 0 else {}
    return {
        "name": locus.name,
        "type": "x" if on_x else "autosomal",
        **stated,
        "frequencies": frequencies,
        "silent_frequency": locus.silent_frequency,
        "mutation": mutation,
    }


def _mutation(
    locus: FamLocus, mutation: FamMutation, frequencies: dict[str, float], *, notes: list[str]
) -> dict[str, object]:
    if mutation.rate == 0.0 and (mutation.rate2 == 0.0 or mutation.model in (FamModel.EQUAL, FamModel.PROPORTIONAL)):
        return {"model": MutationKind.NONE.value}
    if mutation.model in (FamModel.EQUAL, FamModel.PROPORTIONAL):
        return {"model": mutation.model.name.lower(), "rate": mutation.rate}
    obstacle = _obstacle_to_steps(frequencies, mutation)
    if obstacle:
        note = f"marker {locus.name}: {obstacle}, so the stepwise model is replaced by equal with the same rate"
        if note not in notes:
            notes.append(note)
        return {"model": MutationKind.EQUAL.value, "rate": mutation.rate}
    if mutation.rate == 0.0 and len({repeats(allele)[1] for allele in frequencies}) < 2:
        notes.append(f"marker {locus.name}: rate 0 and no allele with a fraction, so nothing mutates")
        return {"model": MutationKind.NONE.value}
    if mutation.model is FamModel.STEPWISE_STATIONARY:
        return _stationary(locus, mutation, frequencies, notes=notes)
    return {
        "model": MutationKind.STEPWISE.value,
        "rate": mutation.rate,
        "rate2": mutation.rate2,
        "range": mutation.range,
    }


def _obstacle_to_steps(frequencies: dict[str, float], mutation: FamMutation) -> str | None:
    if not 0 < mutation.range <= 1:
        return f"the mutation range is {mutation.range:g}"
    for allele in frequencies:
        try:
            repeats(allele)
        except InputError:
            return f'allele "{allele}" is no number of repeats'
    return None


def _stationary(
    locus: FamLocus, mutation: FamMutation, frequencies: dict[str, float], *, notes: list[str]
) -> dict[str, object]:
    """The stepwise matrix made stationary for the frequencies, keeping its expected rate (Simonsson & Mostad 2016).

    With q the stationary distribution of the stepwise matrix M and p the frequencies, R = I + k diag(q/p) (M - I)
    keeps p, because p R = p + k q (M - I) = p; k keeps the expected rate.
    """
    alleles, p = tuple(frequencies), np.array(list(frequencies.values()))
    p = p / p.sum()
    model = MutationModel(MutationKind.STEPWISE, mutation.rate, mutation.rate2, mutation.range)
    matrix = model.matrix(alleles, p)
    n = len(alleles)
    system = np.vstack([matrix.T - np.eye(n), np.ones(n)])
    q = np.linalg.lstsq(system, np.append(np.zeros(n), 1.0), rcond=None)[0]
    change = (q / p)[:, None] * (matrix - np.eye(n))
    change *= float(p @ (1.0 - np.diag(matrix))) / float(-(p @ np.diag(change)))
    stationary = np.eye(n) + change
    if (stationary < 0).any():
        notes.append(f"marker {locus.name}: the stepwise model cannot be made stationary here; it is used as it is")
        return {"model": "stepwise", "rate": mutation.rate, "rate2": mutation.rate2, "range": mutation.range}
    return {"model": MutationKind.CUSTOM.value, "rate": mutation.rate, "matrix": stationary.tolist()}
