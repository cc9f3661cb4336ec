"""Sex markers: figures by hand, probabilities that sum to one, and who is contradicted."""

import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.errors import InputError
from homeward.genetics.pedigrees import Sex
from homeward.genetics.sex_markers import SexModel, SexReading, sex_marker_name

MODEL = SexModel()
X, XY, Y = SexReading(frozenset("X")), SexReading(frozenset("XY")), SexReading(frozenset("Y"))


def test_sex_marker_name__knows_the_spellings_of_the_field() -> None:
    assert [sex_marker_name(name) for name in ("AMELX", "Y indel", "SRY", "vWA", "QS1", "nobody")] == [
        "AMEL",
        "Yindel",
        "SRY",
        None,
        None,
        None,
    ]


def test_log10_ratio__by_hand() -> None:
    model = SexModel(without_y=0.01, without_x=0.02, foreign_y=0.1, failed_marker=0.1, wrong_sex=0.2, male_share=0.6)
    man, woman = 0.98 * 0.01, 0.9 + 0.1 * 0.5
    mixed_man, mixed_woman = 0.8 * man + 0.2 * woman, 0.8 * woman + 0.2 * man
    anybody = 0.6 * mixed_man + 0.4 * mixed_woman
    assert model.log10_ratio(X, Sex.MALE) == pytest.approx(math.log10(mixed_man / anybody))
    assert model.log10_ratio(X, Sex.FEMALE) == pytest.approx(math.log10(mixed_woman / anybody))
    assert model.log10_ratio(X, Sex.UNKNOWN) is None


def test_log10_ratio__holds_a_woman_against_a_man_by_no_more_than_the_stated_error() -> None:
    assert MODEL.log10_ratio(XY, Sex.MALE) == pytest.approx(math.log10(2), abs=0.01)
    assert MODEL.log10_ratio(X, Sex.FEMALE) == pytest.approx(math.log10(2), abs=0.01)
    against = MODEL.log10_ratio(X, Sex.MALE)
    assert against is not None
    assert -2.6 < against < -2.3
    with_y_unread = MODEL.log10_ratio(SexReading(frozenset("X"), n_y_unread=1), Sex.MALE)
    assert with_y_unread is not None
    assert math.log10(2 * MODEL.wrong_sex) - 0.01 < with_y_unread < against
    assert (MODEL.log10_ratio(X, Sex.MALE, 0.5) or 0) > -0.5, "a lost Y of degraded bone is no surprise"


def test_log10_ratio__believes_a_y_marker_where_amelogenin_lacks_its_y() -> None:
    deleted = SexReading(frozenset("X"), n_y_read=2)
    man = MODEL.log10_ratio(deleted, Sex.MALE)
    assert man is not None
    assert man > MODEL.log10_ratio(X, Sex.MALE)  # type: ignore[operator]
    only_y = SexReading(n_y_read=1)
    assert MODEL.log10_ratio(only_y, Sex.MALE) == pytest.approx(math.log10(2), abs=0.02)


def test_log10_ratio__of_nothing_read_is_none() -> None:
    assert MODEL.log10_ratio(SexReading(n_y_unread=3), Sex.MALE) is None
    assert not SexReading.of({"AMEL": ()}).says_anything


def test_contradicts__where_the_other_sex_explains_it_better() -> None:
    assert MODEL.contradicts(X, Sex.MALE)
    assert not MODEL.contradicts(X, Sex.FEMALE)
    assert MODEL.contradicts(XY, Sex.FEMALE)
    assert not MODEL.contradicts(XY, Sex.MALE)
    assert not MODEL.contradicts(Y, Sex.MALE)
    assert not MODEL.contradicts(X, Sex.UNKNOWN)


@given(st.floats(0, 0.9), st.integers(0, 3), st.floats(1e-6, 0.5), st.floats(1e-6, 0.5))
def test_likelihoods__of_all_readings_of_one_person_sum_to_one(
    drop_out: float, n_y: int, without_y: float, wrong: float
) -> None:
    model = SexModel(without_y=without_y, wrong_sex=wrong)
    sums = [0.0, 0.0]
    for amelogenin in (frozenset("X"), frozenset("Y"), frozenset("XY")):
        for shown in product((True, False), repeat=n_y):
            reading = SexReading(amelogenin, sum(shown), n_y - sum(shown))
            for sex, likelihood in enumerate(model.likelihoods(reading, drop_out)):
                sums[sex] += likelihood
    # Nothing at amelogenin is no reading: a man's both chromosomes unseen, or a woman's two copies and no foreign Y.
    unread = (1 - (1 - model.without_x) * (1 - drop_out)) * (1 - (1 - without_y) * (1 - drop_out))
    man, woman = 1 - unread, 1 - drop_out**2 * (1 - model.foreign_y / 2)
    assert sums[0] == pytest.approx((1 - wrong) * man + wrong * woman)
    assert sums[1] == pytest.approx((1 - wrong) * woman + wrong * man)


@pytest.mark.parametrize("name", ["without_y", "foreign_y", "wrong_sex", "male_share"])
@pytest.mark.parametrize("wrong", [0.0, 1.0, float("nan")])
def test_sex_model__refuses_what_is_no_rate(name: str, wrong: float) -> None:
    with pytest.raises(InputError, match=f"sex markers, {name}"):
        SexModel(**{name: wrong})
