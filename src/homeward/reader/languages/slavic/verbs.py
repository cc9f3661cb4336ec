"""What verbs tell: who handed over how many to whom, and who is held, named, sought or killed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from homeward.reader.claims import Modifier, What
from homeward.reader.clauses import Clause, Frame, Mood, Sharing, Slot
from homeward.reader.groups import GroupKind
from homeward.reader.languages.slavic.drafting import WAY, Draft
from homeward.reader.languages.slavic.lexicon import usual_publishers
from homeward.reader.languages.slavic.moods import Standing, mood_of
from homeward.reader.languages.slavic.noun_phrases import NounPhrase
from homeward.reader.languages.slavic.objects import objects_of
from homeward.reader.languages.slavic.predicates import Form, Predicate
from homeward.reader.languages.slavic.roles import Roles, roles_in
from homeward.reader.languages.slavic.segments import Segment
from homeward.reader.terms import Amount

__all__ = ["frame_of", "sharing_of", "told_by_state", "told_by_verb"]

_FRAMES = {
    "give": Frame.GIVE, "free": Frame.FREE, "receive": Frame.RECEIVE, "bring": Frame.BRING, "come": Frame.COME,
    "go": Frame.COME, "swap": Frame.SWAP,
}  # fmt: skip
_STATES = {"held": Frame.HOLD, "identified": Frame.IDENTIFY, "missing": Frame.MISS, "casualty": Frame.KILL}
_TELLING = frozenset({GroupKind.REMAINS, GroupKind.PRISONERS, GroupKind.CHILDREN, GroupKind.CIVILIANS})
# A part by rank, age or sex is no claim; one of another sort is told beside the whole.
_APART = frozenset({What.CIVILIANS, What.CHILDREN, What.REMAINS})
_NONE: frozenset[Slot] = frozenset()


def told_by_verb(draft: Draft, segment: Segment, predicate: Predicate) -> Iterator[Clause]:
    """Yields a clause for each phrase that the verb moves."""
    sentence = draft.sentence
    phrases = [phrase for phrase in objects_of(sentence, segment, predicate) if sentence.free(phrase)]
    gives = predicate.name not in ("receive", "come", "go")
    roles = roles_in(sentence, segment, predicate, gives=gives)
    standing = mood_of(sentence, segment, predicate)
    if predicate.name == "go" and not (roles.recipient or roles.source or roles.homeward):
        return
    if _acts_otherwise(draft, segment, predicate, roles):
        return
    whole: Clause | None = None
    for phrase in phrases:
        if phrase.bare and predicate.name in ("come", "go"):
            _named_before(draft, phrase)
        # Beside a figure, who has none is only said again: "четверых военнопленных, прежде задержанных".
        _share_owner(draft, phrases, phrase)
        said_again = phrase.amount is None and any(other.amount is not None for other in phrases)
        if said_again or not _tells(draft, phrase, predicate, roles, standing):
            continue
        frame, own, guessed = frame_of(draft, predicate.name, roles, phrase)
        if frame is None:
            continue
        clause = draft.clause(segment, phrase, frame, roles=own, standing=standing, at=predicate.at)
        clause = replace(
            clause,
            guessed=clause.guessed | guessed,
            sharing=sharing_of(draft, phrase, frame, own),
            weak=predicate.weak,
        )
        if predicate.negated and predicate.name == "swap" and phrase.amount is None:
            clause = replace(clause, negated=True)
        if predicate.name == "swap" and not roles.both and _for_somebody(draft, segment, phrase):
            # They went one way, and only whose people they are can say which.
            clause = replace(clause, frame=Frame.FREE, agent=None, sharing=Sharing.ONE_WAY)
        sentence.taken.add(phrase.first)
        if whole is not None and _is_part(draft, phrase):
            if (
                phrase.what not in _APART
                or phrase.kind is GroupKind.WEAK_CIVILIANS
                or phrase.what is whole.patient.what
            ):
                continue
            clause = replace(clause, part_of=whole.patient.figure)
        else:
            whole = clause
        yield clause


def _for_somebody(draft: Draft, segment: Segment, phrase: NounPhrase) -> bool:
    """Returns whether "на" names what they were exchanged for: either way, as "обміняла 200 полонених на політика"."""
    places = [place for place in segment.places if place >= phrase.last]
    return any(draft.sentence.words[place].lower in ("на", "в обмін на", "в обмен на") for place in places)


def _share_owner(draft: Draft, phrases: Sequence[NounPhrase], phrase: NounPhrase) -> None:
    """Lets "880 своїх військових та 120 мешканців" be both of the subject's own."""
    words = draft.sentence.words
    joined = phrase.first > 0 and words[phrase.first - 1].is_("conjunction", "and")
    before = next((other for other in phrases if other.last == phrase.first - 1), None)
    if joined and before is not None and phrase.nation is None and phrase.owner is None:
        phrase.nation, phrase.owner = before.nation, before.owner


def _acts_otherwise(draft: Draft, segment: Segment, predicate: Predicate, roles: Roles) -> bool:
    """Returns whether the subject is none of the parties and nothing else names one: "компанія повернула 120"."""
    if roles.agent or roles.recipient or roles.source or roles.homeward or roles.both:
        return False
    if predicate.form is not Form.FINITE or predicate.name in ("come", "go") or predicate.plural:
        return False
    words = draft.sentence.words
    inside = {place for phrase in draft.sentence.phrases for place in range(phrase.first, phrase.last)}
    for place in segment.places:
        word = words[place]
        if place in inside or word.date is not None or word.amount is not None or not word.is_only("noun"):
            continue
        subject = any(r.case == "nomn" and (predicate.gender is None or r.has(predicate.gender)) for r in word.readings)
        if subject and not word.is_("party") and not (place and words[place - 1].is_("preposition")):
            return True
    return False


def _named_before(draft: Draft, phrase: NounPhrase) -> None:
    """Lets "двоє" in "відпускав вірменських полонених: тоді додому поїхали двоє" be of those that were named."""
    named = [p for p in draft.sentence.phrases if p.last <= phrase.first and p.kind is not None and p.amount is None]
    if named:
        phrase.kind, phrase.dead, phrase.nation = named[-1].kind, named[-1].dead, phrase.nation or named[-1].nation


def _tells(draft: Draft, phrase: NounPhrase, predicate: Predicate, roles: Roles, standing: Standing) -> bool:
    """Returns whether the phrase makes a clause: with a number, or as "передала тіла полеглих" by a plain verb."""
    if phrase.amount is not None:
        # "Стільки ж" means one figure before it; after two, nobody can say which.
        moved = [clause for clause in draft.told if clause.frame.moves and clause.patient.amount is not None]
        return not phrase.amount.same or len(moved) < 2
    if predicate.name == "swap":
        if any(word.is_("all_for_all") for word in draft.sentence.words):
            phrase.amount = Amount(None, None, Modifier.ALL)
            return True
        return predicate.negated and phrase.kind in _TELLING
    way = roles.agent or roles.recipient or roles.source or phrase.nation or roles.homeward
    plain = phrase.plural and phrase.kind in _TELLING and predicate.form is not Form.ATTRIBUTE
    return bool(plain and way and standing[0] in (Mood.FACT, Mood.DEMANDED))


def frame_of(draft: Draft, name: str, roles: Roles, phrase: NounPhrase) -> tuple[Frame | None, Roles, frozenset[Slot]]:
    """Returns the frame that the word has here, None where it may be either, with the roles and what is guessed.

    "Повернути" gives where a receiver is named ("повернула Росії"), and gets back where none is ("повернула 205
    захисників", "повернула своїх"); only whose people they are, or who publishes, can tell the two apart.
    """
    guessed = WAY if roles.guessed else _NONE
    freed = name == "free" and draft.scene.side(roles.agent) is not None and roles.recipient in (None, roles.agent)
    told = phrase.nation or phrase.owner or draft.scene.side(phrase.captives)
    if freed and (phrase.owner in ("own", "our") or phrase.nation == roles.agent or (roles.guessed and not told)):
        # "Звільнила з полону 62 своїх воїнів", "ми звільнили вже 6200": who frees their own gets them.
        return Frame.RECEIVE, roles, guessed
    if name != "return":
        return _FRAMES[name], roles, guessed
    scene, agent = draft.scene, roles.agent
    if roles.recipient is not None and roles.recipient != agent:
        return Frame.GIVE, roles, guessed
    if agent is None or scene.side(agent) is None:
        # Nobody's side, or nobody named: they are brought to wherever they belong.
        return Frame.BRING, replace(roles, agent=None), guessed
    if phrase.owner in ("own", "our") or phrase.nation == agent or roles.homeward or roles.source:
        return Frame.RECEIVE, roles, guessed
    if phrase.nation is not None or phrase.owner == "other" or roles.demanded_by not in (None, agent):
        return Frame.GIVE, roles, guessed
    if any(clause.frame is Frame.RECEIVE and clause.agent == agent for clause in draft.told):
        # "Прийняла 44 і повернула 12": what it got and what it gave.
        return Frame.GIVE, roles, guessed
    if any(clause.frame is Frame.GIVE and clause.agent == agent for clause in draft.told):
        return Frame.RECEIVE, roles, guessed
    if draft.scene.side(phrase.captives) is not None and phrase.captives != agent:
        return Frame.GIVE, roles, guessed
    return _side_of_the_teller(draft, agent), roles, WAY


def _side_of_the_teller(draft: Draft, agent: str) -> Frame | None:
    """Returns whether "повернула 1000 тіл" gets back or gives, by who tells it; None where nobody can say."""
    voice = draft.scene.publisher or draft.sentence.voice
    tellers = (voice,) if draft.scene.side(voice) else usual_publishers(draft.language)
    if agent not in tellers:
        return Frame.GIVE
    return Frame.RECEIVE if len(tellers) == 1 else None


def sharing_of(draft: Draft, phrase: NounPhrase, frame: Frame, roles: Roles) -> Sharing:
    """Returns how the figure is shared: "по 103", "з кожної сторони" each way, "з обох боків" in sum."""
    words = draft.sentence.words
    before, after = words[max(0, phrase.first - 1) : phrase.first], words[phrase.last : phrase.last + 4]
    both = roles.both or frame is Frame.SWAP
    by_each = any(word.is_("each") for word in before)
    summed = any(word.is_("summed") for word in after)
    alone = not (roles.agent or roles.recipient or roles.source)
    if alone and any(word.is_("each") and word.lower.startswith(("кажда", "кожна")) for word in words[: phrase.first]):
        return Sharing.EACH
    if any(word.is_("each") and word.lower != "по" for word in after) or (by_each and (both or summed or alone)):
        return Sharing.EACH
    return Sharing.SUMMED if both or summed else Sharing.ONE_WAY


def _is_part(draft: Draft, phrase: NounPhrase) -> bool:
    """Returns whether "з них", "серед них", "зокрема" stands before or after the phrase."""
    words = draft.sentence.words
    near = (*words[max(0, phrase.first - 4) : phrase.first], *words[phrase.last : phrase.last + 2])
    return any(word.is_("including") for word in near)


def told_by_state(draft: Draft, segment: Segment, predicate: Predicate) -> Iterator[Clause]:
    """Yields figures of people who are held, identified, sought or killed: they do not move."""
    if predicate.name not in _STATES:
        return
    sentence = draft.sentence
    for phrase in sentence.phrases_in(segment):
        if phrase.amount is None or not sentence.free(phrase):
            continue
        standing = mood_of(sentence, segment, predicate)
        roles = roles_in(sentence, segment, predicate, gives=False)
        yield draft.clause(segment, phrase, _STATES[predicate.name], roles=roles, standing=standing, at=predicate.at)
