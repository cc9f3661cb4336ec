"""The brief as one JSON object (docs/reference/brief.md)."""

import json
from typing import Any

from homeward.account.ledger import BalanceLine
from homeward.brief.document import Brief, Month, Sentence, Side, Total
from homeward.provenance import Provenance

__all__ = ["as_object", "render"]


def render(brief: Brief) -> str:
    """Returns the brief as indented JSON."""
    return json.dumps(as_object(brief), ensure_ascii=False, indent=2) + "\n"


def as_object(brief: Brief) -> dict[str, Any]:
    """Returns the brief as an object that JSON can hold, with every claim and source that a sentence rests on."""
    used = sorted({number for sentence in brief.sentences for number in sentence.claims})
    claims = [brief.claims[number] for number in used if number in brief.claims]
    sources = {claim.source.id: claim.source for claim in claims}
    return {
        "simulated": brief.simulated,
        "on": brief.on.isoformat(),
        "language": brief.language,
        "headline": _sentence(brief.headline),
        "standfirst": [_sentence(sentence) for sentence in brief.standfirst],
        "current_agreements": list(brief.current_agreements),
        "latest": [_side(side) for side in brief.latest],
        "sections": [
            {"key": part.key, "title": part.title, "sentences": [_sentence(line) for line in part.sentences]}
            for part in brief.sections
        ],
        "totals": [_total(total) for total in brief.totals],
        "balance": [_balance(line) for line in brief.balance],
        "published_totals": [
            {"who": one.who, "published": one.published, "period": one.period, "own": one.own, "claim": one.claim}
            for one in brief.published_totals
        ],
        "months": {what.value: [_month(month) for month in months] for what, months in brief.months.items()},
        "claims": {str(claim.id): claim.as_json() for claim in claims},
        "sources": {str(number): sources[number].as_json() for number in sorted(sources)},
        "provenance": Provenance("homeward brief", parameters={"on": brief.on.isoformat()}).as_json(),
    }


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {"text": sentence.text, "claims": list(sentence.claims)}


def _side(side: Side) -> dict[str, Any]:
    return {
        "title": side.title,
        "figure": side.figure,
        "verdict": side.verdict.value,
        "said_by": side.said_by,
        "claims": list(side.claims),
    }


def _total(total: Total) -> dict[str, Any]:
    return {
        "what": total.direction.what.value,
        "from": total.direction.giver,
        "to": total.direction.receiver,
        "low": total.low,
        "high": total.high,
        "unverified": total.unverified,
        "since": total.since.isoformat(),
        "transfers": total.n_transfers,
        "last": total.last.isoformat(),
        "days_since": total.days_since,
    }


def _balance(line: BalanceLine) -> dict[str, Any]:
    owed = line.commitment
    return {
        "agreement": owed.agreement,
        "worded_by": owed.worded_by,
        "what": owed.what.value,
        "from": owed.giver,
        "to": owed.receiver,
        "category": owed.category or None,
        "promised": owed.quantity.as_json() if owed.quantity else None,
        "wording": owed.wording,
        "delivered": {"low": line.delivered_low, "high": line.delivered_high},
        "unverified": line.unverified,
        "outstanding": {"low": line.outstanding_low, "high": line.outstanding_high},
        "last_transfer": line.last_transfer.isoformat() if line.last_transfer else None,
        "days_since": line.days_since,
        "claims": [claim.id for claim in owed.claims],
    }


def _month(month: Month) -> dict[str, Any]:
    return {
        "month": f"{month.year:04}-{month.month:02}",
        "there": {"low": month.there_low, "high": month.there_high},
        "back": {"low": month.back_low, "high": month.back_high},
    }
