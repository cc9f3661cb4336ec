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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_public_pages__have_no_fault(chromium, site, scheme: str, width: int) -> None:  # type: ignore[no-untyped-def]
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    faults = []
    for path in PUBLIC:
        page.goto(site.url + _address(path))
        page.evaluate("document.querySelectorAll('details').forEach((one, index) => { one.open = index < 3; })")
        faults += _faults(page)
    context.close()
    assert faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_staff_pages__have_no_fault(chromium, site, alice: User, scheme: str, width: int) -> None:  # type: ignore[no-untyped-def]
    from django.test import Client

    body = "Russia handed over the bodies of 1,000 soldiers to Ukraine on 26 February 2026, Kyiv said."
    article = submit_article(document=Document(body=body, published="2026-02-27"), by=alice)
    client = Client()
    client.force_login(alice)
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site.url}])
    page = context.new_page()
    faults = []
    place = f"/staff/articles/{article.pk}/"
    for path in ("/staff/articles/", place, f"{place}claims/0/correct/", "/staff/account/"):
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
