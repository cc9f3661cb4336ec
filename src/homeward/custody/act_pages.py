"""The picture of an act: a PDF in two languages with signature lines, and the act itself attached as act.json.

Typst sets it; that comes with the extra `[app]`.
"""

import json
import tomllib
from datetime import datetime
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

from homeward.custody.act_lines import ActLine, LineOutcome
from homeward.custody.act_verification import VerifiedAct
from homeward.custody.acts import Act, Role, Signature
from homeward.errors import InputError

__all__ = ["LANGUAGES", "act_pdf", "page_to_sign"]

LANGUAGES = ("en", "uk", "ru")
_HERE = Path(__file__).parent
_OUTCOMES = {
    LineOutcome.EXPECTED: "expected",
    LineOutcome.MISSING: "is_missing",
    LineOutcome.UNEXPECTED: "is_unexpected",
}


def act_pdf(raw: bytes, verified: VerifiedAct, *, languages: tuple[str, str] = ("uk", "en")) -> bytes:
    """Returns the PDF of the act `raw`, which `verified` says; the same act gives the same bytes."""
    return _pdf(verified.act, verified.signatures, languages=languages, attached=raw.decode("utf-8"))


def page_to_sign(act: Act, *, languages: tuple[str, str] = ("uk", "en")) -> bytes:
    """Returns the pages of an act that nobody signed yet, with empty signature lines and nothing attached."""
    return _pdf(act, (), languages=languages, attached="")


def _pdf(act: Act, signatures: tuple[Signature, ...], *, languages: tuple[str, str], attached: str) -> bytes:
    import typst

    for language in languages:
        if language not in LANGUAGES:
            raise InputError(place="language", found=f'"{language[:20]}"', needed=", ".join(LANGUAGES))
    content = json.dumps(_content(act, signatures, languages), ensure_ascii=False, sort_keys=True)
    pdf: bytes = typst.compile(
        (_HERE / "act.typ").read_bytes(),
        format="pdf",
        sys_inputs={"page": content, "act": attached},
        ignore_system_fonts=True,
        pdf_standards=["a-3a", "ua-1"],  # the archival form that may hold other files, tagged for screen readers
        timestamp=int(datetime.fromisoformat(act.closed_at).timestamp()),
    )
    return pdf


def _content(act: Act, signatures: tuple[Signature, ...], languages: tuple[str, str]) -> dict[str, Any]:
    words = _Words(languages)
    announced = "; ".join(f"{each.by}: {_range(each.low, each.high)}" for each in act.announced)
    facts = [
        (words("handover"), act.handover),
        (words("exchange"), act.exchange),
        (words("giver"), act.giver),
        (words("receiver"), act.receiver),
        (words("place"), act.place),
        (words("closed_at"), act.closed_at),
        (words("announced"), announced),
        (words("remarks"), "; ".join(f"{remark.digest[:16]}…" for remark in act.remarks)),
    ]
    heads = ("row", "label", "seal", "outcome", "seal_seen", "seen")
    return {
        "language": languages[0],
        "title": words("title"),
        "footer": f"{words('lines_sha256')}: {act.as_json()['lines_sha256']}",
        "facts": [fact for fact in facts if fact[1]],
        "figures": [(words(name), str(number)) for name, number in act.figures.as_json().items()],
        "signatories": [_signatory(words, role, signature) for role, signature in _roles(signatures)],
        "picture": words("picture") if signatures else "",
        "head": [words(head) for head in heads],
        "rows": [_row(words, line) for line in act.lines],
    }


class _Words:
    """Words in two languages, the second after a stroke where it is another word."""

    def __init__(self, languages: tuple[str, str]) -> None:
        self.languages = languages

    def __call__(self, name: str) -> str:
        return " / ".join(dict.fromkeys(_catalogue()[language][name] for language in self.languages))


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    return tomllib.loads((_HERE / "act_words.toml").read_text(encoding="utf-8"))


def _range(low: int | None, high: int | None) -> str:
    return str(low) if low == high else f"{low if low is not None else ''}–{high if high is not None else ''}"


def _row(words: _Words, line: ActLine) -> list[str]:
    seen = dict.fromkeys(moment for moment in (line.first_seen, line.last_seen) if moment)
    return [
        str(line.row or ""),
        line.label,
        line.seal,
        words(_OUTCOMES[line.outcome]),
        ", ".join(words(seal) for seal in line.seals_seen),
        " – ".join(moment.replace("T", " ").removesuffix("Z") for moment in seen),
    ]


def _roles(signatures: tuple[Signature, ...]) -> list[tuple[Role, Signature | None]]:
    """Returns every signature by role; giver and receiver have a line on the page whether they signed or not."""
    found: list[tuple[Role, Signature | None]] = []
    for role in Role:
        of_role = [signature for signature in signatures if signature.role is role]
        least = [None] if role is not Role.WITNESS else []
        found += [(role, signature) for signature, _ in zip_longest(of_role, least)]
    return found


def _signatory(words: _Words, role: Role, signature: Signature | None) -> dict[str, Any]:
    name = f"{signature.name}, {signature.organisation}".removesuffix(", ") if signature else ""
    date = signature.signed_at if signature else ""
    note = f"Ed25519 {signature.signature}" if signature and signature.signature else ""
    return {
        "role": words(role.value),
        "blanks": [(words("name"), name), (words("signature"), ""), (words("date"), date)],
        "note": note,
    }
