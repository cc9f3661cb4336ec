"""Kits and spellings of markers."""

import pytest

from homeward.genetics.frequencies import PublishedTable, published_frequencies
from homeward.genetics.kits import DEFAULT_MUTATION_RATES, Kit, all_kit_markers, kit_markers


@pytest.mark.parametrize(
    ("kit", "n_markers"),
    [
        (Kit.GLOBALFILER, 21),
        (Kit.POWERPLEX_FUSION, 22),
        (Kit.NGM, 15),
        (Kit.POWERPLEX_16, 15),
        (Kit.VERIFILER_PLUS, 23),
        (Kit.POWERPLEX_FUSION_6C, 23),
        (Kit.INVESTIGATOR_24PLEX, 21),
    ],
)
def test_kit_markers__are_those_of_the_maker_and_have_frequencies(kit: Kit, n_markers: int) -> None:
    markers = kit_markers(kit)
    assert len(set(markers)) == n_markers
    assert set(markers) <= set(published_frequencies(PublishedTable.NIST_1036, "Cauc").loci)


def test_all_kit_markers__holds_every_kit_once() -> None:
    assert set(all_kit_markers()) == {marker for kit in Kit for marker in kit_markers(kit)}
    assert list(all_kit_markers()) == sorted(all_kit_markers())


def test_default_mutation_rates__are_higher_for_men_and_name_their_source() -> None:
    assert DEFAULT_MUTATION_RATES.male > DEFAULT_MUTATION_RATES.female > 0
    assert "doi" in DEFAULT_MUTATION_RATES.source
