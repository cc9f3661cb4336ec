"""Reading: a document's figures, each with its role, and the claims that they make, in the order of the text.

The steps: sentences, tokens, terms of the lexicon, dates, numbers, figures; what each provider reads of them; then,
over the whole text, the four slots of each figure, when, under which agreement, and what is said twice.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from homeward import __version__
from homeward.reader.agreements import Agreements
from homeward.reader.claim_making import Maker
from homeward.reader.claims import Band, Claim
from homeward.reader.clauses import Passage, Told
from homeward.reader.constraints import agree_on_ways
from homeward.reader.dates import Calendar
from homeward.reader.documents import Document
from homeward.reader.events import events_of
from homeward.reader.figures import Figure, ReadFigure, Role, find_figures
from homeward.reader.gazetteer import load_gazetteer
from homeward.reader.languages.language import Language
from homeward.reader.languages.registry import LANGUAGES, load_language
from homeward.reader.repetition import without_repetition
from homeward.reader.roles import Fate, read_figures
from homeward.reader.scene import Scene, count_parties
from homeward.reader.sentences import Sentence, split
from homeward.reader.slots import Finding, Memory, Unread, settle
from homeward.reader.terms import Amount, Term
from homeward.reader.tokens import tokenise
from homeward.reader.topics import Topics
from homeward.reader.ways import Ways

__all__ = ["READER_VERSION", "SUPPORTED_LANGUAGES", "Reading", "read"]

READER_VERSION = f"homeward-reader {__version__}"
SUPPORTED_LANGUAGES = tuple(LANGUAGES)
_NOT_COUNTED = frozenset({Role.DATE, Role.AGE, Role.ORDINAL, Role.MONEY, Role.NAME, Role.OTHER})
Watch = Callable[[int, int], None]


@dataclass(frozen=True)
class Reading:
    """What was read from a document, and by which version of the reader: every figure, and the claims they make."""

    document: Document
    claims: tuple[Claim, ...]
    figures: tuple[ReadFigure, ...] = ()
    reader_version: str = READER_VERSION

    @property
    def counted(self) -> tuple[ReadFigure, ...]:
        """The figures that may be of people or bodies: dates, ages, sums of money and the like left out."""
        return tuple(figure for figure in self.figures if figure.role not in _NOT_COUNTED)

    @property
    def unread(self) -> tuple[ReadFigure, ...]:
        """The figures that were not understood, each with its reason."""
        return tuple(figure for figure in self.figures if figure.role is Role.UNKNOWN)

    @property
    def to_confirm(self) -> tuple[Claim, ...]:
        """The claims that are shown to whoever confirms them and told nowhere."""
        return tuple(claim for claim in self.claims if claim.band is Band.TO_CONFIRM)


def read(document: Document, *, watch: Watch = lambda _n_done, _n_total: None) -> Reading:
    """Returns the claims of `document`; the same document always gives the same claims.

    `watch` is told again and again how many steps are done, of how many. Raises InputError for a language that the
    reader does not know yet.
    """
    language = load_language(document.language)
    calendar = Calendar.of(document.published)
    sentences = split(document.body, language.lexicon.abbreviations)
    n_steps = 2 * len(sentences)
    passages: list[Passage] = []
    for number, sentence in enumerate(sentences):
        watch(number, n_steps)
        terms = _terms(sentence, language, calendar)
        figures = find_figures(terms)
        passages.append(Passage(number, sentence, _counting(terms, figures), figures))
    # Two passes: only the whole text tells which conflict it is about, and no clause has sides before that is known.
    mentions = count_parties(passage.terms for passage in passages)
    gazetteer = load_gazetteer()
    scene = Scene(gazetteer, gazetteer.conflict_of(mentions), mentions)
    scene.publisher = _publisher(document, language, scene)
    providers = [make(scene, language.lexicon) for make in language.providers]
    told: list[list[Told]] = []
    for passage in passages:
        watch(len(sentences) + passage.number, n_steps)
        told.append([provider.read(passage) for provider in providers])
    return _assembled(_Text(document, scene, passages, told, Topics.of(passages)))


def _publisher(document: Document, language: Language, scene: Scene) -> str | None:
    """Returns the side whose office publishes the document, for which "we" and "home" then speak; no paper is one."""
    terms = language.find_terms(tokenise(document.publisher or "", 0), language.lexicon, Calendar.of(None))
    offices = [e.name for t in terms for e in t.entries if e.category == "party" and e.forms & {"official", "body"}]
    if not offices and terms and any(term.is_("title") for term in terms[:2]):
        offices = [entry.name for term in terms for entry in term.entries if entry.category == "party"]
    return next((code for code in offices if scene.side(code)), None)


def _counting(terms: list[Term], figures: Sequence[Figure]) -> list[Term]:
    """Returns the terms, of which those that a shape explains ("aged 34", "Article 118") count nothing any more."""
    explained = {figure.first for figure in figures if figure.role is not None}
    return [replace(term, amount=None) if place in explained else term for place, term in enumerate(terms)]


def _terms(sentence: Sentence, language: Language, calendar: Calendar) -> list[Term]:
    tokens = tokenise(sentence.text, sentence.start)
    return language.find_terms(tokens, language.lexicon, calendar)


@dataclass(frozen=True, slots=True)
class _Text:
    """A document with all that was told of it, passage by passage and provider by provider."""

    document: Document
    scene: Scene
    passages: Sequence[Passage]
    told: Sequence[Sequence[Told]]
    topics: Topics


def _assembled(text: _Text) -> Reading:
    """Returns the reading: findings become claims, each told once, events stand beside them, figures get roles."""
    maker = Maker(text.document, Agreements.of([passage.terms for passage in text.passages]))
    findings = agree_on_ways(list(_findings(text)))
    made = [maker.claim(found) if found.unread is None and found.clause.frame.moves else None for found in findings]
    kept, places = without_repetition([claim for claim in made if claim is not None])
    kept = _with_channels(kept, text.told)
    claims = [*kept, *_events(text, kept)]
    order = sorted(range(len(claims)), key=lambda place: (claims[place].span.start, claims[place].span.end))
    moved = {place: number for number, place in enumerate(order)}
    claims = [claims[place] for place in order]
    following = iter(places)
    fates: dict[int, list[Fate]] = {}
    for found, claim in zip(findings, made, strict=True):
        place = next(following) if claim is not None else None
        fate = (found, moved[place] if place is not None else None)
        fates.setdefault(found.passage.number, []).append(fate)
    # Nobody faces anybody in it ("49,000 inmates were released early"), or nothing is exchanged.
    silent = not claims and (text.scene.conflict is None or not text.topics.is_exchange)
    apart = silent and text.scene.conflict is None
    figures = read_figures(text.document, text.passages, fates, claims, silent=silent, apart=apart)
    return Reading(text.document, tuple(claims), tuple(figures))


def _events(text: _Text, kept: Sequence[Claim]) -> Iterator[Claim]:
    """Yields accusations, talks and incidents; what is told as a hand-over is not told as an event too."""
    if not kept and not text.topics.is_exchange:
        return  # a text on something else has talks and attacks of its own
    taken = {(claim.span.start, claim.span.end) for claim in kept}
    for passage, [first, *_] in zip(text.passages, text.told, strict=True):
        for claim in events_of(text.document, passage, first.reporters, text.scene):
            if (claim.span.start, claim.span.end) not in taken:
                yield claim


def _with_channels(claims: Sequence[Claim], told: Sequence[Sequence[Told]]) -> list[Claim]:
    """Returns the claims with the channel that a later sentence names for their speaker: "he posted it on X"."""
    posted: dict[str, str] = {}
    for first, *_ in told:
        for reporter in first.reporters if not first.clauses else ():
            if reporter.speaker and reporter.channel:
                posted.setdefault(reporter.speaker, reporter.channel)
    return [
        replace(claim, channel=posted[claim.speaker])
        if claim.speaker in posted and claim.channel is None and not claim.back_reference
        else claim
        for claim in claims
    ]


def _is_taken_back(passages: Sequence[Passage], number: int) -> bool:
    """Returns whether the next sentence calls this one wrong: "That was wrong, and we have taken it down."."""
    return any(
        term.is_("retraction") for following in passages[number + 1 : number + 2] for term in following.terms[:12]
    )


def _findings(text: _Text) -> Iterator[Finding]:
    """Yields what the text tells of each figure, in its order, completed by what it told before."""
    memory = Memory(text.topics, Ways(text.scene))
    numbers: set[int | None] = set()
    told_amount: Amount | None = None
    for passage, heard in zip(text.passages, text.told, strict=True):
        if not any(one.clauses for one in heard):
            memory.topics.turn_to(passage)
        memory.amount = told_amount
        for found in settle(passage, [one.clauses for one in heard], memory):
            if found.unread is None and _is_taken_back(text.passages, passage.number):
                found.unread = Unread.DISPUTED
            number = found.quantity.low if found.quantity else None
            # A convoy's load that was told as handed over is no second one.
            if found.clause.goes_on and found.unread is None and number in numbers:
                found.unread = Unread.REPEATED
            numbers.add(number)
            yield found
            amount = found.clause.patient.amount
            counts = amount is not None and not amount.same and found.clause.frame.moves
            # "As many" means the figure before it, one whose way is open only within its sentence, never a second one.
            if counts and found.unread in (None, Unread.NO_WAY):
                memory.amount = amount
            if counts and found.unread is None:
                told_amount = amount
            if found.unread is not None or not found.clause.frame.moves:
                continue
            memory.topics.last = found.what
            memory.ways.remember(found.what, found.direction)
