"""What one article tells, ordered: which claims are one direction of one event, who says so, where figures differ."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from homeward.account import figures
from homeward.reader.claims import Band, Claim, Kind, Quantity, Scope, Status, What

__all__ = ["Story", "Strand", "Voice", "story"]


@dataclass
class Voice:
    """One figure with everybody in the text who gives it; `claims` are places in the reading's claims."""

    quantity: Quantity | None
    claims: list[int]


@dataclass
class Strand:
    """One direction of one event, or one term of an agreement, with every figure that the text gives for it."""

    first: Claim
    when: str
    voices: list[Voice] = field(default_factory=list)

    @property
    def claims(self) -> tuple[int, ...]:
        return tuple(sorted(index for voice in self.voices for index in voice.claims))

    @property
    def quantity(self) -> Quantity | None:
        return next((voice.quantity for voice in self.voices if voice.quantity), None)

    @property
    def is_contested(self) -> bool:
        """Whether the text gives figures that cannot all be right."""
        stated = [voice.quantity for voice in self.voices if voice.quantity]
        return not figures.agree([quantity for quantity in stated if figures.is_figure(quantity)])

    def takes(self, claim: Claim, claims: Sequence[Claim]) -> bool:
        """Returns whether the claim is about the same thing as this strand.

        One speaker who gives two figures that cannot both be right tells of two events or of a part, not of a dispute;
        so it is with figures that nobody is quoted for.
        """
        same = _subject(claim) == _subject(self.first) and _same_time(claim.when, self.when)
        if not same or (claim.quantity is None) != (self.quantity is None):
            return same
        others = [voice.quantity for voice in self.voices if voice.quantity]
        if claim.quantity is None or claim.quantity in others:
            return True
        if not all(figures.is_figure(quantity) for quantity in (claim.quantity, *others)):
            return False  # "all" and "hundreds" are no figures that could agree or differ
        return figures.agree([claim.quantity, *others]) or self._is_another_voice(claim, claims)

    def _is_another_voice(self, claim: Claim, claims: Sequence[Claim]) -> bool:
        known = {_speaker(claims[index]) for index in self.claims}
        # Two figures that nobody is quoted for may be two events; only named speakers can contradict each other.
        return bool(_speaker(claim)) and "" not in known and _speaker(claim) not in known

    def add(self, index: int, claim: Claim) -> None:
        """Adds the claim to those who give the same figure, or as a figure of its own."""
        self.when = self.when or claim.when or ""
        for voice in self.voices:
            if voice.quantity == claim.quantity:
                voice.claims.append(index)
                return
        self.voices.append(Voice(claim.quantity, [index]))


@dataclass(frozen=True, kw_only=True)
class Story:
    """The strands of an article by what they are, each in the order of the text."""

    events: tuple[Strand, ...]
    intentions: tuple[Strand, ...]
    terms: tuple[Strand, ...]
    totals: tuple[Strand, ...]
    background: tuple[Strand, ...]
    others: tuple[int, ...]

    @staticmethod
    def returning(strand: Strand, among: Sequence[Strand]) -> Strand | None:
        """Returns the other direction of the same event, where the text tells it."""
        one = strand.first
        if not one.giver or not one.receiver:
            return None
        for other in among:
            two = other.first
            opposite = (two.giver, two.receiver, two.what) == (one.receiver, one.giver, one.what)
            if opposite and two.status is one.status and _same_time(other.when, strand.when):
                return other
        return None


def story(claims: Sequence[Claim]) -> Story:
    """Returns what the confident claims of one article tell, ordered by what they are and then as the text tells it."""
    strands: list[Strand] = []
    others: list[int] = []
    for index, claim in enumerate(claims):
        if claim.band is not Band.CONFIDENT:
            continue
        if claim.kind not in {Kind.TRANSFER, Kind.COMMITMENT}:
            others.append(index)
            continue
        strand = next((known for known in strands if known.takes(claim, claims)), None)
        if strand is None:
            strands.append(strand := Strand(claim, claim.when or ""))
        strand.add(index, claim)
    return _sorted(strands, tuple(others))


def _sorted(strands: Sequence[Strand], others: tuple[int, ...]) -> Story:
    groups: dict[str, list[Strand]] = {name: [] for name in ("events", "intentions", "terms", "totals", "background")}
    for strand in strands:
        groups[_place(strand.first)].append(strand)
    return Story(others=others, **{name: tuple(group) for name, group in groups.items()})


def _place(claim: Claim) -> str:
    if claim.back_reference:
        return "background"
    if claim.scope is Scope.AGREEMENT or claim.kind is Kind.COMMITMENT:
        return "terms"
    if claim.scope is Scope.CUMULATIVE:
        return "totals"
    return "events" if claim.status is Status.CARRIED_OUT else "intentions"


def _subject(claim: Claim) -> tuple[Kind, What | None, str | None, str | None, Status, Scope, str | None, bool]:
    return (
        claim.kind,
        claim.what,
        claim.giver,
        claim.receiver,
        claim.status,
        claim.scope,
        claim.category,
        claim.back_reference,
    )


def _same_time(one: str | None, other: str | None) -> bool:
    """Returns whether two dates may be of one event: they are the same, or one of them was not given."""
    return not one or not other or one == other


def _speaker(claim: Claim) -> str:
    return claim.speaker or claim.speaker_party or ""
