"""The two main journeys, in a real browser."""

from pathlib import Path

import pytest

from homeward.access.models import User
from homeward.record.models import ProposedClaim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ARTICLE = (
    "The Coordination Headquarters said that Russia handed over the bodies of 1,000 soldiers to Ukraine on 26 February "
    "2026. Ukraine handed over 36 bodies to Russia, Vladimir Medinsky said. Russia released 7 civilians to Ukraine on "
    "27 February 2026, Dmytro Lubinets said."
)


def test_reader__goes_from_the_brief_to_the_source_and_takes_the_numbers_home(open_page, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    page = open_page("/")
    assert page.locator("h1").inner_text() == "Russia and Ukraine release 205 prisoners each, Moscow says"
    told = page.locator(".told details").nth(2)
    told.locator("summary").click()
    assert told.locator(".claims li").first.is_visible()

    page.get_by_role("link", name="Exchanges", exact=True).click()
    page.get_by_label("What").select_option("remains")
    page.get_by_label("Year").select_option("2025")
    page.get_by_role("button", name="Show").click()
    page.wait_for_function("""() => {
        const kinds = [...document.querySelectorAll("#found tbody tr")].map((row) => row.cells[1].innerText);
        return kinds.length > 5 && kinds.every((kind) => kind === "Bodies");
    }""")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    download.value.save_as(tmp_path / "exchanges.csv")
    assert {line.split(",")[4] for line in (tmp_path / "exchanges.csv").read_text().splitlines()[1:]} == {"remains"}

    page.get_by_role("link", name="19 December 2025").click()
    assert page.get_by_text("1,000 to 1,003").is_visible()
    page.locator(".facing .claim a").first.click()
    assert page.get_by_role("heading", name="What was read from it").is_visible()


def test_registrar__decides_on_an_article_by_keyboard(open_page, alice: User, password: str) -> None:  # type: ignore[no-untyped-def]
    page = open_page("/staff/articles/")
    page.locator("input[name=login]").fill(alice.email)
    page.locator("input[name=password]").fill(password)
    page.locator("main button[type=submit]").first.click()

    page.get_by_label("Text").fill(ARTICLE)
    page.get_by_label("Published").fill("2026-02-27")
    page.get_by_role("button", name="Read it").click()
    page.wait_for_selector(".claim-card[aria-current]")
    first = page.locator(".claim-card").nth(0)
    assert first.get_attribute("aria-current") is not None
    assert page.locator(".quoted.current").count() >= 1

    page.keyboard.press("ArrowDown")
    assert page.locator(".claim-card").nth(1).get_attribute("aria-current") is not None
    page.keyboard.press("ArrowUp")
    page.keyboard.press("a")
    page.wait_for_selector("#claim-0.accepted")

    page.wait_for_selector("#claim-1[aria-current]")
    page.keyboard.press("e")
    page.get_by_label("How many, at least").fill("35")
    page.get_by_label("How many, at most").fill("35")
    page.get_by_role("button", name="Correct and accept").click()
    page.wait_for_selector("#claim-1.corrected")

    page.wait_for_selector("#claim-2[aria-current]")
    page.keyboard.press("r")
    page.wait_for_selector("#claim-2.rejected")
    states = list(ProposedClaim.objects.order_by("position").values_list("state", flat=True))[:3]
    assert states == ["accepted", "corrected", "rejected"]

    page.locator("#claim-0").get_by_role("link", name="In the record").click()
    assert page.get_by_role("heading", name="Exchange of 26 February 2026").is_visible()
    assert page.locator("blockquote").first.is_visible()


def test_registrar__can_decide_without_javascript(chromium, site, alice: User) -> None:  # type: ignore[no-untyped-def]
    from django.test import Client

    from homeward.reader import Document
    from homeward.record.actions import submit_article

    article = submit_article(document=Document(body=ARTICLE, published="2026-02-27"), by=alice)
    client = Client()
    client.force_login(alice)
    context = chromium.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site.url}])
    page = context.new_page()
    page.goto(f"{site.url}/staff/articles/{article.pk}/")
    page.get_by_role("button", name="Accept claim 1").click()
    assert page.locator("#claim-0.accepted").count() == 1
    context.close()
