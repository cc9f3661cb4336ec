"""Which spellings of one word belong together: Ukrainian and Russian by sound, Cyrillic and Latin by table.

A word becomes a lattice: at each letter the strings that may stand for it. A Latin form is never turned back into one
Cyrillic form; it is asked whether the lattice holds it, so that a word may mix tables (G here, H there).
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

import translitua

__all__ = [
    "LATIN_FORMS",
    "UNSHOWN_HABITS",
    "Lattice",
    "cyrillic_lattice",
    "habits_of",
    "holds",
    "latin_form_of",
    "latin_lattice",
    "latin_pair_lattice",
    "letters_that_may_begin",
]

Edge = tuple[int, tuple[str, ...]]
Lattice = tuple[tuple[Edge, ...], ...]
"""At each letter of the source the number of letters read and the strings that may stand for them."""

_NEUTRAL_TABLES = (
    "UkrainianKMU", "UkrainianSimple", "UkrainianWWS", "UkrainianBritish", "UkrainianBGN", "UkrainianISO9",
    "UkrainianPassport2007", "UkrainianNational1996", "UkrainianPassport2004Alt", "UkrainianDSTU9112A",
    "UkrainianALALC", "RussianGOST2006", "RussianSimple", "RussianICAO", "RussianTelegram", "RussianISO9SystemA",
    "RussianInternationalPassport1997", "RussianDriverLicense", "RussianALALC",
)  # fmt: skip
_LETTERS = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэёъ"
_VOWELS = frozenset("аеєиіїоуюяыэё")
_CONSONANTS = frozenset("бвгґджзклмнпрстфхцчшщ")

# What clerks write beside the tables. A habit of French, German or Polish counts only in a word that shows its marks,
# for otherwise "s" would be both с and з, and "ch" four letters.
_COMMON = {
    "в": ("v", "w"), "г": ("h", "g", "gh"), "ґ": ("g",), "е": ("e", "ie", "ye", "je", "io", "yo", "jo"),
    "ж": ("zh", "ž", "j"),
    "є": ("ie", "ye", "je", "e", "ê"), "и": ("y", "i"), "і": ("i",), "ї": ("i", "yi", "ji"), "й": ("i", "y", "j", "jj"),
    "у": ("u", "ou"), "х": ("kh", "h", "x"), "ц": ("ts", "tz", "c", "tc", "cz"), "ч": ("ch", "č", "tch"),
    "ш": ("sh", "š"), "щ": ("shch", "sch", "šč", "ŝ", "stch", "shh", "sc"), "ь": ("",), "ъ": ("",),
    "ю": ("yu", "iu", "ju", "û"), "я": ("ya", "ia", "ja", "â"), "ы": ("y",), "э": ("e", "eh"),
    "ё": ("yo", "io", "jo", "e", "ye", "ie"),
}  # fmt: skip
_UNSAFE = {"х": {"ch"}, "ж": {"sh", "z"}, "з": {"s"}, "ц": {"z"}, "к": {"c"}, "ш": {"ch", "sch"}, "г": {"ğ"}}
_HABITS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "french": {
        "ж": ("j",), "ш": ("ch",), "ч": ("tch",), "щ": ("chtch", "chtsch"), "у": ("ou",), "ю": ("iou", "you"),
        "г": ("gu", "gh"), "к": ("k", "c"), "с": ("s", "ss"), "в": ("v", "ff", "f"),
        "є": ("ie", "é"),
        "й": ("i", "ï", "y"), "н": ("n", "ne"),
    },
    "german": {
        "в": ("w",), "ж": ("sch", "sh"), "з": ("s",), "ц": ("z",), "ч": ("tsch",), "ш": ("sch",),
        "щ": ("schtsch",), "х": ("ch",), "я": ("ja",), "ю": ("ju",), "й": ("j", "i"), "с": ("s", "ss"),
    },
    "polish": {
        "в": ("w",), "ж": ("ż", "z"), "р": ("rz",), "ч": ("cz",), "ш": ("sz",), "щ": ("szcz",), "х": ("ch",),
        "ц": ("c",),
        "я": ("ia", "ja"), "ю": ("iu", "ju"), "й": ("j",), "у": ("u",), "и": ("y", "i"), "е": ("e", "ie"),
    },
    "romance": {"к": ("c",)},
    "turkic": {
        "а": ("a",), "е": ("a", "e"), "э": ("a", "e"), "я": ("a", "ya"), "г": ("q", "g"), "к": ("q", "k"),
        "ч": ("c",), "ш": ("s",), "ж": ("j",), "х": ("x", "h"), "ы": ("i",), "ю": ("u",), "ё": ("o",), "м": ("mm",),
        "с": ("ss",), "й": ("y",),
    },
    "azerbaijani": {
        "а": ("ə",), "е": ("ə",), "э": ("ə",), "я": ("ə", "yə"), "г": ("q", "ğ"), "к": ("q",), "ч": ("ç",), "ш": ("ş",),
        "ж": ("j",), "х": ("x",), "ы": ("ı", "i"), "и": ("ı",), "і": ("ı",), "ю": ("u",), "ё": ("o",), "м": ("mm",),
        "с": ("ss",), "й": ("y",),
    },
}  # fmt: skip
_MARKS = {
    "french": re.compile(r"tch|ou|chtch|gu[eiy]|off$|eff$|ine$|ff$|^j|^iou"),
    "german": re.compile(r"tsch|sch|w|^j"),
    "polish": re.compile(r"sz|cz|w|ż|rz|[js]kyj$|ck[aiy]$|icz$|ch.*yj$|sk[iy]$"),
    "romance": re.compile(r"^(?!.*[kəçşğıq]).*c(?!h)"),
    "azerbaijani": re.compile(r"[əçşğı]|q"),
}

UNSHOWN_HABITS = ("french", "german", "polish", "turkic")
"""Habits that are tried where a word shows no mark of any: what they join may be one name, and no more."""

_LATIN_UNITS: Mapping[str, tuple[str, ...]] = {
    "кс": ("x",), "дж": ("j", "dj"), "зг": ("zgh", "zg"), "ия": ("ia", "iya", "ya"), "ія": ("ia", "iya", "ya"),
    "ья": ("ia", "ya", "ja", "iya"), "ьо": ("io", "yo", "jo", "o", "e", "ie", "ye"),
    "йо": ("io", "yo", "jo", "yio", "e", "ie", "ye"),
    "ье": ("ie", "ye", "je", "iye"), "ьё": ("io", "yo", "jo", "ie", "ye"), "ьє": ("ie", "ye", "je", "iye"),
    "ью": ("iu", "yu", "ju"), "ьи": ("i", "yi"), "ьї": ("i", "yi"),
}  # fmt: skip
_ADJECTIVE_END = ("y", "i", "yi", "ii", "iy", "yy", "ij", "yj")


def _letter_sets() -> dict[str, tuple[str, ...]]:
    """Returns the Latin strings of each Cyrillic letter, out of all tables of translitua and the common habits."""
    sets: dict[str, tuple[str, ...]] = {}
    for letter in _LETTERS:
        found: list[str] = list(_COMMON.get(letter, ()))
        for name in _NEUTRAL_TABLES:
            table = getattr(translitua, name)
            for source, key in (
                (table.MAIN_TRANSLIT_TABLE, ord(letter)),
                (getattr(table, "FIRST_CHARACTERS", {}), letter),
            ):
                form = source.get(key) if key in source else None
                if form is not None:
                    found.append(_plain(form))
        unsafe = _UNSAFE.get(letter, set())
        sets[letter] = tuple(dict.fromkeys(form for form in found if form not in unsafe and (form or letter in "ьъ")))
    return sets


def _plain(form: str) -> str:
    from homeward.names.script import fold_latin

    return fold_latin(form.replace("\u0361", "").replace("ʹ", "").replace("ʺ", "").replace("′", "").replace("″", ""))


LATIN_FORMS = _letter_sets()


@lru_cache(maxsize=262144)
def habits_of(latin: str) -> tuple[str, ...]:
    """Returns the spelling habits whose marks a Latin word shows."""
    return tuple(habit for habit, marks in _MARKS.items() if marks.search(latin))


@lru_cache(maxsize=65536)
def latin_lattice(word: str, habits: tuple[str, ...] = (), *, strict: bool = False) -> Lattice:
    """Returns the Latin forms of a Cyrillic word in lower case, as a lattice.

    A strict one leaves out what comes by way of the other language: Chernyi for Чорний, Kovalov for Ковалев.
    """
    word = word.replace("'", "").replace("-", "")
    # What the edges at a letter look at lies within two letters before and three after: few cases, which are kept.
    return tuple(_latin_edges_at(word[max(0, i - 2) : i + 4], min(i, 2), habits, strict) for i in range(len(word)))


def latin_form_of(word: str, latin: str, habits: tuple[str, ...] = (), *, strict: bool = False) -> bool:
    """Whether the Latin lattice of a Cyrillic word holds this form; builds no more of the lattice than it reaches.

    >>> latin_form_of("щербак", "scherbak"), latin_form_of("щербак", "kerbak")
    (True, False)
    """
    word = word.replace("'", "").replace("-", "")
    here, after, last = {0}, set[int](), set[int]()  # places of the form reached at this letter and the next two
    for i in range(len(word)):
        if here:
            for k, forms in _latin_edges_at(word[max(0, i - 2) : i + 4], min(i, 2), habits, strict):
                reached = {p + len(piece) for p in here for piece in forms if latin.startswith(piece, p)}
                if k == 1:
                    after |= reached
                else:
                    last |= reached
        elif not after:
            return False
        here, after, last = after, last, set()
    return len(latin) in here


@lru_cache(maxsize=65536)
def letters_that_may_begin(start: str) -> frozenset[str]:
    """Returns the Cyrillic letters that the first four letters of a Latin word may begin with, and a few too many."""
    return frozenset(letter for letter, forms in _beginnings().items() if any(map(start.startswith, forms)))


@cache
def _beginnings() -> Mapping[str, tuple[str, ...]]:
    found = {letter: set(forms) for letter, forms in LATIN_FORMS.items()}
    for habit in _HABITS.values():
        for letter, forms in habit.items():
            found[letter] |= set(forms)
    for pair, forms in _LATIN_UNITS.items():
        found[pair[0]] |= set(forms)
    for letter, forms in (
        ("г", ("gu", "gh")),
        ("д", ("c",)),
        ("ї", ("ye", "e")),
        ("е", ("yi",)),
        ("и", _ADJECTIVE_END),
    ):
        found[letter] |= set(forms)
    return {letter: tuple(form[:4] for form in forms) for letter, forms in found.items()}


@lru_cache(maxsize=262144)
def _latin_edges_at(near: str, i: int, habits: tuple[str, ...], strict: bool) -> tuple[Edge, ...]:  # noqa: FBT001
    return tuple(_latin_edges(near, i, habits, strict=strict))


def _latin_edges(word: str, i: int, habits: tuple[str, ...], *, strict: bool) -> Iterable[Edge]:
    letter = word[i]
    before, after = word[i - 1] if i else "", word[i + 1] if i + 1 < len(word) else ""
    forms = list(LATIN_FORMS.get(letter, (letter,)))
    for habit in habits:
        forms += _HABITS[habit].get(letter, ())
    if letter == "г":
        if before == "з":
            forms = [form for form in forms if form != "h"] + ["gh"]  # KMU-55 writes зг as zgh, so that zh stays ж
        if after and after in "еэиіы":
            forms.append("gu")
    elif letter == "ь" and after and after in _VOWELS:
        forms += ["i", "y", "j"]
    elif letter == "й" and before and before in "иіы" and not after:
        forms.append("")
    elif letter == "ё" and before and before in "жчшщ":
        forms.append("o")
    elif letter == "с" and before in _VOWELS and after in _VOWELS and after:
        forms.append("ss")
    if not strict:
        forms += _by_way_of_the_other_language(word, i, before)
    yield 1, tuple(dict.fromkeys(forms))
    pair = word[i : i + 2]
    if pair in _LATIN_UNITS:
        yield (
            2,
            _LATIN_UNITS[pair] + (("c",) if pair == "дж" and not {"azerbaijani", "turkic"}.isdisjoint(habits) else ()),
        )
    if pair in ("ий", "ій", "ый") and i + 2 == len(word):
        yield 2, _ADJECTIVE_END


_SOFT_ENDS = ("лев", "рев", "лёв", "рёв")


def _by_way_of_the_other_language(word: str, i: int, before: str) -> tuple[str, ...]:
    letter = word[i]
    if letter == "е" and before and before in "жчшщ":
        return ("o",)
    if letter == "о" and before and before in "жчшщ":
        return ("e",)  # Чорний is Черный in Russian, and Chernyi in its Latin spelling
    if letter in "её" and word[i - 1 : i + 2] in _SOFT_ENDS and i + 2 in (len(word), len(word) - 1):
        return ("o",)  # Ковалев stands for Ковалёв, which KMU-55 writes Kovalov after the Ukrainian Ковальов
    if not before and letter in "їе":
        return ("ye", "e") if letter == "ї" else ("yi",)
    return ()


_UK_TO_RU: Mapping[str, tuple[str, ...]] = {
    "і": ("и",), "и": ("и", "ы"), "ї": ("и", "ьи", "йи"), "е": ("е", "э"), "є": ("е", "э"), "ґ": ("г",),
    "'": ("", "ь"), "ь": ("ь",),
}  # fmt: skip


@lru_cache(maxsize=65536)
def cyrillic_lattice(word: str, *, by_meaning: bool = False, strict: bool = False) -> Lattice:
    """Returns the Russian spellings of a Ukrainian word by sound (ё written е, no ъ), as a lattice.

    A strict one keeps о after ж, ч, ш, щ, which stands for ё only where the word is surely Ukrainian (Хрущов, Хрущев).
    With `by_meaning` also the old vowels that the languages keep apart: Білий and Белый, Підгорний and Подгорный.
    """
    return tuple(tuple(_russian_edges(word, i, by_meaning=by_meaning, strict=strict)) for i in range(len(word)))


def _russian_edges(word: str, i: int, *, by_meaning: bool, strict: bool) -> Iterable[Edge]:
    letter = word[i]
    before, after = word[i - 1] if i else "", word[i + 1] if i + 1 < len(word) else ""
    forms = list(_UK_TO_RU.get(letter, (letter,)))
    if letter == "ї" and not before:
        forms.append("е")
    elif letter == "ь" and (not after or (after == "к" and before and before in "сцз")):
        forms.append("")
    elif letter == "р" and not after:
        forms.append("рь")
    elif letter in _CONSONANTS and after and after in "яюєї":
        forms.append(letter + "ь")  # Третяк is Третьяк in Russian, Дяченко Дьяченко; Лукянчук lost its apostrophe
    elif letter == "о" and before and before in "жчшщ" and not strict:
        forms.append("е")
    if by_meaning:
        if letter == "і":
            forms += ["е", "о"]
        elif letter == "о" and not before:
            forms.append("а")
        elif letter == "и" and after == "й" and i + 2 == len(word):
            forms.append("о")
    yield 1, tuple(forms)
    pair = word[i : i + 2]
    if pair == "ьо":
        yield 2, ("е", "ье")
    elif pair == "йо":
        yield 2, ("ье", "е", "ьо")


# What ё and ьо have in common with е and with о, those two have not with one another.
_NEVER = frozenset((a, b) for o in ("o",) for e in ("e", "ie", "ye") for a, b in ((o, e), (e, o)))


def _pair_table() -> dict[str, tuple[str, ...]]:
    """Returns for a piece of Latin spelling the pieces that may stand for the same Cyrillic letters."""
    pairs: dict[str, set[str]] = {}
    units = [*LATIN_FORMS.values(), *_LATIN_UNITS.values(), ("i", "yi", "y"), ("x", "ks"), ("j", "dzh", "dj")]
    units += [("ie", "ye", "e", "je", "iie", "iye"), ("lev", "lov"), ("rev", "rov")]
    units += [
        ("ə", "a"),
        ("ə", "e"),
        ("ə", "ya"),
        ("ç", "ch", "č"),
        ("ş", "sh", "š"),
        ("ğ", "g", "gh"),
        ("q", "g"),
        ("q", "k"),
    ]
    units += [("ı", "y", "i"), ("kh", "x", "h")]
    for unit in units:
        for one in unit:
            pairs.setdefault(one, set()).update(other for other in unit if other and (one, other) not in _NEVER)
    return {one: tuple(sorted(others)) for one, others in pairs.items() if one}


_PAIRS = _pair_table()
_LONGEST_PAIR = max(map(len, _PAIRS))


@lru_cache(maxsize=65536)
def latin_pair_lattice(word: str) -> Lattice:
    """Returns the Latin spellings that share a Cyrillic form with this Latin spelling, as a lattice."""
    edges: list[tuple[Edge, ...]] = []
    for i in range(len(word)):
        # h after these is half of a digraph, and g in its place a slip.
        alone = word[i] in "gh" and i > 0 and word[i - 1] in "cszkt"
        others = () if alone else _PAIRS.get(word[i], ())
        here: list[Edge] = [(1, tuple(dict.fromkeys((word[i], *others))))]
        for k in range(2, min(_LONGEST_PAIR, len(word) - i) + 1):
            forms = _PAIRS.get(word[i : i + k])
            if forms:
                here.append((k, forms))
        if i == len(word) - 1 and word[i] in "vw":
            here.append((1, ("ff", "f")))
        if word[i] in "yij" and i == len(word) - 2:
            here.append((2, _ADJECTIVE_END))
        if word[i] in "yi" and i == len(word) - 1:
            here.append((1, _ADJECTIVE_END))
        edges.append(tuple(here))
    return tuple(edges)


def holds(lattice: Lattice, form: str) -> bool:
    """Whether the lattice holds this form.

    >>> holds(latin_lattice("щербак"), "scherbak"), holds(latin_lattice("щербак"), "kerbak")
    (True, False)
    """
    n = len(lattice)
    reach: list[set[int]] = [set() for _ in range(n + 1)]
    reach[0].add(0)
    for i, edges in enumerate(lattice):
        for p in reach[i]:
            for k, forms in edges:
                for piece in forms:
                    if form.startswith(piece, p):
                        reach[i + k].add(p + len(piece))
    return len(form) in reach[n]
