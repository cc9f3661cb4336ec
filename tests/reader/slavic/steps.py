"""What the tests of Ukrainian and Russian share: the words of a sentence, and the clauses of the grammar."""

from homeward.reader.clauses import Clause, Passage
from homeward.reader.dates import Calendar
from homeward.reader.figures import find_figures
from homeward.reader.gazetteer import load_gazetteer
from homeward.reader.languages.slavic.grammar import SlavicGrammar
from homeward.reader.languages.slavic.language import find_slavic_terms
from homeward.reader.languages.slavic.lexicon import load_slavic_lexicon
from homeward.reader.languages.slavic.windows import SlavicWindows
from homeward.reader.languages.slavic.words import Word, words_of
from homeward.reader.scene import Scene, count_parties
from homeward.reader.sentences import Sentence
from homeward.reader.tokens import tokenise

PUBLISHED = "2026-02-28"  # a Saturday


def words(text: str, language: str = "uk", published: str | None = PUBLISHED) -> list[Word]:
    return words_of(find_slavic_terms(tokenise(text), load_slavic_lexicon(language), Calendar.of(published)))


def clauses(text: str, language: str = "uk", *, windows: bool = False) -> list[Clause]:
    """Returns what one provider tells of one sentence, in a document on Ukraine and Russia."""
    terms = words(text, language)
    mentions = count_parties([terms])
    mentions.update(UKR=3, RUS=3)
    gazetteer = load_gazetteer()
    scene = Scene(gazetteer, gazetteer.conflict_of(mentions), mentions)
    passage = Passage(0, Sentence(0, text, 0), terms, find_figures(terms))
    make = SlavicWindows if windows else SlavicGrammar
    return list(make(scene, load_slavic_lexicon(language)).read(passage).clauses)
