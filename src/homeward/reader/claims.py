"""The structured assertion read from somebody's words, and the small closed types that it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Self

__all__ = ["Assertion", "Band", "Claim", "Kind", "Modifier", "Quantity", "Scope", "Span", "Status", "What"]


class Kind(Enum):
    """What sort of assertion a claim is."""

    TRANSFER = "transfer"
    COMMITMENT = "commitment"
    ABSENCE = "absence"
    ACCUSATION = "accusation"
    TALKS = "talks"
    INCIDENT = "incident"


class What(Enum):
    """What is handed over."""

    REMAINS = "remains"
    PRISONERS = "prisoners"
    CIVILIANS = "civilians"
    CHILDREN = "children"


class Modifier(Enum):
    """How a figure is meant."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    ABOUT = "about"
    ALL = "all"
    VAGUE = "vague"


class Status(Enum):
    """Whether it happened, is to happen, or did not."""

    CARRIED_OUT = "carried_out"
    PLANNED = "planned"
    AGREED = "agreed"
    DEMANDED = "demanded"
    DENIED = "denied"


class Scope(Enum):
    """What a figure counts: one event, a running total, or what an agreement provides for."""

    EVENT = "event"
    CUMULATIVE = "cumulative"
    AGREEMENT = "agreement"


class Band(Enum):
    """How a claim may be used: told as it is, or only shown to whoever confirms it."""

    CONFIDENT = "confident"
    TO_CONFIRM = "to_confirm"


@dataclass(frozen=True)
class Quantity:
    """A figure as it was given. `low` and `high` are inclusive bounds; None where the words leave that side open."""

    low: int | None
    high: int | None
    modifier: Modifier

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low} is above high {self.high}")

    @classmethod
    def exact(cls, number: int) -> Self:
        """Returns the quantity of exactly `number`."""
        return cls(number, number, Modifier.EXACT)

    def as_json(self) -> dict[str, Any]:
        return {"low": self.low, "high": self.high, "modifier": self.modifier.value}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(data["low"], data["high"], Modifier(data["modifier"]))


@dataclass(frozen=True)
class Span:
    """The quoted words: `text` stands at characters `start` up to, not including, `end` of the document's body."""

    start: int
    end: int
    text: str

    def as_json(self) -> dict[str, Any]:
        return {"start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True, kw_only=True)
class Assertion:
    """What a claim asserts, wherever it is: read from a text, kept in the record, or told in the account.

    Parties are ISO 3166-1 alpha-3 codes where one exists. `when` is EDTF. `giver` and `receiver` are written `from` and
    `to` in JSON. None means that the words do not say.
    """

    kind: Kind
    what: What | None = None
    quantity: Quantity | None = None
    giver: str | None = None
    receiver: str | None = None
    status: Status = Status.CARRIED_OUT
    scope: Scope = Scope.EVENT
    when: str | None = None
    category: str | None = None
    back_reference: bool = False

    def as_json(self) -> dict[str, Any]:
        """Returns what is asserted, as in docs/reference/claims.md."""
        return {
            "kind": self.kind.value,
            "what": self.what.value if self.what else None,
            "quantity": self.quantity.as_json() if self.quantity else None,
            "from": self.giver,
            "to": self.receiver,
            "status": self.status.value,
            "scope": self.scope.value,
            "when": self.when,
            "category": self.category,
            "back_reference": self.back_reference,
        }

    @staticmethod
    def fields_of_json(data: Mapping[str, Any]) -> dict[str, Any]:
        """Returns the fields of the assertion that `as_json` wrote, by their names."""
        return {
            "kind": Kind(data["kind"]),
            "what": What(data["what"]) if data["what"] else None,
            "quantity": Quantity.from_json(data["quantity"]) if data["quantity"] else None,
            "giver": data["from"],
            "receiver": data["to"],
            "status": Status(data["status"]),
            "scope": Scope(data["scope"]),
            **{name: data[name] for name in ("when", "category", "back_reference")},
        }


@dataclass(frozen=True, kw_only=True)
class Claim(Assertion):
    """An assertion read from a document, with the quoted words and who said them (docs/reference/claims.md).

    `span` is its first mention, `spans` are all of them. `confidence` is the probability that it is right; a claim that
    a person made or corrected is sure.
    """

    span: Span
    spans: tuple[Span, ...] = ()
    confidence: float = 1.0
    band: Band = Band.CONFIDENT
    when_text: str | None = None
    place: str | None = None
    agreement: str | None = None
    speaker: str | None = None
    speaker_party: str | None = None
    channel: str | None = None

    def __post_init__(self) -> None:
        if not self.spans:
            object.__setattr__(self, "spans", (self.span,))

    def as_json(self) -> dict[str, Any]:
        """Returns the claim as the JSON object of docs/reference/claims.md."""
        return (
            super().as_json()
            | {name: getattr(self, name) for name in _OF_A_TEXT}
            | {
                "confidence": self.confidence,
                "band": self.band.value,
                "span": self.span.as_json(),
                "spans": [span.as_json() for span in self.spans],
            }
        )

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Returns the claim that `as_json` wrote; one written before there were bands is to confirm."""
        said = {name: data[name] for name in _OF_A_TEXT}
        span = Span(**data["span"])
        return cls(
            **cls.fields_of_json(data),
            **said,
            span=span,
            spans=tuple(Span(**one) for one in data.get("spans", ())),
            confidence=data.get("confidence", 0.5),
            band=Band(data.get("band", Band.TO_CONFIRM.value)),
        )


_OF_A_TEXT = ("when_text", "place", "agreement", "speaker", "speaker_party", "channel")
