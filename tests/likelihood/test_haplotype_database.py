"""Counting in a database: on what remains, donor and database all read; what may be the same is counted."""

from homeward.genetics.haplotypes import Haplotype, HaplotypeSample
from homeward.genetics.mitochondrial import MtHaplotype, mt_haplotype
from homeward.likelihood.haplotype_database import HaplotypeDatabase


def people(*haplotypes: Haplotype, count: int = 1) -> list[HaplotypeSample]:
    return [HaplotypeSample(f"P{i}", each, "database", count) for i, each in enumerate(haplotypes)]


def mt(differences: str, read: str = "16024-576") -> MtHaplotype:
    return mt_haplotype(differences, read=read, place="")


def test_y__counts_those_who_do_not_differ_and_those_seen_once() -> None:
    database = HaplotypeDatabase(
        people(
            {"DYS19": ("14",), "DYS385": ("11", "14")},
            {"DYS19": ("14",), "DYS385": ("11", "14")},
            {"DYS19": ("14",), "DYS385": ("14",)},
            {"DYS19": ("15",), "DYS385": ("11", "14")},
            {"DYS19": ("14",), "DYS385": ("12", "13")},
        )
    )
    case = {"DYS19": ("14",), "DYS385": ("11", "14")}
    found = database.count(case, case)
    assert found is not None
    assert (found.match.k, found.match.n, found.match.n_singletons, found.n_counted_on) == (3, 5, 3, 2)


def test_y__a_marker_that_few_of_the_database_read_is_left_out() -> None:
    entries = people(*[{"DYS19": ("14",)}] * 19, {"DYS19": ("15",), "DYS570": ("17",)})
    case = {"DYS19": ("14",), "DYS570": ("17",)}
    found = HaplotypeDatabase(entries).count(case, case)
    assert found is not None
    assert (found.match.k, found.match.n, found.n_counted_on) == (19, 20, 1)


def test_y__without_a_marker_in_common_nothing_is_counted() -> None:
    database = HaplotypeDatabase(people({"DYS19": ("14",)}))
    assert database.count({"DYS390": ("24",)}, {"DYS390": ("24",)}) is None
    assert database.count({"DYS19": ("14",)}, {"DYS390": ("24",)}) is None


def test_mt__counts_within_what_all_read__and_leaves_out_length_variants() -> None:
    database = HaplotypeDatabase(
        [
            *people(mt("263G 315.1C"), mt("263G 309.1C 315.1C"), mt("263G 152Y"), mt("73G 263G")),
            *people(mt("263G 489C"), count=4),
            *people(mt("263G", read="73-340")),
        ],
        theta=0.01,
    )
    narrow = mt("263G", read="73-340")
    found = database.count(mt("263G"), narrow)
    assert found is not None
    assert (found.match.k, found.match.n, found.n_counted_on) == (8, 9, 268)
    assert found.match.n_singletons == 2
    assert found.match.theta == 0.01
    wide = database.count(mt("263G"), mt("263G"))
    assert wide is not None
    assert (wide.match.k, wide.match.n) == (3, 8), "who read less is not counted among them"


def test_empty_database__counts_nothing() -> None:
    assert HaplotypeDatabase([]).count(mt("263G"), mt("263G")) is None
    assert HaplotypeDatabase([]).count({"DYS19": ("14",)}, {"DYS19": ("14",)}) is None
