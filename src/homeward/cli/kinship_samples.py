"""`homeward kinship kin`, `direct`, `power` and `whom-to-sample`: samples among themselves, and what families can show.

The numerical packages are imported when a command runs, so that the rest of the command line starts quickly.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from homeward.cli.kinship_options import (
    AsJson,
    Frequencies,
    MinimumFrequency,
    MinLog10LR,
    Population,
    SettingsFile,
    Theta,
    Threads,
    settled,
    threads_of,
)
from homeward.cli.kinship_search import commands
from homeward.cli.printing import say, say_json
from homeward.cli.progress import counting
from homeward.errors import InputError

if TYPE_CHECKING:
    from homeward.genetics.families import Family, NotSearchable
    from homeward.genetics.frequencies import FrequencyTable
    from homeward.genetics.marker_names import ReadingAccount
    from homeward.genetics.profiles import Profile
    from homeward.likelihood.tables import TableLayout
    from homeward.search.kin import KinPair, Relation
    from homeward.search.markers import SearchMarkers
    from homeward.search.members import MissingMember
    from homeward.search.settings import KinshipSettings

__all__ = ["commands", "direct", "kin", "power", "whom_to_sample"]


class RelationOption(Enum):
    """What two samples may be to each other."""

    SAME_PERSON = "same-person"
    PARENT_AND_CHILD = "parent-and-child"
    FULL_SIBLINGS = "full-siblings"


SamplesFile = Annotated[Path, typer.Option("--samples", help="profiles of a batch, a GeneMapper-style table")]
OthersFile = Annotated[
    Path | None, typer.Option("--others", help="compare with these (staff, say) instead of among themselves")
]
RemainsFile = Annotated[Path, typer.Option("--remains", help="profiles of the remains, a GeneMapper-style table")]
ReferencesFile = Annotated[
    Path, typer.Option("--references", help="profiles of personal samples of the missing, named after the persons")
]
FamiliesFile = Annotated[Path, typer.Option("--families", help="families of the missing, one JSON object a line")]
OnlyFamilies = Annotated[list[str] | None, typer.Option("--family", help="only this family; may be repeated")]
Relations = Annotated[list[RelationOption] | None, typer.Option("--relation", help="only this relation; repeatable")]
Draws = Annotated[int, typer.Option("--draws", min=10, max=100_000, help="how many profiles are drawn")]
Seed = Annotated[int, typer.Option(min=0, help="the same seed gives the same answer")]


@commands.command()
def kin(
    samples: SamplesFile,
    others: OthersFile = None,
    relation: Relations = None,
    frequencies: Frequencies = None,
    population: Population = None,
    settings_file: SettingsFile = None,
    min_log10_lr: MinLog10LR = None,
    minimum_frequency: MinimumFrequency = None,
    theta: Theta = None,
    threads: Threads = 0,
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Finds duplicates and close kin in a batch: one individual in several bags, relatives among remains, staff."""
    from homeward.search.kin import Relation

    settings = settled(
        settings_file,
        frequencies=frequencies,
        population=population,
        minimum_frequency=minimum_frequency,
        theta=theta,
        min_log10_lr=min_log10_lr,
    )
    wanted = [Relation(each.value.replace("-", " ")) for each in relation or RelationOption]
    _compare(samples, others, settings, wanted, threads=threads_of(threads), as_json=as_json, command="kin")


@commands.command()
def direct(
    remains: RemainsFile,
    references: ReferencesFile,
    frequencies: Frequencies = None,
    population: Population = None,
    settings_file: SettingsFile = None,
    min_log10_lr: MinLog10LR = None,
    minimum_frequency: MinimumFrequency = None,
    theta: Theta = None,
    threads: Threads = 0,
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Compares remains with personal samples of the missing (a toothbrush, a blood card) as the same person."""
    from homeward.search.kin import Relation

    settings = settled(
        settings_file,
        frequencies=frequencies,
        population=population,
        minimum_frequency=minimum_frequency,
        theta=theta,
        min_log10_lr=min_log10_lr,
    )
    _compare(
        remains,
        references,
        settings,
        [Relation.SAME_PERSON],
        threads=threads_of(threads),
        as_json=as_json,
        command="direct",
    )


@commands.command()
def power(
    families: FamiliesFile,
    family: OnlyFamilies = None,
    frequencies: Frequencies = None,
    population: Population = None,
    settings_file: SettingsFile = None,
    min_log10_lr: MinLog10LR = None,
    minimum_frequency: MinimumFrequency = None,
    theta: Theta = None,
    draws: Draws = 2000,
    seed: Seed = 1,
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Tells for each missing person what ratio to expect, and how many a threshold would find or let through."""
    import numpy as np

    from homeward.search.power import QUANTILES, family_power

    settings = settled(
        settings_file,
        frequencies=frequencies,
        population=population,
        minimum_frequency=minimum_frequency,
        theta=theta,
        min_log10_lr=min_log10_lr,
    )
    read = _families(families, settings, family)
    found = []
    with counting("families weighed", total=len(read.members)) as step:
        for number, member in enumerate(read.members):
            generator = np.random.default_rng([seed, number])
            found.append(
                family_power(
                    member.family,
                    member.missing,
                    read.layout,
                    threshold=settings.min_log10_lr,
                    generator=generator,
                    n_draws=draws,
                )
            )
            step()
    if as_json:
        rows = [asdict(each) for each in found]
        say_json({"power": rows, "quantiles": list(QUANTILES), **read.about("homeward kinship power", seed)})
        return
    for each in found:
        low, middle, high = (each.quantiles_if_identical[i] for i in (0, 2, 4))
        say(
            f"{each.family} {each.missing}: expected log10 LR {each.expected_if_identical:.2f} "
            f"(5 % {low:.2f}, half {middle:.2f}, 95 % {high:.2f}); at {each.threshold:g} or more: "
            f"{each.share_found:.1%} of the right remains, {each.share_of_unrelated_above:.2g} of others."
        )
    read.tell()


@commands.command(name="whom-to-sample")
def whom_to_sample(
    families: FamiliesFile,
    family: OnlyFamilies = None,
    frequencies: Frequencies = None,
    population: Population = None,
    settings_file: SettingsFile = None,
    minimum_frequency: MinimumFrequency = None,
    theta: Theta = None,
    draws: Draws = 100,
    seed: Seed = 1,
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Tells for each missing person which untyped relative's sample would raise the expected ratio most."""
    import numpy as np

    from homeward.search.power import whom_to_sample_next

    settings = settled(
        settings_file,
        frequencies=frequencies,
        population=population,
        minimum_frequency=minimum_frequency,
        theta=theta,
    )
    read = _families(families, settings, family)
    rows: list[dict[str, object]] = []
    with counting("families weighed", total=len(read.members)) as step:
        for number, member in enumerate(read.members):
            generator = np.random.default_rng([seed, number])
            for rank, each in enumerate(
                whom_to_sample_next(member.family, member.missing, read.layout, generator=generator, n_draws=draws),
                start=1,
            ):
                told = {"family": member.family.name, "missing": member.missing, "rank": rank, "relative": each.member}
                rows.append(told | {"expected_log10_lr": each.expected_log10_lr, "gain": each.gain})
            step()
    if as_json:
        say_json({"next": rows, "n_draws": draws, **read.about("homeward kinship whom-to-sample", seed)})
        return
    for row in rows:
        say(
            f"{row['family']} {row['missing']}, {row['rank']}. {row['relative']}: expected log10 LR "
            f"{row['expected_log10_lr']:.2f}, {row['gain']:+.2f}"
        )
    if not rows:
        say("No family has a relative who is neither typed nor missing.")
    read.tell()


@dataclass(frozen=True, eq=False)
class _Read:
    """Families and the layout of their tables, with what was not used."""

    settings: "KinshipSettings"
    markers: "SearchMarkers"
    layout: "TableLayout"
    members: "Sequence[MissingMember]"
    aside: "Sequence[NotSearchable]"
    account: "ReadingAccount"

    def about(self, command: str, seed: int) -> dict[str, object]:
        """Returns what a result has to state about its origin."""
        return {
            "not_searchable": [each.as_json() for each in self.aside],
            "readings": self.account.as_json(),
            **_origin(command, self.settings, self.markers, seed=seed),
        }

    def tell(self) -> None:
        """Says on standard error what was left out, and by which settings the figures were made."""
        for each in self.aside:
            say(f"homeward: {each}", err=True)
        _tell_origin(self.settings)


def _families(path: Path, settings: "KinshipSettings", only: list[str] | None) -> _Read:
    from homeward.genetics.families import read_families
    from homeward.genetics.marker_names import MarkerNames
    from homeward.imports.spelling import did_you_mean
    from homeward.search.members import missing_members
    from homeward.search.requests import known_markers

    table = settings.table()
    names = MarkerNames(known_markers(table))
    aside: list[NotSearchable] = []
    found: list[Family] = []
    with counting("families read") as step:
        for each in read_families(path, names, on_problem=aside.append):
            found.append(each)
            step()
    known = [each.name for each in found]
    for name in only or ():
        if name not in known:
            needed = f"a family of {path.name}{did_you_mean(name, known)}"
            raise InputError(place="--family", found=f'"{name}"', needed=needed)
    chosen = [each for each in found if only is None or each.name in only]
    profiles = [profile for each in chosen for profile in each.genotypes.values()]
    markers, layout = _layout(table, settings, profiles)
    # A missing person with a profile of his or her own is compared directly: `kinship direct`.
    members = [member for member in missing_members(chosen) if member.missing not in member.family.genotypes]
    return _Read(settings, markers, layout, members, aside, names.account)


def _layout(
    table: "FrequencyTable", settings: "KinshipSettings", profiles: "Sequence[Profile]"
) -> tuple["SearchMarkers", "TableLayout"]:
    from homeward.likelihood.tables import TableLayout
    from homeward.search.markers import search_markers, unseen_alleles

    markers = search_markers(
        table,
        unseen=unseen_alleles(table, profiles),
        frequency_floor=settings.frequencies.minimum,
        rates=settings.mutation,
    )
    return markers, TableLayout(markers.panel, settings.reading, settings.theta)


def _compare(
    first: Path,
    second: Path | None,
    settings: "KinshipSettings",
    relations: "Sequence[Relation]",
    *,
    threads: int,
    as_json: bool,
    command: str,
) -> None:
    """Compares one table of samples with another, or among themselves, and prints the pairs."""
    from homeward.genetics.marker_names import MarkerNames
    from homeward.genetics.profiles import load_profiles
    from homeward.search.kin import kin_among, n_blocks
    from homeward.search.requests import known_markers

    table = settings.table()
    accounts = [MarkerNames(known_markers(table)) for _ in (first, second)]
    samples = load_profiles(first, accounts[0])
    others = None if second is None else load_profiles(second, accounts[1])
    markers, layout = _layout(table, settings, [each.profile for each in (*samples, *(others or ()))])
    with counting("blocks of samples compared", total=n_blocks(samples, relations)) as step:
        pairs = kin_among(
            samples,
            layout,
            min_log10_lr=settings.min_log10_lr,
            relations=relations,
            others=others,
            threads=threads,
            on_block=step,
        )
    read = [(first, accounts[0].account), *([] if second is None else [(second, accounts[1].account)])]
    for path, account in read:
        for each in account.set_aside:
            say(f"homeward: {path.name}: {each}", err=True)
    n_others = len(samples) if others is None else len(others)
    n_pairs = len(samples) * (len(samples) - 1) // 2 if others is None else len(samples) * n_others
    if as_json:
        readings = {path.name: account.as_json() for path, account in read}
        counts = {"n_samples": len(samples), "n_others": None if others is None else n_others, "n_pairs": n_pairs}
        rows = [_pair_object(pair) for pair in pairs]
        origin = _origin(f"homeward kinship {command}", settings, markers)
        say_json({"pairs": rows, **counts, "readings": readings, **origin})
        return
    for pair in pairs:
        say(f"{pair.log10_lr:8.2f}  {pair.relation.value}: {pair.first}, {pair.second} ({pair.loci_compared} markers)")
    say(f"{len(pairs):,} of {n_pairs:,} pairs have a log10 LR of {settings.min_log10_lr:g} or more.")
    _tell_origin(settings)


def _pair_object(pair: "KinPair") -> dict[str, object]:
    return {
        "first": pair.first,
        "second": pair.second,
        "relation": pair.relation.value,
        "log10_lr": pair.log10_lr,
        "loci_compared": pair.loci_compared,
    }


def _origin(
    command: str, settings: "KinshipSettings", markers: "SearchMarkers", *, seed: int | None = None
) -> dict[str, object]:
    from homeward.provenance import Provenance

    parameters: dict[str, str | int | float | bool | None] = {
        "settings": settings.hash,
        "theta": settings.theta,
        "min_log10_lr": settings.min_log10_lr,
    }
    if seed is not None:
        parameters["seed"] = seed
    about = markers.as_object()
    told = ("population", "frequencies", "unseen_alleles", "markers_left_out", "markers_on_one_arm")
    return {
        **{name: about[name] for name in told},
        "settings": settings.as_json(),
        "provenance": Provenance(command, parameters=parameters).as_json(),
    }


def _tell_origin(settings: "KinshipSettings") -> None:
    of = settings.frequencies.of
    say(f"Frequencies {of.name if of else 'none'}, theta {settings.theta:g}, settings {settings.hash}.", err=True)
