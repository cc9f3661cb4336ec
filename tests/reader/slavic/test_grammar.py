"""What the grammar reads in one sentence, slot by slot, and what the second reader says independently of it."""

import pytest
from tests.reader.slavic.steps import PUBLISHED, clauses

from homeward.reader import Document, read
from homeward.reader.claims import Band, What
from homeward.reader.clauses import Clause, Frame, Mood, Polarity, Sharing


def only(text: str, language: str = "uk") -> Clause:
    [clause] = clauses(text, language)
    return clause


@pytest.mark.parametrize(
    ("text", "agent", "recipient", "source"),
    [
        ("Росія передала Україні 1000 тіл.", "RUS", "UKR", None),
        ("Україні передала 1000 тіл Росія.", "RUS", "UKR", None),
        ("1000 тіл передано Росією Україні.", "RUS", "UKR", None),
        ("1000 тіл були передані Україні.", None, "UKR", None),
        ("Україна отримала від Росії 1000 тіл.", "UKR", None, "RUS"),
        ("Українська сторона передала російській 38 тіл.", "UKR", None, None),
        ("Київ передав Москві 38 тіл.", "UKR", "RUS", None),
        ("У Києві передали 38 тіл.", None, None, None),
        ("З російського полону звільнено 84 захисники.", None, None, "RUS"),
        ("На підконтрольну Києву територію повернуто 84 тіла.", None, "UKR", None),
        ("Представник Києва передав 84 тіла.", "UKR", None, None),
        ("38 тіл Росії передав Київ.", "UKR", "RUS", None),
        ("Україна, яка прийняла тіла, передала Росії 38 тіл.", "UKR", "RUS", None),
    ],
)
def test_read__tells_who_gives_and_receives_by_case(
    text: str, agent: str | None, recipient: str | None, source: str | None
) -> None:
    clause = next(clause for clause in clauses(text) if clause.patient.figure is not None)
    assert (clause.agent, clause.recipient, clause.source) == (agent, recipient, source)


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("Україна повернула Росії 38 тіл.", Frame.GIVE),
        ("Україна повернула своїх 38 полонених.", Frame.RECEIVE),
        ("Україна повернула з Росії 5 дітей.", Frame.RECEIVE),
        ("Україна повернула 205 українських захисників.", Frame.RECEIVE),
        ("Катар повернув 5 дітей.", Frame.BRING),
        ("Україні повернули 1000 тіл.", Frame.GIVE),
    ],
)
def test_read__tells_giving_back_from_getting_back(text: str, frame: Frame) -> None:
    assert only(text).frame is frame


@pytest.mark.parametrize(
    ("text", "mood", "polarity"),
    [
        ("Росія передасть Україні 500 тіл.", Mood.PLANNED, Polarity.AFFIRMED),
        ("Росія має передати Україні 500 тіл.", Mood.PLANNED, Polarity.AFFIRMED),
        ("Росія погодилася передати Україні 500 тіл.", Mood.AGREED, Polarity.AFFIRMED),
        ("Росія мусить передати Україні 500 тіл.", Mood.DEMANDED, Polarity.AFFIRMED),
        ("Росія змогла передати Україні 500 тіл.", Mood.FACT, Polarity.AFFIRMED),
        ("Росія не змогла передати Україні 500 тіл.", Mood.FACT, Polarity.DENIED),
        ("Росія відмовилася передати Україні 500 тіл.", Mood.FACT, Polarity.DENIED),
        ("Якщо Росія передасть Україні 500 тіл, усе зміниться.", Mood.UNREAL, Polarity.AFFIRMED),
        ("Росія може передати Україні 500 тіл.", Mood.UNREAL, Polarity.AFFIRMED),
        ("Росія нібито передала Україні 500 тіл.", Mood.DISPUTED, Polarity.AFFIRMED),
        ("Київ спростував, що Росія передала Україні 500 тіл.", Mood.DISPUTED, Polarity.AFFIRMED),
        ("Чи передала Росія Україні 500 тіл?", Mood.UNREAL, Polarity.AFFIRMED),
    ],
)
def test_read__lets_the_status_climb_from_the_verb(text: str, mood: Mood, polarity: Polarity) -> None:
    clause = only(text)
    assert (clause.mood, clause.polarity) == (mood, polarity)


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("Росія утримує 186 цивільних.", Frame.HOLD),
        ("Ідентифіковано 300 тіл.", Frame.IDENTIFY),
        ("Загинули 12 людей.", Frame.KILL),
        ("Зникли 40 військових.", Frame.MISS),
    ],
)
def test_read__tells_figures_that_do_not_move(text: str, frame: Frame) -> None:
    assert only(text).frame is frame


def test_read__gives_both_halves_of_a_pair_a_way() -> None:
    ways = {(c.half, c.agent, c.recipient) for c in clauses("Відбувся обмін 193 на 193.")}
    assert ways == {(1, "RUS", "UKR"), (2, "UKR", "RUS")}


def test_read__adds_both_sides_up_where_both_are_the_subject() -> None:
    assert only("Україна та Росія обмінялися 206 полоненими.").sharing is Sharing.SUMMED


def test_read__resolves_we_and_home_to_whoever_speaks() -> None:
    clause = only("«Ми повернули додому 95 наших військових», – сказав Мединський.")
    assert (clause.agent, clause.patient.nation, clause.homeward) == ("RUS", "RUS", True)


def test_read__does_not_take_a_clause_on_whose_bodies_they_are_for_the_speakers() -> None:
    text = "Передано 1000 тіл, які, за словами російської сторони, належать українським бійцям, повідомив Лубінець."
    clause = next(clause for clause in clauses(text) if clause.patient.figure is not None)
    assert clause.reporter is not None
    assert clause.reporter.party == "UKR"


@pytest.mark.parametrize(
    "text",
    ["Росія передала Україні 1000 тіл.", "Україна передала Росії 38 тіл.", "В Україну повернули 757 тіл полеглих."],
)
def test_windows__agree_with_the_grammar_on_plain_sentences(text: str) -> None:
    [grammar], [windows] = clauses(text), clauses(text, windows=True)
    same = ("frame", "agent", "recipient", "source", "mood", "polarity")
    assert [getattr(grammar, name) for name in same] == [getattr(windows, name) for name in same]
    assert grammar.patient.what is windows.patient.what


def test_windows__are_silent_where_an_infinitive_has_no_control_that_they_know() -> None:
    assert clauses("Росія вчиться передати Україні 500 тіл.", windows=True) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Обміни України та Росії.\nТорік з російського полону повернулися:\n24 серпня – 146 військових;\n"),
        (
            "ru",
            "Обмены России и Украины.\nВ прошлом году из российского плена вернулись:\n• 24 августа – 146 военных.\n",
        ),
    ],
)
def test_read__gives_the_lines_of_a_list_the_verb_of_its_heading(language: str, text: str) -> None:
    [claim] = read(Document(body=text, published=PUBLISHED, language=language)).claims
    assert (claim.giver, claim.receiver, claim.when, claim.band) == ("RUS", "UKR", "2025-08-24", Band.TO_CONFIRM)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Росія передала Україні 20 захисників, які загинули в полоні."),
        ("ru", "Россия передала Украине 20 военных, которые погибли в плену."),
    ],
)
def test_read__takes_those_who_died_for_bodies(language: str, text: str) -> None:
    [clause] = clauses(text, language)
    assert clause.patient.what is What.REMAINS
