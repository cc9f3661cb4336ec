"""Keys by their place on the keyboard, the switch of language, and pages that answer without reloading."""

import pytest

from homeward.access.models import User
from homeward.reader import Document
from homeward.record.actions import submit_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ARTICLE = (
    "Russia handed over the bodies of 1,000 soldiers to Ukraine on 26 February 2026, Kyiv said. "
    "Ukraine handed over 36 bodies to Russia, Vladimir Medinsky said."
)


def press(page, code: str, key: str) -> None:  # type: ignore[no-untyped-def]
    """Presses the key at a place of the keyboard that writes `key` in the layout at hand."""
    page.evaluate(
        "([code, key]) => (document.activeElement ?? document.body).dispatchEvent("
        "new KeyboardEvent('keydown', { code, key, bubbles: true, cancelable: true }))",
        [code, key],
    )


def test_slash__leads_to_the_search_in_any_layout(open_page) -> None:  # type: ignore[no-untyped-def]
    page = open_page("/agreements/")
    press(page, "Slash", ".")  # what that key writes in the Ukrainian layout
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.type("UKR")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=UKR")
    assert page.get_by_role("link", name="Ukraine", exact=True).is_visible()


def test_question_mark__shows_the_keys_and_they_can_be_switched_off(open_page) -> None:  # type: ignore[no-untyped-def]
    page = open_page("/agreements/")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.get_by_role("button", name="Switch single keys off").click()
    page.wait_for_selector('#keys[data-acting="no"]', state="attached")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "find"


def test_decisions__go_by_the_place_of_the_key(open_page, alice: User) -> None:  # type: ignore[no-untyped-def]
    article = submit_article(document=Document(body=ARTICLE, published="2026-02-27"), by=alice)
    page = open_page(f"/staff/articles/{article.pk}/", user=alice)
    page.evaluate("window.sameDocument = true")
    page.wait_for_selector("#claim-0[aria-current]")
    press(page, "KeyR", "к")
    page.wait_for_selector("#claim-0.rejected")
    page.wait_for_selector("#claim-1[aria-current]")
    press(page, "KeyA", "ф")
    page.wait_for_selector("#claim-1.accepted")
    page.locator("#claim-0").get_by_role("button", name="Undo").click()
    page.wait_for_selector("#claim-0.proposed")
    assert page.evaluate("window.sameDocument")  # nothing of this reloaded the page


def test_decisions__by_key_stop_where_the_keys_are_switched_off(open_page, alice: User) -> None:  # type: ignore[no-untyped-def]
    article = submit_article(document=Document(body=ARTICLE, published="2026-02-27"), by=alice)
    User.objects.filter(pk=alice.pk).update(keys=False)
    page = open_page(f"/staff/articles/{article.pk}/", user=alice)
    page.wait_for_selector("#claim-0[aria-current]")
    page.keyboard.press("a")
    page.wait_for_timeout(300)
    assert page.locator("#claim-0.proposed").count() == 1
    page.locator("#claim-0").get_by_role("button", name="Accept").click()
    page.wait_for_selector("#claim-0.accepted")


def test_filter__answers_without_reloading(open_page) -> None:  # type: ignore[no-untyped-def]
    page = open_page("/exchanges/")
    page.evaluate("window.sameDocument = true")
    page.get_by_label("What").select_option("children")
    page.wait_for_url("**/exchanges/?*kind=children*")
    page.wait_for_function("document.querySelectorAll('#found tbody tr').length < 20")
    assert {row.split("\t")[1] for row in page.locator("#found tbody tr").all_inner_texts()} == {"Children"}
    page.locator("#found").get_by_role("link", name="Date").click()
    page.wait_for_url("**sort=date*")
    assert page.evaluate("window.sameDocument")


def test_language__is_chosen_without_a_script(chromium, site) -> None:  # type: ignore[no-untyped-def]
    context = chromium.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(f"{site.url}/exchanges/?kind=children")
    page.get_by_role("button", name="Українська").click()
    assert page.locator("h1").inner_text() == "Обміни"
    assert page.url.endswith("/exchanges/?kind=children")
    page.get_by_label("Рік").select_option("2025")
    page.get_by_role("button", name="Показати").click()
    assert "year=2025" in page.url
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_page__can_be_walked_by_tab_and_shows_where_one_is(open_page, width: int) -> None:  # type: ignore[no-untyped-def]
    page = open_page("/exchanges/", width=width)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(12):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "(() => { const one = document.activeElement, box = one.getBoundingClientRect();"
            " return [getComputedStyle(one).outlineStyle !== 'none', box.width > 0 && box.left >= -1]; })()"
        )
        assert seen == [True, True]
