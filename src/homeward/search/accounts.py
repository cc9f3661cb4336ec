"""What a search did not use, as lines for the console: every reading and family is used, or told with its reason."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from homeward.genetics.alleles import SetAside
from homeward.genetics.families import NotSearchable
from homeward.search.requests import SearchInput

__all__ = ["not_searchable_lines", "search_account", "set_aside_lines"]

MOST_TOLD = 20


def set_aside_lines(given: SearchInput) -> Iterator[str]:
    """Yields a line for each family and reading that is set aside, 20 of each kind at most, then how many more."""
    readings = [*given.remains_account.set_aside, *given.families_account.set_aside]
    yield from not_searchable_lines(given.not_searchable, readings)


def not_searchable_lines(families: Sequence[NotSearchable], readings: Sequence[SetAside]) -> Iterator[str]:
    """Yields the same of families and readings that were set aside."""
    for kind, each in (("families", families), ("readings", readings)):
        yield from map(str, each[:MOST_TOLD])
        if len(each) > MOST_TOLD:
            yield f"and {len(each) - MOST_TOLD} more {kind}, all in the summary"


def search_account(summary: Mapping[str, Any]) -> list[str]:
    """Returns how remains and relatives were read, which alleles no frequency speaks of, and what was left out."""
    lines = [
        f"Samples read: {summary['n_remains']:,}, of them without a reading: {summary['n_remains_without_reading']:,}.",
        f"Families searched for: {summary['n_families']:,}, not searchable: {len(summary['not_searchable']):,}.",
        _readings("remains", summary["readings_of_remains"]),
        _readings("relatives", summary["readings_of_families"]),
        _of_drop_out(summary["drop_out"]),
    ]
    lines += _of_references(summary["references"])
    if summary["markers_left_out"]:
        told = "; ".join(f"{name} ({reason})" for name, reason in summary["markers_left_out"].items())
        lines.append(f"Markers left out: {told}.")
    if summary["markers_on_one_arm"]:
        told = "; ".join(", ".join(group) for group in summary["markers_on_one_arm"])
        lines.append(f"On one chromosome arm, and taken as independent: {told}.")
    if left_out := summary["theta_left_out"]:
        who = ", ".join(list(left_out)[:MOST_TOLD]) + (" and others" if len(left_out) > MOST_TOLD else "")
        lines.append(f"Theta left out at markers of {len(left_out):,} families, too many founders untyped: {who}.")
    if summary["unseen_alleles"]:
        counts = summary["unseen_allele_counts"]
        told = ", ".join(
            f"{locus} {allele} ({counts[locus][allele]} times)"
            for locus, alleles in summary["unseen_alleles"].items()
            for allele in alleles
        )
        lines.append(f"Alleles that the frequencies do not have, taken at the minimum frequency: {told}.")
    return [*lines, *(f"Frequencies: {note}." for note in summary["frequency_notes"])]


def _of_drop_out(found: Mapping[str, Any]) -> str:
    derived = ", ".join(f"{number:,} {level}" for level, number in found["derived"].items() if number)
    return f"Drop-out of remains: {found['stated']:,} as stated; derived from the profile: {derived or 'none'}."


def _of_references(found: Mapping[str, Any]) -> list[str]:
    if found["handling"] == "skip":
        return ["References of the families: not checked."]
    counts = found["counts"]
    what = "set aside" if found["handling"] == "set-aside" else "compared and marked"
    verdicts = (
        f"{counts['agree']:,} agree, {counts['untested']:,} cannot be tested, {counts['contradict']:,} contradict"
    )
    told = [f"References: {verdicts} the pedigree ({what}); equal samples: {len(found['same_samples']):,}."]
    for family in found["families"][:MOST_TOLD]:
        first = family["alternatives"][0]
        members = " and ".join(first["members"])
        told.append(f"  {family['family']}: most probably {first['slip'].replace('_', ' ')}, {members}")
    if len(found["families"]) > MOST_TOLD:
        told.append(f"  and {len(found['families']) - MOST_TOLD} more, all in the summary")
    return told


def _readings(of: str, account: Mapping[str, Any]) -> str:
    passed = account["markers_passed_over"]
    beside = f" ({', '.join(passed)})" if passed else ""
    half = account["one_side_not_read"]
    told = [
        f"{account['used']:,} used",
        f"{account['used_for_sex']:,} used for the sex",
        f"{account['not_read']:,} not read",
        f"{account['given_twice']:,} given twice",
        f"{sum(passed.values()):,} of markers passed over{beside}",
        f"{len(account['set_aside']):,} set aside",
    ]
    one_side = f"; {half:,} read on one side alone" if half else ""
    return f"Readings of {of}: {account['readings']:,}, of which {', '.join(told)}{one_side}."
