"""What nouns and pairs tell: "репатріація 1000 тіл", "обмін 193 на 193", and figures without a verb."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from homeward.reader.clauses import Clause, Frame, Mood, Sharing, Slot
from homeward.reader.groups import GroupKind
from homeward.reader.languages.slavic.drafting import Draft, other_side
from homeward.reader.languages.slavic.ellipsis import Elided
from homeward.reader.languages.slavic.moods import Standing, mood_of
from homeward.reader.languages.slavic.nominals import Nominal, Pair, nominal_mood
from homeward.reader.languages.slavic.roles import Roles, roles_in, subject_of
from homeward.reader.languages.slavic.sentence import Analysis
from homeward.reader.languages.slavic.verbs import frame_of, sharing_of
from homeward.reader.scene import Scene

__all__ = ["each_way", "told_by_ellipsis", "told_by_noun", "told_by_pair"]

_TELLING = frozenset({GroupKind.REMAINS, GroupKind.PRISONERS, GroupKind.CHILDREN, GroupKind.CIVILIANS})
# Verbs whose subject gives the first figure of a pair.
_GIVEN_FIRST = frozenset({"swap", "give", "free"})
_STATUS: frozenset[Slot] = frozenset({Slot.STATUS})
Ways = tuple[tuple[str | None, str | None], tuple[str | None, str | None]]


def told_by_noun(draft: Draft, nominal: Nominal) -> Iterator[Clause]:
    """Yields what "повернення 205 захисників" tells; a noun without a number only what is asked for or planned."""
    sentence, segment, phrase = draft.sentence, nominal.segment, nominal.phrase
    standing, told = nominal_mood(sentence, segment, nominal.at)
    counted = phrase.amount is not None and phrase.amount.number is not None
    # "Бореться за повернення всіх": without a figure, a noun alone is no fact.
    if not counted and (not (phrase.plural and phrase.kind in _TELLING) or standing[0] is Mood.FACT):
        return
    roles = roles_in(sentence, segment, None, gives=True)
    mentions = sentence.mentions_in(segment)
    roles.agent = next((m.code for m in mentions if m.cases == {"ablt"} and not m.preposition), None)
    frame, own, guessed = frame_of(draft, nominal.name, roles, phrase)
    if frame is None:
        return
    clause = draft.clause(segment, phrase, frame, roles=own, standing=standing, at=nominal.at)
    # Who asks for people, or achieves that they are freed, gets them.
    verb = next((p for p in segment.predicates if p.name in ("demanded", "achieved")), None)
    asked = subject_of(sentence, segment, verb) if verb is not None else None
    asker = asked[0][0] if asked is not None and len(asked[0]) == 1 else None
    sentence.taken.add(phrase.first)
    yield replace(
        clause,
        nominal=True,
        demanded_by=asker,
        guessed=clause.guessed | guessed | (frozenset() if told else _STATUS),
        sharing=sharing_of(draft, phrase, frame, own),
    )


def told_by_pair(draft: Draft, pair: Pair) -> Iterator[Clause]:
    """Yields both halves of "9 росіян на 11 українців"."""
    sentence, segment, first, second = draft.sentence, pair.segment, pair.first, pair.second
    standing, told, agent, at = _how(draft, pair)
    _name(sentence, pair)
    if pair.first.kind is GroupKind.WEAK_CIVILIANS or pair.second.kind is GroupKind.WEAK_CIVILIANS:
        return  # universities exchange students
    sentence.taken |= {first.first, second.first}
    for half, (phrase, way) in enumerate(zip((first, second), _ways(draft.scene, pair, agent), strict=True), 1):
        roles = Roles(agent=way[0], recipient=way[1])
        clause = draft.clause(segment, phrase, Frame.SWAP, roles=roles, standing=standing, at=at)
        yield replace(
            clause,
            first=min(at, first.first),
            last=max(second.last, clause.last),
            sharing=Sharing.PAIRED,
            half=half,
            nominal=True,
            guessed=clause.guessed if told else clause.guessed | _STATUS,
        )


def _how(draft: Draft, pair: Pair) -> tuple[Standing, bool, str | None, int]:
    """Returns how the exchange of a pair is put, whether a word says so, the one side that exchanges, and the word."""
    sentence, segment = draft.sentence, pair.segment
    verb = next((p for p in segment.predicates if p.category == "verb"), None)
    if verb is not None:
        roles = roles_in(sentence, segment, verb, gives=False)
        return mood_of(sentence, segment, verb), True, roles.agent if verb.name in _GIVEN_FIRST else None, verb.at
    before = [p for p in segment.places if sentence.words[p].is_("event", "swap") and p < pair.first.first]
    at = before[-1] if before else pair.first.first
    standing, told = nominal_mood(sentence, segment, at)
    return standing, told, None, at


def _name(sentence: Analysis, pair: Pair) -> None:
    """Gives the figures of "обмін тілами 1000 на 1000" the noun that stands before them, soldiers where none does."""
    first, second = pair.first, pair.second
    named = [p for p in sentence.phrases if p.last <= first.first and p.kind is not None and p.amount is None]
    for one, other in ((first, second), (second, first)):
        one.kind, one.dead = one.kind or other.kind, one.dead or other.dead
    for half in (first, second):
        if half.kind is None:
            half.kind, half.dead = (named[-1].kind, named[-1].dead) if named else (GroupKind.SOLDIERS, False)


def _ways(scene: Scene, pair: Pair, agent: str | None) -> Ways:
    """Returns giver and receiver of both halves: by whose people they are, by who exchanges, else by equality."""
    homes = (pair.first.nation, other_side(scene, pair.second.nation), other_side(scene, agent))
    home = next((code for code in homes if scene.side(code)), None)
    alike = pair.first.amount == pair.second.amount and not (pair.first.nation or pair.second.nation)
    if alike and scene.conflict is not None:
        # As many each way: whoever is named first, the two halves are the same.
        home = scene.conflict.sides[0].party
    away = scene.opponent(home)
    side = scene.side(home)
    if home is None or away is None or side is None:
        return (None, None), (None, None)
    return (away.holder, side.party), (side.holder, away.party)


def told_by_ellipsis(draft: Draft, elided: Elided) -> Iterator[Clause]:
    """Yields what a figure without a verb tells: "а Росії – 38"."""
    roles = Roles(agent=elided.agent, recipient=elided.recipient)
    standing = (elided.mood, elided.polarity)
    phrase = elided.phrase
    clause = draft.clause(elided.segment, phrase, elided.frame, roles=roles, standing=standing, at=phrase.first)
    draft.sentence.taken.add(phrase.first)
    yield replace(
        clause,
        nominal=elided.nominal,
        guessed=clause.guessed | elided.guessed,
        reciprocal=elided.reciprocal,
        sharing=elided.sharing,
    )


def each_way(scene: Scene, clauses: Iterable[Clause]) -> Iterator[Clause]:
    """Yields both halves of "по 103 з кожної сторони", and as a sum the figure that adds them up."""
    known = list(clauses)
    each = {c.patient.amount.number for c in known if c.sharing is Sharing.EACH and c.patient.amount}
    sides = scene.conflict.sides if scene.conflict is not None else None
    for clause in known:
        number = clause.patient.amount.number if clause.patient.amount else None
        if clause.sharing is Sharing.EACH and sides is not None:
            one, other = sides
            patient = replace(clause.patient, nation=None)
            half = replace(
                clause, frame=Frame.SWAP, patient=patient, sharing=Sharing.PAIRED, source=None, homeward=False
            )
            yield replace(half, agent=other.holder, recipient=one.party, half=1)
            yield replace(half, agent=one.holder, recipient=other.party, half=2)
        elif number is not None and number % 2 == 0 and number // 2 in each and clause.sharing is Sharing.ONE_WAY:
            yield replace(clause, agent=None, recipient=None, source=None, homeward=False, sharing=Sharing.SUMMED)
        else:
            yield clause
