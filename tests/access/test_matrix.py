"""Every model, page and API route for everybody who might come: nobody sees more than was declared."""

import sys
from types import ModuleType

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.test import Client, override_settings
from django.urls import get_resolver, path, reverse
from pytest_django import Settings
from tests.access import matrix

from homeward.access.actions import add_token, revoke_share, share
from homeward.access.declarations import Door, public, requires
from homeward.access.models import Membership, MembershipRole, Organisation, User
from homeward.access.roles import Permission, Role, TokenScope
from homeward.access.second_factor import SecondFactorRule
from homeward.jobs.models import Job
from homeward.journal.actions import sign_checkpoint, write
from homeward.journal.actors import SYSTEM
from homeward.journal.checkpoints import private_key
from homeward.reader import Document
from homeward.record.actions import load_shipped, submit_article
from homeward.record.models import Agreement, Article, Exchange, Source

pytestmark = pytest.mark.django_db
SECRET = "Bridge of Sighs"
TEXT = f"Source: example\nPublished: 2026-02-27\nLanguage: en\n\nRussia handed over 1,000 bodies to Ukraine, {SECRET}."


@pytest.fixture
def article(alice: User) -> Article:
    """An article of Alice's organisation, of which nobody else may read a word."""
    load_shipped(by=SYSTEM)
    return submit_article(document=Document.from_text(TEXT), by=alice)


@pytest.fixture
def gamma() -> Organisation:
    """A third organisation, to which something of Alice's is shown, so that Charlie's is not the one that sees it."""
    return Organisation.objects.create(name="Bureau of Gamma", slug="bureau-of-gamma")


@pytest.fixture
def examples(article: Article, alice: User, gamma: Organisation) -> dict[str, models.Model]:
    """One row of Alice's organisation for each scoped model."""
    return {
        "access.user": alice,
        "access.membership": alice.membership,
        "access.membershiprole": MembershipRole.objects.get(membership__user=alice),
        "access.token": add_token(user=alice, scope=TokenScope.SCAN, days=1, by=SYSTEM)[0],
        "access.share": share(row=article, receiver=gamma, by=SYSTEM),
        "jobs.job": Job.objects.get(about=f"article:{article.pk}"),
        "record.article": article,
        "record.proposedclaim": article.proposals.get(position=0),
    }


@pytest.fixture
def viewers(bureau: Organisation, other_bureau: Organisation) -> list[matrix.Viewer]:
    """A stranger, and in each of two organisations every role, all roles, no role and a closed account."""
    found = [matrix.Viewer("a stranger", AnonymousUser())]
    for house, own in ((bureau, True), (other_bureau, False)):
        kinds: dict[str, list[Role]] = {role.value: [role] for role in Role}
        kinds |= {"everything": list(Role), "nothing": [], "closed": list(Role)}
        for kind, roles in kinds.items():
            user = User.objects.create(email=f"{kind}@{house.slug}.example", is_active=kind != "closed")
            membership = Membership.objects.create(user=user, organisation=house)
            MembershipRole.objects.bulk_create(MembershipRole(membership=membership, role=r.value) for r in roles)
            found.append(matrix.Viewer(f"{kind} of {house.slug}", user, own=own and user.is_active))
    return found


@pytest.fixture
def arguments(article: Article) -> dict[str, dict[str, object]]:
    """What each address with a parameter names."""
    claim = {"number": article.pk, "position": 0}
    write(by=SYSTEM, action="test.written", subject="test", data={})
    checkpoint = sign_checkpoint(by=SYSTEM, key=private_key("11" * 32, place="test"))
    return {
        "access:checkpoint": {"number": checkpoint.pk},
        "account_confirm_email": {"key": "abc"},
        "account_reset_password_from_key": {"uidb36": "1", "key": "abc-def"},
        "jobs:job": {"code": Job.objects.get(about=f"article:{article.pk}").code},
        "jobs:cancel": {"code": Job.objects.get(about=f"article:{article.pk}").code},
        "public:agreement": {"slug": Agreement.objects.earliest("pk").slug},
        "public:exchange": {"slug": Exchange.objects.earliest("pk").slug},
        "public:source": {"number": Source.objects.earliest("pk").pk},
        "record:article": {"number": article.pk},
        "record:accept_claim": claim,
        "record:correct_claim": claim,
        "record:read_article": {"number": article.pk},
        "record:reject_claim": claim,
        "record:reopen_claim": claim,
    }


def test_every_model__is_scoped_or_listed_with_its_reason() -> None:
    assert matrix.unaccounted_models() == []


def test_every_row__is_seen_by_its_own_organisation_alone(
    viewers: list[matrix.Viewer], examples: dict[str, models.Model], capsys: pytest.CaptureFixture[str]
) -> None:
    report = matrix.walk_models(viewers, examples, shown=[])

    assert report.faults == []
    assert report.n_cases == len(matrix.scoped_models()) * (len(viewers) - 1)
    with capsys.disabled():
        print(f"\naccess matrix: {report.n_cases} cases of model and person, {len(report.faults)} leaks")


def test_every_route__lets_in_whom_it_declares_and_tells_nobody_else_a_word(
    viewers: list[matrix.Viewer],
    article: Article,
    alice: User,
    arguments: dict[str, dict[str, object]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    routes = matrix.routes(get_resolver(), arguments)

    report = matrix.walk_routes(viewers, routes, secrets=[SECRET, article.code, alice.email, alice.code])

    assert report.faults == []
    assert report.n_cases == len(routes) * len(viewers) * len(matrix.METHODS)
    with capsys.disabled():
        print(f"\naccess matrix: {report.n_cases} cases of route, method and viewer, {len(report.faults)} leaks")


def test_share__shows_the_object_and_its_parts_to_the_other_until_it_is_revoked(
    viewers: list[matrix.Viewer], examples: dict[str, models.Model], article: Article, other_bureau: Organisation
) -> None:
    shown = ["record.article", "record.proposedclaim"]
    active = [viewer for viewer in viewers if isinstance(viewer.user, User) and viewer.user.is_active]

    given = share(row=article, receiver=other_bureau, by=SYSTEM)
    assert matrix.walk_models(active, examples, shown=shown).faults == []

    revoke_share(share=given, by=SYSTEM)
    assert matrix.walk_models(active, examples, shown=[]).faults == []


def test_every_page_of_staff__waits_for_the_second_factor_where_it_is_asked_for(
    viewers: list[matrix.Viewer], arguments: dict[str, dict[str, object]], settings: Settings
) -> None:
    settings.HOMEWARD_SECOND_FACTOR = SecondFactorRule.from_text("everybody")
    staff = [
        route
        for route in matrix.routes(get_resolver(), arguments)
        if route.declaration is not None
        and route.declaration.door in {Door.SIGNED_IN, Door.PERMISSION}
        and not route.address.startswith("/account/")
    ]
    client = Client()
    client.force_login(next(viewer.user for viewer in viewers if viewer.name == "everything of bureau-of-alpha"))  # type: ignore[arg-type]
    answers = {route.name: client.get(route.address) for route in staff}

    assert len(answers) > 10
    assert {name for name, answer in answers.items() if answer.get("Location") != reverse("mfa_activate_totp")} == set()


@public
def leaky(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(Article.objects.get().text)


@requires(Permission.READ_ARTICLES)
def unscoped(_request: HttpRequest, number: int) -> HttpResponse:
    return HttpResponse(get_object_or_404(Article, pk=number).source_name)


def undeclared(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("page")


@pytest.mark.parametrize(
    ("added", "fault"),
    [
        (path("leaky/", leaky, name="leaky"), "GET leaky for a stranger: the answer holds ['Bridge of Sighs']"),
        (path("u/<int:number>/", unscoped, name="unscoped"), "GET unscoped for registrar of bureau-of-beta: let in"),
        (path("page/", undeclared, name="undeclared"), "GET undeclared for a stranger: the view declares nobody"),
    ],
)
def test_matrix__finds_a_page_that_shows_too_much(
    viewers: list[matrix.Viewer], article: Article, arguments: dict[str, dict[str, object]], added: object, fault: str
) -> None:
    site = ModuleType("site_with_a_hole")
    site.urlpatterns = [*get_resolver().url_patterns, added]  # type: ignore[attr-defined]
    sys.modules[site.__name__] = site
    with override_settings(ROOT_URLCONF=site.__name__):
        new = ["unscoped", "leaky", "undeclared"]
        found = matrix.routes(get_resolver(), arguments | {"unscoped": {"number": article.pk}})
        faults = matrix.walk_routes(viewers, [r for r in found if r.name in new], secrets=[SECRET]).faults

    assert any(told.startswith(fault) for told in faults), faults


def test_matrix__finds_a_model_that_nobody_accounted_for() -> None:
    class Unaccounted(models.Model):
        class Meta:
            app_label = "tests"
            managed = False

    assert "tests.unaccounted" in matrix.unaccounted_models([Unaccounted])


def test_matrix__asks_what_a_new_address_shows(arguments: dict[str, dict[str, object]]) -> None:
    with pytest.raises(ValueError, match=r"no object for public:exchange\(slug\)"):
        matrix.routes(get_resolver(), {k: v for k, v in arguments.items() if k != "public:exchange"})
