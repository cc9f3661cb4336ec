"""Who is on whose line, and how far."""

from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.genetics.lineages import LineageKind, meioses_on_line
from homeward.genetics.pedigrees import Member, Pedigree, Sex

MEN, WOMEN = Sex.MALE, Sex.FEMALE
FAMILY = Pedigree.of(
    [
        Member("grandfather"),
        Member("grandmother"),
        Member("uncle", "grandfather", "grandmother", MEN),
        Member("father", "grandfather", "grandmother", MEN),
        Member("maternal grandmother", sex=WOMEN),
        Member("mother", mother="maternal grandmother"),
        Member("aunt", mother="maternal grandmother", sex=WOMEN),
        Member("Charlie", "father", "mother", MEN),
        Member("sister", "father", "mother", WOMEN),
        Member("sister's son", mother="sister", sex=MEN),
        Member("cousin", "uncle", sex=MEN),
    ]
)


def test_paternal_line__runs_through_fathers_and_holds_no_woman() -> None:
    line = dict(meioses_on_line(FAMILY, "Charlie", kind=LineageKind.Y))
    assert line == {"Charlie": 0, "father": 1, "grandfather": 2, "uncle": 3, "cousin": 4}


def test_maternal_line__runs_through_mothers_and_holds_their_sons() -> None:
    line = dict(meioses_on_line(FAMILY, "Charlie", kind=LineageKind.MT))
    assert line.pop("sister's son") == 3
    assert line == {"Charlie": 0, "mother": 1, "maternal grandmother": 2, "sister": 2, "aunt": 3}


def test_paternal_line__of_a_woman_is_empty() -> None:
    assert meioses_on_line(FAMILY, "sister", kind=LineageKind.Y) == {}


def test_evidence__is_named_as_the_rules_of_identification_name_it() -> None:
    from homeward.identification.vocabulary import EvidenceKind

    assert {kind.evidence for kind in LineageKind} == {EvidenceKind.Y_STR.value, EvidenceKind.MTDNA.value}


@st.composite
def pedigrees(draw: st.DrawFn) -> Pedigree:
    """Families of up to twelve, each with parents drawn among those before."""
    members: list[Member] = []
    for number in range(draw(st.integers(1, 12))):
        sex = draw(st.sampled_from([MEN, WOMEN]))
        men = [m.id for m in members if m.sex is MEN]
        women = [m.id for m in members if m.sex is WOMEN]
        father = draw(st.sampled_from([None, *men]))
        mother = draw(st.sampled_from([None, *women]))
        members.append(Member(f"P{number}", father, mother, sex))
    return Pedigree.of(members)


@given(pedigrees(), st.sampled_from(LineageKind))
def test_line__is_the_walk_along_one_kind_of_parent(pedigree: Pedigree, kind: LineageKind) -> None:
    """A breadth-first walk over the links of one kind gives the same people and the same distances."""
    is_y = kind is LineageKind.Y
    links: dict[str, set[str]] = {name: set() for name in pedigree.ids}
    for member in pedigree.members:
        parent = member.father if is_y else member.mother
        if parent is not None and not (is_y and member.sex is WOMEN):
            links[member.id].add(parent)
            links[parent].add(member.id)
    for start in pedigree.members:
        if is_y and start.sex is WOMEN:
            continue
        found, waiting = {start.id: 0}, deque([start.id])
        while waiting:
            at = waiting.popleft()
            for near in links[at] - found.keys():
                found[near] = found[at] + 1
                waiting.append(near)
        if is_y:
            found = {name: n for name, n in found.items() if pedigree.member(name).sex is not WOMEN}
        assert dict(meioses_on_line(pedigree, start.id, kind=kind)) == found


def test_line__of_somebody_else_is_refused() -> None:
    from homeward.errors import InputError

    with pytest.raises(InputError):
        meioses_on_line(FAMILY, "Zed", kind=LineageKind.Y)
