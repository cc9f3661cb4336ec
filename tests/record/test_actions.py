"""Articles read by staff: what becomes of the claims that the reader proposes."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from homeward import dates
from homeward.access.models import User
from homeward.errors import InputError, NotPermittedError
from homeward.journal.actors import SYSTEM
from homeward.journal.models import Event
from homeward.reader import Document, read
from homeward.reader.claims import Claim as ReadClaim
from homeward.reader.claims import Kind, Quantity, Scope, Span, Status, What
from homeward.record import actions
from homeward.record.models import Article, Claim, Excerpt, Exchange, ProposedClaim, Transfer

BODY = (
    "Alpha gave back 1,000 bodies on 10 April 2026. The last exchange was in November 2025, when 1,000 came home. "
    "The two sides met halfway, near a bridge, and each counted what the other had brought. Nobody else was there, "
    "and both went home before it was dark, as they had agreed with the people who stood between them."
)


@pytest.fixture
def article(alice: User) -> Article:
    """An article of Alice's, published after the shipped record ends."""
    actions.load_shipped(by=SYSTEM)
    document = Document(body=BODY, source="https://example.org/april", published="2026-04-11")
    return actions.submit_article(document=document, by=alice)


def propose(article: Article, **fields: Any) -> ProposedClaim:
    """Returns a proposal beside those of the reader."""
    values: dict[str, Any] = {
        "kind": Kind.TRANSFER,
        "span": Span(0, 28, BODY[:28]),
        "what": What.REMAINS,
        "quantity": Quantity.exact(1000),
        "giver": "RUS",
        "receiver": "UKR",
        "when": "2026-04-10",
        "speaker": "Alice",
    }
    claim = ReadClaim(**{**values, **fields})
    position = 100 + article.proposals.count()
    return ProposedClaim.objects.create(article=article, position=position, data=claim.as_json())


def test_submit_article__twice_is_one_article(article: Article, alice: User, bob: User) -> None:
    before = Event.objects.count()
    again = Document(body=BODY, source="https://example.org/april", published="2026-04-11")
    assert actions.submit_article(document=again, by=bob) == article
    assert (Article.objects.count(), Event.objects.count()) == (1, before)


def test_submit_article__at_the_same_moment_is_one_article(
    alice: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = Document(body=BODY, published="2026-04-11")

    def bounds_while_another_submits(*given: Any, **named: Any) -> dates.Bounds:
        monkeypatch.undo()
        actions.submit_article(document=document, by=bob)
        return dates.bounds(*given, **named)

    monkeypatch.setattr(dates, "bounds", bounds_while_another_submits)
    assert actions.submit_article(document=document, by=alice).submitted_by == bob
    assert Event.objects.filter(action="record.article_submitted").count() == 1


def test_accept__makes_a_new_exchange_once(article: Article, alice: User) -> None:
    proposal = propose(article)
    claim = actions.accept_claim(proposal=proposal, by=alice)
    assert claim.transfer is not None
    assert claim.transfer.exchange.slug == "2026-04-10-remains"
    assert (claim.confirmed_by, claim.quote, claim.statement.speaker) == (alice, BODY[:28], "Alice")
    n_events = Event.objects.count()
    assert actions.accept_claim(proposal=proposal, by=alice) == claim
    assert actions.accept_claim(proposal=propose(article), by=alice) == claim  # the same words, read again
    assert Claim.objects.filter(key=claim.key).count() == 1
    assert Event.objects.count() == n_events + 1
    assert Exchange.objects.filter(slug__startswith="2026-04-10").count() == 1


@pytest.mark.parametrize(
    ("when", "slug"),
    [
        ("[2026-04-10,2026-04-12]", "2026-04-10-2026-04-12-remains"),
        ("2026-04-10T09:30:00Z", "2026-04-10t093000z-remains"),
        ("2026-04-10/2026-04-12", "2026-04-10-to-2026-04-12-remains"),
    ],
)
def test_accept__gives_every_date_an_exchange_whose_page_opens(
    article: Article, alice: User, client: Client, when: str, slug: str
) -> None:
    actions.accept_claim(proposal=propose(article, when=when), by=alice)
    assert Exchange.objects.filter(slug=slug, when=when).exists()
    assert client.get(reverse("public:exchange", args=[slug])).status_code == 200
    assert client.get(reverse("public:exchanges")).status_code == 200


@pytest.mark.parametrize("when", ["0001-01-01", "9999-12-31"])
def test_accept__reaches_the_ends_of_the_calendar(article: Article, alice: User, when: str) -> None:
    assert actions.accept_claim(proposal=propose(article, when=when), by=alice).transfer is not None


def test_accept__puts_the_other_direction_in_the_same_exchange(article: Article, alice: User) -> None:
    actions.accept_claim(proposal=propose(article), by=alice)
    back = actions.accept_claim(
        proposal=propose(article, giver="UKR", receiver="RUS", quantity=Quantity.exact(38)), by=alice
    )
    assert back.transfer is not None
    assert back.transfer.exchange.transfers.count() == 2


def test_accept__attaches_to_the_transfer_that_it_speaks_of(article: Article, alice: User) -> None:
    n_exchanges = Exchange.objects.count()
    claim = actions.accept_claim(proposal=propose(article, when="2025-12-19", quantity=Quantity.exact(1003)), by=alice)
    assert claim.transfer is not None
    assert claim.transfer.exchange.slug == "2025-12-19-remains"
    assert Exchange.objects.count() == n_exchanges


def test_accept__a_back_reference_never_makes_an_exchange(article: Article, alice: User) -> None:
    n_exchanges, n_transfers = Exchange.objects.count(), Transfer.objects.count()
    known = actions.accept_claim(proposal=propose(article, when="2025-11", back_reference=True), by=alice)
    unknown = actions.accept_claim(proposal=propose(article, when="2026-03-20", back_reference=True), by=alice)
    assert known.transfer is not None
    assert known.transfer.exchange.slug == "2025-11-20-remains"
    assert unknown.transfer is None
    assert (Exchange.objects.count(), Transfer.objects.count()) == (n_exchanges, n_transfers)


def test_accept__a_month_with_several_exchanges_is_not_guessed(article: Article, alice: User) -> None:
    claim = actions.accept_claim(proposal=propose(article, when="2025-06", quantity=Quantity.exact(77)), by=alice)
    assert claim.transfer is None


def test_accept__stores_an_excerpt_and_not_the_text(article: Article, alice: User) -> None:
    Article.objects.filter(pk=article.pk).update(text=BODY + " More." * 500)
    actions.accept_claim(proposal=propose(article), by=alice)
    assert len(Excerpt.objects.get().text) < 200


def test_accept__keeps_the_words_around_every_span_near_the_beginning(article: Article, alice: User) -> None:
    for start, end in ((0, 5), (30, 60), (6, 20)):
        actions.accept_claim(proposal=propose(article, span=Span(start, end, BODY[start:end])), by=alice)
    (excerpt,) = Excerpt.objects.all()
    assert (excerpt.start, excerpt.text) == (0, BODY[: 60 + 160])


def test_accept__refuses_a_party_that_the_record_does_not_have(article: Article, alice: User) -> None:
    n_exchanges, n_events = Exchange.objects.count(), Event.objects.count()
    with pytest.raises(InputError, match='found "ZZZ"'):
        actions.accept_claim(proposal=propose(article, giver="ZZZ"), by=alice)
    assert (Exchange.objects.count(), Event.objects.count()) == (n_exchanges, n_events)


def test_correct__records_what_was_changed(article: Article, alice: User) -> None:
    proposal = propose(article)
    data = {**proposal.data, "quantity": Quantity.exact(1003).as_json()}
    claim = actions.correct_claim(proposal=proposal, data=data, by=alice)
    proposal.refresh_from_db()
    assert (claim.low, proposal.state, proposal.data["quantity"]["low"]) == (1003, "corrected", 1003)
    event = Event.objects.last()
    assert event is not None
    assert (event.action, event.data["before"]["quantity"]["low"]) == ("record.claim_corrected", 1000)


def test_correct__refuses_words_that_are_not_in_the_article(article: Article, alice: User) -> None:
    proposal = propose(article)
    data = {**proposal.data, "span": {"start": 0, "end": 5, "text": "Gamma"}}
    with pytest.raises(InputError, match="words that stand there"):
        actions.correct_claim(proposal=proposal, data=data, by=alice)
    with pytest.raises(InputError, match="the fields of a claim"):
        actions.correct_claim(proposal=proposal, data={"kind": "transfer"}, by=alice)
    with pytest.raises(InputError, match="EDTF"):
        actions.correct_claim(proposal=proposal, data={**proposal.data, "when": "soon"}, by=alice)


def test_reject__stands_and_is_not_taken_back(article: Article, alice: User) -> None:
    proposal = propose(article)
    n_claims = Claim.objects.count()
    actions.reject_claim(proposal=proposal, by=alice, reason="a figure of another war")
    n_events = Event.objects.count()
    assert actions.reject_claim(proposal=proposal, by=alice).state == "rejected"
    assert (Claim.objects.count(), Event.objects.count()) == (n_claims, n_events)
    with pytest.raises(InputError, match="a claim already rejected"):
        actions.accept_claim(proposal=proposal, by=alice)


def test_decisions__are_refused_to_others(article: Article, charlie: User, auditor: User) -> None:
    proposal = propose(article)
    for other in (charlie, auditor):
        with pytest.raises(NotPermittedError):
            actions.accept_claim(proposal=proposal, by=other)
        with pytest.raises(NotPermittedError):
            actions.reject_claim(proposal=proposal, by=other)
    with pytest.raises(NotPermittedError):
        actions.submit_article(document=Document(body="Nothing."), by=auditor)
    proposal.refresh_from_db()
    assert proposal.state == "proposed"


def test_accept__joins_civilians_freed_with_prisoners_but_no_bodies(article: Article, alice: User) -> None:
    def exchange_of(what: What) -> Exchange:
        # Of 11 April the record has an exchange of prisoners, whose number is unknown: a day further off.
        proposal = propose(article, what=what, when="2026-04-20")
        transfer = actions.accept_claim(proposal=proposal, by=alice).transfer
        assert transfer is not None
        return transfer.exchange

    prisoners, civilians, remains = (exchange_of(what) for what in (What.PRISONERS, What.CIVILIANS, What.REMAINS))
    assert civilians == prisoners
    assert remains != prisoners


def test_accept__makes_another_exchange_of_the_same_day_for_other_parties(article: Article, alice: User) -> None:
    first = actions.accept_claim(proposal=propose(article), by=alice).transfer
    second = actions.accept_claim(proposal=propose(article, giver="UKR", receiver="TUR"), by=alice).transfer
    assert first is not None
    assert second is not None
    assert (first.exchange.slug, second.exchange.slug) == ("2026-04-10-remains", "2026-04-10-remains-2")


def test_accept__joins_no_exchange_that_was_called_off(article: Article, alice: User) -> None:
    first = actions.accept_claim(proposal=propose(article), by=alice).transfer
    assert first is not None
    Exchange.objects.filter(pk=first.exchange_id).update(aborted=True)
    other = actions.accept_claim(proposal=propose(article, giver="UKR", receiver="RUS"), by=alice).transfer
    assert other is not None
    assert other.exchange_id != first.exchange_id


@pytest.mark.parametrize(
    "fields",
    [{"status": Status.PLANNED}, {"scope": Scope.CUMULATIVE}, {"kind": Kind.TALKS}, {"receiver": None}],
    ids=["plan", "running total", "talks", "no direction"],
)
def test_accept__makes_no_exchange_of_what_is_no_hand_over(
    article: Article, alice: User, fields: dict[str, Any]
) -> None:
    n_exchanges = Exchange.objects.count()
    claim = actions.accept_claim(proposal=propose(article, **fields), by=alice)
    assert claim.transfer is None
    assert Exchange.objects.count() == n_exchanges


def test_accept__knows_a_pasted_text_by_its_hash_and_takes_no_name_for_an_address(alice: User) -> None:
    actions.load_shipped(by=SYSTEM)
    document = Document(body=BODY, source="javascript:alert(1)", published="2026-04-11")
    article = actions.submit_article(document=document, by=alice)
    source = actions.accept_claim(proposal=propose(article), by=alice).statement.source
    assert (source.url, source.text_sha256) == ("", article.text_sha256)


def test_correct__again_in_the_same_way_changes_nothing_and_otherwise_is_refused(article: Article, alice: User) -> None:
    proposal = propose(article)
    data = {**proposal.data, "quantity": Quantity.exact(1003).as_json()}
    claim = actions.correct_claim(proposal=proposal, data=data, by=alice)
    n_events = Event.objects.count()
    assert actions.correct_claim(proposal=proposal, data=data, by=alice) == claim
    with pytest.raises(InputError, match="a claim already corrected"):
        actions.correct_claim(proposal=proposal, data={**data, "when": "2026-04-09"}, by=alice)
    assert Event.objects.count() == n_events


def test_propose_claims__of_an_article_that_was_read_adds_nothing(article: Article, alice: User) -> None:
    proposed = list(article.proposals.values_list("pk", "data"))
    n_events = Event.objects.count()
    reading = read(Document(body="Russia returned 7 bodies to Ukraine."))
    actions.propose_claims(article=article, reading=reading, by=alice)
    assert list(article.proposals.values_list("pk", "data")) == proposed
    assert Event.objects.count() == n_events
