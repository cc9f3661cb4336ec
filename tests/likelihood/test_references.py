"""References against their pedigree: figures by hand, each slip found where it can be, and nothing where it cannot."""

import math
from dataclasses import replace

import numpy as np
import pytest

from homeward.errors import InputError
from homeward.genetics.families import Family
from homeward.genetics.frequencies import PublishedTable, published_frequencies
from homeward.genetics.markers import Marker
from homeward.genetics.pedigrees import Member, Pedigree, Sex
from homeward.genetics.profiles import Profile
from homeward.genetics.sex_markers import DEFAULT_SEX_MODEL, SexReading
from homeward.genetics.simulation import FAMILY_TEMPLATES, SimulationOptions, simulate_search
from homeward.likelihood.panels import Panel
from homeward.likelihood.peeling import Readings, log10_likelihood
from homeward.likelihood.references import (
    DEFAULT_SLIP_RATES,
    ReferenceCheck,
    References,
    Slip,
    SlipRates,
    check_references,
)
from homeward.search.markers import search_markers

ONE_MARKER = Panel((Marker.from_frequencies("TH01", {"6": 0.2, "7": 0.3, "9.3": 0.5}),))
TRIO = Pedigree.of(
    [
        Member("Dan", sex=Sex.MALE),
        Member("Eve", sex=Sex.FEMALE),
        Member("Bob", "Dan", "Eve", Sex.MALE),
        Member("Fay", "Dan", "Eve", Sex.FEMALE),
    ]
)
FULL = search_markers(published_frequencies(PublishedTable.FBI_2015, "Caucasian")).panel


def family(genotypes: dict[str, Profile], pedigree: Pedigree = TRIO, **sex_markers: Profile) -> Family:
    return Family("F", ("Bob",), pedigree, genotypes, sex_markers)


def checked(given: Family, panel: Panel = ONE_MARKER) -> ReferenceCheck:
    (found,) = check_references([given], panel)
    return found


def ratios(check: ReferenceCheck) -> dict[tuple[Slip, tuple[str, ...]], float]:
    return {(each.slip, each.members): each.log10_lr for each in check.alternatives}


def test_check_references__of_a_mother_and_a_child_by_hand() -> None:
    # Eve 6,7; Fay 7,9.3: Fay has 7 of Eve with 1/2 and 9.3 of Dan with 0.5; a stranger is 7,9.3 with 2 (0.3) (0.5).
    found = checked(family({"Eve": {"TH01": ("6", "7")}, "Fay": {"TH01": ("7", "9.3")}}))
    expected = math.log10(2 * 0.3 * 0.5 / (0.5 * 0.5))
    assert ratios(found) == {
        (Slip.UNRELATED, ("Eve",)): pytest.approx(expected),
        (Slip.UNRELATED, ("Fay",)): pytest.approx(expected),
        (Slip.NOT_MOTHER, ("Fay",)): pytest.approx(expected),
    }
    weights = [rate * 0.3 / 0.25 for rate in (0.001, 0.001, 0.0005)]
    assert found.posterior == pytest.approx(1 / (1 + sum(weights)))
    assert [each.posterior for each in found.alternatives] == pytest.approx([w * found.posterior for w in weights])
    assert found.verdict is References.UNTESTED, "one marker supports nobody"


def test_check_references__finds_what_is_impossible_as_stated() -> None:
    found = checked(family({"Eve": {"TH01": ("6", "6")}, "Fay": {"TH01": ("7", "9.3")}}))
    assert found.verdict is References.CONTRADICT
    assert found.posterior < 1e-100
    assert found.suspects.keys() == {"Eve", "Fay"}
    assert math.fsum(each.posterior for each in found.alternatives) == pytest.approx(1.0)


def test_check_references__can_say_nothing_of_two_parents_or_of_one_relative() -> None:
    for genotypes in ({"Dan": {"TH01": ("6",)}, "Eve": {"TH01": ("7",)}}, {"Eve": {"TH01": ("7",)}}):
        found = checked(family(genotypes))
        assert (found.verdict, found.posterior, found.alternatives) == (References.UNTESTED, 1.0, ())
        assert found.untested == tuple(genotypes)


def test_check_references__agrees_with_whole_pedigrees_peeled_one_by_one() -> None:
    template = next(each for each in FAMILY_TEMPLATES if each.name == "large")
    made = simulate_search(
        FULL.markers, SimulationOptions(2, 0), generator=np.random.default_rng(4), templates=[template]
    )
    for given in made.families:
        found = ratios(checked(given, FULL))

        def total(pedigree: Pedigree, genotypes: dict[str, Profile]) -> float:
            return float(log10_likelihood(pedigree, Readings.of(genotypes, FULL), FULL).sum())

        genotypes = dict(given.genotypes)
        stated = total(given.pedigree, genotypes)
        without = {name: profile for name, profile in genotypes.items() if name != "son"}
        alone = total(Pedigree.of([Member("son")]), {"son": genotypes["son"]})
        assert found[Slip.UNRELATED, ("son",)] == pytest.approx(total(given.pedigree, without) + alone - stated)
        exchanged = {**genotypes, "wife": genotypes["son"], "son": genotypes["wife"]}
        assert found[Slip.EXCHANGED, ("wife", "son")] == pytest.approx(total(given.pedigree, exchanged) - stated)
        other = Pedigree.of(
            [
                *(
                    m if m.id != "brother" else Member("brother", "X", "mother", Sex.MALE)
                    for m in given.pedigree.members
                ),
                Member("X", sex=Sex.MALE),
            ]
        )
        assert found[Slip.NOT_FATHER, ("brother",)] == pytest.approx(total(other, genotypes) - stated)
        assert (Slip.EXCHANGED, ("son", "daughter")) not in found, "two children of one couple have the same place"


def drawn(name: str, n: int, seed: int) -> list[Family]:
    template = next(each for each in FAMILY_TEMPLATES if each.name == name)
    options = SimulationOptions(n, 0)
    made = simulate_search(FULL.markers, options, generator=np.random.default_rng(seed), templates=[template])
    return list(made.families)


@pytest.mark.parametrize("name", ["mother-and-sister", "children-and-wife", "large"])
def test_check_references__agrees_for_sound_families_and_finds_a_swapped_tube(name: str) -> None:
    families = drawn(name, 40, 1)
    sound = check_references(families, FULL)
    assert sum(each.verdict is References.AGREE for each in sound) >= 36
    assert not any(each.verdict is References.CONTRADICT for each in sound)
    member = list(families[0].genotypes)[-1]
    swapped = [
        replace(one, genotypes={**one.genotypes, member: other.genotypes[member]})
        for one, other in zip(families, families[1:] + families[:1], strict=True)
    ]
    found = check_references(swapped, FULL)
    assert all(each.verdict is References.CONTRADICT for each in found)
    if name != "mother-and-sister":
        assert all(next(iter(each.suspects)) == member for each in found)


def test_check_references__finds_an_exchange_within_a_family() -> None:
    families = drawn("children-and-wife", 20, 2)
    exchanged = [
        replace(each, genotypes={**each.genotypes, "wife": each.genotypes["son"], "son": each.genotypes["wife"]})
        for each in families
    ]
    found = check_references(exchanged, FULL)
    right = [
        (each.alternatives[0].slip, each.alternatives[0].members) == (Slip.EXCHANGED, ("wife", "son")) for each in found
    ]
    assert sum(right) >= 18


def test_check_references__sees_nothing_where_all_tubes_of_two_families_are_exchanged() -> None:
    one, other = drawn("children-and-wife", 2, 3)
    found = check_references([replace(one, genotypes=other.genotypes), replace(other, genotypes=one.genotypes)], FULL)
    assert [each.verdict for each in found] == [References.AGREE, References.AGREE]


def test_check_references__weighs_the_sex_of_a_tube() -> None:
    genotypes: dict[str, Profile] = {"Eve": {"TH01": ("7",)}, "Dan": {"TH01": ("6",)}}
    found = checked(family(genotypes, Eve={"AMEL": ("X", "Y"), "DYS391": ("10",)}))
    assert found.wrong_sex == ("Eve",)
    own = DEFAULT_SEX_MODEL.log10_ratio(SexReading(frozenset("XY"), 1), Sex.FEMALE)
    assert own is not None
    assert ratios(found) == {(Slip.UNRELATED, ("Eve",)): pytest.approx(-own)}
    assert checked(family(genotypes, Eve={"AMEL": ("X",)})).wrong_sex == ()


def test_check_references__does_not_agree_where_a_mother_is_a_man() -> None:
    (given,) = drawn("mother-and-sister", 1, 5)
    assert checked(given, FULL).verdict is References.AGREE
    found = checked(replace(given, sex_markers={"mother": {"AMEL": ("X", "Y")}}), FULL)
    assert (found.verdict, found.wrong_sex) == (References.UNTESTED, ("mother",))


def test_check_references__sees_exchanged_parents_by_their_sex() -> None:
    same: Profile = {"TH01": ("6", "7")}
    given = family({"Dan": same, "Eve": same, "Fay": same}, Dan={"AMEL": ("X",)}, Eve={"AMEL": ("X", "Y")})
    found = checked(given)
    assert found.alternatives[0].slip is Slip.EXCHANGED
    assert found.alternatives[0].members == ("Dan", "Eve")
    assert found.verdict is References.CONTRADICT


@pytest.mark.parametrize("wrong", [0.0, 1.0, float("nan")])
def test_slip_rates__refuses_what_is_no_rate(wrong: float) -> None:
    with pytest.raises(InputError, match="slip rates, not_father"):
        SlipRates(not_father=wrong)
    assert DEFAULT_SLIP_RATES.of(Slip.NOT_FATHER) == 0.01
