"""The one reader of alleles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.genetics.alleles import AlleleReading, canonical_allele, is_not_read, read_alleles


@pytest.mark.parametrize(
    "sign", ["", " ", "0", "00", "0.0", "-", "-/-", "0/0", "NA", "n/a", "N/A", ".", "./.", "?", "–"]
)
def test_is_not_read__knows_the_signs_of_the_field(sign: str) -> None:
    assert is_not_read(sign)
    assert read_alleles([sign, sign], marker="TH01") == AlleleReading()


@pytest.mark.parametrize(
    ("text", "allele"), [("14.0", "14"), (" 9,3 ", "9.3"), ("08", "8"), ("30.2", "30.2"), ("6", "6")]
)
def test_read_alleles__gives_the_one_spelling(text: str, allele: str) -> None:
    assert read_alleles([text], marker="D21S11").alleles == (allele,)


def test_read_alleles__takes_one_sign_and_one_allele_as_one_allele_seen() -> None:
    assert read_alleles(["6", "?"], marker="TH01") == AlleleReading(("6",), half_read=True)
    assert read_alleles(["6", ""], marker="TH01") == AlleleReading(("6",))


@pytest.mark.parametrize(
    ("marker", "text", "is_one"),
    [
        ("TH01", "9.3", True),
        ("TH01", "9.4", False),
        ("D22S1045", "15.2", True),
        ("D22S1045", "15.3", False),
        ("Penta E", "15.4", True),
        ("PENTA_E", "15.5", False),
        ("ACTBP2", "25.2", True),
        ("ACTBP2", "25.4", False),
        ("AMEL", "Y", True),
        ("AMEL", "9", False),
        ("rs1490413", "G", True),
        ("rs1490413", "9", False),
        ("TH01", "140", False),
    ],
)
def test_read_alleles__knows_what_a_marker_can_show(marker: str, text: str, *, is_one: bool) -> None:
    assert bool(read_alleles([text], marker=marker).reason) is not is_one


def test_read_alleles__takes_every_allele_that_has_a_frequency() -> None:
    assert read_alleles(["9.4", "Rest"], marker="TH01", known={"9.4", "Rest"}).alleles == ("9.4", "Rest")
    assert "no allele of this SNP" in read_alleles(["T"], marker="rs1", known={"A", "G"}).reason


@given(st.integers(1, 99), st.sampled_from(["", ".1", ".2", ".3"]))
def test_canonical_allele__is_the_same_for_a_point_and_a_comma(whole: int, fraction: str) -> None:
    text = f"{whole}{fraction}"
    assert canonical_allele(text) == canonical_allele(text.replace(".", ",")) == canonical_allele(f"0{text}") == text
