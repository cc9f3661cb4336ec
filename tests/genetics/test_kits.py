"""Kits and spellings of markers."""

import pytest

from homeward.genetics.frequencies import PublishedTable, published_frequencies
from homeward.genetics.kits import Kit, all_kit_markers, amplicon_sizes, kit_markers


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
        (Kit.CORDIS_PLUS, 19),
    ],
)
def test_kit_markers__are_those_of_the_maker_and_have_frequencies(kit: Kit, n_markers: int) -> None:
    markers = kit_markers(kit)
    assert len(set(markers)) == n_markers
    assert set(markers) <= set(published_frequencies(PublishedTable.NIST_1036, "Cauc").loci)


def test_all_kit_markers__holds_every_kit_once() -> None:
    assert set(all_kit_markers()) == {marker for kit in Kit for marker in kit_markers(kit)}
    assert list(all_kit_markers()) == sorted(all_kit_markers())


@pytest.mark.parametrize("kit", [Kit.GLOBALFILER, Kit.POWERPLEX_FUSION_6C, Kit.INVESTIGATOR_24PLEX, Kit.CORDIS_PLUS])
def test_amplicon_sizes__are_told_for_every_marker_of_the_kit(kit: Kit) -> None:
    sizes = amplicon_sizes(kit)
    assert tuple(sizes) == kit_markers(kit)
    for size in sizes.values():
        assert 60 < size.shortest < size.middle < size.longest < 500


def test_amplicon_sizes__of_a_kit_without_published_ones_are_empty() -> None:
    assert not amplicon_sizes(Kit.NGM)
