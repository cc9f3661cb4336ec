"""Ukrainian and Russian as the reader knows them: lexicon, words, providers."""

from functools import cache

from homeward.reader.dates import Calendar
from homeward.reader.languages.slavic.dates import fold_dates
from homeward.reader.languages.slavic.numbers import fold_numbers
from homeward.reader.languages.slavic.words import find_words
from homeward.reader.lexicon import Lexicon
from homeward.reader.terms import Term
from homeward.reader.tokens import Token

__all__ = ["find_slavic_terms"]


def find_slavic_terms(tokens: tuple[Token, ...], lexicon: Lexicon, calendar: Calendar) -> list[Term]:
    """Returns the words of a sentence with dates and numbers folded."""
    return list(fold_numbers(fold_dates(find_words(tokens, lexicon), calendar)))
