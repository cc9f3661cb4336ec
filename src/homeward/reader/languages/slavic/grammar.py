"""The grammar of Ukrainian and Russian: what each clause of a sentence tells of its figures, by case and form."""

from collections.abc import Iterator
from itertools import zip_longest

from homeward.reader.clauses import Clause, Passage, Told
from homeward.reader.groups import GroupKind
from homeward.reader.languages.slavic.drafting import PROVIDER, Draft
from homeward.reader.languages.slavic.ellipsis import elided_clauses
from homeward.reader.languages.slavic.exchanges import each_way, told_by_ellipsis, told_by_noun, told_by_pair
from homeward.reader.languages.slavic.lexicon import usual_publishers
from homeward.reader.languages.slavic.lists import Heading, heading_of, is_line, told_by_list
from homeward.reader.languages.slavic.nominals import find_nominals, find_pairs
from homeward.reader.languages.slavic.noun_phrases import NounPhrase
from homeward.reader.languages.slavic.reporters import Speakers
from homeward.reader.languages.slavic.sentence import Analysis, analyse
from homeward.reader.languages.slavic.verbs import told_by_state, told_by_verb
from homeward.reader.languages.slavic.words import words_of
from homeward.reader.lexicon import Lexicon
from homeward.reader.scene import Scene

__all__ = ["SlavicGrammar"]

_SOLDIERLY = frozenset({GroupKind.SOLDIERS, GroupKind.PRISONERS})


class SlavicGrammar:
    """Reads the sentences of one document; remembers who spoke and who acted last."""

    name = PROVIDER

    def __init__(self, scene: Scene, lexicon: Lexicon) -> None:
        self._scene = scene
        self._language = lexicon.language
        self._speakers = Speakers()
        usual = usual_publishers(lexicon.language)
        self._home = scene.publisher or (usual[0] if len(usual) == 1 else None)
        self._spoke: str | None = None
        self._last_subject: str | None = None
        self._named: GroupKind | None = None
        self._list: Heading | None = None

    def read(self, passage: Passage) -> Told:
        """Returns the clauses of the passage and who speaks in it."""
        if not _may_tell(passage):
            return Told()
        heading = passage.heading or passage.sentence.text.rstrip()[-1:].isalnum()
        sentence = analyse(words_of(passage.terms), self._scene, heading=heading)
        reporters = self._speakers.find(sentence)
        spoken = next((reporter.party for reporter in reporters if self._scene.side(reporter.party)), None)
        ours = any(word.is_("pronoun", "we") or word.is_("possessive", "our") for word in sentence.words)
        # "Ми" is whoever spoke last; "додому" in the text's own words is home for whoever publishes it.
        self._spoke = spoken or self._spoke
        sentence.voice = spoken or (self._spoke if ours else None) or self._home or self._spoke
        if ours and spoken is None and any(word.is_("speech") for word in sentence.words):
            # "Мы освободили 200", сказал сенатор: whose he is nobody says.
            sentence.voice = self._scene.publisher
        sentence.last_subject = self._last_subject
        draft = Draft(sentence, passage, self._scene, self._language, reporters)
        self._recall(sentence)
        lines = told_by_list(draft, self._list) if self._list is not None and is_line(sentence) else ()
        clauses = tuple(each_way(self._scene, [*_clauses(draft), *lines]))
        if not is_line(sentence):
            self._list = heading_of(sentence)
        self._last_subject = self._acting(sentence) or self._last_subject
        return Told(clauses, tuple(reporters))

    def _recall(self, sentence: Analysis) -> None:
        """Lets "157 осіб" be soldiers where the last people that the text named were, and remembers whom this names."""
        for phrase, following in zip_longest(sentence.phrases, sentence.phrases[1:]):
            if phrase.kind is GroupKind.PEOPLE and _said_again(sentence, phrase, following):
                phrase.kind = GroupKind.CIVILIANS
            elif phrase.kind is GroupKind.PEOPLE and not phrase.dead and self._named in _SOLDIERLY:
                phrase.kind = GroupKind.SOLDIERS
            elif phrase.kind not in (None, GroupKind.PEOPLE):
                self._named = phrase.kind

    def _acting(self, sentence: Analysis) -> str | None:
        """Returns the party that the sentence is about, whom "вона" in the next one may mean."""
        named = (m for m in sentence.mentions if "nomn" in m.cases and m.preposition is None and not m.governed)
        return next((m.code for m in named if self._scene.side(m.code)), None)


def _said_again(sentence: Analysis, phrase: NounPhrase, following: NounPhrase | None) -> bool:
    """Returns whether a second noun says which people they are: "вісім громадян РФ – мешканців Курської області"."""
    if following is None or following.amount is not None or following.kind is not GroupKind.CIVILIANS:
        return False
    between = sentence.words[phrase.last : following.first]
    return len(between) == 1 and between[0].is_("marks", "dash", "comma") and phrase.amount is not None


def _may_tell(passage: Passage) -> bool:
    """Returns whether there is anything to read: a figure, people or bodies, somebody who speaks, or a party."""
    if any(figure.role is None for figure in passage.figures):
        return True
    telling = ("noun", "speech", "party")
    return any(term.entries and any(e.category in telling for e in term.entries) for term in passage.terms)


def _clauses(draft: Draft) -> Iterator[Clause]:
    """Yields the clauses of a sentence: pairs first, whose verb never moves the first figure alone."""
    sentence = draft.sentence
    for pair in find_pairs(sentence):
        yield from _kept(draft, told_by_pair(draft, pair))
    for segment in sentence.segments:
        for predicate in segment.predicates:
            if predicate.category == "verb":
                yield from _kept(draft, told_by_verb(draft, segment, predicate))
    for nominal in find_nominals(sentence):
        yield from _kept(draft, told_by_noun(draft, nominal))
    for segment in sentence.segments:
        for predicate in segment.predicates:
            if predicate.category == "state":
                yield from _kept(draft, told_by_state(draft, segment, predicate))
    for elided in elided_clauses(sentence, draft.told):
        yield from _kept(draft, told_by_ellipsis(draft, elided))


def _kept(draft: Draft, clauses: Iterator[Clause]) -> Iterator[Clause]:
    for clause in clauses:
        draft.told.append(clause)
        yield clause
