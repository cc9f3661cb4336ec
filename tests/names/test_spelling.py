"""Lattices of spellings."""

from homeward.names.counts import surnames_by_rhythm
from homeward.names.keys import rhythms
from homeward.names.made_up import make_up
from homeward.names.spelling import habits_of, holds, latin_form_of, latin_lattice, letters_that_may_begin

_OF_MANY_HABITS = (
    "chtcherbak juschtschenko joukov schukow chruschtschow khvylia yezhov ejov guerassimov szczerbak tschernenko "
    "tchernenko jukov dzhaparov djaparov xenofontov iakovlev cherepanov gitelman hitelman"
)


def _latin_words() -> list[str]:
    made = make_up(400, 1, seed=11)
    written = {word.lower() for entry in made.register for word in entry.name.split()}
    return sorted({word for word in written if word.isascii() and len(word) > 2} | set(_OF_MANY_HABITS.split()))


def test_latin_form_of__agrees_with_the_whole_lattice() -> None:
    joined = 0
    for latin in _latin_words():
        habits = habits_of(latin)
        for rhythm in rhythms(latin):
            for name in surnames_by_rhythm().get(rhythm, ())[:40]:
                whole = holds(latin_lattice(name, habits), latin)
                assert latin_form_of(name, latin, habits) is whole, (name, latin)
                joined += whole
    assert joined > 50


def test_letters_that_may_begin__leave_out_no_name_that_the_lattice_joins() -> None:
    for latin in _latin_words():
        letters = letters_that_may_begin(latin[:4])
        for rhythm in rhythms(latin):
            for name in surnames_by_rhythm().get(rhythm, ()):
                if name[0] not in letters:
                    assert not latin_form_of(name, latin, habits_of(latin)), (name, latin)
