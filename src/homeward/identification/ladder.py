"""The account of one exchange, from what was announced to who is home: figures, and the lists behind each difference.

    next = this - out + in + unexplained

Out and in are lists of items under a reason. Between our own sets nothing is ever unexplained; from the announcement to
the manifest it is a range, less what an officer explained.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from homeward.identification.events import Event, Found, What
from homeward.identification.fields import shown
from homeward.identification.individuals import Individuals
from homeward.identification.naming import Naming, conflicts, namings
from homeward.identification.standing import Standing

__all__ = ["STEPS", "Difference", "Ladder", "ladder_after"]

STEPS = (
    *("announced", "manifest", "scanned", "opened", "individuals", "to_name", "profile"),
    *("candidate", "identified", "told", "home"),
)
Lists = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Difference:
    """From one step to the next: what goes out and comes in, by reason, and what remains unexplained (low to high)."""

    since: str
    until: str
    out: Lists
    into: Lists
    unexplained: tuple[int, int]
    explained: int | None = None

    def as_json(self) -> dict[str, object]:
        """Returns the difference as a JSON object; a range is told as low and high only from the announcement."""
        answer: dict[str, object] = {"from": self.since, "to": self.until}
        answer |= {"out": _listed(self.out), "in": _listed(self.into)}
        low, high = self.unexplained
        if self.explained is None:
            return {**answer, "unexplained": low}
        return {**answer, "explained": self.explained, "unexplained": {"low": low, "high": high}}


def _listed(lists: Lists) -> dict[str, list[str]]:
    return {reason: list(items) for reason, items in lists.items()}


@dataclass(frozen=True)
class Ladder:
    """The steps as sets, with the individuals that they are made of."""

    standing: Standing

    @cached_property
    def who(self) -> Individuals:
        """The individuals."""
        return Individuals(self.standing)

    @cached_property
    def announced(self) -> tuple[int, int] | None:
        """The widest range that anybody announced, or None."""
        ranges = self.standing.announced
        return (min(low for low, _ in ranges), max(high for _, high in ranges)) if ranges else None

    @cached_property
    def individuals(self) -> frozenset[str]:
        """Human individuals whose first remains came with this exchange."""
        return self.who.human - self.who.said(What.COUNTED_EARLIER)

    @cached_property
    def to_name(self) -> frozenset[str]:
        """Those that are not the other side's."""
        return self.individuals - self.who.said(What.OTHER_SIDE)

    @cached_property
    def with_profile(self) -> frozenset[str]:
        """Those of them with a profile."""
        return self.to_name & self.who.said(What.PROFILE)

    @cached_property
    def with_candidate(self) -> frozenset[str]:
        """Those with an open candidate; a decided individual has one."""
        return (self.to_name & self.who.with_candidate) | self.identified

    @cached_property
    def decisions(self) -> tuple[Naming, ...]:
        """The decisions that live."""
        return namings(self.who)

    @cached_property
    def identified(self) -> frozenset[str]:
        """Those whom a living decision names."""
        return self._named_by(self.decisions)

    @cached_property
    def told(self) -> frozenset[str]:
        """Those whose families were told of a decision that lives."""
        return self._named_by(each for each in self.decisions if each.decision.told)

    @cached_property
    def home(self) -> frozenset[str]:
        """Those who are home, their families told."""
        return self._named_by(each for each in self.decisions if each.decision.told and each.decision.home)

    def _named_by(self, decisions: Iterable[Naming]) -> frozenset[str]:
        return self.to_name & {individual for each in decisions for individual in each.named}

    @cached_property
    def non_human_bags(self) -> tuple[str, ...]:
        """Bags with nothing human in them: animal, other, or remains that all proved not to be human."""
        proved = [bag for bag, human in self.who.human_by_bag.items() if not human]
        return tuple(sorted([*self.who.opened(Found.ANIMAL, Found.OTHER), *proved]))

    def steps(self) -> dict[str, object]:
        """Returns the figure of each step; only the announcement and the manifest can be missing."""
        low, high = self.announced or (0, 0)
        manifest = self.standing.manifest
        sets = (self.individuals, self.to_name, self.with_profile, self.with_candidate)
        figures = [
            None if self.announced is None else {"low": low, "high": high},
            None if manifest is None else len(manifest),
            len(self.standing.scans),
            len(self.who.opened()),
            *(len(each) for each in (*sets, self.identified, self.told, self.home)),
        ]
        return dict(zip(STEPS, figures, strict=True))

    def differences(self) -> tuple[Difference, ...]:
        """Returns the differences between neighbouring steps that are both known, in order."""
        return (*self._from_announcement(), *self._from_manifest(), *self._from_bags(), *self._from_individuals())

    def _from_announcement(self) -> Iterator[Difference]:
        if self.announced is not None and self.standing.manifest is not None:
            low, high = self.announced
            n_lines, explained = len(self.standing.manifest), self.standing.explained
            unexplained = (n_lines - high + explained, n_lines - low + explained)
            yield Difference("announced", "manifest", {}, {}, unexplained, explained)

    def _from_manifest(self) -> Iterator[Difference]:
        """Each line takes the bag that was scanned first; what is left on either side is told by its list."""
        lines = self.standing.manifest
        if lines is None:
            return
        free, unexpected = Counter(lines), []
        for bag, line in self.standing.scans.items():
            if line is not None and free[line] > 0:
                free[line] -= 1
            else:
                unexpected.append(bag)
        out, into = {"missing": sorted(free.elements())}, {"unexpected": unexpected}
        yield _difference("manifest", "scanned", len(lines), len(self.standing.scans), out, into)

    def _from_bags(self) -> Iterator[Difference]:
        scans, opened = self.standing.scans, self.who.opened()
        unopened = set(scans) - set(opened)
        yield _difference("scanned", "opened", len(scans), len(opened), {"unopened": unopened}, {})
        bags_of, several = defaultdict(list), []
        for bag, human in sorted(self.who.human_by_bag.items()):
            several += sorted(human)[1:]
            for individual in human:
                bags_of[individual].append(bag)
        out = {
            "empty": self.who.opened(Found.EMPTY),
            "non_human": self.non_human_bags,
            "undetermined": self.who.opened(Found.UNDETERMINED),
            "same_individual": [bag for bags in bags_of.values() for bag in bags[1:]],
            "counted_earlier": self.who.human - self.individuals,
        }
        into = {"several_in_bag": several}
        yield _difference("opened", "individuals", len(opened), len(self.individuals), out, into)

    def _from_individuals(self) -> Iterator[Difference]:
        reasons = {
            ("individuals", "to_name"): (self.individuals, self.to_name, "other_side", ""),
            ("to_name", "profile"): (self.to_name, self.with_profile, "no_profile", ""),
            ("profile", "candidate"): (self.with_profile, self.with_candidate, "no_candidate", "without_profile"),
            ("candidate", "identified"): (self.with_candidate, self.identified, "not_decided", ""),
            ("identified", "told"): (self.identified, self.told, "not_told", ""),
            ("told", "home"): (self.told, self.home, "not_home", ""),
        }
        for (since, until), (before, after, reason_out, reason_in) in reasons.items():
            out, into = {reason_out: before - after}, {reason_in: after - before} if reason_in else {}
            yield _difference(since, until, len(before), len(after), out, into)

    def beside(self) -> dict[str, list[str]]:
        """Returns the lists that stand beside the ladder."""
        who = self.who
        return {
            "other_side": sorted(self.individuals & who.said(What.OTHER_SIDE)),
            "returned": sorted(self.individuals & who.said(What.RETURNED)),
            "non_human_bags": list(self.non_human_bags),
            "buried_unnamed": sorted(self.individuals & who.said(What.BURIED_UNNAMED)),
            "conflicts": list(conflicts(self.decisions)),
        }

    def notes(self) -> tuple[str, ...]:
        """Returns what the figures leave out: bags whose scan was withdrawn, decisions on nothing that is there."""
        unscanned = sorted(set(self.standing.openings) - set(self.standing.scans))
        notes = [f"bag {shown(bag)} was opened and has no scan that stands; it is not counted" for bag in unscanned]
        notes += [
            f"decision {shown(each.code)} is on remains of which none are counted"
            for each in self.decisions
            if not each.individuals
        ]
        elsewhere = ", ".join(map(shown, self.standing.elsewhere))
        notes += [f"joined or decided, and in no bag of this exchange: {elsewhere}"] if elsewhere else []
        if self.standing.explained and not (self.announced and self.standing.manifest is not None):
            notes.append("a difference is explained, and there is no announcement and manifest to differ")
        return tuple(notes)

    def as_json(self) -> dict[str, object]:
        """Returns the answer of `homeward identification ladder`."""
        differences = [difference.as_json() for difference in self.differences()]
        return {"steps": self.steps(), "differences": differences, "beside": self.beside()}


def ladder_after(events: Iterable[Event]) -> Ladder:
    """Returns the account after some events; raises InputError where one of them cannot have happened."""
    return Ladder(Standing.after(events))


def _difference(
    since: str,
    until: str,
    before: int,
    after: int,
    out: Mapping[str, Iterable[str]],
    into: Mapping[str, Iterable[str]],
) -> Difference:
    """The difference with its lists sorted, and what they do not explain counted out rather than assumed."""
    leaving, coming = _sorted(out), _sorted(into)
    n_out, n_in = (sum(map(len, lists.values())) for lists in (leaving, coming))
    left = after - (before - n_out + n_in)
    return Difference(since, until, leaving, coming, (left, left))


def _sorted(lists: Mapping[str, Iterable[str]]) -> Lists:
    return {reason: tuple(sorted(items)) for reason, items in lists.items() if items}
