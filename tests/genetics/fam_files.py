"""Small Familias files, written for these tests in the layout that Familias 3 uses."""

__all__ = ["dvi_file", "locus", "paternity_file", "person"]


def locus(
    name: str,
    frequencies: dict[str, str],
    *,
    model: tuple[int, int] = (0, 0),
    rates: tuple[str, str] = ("0", "0"),
    mutation_range: str = "0.1",
    rate2: str = "0",
    silent: str | None = None,
) -> list[str]:
    """The lines of one locus."""
    n = len(frequencies)
    lines = [f'"{name}"', *rates, str(model[0]), str(model[1]), str(n + (silent is not None))]
    lines += [mutation_range, mutation_range, rate2, rate2]
    lines += ["#FALSE#", "0"] if silent is None else ["#TRUE#", silent]
    lines.append(f"{n}\t(DatabaseSize = 500 , Dropout probability = 0 , Minor allele frequency = 0 )")
    for allele, frequency in frequencies.items():
        lines += [f'"{allele}"', frequency]
    return lines


def person(name: str, *, male: bool, genotypes: list[tuple[int, int, int]]) -> list[str]:
    """The lines of one person; a genotype is two places in the list of alleles and the place of the marker."""
    lines = [f'"{name}"', "#FALSE#", "-1", "#FALSE#", "#TRUE#" if male else "#FALSE#", str(len(genotypes))]
    return lines + [str(number) for genotype in genotypes for number in genotype]


HEAD = ['"Output from Familias, version 3.3.1"', '"DO NOT EDIT!"']
LOCI = [
    *locus("D3S1358", {"14": "0.25", "15": "0.35", "16": "0,4"}),
    *locus("TH01", {"6": "0.5", "9.3": "5e-001"}, model=(4, 4), rates=("0.001", "0.002"), rate2="1e-006"),
]
DATABASE = ["#FALSE# (#Databases: 1 ;Theta/Kinship/Fst: 0.02 )", "2", "#TRUE#", '"Example"', *LOCI]


def paternity_file(*, loci: list[str] | None = None, relation: tuple[str, str] = ("0", "1")) -> list[str]:
    """Bob and Alice are typed; H1 makes Bob her father, H2 nobody."""
    return [
        *HEAD,
        "3.3.1",
        '""',
        "2",
        *person("Bob", male=True, genotypes=[(0, 1, 0), (0, 0, 1)]),
        *person("Alice", male=False, genotypes=[(1, 2, 0), (0, 1, 1)]),
        '"Known relations"',
        *["0", "0", "0", "2"],
        *["0", '"H1"', "0", "0", "1", *relation],
        *["1", '"H2"', "0", "0", "0"],
        *(DATABASE if loci is None else [DATABASE[0], "1", "#FALSE#", *loci]),
    ]


def dvi_file() -> list[str]:
    """One victim and one family: Alice's missing father, whose wife Clara was typed as well."""
    return [
        *HEAD,
        "3.3.1 (DVI)",
        '""',
        *["0", '"Known relations"', "0", "0", "0", "0"],
        *DATABASE,
        "",
        "[DVI]",
        "[[Unidentified persons]]",
        "nPersons= 1",
        "[[[Person 1 ]]]",
        "Name= V1",
        "Gender= Male",
        "[[[[DNA data]]]]",
        "nSystems= 1",
        "SystemName= TH01",
        "Allele1= 6",
        "Allele2= 9.3",
        "[[Reference Families]]",
        "nFamilies= 1",
        "[[[Family 1 ]]]",
        "Name= Family of Alice",
        "[[[[Persons]]]]",
        "nPersons= 3",
        "[[[[[Person 1]]]]]",
        "Name= Alice",
        "Gender= Female",
        "[[[[[[DNA data]]]]]]",
        "nSystems= 1",
        "SystemName= TH01",
        "Allele1= 6",
        "Allele2= 6",
        "[[[[[Person 2]]]]]",
        "Name= Clara",
        "Gender= Female",
        "[[[[[[DNA data]]]]]]",
        "nSystems= 0",
        "[[[[[Person 3]]]]]",
        "Name= Missing male 1",
        "Gender= Male",
        "[[[[[[DNA data]]]]]]",
        "nSystems= 0",
        "[[[[Pedigrees]]]]",
        "nPedigrees= 2",
        "[[[[[Pedigree 1]]]]]",
        "Name= Reference pedigree",
        "nRelations= 1",
        "Parent= Clara",
        "Child= Alice",
        "[[[[[Pedigree 2]]]]]",
        "Name= Kin",
        "nRelations= 2",
        "Parent= Clara",
        "Child= Alice",
        "Parent= Missing person",
        "Child= Alice",
        "[Prior]",
        "Size= 1",
    ]
