"""Every page, light and dark, at phone and desktop width: nothing that axe finds, nothing wider than the window."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from homeward.access.models import User
from homeward.reader import Document
from homeward.record.actions import submit_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PUBLIC = [
    "/",
    "/exchanges/",
    "/exchanges/2025-12-19-remains/",
    "/agreements/",
    "/agreements/istanbul-2025-06-02/",
    "/sources/1/",
    "/search/?q=june+2025",
    "/search/?q=nothing+of+the+kind",
    "/account/login/",
    "/nothing/here/",
]


def _faults(page) -> list[str]:  # type: ignore[no-untyped-def]
    found = Axe().run(page).response["violations"]
    faults = [f"{page.url} {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]
    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return faults + ([f"{page.url} is {overflow} px too wide"] if overflow > 0 else [])


def _address(path: str) -> str:
    """Returns the page's address with what the database numbered in it."""
    from homeward.record.models import Agreement, Source

    if path.startswith("/sources/"):
        return f"/sources/{Source.objects.order_by('pk').values_list('pk', flat=True)[0]}/"
    if path.startswith("/agreements/i"):
        return f"/agreements/{Agreement.objects.filter(slug__contains='2025-06').values_list('slug', flat=True)[0]}/"
    return path


def _window(chromium, site, look: tuple[str, int, str], user: User | None = None):  # type: ignore[no-untyped-def]
    """Returns a page and its context in a language, a width and a scheme."""
    from django.test import Client

    language, width, scheme = look
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    cookies = [{"name": "django_language", "value": language, "url": site.url}]
    if user:
        client = Client()
        client.force_login(user)
        cookies.append({"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site.url})
    context.add_cookies(cookies)
    return context.new_page(), context


LOOKS = [
    (language, width, scheme) for language in ("en", "uk", "ru") for width, scheme in ((390, "light"), (1280, "dark"))
]
LOOKS += [("en", 390, "dark"), ("en", 1280, "light"), ("uk", 820, "light")]


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_public_pages__have_no_fault(chromium, site, look: tuple[str, int, str]) -> None:  # type: ignore[no-untyped-def]
    page, context = _window(chromium, site, look)
    faults = []
    for path in PUBLIC:
        page.goto(site.url + _address(path))
        page.evaluate("document.querySelectorAll('details').forEach((one, index) => { one.open = index < 3; })")
        assert page.evaluate("document.documentElement.lang") == look[0]
        faults += _faults(page)
    context.close()
    assert faults == []


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_staff_pages__have_no_fault(chromium, site, alice: User, auditor: User, look: tuple[str, int, str]) -> None:  # type: ignore[no-untyped-def]
    body = "Russia handed over the bodies of 1,000 soldiers to Ukraine on 26 February 2026, Kyiv said."
    article = submit_article(document=Document(body=body, published="2026-02-27"), by=alice)
    place = f"/staff/articles/{article.pk}/"
    account = ("/staff/account/", "/account/2fa/", "/account/password/change/", "/account/logout/")
    journeys = {
        alice: ("/staff/today/", "/staff/articles/", place, f"{place}claims/0/correct/", *account),
        auditor: ("/staff/today/", "/staff/journal/"),
    }
    faults = []
    for user, paths in journeys.items():
        page, context = _window(chromium, site, look, user)
        for path in paths:
            page.goto(site.url + path)
            faults += _faults(page)
        context.close()
    assert faults == []


@pytest.mark.parametrize("path", ["/", "/exchanges/", "/exchanges/2025-12-19-remains/"])
def test_public_pages__fit_at_400_percent_zoom(chromium, site, path: str) -> None:  # type: ignore[no-untyped-def]
    """A window of 1280 px at 400 % is one of 320 CSS px."""
    context = chromium.new_context(viewport={"width": 320, "height": 256})
    page = context.new_page()
    page.goto(site.url + path)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    context.close()
