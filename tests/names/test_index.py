"""The index loses nobody whom the full comparison would keep."""

from homeward.names.index import NameIndex, person_of, weigh
from homeward.names.keys import deletion_neighbours, skeletons
from homeward.names.lists import Entry
from homeward.names.made_up import make_up
from homeward.names.relations import Verdict
from homeward.names.spelling import habits_of, holds, latin_lattice


def naive(index: NameIndex, entry: Entry) -> set[str]:
    """Everybody of the register whose name does not contradict, by comparing with each."""
    asked = person_of(entry)
    return {
        one.entry.id
        for one in index.people
        if weigh(asked, one, index.model, index.unit_frequency)[0].verdict is not Verdict.DIFFERENT
    }


def test_search__finds_whom_the_full_comparison_finds() -> None:
    made = make_up(3000, 40, seed=5)
    index = NameIndex(made.register)
    for entry in made.wanted:
        found = {index.people[one.place].entry.id for one in index.search(person_of(entry))}
        assert naive(index, entry) <= found, entry.name


def test_search__finds_every_spelling_of_one_name() -> None:
    spellings = [
        "Щербак Сергій", "Щербак Сергей Иванович", "Serhii Shcherbak", "Sergii Scherbak", "Chtcherbak Serguei",
        "ЩЕРБАК С. І.", "Щербак Серёжа", "Щебрак Сергій", "Othfr",
    ]  # fmt: skip
    index = NameIndex([Entry(str(i), name) for i, name in enumerate(spellings[:-1])])
    assert len(index.search(person_of(Entry("x", "Сергій Щербак")))) == len(spellings) - 1


def test_search__finds_a_changed_surname_by_given_name_and_birth_date() -> None:
    index = NameIndex([Entry("1", "Мельник Оксана Петрівна", "1988-02-29"), Entry("2", "Бойко Ірина", "1970-01-01")])
    found = index.search(person_of(Entry("x", "Оксана Петрівна Бойко", "1988-02-29")))
    assert [(index.people[one.place].entry.id, one.verdict) for one in found] == [("1", Verdict.DIFFERENT)]


def test_skeletons__are_shared_by_all_that_the_lattice_joins() -> None:
    for cyrillic, latin in [
        ("щербак", "scherbak"),
        ("юшкевич", "iouchkevitch"),
        ("жуков", "joukov"),
        ("хвиля", "khvylia"),
    ]:
        assert holds(latin_lattice(cyrillic, habits_of(latin)), latin)
        assert set(skeletons(cyrillic)) & set(skeletons(latin))


def test_deletion_neighbours__meet_at_one_edit() -> None:
    for other in ("KVLN", "KVLNKK", "KVLMK", "KVNLK"):
        assert deletion_neighbours("KVLNK", 1) & deletion_neighbours(other, 1)
