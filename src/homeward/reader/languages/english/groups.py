"""English noun phrases of people and bodies: "the bodies of 1,000 fallen Ukrainian soldiers"."""

from collections.abc import Sequence

from homeward.reader.claims import Modifier, What
from homeward.reader.groups import Group, GroupKind
from homeward.reader.languages.english.figures import bare_figure
from homeward.reader.scene import party_forms
from homeward.reader.terms import Amount, Term

__all__ = ["HELD_BY", "find_groups"]

_LONGEST = 16
_PEOPLE = (GroupKind.SOLDIERS, GroupKind.PEOPLE)
_ONE = Amount(1, 1, Modifier.EXACT, article=True)


def find_groups(terms: Sequence[Term]) -> list[Group]:
    """Returns the noun phrases of people or bodies, and the bare figures, left to right without overlap."""
    groups: list[Group] = []
    position = 0
    while position < len(terms):
        clause = terms[position].is_("subordinator") and position + 1 < len(terms) and terms[position + 1].amount
        group = (
            None
            if clause
            else (
                _group_at(terms, position)
                if _may_start(terms[position]) or _participle_before_noun(terms, position)
                else None
            )
        )
        if group is None:
            position += 1
            continue
        if groups:
            _distribute(terms, groups[-1], group)
        groups.append(group)
        position = max(group.last, position + 1)
    return groups


def _distribute(terms: Sequence[Term], first: Group, second: Group) -> None:
    """Lets "the remains of 63 Iranians and five Iraqis" be remains both, and so on."""
    between = terms[first.last : second.first]
    if len(between) != 1 or not between[0].is_("conjunction", "and") or first.amount is None or second.amount is None:
        return
    if first.kind is None and first.nation is not None:
        first.kind, first.dead = second.kind, first.dead or second.dead
    people = second.kind in (*_PEOPLE, GroupKind.CIVILIANS, GroupKind.CHILDREN, GroupKind.WEAK_CIVILIANS)
    if first.what is What.REMAINS and people and first.spread:
        second.dead = True


def _may_start(term: Term) -> bool:
    return (
        term.amount is not None
        or term.is_("determiner")
        or term.is_("possessive")
        or term.is_("noun")
        or (term.is_("adjective") and not term.is_("verb"))
        or (term.is_("party"))
    )


def _participle_before_noun(terms: Sequence[Term], position: int) -> bool:
    """Returns whether a participle only qualifies a noun: "and of abducted children"."""
    if not terms[position].is_("adjective") or position == 0 or position + 1 >= len(terms):
        return False
    before, after = terms[position - 1], terms[position + 1]
    opens = before.is_("preposition") or before.is_("conjunction") or before.is_("marks", "quote")
    return opens and (after.is_("noun") or "adjective" in party_forms(after))


class _Phrase:
    """One attempt at a noun phrase: a cursor over the terms and the group as far as it is known."""

    def __init__(self, terms: Sequence[Term], first: int) -> None:
        self.terms = terms
        self.at = first
        self.stop = min(len(terms), first + _LONGEST)
        self.group = Group(first, first)
        self.unknown = 0
        self.determined = False
        self.amount_end = first
        self.article = False
        self.whole: Amount | None = None

    def peek(self, ahead: int = 0) -> Term | None:
        return self.terms[self.at + ahead] if self.at + ahead < self.stop else None

    def before_head(self) -> bool:
        """Consumes what stands before the noun; returns whether a noun follows."""
        while (term := self.peek()) is not None:
            if self._head_here(term):
                return True
            if not self._modifier(term):
                return False
        return False

    def _head_here(self, term: Term) -> bool:
        following = self.peek(1)
        if term.is_("party") and "people" in term.get("party").forms:  # type: ignore[union-attr]
            return not (term.is_("party") and "adjective" in party_forms(term) and following and _nounish(following))
        if term.is_("generic") and not term.is_("noun"):
            return self.group.amount is not None and not (following is not None and _nounish(following))
        if not term.is_("noun"):
            return term.is_("adjective", "wounded_or_sick") and not (following and _continues(following, self.peek(2)))
        if term.is_("adjective") and following is not None and _nounish(following):
            return False
        if term.is_("determiner"):
            return following is not None and (following.is_("after") or following.is_("subordinator", "relative"))
        return not (term.is_("noun", "people") and term.is_("adjective") and self.group.amount is None)

    def _modifier(self, term: Term) -> bool:
        """Consumes one word before the noun; returns False where the phrase breaks off."""
        if term.amount is not None:
            return self._amount(term.amount)
        if term.date is not None:
            return False
        if term.is_("determiner", "a"):
            self.article = self.group.amount is None
        elif term.is_("party"):
            return self._party(term)
        elif possessive := term.get("possessive"):
            self.group.owner = possessive.name
        elif not self._small_word(term):
            return False
        qualifies = term.is_("adjective") and self.determined
        self.determined = term.is_("determiner") or term.is_("possessive") or qualifies
        self.at += 1
        return True

    def _small_word(self, term: Term) -> bool:
        """Returns whether a word that is neither figure nor party may stand here, and keeps what it tells."""
        if term.is_("preposition", "of"):
            return self.group.amount is not None and self.at == self.amount_end
        if term.is_("adjective"):
            if self.at > self.group.first and not self.determined and _is_verbal(term):
                return False
            self._adjective(term)
            return True
        if term.is_("conjunction", "and"):
            following = self.peek(1)
            return self.at > self.group.first and following is not None and following.is_("adjective")
        if term.is_("determiner") or term.is_("marks", "quote"):
            return True
        self.unknown += 1
        known = bool(term.entries) or not term.lower[:1].isalpha()
        return not known and self.unknown <= 2 and self.at > self.group.first

    def _amount(self, amount: Amount) -> bool:
        if self.group.amount is not None:
            if not self.terms[self.at - 1].is_("determiner") and not self.terms[self.at - 1].is_("preposition", "of"):
                return False
            # "27 of 28 dead hostages" speaks of 27; "ten of the 60 freed soldiers" says that 60 were freed
            if self.terms[self.at - 1].is_("determiner"):
                self.whole = amount
        else:
            self.group.amount = amount
            self.amount_end = self.at + 1
        self.determined = True
        self.at += 1
        return True

    def _party(self, term: Term) -> bool:
        entry = term.get("party")
        following = self.peek(1)
        assert entry is not None
        if following is not None and following.is_("marks", "possessive") and "adjective" not in entry.forms:
            self.group.nation = entry.name
            self.at += 2
            return True
        if not any("adjective" in found.forms for found in term.entries if found.category == "party"):
            # "Five Hezbollah fighters": a name before the noun is an adjective too.
            named = self.group.amount is not None and following is not None and following.is_("noun", "soldiers")
            if named:
                self.group.nation = entry.name
                self.at += 1
            return named
        self.group.nation = next(found.name for found in term.entries if "adjective" in found.forms)
        self.at += 1
        return True

    def _adjective(self, term: Term) -> None:
        if term.is_("adjective", "foreign"):
            self.group.foreign = True
        if term.is_("adjective", "dead"):
            self.group.dead = True
        self.group.living = self.group.living or term.is_("adjective", "living")
        self.group.captive = self.group.captive or term.is_("adjective", "captive")
        if term.is_("adjective", "wounded_or_sick"):
            self.group.category = "seriously_wounded_or_sick"
        if term.is_("verb") and not (term.is_("adjective", "dead") or term.is_("verb", "capture")):
            self.group.freed = True

    def head(self) -> None:
        """Consumes the noun, the nouns joined to it, and what follows them."""
        joined = False
        while (term := self.peek()) is not None:
            if term.is_("generic") and not term.is_("noun"):
                self.group.strengthen(GroupKind.SOLDIERS)
            elif joined:
                pass
            elif term.is_("party"):
                self.group.nation = term.get("party").name  # type: ignore[union-attr]
                self.group.strengthen(GroupKind.PEOPLE)
            elif entry := term.get("noun"):
                self.group.strengthen(GroupKind(entry.name))
                self.group.singular = term.is_("singular")
            else:
                self.group.strengthen(GroupKind.PRISONERS)
                self.group.category = "seriously_wounded_or_sick"
            captive = term.get("captives")
            self.group.captives_of = captive.name if captive else None
            self.at += 1
            before = self.at
            if not self._joined_noun():
                break
            joined = self.at > before and self.terms[self.at - 1].is_("conjunction")

    def _joined_noun(self) -> bool:
        """Moves to a noun joined to the last one: "soldiers' bodies", "soldiers and officers", "prisoner soldiers"."""
        following, after = self.peek(), self.peek(1)
        if following is None:
            return False
        if following.is_("noun") and not following.is_("determiner") and not following.is_("adjective"):
            return True
        possessive = following.is_("marks", "possessive")
        if possessive and after is not None and after.is_("noun"):
            self.at += 1
            return True
        beyond = self.peek(2)
        joined = following.is_("conjunction", "and") and after is not None and after.is_("noun")
        # "Soldiers and people aged under 25" are two groups: the age is of the second alone.
        joined = joined and not (beyond is not None and beyond.is_("after", "age"))
        if joined and after is not None and self.group.kind in _SAME_KIND:
            entry = after.get("noun")
            if entry and GroupKind(entry.name) in _SAME_KIND and not after.is_("determiner") and not after.is_("verb"):
                self.at += 1
                return True
        return False

    def after_head(self) -> None:
        """Consumes "of ...", "killed ...", "aged under 25" after the noun."""
        for _ in range(3):
            term = self.peek()
            if term is None:
                return
            if term.is_("after", "dead"):
                self.group.dead = True
                self.at += 1
            elif term.is_("after", "age"):
                self.group.category = "under_25"
                self.at += 1
            elif term.is_("preposition", "of"):
                if not self._of():
                    return
            else:
                return

    def _of(self) -> bool:
        """Consumes "of 30 Armenian servicemen", "of Armenian origin", "of what Russia says are Ukrainian soldiers"."""
        start = self.at + 1
        if start < self.stop and self.terms[start].is_("subordinator"):
            start = (
                next((place for place in range(start + 1, self.stop) if self.terms[place].is_("aux", "be")), start) + 1
            )
        inner = _group_at(self.terms, start) if start < len(self.terms) and _may_start(self.terms[start]) else None
        # "the bodies of 80", but "a woman of 85"
        counts = self.group.kind is GroupKind.REMAINS and not self.group.singular and self.group.amount is None
        if inner is None or (inner.bare and not (inner.owner or inner.nation or counts)):
            following = self.peek(1)
            if following is not None and following.is_("determiner") and self.peek(2) is not None:
                self.at += 1
                following = self.peek(1)
            if following is not None and following.text.isalpha() and not (following.entries or following.capital):
                self.group.foreign = True  # "the bodies of migrants": of nobody's side
            if following is not None and following.is_("party"):
                party = None if self.terms[start - 2].lower in HELD_BY else following.get("party")
                self.group.nation = self.group.nation or (party.name if party else None)
                adjective = "adjective" in party_forms(following)
                self.at += 3 if adjective and self.peek(2) is not None else 2
                return True
            return False
        self._merge(inner)
        return True

    def _merge(self, inner: Group) -> None:
        group = self.group
        if inner.amount is not None and (group.amount is None or group.amount.article):
            group.amount = inner.amount
        if inner.kind is not None:
            group.strengthen(inner.kind)
        group.spread = inner.amount is not None
        group.nation = group.nation or inner.nation
        group.owner = group.owner or inner.owner
        group.category = group.category or inner.category
        group.dead = group.dead or inner.dead
        group.captives_of = group.captives_of or inner.captives_of
        group.singular = group.singular and inner.singular
        self.at = inner.last


# "Captives of the FARC" are held by it, which a party after "of" says of nobody else.
HELD_BY = frozenset({"captive", "captives", "hostage", "hostages"})
_SAME_KIND = frozenset({GroupKind.SOLDIERS, GroupKind.PEOPLE, GroupKind.PRISONERS, GroupKind.WEAK_CIVILIANS})


def _nounish(term: Term) -> bool:
    return (
        term.is_("noun")
        or term.is_("adjective")
        or (term.is_("party") and bool(party_forms(term) & {"adjective", "people"}))
    )


def _continues(following: Term, after: Term | None) -> bool:
    """Returns whether an adjective goes on to its noun."""
    joined = following.is_("conjunction", "and") and after is not None and _nounish(after)
    return _nounish(following) or joined or not following.entries


def _group_at(terms: Sequence[Term], first: int) -> Group | None:
    """Returns the group that starts at `first`; None where neither a noun nor a figure is found."""
    phrase = _Phrase(terms, first)
    if not phrase.before_head():
        return bare_figure(terms, first)
    head = phrase.at
    phrase.head()
    group = phrase.group
    following = phrase.peek()
    if following is not None and _names_something_else(following):
        return bare_figure(terms, first) if group.amount and terms[first].amount else None
    phrase.after_head()
    group.last = phrase.at
    if phrase.whole is not None and (group.freed or (group.amount is not None and group.amount.number == 1)):
        group.amount = phrase.whole
    # "A soldier" is one, though no figure says so.
    if group.amount is None and phrase.article and group.singular:
        group.amount = _ONE
    if group.kind is GroupKind.PEOPLE and group.amount is None and terms[head].is_("determiner") and not group.category:
        return None
    return group


def _is_verbal(term: Term) -> bool:
    return any(term.is_(category) for category in ("verb", "split", "control", "plain", "speech"))


def _names_something_else(term: Term) -> bool:
    """Returns whether the noun before `term` only qualifies it: "prisoner swap", "soldier deal", "prisoner lists"."""
    return (
        (term.is_("event") and not term.is_("verb"))
        or term.is_("event", "swap")
        or term.is_("deal")
        or term.is_("list")
        or term.is_("carrier")
        or (term.is_("party") and "body" in party_forms(term))
    )
