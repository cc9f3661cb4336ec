"""Mitochondrial haplotypes in the notation of EMPOP."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.errors import InputError
from homeward.genetics.mitochondrial import N_BASES, mt_haplotype, mt_range, reference_base

CONTROL_REGION = "16024-576"


def test_reference__has_the_bases_that_haplogroup_h2a2a1_is_named_for() -> None:
    # The revised sequence has the rare bases of its own donor: most people differ at these sites.
    published = {73: "A", 263: "A", 750: "A", 1438: "A", 4769: "A", 8860: "A", 15326: "A", 3107: "N", 16519: "T"}
    assert {at: reference_base(at) for at in published} == published
    assert "".join(reference_base(at) for at in range(303, 317)) == "CCCCCCCTCCCCCG"
    assert len({reference_base(at) for at in range(1, N_BASES + 1)}) == 5
    with pytest.raises(IndexError):
        reference_base(N_BASES + 1)


def test_haplotype__reads_every_form_of_the_notation() -> None:
    written = "T16093Y 16519C 73G 249DEL 309.1c 315.1C 523- 524del"
    haplotype = mt_haplotype(written, read=CONTROL_REGION, place="Alice")
    assert str(haplotype) == "73G 249- 309.1c 315.1C 523- 524- 16093Y 16519C"
    assert haplotype.at((16093, 0)) == {"C", "T"}
    assert haplotype.at((309, 1)) == {"C", "-"}
    assert haplotype.at((523, 0)) == {"-"}
    assert haplotype.at((263, 0)) == {"A"}
    assert haplotype.at((315, 2)) == {"-"}


@pytest.mark.parametrize(
    ("differences", "told"),
    [
        ("263A", "the reference has A itself"),
        ("16519", '"16519"'),
        ("315.2C", "315.2 without 315.1"),
        ("750G", "750G"),
        ("263G 263T", "263 twice"),
        ("rCRS 263G", '"rCRS"'),
        ("263Z", '"263Z"'),
        ("99999C", '"99999C"'),
        ("", "no differences"),
        ("309.0C", '"309.0C"'),
    ],
)
def test_haplotype__refuses_what_cannot_be(differences: str, told: str) -> None:
    with pytest.raises(InputError) as problem:
        mt_haplotype(differences, read=CONTROL_REGION, place="Alice")
    assert told in problem.value.found


def test_range__goes_around_the_circle_and_joins_what_touches() -> None:
    assert mt_range("16024-576", place="") == ((1, 576), (16024, 16569))
    assert mt_range("73-340; 16024-16365", place="") == ((73, 340), (16024, 16365))
    assert mt_range("73-200 201-340, 16519", place="") == ((73, 340), (16519, 16519))
    for wrong in ("", "HV1", "0-5", "1-16570", "73-"):
        with pytest.raises(InputError):
            mt_range(wrong, place="")


@given(st.lists(st.tuples(st.integers(1, N_BASES), st.integers(1, N_BASES)), min_size=1, max_size=4))
def test_range__holds_the_same_positions_as_one_by_one(stretches: list[tuple[int, int]]) -> None:
    text = " ".join(f"{first}-{last}" for first, last in stretches)
    read = mt_haplotype("rCRS", read=text, place="")
    expected: set[int] = set()
    for first, last in stretches:
        at = first
        expected.add(at)
        while at != last:
            at = at % N_BASES + 1
            expected.add(at)
    assert read.positions == expected


def test_within__keeps_what_both_ranges_hold() -> None:
    whole = mt_haplotype("263G 16093Y 16519C", read=CONTROL_REGION, place="")
    part = whole.within(((1, 300), (16500, 16550)))
    assert part.stretches == ((1, 300), (16500, 16550))
    assert str(part) == "263G 16519C"
