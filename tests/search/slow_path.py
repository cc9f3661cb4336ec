"""The likelihood ratio of one pair by peeling the whole pedigree, with none of the tables of a search."""

from homeward.genetics.pedigrees import Member, Pedigree
from homeward.genetics.profiles import Sample
from homeward.likelihood.panels import Panel
from homeward.likelihood.peeling import Readings, log10_likelihood
from homeward.likelihood.reading_model import Conditions
from homeward.likelihood.tables import TableLayout
from homeward.search.degradation import conditions_of_samples
from homeward.search.members import MissingMember

__all__ = ["slow_log10_lr"]


def slow_log10_lr(member: MissingMember, sample: Sample, layout: TableLayout) -> float:
    """P(relatives, remains | identical) / (P(relatives) P(remains | unrelated)), over markers that the remains show."""
    total = 0.0
    (conditions,) = conditions_of_samples([sample], layout)
    for marker in layout.panel.markers:
        if marker.name not in sample.profile:
            continue
        panel = Panel((marker,))
        lost = conditions[marker.name]
        relatives = {
            name: {marker.name: profile[marker.name]}
            for name, profile in member.family.genotypes.items()
            if marker.name in profile
        }
        own = {marker.name: sample.profile[marker.name]}
        stranger = Pedigree.of([Member("stranger")])
        together = _log10(member.family.pedigree, {**relatives, member.missing: own}, panel, {member.missing: lost})
        apart = _log10(member.family.pedigree, relatives, panel, {})
        total += together - apart - _log10(stranger, {"stranger": own}, panel, {"stranger": lost})
    return total


def _log10(
    pedigree: Pedigree,
    profiles: dict[str, dict[str, tuple[str, ...]]],
    panel: Panel,
    given: dict[str, Conditions],
) -> float:
    if not profiles:
        return 0.0
    return float(log10_likelihood(pedigree, Readings.of(profiles, panel, conditions=given), panel)[0])
