"""The components of the screens."""

from datetime import UTC, datetime

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

TABLE = """{% load components %}{% table "Agreements" %}
  {% head %}
    {% column "Name" %}{% column "Delivered" number=True sort="delivered" %}{% column "Place" sort="place" %}
  {% endhead %}
  {% rows %}{% for name, number in lines %}{% row %}{% cell %}{{ name }}{% endcell %}{% cell %}{{ number }}{% endcell %}
    {% cell %}{% endcell %}{% endrow %}{% endfor %}{% endrows %}
{% endtable %}"""


def rendered(**values: object) -> str:
    context = {
        "lines": [("<b>", 1), ("two", 2)],
        "orders": {"delivered": "sort=x", "place": "sort=y"},
        "order": "-place",
    }
    return Template(TABLE).render(Context({**context, **values}))


def test_table__labels_every_cell_for_a_phone_and_names_rows_by_their_first() -> None:
    page = rendered()
    assert page.count('<td role="cell" data-label="Delivered" class="n">') == 2
    assert page.count('<th scope="row" role="rowheader"') == 2
    assert 'aria-label="Agreements"' in page
    assert '<caption class="unseen">Agreements</caption>' in page


def test_table__escapes_what_it_is_given() -> None:
    assert "&lt;b&gt;" in rendered()
    assert "<b>" not in rendered()


def test_table__says_by_which_column_it_is_sorted() -> None:
    page = rendered()
    assert '<th scope="col" role="columnheader" aria-sort="descending"><a href="?sort=y">Place</a></th>' in page
    assert page.count("aria-sort") == 1
    assert 'aria-sort="ascending"' in rendered(order="delivered")


def test_table__leaves_an_empty_cell_empty_so_that_a_card_drops_it() -> None:
    assert 'data-label="Place" class=""></td>' in rendered()


def test_two_tables__do_not_share_their_columns() -> None:
    second = '{% table "B" %}{% head %}{% column "One" %}{% column "Two" %}{% endhead %}{% rows %}{% row %}'
    second += "{% cell %}1{% endcell %}{% cell %}2{% endcell %}{% endrow %}{% endrows %}{% endtable %}"
    page = Template(TABLE + second).render(
        Context({"lines": [], "orders": {"delivered": "", "place": ""}, "order": ""})
    )
    assert 'data-label="Two"' in page


def test_timeline__gives_each_moment_its_time() -> None:
    source = (
        "{% load components %}{% timeline %}{% moment when 'noon' now=True %}loaded{% endmoment %}{% endtimeline %}"
    )
    page = Template(source).render(Context({"when": datetime(2026, 1, 29, 12, tzinfo=UTC)}))
    assert page == (
        '<ol class="timeline"><li class="now"><time datetime="2026-01-29T12:00:00+00:00">noon</time>loaded</li></ol>'
    )


@pytest.mark.parametrize(("number", "ways"), [(1, ["next"]), (2, ["prev", "next"]), (3, ["prev"])])
def test_pages__keep_the_filter(number: int, ways: list[str]) -> None:
    page = Paginator(range(25), 10).get_page(number)
    html = render_to_string(
        "components/pages.html", {"page": page, "query": "kind=remains", "back": "Back", "on": "On"}
    )
    assert [way for way in ("prev", "next") if f'rel="{way}"' in html] == ways
    assert html.count("?kind=remains&amp;page=") == len(ways)


def test_empty__says_what_would_be_here_and_how_to_begin() -> None:
    html = render_to_string("components/empty.html", {"what": "No article yet.", "how": "Paste one."})
    assert "<strong>No article yet.</strong>" in html
    assert "Paste one." in html


def test_confirm__says_what_follows_before_the_button() -> None:
    with translation.override("uk"):
        html = render_to_string(
            "components/confirm.html",
            {"title": "Stop", "consequence": "It ends.", "button": "Stop it", "action": "/a/", "way_back": "/b/"},
        )
    assert html.index("It ends.") < html.index("Stop it")
    assert '<a class="button" href="/b/">Скасувати</a>' in html
