import pytest

from homeward.errors import InputError
from homeward.genetics.pedigrees import Member, Pedigree, Sex


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ([Member("A"), Member("A")], "twice"),
        ([Member("A", "F", "M"), Member("F")], '"M"'),
        ([Member("A", "F", "M"), Member("F", sex=Sex.FEMALE), Member("M")], "female"),
        ([Member("A", "F", "M"), Member("F"), Member("M", sex=Sex.MALE)], "male"),
        ([Member("A", "F", "M"), Member("M"), Member("F", "A", "N"), Member("N")], "own ancestors"),
        ([Member("A", "A", "M"), Member("M")], "own ancestors"),
    ],
)
def test_pedigree__refuses_what_cannot_be(members, words) -> None:
    with pytest.raises(InputError, match=words):
        Pedigree.of(members)


def test_pedigree__adds_an_untyped_founder_for_a_parent_that_is_missing() -> None:
    pedigree = Pedigree.of([Member("C", mother="M"), Member("M")])
    assert pedigree.member("C").father == "father of C"
    assert pedigree.member("father of C").sex is Sex.MALE
    assert pedigree.founders == ("M", "father of C")


def test_pedigree__accepts_inbreeding() -> None:
    siblings = [Member("F"), Member("M"), Member("B", "F", "M"), Member("S", "F", "M"), Member("C", "B", "S")]
    assert Pedigree.of(siblings).children("F") == ("B", "S")
