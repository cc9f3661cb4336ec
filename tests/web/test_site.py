"""The site as a whole: headers, static files, error pages."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views import defaults

from homeward import web
from homeward.access.models import User

STYLES = Path(web.__file__).parent / "static" / "homeward.css"


@pytest.mark.django_db
def test_every_answer__forbids_foreign_and_inline_code(client: Client) -> None:
    for address in (reverse("account_login"), "/no-such-page/", reverse("access:journal")):
        response = client.get(address)
        policy = response["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert response["X-Frame-Options"] == "DENY"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.django_db
@pytest.mark.django_db
@pytest.mark.parametrize("name", ["homeward.css", "homeward.svg", "django_htmx/htmx-2.min.js"])
def test_static_file__is_served_by_the_site_itself(client: Client, name: str) -> None:
    response = client.get(f"/static/{name}")
    b"".join(response.streaming_content)  # type: ignore[attr-defined]
    response.close()

    assert response.status_code == 200
    assert "Access-Control-Allow-Origin" not in response


@pytest.mark.django_db
def test_missing_page__is_told_in_our_look(client: Client, alice: User) -> None:
    client.force_login(alice)
    response = client.get("/no-such-page/")

    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()
    assert 'class="brand"' in response.content.decode()


def test_error_pages__need_no_database_and_no_request_context(rf: RequestFactory) -> None:
    request: HttpRequest = rf.get("/")

    for response, status in (
        (defaults.server_error(request), 500),
        (defaults.bad_request(request, SuspiciousOperation()), 400),
    ):
        assert response.status_code == status
        assert 'href="/static/homeward.css"' in response.content.decode()


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"])
def test_error_page__has_one_heading_and_no_inline_code(name: str) -> None:
    page = render_to_string(name)

    assert page.count("<h1>") == 1
    assert not re.search(r"<style|\sstyle=|<script", page)


@pytest.mark.django_db
def test_form_without_token__is_refused_in_our_look() -> None:
    response = Client(enforce_csrf_checks=True).post(reverse("account_login"), {})

    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours__have_the_contrast_of_wcag_aa(scheme: str) -> None:
    blocks = re.findall(r":root \{(.*?)\}", STYLES.read_text(encoding="utf-8"), re.DOTALL)
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});?", blocks[0 if scheme == "light" else 1]))

    for ground in ("paper", "sunken"):
        for ink in ("ink", "soft", "accent"):
            assert _contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
        assert _contrast(colours["edge"], colours[ground]) >= 3, ground
    for state in ("both", "one", "contested", "press"):
        assert _contrast(colours[state], colours[f"{state}-ground"]) >= 4.5, state
        assert _contrast(colours[state], colours["paper"]) >= 4.5, state
    assert _contrast(colours["on-accent"], colours["accent"]) >= 4.5
    assert _contrast(colours["ink"], colours["mark"]) >= 4.5
