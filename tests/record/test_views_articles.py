"""The staff's pages: reading an article and deciding on its claims."""

import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from homeward.access.models import User
from homeward.journal.actors import SYSTEM
from homeward.journal.models import Event
from homeward.reader import Document
from homeward.record.actions import load_shipped, submit_article
from homeward.record.models import Article, Claim, ProposedClaim

TEXT = (
    "Source: example\nPublished: 2026-02-27\nLanguage: en\n\n"
    "Russia handed over the bodies of 1,000 soldiers to Ukraine on 26 February 2026, "
    "the Coordination Headquarters said. "
    "Ukraine handed over 35 bodies to Russia, Vladimir Medinsky said."
)


@pytest.fixture
def article(db: None, alice: User) -> Article:
    """An article of Alice's organisation, nothing of it decided."""
    load_shipped(by=SYSTEM)
    return submit_article(document=Document.from_text(TEXT), by=alice)


def staff_addresses(article: Article) -> list[str]:
    place = [article.pk, 0]
    return [
        reverse("record:article", args=[article.pk]),
        reverse("record:correct_claim", args=place),
        reverse("record:accept_claim", args=place),
        reverse("record:reject_claim", args=place),
    ]


def correction(proposal: ProposedClaim, **changes: object) -> dict[str, object]:
    data = proposal.data
    form = {"kind": data["kind"], "what": data["what"] or "", "status": data["status"], "scope": data["scope"]}
    form |= {"giver": data["from"] or "", "receiver": data["to"] or "", **(data["quantity"] or {})}
    form |= {"speaker": data["speaker"] or "", "when": data["when"] or ""}
    return {name: value for name, value in {**form, **changes}.items() if value is not None}


def test_staff_pages__send_strangers_to_sign_in(client: Client, article: Article) -> None:
    for address in [*staff_addresses(article), reverse("record:articles"), reverse("record:submit_article")]:
        response = client.post(address) if "accept" in address or "reject" in address else client.get(address)
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/account/login/")


def test_staff_pages__do_not_exist_for_charlie(client: Client, article: Article, charlie: User) -> None:
    client.force_login(charlie)
    assert "No. 1" not in client.get(reverse("record:articles")).content.decode()
    assert list(client.get(reverse("record:articles")).context["page"]) == []
    page, correct, accept, reject = staff_addresses(article)
    assert [client.get(page).status_code, client.get(correct).status_code] == [404, 404]
    assert [client.post(correct).status_code, client.post(accept).status_code, client.post(reject).status_code] == [
        404,
        404,
        404,
    ]
    assert set(ProposedClaim.objects.values_list("state", flat=True)) == {"proposed"}


def test_staff_pages__are_refused_to_an_auditor(client: Client, article: Article, auditor: User) -> None:
    client.force_login(auditor)
    assert client.get(reverse("record:articles")).status_code == 403
    assert client.post(staff_addresses(article)[2]).status_code == 403


def test_submit__reads_a_pasted_text(client: Client, alice: User) -> None:
    client.force_login(alice)
    response = client.post(reverse("record:submit_article"), {"text": TEXT, "publisher": "Example Press"})
    found = Article.objects.get()
    assert response.headers["Location"] == reverse("record:article", args=[found.pk])
    assert (found.publisher, found.published, found.source_name) == ("Example Press", "2026-02-27", "example")
    assert found.proposals.count() >= 2


def test_submit__reads_a_file_and_the_same_text_once(client: Client, alice: User) -> None:
    client.force_login(alice)
    for _ in range(2):
        client.post(reverse("record:submit_article"), {"file": SimpleUploadedFile("a.txt", TEXT.encode())})
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "either a text or a file"),
        ({"text": "a" * 1_000_001}, "longer than 1 MB"),
        ({"text": "   "}, "no text in it"),
        ({"file": SimpleUploadedFile("a.txt", b"\x00\x01")}, "no text that can be read"),
        ({"file": SimpleUploadedFile("a.txt", b"caf\x01 said 10 bodies")}, "no text that can be read"),
    ],
)
def test_submit__refuses_what_cannot_be_read(
    client: Client, alice: User, data: dict[str, object], message: str
) -> None:
    client.force_login(alice)
    response = client.post(reverse("record:submit_article"), data)
    assert response.status_code == 400
    assert message in response.content.decode()
    assert not Article.objects.exists()


def test_submit__says_which_dictionary_is_missing(client: Client, alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymorphy3", None)
    client.force_login(alice)
    text = "Росія передала Україні тіла 1000 військових."
    response = client.post(reverse("record:submit_article"), {"text": text})
    assert response.status_code == 400
    assert "homeward[languages]" in response.content.decode()
    assert not Article.objects.exists()


def test_article__underlines_claims_and_checks_them(client: Client, article: Article, alice: User) -> None:
    client.force_login(alice)
    response = client.get(reverse("record:article", args=[article.pk]))
    quoted = [piece for piece in response.context["pieces"] if piece.claims]
    assert "".join(piece.text for piece in response.context["pieces"]) == article.text
    assert len(quoted) >= 2
    assert [check.verdict.value for check in response.context["checks"]].count("agrees") >= 1


def test_article__names_its_thousandth_claim_as_the_addresses_do(client: Client, article: Article, alice: User) -> None:
    client.force_login(alice)
    proposal = article.proposals.get(position=1)
    ProposedClaim.objects.filter(pk=proposal.pk).update(position=1000)
    page = client.get(reverse("record:article", args=[article.pk])).content.decode()
    assert 'id="claim-1000"' in page
    assert 'data-position="1000"' in page
    assert "#claim-1000" in client.get(reverse("record:correct_claim", args=[article.pk, 1000])).content.decode()


def test_article__asks_the_database_a_fixed_number_of_times(
    client: Client, article: Article, alice: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(alice)
    address = reverse("record:article", args=[article.pk])
    client.get(address)
    with django_assert_num_queries(7):
        client.get(address)


def test_accept__enters_the_claim_with_an_event_and_goes_on(client: Client, article: Article, alice: User) -> None:
    client.force_login(alice)
    response = client.post(reverse("record:accept_claim", args=[article.pk, 0]))
    proposal = article.proposals.get(position=0)
    assert proposal.state == "accepted"
    assert proposal.claim is not None
    assert response.headers["Location"].endswith("#claim-1")
    assert Event.objects.filter(action="record.claim_accepted").count() == 1


def test_reject__enters_nothing(client: Client, article: Article, alice: User) -> None:
    client.force_login(alice)
    n_claims = Claim.objects.count()
    client.post(reverse("record:reject_claim", args=[article.pk, 0]))
    assert article.proposals.get(position=0).state == "rejected"
    assert Claim.objects.count() == n_claims


def test_accept__of_a_rejected_claim_is_refused_in_words(client: Client, article: Article, alice: User) -> None:
    client.force_login(alice)
    client.post(reverse("record:reject_claim", args=[article.pk, 0]))
    response = client.post(reverse("record:accept_claim", args=[article.pk, 0]), follow=True)
    assert "Claim 1 was rejected already." in response.content.decode()


def test_correct__enters_the_claim_as_corrected(client: Client, article: Article, alice: User) -> None:
    client.force_login(alice)
    proposal = article.proposals.get(position=1)
    address = reverse("record:correct_claim", args=[article.pk, 1])
    assert client.get(address).status_code == 200
    response = client.post(address, correction(proposal, speaker="Shamsail Saraliev", low=36, high=36))
    assert response.status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "corrected"
    assert proposal.claim is not None
    assert (proposal.claim.low, proposal.claim.statement.speaker) == (36, "Shamsail Saraliev")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"low": 40, "high": 30}, "above the higher"),
        ({"modifier": ""}, "how the figure is meant"),
        ({"low": "", "high": ""}, "Give the figure"),
        ({"when": "soon"}, "is no date that Homeward reads"),
        ({"giver": "RUS", "receiver": "RUS"}, "are the same party"),
    ],
)
def test_correct__refuses_what_is_no_claim(
    client: Client, article: Article, alice: User, changes: dict[str, object], message: str
) -> None:
    client.force_login(alice)
    proposal = article.proposals.get(position=0)
    response = client.post(reverse("record:correct_claim", args=[article.pk, 0]), correction(proposal, **changes))
    assert response.status_code == 400
    assert message in response.content.decode()
    proposal.refresh_from_db()
    assert proposal.state == "proposed"


def test_reopen__takes_a_rejection_back_and_journals_it(client: Client, article: Article, alice: User) -> None:
    client.force_login(alice)
    client.post(reverse("record:reject_claim", args=[article.pk, 0]))
    page = client.get(reverse("record:article", args=[article.pk])).content.decode()
    assert reverse("record:reopen_claim", args=[article.pk, 0]) in page
    client.post(reverse("record:reopen_claim", args=[article.pk, 0]))
    proposal = article.proposals.get(position=0)
    assert (proposal.state, proposal.decided_by, proposal.decided_at) == ("proposed", None, None)
    assert Event.objects.filter(action="record.claim_reopened").count() == 1
    client.post(reverse("record:reopen_claim", args=[article.pk, 0]))
    assert Event.objects.filter(action="record.claim_reopened").count() == 1


def test_reopen__leaves_what_was_published(client: Client, article: Article, alice: User) -> None:
    client.force_login(alice)
    client.post(reverse("record:accept_claim", args=[article.pk, 0]))
    response = client.post(reverse("record:reopen_claim", args=[article.pk, 0]), follow=True)
    assert article.proposals.get(position=0).state == "accepted"
    assert "Claim 1 was accepted already." in response.content.decode()


def test_reopen__is_not_for_charlie_nor_an_auditor(
    client: Client, article: Article, alice: User, charlie: User, auditor: User
) -> None:
    client.force_login(alice)
    client.post(reverse("record:reject_claim", args=[article.pk, 0]))
    for user, status in ((charlie, 404), (auditor, 403)):
        client.force_login(user)
        assert client.post(reverse("record:reopen_claim", args=[article.pk, 0])).status_code == status
    assert article.proposals.get(position=0).state == "rejected"


def test_error_of_an_action__is_told_in_the_language_of_the_person(
    client: Client, article: Article, alice: User
) -> None:
    User.objects.filter(pk=alice.pk).update(language="uk")
    client.force_login(alice)
    client.post(reverse("record:reject_claim", args=[article.pk, 0]))
    response = client.post(reverse("record:accept_claim", args=[article.pk, 0]), follow=True)
    assert "Твердження 1 уже відхилено. Спершу поверніть його." in response.content.decode()
