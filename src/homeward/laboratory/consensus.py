"""The consensus of replicates: what several readings of one degraded sample say together, marker by marker.

An allele is in the consensus of a marker if it was seen in at least half of the n replicates and in at least two
(Benschop and others 2011, the n/2 method). One replicate alone confirms nothing. More than two alleles in the consensus
of a marker leave it out; two such markers make the sample a mixture, which is not searched.

An allele off the ladder (OL) was seen and cannot be named. Where at least half of the replicates saw one, the marker is
left out. Where fewer did, their readings are set aside: they count in n and against the marker (a third allele that
they bring into the consensus leaves it out), never for an allele; the drop-out class is high, whoever stated another.

Drop-out class of a marker with one allele, as `likelihood.dropout` uses it: seen alone in each of three replicates or
more, low; in both of two, medium; otherwise high. Another class, and `none` above all, is the laboratory's to state.

Source: Benschop, van der Beek, Meiland, van Gorp, Westen, Sijen (2011), Low template STR typing: effect of replicate
number and consensus method on genotyping reliability and DNA database search results, Forensic Science International:
Genetics 5, 316-328. Markers left out, alleles off the ladder, mixtures and drop-out classes are this project's rules.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from homeward.genetics.alleles import sorted_alleles
from homeward.genetics.profiles import DropOutClass

__all__ = ["MarkerConsensus", "Replicate", "SampleConsensus", "State", "consensus", "consensus_of_samples"]

MARKERS_OF_A_MIXTURE = 2
_BY_RISK = tuple(DropOutClass)


class State(Enum):
    """What the replicates of one marker amount to."""

    CONSENSUS = "consensus"
    UNCONFIRMED = "unconfirmed"
    LEFT_OUT = "left_out"
    NO_CONSENSUS = "no_consensus"


@dataclass(frozen=True)
class Replicate:
    """One reading of one marker: its alleles, none where nothing was read; `stated` is the laboratory's own class.

    `off_ladder` says that it saw an allele, beside those or alone, that the ladder has no name for.
    """

    name: str
    alleles: frozenset[str]
    stated: DropOutClass | None = None
    off_ladder: bool = False


@dataclass(frozen=True)
class MarkerConsensus:
    """The consensus of one marker. `seen` counts the replicates of each allele; with one replicate it is what was read.

    `drop_out` is None where there is nothing that it could speak of: no allele, or two. `off_ladder` are the replicates
    that saw an allele off the ladder; `reason` says why the marker, or what was read in those, is not used.
    """

    alleles: tuple[str, ...]
    replicates: int
    seen: Mapping[str, int]
    state: State
    drop_out: DropOutClass | None
    off_ladder: tuple[str, ...] = ()
    reason: str = ""

    @property
    def has_more_than_two(self) -> bool:
        """Whether more alleles than one person has stand in it, one off the ladder included."""
        return self.state is State.LEFT_OUT and len(self.alleles) + bool(self.off_ladder) > 2

    @property
    def seen_once(self) -> tuple[str, ...]:
        """The alleles that one replicate alone showed."""
        return tuple(allele for allele, times in self.seen.items() if times == 1)

    def as_json(self) -> dict[str, object]:
        """Returns the consensus as a JSON object."""
        return {
            "alleles": list(self.alleles),
            "replicates": self.replicates,
            "seen_once": list(self.seen_once),
            "state": self.state.value,
            "drop_out": self.drop_out.value if self.drop_out else None,
            "seen": dict(self.seen),
            "off_ladder": list(self.off_ladder),
            "reason": self.reason or None,
        }


@dataclass(frozen=True)
class SampleConsensus:
    """The consensus of a sample, marker by marker in the order of the file."""

    name: str
    markers: Mapping[str, MarkerConsensus]

    @property
    def left_out(self) -> tuple[str, ...]:
        """The markers that cannot be used: more than two alleles, or one that cannot be named."""
        return tuple(name for name, marker in self.markers.items() if marker.state is State.LEFT_OUT)

    @property
    def mixed(self) -> tuple[str, ...]:
        """The markers with more than two alleles."""
        return tuple(name for name, marker in self.markers.items() if marker.has_more_than_two)

    @property
    def is_mixture(self) -> bool:
        """Whether so many markers show more than two alleles that more than one person must be in the sample."""
        return len(self.mixed) >= MARKERS_OF_A_MIXTURE

    def as_json(self) -> dict[str, object]:
        """Returns the sample as a JSON object."""
        return {
            "markers": {name: marker.as_json() for name, marker in self.markers.items()},
            "mixture": self.is_mixture,
            "searched": not self.is_mixture,
        }


def consensus(replicates: Sequence[Replicate]) -> MarkerConsensus:
    """Returns the consensus of the readings of one marker of one sample, one or more."""
    n = len(replicates)
    seen = _seen(replicates)
    names = (replicate.name for replicate in replicates if replicate.off_ladder)
    off_ladder = tuple(sorted(names, key=lambda name: (len(name), name)))  # 2 before 10
    alleles = _seen_enough(seen, n)
    unnamed = bool(off_ladder) and 2 * len(off_ladder) >= n
    if unnamed or len(alleles) > 2:
        reason = _why_left_out(alleles, off_ladder if unnamed else (), n)
        return MarkerConsensus(alleles, n, seen, State.LEFT_OUT, None, off_ladder, reason)
    # What stands beside an allele without a name may be its stutter or its pull-up: it confirms nothing.
    clean = [replicate for replicate in replicates if not replicate.off_ladder]
    alleles = _seen_enough(_seen(clean), n)
    several = State.CONSENSUS if alleles else State.NO_CONSENSUS
    state = several if n > 1 else State.UNCONFIRMED
    drop_out = _drop_out(replicates, alleles)
    if not off_ladder:
        return MarkerConsensus(alleles, n, seen, state, drop_out)
    at_worst = DropOutClass.HIGH if drop_out else None
    return MarkerConsensus(alleles, n, seen, state, at_worst, off_ladder, _why_set_aside(off_ladder, n))


def consensus_of_samples(
    samples: Mapping[str, Mapping[str, Sequence[Replicate]]],
) -> tuple[SampleConsensus, ...]:
    """Returns the consensus of every sample of a table, in its order."""
    return tuple(
        SampleConsensus(name, {marker: consensus(replicates) for marker, replicates in markers.items()})
        for name, markers in samples.items()
    )


def _seen(replicates: Sequence[Replicate]) -> dict[str, int]:
    times = Counter(allele for replicate in replicates for allele in replicate.alleles)
    return {allele: times[allele] for allele in sorted_alleles(times)}


def _seen_enough(seen: Mapping[str, int], n: int) -> tuple[str, ...]:
    """Returns the alleles of at least half of n replicates and, where there are several, of at least two."""
    enough = 1 if n == 1 else 2
    return tuple(allele for allele, count in seen.items() if count >= enough and 2 * count >= n)


def _why_left_out(alleles: Sequence[str], off_ladder: Sequence[str], n: int) -> str:
    if not off_ladder:
        return f"{len(alleles)} alleles, more than one person has"
    times = f"{len(off_ladder)} of {n} replicates" if n > 1 else "the one replicate"
    return f"an allele off the ladder, which cannot be named, in {times}"


def _why_set_aside(off_ladder: Sequence[str], n: int) -> str:
    saw = "saw an allele off the ladder, which cannot be named:"
    if len(off_ladder) == 1:
        return f"replicate {off_ladder[0]} {saw} its reading is set aside and confirms nothing; n stays {n}"
    return f"replicates {', '.join(off_ladder)} {saw} their readings are set aside and confirm nothing; n stays {n}"


def _drop_out(replicates: Sequence[Replicate], alleles: Sequence[str]) -> DropOutClass | None:
    """Returns the drop-out class: the most cautious that the laboratory states, or else by how often one was alone."""
    if not alleles or len(alleles) > 2:
        return None
    if stated := _most_cautious(replicate.stated for replicate in replicates):
        return stated
    if len(alleles) == 2:
        return None
    alone = all(replicate.alleles == frozenset(alleles) for replicate in replicates)
    if alone and len(replicates) >= 3:
        return DropOutClass.LOW
    return DropOutClass.MEDIUM if alone and len(replicates) == 2 else DropOutClass.HIGH


def _most_cautious(stated: Iterable[DropOutClass | None]) -> DropOutClass | None:
    given = [_BY_RISK.index(each) for each in stated if each is not None]
    return _BY_RISK[max(given)] if given else None
