"""Labels typed by a scanner on another layout: what every key gives, and which labels stay two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.custody.labels import Manifest, as_keys

# The keys of Windows' Russian (KBDRU) and Ukrainian (KBDUR) layouts, plain and with Shift, beside the American one.
# Left out: № and the dashes, which no folded form keeps, and keys with Shift whose letter has no other capital (<, {).
AMERICAN = "qwertyuiop[]asdfghjkl;'zxcvbnm,./" + "0123456789" + "!@$%^&*()_+=?|"
SHIFTED = "0123456789" + '!";%:?*()_+=,/'
RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбю." + SHIFTED
UKRAINIAN = "йцукенгшщзхїфівапролджєячсмитьбю." + SHIFTED
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@st.composite
def labels(draw: st.DrawFn, signs: str, letters: str) -> str:
    """Labels of which one sign at least is a letter, so that it shows which layout was on."""
    drawn = [*draw(st.lists(st.sampled_from(signs), max_size=7)), draw(st.sampled_from(letters))]
    return "".join(draw(st.permutations(drawn)))


@given(labels(AMERICAN, LETTERS), st.sampled_from([RUSSIAN, UKRAINIAN]))
def test_a_label_scanned_on_a_cyrillic_layout__means_its_line(label: str, layout: str) -> None:
    typed = label.translate(str.maketrans(AMERICAN, layout))
    assert as_keys(typed) == label.upper()
    assert Manifest.of([label]).meant_by(typed) == label


@pytest.mark.parametrize("layout", [RUSSIAN, UKRAINIAN])
@given(data=st.data())
def test_two_labels_typed_on_one_layout__never_meet_through_their_keys(layout: str, data: st.DataObject) -> None:
    letters = "".join(sign for sign in layout if sign.isalpha())
    one, other = (data.draw(labels(layout, letters)) for _ in range(2))
    assert (as_keys(one) == as_keys(other)) == (one == other)


@pytest.mark.parametrize(
    ("line", "scanned"),
    [("M.12", "Ь.12"), ("12/5", "12.5"), ("Б/12", "Б.12"), ("Ж,5", "ЖБ5"), ("12#3", "123"), ("M#12", "M12")],
)
def test_two_labels_that_are_not_one_key_apart__stay_two(line: str, scanned: str) -> None:
    assert Manifest.of([line]).meant_by(scanned) == scanned
    assert Manifest.of([scanned]).meant_by(line) == line


def test_a_number_sign_that_became_another__is_offered() -> None:
    assert Manifest.of(["M#12"]).meant_by("Ь№12") == "Ь№12"
    assert Manifest.of(["M#12"]).nearest("Ь№12") == ("M#12",)
