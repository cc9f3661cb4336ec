"""Ukrainian and Russian as the reader knows them: lexicon, words, providers."""

from homeward.reader.dates import Calendar
from homeward.reader.languages.language import Language
from homeward.reader.languages.slavic.dates import fold_dates
from homeward.reader.languages.slavic.grammar import SlavicGrammar
from homeward.reader.languages.slavic.lexicon import load_slavic_lexicon
from homeward.reader.languages.slavic.numbers import fold_numbers
from homeward.reader.languages.slavic.windows import SlavicWindows
from homeward.reader.languages.slavic.words import find_words
from homeward.reader.lexicon import Lexicon
from homeward.reader.terms import Term
from homeward.reader.tokens import Token

__all__ = ["find_slavic_terms", "russian", "ukrainian"]


def ukrainian() -> Language:
    """Returns Ukrainian; raises InputError that says what to install where its dictionary is missing."""
    return _slavic("uk")


def russian() -> Language:
    """Returns Russian; raises InputError that says what to install where its dictionary is missing."""
    return _slavic("ru")


def _slavic(code: str) -> Language:
    return Language(load_slavic_lexicon(code), find_slavic_terms, (SlavicGrammar, SlavicWindows))


def find_slavic_terms(tokens: tuple[Token, ...], lexicon: Lexicon, calendar: Calendar) -> list[Term]:
    """Returns the words of a sentence with dates and numbers folded."""
    return list(fold_numbers(fold_dates(find_words(tokens, lexicon), calendar)))
