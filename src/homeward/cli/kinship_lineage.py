"""`homeward kinship lineage`: remains against the paternal or maternal lines of families, by Y-STR or mtDNA haplotypes.

The numerical packages are imported when a command runs, so that the rest of the command line starts quickly.
"""

import math
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from homeward.cli.kinship import commands
from homeward.cli.kinship_options import AsJson, LineageTheta
from homeward.cli.printing import say, say_json
from homeward.cli.progress import counting
from homeward.genetics.lineages import LineageKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from homeward.genetics.families import NotSearchable
    from homeward.genetics.haplotypes import HaplotypeReading
    from homeward.likelihood.lineage_families import FamilyFinding, LineDonors

__all__ = ["commands", "lineage"]

Remains = Annotated[Path, typer.Option(help="haplotypes of the remains")]
References = Annotated[Path, typer.Option(help='haplotypes of relatives, named "family/member"')]
Families = Annotated[Path, typer.Option(help="families of the missing, one JSON object a line")]
Database = Annotated[Path | None, typer.Option(help="haplotypes of unrelated people of the population, to count in")]
Kind = Annotated[LineageKind, typer.Option(help="Y markers of the paternal line, or mtDNA of the maternal line")]
Shortlist = Annotated[Path | None, typer.Option(help="autosomal ratios to show beside: the CSV of a search")]
Excluded = Annotated[bool, typer.Option("--excluded", help="list excluded pairs as well, not only their number")]


@commands.command()
def lineage(
    remains: Remains,
    references: References,
    families: Families,
    database: Database = None,
    kind: Kind = LineageKind.Y,
    theta: LineageTheta = 0.0,
    shortlist: Shortlist = None,
    is_listing_excluded: Excluded = False,  # noqa: FBT002
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Says which remains may be of which family's paternal or maternal line. A lineage marker alone never names."""
    from homeward.genetics.families import NotSearchable, read_families
    from homeward.genetics.haplotypes import read_haplotypes
    from homeward.likelihood.haplotype_database import HaplotypeDatabase
    from homeward.likelihood.lineage_families import family_findings, line_donors

    readings = {"remains": read_haplotypes(remains, kind), "references": read_haplotypes(references, kind)}
    if database is not None:
        readings["database"] = read_haplotypes(database, kind)
    autosomal = _autosomal(shortlist) if shortlist is not None else {}
    aside: list[NotSearchable] = []
    found = list(read_families(families, on_problem=aside.append))
    lines = line_donors(found, readings["references"].samples, kind=kind, place=families.name)
    counted = HaplotypeDatabase(readings["database"].samples, theta=theta) if database is not None else None
    samples = readings["remains"].samples
    with counting("remains compared", total=len(samples)) as step:
        pairs = list(
            family_findings(samples, lines.donors, database=counted, with_excluded=is_listing_excluded, on_remains=step)
        )
    for line in [*map(str, aside), *(str(each) for part in readings.values() for each in part.set_aside)]:
        say(f"homeward: {line}", err=True)
    for each in lines.set_aside:
        say(f"homeward: {each}", err=True)
    answer = _answer(readings, lines, aside, pairs, kind=kind, theta=theta)
    answer["pairs"] = [_pair(pair, kind, autosomal) for pair in pairs]
    if as_json:
        say_json(answer)
    else:
        say("\n".join(_told(answer)))


def _autosomal(path: Path) -> dict[tuple[str, str, str], float]:
    """The autosomal log10 ratio of each pair of a shortlist."""
    from homeward.errors import InputError
    from homeward.imports.tables import read_file, read_table

    found: dict[tuple[str, str, str], float] = {}
    required = ("remains", "family", "missing", "log10_lr")
    raw = read_file(path, needed="the shortlist of a search as CSV")
    for row in read_table(raw, name=path.name, required=required, refuse_others=False).rows:
        key = (row.values["remains"], row.values["family"], row.values["missing"])
        try:
            value = float(row.values["log10_lr"])
        except ValueError as error:
            raise row.refuse("log10_lr", "a number") from error
        if not math.isfinite(value):
            raise row.refuse("log10_lr", "a finite number")
        if found.setdefault(key, value) != value:
            raise InputError(place=row.place, found=f"{', '.join(key)} again", needed="each pair once")
    return found


def _answer(
    readings: "Mapping[str, HaplotypeReading]",
    lines: "LineDonors",
    aside: "Sequence[NotSearchable]",
    pairs: "Sequence[FamilyFinding]",
    *,
    kind: LineageKind,
    theta: float,
) -> dict[str, Any]:
    from homeward.likelihood.lineage import ALONE_NEVER_NAMES, DEFAULT_RULES
    from homeward.likelihood.lineage_families import n_lines
    from homeward.provenance import Provenance

    n_remains = len(readings["remains"].samples)
    n_pairs = n_remains * n_lines(lines.donors)
    counts = Counter(pair.finding.value for pair in pairs)
    counts["excluded"] += n_pairs - len(pairs)
    parameters = {"kind": kind.value, "theta": theta, **asdict(DEFAULT_RULES)}
    return {
        "kind": kind.value,
        "evidence": kind.evidence,
        "law": ALONE_NEVER_NAMES,
        "n_remains": n_remains,
        "n_lines": n_lines(lines.donors),
        "findings": {word: counts[word] for word in ("supported", "inconclusive", "excluded")},
        "pairs": [],
        "missing_without_donor": [{"family": family, "missing": name} for family, name in lines.without_donor],
        "references_set_aside": [each.as_json() for each in lines.set_aside],
        "families_not_searchable": [each.as_json() for each in aside],
        "read": {name: reading.as_json() for name, reading in readings.items()},
        "provenance": Provenance("homeward kinship lineage", parameters=parameters).as_json(),
    }


def _pair(
    pair: "FamilyFinding", kind: LineageKind, autosomal: "Mapping[tuple[str, str, str], float]"
) -> dict[str, Any]:
    from homeward.likelihood.lineage import Combination

    answer: dict[str, Any] = pair.as_json()
    beside = autosomal.get((pair.remains, pair.family, pair.missing))
    if beside is not None and answer["log10_lr_bound"] is not None:
        answer["combined"] = Combination(beside, {kind.value: answer["log10_lr_bound"]}).as_json()
    return answer


def _told(answer: dict[str, Any]) -> list[str]:
    """The answer as lines of text: a line for each pair, its differences under it, then the account."""
    lines: list[str] = []
    for pair in answer["pairs"]:
        who = f"{pair['remains']} - {pair['family']}/{pair['missing']}: {pair['finding']}"
        lines.append(f"{who} ({pair['reason']}){_ratio_told(pair)}")
        for donor in pair["donors"]:
            named = ", ".join(f"{d['where']} {d['remains']}:{d['reference']}" for d in donor["differences"])
            compatible = f"; mixed at {', '.join(donor['compatible'])}" if donor["compatible"] else ""
            told = f"compared {donor['compared']}, differing: {named or 'nothing'}{compatible}"
            lines.append(f"    {donor['member']} (meioses: {donor['meioses']}): {told}")
    found = ", ".join(f"{word} {n:,}" for word, n in answer["findings"].items())
    lines.append(f"Remains: {answer['n_remains']:,}; missing with a donor on the line: {answer['n_lines']:,}; {found}.")
    if answer["missing_without_donor"]:
        lines.append(f"Missing without a donor on the line: {len(answer['missing_without_donor']):,}.")
    for name, read in answer["read"].items():
        rows = ", ".join(f"{word} {n:,}" for word, n in read["rows"].items())
        lines.append(f"{name}: {read['samples']:,} haplotypes of {read['people']:,} people; rows: {rows}.")
    return [*lines, answer["law"]]


def _ratio_told(pair: dict[str, Any]) -> str:
    if pair["log10_lr"] is None:
        return ""
    seen = f"seen in {pair['seen']:,} of {pair['database']:,}, counted on {pair['counted_on']:,}"
    ratio = f"; log10 LR {pair['log10_lr']:.2f}, at the 95 % bound {pair['log10_lr_bound']:.2f} ({seen})"
    combined = pair.get("combined")
    if combined is None:
        return ratio
    autosomal, total = combined["autosomal_log10_lr"], combined["total_log10_lr"]
    return f"{ratio}; autosomal {autosomal:.2f}, with the bound {total:.2f}, if independent given the population"
