"""Pairs, deals and slips before Homeward's rules; the simulation shares no genetics with Homeward."""

import ast
from pathlib import Path

import numpy as np
import pytest
import verification.rules
from verification.rules.__main__ import main
from verification.rules.board import Asked, Family, verdict
from verification.rules.bounds import clopper_pearson, wilson
from verification.rules.deal import SCENARIOS, Names, decide, draw_world
from verification.rules.families import FAMILY_KINDS, Degradation, kind_named
from verification.rules.frequencies import EUROPEAN, LOCI, read_ladder
from verification.rules.inheritance import subpopulations
from verification.rules.kinship import likelihood_ratio
from verification.rules.power import Cell, Model, draw_pairs, judge_pairs
from verification.rules.register import (
    draw_bodies,
    draw_register,
    exchange_bone_tubes,
    exchange_envelopes,
    exchange_tubes,
    mother_and_child_agree,
)
from verification.rules.screening import screen

FOLDER = Path(verification.rules.__file__).parent
MODEL = Model(read_ladder(LOCI[21], drawn_from=EUROPEAN[0], names=EUROPEAN), EUROPEAN[0], EUROPEAN[0], 0.001)


def register_and_bodies(n: int, *, share: float = 0.9, seed: int = 5):
    frequencies = MODEL.ladder.populations[MODEL.drawn_from]
    genes = subpopulations(frequencies, 0.0, 1, mutation_rate=0.0, generator=np.random.default_rng(seed))
    register = draw_register(genes, n)
    return register, draw_bodies(genes, register, n, share=share, n_listed=n)


def test_simulation__imports_homeward_in_one_place_and_no_genetics_of_it() -> None:
    imported = {
        (path.name, node.module)
        for path in FOLDER.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("homeward")
    }
    assert {name for name, _ in imported} == {"board.py"}
    assert all(module.startswith("homeward.identification.") for _, module in imported)
    assert not any(
        alias.name.startswith("homeward")
        for path in FOLDER.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import)
        for alias in node.names
    )


def test_bounds__are_those_of_the_tables() -> None:
    assert clopper_pearson(1, 10) == pytest.approx((0.002529, 0.445016), abs=1e-6)
    assert wilson(5, 10) == pytest.approx((0.236593, 0.763407), abs=1e-6)
    assert clopper_pearson(0, 12_000)[1] == pytest.approx(3 / 12_000, rel=2e-3)
    assert clopper_pearson(10, 10)[1] == 1.0


def test_verdict__lets_a_case_in_order_through_and_names_what_is_not() -> None:
    asked = Asked(70_000, 0.5)
    assert verdict([Family("P", 12.0, 11.0, 2)], "P", asked).against_signing == ()
    assert verdict([Family("P", 12.0, 11.0, 1)], "P", asked).against_signing == ("one_strand",)
    assert verdict([Family("P", 12.0, 8.0, 2)], "P", asked).against_signing == ("sensitivity",)
    assert verdict([Family("P", 9.0, 9.0, 2)], "P", asked).against_signing == ("below_threshold",)
    again = verdict([Family("P", 12.0, 11.0, 2, references_agree=False, decided=True)], "P", asked, samples_agree=False)
    assert again.against_signing == ("person_decided", "remains_disagree", "references_contradict")
    assert verdict([Family("P", 12.0, 11.0, 2)], "P", asked, spent=0.6).against_signing == ("budget",)


def test_pairs__without_losses_reach_the_same_ratio_as_one_by_one() -> None:
    pairs = draw_pairs(
        MODEL, kind_named("one sibling"), Degradation.NONE, theta=0.0, n=20, generator=np.random.default_rng(1)
    )
    assert (pairs.lowest_log10_lr <= pairs.log10_lr).all()
    assert np.median(pairs.log10_lr) > 3


def test_cell__counts_every_pair_once_and_all_codes_of_those_that_are_held_back() -> None:
    kind = kind_named("one parent")
    pairs = draw_pairs(MODEL, kind, Degradation.NONE, theta=0.01, n=40, generator=np.random.default_rng(1))
    cell = judge_pairs(pairs, Cell(kind.name, Degradation.NONE, 0.01, Asked(70_000, 0.5)))
    assert cell.n == 40
    assert cell.against["one_strand"] == 10
    assert cell.reaches_threshold == 40 - cell.against["below_threshold"]
    assert cell.signed <= cell.proposed == cell.reaches_threshold


def test_screening__is_the_sum_of_every_pair_computed_one_by_one() -> None:
    register, bodies = register_and_bodies(60)
    found = screen(MODEL, register, np.arange(60), bodies, theta=0.01, lists=[40, 60])
    chances = MODEL.chances(0.01)
    by_pair = dict(zip(zip(found.persons.tolist(), found.samples.tolist(), strict=True), found.log10_lr, strict=True))
    rest = np.zeros((2, 60))
    for person in range(60):
        kind = int(register.kinds[person])
        patterns = FAMILY_KINDS[kind].patterns_of(register.donors_of(kind, np.array([person])), chances)
        ratios = likelihood_ratio(
            patterns, bodies.readings[..., 0], bodies.readings[..., 1], chances, drop_out=bodies.drop_out[:, None]
        )
        for body, value in enumerate(np.log10(ratios).sum(axis=1)):
            if value > 3:
                assert by_pair.pop((person, body)) == pytest.approx(value, abs=1e-9)
            else:
                rest[:, body] += 10**value * np.array([person < 40, True])
    assert by_pair == {}
    assert found.rest[40] == pytest.approx(rest[0], rel=1e-9)
    assert found.rest[60] == pytest.approx(rest[1], rel=1e-9)


def test_bone_tubes__are_exchanged_in_pairs_and_a_second_sample_shows_it() -> None:
    _, bodies = register_and_bodies(400)
    assert bodies.samples_agree.all()
    exchanged = exchange_bone_tubes(bodies, of_pairs=20, generator=np.random.default_rng(1))
    moved = exchanged.tube_of != np.arange(400)
    assert moved.sum() == 20
    assert (exchanged.tube_of[exchanged.tube_of] == np.arange(400)).all()
    assert not exchanged.samples_agree[moved].any()
    assert exchanged.samples_agree[~moved].all()


def test_one_tube__of_two_families_is_exchanged_and_a_child_shows_it() -> None:
    register, _ = register_and_bodies(200)
    families = np.flatnonzero(register.kinds == [kind.name for kind in FAMILY_KINDS].index("wife and child"))[:8]
    exchanged = exchange_tubes(register, families, np.random.default_rng(1))
    changed = (exchanged.donors != register.donors).any(axis=(1, 2))
    assert set(np.flatnonzero(changed)) == set(families.tolist())
    assert mother_and_child_agree(register).all()
    assert not mother_and_child_agree(exchanged)[families].any()
    assert sorted(exchanged.donors.ravel()) == sorted(register.donors.ravel())


def test_envelopes__are_exchanged_whole_and_nothing_shows_it() -> None:
    register, _ = register_and_bodies(200)
    exchanged = exchange_envelopes(register, np.arange(60))
    changed = (exchanged.donors != register.donors).any(axis=(1, 2))
    assert changed[:60].sum() >= 50
    assert not changed[60:].any()
    assert mother_and_child_agree(exchanged).all()


@pytest.fixture(scope="module")
def slipped() -> dict[str, Names]:
    world = draw_world(
        MODEL, theta=0.0, share=0.9, n_bodies=800, lists=[800], generator=np.random.default_rng([3, 800])
    )
    return {each.name: decide(world, each, n_listed=800, exact=True) for each in SCENARIOS}


def test_exchanged_tubes__give_wrong_names_that_the_two_rules_hold_back(slipped: dict[str, Names]) -> None:
    assert slipped["no tube exchanged"].wrong == 0
    assert slipped["no tube exchanged"].right > 400
    assert slipped["both, without the two rules"].wrong > 0
    assert slipped["both"].wrong == 0


def test_expected_wrong_names__know_nothing_of_exchanged_tubes(slipped: dict[str, Names]) -> None:
    assert slipped["both, without the two rules"].expected_wrong < 0.1


def test_bins__hold_every_best_candidate_above_one_half_once(slipped: dict[str, Names]) -> None:
    names = slipped["no tube exchanged"]
    assert names.bins[-1][0] == names.right_by_threshold + names.wrong_by_threshold
    assert all(wrong <= n and expected <= n / 2 for n, expected, wrong in names.bins)


def test_run__prints_its_tables_and_the_same_ones_again(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--families", "8", "--bodies", "40", "--list", "60", "--list", "90", "--theta", "0.01", "--seed", "4"]
    outputs = []
    for _ in range(2):
        assert main(arguments) == 0
        outputs.append([line for line in capsys.readouterr().out.splitlines() if "of one core" not in line])
    assert outputs[0] == outputs[1]
    text = "\n".join(outputs[0])
    assert "| both parents | heavy |" in text
    assert "| 0.01 | 90 | exact | no tube exchanged |" in text
    assert "Another relative's sample, more markers, or another primary identifier." in text


def test_run__refuses_more_bodies_than_the_list() -> None:
    with pytest.raises(SystemExit, match="no more than the shortest list, 60"):
        main(["--families", "0", "--bodies", "61", "--list", "60", "--theta", "0"])
