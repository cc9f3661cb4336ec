"""Random histories of an exchange: every equation after every event, a second account, and what may not matter."""

import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tests.identification.histories import account, event
from tests.identification.naive_ladder import Replay

from homeward.identification.ladder import STEPS

BAGS = [f"B{n}" for n in range(1, 6)]
LINES = ["1", "2", "3", "4"]
PERSONS = ["P1", "P2", "P3"]
MARKS = ("profile", "other_side", "returned", "buried_unnamed", "counted_earlier", "non_human")
PICK = st.integers(0, 10**6)


class Exchange(RuleBasedStateMachine):
    """Draws events that can happen; what the account says is checked after each."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[dict[str, Any]] = []
        self.scanned: dict[str, str | None] = {}
        self.opened: set[str] = set()
        self.known: list[str] = []
        self.live: list[str] = []
        self.split_into: dict[str, list[str]] = {}
        self.joins: list[list[str]] = []
        self.said: list[dict[str, Any]] = []
        self.decisions: list[str] = []

    def add(self, what: str, **fields: Any) -> None:
        self.events.append(event(what, **fields))

    def one(self, items: list[Any], pick: int) -> Any:
        return items[pick % len(items)] if items else None

    @rule(low=st.integers(0, 5), more=st.integers(0, 3))
    def announce(self, low: int, more: int) -> None:
        self.add("announced", by="A", low=low, high=low + more)

    @rule(lines=st.lists(st.sampled_from(LINES), max_size=5))
    def list_lines(self, lines: list[str]) -> None:
        self.add("manifest", lines=lines)

    @rule(count=st.integers(-2, 2))
    def explain(self, count: int) -> None:
        self.add("explained", count=count, reason="counted again")

    @rule(bag=st.sampled_from(BAGS), line=st.none() | st.sampled_from([*LINES, "9"]))
    def scan(self, bag: str, line: str | None) -> None:
        line = self.scanned.setdefault(bag, line)
        self.add("scanned", bag=bag, line=line)

    @rule(pick=PICK)
    def withdraw_scan(self, pick: int) -> None:
        if bag := self.one(sorted(self.scanned), pick):
            del self.scanned[bag]
            self.add("scan_withdrawn", bag=bag)

    @rule(pick=PICK, found=st.sampled_from(["human"] * 6 + ["empty", "animal", "other"]), n=st.integers(1, 3))
    def open(self, pick: int, found: str, n: int) -> None:
        if bag := self.one(sorted(set(self.scanned) - self.opened), pick):
            remains = [f"R{bag[1:]}{letter}" for letter in "xyz"[:n]] if found == "human" else []
            self.opened.add(bag)
            self.known += remains
            self.live += remains
            self.add("opened", bag=bag, found=found, remains=remains)

    @rule(pick=PICK)
    def split(self, pick: int) -> None:
        whole = self.one(self.live, pick)
        if whole and len(whole) < 5:
            into = [f"{whole}1", f"{whole}2"]
            self.live.remove(whole)
            self.live += into
            self.known += [code for code in into if code not in self.known]
            self.split_into[whole] = into
            self.add("split", remains=whole, into=into)

    @rule(pick=PICK)
    def rejoin(self, pick: int) -> None:
        if whole := self.one(sorted(self.split_into), pick):
            gone = [code for code in self.known if code.startswith(whole) and code != whole]
            self.live = [code for code in self.live if code not in gone] + [whole]
            self.split_into = {code: into for code, into in self.split_into.items() if code not in [*gone, whole]}
            self.add("rejoined", remains=whole)

    @rule(first=PICK, second=PICK)
    def join(self, first: int, second: int) -> None:
        pair = sorted({self.one(self.known, first), self.one(self.known, second)} - {None})
        if len(pair) == 2:
            self.joins += [] if pair in self.joins else [pair]
            self.add("joined", remains=pair)

    @rule(pick=PICK)
    def part(self, pick: int) -> None:
        if pair := self.one(self.joins, pick):
            self.joins.remove(pair)
            self.add("parted", remains=pair[::-1])

    @rule(pick=PICK, what=st.sampled_from(MARKS))
    def mark(self, pick: int, what: str) -> None:
        if code := self.one(self.known, pick):
            self.say(what, {"remains": code})

    @rule(pick=PICK, person=st.sampled_from(PERSONS), closed=st.booleans())
    def weigh(self, pick: int, person: str, closed: bool) -> None:
        if code := self.one(self.known, pick):
            self.say("candidate_closed" if closed else "candidate", {"remains": code, "person": person})

    def say(self, what: str, fields: dict[str, Any]) -> None:
        word = {"event": what, **fields}
        if what != "candidate" and word not in self.said:
            self.said.append(word)
        self.add(what, **fields)

    @rule(pick=PICK)
    def unsay(self, pick: int) -> None:
        if word := self.one(self.said, pick):
            self.said.remove(word)
            self.events.append({**word, "event": f"{word['event']}_withdrawn"})

    @rule(picks=st.lists(PICK, min_size=1, max_size=3), persons=st.sets(st.sampled_from(PERSONS), min_size=1))
    def decide(self, picks: list[int], persons: set[str]) -> None:
        if remains := sorted({self.one(self.known, pick) for pick in picks} - {None}):
            code = f"D{len(self.events)}"
            self.decisions.append(code)
            self.add("decided", decision=code, remains=remains, persons=sorted(persons))

    @rule(pick=PICK, what=st.sampled_from(["told", "told", "home", "revoked"]))
    def after_decision(self, pick: int, what: str) -> None:
        if code := self.one(self.decisions, pick):
            self.add(what, decision=code)

    @invariant()
    def every_equation_holds_and_nothing_of_ours_is_unexplained(self) -> None:
        answer = account(self.events).as_json()
        for each in answer["differences"]:
            before, after = answer["steps"][each["from"]], answer["steps"][each["to"]]
            n_out = sum(len(items) for items in each["out"].values())
            n_in = sum(len(items) for items in each["in"].values())
            if each["from"] == "announced":
                assert each["unexplained"] == {
                    "low": after - before["high"] + each["explained"],
                    "high": after - before["low"] + each["explained"],
                }
            else:
                assert each["unexplained"] == 0
                assert after == before - n_out + n_in
            assert all([*each["out"].values(), *each["in"].values()]), "an empty reason is left out"

    @invariant()
    def a_second_account_gives_the_same_figures(self) -> None:
        assert account(self.events).steps() == Replay(self.events).figures()

    @invariant()
    def home_is_within_told_within_identified(self) -> None:
        ladder = account(self.events)
        assert ladder.home <= ladder.told <= ladder.identified <= ladder.with_candidate <= ladder.to_name

    @invariant()
    def one_person_in_two_or_two_names_on_one_is_a_conflict(self) -> None:
        ladder = account(self.events)
        singles = [each for each in ladder.decisions if each.named and len(each.decision.persons) == 1]
        for first in singles:
            for second in singles:
                same_person = first.decision.persons == second.decision.persons
                same_individual = bool(set(first.individuals) & set(second.individuals))
                if same_person != same_individual:
                    assert {first.code, second.code} <= set(ladder.beside()["conflicts"])

    @rule(pick=PICK)
    def revoked_and_decided_again__is_the_same(self, pick: int) -> None:
        alive = {each.code: each.decision for each in account(self.events).decisions}
        if code := self.one(sorted(alive), pick):
            decision = alive[code]
            again = [event("revoked", decision=code)]
            again.append(
                event("decided", decision=code, remains=list(decision.remains), persons=list(decision.persons))
            )
            again += [event(mark, decision=code) for mark in ("told", "home") if getattr(decision, mark)]
            assert account([*self.events, *again]).as_json() == account(self.events).as_json()


Exchange.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestExchange = Exchange.TestCase

# Bags first, then what is in them, then what is said of it: inside a part the order is nobody's business.
PARTS = [
    [event("scanned", bag=f"B{n}", line=line) for n, line in enumerate(["1", "3", "2", None, "9"], start=1)],
    [event("opened", bag=f"B{n}", found="human", remains=[f"R{n}", f"S{n}"]) for n in range(1, 5)],
    [event("split", remains="R1", into=["R1a", "R1b"]), event("split", remains="S2", into=["S2a", "S2b"])],
    [
        event("joined", remains=["R1a", "R3"]),
        event("joined", remains=["R3", "S2b"]),
        event("joined", remains=["R4", "S4"]),
        event("profile", remains="R3"),
        event("profile", remains="R4"),
        event("candidate", remains="S2b", person="P1"),
        event("candidate", remains="R2", person="P2"),
        event("candidate_closed", remains="R3", person="P1"),
        event("other_side", remains="S1"),
        event("counted_earlier", remains="S3"),
        event("non_human", remains="S2a"),
        event("decided", decision="D1", remains=["R4"], persons=["P3"]),
        event("decided", decision="D2", remains=["R2", "R1b"], persons=["P4"]),
    ],
    [event("told", decision="D1"), event("home", decision="D1"), event("told", decision="D2")],
]
ANYWHERE = [
    event("announced", by="A", low=3, high=4),
    event("announced", by="B", low=4, high=6),
    event("manifest", lines=["1", "2", "3"]),
    event("explained", count=1, reason="one bag stayed behind"),
]


@settings(max_examples=40, deadline=None)
@given(st.tuples(*(st.permutations(part) for part in PARTS)), st.permutations(ANYWHERE), st.data())
def test_order_of_independent_events__does_not_matter(parts, anywhere, data) -> None:
    events = [each for part in parts for each in part]
    for each in anywhere:
        events.insert(data.draw(st.integers(0, len(events))), each)
    in_order = [*ANYWHERE, *(each for part in PARTS for each in part)]
    assert account(events).as_json() == account(in_order).as_json()


def test_account__does_not_change_its_events() -> None:
    events = [*ANYWHERE, *(each for part in PARTS for each in part)]
    before = copy.deepcopy(events)
    assert list(account(events).steps()) == list(STEPS)
    assert events == before
