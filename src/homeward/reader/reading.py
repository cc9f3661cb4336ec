"""Reading: a document's claims, in the order of the text.

The steps: sentences, tokens, terms of the lexicon, dates, numbers, groups, what each clause tells, who says so; then,
over the whole text, what and which way, when, under which agreement, and what is said twice.
"""

from collections.abc import Callable
from dataclasses import dataclass

from homeward import __version__
from homeward.errors import InputError
from homeward.reader.attribution import Names
from homeward.reader.claims import Claim
from homeward.reader.dates import Calendar, fold_dates
from homeward.reader.documents import Document
from homeward.reader.gazetteer import load_gazetteer
from homeward.reader.languages.registry import GRAMMARS
from homeward.reader.lexicon import Lexicon, load_lexicon
from homeward.reader.numbers import fold_numbers
from homeward.reader.scene import Scene, count_parties
from homeward.reader.sentences import Sentence, split
from homeward.reader.statements import Told, claims_of
from homeward.reader.terms import Term, find_terms, fold_institutions
from homeward.reader.tokens import tokenise
from homeward.reader.topics import Topics

__all__ = ["READER_VERSION", "SUPPORTED_LANGUAGES", "Reading", "read"]

READER_VERSION = f"homeward-reader {__version__}"
SUPPORTED_LANGUAGES = tuple(GRAMMARS)
Watch = Callable[[int, int], None]


@dataclass(frozen=True)
class Reading:
    """What was read from a document, and by which version of the reader."""

    document: Document
    claims: tuple[Claim, ...]
    reader_version: str = READER_VERSION


def read(document: Document, *, watch: Watch = lambda _n_done, _n_total: None) -> Reading:
    """Returns the claims of `document`; the same document always gives the same claims.

    `watch` is told again and again how many steps are done, of how many. Raises InputError for a language that the
    reader does not know yet.
    """
    if document.language not in SUPPORTED_LANGUAGES:
        raise InputError(
            place="reader",
            found=f'a text in "{document.language}"',
            needed=f"a language that the reader knows: {', '.join(SUPPORTED_LANGUAGES)}",
            code="reader_language",
            parameters={"language": document.language, "known": ", ".join(SUPPORTED_LANGUAGES)},
        )
    grammar = GRAMMARS[document.language]
    lexicon = load_lexicon(document.language, grammar.inflect)
    gazetteer = load_gazetteer()
    calendar = Calendar.of(document.published)
    sentences = split(document.body, lexicon.abbreviations)
    n_steps = 2 * len(sentences)
    terms, groups = [], []
    for number, sentence in enumerate(sentences):
        watch(number, n_steps)
        terms.append(found := _terms(sentence, lexicon, calendar))
        groups.append(grammar.find_groups(found))
    # Two passes: only the whole text tells which conflict it is about, and no clause has sides before that is known.
    mentions = count_parties(terms)
    scene = Scene(gazetteer, gazetteer.conflict_of(mentions), mentions)
    topics = Topics.of(terms)
    names = Names()
    told = []
    for number, (sentence, found, people) in enumerate(zip(sentences, terms, groups, strict=True), len(sentences)):
        watch(number, n_steps)
        handovers, attributions = grammar.read_sentence(found, people, scene=scene, names=names, lexicon=lexicon)
        told.append(Told(sentence, found, people, handovers, attributions, scene.speaker_party))
    return Reading(document, claims_of(document, told, scene, topics))


def _terms(sentence: Sentence, lexicon: Lexicon, calendar: Calendar) -> list[Term]:
    tokens = tokenise(sentence.text, sentence.start)
    return fold_numbers(fold_dates(fold_institutions(find_terms(tokens, lexicon)), calendar))
