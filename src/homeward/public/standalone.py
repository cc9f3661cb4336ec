"""The brief as one HTML file that needs no other: the site's page with its style sheet inside."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from homeward.brief.document import Brief
from homeward.public.brief_page import page_context

__all__ = ["render"]


def render(brief: Brief) -> str:
    """Returns the brief as an HTML document."""
    sheet = finders.find("homeward.css")
    style = Path(sheet).read_text(encoding="utf-8") if isinstance(sheet, str) else ""
    context = {"style": style, "standalone": True, "installation": {"simulated": brief.simulated}}
    return render_to_string("public/brief/standalone.html", {**page_context(brief), **context})
