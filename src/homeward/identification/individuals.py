"""Individuals: live remains that live joins hold together, named by their smallest code."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from homeward.identification.events import Found, What
from homeward.identification.standing import Decision, Standing

__all__ = ["Individuals"]


@dataclass(frozen=True)
class Individuals:
    """Who is who after a history. Only bags whose scan stands count, and only remains that are not split."""

    standing: Standing

    @cached_property
    def name_of(self) -> dict[str, str]:
        """The individual of each live remains. Remains of another exchange may tie it together and never name it."""
        live = {code for bag in self.opened(Found.HUMAN) for code in self._live_in(bag)}
        joinable = live | set(self.standing.elsewhere)
        above = {code: code for code in joinable}

        def leader(code: str) -> str:
            while above[code] != code:
                above[code] = above[above[code]]
                code = above[code]
            return code

        for first, second in (tuple(pair) for pair in self.standing.joins):
            if first in joinable and second in joinable:
                above[leader(first)] = leader(second)
        smallest: dict[str, str] = {}
        for code in sorted(live):
            smallest.setdefault(leader(code), code)
        return {code: smallest[leader(code)] for code in live}

    @cached_property
    def all(self) -> frozenset[str]:
        """Every individual, those that proved not to be human included."""
        return frozenset(self.name_of.values())

    @cached_property
    def human(self) -> frozenset[str]:
        """The individuals that nobody said to be non-human."""
        return self.all - self.said(What.NON_HUMAN)

    def opened(self, *found: Found) -> tuple[str, ...]:
        """Returns the bags, opened and with a scan that stands, that held one of these; all where none is named."""
        openings = self.standing.openings
        counted = sorted(bag for bag in openings if bag in self.standing.scans)
        return tuple(bag for bag in counted if not found or openings[bag].found in found)

    @cached_property
    def human_by_bag(self) -> dict[str, frozenset[str]]:
        """The human individuals of each bag with human remains; none where all proved not to be human."""
        return {
            bag: frozenset(self.name_of[code] for code in self._live_in(bag)) & self.human
            for bag in self.opened(Found.HUMAN)
        }

    def said(self, what: What) -> frozenset[str]:
        """Returns the individuals of whose remains this is said."""
        return frozenset(individual for individual, _ in self._pairs(what))

    @cached_property
    def with_candidate(self) -> frozenset[str]:
        """The individuals with a candidate whom nobody closed for them."""
        still_open = self._pairs(What.CANDIDATE) - self._pairs(What.CANDIDATE_CLOSED)
        return frozenset(individual for individual, _ in still_open)

    def of(self, decision: Decision) -> tuple[str, ...]:
        """Returns the individuals in which a decision's remains lie, in the order of the remains."""
        live = (code for remains in decision.remains for code in self._where(remains))
        return tuple(dict.fromkeys(self.name_of[code] for code in live))

    def _pairs(self, what: What) -> set[tuple[str, str]]:
        """The individuals of which something is said, each with the person whom it concerns, if any."""
        return {
            (self.name_of[code], person)
            for kind, code, person in self.standing.said
            if kind is what and code in self.name_of
        }

    def _live_in(self, bag: str) -> Iterator[str]:
        for code in self.standing.openings[bag].remains:
            yield from self._parts(code)

    def _parts(self, code: str) -> Iterator[str]:
        """The remains themselves, or the parts into which they were split."""
        if code not in self.standing.splits:
            yield code
            return
        for child in self.standing.splits[code]:
            yield from self._parts(child)

    def _where(self, code: str) -> Iterable[str]:
        """Where decided remains lie now: in their parts once they are split, in the whole once it is rejoined.

        What is merely said of remains does not pass on like this: after a split samples are reassigned one by one.
        """
        parts = [part for part in self._parts(code) if part in self.name_of]
        if parts:
            return parts
        whole = self.standing.parent_of.get(code)
        while whole is not None and whole not in self.name_of:
            whole = self.standing.parent_of.get(whole)
        return [] if whole is None else [whole]
