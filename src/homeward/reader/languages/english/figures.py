"""English figures without a noun: "30 in return", "3,000 more", "1,200 of theirs"."""

from collections.abc import Sequence

from homeward.reader.groups import Group
from homeward.reader.scene import party_forms
from homeward.reader.terms import Amount, Term

__all__ = ["bare_figure"]

_AFTER_A_FIGURE = (
    "aux", "negation", "preposition", "conjunction", "subordinator", "reciprocal", "each", "adverb", "marks", "verb",
    "split", "control", "speech", "plain", "both", "cumulative", "possessive", "including",
)  # fmt: skip


def _national(terms: Sequence[Term], place: int) -> bool:
    """Returns whether "112 Iranian and 17 Iraqi soldiers" starts here."""
    return (
        place + 2 < len(terms)
        and "adjective" in party_forms(terms[place])
        and terms[place + 1].is_("conjunction", "and")
        and terms[place + 2].amount is not None
    )


def _may_follow(term: Term, category: str) -> bool:
    """Returns whether the word is of the category here; "40,000 shares" is no figure before a verb."""
    entry = term.get(category)
    if entry is None or category not in ("verb", "split", "control", "speech", "plain"):
        return entry is not None
    return entry.forms != frozenset({"third"})


def _stands_alone(terms: Sequence[Term], place: int, amount: Amount) -> bool:
    """Returns whether a figure needs no noun here: "received 30 in return", but not "6,000 tablets"."""
    if amount.number is None and not amount.same:
        return place < len(terms) and (terms[place].is_("event", "swap") or terms[place].is_("marks", "quote"))
    for ahead in range(place, min(place + 3, len(terms))):
        term = terms[ahead]
        if term.date is not None or any(_may_follow(term, category) for category in _AFTER_A_FIGURE):
            return True
        if not term.is_("adjective"):
            swap = ahead + 1 < len(terms) and terms[ahead + 1].is_("event", "swap")  # "1,000 prisoner swap"
            return swap or term.is_("event", "swap", "give") or (term.is_("noun") and ahead > place)
    return True


def bare_figure(terms: Sequence[Term], first: int) -> Group | None:
    """Returns the figure at the start as a group without a noun: "30 in return", "3,000 more", "1,200 of theirs"."""
    term = terms[first]
    last = first + 1
    if term.is_("determiner") and last < len(terms) and terms[last].amount is not None:
        term, last = terms[last], last + 1
    if (
        term.amount is None
        # "One" alone is a pronoun more often than a figure.
        or term.amount.number == 1
        or not (_stands_alone(terms, last, term.amount) or _national(terms, last))
    ):
        return None
    group = Group(first, last, term.amount)
    if _national(terms, last):
        group.nation = next(entry.name for entry in terms[last].entries if "adjective" in entry.forms)
        group.last = last + 1
        return group
    if last + 1 < len(terms) and terms[last].is_("preposition", "of") and terms[last + 1].is_("possessive"):
        group.owner = terms[last + 1].get("possessive").name  # type: ignore[union-attr]
        group.last = last + 2
    elif last + 1 < len(terms) and terms[last].is_("preposition", "of") and terms[last + 1].is_("pronoun"):
        group.last = last + 2
    elif last < len(terms) and terms[last].is_("adjective", "plain") and not terms[last].is_("verb"):
        group.last = last + 1
    return group
