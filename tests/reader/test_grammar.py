"""English sentences and the claims that they make; all of them our own."""

import pytest
from tests.reader.steps import Short, claims_of, short

from homeward.reader.claims import Scope

R, U, DONE = "RUS", "UKR", "carried_out"


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Russia handed over 40 bodies to Ukraine.", [("remains", 40, R, U, DONE)]),
        ("Russia handed the bodies of 40 soldiers over to Ukraine.", [("remains", 40, R, U, DONE)]),
        ("Russia gave Ukraine 40 bodies back.", [("remains", 40, R, U, DONE)]),
        ("The bodies of 40 Ukrainian soldiers were returned by Russia.", [("remains", 40, R, U, DONE)]),
        ("The bodies of 40 fallen Ukrainians have come home.", [("remains", 40, R, U, DONE)]),
        ("Ukraine was handed the remains of 40 servicemen by Moscow.", [("remains", 40, R, U, DONE)]),
        ("Moscow was given 40 bodies, Kyiv said.", [("remains", 40, U, R, DONE)]),
        ("Kyiv freed 12 Russian prisoners.", [("prisoners", 12, U, R, DONE)]),
        ("Ukraine brought home 12 prisoners from Russia.", [("prisoners", 12, R, U, DONE)]),
        ("Kyiv let 12 Russian soldiers go.", [("prisoners", 12, U, R, DONE)]),
        ("The 40 bodies that Russia returned to Ukraine lie in Odesa.", [("remains", 40, R, U, DONE)]),
        ("Two children were returned from Russia to Ukraine.", [("children", 2, R, U, DONE)]),
        (
            "Russia returned 40 bodies to Ukraine and received 3 in return.",
            [("remains", 40, R, U, DONE), ("remains", 3, U, R, DONE)],
        ),
        (
            "Russia freed 40 prisoners, Ukraine 39.",
            [("prisoners", 40, R, U, DONE), ("prisoners", 39, U, R, DONE)],
        ),
        (
            "Ukraine and Russia exchanged 40 prisoners each.",
            [("prisoners", 40, R, U, DONE), ("prisoners", 40, U, R, DONE)],
        ),
        (
            "Ukraine and Russia exchanged prisoners 40 for 40.",
            [("prisoners", 40, R, U, DONE), ("prisoners", 40, U, R, DONE)],
        ),
        ("Ukraine and Russia exchanged 80 prisoners.", [("prisoners", 80, None, None, DONE)]),
        (
            "Ukraine swapped 9 Russian soldiers for 11 Ukrainians.",
            [("prisoners", 9, U, R, DONE), ("prisoners", 11, R, U, DONE)],
        ),
    ],
)
def test_read__tells_who_gave_what_to_whom(text: str, claims: list[Short]) -> None:
    found = [short(claim) for claim in claims_of(f"Ukraine and Russia are at war. {text}")]
    assert sorted(found, key=str) == sorted(claims, key=str)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Russia will return 40 bodies to Ukraine.", "planned"),
        ("Russia offered to return 40 bodies to Ukraine.", "planned"),
        ("Russia is to return 40 bodies to Ukraine.", "planned"),
        ("Russia agreed to return 40 bodies to Ukraine.", "agreed"),
        ("Russia promised to return 40 bodies to Ukraine.", "agreed"),
        ("The agreement provides for the return of 40 bodies to Ukraine by Russia.", "agreed"),
        ("Kyiv demands the return of 40 bodies.", "demanded"),
        ("Russia must return 40 bodies to Ukraine.", "demanded"),
        ("Russia refused to return 40 bodies to Ukraine.", "denied"),
        ("Russia did not return the 40 bodies to Ukraine.", "denied"),
        ("Russia began to hand over 40 bodies to Ukraine.", "planned"),
        ("Russia has returned 40 bodies to Ukraine.", "carried_out"),
    ],
)
def test_read__tells_whether_it_happened(text: str, status: str) -> None:
    [claim] = claims_of(text)
    assert short(claim) == ("remains", 40, R, U, status)


@pytest.mark.parametrize(
    "text",
    [
        "A Russian attack in Ukraine killed at least five people.",
        "Kyiv said that it had captured 600 Russian soldiers.",
        "Russia returned 1,000 hectares to Ukraine.",
        "Ukraine and Russia exchanged drone strikes, and 12 people died.",
        "Ministers of Ukraine and Russia exchanged views for three hours.",
        "More than 70 such exchanges between Ukraine and Russia have been held.",
        "Russia gave Ukraine 48 hours.",
        "The prisoner, 34, spoke to reporters in Kyiv about Russia.",
    ],
)
def test_read__makes_no_transfer_of_other_things(text: str) -> None:
    assert claims_of(text) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Ukraine handed Russia 25 Russians (19 soldiers and six civilians).",
            [("prisoners", 19, U, R, DONE), ("civilians", 6, U, R, DONE)],
        ),
        (
            "Russia freed 76 people, sixteen of them civilians, and they came home to Ukraine.",
            [("prisoners", 60, R, U, DONE), ("civilians", 16, R, U, DONE)],
        ),
        (
            "Hamas returned 20 hostages to Israel, 5 of them dead.",
            [("civilians", 15, "HAMAS", "ISR", DONE), ("remains", 5, "HAMAS", "ISR", DONE)],
        ),
    ],
)
def test_read__takes_a_figure_apart(text: str, parts: list[Short]) -> None:
    assert sorted((short(claim) for claim in claims_of(text)), key=str) == sorted(parts, key=str)


def test_read__an_absence_is_no_exchange() -> None:
    [claim] = claims_of("There has been no exchange of prisoners between Ukraine and Russia since October 2025.")
    assert (claim.kind.value, *short(claim)) == ("absence", "prisoners", 0, None, None, "denied")
    assert claim.when == "2025-10/.."


def test_read__other_conflicts_have_their_own_sides() -> None:
    [claim] = claims_of("Yemen's Houthis freed 40 government soldiers, the Red Cross said.")
    assert (claim.giver, claim.receiver) == ("HOUTHI", "YEM")
    [claim] = claims_of("Baku passed the bodies of 30 Armenian servicemen to Yerevan.")
    assert (claim.giver, claim.receiver) == ("AZE", "ARM")


def test_read__keeps_who_says_it_and_where() -> None:
    [claim] = claims_of("Ukraine received 40 bodies from Russia, ombudsman Dmytro Lubinets wrote on Telegram.")
    assert (claim.speaker, claim.speaker_party, claim.channel) == ("Dmytro Lubinets", "UKR", "Telegram")


def test_read__a_name_told_in_full_once_is_kept() -> None:
    claims = claims_of("Envoy Karl Holm of Norway spoke. Russia returned 40 bodies to Ukraine, Holm said.")
    assert claims[0].speaker == "Karl Holm"


def test_read__marks_what_looks_back() -> None:
    claims = claims_of(
        "Russia returned 40 bodies to Ukraine on Thursday. "
        "The last exchange was in November, when Russia returned 90 bodies."
    )
    assert [claim.back_reference for claim in claims] == [False, True]


def test_read__says_a_thing_once_unless_two_say_it() -> None:
    twice = "Russia returned 40 bodies to Ukraine. Russia has handed over 40 bodies to Ukraine"
    assert len(claims_of(f"{twice}.")) == 1
    two = "Russia returned 40 bodies, Kyiv said. Russia has handed over 40 bodies to Ukraine, Vladimir Medinsky said."
    assert [claim.speaker_party for claim in claims_of(two)] == ["UKR", "RUS"]


def test_read__takes_a_weekday_of_a_plan_for_the_one_to_come() -> None:
    [done] = claims_of("Russia returned 40 bodies to Ukraine on Thursday.")
    [planned] = claims_of("Russia will return 40 bodies to Ukraine on Thursday.")
    assert (done.when, planned.when) == ("2026-01-29", "2026-02-05")


@pytest.mark.parametrize(("day", "old"), [("January 9", False), ("January 8", True)])
def test_read__takes_what_is_older_than_three_weeks_for_a_look_back(day: str, old: bool) -> None:
    [claim] = claims_of(f"Russia returned 40 bodies to Ukraine on {day}.")
    assert claim.back_reference is old


@pytest.mark.parametrize(
    "text",
    ["Since October Russia has returned 400 bodies to Ukraine.", "So far Russia has returned 400 bodies to Ukraine."],
)
def test_read__takes_a_running_total_for_no_event(text: str) -> None:
    [claim] = claims_of(text)
    assert claim.scope is Scope.CUMULATIVE


def test_read__multiplies_what_each_of_several_trains_carries() -> None:
    [claim] = claims_of("Three trains carrying 400 bodies each left for Ukraine.")
    assert short(claim)[:2] == ("remains", 1200)


def test_read__leaves_unequal_figures_open_where_nothing_says_whose_they_are() -> None:
    claims = claims_of("Ukraine and Russia exchanged 33 soldiers for 190 prisoners.")
    assert [(short(claim)[1], claim.giver, claim.receiver) for claim in claims] == [(33, None, None), (190, None, None)]


def test_read__brings_home_a_sides_own_people_whoever_the_words_make_the_giver() -> None:
    [claim] = claims_of("Ukraine returned 40 Ukrainian prisoners.")
    assert (claim.giver, claim.receiver) == (R, U)


def test_read__counts_those_returned_and_not_all_that_there_were() -> None:
    [claim] = claims_of("Ukraine returned 27 of the 28 dead soldiers to Russia.")
    assert short(claim) == ("remains", 27, U, R, DONE)


@pytest.mark.parametrize(
    ("people", "category"), [("prisoners aged under 25", "under_25"), ("wounded soldiers", "seriously_wounded_or_sick")]
)
def test_read__keeps_the_category_that_a_deal_may_promise(people: str, category: str) -> None:
    [claim] = claims_of(f"Ukraine brought home 40 {people} from Russia.")
    assert (short(claim), claim.category) == (("prisoners", 40, R, U, DONE), category)


def test_read__names_the_deal_by_its_place_and_year_for_what_falls_under_it() -> None:
    [claim] = claims_of("Under the agreement reached in Istanbul in 2025, Russia returns 6,000 bodies to Ukraine.")
    assert (claim.agreement, claim.scope) == ("Istanbul 2025", Scope.AGREEMENT)
