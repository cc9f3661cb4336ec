"""English as the reader knows it."""

from homeward.reader.dates import Calendar, fold_dates
from homeward.reader.languages.english.grammar import Grammar
from homeward.reader.languages.english.inflection import inflect
from homeward.reader.languages.english.matcher import Matcher
from homeward.reader.languages.language import Language
from homeward.reader.lexicon import Lexicon, load_lexicon
from homeward.reader.numbers import fold_numbers
from homeward.reader.terms import Term, find_terms, fold_institutions
from homeward.reader.tokens import Token

__all__ = ["english"]


def english() -> Language:
    """Returns English: its grammar first, then what only adds evidence."""
    return Language(load_lexicon("en", inflect), _terms, (Grammar, Matcher))


def _terms(tokens: tuple[Token, ...], lexicon: Lexicon, calendar: Calendar) -> list[Term]:
    return fold_numbers(fold_dates(fold_institutions(find_terms(tokens, lexicon)), calendar))
