"""Comparing given names, patronymics and initials."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from homeward.names.counts import Counts, given_name_counts, patronymic_counts
from homeward.names.declension import declined_given
from homeward.names.given_names import (
    Form,
    FormKind,
    Sex,
    all_patronymic_forms,
    given_forms,
    given_names,
    patronymic_forms,
    spelled_alike,
)
from homeward.names.keys import sound_key
from homeward.names.readings import Patronymic, is_initial, patronymic_sex
from homeward.names.relations import Relation
from homeward.names.script import Script
from homeward.names.spelling import holds, latin_lattice
from homeward.names.surnames import PartRelation
from homeward.names.words import Word, slip_between, sound_relation, without_soft_sign

__all__ = ["compare_given_names", "compare_patronymics", "first_letters", "forms_in_language", "names_beginning"]

_ATTESTED = 5
_DOMINATED = 20
"""A word of the counts that a table name outnumbers so often, one slip away, is a slip of those who counted."""


def compare_given_names(a: Word, b: Word) -> PartRelation:
    """Returns the relation of two given names, initials included."""
    if is_initial(a) or is_initial(b):
        return _compare_initials(a, b, given_forms)
    return _compare_full(a, b)


@lru_cache(maxsize=262144)
def _compare_full(a: Word, b: Word) -> PartRelation:
    found = _by_table(a, b, given_forms) or _slip(a, b, given_forms, given_name_counts())
    return _no_better_than_a_slip(found, a, b)


def _no_better_than_a_slip(found: PartRelation, a: Word, b: Word) -> PartRelation:
    if (a.other_layout or b.other_layout) and found.relation.rank < Relation.TYPING_SLIP.rank:
        return PartRelation(Relation.TYPING_SLIP, "typed on another keyboard layout", 1)
    return found


Forms = Callable[[str], tuple[Form, ...]]


def forms_in_language(word: Word, forms: Forms) -> tuple[Form, ...]:
    """Returns the forms that a word may be, in the languages that the whole name allows."""
    found = forms(word.normal)
    if word.script is Script.LATIN:
        return found
    return tuple(form for form in found if form.language in word.languages) or found


def _by_table(a: Word, b: Word, forms: Forms) -> PartRelation | None:
    """Returns the relation that the table or the sound gives; None where neither joins nor parts the two."""
    if a.script is b.script and _without_soft_end(a.normal) == _without_soft_end(b.normal):
        return PartRelation(Relation.EQUAL, "spelled alike")
    ours, theirs = forms_in_language(a, forms), forms_in_language(b, forms)
    shared = [(x, y) for x in ours for y in theirs if x.name == y.name and x.sex is y.sex]
    latin = Script.LATIN in (a.script, b.script)
    best = min((_of_forms(x, y, latin=latin) for x, y in shared), key=lambda r: r.relation.rank, default=None)
    if best is not None and best.relation is not Relation.OTHER_FORM:
        return best
    if best is not None and _end_apart(a, b, best):
        return best  # Наталя and Наталья, Маря and Марья: the table knows that they are more than two spellings
    if not (latin and ours and theirs):
        sounded = sound_relation(a, b)
        if sounded is not None and sounded is not Relation.OTHER_FORM and _one_sex(ours, theirs):
            return PartRelation(sounded, "the same sound in another script or language")
    if best is None and ours and theirs:
        return PartRelation(Relation.DIFFERENT, _parted(ours, theirs))
    return best


def _end_apart(a: Word, b: Word, found: PartRelation) -> bool:
    """Whether two forms of one name differ by a soft sign that is heard: in a familiar form, or in -ля and -лья."""
    if without_soft_sign(a.normal) != without_soft_sign(b.normal):
        return False
    return found.why == _FAMILIAR or a.normal.endswith(("ля", "лья"))


def _without_soft_end(word: str) -> str:
    """Returns a word without what is spelling only, and Ігорь, Лазарь as Ігор, Лазар."""
    alike = spelled_alike(word)
    return alike[:-1] if alike.endswith("рь") else alike


def _one_sex(ours: tuple[Form, ...], theirs: tuple[Form, ...]) -> bool:
    return not ours or not theirs or bool({x.sex for x in ours} & {y.sex for y in theirs})


def _parted(ours: tuple[Form, ...], theirs: tuple[Form, ...]) -> str:
    names = {x.name for x in ours} & {y.name for y in theirs}
    return "the other sex" if names or not _one_sex(ours, theirs) else "another name"


_FAMILIAR = "a familiar form of the name"


def _of_forms(x: Form, y: Form, *, latin: bool) -> PartRelation:
    if x.text == y.text or (x.base == y.base and x.language == y.language):
        relation = Relation.TRANSLITERATED if latin else Relation.EQUAL
        return PartRelation(relation, "a transliteration that the tables allow" if latin else "the same name")
    if x.kind is y.kind is FormKind.MAIN and x.language != y.language:
        return PartRelation(Relation.SAME_NAME_OTHER_LANGUAGE, "the same name in the other language")
    familiar = FormKind.FAMILIAR in (x.kind, y.kind)
    return PartRelation(Relation.OTHER_FORM, _FAMILIAR if familiar else "a second form of the name")


def _slip(a: Word, b: Word, forms: Forms, counts: Counts) -> PartRelation:
    """A slip, also towards the name as the other language writes it; never between two attested names."""
    edits = slip_between(a, b)
    ours, theirs = forms_in_language(a, forms), forms_in_language(b, forms)
    if edits is None:
        near = [(a, form) for form in theirs if form.kind is FormKind.MAIN] + [
            (b, form) for form in ours if form.kind is FormKind.MAIN
        ]
        found = [slip_between(word, Word(f.text, f.text, frozenset({f.language}))) for word, f in near[:12]]
        found += [slip_between(word, Word(t, t)) for word, f in near[:12] for t in _siblings(f, forms)]
        edits = min((n for n in found if n is not None), default=None)
    if edits is None:
        return PartRelation(Relation.DIFFERENT, "another name")
    if _attested(a, b, ours, counts) and _attested(b, a, theirs, counts):
        return PartRelation(Relation.DIFFERENT, "one or two letters apart, but both are names that people bear")
    letters = "one letter" if edits < 2 else "two letters"
    return PartRelation(Relation.TYPING_SLIP, f"{letters} apart, a likely slip", max(edits, 1))


def _siblings(form: Form, forms: Forms) -> tuple[str, ...]:
    """Returns the main forms of the same name in the other language."""
    del forms
    name = given_names()[form.name]
    if form.text not in (*name.russian, *name.ukrainian):
        return ()
    return name.ukrainian if form.language == "ru" else name.russian


def _attested(word: Word, other: Word, forms: tuple[Form, ...], counts: Counts) -> bool:
    if forms or declined_given(word.normal):
        return True  # Олега is a form of Олег, and no slip for Ольга
    if word.script is Script.LATIN:
        return False
    n = counts.bearers.get(sound_key(word.normal), 0)
    if n < _ATTESTED:
        return False
    return max((counts.bearers.get(key, 0) for key in _keys_of(other)), default=0) < _DOMINATED * n


def _keys_of(word: Word) -> frozenset[str]:
    """Returns the keys of all forms of the names that a word may be."""
    names = {form.name for form in given_forms(word.normal)}
    texts = {text for name in names for text in (*given_names()[name].russian, *given_names()[name].ukrainian)}
    return frozenset(map(sound_key, texts | {word.normal}))


def compare_patronymics(a: Patronymic, b: Patronymic) -> PartRelation:
    """Returns the relation of two patronymics: that of the fathers' names, and the sex; оглы counts as -ович."""
    if is_initial(a.word) or is_initial(b.word):
        return _compare_initials(a.word, b.word, patronymic_forms)
    return _compare_patronymics(a, b)


@lru_cache(maxsize=262144)
def _compare_patronymics(a: Patronymic, b: Patronymic) -> PartRelation:
    if a.son_of is not None or b.son_of is not None:
        return _with_father(a, b)
    one, two = a.word, b.word
    found = _by_table(one, two, patronymic_forms)
    if found is None:
        sexes = {patronymic_sex(one.normal), patronymic_sex(two.normal)}
        if sexes == {Sex.MALE, Sex.FEMALE}:
            return PartRelation(Relation.DIFFERENT, "the other sex")
        found = _two_endings(one, two) or _slip(one, two, patronymic_forms, _only_with_fathers())
    return _no_better_than_a_slip(found, one, two)


def _two_endings(a: Word, b: Word) -> PartRelation | None:
    """Patronymics of fathers who are not in the table: the stems are compared by sound."""
    if patronymic_forms(a.normal) or patronymic_forms(b.normal):
        return None
    stems = [Word(w.text, _stem(w.normal), w.languages) for w in (a, b)]
    if not all(len(stem.normal) >= 3 for stem in stems):
        return None
    relation = sound_relation(stems[0], stems[1])
    if relation is None or relation is Relation.OTHER_FORM:
        return None
    return PartRelation(relation, "two endings from one father's name")


def _stem(word: str) -> str:
    for ending in (
        "йович", "ьович", "ович", "евич", "євич", "ївна", "івна", "овна", "евна", "ична", "ич",
        "iyovych", "iiovych", "yovych", "iovych", "ovych", "evych", "ovich", "evich", "ovitch", "evitch",
        "owicz", "ewicz",
        "yivna", "iivna", "ivna", "ovna", "evna", "ichna", "ych", "ich",
    ):  # fmt: skip
        if word.endswith(ending):
            return word.removesuffix(ending)
    return word


def _with_father(a: Patronymic, b: Patronymic) -> PartRelation:
    sexes = {a.son_of or patronymic_sex(a.word.normal), b.son_of or patronymic_sex(b.word.normal)}
    if sexes == {Sex.MALE, Sex.FEMALE}:
        return PartRelation(Relation.DIFFERENT, "the other sex")
    if a.son_of is not None and b.son_of is not None:
        return _compare_full(a.word, b.word)
    turkic, slavic = (a, b) if a.son_of is not None else (b, a)
    fathers = {form.name for form in given_forms(turkic.word.normal) if form.sex is Sex.MALE}
    ours = patronymic_forms(slavic.word.normal)
    if fathers & {form.name for form in ours}:
        return PartRelation(Relation.SAME_NAME_OTHER_LANGUAGE, "оглы and кызы stand for the ending of a patronymic")
    stem = Word(slavic.word.text, _stem(slavic.word.normal), slavic.word.languages)
    relation = sound_relation(turkic.word, stem)
    if relation is not None and relation is not Relation.OTHER_FORM:
        return PartRelation(Relation.SAME_NAME_OTHER_LANGUAGE, "оглы and кызы stand for the ending of a patronymic")
    both_borne = all(one.normal in _borne_names() or given_forms(one.normal) for one in (turkic.word, stem))
    if not both_borne and slip_between(turkic.word, stem) is not None:
        return PartRelation(Relation.TYPING_SLIP, "one letter apart, a likely slip", 1)
    return PartRelation(Relation.DIFFERENT, "another father")


def _borne_names() -> Mapping[str, int]:
    return given_name_counts().bearers


@lru_cache(maxsize=1)
def _only_with_fathers() -> Counts:
    """Returns counts without names: a patronymic is attested by its father in the table, not by being misspelt."""
    counts = patronymic_counts()
    return Counts({}, counts.total, counts.rare_frequency)


def _compare_initials(a: Word, b: Word, forms: Forms) -> PartRelation:
    ours, theirs = first_letters(a, forms), first_letters(b, forms)
    if _is_shortened(a) or _is_shortened(b):
        return _compare_shortened(a, b, forms)
    if not (is_initial(a) and is_initial(b)):
        fits = bool(ours & theirs)
        return PartRelation(*((Relation.INITIAL, "an initial that fits") if fits else _UNFIT))
    if ours & theirs:
        return PartRelation(Relation.INITIAL, "the same initial")
    if names_beginning(ours, theirs):
        return PartRelation(Relation.INITIAL, "initials of one name in the two languages")
    return PartRelation(*_UNFIT)


_UNFIT = (Relation.DIFFERENT, "an initial that does not fit")


def _is_shortened(word: Word) -> bool:
    """Whether a word is shortened to more than its first sound: Петр., Ів.; Дж. and Yu. are initials."""
    return is_initial(word) and len(word.normal) > 1 and word.normal not in ("дж", _first_sound(word.normal))


def _compare_shortened(a: Word, b: Word, forms: Forms) -> PartRelation:
    ours, theirs = _begun(a, forms), _begun(b, forms)
    fits = a.normal.startswith(b.normal) or b.normal.startswith(a.normal) or not ours.isdisjoint(theirs)
    return PartRelation(*((Relation.INITIAL, "a shortened name that fits") if fits else _UNFIT))


@lru_cache(maxsize=65536)
def _begun(word: Word, forms: Forms) -> frozenset[int]:
    """Returns the rows of the table that a word is, or that it begins in one of the languages if it is shortened."""
    if not is_initial(word):
        return frozenset(form.name for form in forms(word.normal))
    start = spelled_alike(word.normal)
    patronymic = forms is patronymic_forms
    if patronymic:
        written = ((form.name, form.text) for form in all_patronymic_forms())
    else:
        written = ((i, t) for i, name in enumerate(given_names()) for t in (*name.russian, *name.ukrainian))
    if word.script is not Script.LATIN:
        return frozenset(i for i, text in written if spelled_alike(text).startswith(start))
    return frozenset(i for i, text in written if _begins(text, start))


def _begins(text: str, start: str) -> bool:
    """Whether some beginning of a Cyrillic name may be written so in Latin letters."""
    return any(holds(latin_lattice(text[:n]), start) for n in range(1, len(start) + 1))


@lru_cache(maxsize=65536)
def names_beginning(ours: frozenset[str], theirs: frozenset[str]) -> tuple[int, ...]:
    """Returns the rows of the table whose main forms begin with a letter of ours and with one of theirs."""
    begins = _beginnings()
    return tuple(i for i, letters in enumerate(begins) if letters & ours and letters & theirs)


@lru_cache(maxsize=1)
def _beginnings() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(text[0] for text in (*name.russian, *name.ukrainian)) for name in given_names())


@lru_cache(maxsize=65536)
def first_letters(word: Word, forms: Forms) -> frozenset[str]:
    """Returns the Cyrillic letters with which this name may begin in either language.

    A full name begins with its own letter and with those of its main forms; an initial with every letter it may write.
    """
    first = word.normal[:1]
    if is_initial(word):
        return _letters_of_initial(word.normal if first > "z" else _first_sound(word.normal))
    letters = _letters_of_initial(_first_sound(word.normal) if word.script is Script.LATIN else first)
    if word.script is Script.LATIN and not forms(word.normal):
        return letters
    found = frozenset() if word.script is Script.LATIN else letters
    for form in forms(word.normal):
        if form.kind is not FormKind.FAMILIAR or form.text == word.normal:
            found |= _letters_of_initial(form.text[0]) if form.text[0] > "z" else frozenset()
        found |= _main_letters(form)
    return found or letters


def _main_letters(form: Form) -> frozenset[str]:
    name = given_names()[form.name]
    letters = {text[0] for text in (*name.russian, *name.ukrainian)}
    return frozenset(one for letter in letters for one in _letters_of_initial(letter))


_SAME_LETTER = {"є": "еє", "е": "еєэё", "э": "еэ", "ё": "её", "і": "іи", "и": "иі", "ї": "їіи", "ґ": "гґ", "г": "гґ"}


@lru_cache(maxsize=4096)
def _letters_of_initial(letter: str) -> frozenset[str]:
    if letter[:1] > "z":
        return frozenset(_SAME_LETTER.get(letter[0], letter[0]))
    letters = [c for c in "абвгґдеєжзиіїйклмнопрстуфхцчшщюяэё" if holds(latin_lattice(c), letter)]
    if letter in ("y", "i", "j"):
        letters += list("юяєїйеё")
    if letter in ("k", "s", "z", "c", "t"):
        letters += list({"k": "х", "s": "шщ", "z": "ж", "c": "чцкх", "t": "ц"}[letter])
    return frozenset(one for c in letters for one in _SAME_LETTER.get(c, c))


def _first_sound(word: str) -> str:
    for piece in (
        "shch",
        "sch",
        "tch",
        "sh",
        "ch",
        "zh",
        "kh",
        "ts",
        "yu",
        "ya",
        "ye",
        "yi",
        "iu",
        "ia",
        "ie",
        "ju",
        "ja",
        "je",
    ):
        if word.startswith(piece):
            return piece
    return word[:1]
