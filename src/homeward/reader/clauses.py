"""Clauses: what one provider reads of one figure in one sentence, and what a provider is.

A language is data (its lexicon), one grammar module and its providers. A provider reads a sentence in its own way (a
grammar of clauses, a matcher of words that stand near each other, the forms of an official channel, a parser from
outside) and tells, for each figure that it understands, a `Clause`. Providers know nothing of each other: what two of
them say independently is worth more than what one says twice. `reader.slots` holds their clauses against each other.

How to write one, in any language:

    class Grammar:
        name = "grammar"

        def __init__(self, scene: Scene, lexicon: Lexicon) -> None:   # one instance reads one document
            ...                           # the scene is known before the first sentence: who faces whom, who publishes

        def read(self, passage: Passage) -> Told:
            ...                           # passage.terms, passage.figures -> clauses, and who speaks

and name the class among the `providers` of its `Language` (`reader.languages.language`). What a provider remembers from
one sentence to the next (who spoke last, who "they" are) is its own. A clause says what the *words* say: an empty slot
means that they do not say, and is always better than a guess; a slot that rests on a pronoun or on a sentence before is
named in `guessed`. A provider tells figures that do not move too (`Frame.HOLD`, `IDENTIFY`, `MISS`, `KILL`), and those
that are not real (`Mood.UNREAL`, `DISPUTED`): it keeps another provider from taking them for a handover. A parser that
is an optional package, or a language model, is a provider like any other: it is listed only where it can be loaded,
and nothing else changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from homeward.reader.claims import What
from homeward.reader.figures import Figure
from homeward.reader.groups import GroupKind
from homeward.reader.sentences import Sentence
from homeward.reader.terms import Amount, Term

__all__ = [
    "Clause",
    "Frame",
    "Mood",
    "Passage",
    "Patient",
    "Polarity",
    "Provider",
    "Reporter",
    "Sharing",
    "Slot",
    "Told",
]


class Frame(Enum):
    """What the verb or noun does with its figure; the first eight move it, the others do not."""

    GIVE = "give"  # the agent gives: hand over, return, transfer
    FREE = "free"  # as GIVE, and those given are alive: release, set free
    RECEIVE = "receive"  # the agent receives: receive, get back
    BRING = "bring"  # somebody, a mediator as a rule, moves them: bring home, fly
    COME = "come"  # they move of themselves: return, come home
    SWAP = "swap"  # both sides give and receive: exchange, swap
    LIST = "list"  # names on a list that one side hands to the other: asked for
    TOTAL = "total"  # a sum without a verb of its own: "which makes 315 so far"
    HOLD = "hold"  # held by somebody
    IDENTIFY = "identify"  # a body gets its name
    MISS = "miss"  # sought
    KILL = "kill"  # killed or wounded

    @property
    def moves(self) -> bool:
        """Returns whether the figure changes hands."""
        return self not in (Frame.HOLD, Frame.IDENTIFY, Frame.MISS, Frame.KILL)


class Mood(Enum):
    """How the words put it: as a fact, as something to come, or as nothing that may be told as either."""

    FACT = "fact"
    PLANNED = "planned"
    AGREED = "agreed"
    DEMANDED = "demanded"
    UNREAL = "unreal"  # under "if", in a question, with "might" or "would have"
    DISPUTED = "disputed"  # a rumour, or somebody's word that the text calls false


class Polarity(Enum):
    """Whether the words affirm or deny it."""

    AFFIRMED = "affirmed"
    DENIED = "denied"


class Sharing(Enum):
    """How the figure is shared between the two directions."""

    ONE_WAY = "one_way"
    SUMMED = "summed"  # of both directions together: "a total of 206 were exchanged"
    EACH = "each"  # as many in each direction: "100 each"
    PAIRED = "paired"  # one half of "40 for 38"; both halves are clauses with directions of their own


class Slot(Enum):
    """The four things that a claim must know."""

    WHAT = "what"
    NUMBER = "number"
    WAY = "way"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who says so, at the term `at` of the sentence: a person, an office, a body or a publisher; never a town."""

    at: int
    speaker: str | None
    party: str | None
    channel: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """What the frame acts on: the noun phrase over the terms `first` up to, not including, `last`.

    `figure` is its place among the passage's figures; None for "the prisoners" and for one person without a numeral,
    whose `amount` is then given here ("a soldier", "Alice Example"). `what` is set where the noun itself says it and
    None for soldiers, people and figures without a noun, of whom the context must tell. `nation` is whose people they
    are, with "our" and "its" resolved; `holder` who keeps them ("in Israeli jails"), a party that gives.
    """

    first: int
    last: int
    figure: int | None = None
    amount: Amount | None = None
    what: What | None = None
    nation: str | None = None
    holder: str | None = None
    # Whose they are where the noun says it in this conflict ("hostages"): weaker than a nationality.
    captives_of: str | None = None
    category: str | None = None
    # The word that names them; None where the noun itself is missing ("26 to Russia").
    kind: GroupKind | None = None
    # A participle before the noun tells the exchange: "the 60 freed soldiers".
    freed: bool = False
    # One, without a figure that says so: "a soldier".
    singular: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """What one provider reads of one patient. Parties are codes of the gazetteer; None where the words do not say.

    `agent` is who acts in the frame (gives, frees, receives, holds), `recipient` whom "to" or the dative names,
    `source` whom "from" names. `homeward` says that the words bring them home or back; `back` that the text looks back
    ("the last swap"); `cumulative` that it is a sum so far. `first` and `last` are the terms of the clause, which are
    quoted. `part_of` is the figure of which this one is a part ("35 of them").
    """

    provider: str
    frame: Frame
    patient: Patient
    first: int
    last: int
    agent: str | None = None
    recipient: str | None = None
    source: str | None = None
    mood: Mood = Mood.FACT
    polarity: Polarity = Polarity.AFFIRMED
    reporter: Reporter | None = None
    # The party for which "we", "our" and "home" speak here: whoever speaks, else who spoke last, else who publishes.
    voice: str | None = None
    sharing: Sharing = Sharing.ONE_WAY
    homeward: bool = False
    # A noun tells it ("the return of 12,000 bodies"), which says less than a verb.
    nominal: bool = False
    # The verb moves anything ("sent", "came"): of people it tells an exchange only beside other words of one.
    weak: bool = False
    # They go to a place or a party that is on neither side, so that nobody may be taken for the receiver.
    elsewhere: bool = False
    # Somebody gives or receives whom the words name and nobody could tell ("the group", "to us"): none may be guessed.
    unresolved: bool = False
    # "in return": the other way round than what was told before.
    reciprocal: bool = False
    # The direction is that of what was told last: "which makes 315 so far", "the trains carry 400".
    goes_on: bool = False
    # The terms whose date may be that of the handover; None where the provider leaves it to their order.
    dated: frozenset[int] | None = None
    # The words themselves say no or none, and do not only refuse what was planned.
    negated: bool = False
    # Who asks for it: to them it goes, unless the words say otherwise.
    demanded_by: str | None = None
    cumulative: bool = False
    back: bool = False
    part_of: int | None = None
    # 1 and 2 for the halves of a pair; 0 for all else.
    half: int = 0
    guessed: frozenset[Slot] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence as a provider sees it: its terms, its figures in order, and where it stands in the document.

    A heading stands above the text and ends without a full stop.
    """

    number: int
    sentence: Sentence
    terms: Sequence[Term]
    figures: Sequence[Figure]
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a provider reads in a passage: clauses, and who speaks in it."""

    clauses: Sequence[Clause] = ()
    reporters: Sequence[Reporter] = ()


class Provider(Protocol):
    """Reads the passages of one document in order; made anew for each document with its scene."""

    name: str

    def read(self, passage: Passage) -> Told:
        """Returns what it understands of the passage; nothing where it understands nothing."""
        ...
