"""When each rule blocks: one function a code, true where the case breaks it."""

import re

from homeward.identification.cases import Candidate, Evidence
from homeward.identification.vocabulary import (
    Brothers,
    Consent,
    EvidenceKind,
    Finding,
    Human,
    ProfileState,
    References,
    RemainsAgree,
    SecondSample,
    SignOfLife,
)
from homeward.identification.weighing import Weighing

__all__ = [
    "alive",
    "alive_not_cleared",
    "below_threshold",
    "brothers_open",
    "budget",
    "circumstances",
    "consent_ended",
    "contradiction",
    "dissent_open",
    "dossier_changed",
    "no_primary",
    "not_board",
    "not_human",
    "not_told_apart",
    "one_sample",
    "one_strand",
    "own_recommendation",
    "person_decided",
    "profile_not_current",
    "references_contradict",
    "references_untested",
    "registered_twice",
    "remains_disagree",
    "remains_untested",
    "search_not_whole",
    "second_factor",
    "sensitivity",
    "test_outstanding",
    "two_signatures",
]

EXCLUDES_BESIDE_ANOTHER_PRIMARY = -2.0
DAY = re.compile(r"(?P<year>\d{4})(-(?P<month>\d{2})(-(?P<day>\d{2}))?)?")

ROUNDING = 1e-12  # 0.1 + 0.2 is not above 0.3, though their binary forms add up to more


def no_primary(weighing: Weighing) -> bool:
    """No likelihood ratio, or no profile behind it."""
    lacks_profile = weighing.case.individual.profile is ProfileState.NONE
    return lacks_profile or any(candidate.log10_lr is None for candidate in weighing.proposed)


def _misses_threshold(weighing: Weighing) -> bool:
    return not no_primary(weighing) and weighing.together < weighing.case.settings.posterior


def _reaches_threshold(weighing: Weighing) -> bool:
    return not no_primary(weighing) and weighing.together >= weighing.case.settings.posterior


def _family_reaches_it(weighing: Weighing) -> bool:
    return weighing.best_family >= weighing.case.settings.posterior


def below_threshold(weighing: Weighing) -> bool:
    """Too improbable, and so is the whole family."""
    return _misses_threshold(weighing) and not _family_reaches_it(weighing)


def not_told_apart(weighing: Weighing) -> bool:
    """The family is probable enough, the proposed member is not."""
    return _misses_threshold(weighing) and _family_reaches_it(weighing)


def sensitivity(weighing: Weighing) -> bool:
    """Probable enough as computed, not at the lowest ratio over populations and theta."""
    return _reaches_threshold(weighing) and weighing.together_at_lowest < weighing.case.settings.sensitivity


def circumstances(weighing: Weighing) -> bool:
    """Probable enough by DNA, not with the circumstances."""
    return _reaches_threshold(weighing) and weighing.together_with_circumstances < weighing.case.settings.posterior


def budget(weighing: Weighing) -> bool:
    """One more name would bring the expected number of wrong names over the budget."""
    settings = weighing.case.settings
    expected = settings.spent + (1.0 - weighing.together) + settings.slip_rate
    return _reaches_threshold(weighing) and expected - settings.budget > ROUNDING


def contradiction(weighing: Weighing) -> bool:
    """An item contradicts and is not explained, or DNA speaks against another primary identifier."""
    recommender = weighing.case.people.recommends
    items = [item for candidate in weighing.proposed for item in weighing.items_on(candidate.person)]
    return any(_stands_against(item, recommender) for item in items) or any(
        _dna_speaks_against(weighing, candidate) for candidate in weighing.proposed
    )


def _stands_against(item: Evidence, recommender: str | None) -> bool:
    if item.finding is Finding.EXPLAINED:
        return item.reason is None or item.second is None or item.second == recommender
    return item.finding is Finding.CONTRADICTS


def _dna_speaks_against(weighing: Weighing, candidate: Candidate) -> bool:
    """A ratio of None is an exclusion only with a profile, and where no item says what became of the comparison.

    A low ratio stands until an item on DNA explains it; whether that item is explained well is asked with all items.
    """
    if not weighing.has_other_primary(candidate.person):
        return False
    items = [item for item in weighing.items_on(candidate.person) if item.kind is EvidenceKind.DNA]
    if candidate.log10_lr is None:
        return weighing.case.individual.profile is ProfileState.CURRENT and not items
    explained = any(item.finding is Finding.EXPLAINED for item in items)
    return candidate.log10_lr < EXCLUDES_BESIDE_ANOTHER_PRIMARY and not explained


def alive(weighing: Weighing) -> bool:
    """Known to live, or seen alive after the remains were recovered."""
    recovered_on = weighing.case.individual.recovered_on
    return any(
        candidate.alive is SignOfLife.CONFIRMED or _may_be_after(candidate.last_alive, recovered_on)
        for candidate in weighing.proposed
    )


def _may_be_after(day: str | None, other: str | None) -> bool:
    """Whether a day may lie after another; of a month or a year alone, the last against the first day counts."""
    if day is None or other is None:
        return False
    return _bound(day, month="12", day_of_month="31") > _bound(other, month="01", day_of_month="01")


def _bound(text: str, *, month: str, day_of_month: str) -> tuple[str, str, str]:
    found = DAY.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return found["year"], found["month"] or month, found["day"] or day_of_month


def alive_not_cleared(weighing: Weighing) -> bool:
    """The register of prisoners was not asked, or points to captivity."""
    unclear = (SignOfLife.INDICATED, SignOfLife.NOT_ASKED)
    return any(candidate.alive in unclear for candidate in weighing.proposed)


def person_decided(weighing: Weighing) -> bool:
    """Another living decision names the person."""
    return any(candidate.decided is not None for candidate in weighing.proposed)


def remains_disagree(weighing: Weighing) -> bool:
    """Joined remains exclude each other."""
    return weighing.case.individual.consistent is RemainsAgree.NO


def remains_untested(weighing: Weighing) -> bool:
    """Several remains that were never compared with each other."""
    individual = weighing.case.individual
    return individual.consistent is RemainsAgree.UNTESTED and len(individual.remains) > 1


def profile_not_current(weighing: Weighing) -> bool:
    """The profile was superseded or is held."""
    return weighing.case.individual.profile in (ProfileState.SUPERSEDED, ProfileState.HELD)


def not_human(weighing: Weighing) -> bool:
    """Animal, or not determined."""
    return weighing.case.individual.human is not Human.YES


def search_not_whole(weighing: Weighing) -> bool:
    """Not compared with everybody on the list, or something has changed since."""
    search = weighing.case.search
    compared = search.n_persons is None or search.n_persons >= weighing.case.settings.n_listed
    return not (compared and search.current)


def references_contradict(weighing: Weighing) -> bool:
    """The relatives' profiles do not fit the pedigree."""
    return any(candidate.references is References.CONTRADICT for candidate in weighing.proposed)


def references_untested(weighing: Weighing) -> bool:
    """Two donors or more whose profiles were never checked against each other."""
    return any(
        candidate.references is References.UNTESTED and candidate.n_donors > 1 for candidate in weighing.proposed
    )


def one_strand(weighing: Weighing) -> bool:
    """Everything hangs on one donor's one tube."""
    return any(candidate.n_donors < 2 and not candidate.resampled for candidate in weighing.proposed)


def one_sample(weighing: Weighing) -> bool:
    """Everything hangs on one sample of the remains, and the signature is where that is asked."""
    asked = weighing.case.settings.second_sample is SecondSample.SIGN
    return asked and weighing.case.individual.n_samples < 2


def registered_twice(weighing: Weighing) -> bool:
    """The register may hold the person a second time."""
    return bool(weighing.duplicates)


def test_outstanding(weighing: Weighing) -> bool:
    """A recommended test of the proposed person has no result."""
    return any(
        item.finding is Finding.OUTSTANDING
        for candidate in weighing.proposed
        for item in weighing.items_on(candidate.person)
    )


def consent_ended(weighing: Weighing) -> bool:
    """The donors' consent is over."""
    return any(candidate.consent is Consent.ENDED for candidate in weighing.proposed)


def brothers_open(weighing: Weighing) -> bool:
    """One person is proposed by DNA, and a brother is neither listed nor accounted for."""
    if len(weighing.proposed) != 1:
        return False
    (candidate,) = weighing.proposed
    return candidate.brothers is Brothers.OPEN and not weighing.has_other_primary(candidate.person)


def own_recommendation(weighing: Weighing) -> bool:
    """Whoever recommends signs too."""
    people = weighing.case.people
    return people.recommends is not None and people.recommends in people.signs


def not_board(weighing: Weighing) -> bool:
    """Somebody signs who is not on the board."""
    people = weighing.case.people
    return not set(people.signs) <= set(people.board)


def two_signatures(weighing: Weighing) -> bool:
    """Fewer than two members of the board sign, the recommender not counted."""
    people = weighing.case.people
    return len((set(people.signs) & set(people.board)) - {people.recommends}) < 2


def second_factor(weighing: Weighing) -> bool:
    """Somebody signs without a second factor now."""
    people = weighing.case.people
    return not set(people.signs) <= set(people.second_factor)


def dossier_changed(weighing: Weighing) -> bool:
    """Somebody signs another dossier than the frozen one."""
    dossier = weighing.case.dossier
    return any(
        dossier.frozen is None or dossier.signed.get(signer) != dossier.frozen for signer in weighing.case.people.signs
    )


def dissent_open(weighing: Weighing) -> bool:
    """An objection has no answer."""
    return any(dissent.answer is None for dissent in weighing.case.people.dissent)
