"""What stands after a history of events: bags, remains, joins, what is said of remains, decisions."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from homeward.errors import InputError
from homeward.identification.events import SAID, WITHDRAWS, Event, Found, What
from homeward.identification.fields import shown
from homeward.imports.spelling import did_you_mean

__all__ = ["Decision", "Opening", "Standing"]


@dataclass(frozen=True)
class Opening:
    """What a bag held."""

    found: Found
    remains: tuple[str, ...]


@dataclass
class Decision:
    """A decision that these remains are these persons, and what became of it."""

    remains: tuple[str, ...]
    persons: tuple[str, ...]
    revoked: bool = False
    told: bool = False
    home: bool = False


@dataclass
class Standing:
    """The facts that stand. What is said is kept by remains, and holds for their individual while they are live."""

    announced: list[tuple[int, int]] = field(default_factory=list)
    manifest: tuple[str, ...] | None = None
    explained: int = 0
    scans: dict[str, str | None] = field(default_factory=dict)
    openings: dict[str, Opening] = field(default_factory=dict)
    bag_of: dict[str, str] = field(default_factory=dict)
    parent_of: dict[str, str] = field(default_factory=dict)
    splits: dict[str, tuple[str, ...]] = field(default_factory=dict)
    joins: set[frozenset[str]] = field(default_factory=set)
    said: set[tuple[What, str, str]] = field(default_factory=set)
    decisions: dict[str, Decision] = field(default_factory=dict)

    @classmethod
    def after(cls, events: Iterable[Event]) -> "Standing":
        """Returns what stands after the events; raises InputError where one of them cannot have happened."""
        standing = cls()
        for event in events:
            standing.apply(event)
        return standing

    def apply(self, event: Event) -> None:
        """Takes one more event in."""
        if event.what in SAID or event.what in WITHDRAWS:
            self._say(event)
        else:
            STEPS[event.what](self, event)

    def _announce(self, event: Event) -> None:
        self.announced.append((event.low, event.high))

    def _list(self, event: Event) -> None:
        self.manifest = event.lines

    def _explain(self, event: Event) -> None:
        self.explained += event.count

    def _scan(self, event: Event) -> None:
        if self.scans.get(event.bag, event.line) != event.line:
            needed = "one line a bag; a scan that was wrong is withdrawn first"
            raise InputError(place=event.place, found=f"a second line of bag {shown(event.bag)}", needed=needed)
        self.scans[event.bag] = event.line

    def _withdraw_scan(self, event: Event) -> None:
        if event.bag not in self.scans:
            raise _unknown(event, "bag", event.bag, self.scans, "a bag that was scanned")
        del self.scans[event.bag]

    def _open(self, event: Event) -> None:
        if event.bag not in self.scans:
            raise _unknown(event, "bag", event.bag, self.scans, "a bag that was scanned")
        before = self.openings.get(event.bag)
        if before is not None and before.found is Found.HUMAN:
            found = f"bag {shown(event.bag)}, opened before"
            raise InputError(place=event.place, found=found, needed="a bag that was not opened, or held nothing human")
        self._refuse_used(event, event.remains, allowed=before.remains if before else ())
        self.openings[event.bag] = Opening(event.found, event.remains)
        self.bag_of.update(dict.fromkeys(event.remains, event.bag))

    def _split(self, event: Event) -> None:
        (remains,) = event.remains
        self._refuse_unknown(event)
        if remains in self.splits:
            raise InputError(
                place=event.place, found=f"{shown(remains)}, split before", needed="remains that are whole"
            )
        former = [child for child in event.into if self.parent_of.get(child) == remains]
        self._refuse_used(event, event.into, allowed=former)
        self.splits[remains] = event.into
        for child in event.into:
            self.parent_of[child] = remains
            self.bag_of[child] = self.bag_of[remains]

    def _rejoin(self, event: Event) -> None:
        (remains,) = event.remains
        if remains not in self.splits:
            raise _unknown(event, "remains", remains, self.splits, "remains that were split")
        self._make_whole(remains)

    def _make_whole(self, remains: str) -> None:
        """Undoes a split with the splits of its parts: split anew, the remains are in the parts then named."""
        for child in self.splits.pop(remains, ()):
            self._make_whole(child)

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """Remains that joins and decisions name and that no bag held: of another exchange, or a slip."""
        joined = {code for pair in self.joins for code in pair}
        decided = {code for decision in self.decisions.values() for code in decision.remains}
        return tuple(sorted((joined | decided) - set(self.bag_of)))

    def _join(self, event: Event) -> None:
        self._refuse_all_unknown(event)
        self.joins.add(frozenset(event.remains))

    def _part(self, event: Event) -> None:
        if frozenset(event.remains) not in self.joins:
            found = " and ".join(map(shown, event.remains))
            raise InputError(place=event.place, found=found, needed="two remains that were joined with each other")
        self.joins.remove(frozenset(event.remains))

    def _say(self, event: Event) -> None:
        self._refuse_unknown(event)
        (remains,) = event.remains
        if event.what in SAID:
            self.said.add((event.what, remains, event.person))
            return
        taken_back = (WITHDRAWS[event.what], remains, event.person)
        if taken_back not in self.said:
            needed = f"an earlier {WITHDRAWS[event.what].value} of it"
            raise InputError(place=event.place, found=f"{event.what.value} of {shown(remains)}", needed=needed)
        self.said.remove(taken_back)

    def _decide(self, event: Event) -> None:
        self._refuse_all_unknown(event)
        before = self.decisions.get(event.decision)
        if before is not None and not before.revoked:
            raise InputError(
                place=event.place, found=f"{shown(event.decision)} twice", needed="a decision of its own code"
            )
        self.decisions[event.decision] = Decision(event.remains, event.persons)

    def _revoke(self, event: Event) -> None:
        self._decision(event).revoked = True

    def _tell(self, event: Event) -> None:
        self._decision(event).told = True

    def _bring_home(self, event: Event) -> None:
        self._decision(event).home = True

    def _decision(self, event: Event) -> Decision:
        if event.decision not in self.decisions:
            raise _unknown(event, "decision", event.decision, self.decisions, "a decision that was made")
        return self.decisions[event.decision]

    def _refuse_unknown(self, event: Event) -> None:
        for remains in event.remains:
            if remains not in self.bag_of:
                raise _unknown(event, "remains", remains, self.bag_of, "remains of an opened bag")

    def _refuse_all_unknown(self, event: Event) -> None:
        """A person's remains may come with several exchanges: one of them has to be of this one."""
        if not any(remains in self.bag_of for remains in event.remains):
            self._refuse_unknown(event)

    def _refuse_used(self, event: Event, codes: Iterable[str], *, allowed: Iterable[str]) -> None:
        for code in codes:
            if code in self.bag_of and code not in allowed:
                raise InputError(place=event.place, found=f"{shown(code)}, used before", needed="a code that is new")


def _unknown(event: Event, what: str, code: str, known: Iterable[str], needed: str) -> InputError:
    return InputError(place=f"{event.place}, {what}", found=shown(code), needed=f"{needed}{did_you_mean(code, known)}")


STEPS: Mapping[What, Callable[[Standing, Event], None]] = MappingProxyType(
    {
        What.ANNOUNCED: Standing._announce,
        What.MANIFEST: Standing._list,
        What.EXPLAINED: Standing._explain,
        What.SCANNED: Standing._scan,
        What.SCAN_WITHDRAWN: Standing._withdraw_scan,
        What.OPENED: Standing._open,
        What.SPLIT: Standing._split,
        What.REJOINED: Standing._rejoin,
        What.JOINED: Standing._join,
        What.PARTED: Standing._part,
        What.DECIDED: Standing._decide,
        What.REVOKED: Standing._revoke,
        What.TOLD: Standing._tell,
        What.HOME: Standing._bring_home,
    }
)
