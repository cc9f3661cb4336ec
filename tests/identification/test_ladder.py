"""The account of an exchange, sentence by sentence."""

import pytest
from tests.identification.histories import account, event, opened_bags

from homeward.errors import InputError


def steps(events):
    return account(events).steps()


def difference(events, since, until):
    (found,) = [d for d in account(events).as_json()["differences"] if (d["from"], d["to"]) == (since, until)]
    return found


def beside(events):
    return account(events).beside()


# Announcement, manifest, bags


def test_nothing_known__is_null_for_announcement_and_manifest_and_nought_for_the_rest() -> None:
    answer = account([]).as_json()
    assert answer["steps"]["announced"] is None
    assert answer["steps"]["manifest"] is None
    assert [figure for figure in answer["steps"].values() if figure is not None] == [0] * 9
    assert [d["from"] for d in answer["differences"]] == [
        *("scanned", "opened", "individuals", "to_name", "profile", "candidate", "identified", "told")
    ]


def test_several_announcements__give_the_widest_range() -> None:
    events = [event("announced", by="A", low=10, high=12), event("announced", by="B", low=11, high=15)]
    assert steps(events)["announced"] == {"low": 10, "high": 15}


def test_manifest__replaces_the_one_before() -> None:
    events = [event("manifest", lines=["1", "2", "3"]), event("manifest", lines=["2", "4"])]
    assert steps(events)["manifest"] == 2


def test_from_announcement_to_manifest__is_a_range_less_what_was_explained() -> None:
    events = [
        event("announced", by="A", low=3, high=5),
        event("manifest", lines=["1", "2", "3", "4"]),
        event("explained", count=1, reason="one bag stayed behind"),
        event("explained", count=-2, reason="two lines are effects"),
    ]
    assert difference(events, "announced", "manifest") == {
        "from": "announced",
        "to": "manifest",
        "out": {},
        "in": {},
        "explained": -1,
        "unexplained": {"low": -2, "high": 0},
    }


def test_announcement_without_manifest__has_no_difference() -> None:
    answer = account([event("announced", by="A", low=3, high=5)]).as_json()
    assert answer["differences"][0]["from"] == "scanned"


def test_bags_and_lines__are_missing_and_unexpected() -> None:
    events = [
        event("manifest", lines=["1", "2", "3"]),
        event("scanned", bag="B1", line="1"),
        event("scanned", bag="B2", line="1"),
        event("scanned", bag="B3", line="9"),
        event("scanned", bag="B4", line=None),
    ]
    found = difference(events, "manifest", "scanned")
    assert found["out"] == {"missing": ["2", "3"]}
    assert found["in"] == {"unexpected": ["B2", "B3", "B4"]}
    assert found["unexplained"] == 0


def test_second_bag_on_a_line__is_the_one_that_was_scanned_later() -> None:
    events = [
        event("manifest", lines=["1"]),
        event("scanned", bag="B7", line="1"),
        event("scanned", bag="B3", line="1"),
    ]
    assert difference(events, "manifest", "scanned")["in"] == {"unexpected": ["B3"]}
    events += [event("scan_withdrawn", bag="B7"), event("scanned", bag="B7", line="1")]
    assert difference(events, "manifest", "scanned")["in"] == {"unexpected": ["B7"]}


def test_line_that_stands_twice__takes_two_bags() -> None:
    events = [event("manifest", lines=["1", "1"]), event("scanned", bag="B1", line="1")]
    assert difference(events, "manifest", "scanned")["out"] == {"missing": ["1"]}
    events.append(event("scanned", bag="B2", line="1"))
    assert difference(events, "manifest", "scanned")["in"] == {}


def test_same_scan_again__counts_nothing() -> None:
    events = [event("manifest", lines=["1"]), *[event("scanned", bag="B1", line="1")] * 2]
    assert steps(events)["scanned"] == 1


def test_withdrawn_scan__leaves_the_line_to_another_bag() -> None:
    events = [event("manifest", lines=["1"]), event("scanned", bag="B1", line="1")]
    events += [event("scanned", bag="B2", line="1"), event("scan_withdrawn", bag="B1")]
    found = difference(events, "manifest", "scanned")
    assert (found["out"], found["in"]) == ({}, {})


def test_bag_whose_scan_is_withdrawn_after_opening__leaves_the_account_with_all_it_holds() -> None:
    events = [*opened_bags(["R1"], ["R2"]), event("joined", remains=["R1", "R2"])]
    events.append(event("decided", decision="D1", remains=["R1"], persons=["P1"]))
    without = [*events, event("scan_withdrawn", bag="B1")]
    assert steps(without)["opened"] == 1
    assert steps(without)["identified"] == 0
    assert account(without).notes() == (
        'bag "B1" was opened and has no scan that stands; it is not counted',
        'decision "D1" is on remains of which none are counted',
    )
    again = [*without, event("scanned", bag="B1", line="1")]
    assert account(again).as_json() == account(events).as_json()


def test_opened_bags__go_out_as_empty_non_human_and_undetermined() -> None:
    events = [event("scanned", bag=f"B{n}", line=None) for n in range(1, 7)]
    for bag, found in (("B1", "empty"), ("B2", "animal"), ("B3", "other"), ("B4", "undetermined")):
        events.append(event("opened", bag=bag, found=found, remains=[]))
    events.append(event("opened", bag="B5", found="human", remains=["R5"]))
    assert difference(events, "scanned", "opened")["out"] == {"unopened": ["B6"]}
    assert difference(events, "opened", "individuals")["out"] == {
        "empty": ["B1"],
        "non_human": ["B2", "B3"],
        "undetermined": ["B4"],
    }
    assert beside(events)["non_human_bags"] == ["B2", "B3"]
    assert steps(events)["individuals"] == 1


def test_undetermined_bag__may_be_opened_again() -> None:
    events = [event("scanned", bag="B1", line=None), event("opened", bag="B1", found="undetermined", remains=["R1"])]
    assert steps(events)["individuals"] == 0
    assert steps([*events, event("opened", bag="B1", found="human", remains=["R1"])])["individuals"] == 1


# Individuals


def test_individual_in_three_bags__is_one_and_two_bags_go_out() -> None:
    events = [*opened_bags(["R1"], ["R2"], ["R3"])]
    events += [event("joined", remains=["R3", "R1"]), event("joined", remains=["R2", "R3"])]
    found = difference(events, "opened", "individuals")
    assert found["out"] == {"same_individual": ["B2", "B3"]}
    assert steps(events)["individuals"] == 1


def test_two_individuals_in_the_same_two_bags__balance() -> None:
    events = [*opened_bags(["R1", "R2"], ["R3", "R4"])]
    events += [event("joined", remains=["R1", "R3"]), event("joined", remains=["R2", "R4"])]
    found = difference(events, "opened", "individuals")
    assert found["out"] == {"same_individual": ["B2", "B2"]}
    assert found["in"] == {"several_in_bag": ["R2", "R2"]}
    assert found["unexplained"] == 0


def test_bag_of_three__brings_all_but_the_smallest_in() -> None:
    found = difference(opened_bags(["R3", "R1", "R2"]), "opened", "individuals")
    assert found["in"] == {"several_in_bag": ["R2", "R3"]}


def test_parted_and_rejoined__are_as_before() -> None:
    events = opened_bags(["R1"], ["R2"])
    before = account(events).as_json()
    joined = [*events, event("joined", remains=["R1", "R2"]), event("parted", remains=["R2", "R1"])]
    split = [*events, event("split", remains="R1", into=["R1a", "R1b"]), event("rejoined", remains="R1")]
    assert account(joined).as_json() == before
    assert account(split).as_json() == before


def test_split__is_in_the_parts_that_were_named_last() -> None:
    events = [
        *opened_bags(["R1"]),
        event("split", remains="R1", into=["a", "b"]),
        event("split", remains="a", into=["a1", "a2"]),
    ]
    assert steps(events)["individuals"] == 3
    events += [event("rejoined", remains="R1"), event("split", remains="R1", into=["a", "b"])]
    assert steps(events)["individuals"] == 2


def test_join_with_remains_that_are_split__rests_until_they_are_whole() -> None:
    events = [*opened_bags(["R1"], ["R2"]), event("joined", remains=["R1", "R2"])]
    events.append(event("split", remains="R1", into=["R1a", "R1b"]))
    assert steps(events)["individuals"] == 3
    assert steps([*events, event("rejoined", remains="R1")])["individuals"] == 1


def test_what_is_said_of_one_remains__holds_for_the_individual() -> None:
    events = [*opened_bags(["R1"], ["R2"]), event("profile", remains="R2"), event("joined", remains=["R1", "R2"])]
    assert steps(events)["profile"] == 1
    assert steps([*events, event("other_side", remains="R1")])["to_name"] == 0


def test_what_is_said_of_split_remains__waits_until_they_are_whole() -> None:
    events = [*opened_bags(["R1"]), event("profile", remains="R1"), event("split", remains="R1", into=["a", "b"])]
    assert steps(events)["profile"] == 0
    assert steps([*events, event("rejoined", remains="R1")])["profile"] == 1


def test_human_bag_whose_remains_prove_not_human__goes_out_as_non_human() -> None:
    events = [*opened_bags(["R1"], ["R2", "R3"]), event("non_human", remains="R1"), event("non_human", remains="R3")]
    found = difference(events, "opened", "individuals")
    assert found["out"] == {"non_human": ["B1"]}
    assert found["in"] == {}
    assert beside(events)["non_human_bags"] == ["B1"]
    assert steps([*events, event("non_human_withdrawn", remains="R1")])["individuals"] == 2


def test_remains_of_another_exchange__tie_an_individual_together_and_never_name_it() -> None:
    events = [
        *opened_bags(["R1"], ["R2"]),
        event("joined", remains=["A9", "R1"]),
        event("joined", remains=["R2", "A9"]),
    ]
    assert steps(events)["individuals"] == 1
    assert difference(events, "to_name", "profile")["out"] == {"no_profile": ["R1"]}
    assert steps([*events, event("parted", remains=["A9", "R2"])])["individuals"] == 2
    on_both = [*events, event("decided", decision="D1", remains=["A9", "R1"], persons=["P1"])]
    assert steps(on_both)["identified"] == 1
    assert account(on_both).notes() == ('joined or decided, and in no bag of this exchange: "A9"',)


def test_counted_earlier__belongs_to_another_exchange() -> None:
    events = [*opened_bags(["R1"], ["R2"]), event("counted_earlier", remains="R1")]
    assert difference(events, "opened", "individuals")["out"] == {"counted_earlier": ["R1"]}
    assert steps([*events, event("counted_earlier_withdrawn", remains="R1")])["individuals"] == 2


# From the individual to home


def test_other_sides__are_not_to_name_and_stand_beside() -> None:
    events = [*opened_bags(["R1"], ["R2"]), event("other_side", remains="R1"), event("returned", remains="R1")]
    events.append(event("buried_unnamed", remains="R2"))
    assert difference(events, "individuals", "to_name")["out"] == {"other_side": ["R1"]}
    assert beside(events) == {
        "other_side": ["R1"],
        "returned": ["R1"],
        "non_human_bags": [],
        "buried_unnamed": ["R2"],
        "conflicts": [],
    }
    withdrawn = [event(f"{what}_withdrawn", remains="R1") for what in ("other_side", "returned")]
    events += [*withdrawn, event("buried_unnamed_withdrawn", remains="R2")]
    assert beside(events) == beside(opened_bags(["R1"]))


def test_profile_and_candidate__go_out_and_come_in() -> None:
    events = [*opened_bags(["R1"], ["R2"], ["R3"]), event("profile", remains="R1"), event("profile", remains="R3")]
    events += [event("candidate", remains="R2", person="P2"), event("candidate", remains="R3", person="P3")]
    assert difference(events, "to_name", "profile")["out"] == {"no_profile": ["R2"]}
    found = difference(events, "profile", "candidate")
    assert (found["out"], found["in"]) == ({"no_candidate": ["R1"]}, {"without_profile": ["R2"]})
    assert steps([*events, event("profile_withdrawn", remains="R1")])["profile"] == 1


def test_closed_candidate__is_none_until_the_closing_is_withdrawn() -> None:
    closed = {"remains": "R1", "person": "P1"}
    events = [*opened_bags(["R1"]), event("candidate", **closed), event("candidate_closed", **closed)]
    assert steps(events)["candidate"] == 0
    assert steps([*events, event("candidate", remains="R1", person="P2")])["candidate"] == 1
    assert steps([*events, event("candidate_closed_withdrawn", **closed)])["candidate"] == 1


def test_closing_for_one_remains__closes_for_the_individual() -> None:
    events = [*opened_bags(["R1"], ["R2"]), event("candidate", remains="R1", person="P1")]
    events += [event("candidate_closed", remains="R2", person="P1"), event("joined", remains=["R1", "R2"])]
    assert steps(events)["candidate"] == 0


def decided(*persons, remains=("R1",), code="D1"):
    return event("decided", decision=code, remains=list(remains), persons=list(persons))


def test_decided_individual__has_a_candidate() -> None:
    events = [*opened_bags(["R1"]), decided("P1")]
    assert (steps(events)["candidate"], steps(events)["identified"]) == (1, 1)
    found = difference(events, "profile", "candidate")
    assert found["in"] == {"without_profile": ["R1"]}


def test_told_and_home__count_while_the_decision_lives_and_in_that_order() -> None:
    events = [*opened_bags(["R1"]), decided("P1"), event("home", decision="D1")]
    assert (steps(events)["told"], steps(events)["home"]) == (0, 0)
    assert difference(events, "identified", "told")["out"] == {"not_told": ["R1"]}
    events.append(event("told", decision="D1"))
    assert (steps(events)["told"], steps(events)["home"]) == (1, 1)
    revoked = [*events, event("revoked", decision="D1")]
    assert [steps(revoked)[step] for step in ("candidate", "identified", "told", "home")] == [0, 0, 0, 0]
    assert steps([*revoked, decided("P1", code="D2")])["told"] == 0
    assert steps([*revoked, decided("P1")])["told"] == 0


def test_told_and_not_home__is_listed() -> None:
    events = [*opened_bags(["R1"]), decided("P1"), event("told", decision="D1")]
    assert difference(events, "told", "home")["out"] == {"not_home": ["R1"]}


def test_closed_group__counts_with_as_many_individuals_as_persons() -> None:
    events = [*opened_bags(["R1"], ["R2"]), decided("P1", "P2", remains=("R1", "R2"))]
    assert steps(events)["identified"] == 2
    assert steps([*events, event("told", decision="D1")])["told"] == 2
    assert beside(events)["conflicts"] == []


def test_open_group__names_nobody_and_is_no_conflict() -> None:
    events = [*opened_bags(["R1"], ["R2"]), decided("P1", "P2")]
    assert steps(events)["identified"] == 0
    assert difference(events, "candidate", "identified")["out"] == {}
    assert beside(events)["conflicts"] == []


def test_one_person_over_two_individuals__counts_for_the_first_and_is_a_conflict() -> None:
    events = [*opened_bags(["R1"], ["R2"]), event("joined", remains=["R1", "R2"])]
    events += [decided("P1", remains=("R2", "R1")), event("told", decision="D1")]
    assert (steps(events)["identified"], beside(events)["conflicts"]) == (1, [])
    parted = [*events, event("parted", remains=["R1", "R2"])]
    assert (steps(parted)["identified"], steps(parted)["told"]) == (1, 1)
    assert beside(parted)["conflicts"] == ["D1"]
    assert account(parted).identified == {"R2"}


def test_two_decisions_on_one_person_in_two_individuals__are_conflicts() -> None:
    events = [*opened_bags(["R1"], ["R2"]), decided("P1"), decided("P1", remains=("R2",), code="D2")]
    assert beside(events)["conflicts"] == ["D1", "D2"]
    assert beside([*events, event("joined", remains=["R1", "R2"])])["conflicts"] == []
    assert beside([*events, event("revoked", decision="D2")])["conflicts"] == []


def test_two_names_on_one_individual__are_conflicts() -> None:
    events = [*opened_bags(["R1"], ["R2"]), decided("P1"), decided("P2", remains=("R2",), code="D2")]
    assert beside(events)["conflicts"] == []
    assert beside([*events, event("joined", remains=["R1", "R2"])])["conflicts"] == ["D1", "D2"]


def test_closed_group_that_falls_into_three__names_nobody_and_is_a_conflict() -> None:
    events = [*opened_bags(["R1"], ["R2"], ["R3"]), event("joined", remains=["R2", "R3"])]
    events.append(decided("P1", "P2", remains=("R1", "R2", "R3")))
    assert steps(events)["identified"] == 2
    parted = [*events, event("parted", remains=["R2", "R3"])]
    assert (steps(parted)["identified"], beside(parted)["conflicts"]) == (0, ["D1"])


def test_decision_on_remains_that_are_split__lies_in_their_parts() -> None:
    events = [*opened_bags(["R1"]), decided("P1"), event("split", remains="R1", into=["R1a", "R1b"])]
    assert (steps(events)["identified"], beside(events)["conflicts"]) == (1, ["D1"])


def test_decision_on_a_part__lies_in_the_whole_once_it_is_rejoined() -> None:
    events = [*opened_bags(["R1"]), event("split", remains="R1", into=["R1a", "R1b"])]
    events += [decided("P1", remains=("R1a",)), event("rejoined", remains="R1")]
    assert steps(events)["identified"] == 1


def test_decided_individual_of_the_other_side__is_not_identified() -> None:
    events = [*opened_bags(["R1"]), decided("P1"), event("other_side", remains="R1")]
    assert (steps(events)["to_name"], steps(events)["identified"]) == (0, 0)


# What cannot have happened


OPENED = opened_bags(["R1"], ["R2"])


@pytest.mark.parametrize(
    ("events", "found"),
    [
        ([event("anounced", by="A", low=1, high=1)], '"anounced"; needed: one of announced'),
        ([event("announced", by="A", low=2, high=1)], "low 2 and high 1"),
        ([event("announced", by="A", low=-1, high=1)], "low: found -1"),
        ([event("announced", low=1, high=1)], "by: found nothing"),
        ([event("announced", by="A", low=1, hihg=1)], 'the key "hihg"'),
        ([event("manifest")], "lines: found nothing"),
        ([event("explained", count=1)], "reason: found nothing"),
        ([event("scanned", line="1")], "bag: found nothing"),
        ([event("scan_withdrawn", bag="B1")], 'bag: found "B1"'),
        ([*OPENED, event("scanned", bag="B1", line="2")], "a second line"),
        ([event("opened", bag="B1", found="human", remains=["R1"])], 'bag: found "B1"'),
        ([*OPENED, event("opened", bag="B1", found="empty")], 'bag "B1", opened before'),
        ([OPENED[0], OPENED[1], event("opened", bag="B1", found="human", remains=[])], "remains: found []"),
        ([OPENED[0], OPENED[1], event("opened", bag="B1", found="empty", remains=["R1"])], 'remains: found ["R1"]'),
        ([OPENED[0], OPENED[1], event("opened", bag="B1", found="humen")], "did you mean human?"),
        ([*OPENED[:-1], event("opened", bag="B2", found="human", remains=["R1"])], '"R1", used before'),
        ([*OPENED, event("split", remains="R1", into=["a"])], 'into: found ["a"]'),
        ([*OPENED, event("split", remains="R1", into=["a", "R2"])], '"R2", used before'),
        ([*OPENED, *[event("split", remains="R1", into=["a", "b"])] * 2], '"R1", split before'),
        ([*OPENED, event("rejoined", remains="R1")], "remains that were split"),
        ([*OPENED, event("joined", remains=["R1", "R1"])], '"R1" twice'),
        ([*OPENED, event("joined", remains=["R1"])], "two different remains"),
        ([*OPENED, event("joined", remains=["R8", "R9"])], '"R8"'),
        ([*OPENED, event("decided", decision="D1", remains=["R9"], persons=["P1"])], '"R9"'),
        ([*OPENED, event("parted", remains=["R1", "R2"])], "joined with each other"),
        ([*OPENED, event("profile", remains="R9")], '"R9"; needed: remains of an opened bag'),
        ([*OPENED, event("profile_withdrawn", remains="R1")], "an earlier profile of it"),
        ([*OPENED, event("candidate_withdrawn", remains="R1", person="P1")], '"candidate_withdrawn"'),
        ([*OPENED, event("candidate", remains="R1")], "person: found nothing"),
        ([*OPENED, decided("P1"), decided("P1")], '"D1" twice'),
        ([*OPENED, decided()], "persons: found []"),
        ([*OPENED, event("told", decision="D1")], 'decision: found "D1"'),
    ],
)
def test_history__refuses_what_cannot_have_happened(events, found) -> None:
    with pytest.raises(InputError) as refusal:
        account(events)
    assert found in str(refusal.value)
    assert str(refusal.value).startswith(f"history.jsonl line {len(events)}")
