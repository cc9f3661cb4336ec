"""English as the reader knows it."""

from homeward.reader.languages.english.grammar import Grammar
from homeward.reader.languages.english.inflection import inflect
from homeward.reader.languages.english.matcher import Matcher
from homeward.reader.languages.language import Language
from homeward.reader.lexicon import load_lexicon
from homeward.reader.terms import find_terms

__all__ = ["english"]


def english() -> Language:
    """Returns English: its grammar first, then what only adds evidence."""
    return Language(load_lexicon("en", inflect), find_terms, (Grammar, Matcher))
