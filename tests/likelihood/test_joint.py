"""Joint identification against the enumeration of every assignment, its properties, and sampling against exact sums."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.likelihood.joint_cases import PEDIGREES, naive, naive_posteriors, random_case

from homeward.errors import InputError
from homeward.genetics.case_conditions import StatedConditions
from homeward.genetics.joint_cases import JointCase, joint_case_from_object
from homeward.genetics.pedigrees import Member, Pedigree
from homeward.likelihood.cases import with_conditions
from homeward.likelihood.joint import JointAnswer, answer_joint_case
from homeward.likelihood.joint_units import scene_of
from homeward.likelihood.panels import Panel
from homeward.likelihood.peeling import Readings, log10_likelihood
from homeward.likelihood.sampling import SamplingOptions

SETS = {
    "three generations": ("three generations, mother's family read",),
    "two families of brothers": ("brothers, mother read", "brothers, parents read"),
    "father, son, and another's son": ("father and son, sister read", "one son"),
}
SLOW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def assert_same(first: dict[str, dict[str, float]], second: dict[str, dict[str, float]], rel: float = 1e-9) -> None:
    assert first.keys() == second.keys()
    for name, row in first.items():
        assert row == pytest.approx(second[name], rel=rel, abs=1e-13), name


@pytest.mark.parametrize("model", ["none", "equal", "stepwise"])
@pytest.mark.parametrize("names", SETS.values(), ids=SETS)
def test_answer_joint_case__agrees_with_the_enumeration_of_all_assignments(names, model) -> None:
    case = random_case(names, seed=3, model=model)
    expected = naive(case)
    answer = answer_joint_case(case, most=100_000)
    assert answer.method == "exact"
    assert answer.n_assignments == len(expected)
    assert_same(answer.victims, naive_posteriors(case))
    possible = {key: value for key, value in expected.items() if value > -math.inf}
    ours = {tuple(each.missing_by_victim.values()): each.log10_likelihood for each in answer.assignments}
    assert ours == pytest.approx(possible, rel=1e-10)
    values = [each.log10_lr for each in answer.assignments]
    assert values == sorted(values, reverse=True)


@pytest.mark.parametrize(("silent", "x_linked"), [(0.05, False), (0.0, True), (0.05, True)])
def test_answer_joint_case__agrees_with_silent_alleles_and_on_x(silent, x_linked) -> None:
    case = random_case(SETS["two families of brothers"], seed=5, model="equal", silent=silent, x_linked=x_linked)
    assert_same(answer_joint_case(case).victims, naive_posteriors(case))


@SLOW
@given(seed=st.integers(0, 10_000), name=st.sampled_from(sorted(SETS)), model=st.sampled_from(["none", "equal"]))
def test_answer_joint_case__does_not_depend_on_the_order_of_victims_and_families(seed, name, model) -> None:
    case = random_case(SETS[name], seed=seed, model=model)
    turned = replace(case, victims=dict(reversed(list(case.victims.items()))), families=tuple(reversed(case.families)))
    first, second = answer_joint_case(case), answer_joint_case(turned)
    assert_same(first.victims, second.victims)
    assert_same(first.missing, second.missing)


@SLOW
@given(seed=st.integers(0, 10_000), model=st.sampled_from(["none", "stepwise"]))
def test_answer_joint_case__fixing_a_pair_is_conditioning_on_it(seed, model) -> None:
    case = random_case(SETS["two families of brothers"], seed=seed, model=model)
    free = answer_joint_case(case, most=100_000)
    victim, name = next(
        ((v, n) for v, row in free.victims.items() for n, p in row.items() if n != "none" and 1e-6 < p < 1), ("", "")
    )
    assume(victim)
    fixed = answer_joint_case(replace(case, fixed={victim: name}), most=100_000)
    chosen = [each for each in free.assignments if each.missing_by_victim[victim] == name]
    total = math.fsum(each.posterior for each in chosen)
    assert len(fixed.assignments) == len(chosen)
    ours = {tuple(each.missing_by_victim.items()): (each.posterior, each.log10_lr) for each in fixed.assignments}
    for each in chosen:
        posterior, log10_lr = ours[tuple(each.missing_by_victim.items())]
        assert posterior == pytest.approx(each.posterior / total, rel=1e-9)
        assert log10_lr == pytest.approx(each.log10_lr, abs=1e-9)
    assert fixed.victims[victim][name] == 1
    assert fixed.missing[name][victim] == 1


@SLOW
@given(seed=st.integers(0, 10_000))
def test_answer_joint_case__excluding_a_pair_is_conditioning_on_its_absence(seed) -> None:
    case = random_case(SETS["father, son, and another's son"], seed=seed, model="equal")
    without = replace(case, excluded=frozenset({("V1", case.missing[0]), ("V2", case.missing[-1])}))
    answer = answer_joint_case(without)
    assert answer.n_assignments == len(naive(without))
    assert_same(answer.victims, naive_posteriors(without))
    nobody = replace(case, fixed={"V1": None})
    assert_same(answer_joint_case(nobody).victims, naive_posteriors(nobody))


def test_answer_joint_case__components_together_say_what_each_says_alone() -> None:
    """Pairs across two families are excluded, so that each family with its own victims is a case by itself."""
    first, second = (random_case((name,), seed=9, model="equal") for name in ("brothers, mother read", "one son"))
    moved = replace(second.families[0], name="G")
    renamed = {f"W{number}": profile for number, profile in enumerate(second.victims.values())}
    moved_names = {name: f"{name}g" for name in moved.pedigree.ids}
    members = [
        replace(m, id=moved_names[m.id], father=moved_names.get(m.father or ""), mother=moved_names.get(m.mother or ""))
        for m in moved.pedigree.members
    ]
    moved = type(moved)(
        "G",
        tuple(moved_names[name] for name in moved.missing),
        type(moved.pedigree).of(members),
        {moved_names[name]: profile for name, profile in moved.genotypes.items()},
    )
    sexes = {**first.victim_sexes, **dict(zip(renamed, second.victim_sexes.values(), strict=True))}
    across = {(v, n) for v in first.victims for n in moved.missing} | {
        (v, n) for v in renamed for n in first.families[0].missing
    }
    both = JointCase(
        first.markers, {**first.victims, **renamed}, sexes, (*first.families, moved), excluded=frozenset(across)
    )
    answer, alone = answer_joint_case(both), answer_joint_case(first)
    assert answer.provenance.parameters["components"] == 2
    for victim, row in alone.victims.items():
        assert {name: answer.victims[victim][name] for name in row} == pytest.approx(row, rel=1e-9, abs=1e-13)
    other = answer_joint_case(second)
    best = alone.assignments[0].posterior * other.assignments[0].posterior
    assert answer.assignments[0].posterior == pytest.approx(best, rel=1e-9)


def test_answer_joint_case__brothers_with_both_parents_read_are_weighed_apart() -> None:
    case = random_case(("brothers, parents read",), seed=1, model="equal")
    assert [unit.missing for unit in scene_of(case).units] == [("a0",), ("b0",)]
    assert_same(answer_joint_case(case).victims, naive_posteriors(case))


def test_answer_joint_case__refuses_a_fixed_pair_that_cannot_be() -> None:
    case = random_case(("brothers, parents read",), seed=2, n_strangers=4)
    victims = answer_joint_case(case).victims
    impossible = next(name for name, row in victims.items() if row["a0"] == 0)
    with pytest.raises(InputError, match="impossible together"):
        answer_joint_case(replace(case, fixed={impossible: "a0"}))


@pytest.mark.parametrize("names", SETS.values(), ids=SETS)
def test_sampling__keeps_the_exact_posteriors_within_its_standard_errors(names) -> None:
    """Over all figures of several seeds: none beyond five standard errors, and their spread near one."""
    scores: list[tuple[float, bool]] = []
    for seed in range(4):
        case = random_case(names, seed=20 + seed, model="equal")
        exact = answer_joint_case(case)
        sampled = answer_joint_case(case, options=SamplingOptions(seed=seed, n_steps=12_000, always=True))
        assert sampled.method == "sampled"
        scores += _scores(exact, sampled)
    assert len(scores) > 40
    assert max(abs(score) for score, _ in scores) < 5
    told = [score for score, is_resolved in scores if is_resolved]
    assert len(told) > 10
    assert 0.5 < float(np.sqrt(np.mean(np.square(told)))) < 1.5


def _scores(exact: JointAnswer, sampled: JointAnswer) -> list[tuple[float, bool]]:
    """How many standard errors each sampled posterior is off, and whether that is more than the sampling resolves.

    Impossible pairs must be exactly 0.
    """
    parameters = sampled.provenance.parameters
    n_sweeps = [int(parameters[name] or 0) for name in ("chains", "batches_of_a_chain", "sweeps_of_a_batch")]
    resolution = 1 / math.prod(n_sweeps)
    errors = sampled.standard_errors["victims"]
    result = []
    for victim, row in exact.victims.items():
        for name, value in row.items():
            if errors[victim][name] == 0:
                assert sampled.victims[victim][name] == pytest.approx(value, abs=1e-12)
            else:
                error = errors[victim][name]
                result.append(((sampled.victims[victim][name] - value) / error, error > 2 * resolution))
    return result


def test_sampling__gives_the_same_answer_for_the_same_seed() -> None:
    case = random_case(SETS["three generations"], seed=4, model="equal")
    options = SamplingOptions(seed=7, n_steps=2000, always=True)
    first, second = (answer_joint_case(case, options=options).as_json() for _ in range(2))
    assert first == second
    other = answer_joint_case(case, options=replace(options, seed=8)).as_json()
    assert other != first
    assert {"method", "n_assignments", "standard_error"} <= first.keys()


def test_pedigrees__are_all_used() -> None:
    assert {name for names in SETS.values() for name in names} == set(PEDIGREES)


@pytest.mark.parametrize("key", ["drop_out", "drop_in", "error"])
def test_answer_joint_case__takes_the_conditions_of_victims_and_relatives(key: str) -> None:
    """One local assignment after the other, against the likelihood of the family under the same conditions."""
    case = random_case(("three generations, mother's family read",), seed=8, model="equal")
    lost = {"V1": {"L0": 0.3, "L2": 0.1}, "F0 s0": {"L1": 0.2}}
    answer = answer_joint_case(replace(case, conditions=StatedConditions(**{key: lost})), most=100_000)
    panel = Panel(case.markers)
    family = case.families[0]
    for each in answer.assignments:
        placed = {name: victim for victim, name in each.missing_by_victim.items() if name}
        profiles = {**family.genotypes, **{name: case.victims[victim] for name, victim in placed.items()}}
        stated = {"s0": lost["F0 s0"]} | {name: lost.get(victim, {}) for name, victim in placed.items()}
        readings = with_conditions(Readings.of(profiles, panel), StatedConditions(**{key: stated}), panel)
        total = float(log10_likelihood(family.pedigree, readings, panel).sum())
        for victim in set(case.victims) - set(placed.values()):
            alone = Pedigree.of([Member(victim, sex=case.victim_sexes[victim])])
            one = Readings.of({victim: case.victims[victim]}, panel)
            own = with_conditions(one, StatedConditions(**{key: lost}), panel)
            total += float(log10_likelihood(alone, own, panel).sum())
        assert each.log10_likelihood == pytest.approx(total, rel=1e-10)


def test_answer_joint_case__takes_replicates_of_victims() -> None:
    """Each assignment against the likelihood of the family with every replicate of the victims in it."""
    case = random_case(("three generations, mother's family read",), seed=8, model="equal")
    lost = {name: dict.fromkeys(profile, 0.3) for name, profile in case.victims.items()}
    second = {marker: alleles[:1] for marker, alleles in case.victims["V1"].items()}
    stated = StatedConditions(drop_out=lost)
    answer = answer_joint_case(replace(case, conditions=stated, replicates={"V1": (second,)}), most=100_000)
    panel = Panel(case.markers)
    family = case.families[0]

    def readings_of(victim: str, name: str) -> list[Readings]:
        profiles = [case.victims[victim], *([second] if victim == "V1" else [])]
        own = StatedConditions(drop_out={name: lost[victim]})
        return [with_conditions(Readings.of({name: profile}, panel), own, panel) for profile in profiles]

    for each in answer.assignments:
        placed = {name: victim for victim, name in each.missing_by_victim.items() if name}
        parts = [Readings.of(family.genotypes, panel)]
        parts += [part for name, victim in placed.items() for part in readings_of(victim, name)]
        total = float(log10_likelihood(family.pedigree, Readings.joined(parts), panel).sum())
        for victim in set(case.victims) - set(placed.values()):
            alone = Pedigree.of([Member(victim, sex=case.victim_sexes[victim])])
            total += float(log10_likelihood(alone, Readings.joined(readings_of(victim, victim)), panel).sum())
        assert each.log10_likelihood == pytest.approx(total, rel=1e-10)
    assert len(answer.assignments) > 1


def test_answer_joint_case__notes_a_family_whose_references_contradict_its_pedigree() -> None:
    mutation = {"model": "equal", "rate": 0.001}
    markers = [{"name": f"M{i}", "frequencies": {"1": 0.1, "2": 0.9}, "mutation": mutation} for i in range(8)]
    members = [{"id": "F"}, {"id": "M"}, {"id": "sister", "father": "F", "mother": "M"}]
    members.append({"id": "MP", "father": "F", "mother": "M"})

    def notes(of_sister: list[str]) -> list[str]:
        genotypes = {
            "M": {f"M{i}": ["1", "1"] for i in range(8)},
            "sister": {f"M{i}": of_sister for i in range(8)},
        }
        family = {"family": "G", "missing": ["MP"], "members": members, "genotypes": genotypes}
        data = {"markers": markers, "victims": {"V": {"M0": ["1", "2"]}}, "families": [family]}
        answer = answer_joint_case(joint_case_from_object(data, place="case"))
        return [note for note in answer.notes if "contradict" in note]

    (note,) = notes(["2", "2"])
    assert note.startswith('the references of family "G" contradict its pedigree')
    assert notes(["1", "2"]) == []
