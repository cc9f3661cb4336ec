"""Keys under which spellings of one name meet: the sound key of Cyrillic, and the skeleton of any script.

Both are chains of replacements without any state, so that a whole list of names separated by line ends can be keyed at
once. Two spellings that the lattices of `spelling` join have one skeleton in common; the converse does not hold.
"""

import re
from functools import lru_cache

from homeward.names.script import Script, script_of
from homeward.names.spelling import habits_of

__all__ = [
    "cyrillic_rhythm",
    "cyrillic_skeleton",
    "deletion_neighbours",
    "outlines",
    "rhythms",
    "skeletons",
    "sound_key",
]

_SOUNDS = (
    ("ґ", "г"), ("і", "и"), ("ї", "и"), ("ы", "и"), ("є", "е"), ("э", "е"), ("ё", "е"), ("'", ""), ("ъ", ""), ("ь", ""),
)  # fmt: skip
_SOFT_O = (("ьо", "е"), ("йо", "е"), ("ьё", "е"), ("чо", "че"), ("шо", "ше"), ("жо", "же"), ("що", "ще"))


def sound_key(word: str) -> str:
    """Returns the key that Ukrainian and Russian spellings of one surname share; works on many lines at once.

    >>> sound_key("ковальов") == sound_key("ковалёв") == sound_key("ковалев")
    True
    """
    return _one_sound(word) if len(word) < 64 else _sounded(word)


@lru_cache(maxsize=262144)
def _one_sound(word: str) -> str:
    return _sounded(word)


def _sounded(text: str) -> str:
    for pair, letter in (*_SOFT_O, *_SOUNDS):
        text = text.replace(pair, letter)
    return text


_CLASSES = {
    **dict.fromkeys("жшщчцсз", "S"), **dict.fromkeys("гґхк", "K"), **dict.fromkeys("дт", "T"),
    **dict.fromkeys("бп", "P"), **dict.fromkeys("вф", "V"), "л": "L", "м": "M", "н": "N", "р": "R",
    "ь": "", "ъ": "", "'": "", "-": "",
    **dict.fromkeys("ая", "a"), **dict.fromkeys("еєэ", "e"), **dict.fromkeys("иіїый", "i"),
    **dict.fromkeys("оё", "o"), **dict.fromkeys("ую", "u"),
}  # fmt: skip
_CYRILLIC_BYTES = bytes(
    _CLASSES.get(letter, letter).encode("cp1251")[0] if _CLASSES.get(letter, letter) else code
    for code, letter in enumerate(bytes(range(256)).decode("cp1251", "replace").replace("\ufffd", "?"))
)
_CLUSTERS = (("зг", "з"), ("сг", "с"), ("сх", "с"))
_REPEATED = re.compile(r"([A-Za-z])\1+")
_VOWELS = re.compile(r"[aeiou]+")
_GLIDE = re.compile(r"i+(?=[aeou])|(?<=[aeou])i+")


def cyrillic_skeleton(word: str) -> str:
    """Returns the classes of a Cyrillic word's consonants; works on many lines at once.

    >>> cyrillic_skeleton("щербак"), cyrillic_skeleton("їжакевич")
    ('SRPK', 'SKVS')
    """
    return _VOWELS.sub("", _cyrillic_classes(word))


def cyrillic_rhythm(word: str) -> str:
    """Returns the skeleton with a dot for each run of vowels: a narrower key, that a slip in a vowel may change.

    >>> cyrillic_rhythm("щербак")
    'S.RP.K'
    """
    return _VOWELS.sub(".", _cyrillic_classes(word))


def _cyrillic_classes(word: str) -> str:
    for cluster, letter in _CLUSTERS:
        word = word.replace(cluster, letter)
    # Single bytes are translated ten times as fast as characters; cp1251 has every letter of both alphabets.
    return _settled(word.encode("cp1251", "replace").translate(_CYRILLIC_BYTES, b"\xfc\xfa'-").decode("cp1251"))


def _settled(classes: str) -> str:
    classes = _REPEATED.sub(r"\1", classes)
    return _REPEATED.sub(r"\1", classes.replace("TS", "S")) if "TS" in classes else classes


_LATIN_DIGRAPHS = re.compile(r"schtsch|chtch|shch|szcz|stch|tsch|zgh|skh|sgh|sch|tch|zg|sg|sh|ch|zh|cz|sz|kh|gh")
_DIGRAPH_CLASS = {"kh": "K", "gh": "K"}
_LATIN_CLASSES = str.maketrans(
    {
        **dict.fromkeys("cszžšŝčżçş", "S"), **dict.fromkeys("gkhqğ", "K"), **dict.fromkeys("dt", "T"),
        **dict.fromkeys("bp", "P"), **dict.fromkeys("vwf", "V"), "l": "L", "m": "M", "n": "N", "r": "R",
        "-": "", **dict.fromkeys("yj", "i"), "â": "a", "û": "u", "ê": "e", "ə": "a", "ı": "i",
    }
)  # fmt: skip


def _latin_classed(word: str, *, ch: str = "S") -> str:
    def classed(found: re.Match[str]) -> str:
        piece = found.group()
        return ch if piece == "ch" else _DIGRAPH_CLASS.get(piece, "S")

    return _settled(_LATIN_DIGRAPHS.sub(classed, word).translate(_LATIN_CLASSES))


@lru_cache(maxsize=262144)
def rhythms(word: str) -> tuple[str, ...]:
    """Returns the rhythms of a word in lower case; a Latin word whose letters are ambiguous has several.

    >>> rhythms("shcherbak"), rhythms("maxim")
    (('S.RP.K',), ('M.KS.M', 'M.K.M'))
    """
    return tuple(dict.fromkeys(_VOWELS.sub(".", classed) for classed in _classed(word)))


@lru_cache(maxsize=262144)
def outlines(word: str) -> tuple[str, ...]:
    """Returns the rhythms with one vowel for each run: what two scripts are compared by before anything dearer.

    >>> outlines("ющенко"), outlines("yushchenko")
    (('uSeNKo',), ('uSeNKo',))
    """
    return tuple(dict.fromkeys(_GLIDE.sub("", classed) for classed in _classed(word)))


@lru_cache(maxsize=262144)
def _classed(word: str) -> tuple[str, ...]:
    if script_of(word) is not Script.LATIN:
        return (_cyrillic_classes(word),)
    words = [word.replace("x", "ks"), word.replace("x", "kh")] if "x" in word else [word]
    habits = habits_of(word)
    if "j" in word:
        words += [softless for one in words for softless in [_SOFT_J.sub("", one)] if softless != one]
        if re.search("j[aeiouy]", word):
            words += [one.replace("j", "zh") for one in words]
    if "french" in habits and word.endswith("ne"):
        words += [one[:-1] for one in words]
    if "romance" in habits or ("c" in word and "french" in habits):
        words += [re.sub(r"(?<!t)c(?!h)", "k", one) for one in words]
    found = [_latin_classed(one) for one in words]
    if "ch" in word and ("german" in habits or "polish" in habits):
        found += [_latin_classed(one, ch="K") for one in words]
    return tuple(dict.fromkeys(found))


_SOFT_J = re.compile(r"(?<=[^aeiouyj])j(?=[^aeiouyj]|$)")


@lru_cache(maxsize=262144)
def skeletons(word: str) -> tuple[str, ...]:
    """Returns the skeletons of a word in lower case.

    >>> skeletons("shcherbak"), skeletons("maxim")
    (('SRPK',), ('MKSM', 'MKM'))
    """
    return tuple(dict.fromkeys(rhythm.replace(".", "") for rhythm in rhythms(word)))


def deletion_neighbours(skeleton: str, most: int) -> set[str]:
    """Returns the skeleton and what is left of it when up to `most` of its classes are left out.

    Two skeletons at `most` edits (a swap of neighbours counts once) have a neighbour in common.
    """
    found = {skeleton}
    edge = {skeleton}
    for _ in range(most):
        edge = {one[:i] + one[i + 1 :] for one in edge for i in range(len(one))}
        found |= edge
    return found
