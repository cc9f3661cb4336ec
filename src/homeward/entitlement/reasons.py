"""An answer in words. Every word stands in messages/LANGUAGE.toml; a sentence said once is remembered."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from homeward.entitlement.answers import Answer
from homeward.entitlement.findings import Entitled, Finding
from homeward.errors import InputError
from homeward.wording.catalogue import Wording

__all__ = ["Reasons", "languages", "reasons_in"]

MESSAGES = Path(__file__).parent / "messages"
# These stand for words of the catalogue; every other value is a date or a number, the same in every language.
WORDS = frozenset({"age", "commission", "health", "asked", "sex"})


@dataclass(frozen=True, slots=True, eq=False)
class Reasons:
    """Reasons in one language."""

    words: Wording

    def tell(self, answer: Answer, others: Sequence[Answer] = ()) -> str:
        """Returns the reason of an answer; `others` are answers under other wordings of the same commitment."""
        reason = _told(self, answer.findings, answer.until, answer.ask_wish)
        for other in others:
            if other.entitled is not answer.entitled:
                reason += self.say("answer.differs", term=other.term.name, entitled=self.entitled(other.entitled))
        return reason

    def say(self, key: str, **values: object) -> str:
        """Returns the message `key` with its slots filled."""
        return self.words.say(key, **values)

    def entitled(self, entitled: Entitled) -> str:
        """Returns yes, no or unknown as a word of the language."""
        return str(self.words.entry(f"entitled.{entitled}"))


@lru_cache(maxsize=65536)
def _told(reasons: Reasons, findings: tuple[Finding, ...], until: date | None, ask_wish: bool) -> str:  # noqa: FBT001
    words = reasons.words.entries
    separator: str = words["answer.separator"]
    told = [_said(reasons, finding) for finding in findings]
    reason: str = words[f"answer.{findings[0].entitled}"].format(findings=separator.join([said for said, _ in told]))
    ways = dict.fromkeys([way for _, way in told if way])
    if ways:
        reason += words["answer.settled"].format(ways=separator.join(ways))
    if until:
        reason += words["answer.until"].format(day=until.isoformat())
    return reason + words["answer.ask_wish"] if ask_wish else reason


@lru_cache(maxsize=65536)
def _said(reasons: Reasons, finding: Finding) -> tuple[str, str]:
    """Returns a finding in words, and what would settle it."""
    values = dict(finding.values)
    for name in WORDS & values.keys():
        values[name] = _word(reasons, values[name], values.get("at_least"), values.get("under"), values.get("oldest"))
    words = reasons.words.entries
    said = words[finding.message].format_map(values)
    return said, words[finding.settled_by].format_map(values) if finding.settled_by else ""


@lru_cache
def _word(reasons: Reasons, key: str, at_least: str | None, under: str | None, oldest: str | None) -> str:
    return reasons.say(key, at_least=at_least, under=under, oldest=oldest)


def languages() -> tuple[str, ...]:
    """Returns the languages that have a catalogue of reasons."""
    return tuple(sorted(path.stem for path in MESSAGES.glob("*.toml")))


@lru_cache
def reasons_in(language: str) -> Reasons:
    """Returns the reasons of `language`, refusing one that has no catalogue."""
    if language not in languages():
        needed = f"one with a catalogue of reasons: {', '.join(languages())}"
        raise InputError(place="--language", found=f'"{language}"', needed=needed)
    tables: dict[str, dict[str, Any]] = tomllib.loads((MESSAGES / f"{language}.toml").read_text(encoding="utf-8"))
    entries = {f"{table}.{key}": text for table, entries in tables.items() for key, text in entries.items()}
    return Reasons(Wording(language, MappingProxyType(entries), f"entitlement/messages/{language}.toml"))
