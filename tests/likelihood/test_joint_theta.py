"""Joint identification under theta, held to enumeration, to a published formula, and to the answer at theta 0."""

import math
from dataclasses import replace

import pytest
from tests.likelihood.joint_cases import BROTHERS, markers, random_case
from tests.likelihood.naive import likelihood

from homeward.errors import InputError
from homeward.genetics.families import Family
from homeward.genetics.joint_cases import JointCase
from homeward.genetics.markers import Marker
from homeward.genetics.pedigrees import Member, Pedigree, Sex
from homeward.likelihood.joint import answer_joint_case


def father_and_child(number: int, typed: dict[str, tuple[str, ...]]) -> Family:
    """A family of a read father who misses his son."""
    members = [Member(f"father{number}", sex=Sex.MALE), Member(f"son{number}", f"father{number}", f"mother{number}")]
    pedigree = Pedigree.of([*members, Member(f"mother{number}", sex=Sex.FEMALE)])
    return Family(f"F{number}", (f"son{number}",), pedigree, {f"father{number}": typed})


def joint_case(*fathers: dict[str, tuple[str, ...]], victims: dict[str, dict[str, tuple[str, ...]]]) -> JointCase:
    panel = markers("none")
    families = tuple(father_and_child(number, typed) for number, typed in enumerate(fathers))
    return JointCase(panel, victims, dict.fromkeys(victims, Sex.UNKNOWN), families, theta=0.05)


@pytest.mark.parametrize("theta", [0.01, 0.05, 0.2])
def test_answer_joint_case__with_theta__is_the_formula_of_evett_and_weir(theta: float) -> None:
    marker = Marker.from_frequencies("M", {"a": 0.1, "b": 0.3, "c": 0.2, "d": 0.4})
    family = father_and_child(0, {"M": ("a", "b")})
    case = JointCase((marker,), {"V": {"M": ("a", "c")}}, {"V": Sex.UNKNOWN}, (family,), theta=theta)
    answer = answer_joint_case(case)
    # The child takes the father's allele, and another one is drawn; a stranger draws both (Evett and Weir 1998).
    expected = (1 + 2 * theta) / (4 * (theta + (1 - theta) * 0.1))
    assert answer.assignments[0].missing_by_victim == {"V": "son0"}
    assert answer.assignments[0].log10_lr == pytest.approx(math.log10(expected), abs=1e-12)
    assert answer.victims["V"]["son0"] == pytest.approx(expected / (1 + expected), rel=1e-12)


def test_answer_joint_case__with_theta__agrees_with_enumeration_over_both_families_together() -> None:
    readings = ({"L0": ("9", "10")}, {"L0": ("9", "9.3")})
    case = joint_case(*readings, victims={"V": {"L0": ("9",)}})
    case = replace(case, markers=case.markers[:1])
    (marker,) = case.markers
    members = [member for family in case.families for member in family.pedigree.members]
    typed = {"father0": ("9", "10"), "father1": ("9", "9.3")}
    expected = {
        "son0": likelihood(Pedigree.of(members), typed | {"son0": ("9",)}, marker, 0.05),
        "son1": likelihood(Pedigree.of(members), typed | {"son1": ("9",)}, marker, 0.05),
        None: likelihood(Pedigree.of([*members, Member("V")]), typed | {"V": ("9",)}, marker, 0.05),
    }
    answer = answer_joint_case(case)
    found = {each.missing_by_victim["V"]: each.log10_likelihood for each in answer.assignments}
    assert found == pytest.approx({name: math.log10(value) for name, value in expected.items()}, abs=1e-12)
    total = sum(expected.values())
    assert answer.victims["V"]["none"] == pytest.approx(expected[None] / total)
    assert answer.missing["son1"]["V"] == pytest.approx(expected["son1"] / total)
    assert any("one subpopulation" in note for note in answer.notes)


@pytest.mark.parametrize("model", ["none", "equal"])
def test_answer_joint_case__with_next_to_no_theta__is_that_without(model: str) -> None:
    case = random_case(("brothers, mother read", "one son"), seed=4, model=model)
    victims = list(case.victims)
    case = replace(case, fixed={victims[0]: None}, excluded=frozenset({(victims[1], case.missing[0])}))
    without = answer_joint_case(case)
    within = answer_joint_case(replace(case, theta=1e-9))
    assert within.n_assignments == without.n_assignments
    for victim in case.victims:
        assert within.victims[victim] == pytest.approx(without.victims[victim], abs=1e-6)
    for first, second in zip(within.assignments[:3], without.assignments[:3], strict=True):
        assert first.log10_lr == pytest.approx(second.log10_lr, abs=1e-5)


def test_answer_joint_case__with_theta__refuses_more_than_it_can_compute() -> None:
    pedigree = Pedigree.of(BROTHERS)
    families = tuple(
        Family(
            f"F{number}",
            (f"a{number}",),
            Pedigree.of(
                [
                    Member(f"{m.id}{number}", m.father and f"{m.father}{number}", m.mother and f"{m.mother}{number}")
                    for m in pedigree.members
                ]
            ),
            {f"b{number}": {"L0": ("9",)}},
        )
        for number in range(8)
    )
    victims = {f"V{number}": {"L0": ("9",)} for number in range(8)}
    case = JointCase(markers("none")[:1], victims, dict.fromkeys(victims, Sex.UNKNOWN), families, theta=0.01)
    with pytest.raises(InputError, match="assignments; needed: at most 2,000 with theta"):
        answer_joint_case(case)


def test_answer_joint_case__with_theta__refuses_replicates_rather_than_read_one_of_them() -> None:
    case = joint_case({"L0": ("9", "10")}, victims={"V": {"L0": ("9", "9.3")}})
    with pytest.raises(InputError, match="replicates of one member"):
        answer_joint_case(replace(case, replicates={"V": ({"L0": ("9", "9.3")},)}))
