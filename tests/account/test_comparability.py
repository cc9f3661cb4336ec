"""When two figures can be compared, and what may then be said."""

from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.account.comparability import Answer, Counts, Figure, Slot, combine, compare
from homeward.account.vocabulary import CheckVerdict
from homeward.reader.claims import Modifier, Quantity, Status, What

DAY = date(2026, 1, 29)
AGREES, DIFFERS, CONTRADICTS, UNKNOWN = (
    CheckVerdict.AGREES,
    CheckVerdict.DIFFERS,
    CheckVerdict.CONTRADICTS,
    CheckVerdict.UNKNOWN,
)
BOTH = frozenset({"AAA", "BBB"})
PEOPLE = frozenset({What.PRISONERS, What.CIVILIANS})
NUMBER_WORDS = {
    "": Modifier.EXACT,
    "at least": Modifier.AT_LEAST,
    "more than": Modifier.MORE_THAN,
    "up to": Modifier.AT_MOST,
    "fewer than": Modifier.LESS_THAN,
    "about": Modifier.ABOUT,
}


def said(words: str) -> Quantity:
    """Returns the quantity of "at least 1,000"; "all" and "hundreds" have no number."""
    if words == "all":
        return Quantity(None, None, Modifier.ALL)
    if words == "hundreds":
        return Quantity(100, 999, Modifier.VAGUE)
    *modifier, number = words.replace(",", "").split()
    low, _, high = number.partition("-")
    kind = NUMBER_WORDS[" ".join(modifier)]
    open_above = kind in {Modifier.AT_LEAST, Modifier.MORE_THAN}
    open_below = kind in {Modifier.AT_MOST, Modifier.LESS_THAN}
    return Quantity(None if open_below else int(low), None if open_above else int(high or low), kind)


def text(words: str = "1,000", **known: Any) -> Figure:
    """Returns a figure of a text that says all but who speaks."""
    return Figure(
        **{
            "quantity": said(words),
            "conflict": BOTH,
            "kinds": frozenset({What.PRISONERS}),
            "giver": "AAA",
            "receiver": "BBB",
            "days": (DAY, DAY),
            "counts": Counts.EVENT,
            "status": Status.CARRIED_OUT,
            "category": "",
            **known,
        }
    )


def record(words: str = "1,000", **known: Any) -> Figure:
    """Returns a figure that both sides have counted."""
    return text(words, **{"said_by": BOTH, **known})


def deal(words: str, **known: Any) -> Figure:
    """Returns what was promised under one agreement, as both sides worded it."""
    promised = {"counts": Counts.AGREEMENT, "status": Status.AGREED, "days": None, "agreement": "geneva"}
    return record(words, **{**promised, **known})


def total(words: str, **known: Any) -> Figure:
    """Returns a running total over a year."""
    year = date(2025, 1, 1), date(2025, 12, 31)
    return record(words, **{"counts": Counts.RUNNING_TOTAL, "days": year, **known})


NO_WAY = {"giver": None, "receiver": None}
BACK = {"giver": "BBB", "receiver": "AAA"}
MONTH = date(2026, 1, 1), date(2026, 1, 31)
NEXT = date(2026, 1, 30), date(2026, 1, 30)
WEEK_BEFORE = date(2026, 1, 22), date(2026, 1, 22)
ONE_SIDE = frozenset({"BBB"})

CASES = [
    # number and modifier
    (text("1,000"), record("1,000"), AGREES, None),
    (text("900"), record("1,000"), CONTRADICTS, None),
    (text("1,001"), record("1,000"), CONTRADICTS, None),
    (text("0"), record("1,000"), CONTRADICTS, None),
    (text("1,000"), record("1,000-1,003"), AGREES, None),
    (text("1,004"), record("1,000-1,003"), CONTRADICTS, None),
    (text("at least 1,000"), record("1,003"), AGREES, None),
    (text("at least 1,004"), record("1,003"), CONTRADICTS, None),
    (text("more than 1,000"), record("1,003"), AGREES, None),
    (text("more than 6,000"), record("6,000"), DIFFERS, Slot.MODIFIER),
    (text("more than 6,000"), record("5,999"), CONTRADICTS, None),
    (text("more than 1,000"), record("at least 1,000"), AGREES, None),
    (text("up to 6,000"), record("6,000"), UNKNOWN, Slot.MODIFIER),
    (text("up to 6,000"), record("5,000"), UNKNOWN, Slot.MODIFIER),
    (text("up to 6,000"), record("7,000"), CONTRADICTS, None),
    (text("up to 6,000"), record("up to 6,000"), AGREES, None),
    (text("fewer than 6,000"), record("6,000"), UNKNOWN, Slot.MODIFIER),
    (text("up to 6,000"), record("at least 6,000"), UNKNOWN, Slot.MODIFIER),
    (text("about 1,000"), record("1,003"), AGREES, None),
    (text("about 1,000"), record("950"), AGREES, None),
    (text("about 1,000"), record("949"), DIFFERS, Slot.MODIFIER),
    (text("about 1,000"), record("1,200"), DIFFERS, Slot.MODIFIER),
    (text("hundreds"), record("1,000"), UNKNOWN, Slot.NUMBER),
    (text("all"), record("1,000"), UNKNOWN, Slot.NUMBER),
    (text("all"), record("all"), AGREES, None),
    (text(quantity=None), record("1,000"), UNKNOWN, Slot.NUMBER),
    (text("1,000"), record(quantity=None), UNKNOWN, Slot.NUMBER),
    # conflict
    (text("900", conflict=frozenset()), record(), DIFFERS, Slot.CONFLICT),
    (text("1,000", conflict=frozenset()), record(), AGREES, None),
    (text("900", conflict=frozenset({"AAA"})), record(), DIFFERS, Slot.CONFLICT),
    (text("900", conflict=frozenset({"CCC"}), **NO_WAY), record(), UNKNOWN, Slot.CONFLICT),
    (text("1,000", conflict=frozenset({"CCC", "DDD"}), **NO_WAY), record(), UNKNOWN, Slot.CONFLICT),
    # kind
    (text("189"), record("187"), CONTRADICTS, None),
    (text("189"), record("189", kinds=PEOPLE), AGREES, None),
    (text("190"), record("189", kinds=PEOPLE), DIFFERS, Slot.KIND),
    (text("190", kinds=PEOPLE), record("189", kinds=PEOPLE), CONTRADICTS, None),
    (text("1,000", kinds=frozenset({What.REMAINS})), record(), UNKNOWN, Slot.KIND),
    (text("900", kinds=frozenset()), record(), DIFFERS, Slot.KIND),
    # direction
    (text("1,000", **BACK), record(), UNKNOWN, Slot.DIRECTION),
    (text("900", **NO_WAY), record(), DIFFERS, Slot.DIRECTION),
    (text("1,000", **NO_WAY), record(), AGREES, None),
    (text("900", receiver=None), record(), DIFFERS, Slot.DIRECTION),
    (text("206", **NO_WAY), record("206", both_ways=True, **NO_WAY), AGREES, None),
    (text("205", **NO_WAY), record("206", both_ways=True, **NO_WAY), DIFFERS, Slot.DIRECTION),
    (text("103"), record("206", both_ways=True, **NO_WAY), UNKNOWN, Slot.DIRECTION),
    # time
    (text("900", days=None), record(), DIFFERS, Slot.TIME),
    (text("1,000", days=None), record(), AGREES, None),
    (text("900", days=NEXT), record(), DIFFERS, Slot.TIME),
    (text("1,000", days=NEXT), record(), AGREES, None),
    (text("900", days=WEEK_BEFORE), record(), UNKNOWN, Slot.TIME),
    (text("1,000", days=WEEK_BEFORE), record(), UNKNOWN, Slot.TIME),
    (text("900", days=MONTH), record(), DIFFERS, Slot.TIME),
    (text("900", days=MONTH), record(days=MONTH), DIFFERS, Slot.TIME),
    # scope
    (text("900", counts=None), record(), DIFFERS, Slot.SCOPE),
    (text("900"), record(counts=Counts.DAY), DIFFERS, Slot.SCOPE),
    (text("900"), total("16,483"), UNKNOWN, Slot.TIME),
    (text("900"), total("16,483", days=MONTH), UNKNOWN, Slot.SCOPE),
    (total("16,483"), total("16,483"), AGREES, None),
    (total("more than 1,000"), total("16,483"), DIFFERS, Slot.MODIFIER),
    (total("about 14,000"), total("more than 8,000"), DIFFERS, Slot.MODIFIER),
    (total("about 14,000"), total("14,060"), DIFFERS, Slot.MODIFIER),
    (total("more than 14,000"), total("about 14,000"), AGREES, None),
    (total("16,400"), total("16,483"), CONTRADICTS, None),
    (total("16,400", days=None), total("16,483"), DIFFERS, Slot.TIME),
    # status
    (text("1,000", status=Status.DEMANDED), record(), UNKNOWN, Slot.STATUS),
    (text("900", status=Status.PLANNED), record(), UNKNOWN, Slot.STATUS),
    (text("900", status=Status.DENIED), record(), UNKNOWN, Slot.STATUS),
    (text("900", status=None), record(), DIFFERS, Slot.STATUS),
    (deal("6,000", status=Status.DEMANDED), deal("6,000"), UNKNOWN, Slot.STATUS),
    # whole or part
    (text("31", category="wounded"), record("277"), UNKNOWN, Slot.PART),
    (text("31", category="wounded"), record("31", category="wounded"), AGREES, None),
    (text("40", category="wounded"), record("31", category="wounded"), DIFFERS, Slot.PART),
    (text("31", category="women"), record("31", category="wounded"), UNKNOWN, Slot.PART),
    (text("246", category=None), record("246", category="wounded"), AGREES, None),
    # whose figure
    (text("900"), record(said_by=ONE_SIDE), DIFFERS, Slot.VOICE),
    (text("900"), record(said_by=frozenset()), DIFFERS, Slot.VOICE),
    (text("900", said_by=ONE_SIDE), record(said_by=ONE_SIDE), CONTRADICTS, None),
    (text("900", said_by=frozenset({"AAA"})), record(said_by=ONE_SIDE), DIFFERS, Slot.VOICE),
    (text("1,000"), record(said_by=ONE_SIDE), AGREES, None),
    # agreements
    (deal("500"), deal("500"), AGREES, None),
    (deal("314"), deal("500"), CONTRADICTS, None),
    (deal("314", agreement="abu-dhabi"), deal("500"), UNKNOWN, Slot.TIME),
    (deal("314", agreement=None), deal("500"), DIFFERS, Slot.TIME),
    (deal("6,000"), deal("more than 6,000"), AGREES, None),
    (deal("up to 6,000"), deal("6,000"), UNKNOWN, Slot.MODIFIER),
    (deal("12,000"), deal("more than 6,000"), DIFFERS, Slot.MODIFIER),
    (deal("12,000"), deal("6,000"), CONTRADICTS, None),
    (deal("500"), record("500"), UNKNOWN, Slot.SCOPE),
]


@pytest.mark.parametrize(("one", "other", "verdict", "reason"), CASES)
def test_compare__gives_the_verdict_and_its_reason(
    one: Figure, other: Figure, verdict: CheckVerdict, reason: Slot | None
) -> None:
    found = compare(one, other)
    assert (found.verdict, found.reason) == (verdict, reason)


def test_the_page_has_every_slot_and_true_examples() -> None:
    page = (Path(__file__).parents[2] / "docs/concepts/comparability.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line.startswith("|")]
    slots = [row[0] for row in rows if row[0] in {slot.value for slot in Slot}]
    assert slots == [slot.value for slot in Slot]
    examples = [row for row in rows if len(row) == 4 and row[2] in {verdict.value for verdict in CheckVerdict}]
    assert len(examples) >= 15
    for told, on_record, verdict, reason in examples:
        found = compare(_figure(told, text), _figure(on_record, record))
        assert (found.verdict.value, found.reason.value if found.reason else "") == (verdict, reason), told


WORDS: dict[str, dict[str, Any]] = {
    "": {},
    "no date": {"days": None},
    "the day before": {"days": (date(2026, 1, 28), date(2026, 1, 28))},
    "a week before": {"days": WEEK_BEFORE},
    "demanded": {"status": Status.DEMANDED},
    "the other way": BACK,
    "no direction": NO_WAY,
    "wounded": {"category": "wounded"},
    "one side": {"said_by": ONE_SIDE},
    "another 2 of another kind counted with them": {"kinds": PEOPLE},
}


def _figure(cell: str, make: Any) -> Figure:
    number, _, words = cell.partition(", ")
    return make(number, **WORDS[words])


numbers = st.integers(0, 20)
quantities = st.one_of(
    st.none(),
    st.just(Quantity(None, None, Modifier.ALL)),
    st.builds(lambda low, more: Quantity(low, low + more, Modifier.EXACT), numbers, numbers),
    st.builds(
        lambda number, modifier: Quantity(number, number, modifier),
        numbers,
        st.sampled_from([one for one in Modifier if one is not Modifier.ALL]),
    ),
)
parties = st.sampled_from(["AAA", "BBB", "CCC", None])
days = st.sampled_from([(DAY, DAY), NEXT, WEEK_BEFORE, MONTH, None])
figures = st.builds(
    Figure,
    quantity=quantities,
    conflict=st.frozensets(st.sampled_from(["AAA", "BBB", "CCC"]), max_size=2),
    kinds=st.frozensets(st.sampled_from([What.PRISONERS, What.CIVILIANS, What.REMAINS]), max_size=2),
    giver=parties,
    receiver=parties,
    days=days,
    agreement=st.sampled_from(["one", "two", None]),
    counts=st.sampled_from([*Counts, None]),
    status=st.sampled_from([*Status, None]),
    category=st.sampled_from(["", "wounded", None]),
    said_by=st.frozensets(st.sampled_from(["AAA", "BBB"])),
)
NOTHING = Figure()
KNOWN = ("quantity", "conflict", "kinds", "giver", "receiver", "days", "agreement", "counts", "status", "category")


@given(figures, figures)
def test_compare__does_not_ask_which_of_the_two_comes_first(one: Figure, other: Figure) -> None:
    there, back = compare(one, other), compare(other, one)
    assert (there.verdict, there.reason, dict(there.answers)) == (back.verdict, back.reason, dict(back.answers))


@given(figures, figures, st.sampled_from([*KNOWN, "said_by"]))
def test_compare__contradicts_on_no_less_knowledge(one: Figure, other: Figure, slot: str) -> None:
    less = replace(one, **{slot: getattr(NOTHING, slot)})
    if compare(one, other).verdict is not CONTRADICTS:
        assert compare(less, other).verdict is not CONTRADICTS


@pytest.mark.parametrize("slot", KNOWN)
def test_compare__contradicts_with_nothing_unknown_alone(slot: str) -> None:
    before, record_figure = (deal("900"), deal("1,000")) if slot == "agreement" else (text("900"), record())
    assert compare(before, record_figure).verdict is CONTRADICTS
    less = replace(before, **{slot: getattr(NOTHING, slot)})
    assert compare(less, record_figure).verdict in {DIFFERS, UNKNOWN}


@given(figures)
def test_compare__a_figure_agrees_with_itself(figure: Figure) -> None:
    found = compare(figure, figure)
    assert found.verdict is (UNKNOWN if figure.quantity is None else AGREES)
    assert Answer.DIFFERENT not in found.answers.values()


@given(st.lists(st.tuples(figures, figures), max_size=3))
def test_combine__is_the_same_in_any_order(pairs: list[tuple[Figure, Figure]]) -> None:
    comparisons = [compare(one, other) for one, other in pairs]
    verdicts = {found.verdict for order in permutations(comparisons) if (found := combine(order))}
    assert len(verdicts) == min(1, len(pairs))


def test_combine__needs_all_tellings_against_a_figure() -> None:
    def together(words: str, *others: Figure, **known: Any) -> CheckVerdict:
        found = combine(compare(text(words, **known), other) for other in others)
        assert found
        return found.verdict

    assert together("1,000", record("1,000"), record("1,003")) is AGREES
    assert together("900", record("1,000"), record("1,003")) is CONTRADICTS
    assert together("189", record("187"), record("189", kinds=PEOPLE)) is AGREES
    assert together("190", record("187"), record("189", kinds=PEOPLE)) is CONTRADICTS
    assert together("900", record("1,000"), record("1,003", counts=None)) is DIFFERS
    assert together("6,000", record("5,000"), record("up to 7,000")) is UNKNOWN
    assert combine([]) is None


def test_combine__a_direction_that_is_enumerated_is_no_doubt() -> None:
    worded = deal("6,000"), deal("6,000", **BACK), deal("more than 6,000")
    comparisons = [compare(deal("12,000", **NO_WAY), other) for other in worded]
    doubtful, settled = combine(comparisons), combine(comparisons, enumerated=frozenset({Slot.DIRECTION}))
    assert (doubtful and doubtful.verdict, settled and settled.verdict) == (DIFFERS, CONTRADICTS)
