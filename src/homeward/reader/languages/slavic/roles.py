"""Roles: who gives and who receives, by case. The dative receives, the instrumental of a passive acts, the nominative
that agrees with the verb is its subject, "з" and "від" name the source, "до" and "в" with the accusative the goal.
"""

from dataclasses import dataclass

from homeward.reader.languages.slavic.mentions import Mention
from homeward.reader.languages.slavic.moods import control_of
from homeward.reader.languages.slavic.noun_phrases import NounPhrase
from homeward.reader.languages.slavic.predicates import Form, Predicate
from homeward.reader.languages.slavic.segments import Opening, Segment
from homeward.reader.languages.slavic.sentence import Analysis

__all__ = ["Roles", "holder_of", "roles_in", "subject_of"]

_ACTS = frozenset({"name", "capital", "people", "official", "body"})
_GIVEN_BY = (Form.PASSIVE, Form.IMPERSONAL, Form.ATTRIBUTE)


@dataclass(slots=True)
class Roles:
    """The parties around one predicate; `both` that both sides are its subject, `guessed` that a pronoun named one."""

    agent: str | None = None
    recipient: str | None = None
    source: str | None = None
    both: bool = False
    homeward: bool = False
    guessed: bool = False
    object_party: str | None = None
    demanded_by: str | None = None
    elsewhere: bool = False


def roles_in(sentence: Analysis, segment: Segment, predicate: Predicate | None, *, gives: bool) -> Roles:
    """Returns the roles of the parties in the segment; `gives` says that the frame may have a receiver."""
    roles = Roles()
    if predicate is not None:
        _subject(sentence, segment, predicate, roles)
    mentions = sentence.mentions_in(segment)
    for mention in mentions:
        _take(sentence, segment, mention, predicate, roles, gives=gives)
    _pronouns(sentence, segment, roles)
    # "Варшава віддала одного": who gives is on neither side either, and nobody may be taken for the receiver.
    third = gives and _is_elsewhere(sentence, roles.agent)
    roles.elsewhere = third or _is_elsewhere(sentence, roles.recipient) or _is_unknown_we(sentence, segment, predicate)
    roles.homeward = sentence.any_in(segment, "home")
    if predicate is not None and predicate.form in _GIVEN_BY and roles.agent is None:
        roles.agent = next((m.code for m in mentions if _is_instrument(m)), None)
    if predicate is not None and predicate.form is Form.INFINITIVE:
        _controlled(sentence, segment, predicate, roles)
    return roles


def _is_elsewhere(sentence: Analysis, recipient: str | None) -> bool:
    """Returns whether they go to a state on neither side, so that nobody may be taken for the receiver."""
    scene = sentence.scene
    return recipient is not None and scene.side(recipient) is None and scene.gazetteer.kinds.get(recipient) == "state"


def _is_unknown_we(sentence: Analysis, segment: Segment, predicate: Predicate | None) -> bool:
    """Returns whether "ми" act and nobody has said who they are: what was told before may not stand in for them."""
    if predicate is None or sentence.voice is not None:
        return False
    return predicate.first_person or any(sentence.words[place].lower in ("ми", "мы") for place in segment.places)


def _controlled(sentence: Analysis, segment: Segment, predicate: Predicate, roles: Roles) -> None:
    """Notes who does what an infinitive tells: "Київ закликав Росію повернути", "запропонувала Києву прийняти"."""
    control = control_of(segment, predicate)
    if control is None or control.category != "control":
        return
    dative = next(
        (m.code for m in sentence.mentions_in(segment) if m.preposition is None and m.cases & {"datv"} and not m.fixed),
        None,
    )
    if control.name == "demanded":
        roles.demanded_by = roles.agent
        roles.agent = roles.object_party or (dative if predicate.name in ("receive",) else None)
    elif predicate.name == "receive" and dative is not None and dative != roles.agent:
        roles.agent, roles.recipient = dative, None


def holder_of(sentence: Analysis, phrase: NounPhrase) -> str | None:
    """Returns who keeps them, where a clause that hangs on the phrase says it: "яких утримувала Росія"."""
    for segment in sentence.segments:
        if segment.antecedent is not phrase or segment.opening not in (Opening.RELATIVE, Opening.PARTICIPLE):
            continue
        for predicate in segment.predicates:
            if predicate.category == "state" and predicate.name == "held":
                return roles_in(sentence, segment, predicate, gives=False).agent
    return None


def _is_instrument(mention: Mention) -> bool:
    return mention.preposition is None and "ablt" in mention.cases and not mention.fixed and bool(mention.forms & _ACTS)


def _take(
    sentence: Analysis, segment: Segment, mention: Mention, predicate: Predicate | None, roles: Roles, *, gives: bool
) -> None:
    """Notes what the case and the preposition of one mention make of it."""
    if mention.preposition == "from" and _is_origin(sentence, mention):
        return
    if mention.preposition == "from" and "gent" in mention.cases:
        # "з Росією" is with Russia; a form that may be both is a source.
        roles.source = roles.source or mention.code
    elif mention.preposition == "to" and _is_goal(sentence, mention):
        roles.recipient = roles.recipient or mention.code
    elif mention.preposition is None and _is_dative(sentence, segment, mention, predicate, roles) and gives:
        roles.recipient = mention.code
    elif mention.preposition is None and mention.cases & {"accs"} and not mention.cases & {"nomn"}:
        roles.object_party = mention.code


def _is_origin(sentence: Analysis, mention: Mention) -> bool:
    """Returns whether a place says where people are from ("двох жінок з Курської області") and not who gives them."""
    if mention.forms != {"place"} or mention.via_place:
        return False
    return any(phrase.last == mention.at - 1 and not phrase.bare for phrase in sentence.phrases)


def _is_goal(sentence: Analysis, mention: Mention) -> bool:
    """Returns whether "до", "в", "на" name a goal: "до України", "в Україну", "на територію України"."""
    word = next(
        (w.lower for w in reversed(sentence.words[max(0, mention.at - 6) : mention.at]) if w.is_("preposition", "to")),
        "",
    )
    if word in ("до", "к", "ко"):
        return bool(mention.cases & ({"gent"} if word == "до" else {"datv"}))
    if mention.via_place:
        place = next(
            (w for w in reversed(sentence.words[max(0, mention.at - 3) : mention.at + 3]) if w.is_("place")), None
        )
        # "На території РФ" is where; "на територію РФ" is where to.
        return place is not None and "accs" in place.cases and "loct" not in place.cases and not mention.captivity
    return "accs" in mention.cases and ("loct" not in mention.cases or mention.fixed)


def _is_dative(
    sentence: Analysis, segment: Segment, mention: Mention, predicate: Predicate | None, roles: Roles
) -> bool:
    if "datv" not in mention.cases or mention.code == roles.agent or not mention.forms & _ACTS:
        return False
    if mention.fixed:
        # "РФ" after the verb, whose subject is another, is whom the dative would name.
        after = predicate is None or mention.at > predicate.at
        return after and not mention.governed and (roles.agent is not None or _impersonal(predicate))
    if "gent" not in mention.cases:
        return True
    if mention.governed:
        return False
    before = next((phrase for phrase in sentence.phrases if phrase.last == mention.at), None)
    if before is None:
        return True
    others = [
        other for other in sentence.mentions_in(segment) if other is not mention and "datv" in other.cases - {"gent"}
    ]
    # "38 тіл Росії": given to Russia, unless another dative is there or Russia itself gives.
    return not others or all("nomn" in other.cases for other in others)


def _impersonal(predicate: Predicate | None) -> bool:
    return predicate is None or predicate.form in _GIVEN_BY or predicate.plural


def _pronouns(sentence: Analysis, segment: Segment, roles: Roles) -> None:
    """Notes "нам повернули": to whoever speaks."""
    for place in segment.places:
        word = sentence.words[place]
        if word.is_("opposite") and "datv" in word.cases and (side := sentence.scene.opponent(roles.agent)):
            roles.recipient = roles.recipient or side.party
        if word.is_("pronoun", "we") and word.lower in ("нам",) and sentence.voice and roles.recipient is None:
            roles.recipient, roles.guessed = sentence.voice, True


def _subject(sentence: Analysis, segment: Segment, predicate: Predicate, roles: Roles) -> None:
    control = control_of(segment, predicate) if predicate.form is Form.INFINITIVE else None
    found = subject_of(sentence, segment, control or predicate)
    if found is None:
        return
    codes, guessed = found
    roles.guessed = guessed
    roles.both = len(codes) > 1
    if predicate.form in _GIVEN_BY:
        return
    roles.agent = codes[0] if len(codes) == 1 else None


def subject_of(
    sentence: Analysis, segment: Segment, predicate: Predicate, depth: int = 0
) -> tuple[list[str], bool] | None:
    """Returns the parties that are the subject, two where both sides are; and whether a pronoun or nothing says so."""
    both = any(
        sentence.words[place].is_("both")
        and sentence.words[place].lower not in ("обох сторін", "обеих сторон")
        and next(iter(sentence.words[place].cases), "") != "loct"
        for place in segment.places
    )
    if both and sentence.scene.conflict is not None:
        return [side.party for side in sentence.scene.conflict.sides], False
    found = [m for m in sentence.mentions_in(segment) if _may_be_subject(sentence, m, predicate)]
    if found:
        first = found[0]
        others = [m for m in found[1:] if m.code != first.code and predicate.plural and _joined(sentence, first, m)]
        return [first.code, *(m.code for m in others[:1])], False
    if predicate.first_person or any(sentence.words[place].lower in ("ми", "мы") for place in segment.places):
        return ([sentence.voice], True) if sentence.voice else None
    if depth > 3:
        return None
    if any(sentence.words[place].lower in ("вона", "она", "вони", "они") for place in segment.places):
        acting = _acting_before(sentence, segment) or sentence.last_subject
        return ([acting], True) if acting else None
    return _inherited(sentence, segment, predicate, depth)


def _acting_before(sentence: Analysis, segment: Segment) -> str | None:
    """Returns the party that is the subject of what stands before the segment, whom "вона" means."""
    found = [m for m in sentence.mentions if m.at < segment.first and "nomn" in m.cases and m.preposition is None]
    return found[-1].code if found and found[-1].forms & {"name", "capital"} else None


def _inherited(sentence: Analysis, segment: Segment, predicate: Predicate, depth: int) -> tuple[list[str], bool] | None:
    """Returns the subject that stands in another segment: before "яка", beside a converb, before "і"."""
    if segment.opening is Opening.RELATIVE:
        return _antecedent_party(sentence, segment, predicate)
    if segment.opening is Opening.CONVERB:
        number = sentence.segments.index(segment)
        near = [segment.previous, *sentence.segments[number + 1 : number + 2]]
        for other in near:
            verb = _heading_verb(other) if other is not None else None
            if other is not None and verb is not None and (got := subject_of(sentence, other, verb, depth + 1)):
                return got
            if other is not None and verb is None:
                mention = next(
                    (m for m in sentence.mentions_in(other) if "nomn" in m.cases and not m.preposition), None
                )
                if mention is not None:
                    return [mention.code], False
        return None
    # "Росія підтвердила, що отримала": the subject of the verb above.
    previous = segment.parent if segment.opening is Opening.THAT else segment.previous
    verb = _heading_verb(previous) if previous is not None else None
    if segment.opening is Opening.THAT and verb is not None and verb.category == "control" and verb.name == "demanded":
        return None  # "Наполягаємо, щоб звільнили всіх": who demands is not who gives
    if previous is None or verb is None or predicate.form in (Form.IMPERSONAL, Form.PASSIVE):
        return None
    if _nominative_phrase(sentence, segment):
        return None
    if predicate.gender and verb.gender and predicate.gender != verb.gender:
        return None
    if predicate.plural != verb.plural:
        return None
    found = subject_of(sentence, previous, verb, depth + 1)
    return (found[0], True) if found else None


def _heading_verb(segment: Segment | None) -> Predicate | None:
    if segment is None:
        return None
    return next((p for p in segment.predicates if p.form in (Form.FINITE,)), None)


def _nominative_phrase(sentence: Analysis, segment: Segment) -> bool:
    return any("nomn" in phrase.cases and "accs" not in phrase.cases for phrase in sentence.phrases_in(segment))


def _antecedent_party(sentence: Analysis, segment: Segment, predicate: Predicate) -> tuple[list[str], bool] | None:
    """Returns the party right before "яка": "Україна, яка прийняла 1000 тіл"."""
    pronoun = next((sentence.words[p] for p in segment.places[:2] if sentence.words[p].is_("subordinator")), None)
    if pronoun is None or "nomn" not in pronoun.cases:
        return None
    near = [m for m in sentence.mentions if 0 < segment.first - m.at <= 2]
    if near and not predicate.plural:
        return [near[-1].code], False
    return None


def _may_be_subject(sentence: Analysis, mention: Mention, predicate: Predicate) -> bool:
    if mention.preposition is not None or "nomn" not in mention.cases or not mention.forms & _ACTS:
        return False
    if mention.governed and (mention.fixed or "gent" in mention.cases):
        return False
    if mention.fixed:
        # An abbreviation that tells no case is the subject only where it stands before its verb.
        return mention.at < predicate.at and not mention.governed
    if predicate.form is Form.FINITE and predicate.gender and not mention.plural and mention.gender:
        return predicate.gender == mention.gender or (predicate.gender == "femn" and "official" in mention.forms)
    if predicate.form is Form.FINITE and predicate.plural and not mention.plural:
        return _has_partner(sentence, mention)
    return True


def _has_partner(sentence: Analysis, mention: Mention) -> bool:
    others = [other for other in sentence.mentions if other.at != mention.at]
    return any(_joined(sentence, *sorted((mention, other), key=lambda m: m.at)) for other in others)


def _joined(sentence: Analysis, first: Mention, second: Mention) -> bool:
    """Returns whether "і" stands between two parties, as in "Україна та Росія" or "Україна разом із Росією"."""
    between = range(first.at + 1, second.at)
    return 0 < len(between) <= 4 and any(sentence.words[place].is_("conjunction", "and") for place in between)
