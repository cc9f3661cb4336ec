"""The components that are made of more than one element: tables that become cards on a phone, and timelines.

    {% table _("Agreements") %}
      {% head %}{% column _("Agreement") %}{% column _("Delivered") number=True %}{% endhead %}
      {% rows %}{% for one in lines %}{% row %}
        {% cell %}...{% endcell %}{% cell %}...{% endcell %}
      {% endrow %}{% endfor %}{% endrows %}
    {% endtable %}

The first cell of a row is its head. On a phone each cell carries the label of its column; since `display` takes the
roles of a table away there, they are spelled out.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

__all__ = ["cell", "column", "head", "moment", "row", "rows", "table", "timeline"]

register = template.Library()


@dataclass
class _Table:
    """The columns of the table that is being rendered, and which of them comes next."""

    columns: list[tuple[str, bool]] = field(default_factory=list)
    next: int = 0


def _table(context: template.Context) -> _Table:
    # On the context itself and not in it: a loop or an include inside the table must find the same one.
    if not hasattr(context, "table_at_hand"):
        context.table_at_hand = _Table()  # type: ignore[attr-defined]
    found: _Table = context.table_at_hand  # type: ignore[attr-defined]
    return found


@register.simple_block_tag(takes_context=True)
def table(context: template.Context, content: str, label: str, look: str = "") -> SafeString:
    """Returns a table with its name for those who do not see it; wider than the window, it scrolls in its own frame."""
    del context.table_at_hand  # type: ignore[attr-defined]
    return format_html(
        '<div class="scroll" tabindex="0" role="region" aria-label="{}"><table class="cards {}" role="table">'
        '<caption class="unseen">{}</caption>{}</table></div>',
        label,
        look,
        label,
        mark_safe(content),  # noqa: S308  rendered by the template
    )


@register.simple_block_tag
def head(content: str) -> SafeString:
    """Returns the head of a table."""
    return format_html('<thead role="rowgroup"><tr role="row">{}</tr></thead>', mark_safe(content))  # noqa: S308


@register.simple_block_tag
def rows(content: str) -> SafeString:
    """Returns the body of a table."""
    return format_html('<tbody role="rowgroup">{}</tbody>', mark_safe(content))  # noqa: S308


@register.simple_tag(takes_context=True)
def column(context: template.Context, label: str, *, number: bool = False, sort: str = "") -> SafeString:
    """Returns the head of one column; with `sort` a link that sorts by it (`orders` and `order` are the page's)."""
    _table(context).columns.append((str(label), number))
    attributes = [("scope", "col"), ("role", "columnheader")]
    if number:
        attributes.append(("class", "n"))
    order = str(context.get("order", ""))
    if sort and order.removeprefix("-") == sort:
        attributes.append(("aria-sort", "descending" if order.startswith("-") else "ascending"))
    content = format_html('<a href="?{}">{}</a>', context["orders"][sort], label) if sort else label
    return format_html("<th{}>{}</th>", format_html_join("", ' {}="{}"', attributes), content)


@register.simple_block_tag(takes_context=True)
def row(context: template.Context, content: str) -> SafeString:
    """Returns one row of a table."""
    _table(context).next = 0
    return format_html('<tr role="row">{}</tr>', mark_safe(content))  # noqa: S308


@register.simple_block_tag(takes_context=True)
def cell(context: template.Context, content: str, look: str = "") -> SafeString:
    """Returns one cell; it knows the label of its column and whether that holds numbers."""
    state = _table(context)
    label, number = state.columns[state.next] if state.next < len(state.columns) else ("", False)
    first, state.next = state.next == 0, state.next + 1
    look = " ".join(filter(None, (look, "n" if number else "")))
    content = mark_safe(content.strip())  # noqa: S308
    if first:
        return format_html('<th scope="row" role="rowheader" class="{}">{}</th>', look, content)
    return format_html('<td role="cell" data-label="{}" class="{}">{}</td>', label, look, content)


@register.simple_block_tag
def timeline(content: str) -> SafeString:
    """Returns what happened, one moment under another."""
    return format_html('<ol class="timeline">{}</ol>', mark_safe(content))  # noqa: S308


@register.simple_block_tag
def moment(content: str, when: datetime, words: str, *, now: bool = False) -> SafeString:
    """Returns one moment of a timeline; `words` is its time as it is read."""
    look = mark_safe(' class="now"') if now else ""
    return format_html(
        '<li{}><time datetime="{}">{}</time>{}</li>',
        look,
        when.isoformat(),
        words,
        mark_safe(content),  # noqa: S308
    )
