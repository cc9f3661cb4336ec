"""The brief of the record."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.account.ledger import Ledger, Verdict
from homeward.brief.account import tell
from homeward.brief.article import HEADLINE_WORDS
from homeward.brief.document import Brief
from homeward.errors import InputError
from homeward.reader.claims import What
from homeward.wording.catalogue import languages

ON = date(2026, 2, 1)


def part(brief: Brief, key: str) -> list[str]:
    return [sentence.text for section in brief.sections if section.key == key for sentence in section.sentences]


@pytest.fixture
def brief(small_record: Ledger) -> Brief:
    return tell(small_record, ON)


def test_tell__has_the_figures_in_the_headline(brief: Brief) -> None:
    assert brief.headline.text == "Russia hands over 1,000 bodies, receives 38, Moscow says"


def test_tell__begins_with_two_sentences(brief: Brief) -> None:
    assert [sentence.text for sentence in brief.standfirst] == [
        "The latest exchange on record took place on 29 January 2026; not every figure is given by both sides.",
        (
            "The record counts 2,000 to 2,003 bodies to Ukraine, 64 bodies to Russia, 185 prisoners to Ukraine and 185 "
            "prisoners to Russia, all since March 2025."
        ),
    ]


def test_tell__shows_each_direction_with_verdict_and_voice(brief: Brief) -> None:
    assert [(side.title, side.figure, side.verdict, side.said_by) for side in brief.latest] == [
        ("Bodies to Ukraine", "1,000", Verdict.CORROBORATED, "Moscow and Kyiv"),
        ("Bodies to Russia", "38", Verdict.ONE_SIDED, "Moscow"),
    ]


def test_tell__gives_each_wording_of_the_agreement(brief: Brief) -> None:
    assert part(brief, "agreement")[1] == (
        "Bodies from Russia to Ukraine: 6,000 in the words of Kyiv and more than 6,000 in the words of Moscow; "
        "2,000 to 2,003 delivered so far."
    )


def test_tell__gives_every_figure_of_a_dispute(brief: Brief) -> None:
    assert part(brief, "disputes")[1] == (
        "On 19 December 2025, bodies from Russia to Ukraine: 1,003 according to Kyiv; 1,000 according to Moscow."
    )


def test_tell__keeps_unverified_figures_out_of_totals(brief: Brief) -> None:
    assert part(brief, "totals")[0].endswith("in three transfers; 909 more are unverified and not counted.")
    assert (brief.totals[0].low, brief.totals[0].high, brief.totals[0].unverified) == (2000, 2003, 909)


def test_tell__explains_a_published_total(brief: Brief) -> None:
    assert part(brief, "totals")[-1] == (
        "Kyiv counts 2,900 bodies from January 2025 to 30 January 2026; the record’s own sum over the same time is "
        "2,000 to 2,003. The difference is the exchange of March 2025, which no source here confirms."
    )


def test_tell__says_since_when_no_prisoner_came_home(brief: Brief) -> None:
    expected = "Prisoners were last exchanged on 2 October 2025, 122 days before this account."
    assert part(brief, "since")[1] == expected


def test_tell__quotes_talks_and_names_other_parties(brief: Brief) -> None:
    assert part(brief, "talks") == ["On 30 January 2026, Moscow: “talks on territory continue”."]
    assert part(brief, "others") == ["On 13 December 2023, between Alphaland and Betaland: 32 prisoners to Betaland."]


def test_tell__leaves_out_what_came_after_the_day(small_record: Ledger) -> None:
    brief = tell(small_record, date(2025, 12, 31))
    assert brief.headline.text == "Russia hands over 1,000 to 1,003 bodies, receives 26; accounts differ"


def test_tell__of_an_empty_record_says_that_it_is_empty(make) -> None:  # type: ignore[no-untyped-def]
    brief = tell(make.ledger(), ON)
    assert brief.headline.text == "The record holds no exchange yet"
    assert len(brief.standfirst) == 2
    assert brief.sections == ()


def test_tell__works_between_parties_without_a_message(make) -> None:  # type: ignore[no-untyped-def]
    transfer = make.transfer(What.PRISONERS, "ALP", "BET", said=[(32, "ALP"), (32, "BET")])
    brief = tell(make.ledger(make.exchange(date(2026, 1, 1), transfer)), ON)
    assert brief.headline.text == "Alphaland releases 32 prisoners to Betaland, Alphaland and Betaland say"


def test_tell__passes_over_an_exchange_that_was_called_off(make) -> None:  # type: ignore[no-untyped-def]
    brief = tell(make.ledger(make.exchange(date(2026, 1, 1), aborted=True)), ON)
    assert brief.headline.text == "The record holds no exchange yet"


def test_tell__refuses_a_language_without_a_catalogue(small_record: Ledger) -> None:
    with pytest.raises(InputError, match='language: found "xx"; needed: one with a message catalogue: en'):
        tell(small_record, ON, language="xx")


def test_months__hold_every_month_between(brief: Brief) -> None:
    months = brief.months[What.REMAINS]
    assert [(month.year, month.month) for month in months] == [(2025, 12), (2026, 1)]
    assert (months[0].there_low, months[0].there_high, months[0].back_high) == (1000, 1003, 26)


FIGURES = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(0, 12000)), st.sampled_from(["RUS", "UKR", "ALP", None])),
    min_size=1,
    max_size=4,
)
TRANSFERS = st.tuples(
    st.sampled_from(What),
    st.sampled_from([("RUS", "UKR"), ("UKR", "RUS"), ("ALP", "BET")]),
    FIGURES,
    st.booleans(),
    st.integers(0, 396),  # the last day is ON itself
)


@settings(deadline=None, max_examples=100)
@given(transfers=st.lists(TRANSFERS, max_size=8))
def test_tell__says_something_with_its_claims_about_any_record(record_maker, transfers) -> None:  # type: ignore[no-untyped-def]
    make = record_maker()
    exchanges = [
        make.exchange(
            date(2025, 1, 1) + timedelta(days=after), make.transfer(what, *pair, said=said, verified=verified)
        )
        for what, pair, said, verified, after in transfers
    ]
    brief = tell(make.ledger(*exchanges), ON)
    assert len(brief.headline.text.split()) <= HEADLINE_WORDS
    assert len(brief.standfirst) == 2
    for sentence in brief.sentences:
        assert set(sentence.claims) <= set(brief.claims)
    if exchanges:
        assert brief.headline.claims
        assert all(total.low <= total.high for total in brief.totals)


@pytest.mark.parametrize("language", languages())
def test_account__is_told_whole_in_every_language(ledger: Ledger, language: str) -> None:
    told = tell(ledger, ledger.on, language=language)
    text = " ".join(sentence.text for sentence in told.sentences)
    assert len(told.headline.text.split()) <= 12
    assert len(told.sentences) == len(tell(ledger, ledger.on).sentences)
    assert "{" not in text
    assert [sentence.claims for sentence in told.sentences] == [one.claims for one in tell(ledger, ledger.on).sentences]


def test_account__declines_parties_and_months_in_ukrainian(ledger: Ledger) -> None:
    told = tell(ledger, ledger.on, language="uk")
    texts = [sentence.text for sentence in told.sentences]
    assert told.headline.text == "Росія та Україна передали по 300 полонених — Москва"
    assert "Україна передала Росії 300 полонених — за даними лише однієї сторони: Москва." in texts
    assert any(text.startswith("Тілами востаннє обмінялися 26 лютого 2026 року: 1000 — Україні") for text in texts)


def test_account__declines_parties_and_months_in_russian(ledger: Ledger) -> None:
    texts = [sentence.text for sentence in tell(ledger, ledger.on, language="ru").sentences]
    assert "Россия передала Украине 300 пленных; Москва и Киев называют одно и то же число." in texts
    assert any(text.startswith("Телами в последний раз обменялись 26 февраля 2026 года") for text in texts)
