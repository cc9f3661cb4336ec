"""Charts as SVG: one ink for both directions and every party; up and down tell the direction, a light end what differs.

Colours stand as attributes for print and PDF; on the site the classes give them, so that they follow light and dark.
"""

from collections.abc import Iterator, Sequence
from html import escape

from homeward.account.ledger import BalanceLine
from homeward.brief.document import Brief, Month
from homeward.reader.claims import What
from homeward.wording import dates, numbers
from homeward.wording.catalogue import Wording, sentence_case, wording

__all__ = ["balance_bar", "months_chart", "tick_step"]

WIDTH, HEIGHT = 960, 320
LEFT, RIGHT, TOP, BOTTOM = 64, 8, 24, 28
LEAST_BAR = 2.0
WIDEST_BAR = 28.0
INK, RANGE, LINE, SOFT = "#1f4f66", "#9db9c6", "#d8d4cb", "#545b63"
BAR_WIDTH, BAR_HEIGHT = 240, 12


def months_chart(brief: Brief, what: What, *, identifier: str = "chart") -> str:
    """Returns the paired bars of one kind as an SVG element; empty where the record has none."""
    months = brief.months.get(what, ())
    if not months:
        return ""
    told = wording(brief.language).knowing({code: party.name for code, party in brief.parties.items()})
    plot = _Plot(months, told, brief.directions)
    noun = sentence_case(numbers.noun(told, what))
    there, back = (told.party(code) for code in brief.directions)
    description = told.say(
        "chart.description",
        first=_month_name(told, months[0]),
        last=_month_name(told, months[-1]),
        there=there,
        back=back,
    )
    labelled = f'aria-labelledby="{identifier}-title {identifier}-description" font-family="sans-serif" font-size="13"'
    parts = [
        f'<svg class="chart" role="img" viewBox="0 0 {WIDTH} {HEIGHT}" xmlns="http://www.w3.org/2000/svg" {labelled}>',
        f'<title id="{identifier}-title">{escape(told.say("chart.title", noun=noun))}</title>',
        f'<desc id="{identifier}-description">{escape(description)}</desc>',
        *plot.grid(),
        *plot.bars(),
        *plot.years(),
        *plot.labels(),
        "</svg>",
    ]
    return "".join(parts)


def balance_bar(line: BalanceLine) -> str:
    """Returns one commitment's bar: delivered low to high, and a mark at what was promised; empty without a number."""
    quantity = line.commitment.quantity
    promised = (quantity.low if quantity.low is not None else quantity.high) if quantity else None
    if not promised:
        return ""
    # More may be delivered than was promised; then the mark stands inside the bar.
    scale = BAR_WIDTH / max(promised, line.delivered_high, 1)
    low, high, mark = line.delivered_low * scale, line.delivered_high * scale, promised * scale
    return (
        f'<svg class="bar-line" aria-hidden="true" viewBox="0 0 {BAR_WIDTH} {BAR_HEIGHT}" '
        f'preserveAspectRatio="none" xmlns="http://www.w3.org/2000/svg">'
        f'<rect class="track" x="0" y="3" width="{mark:.1f}" height="6" fill="{LINE}"/>'
        f'<rect class="range" x="0" y="3" width="{high:.1f}" height="6" fill="{RANGE}"/>'
        f'<rect class="bar" x="0" y="3" width="{low:.1f}" height="6" fill="{INK}"/>'
        f'<rect class="promise" x="{max(0.0, mark - 2):.1f}" y="0" width="2" height="{BAR_HEIGHT}" fill="{SOFT}"/>'
        "</svg>"
    )


def tick_step(highest: int) -> int:
    """Returns a round distance between grid lines that gives at most four of them up to `highest`.

    >>> [tick_step(highest) for highest in (3, 390, 6057)]
    [1, 100, 2000]
    """
    step = 1
    while True:
        for factor in (1, 2, 5):
            if highest <= 4 * step * factor:
                return step * factor
        step *= 10


class _Plot:
    """Where everything stands in one chart; both directions share one scale."""

    def __init__(self, months: Sequence[Month], told: Wording, parties: tuple[str, str]) -> None:
        self.months = months
        self.told = told
        self.parties = parties
        self.up = max(1, *(month.there_high for month in months))
        # An eighth at least, so that the half below the line has a height where little or nothing went that way.
        self.down = max(1, *(month.back_high for month in months), self.up // 8)
        self.scale = (HEIGHT - TOP - BOTTOM) / (self.up + self.down)
        self.zero = TOP + self.up * self.scale
        self.slot = (WIDTH - LEFT - RIGHT) / len(months)

    def grid(self) -> Iterator[str]:
        """Yields the grid lines with their numbers, and the base line."""
        step = tick_step(max(self.up, self.down))
        levels = [*range(step, self.up + 1, step), *(-level for level in range(step, self.down + 1, step))]
        for level in levels:
            y = self.zero - level * self.scale
            yield f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{LINE}"/>'
            text = numbers.figure(self.told, abs(level))
            yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="{SOFT}">{text}</text>'
        x2 = WIDTH - RIGHT
        yield f'<line class="base" x1="{LEFT}" x2="{x2}" y1="{self.zero:.1f}" y2="{self.zero:.1f}" stroke="{SOFT}"/>'

    def bars(self) -> Iterator[str]:
        """Yields a group for each month that has a figure, with its numbers as a tooltip."""
        for index, month in enumerate(self.months):
            if not month.there_high and not month.back_high:
                continue
            x = LEFT + index * self.slot + max(self.slot * 0.15, (self.slot - WIDEST_BAR) / 2)
            yield f"<g><title>{escape(self._tooltip(month))}</title>"
            yield from self._bar(x, month.there_low, month.there_high, upwards=True)
            yield from self._bar(x, month.back_low, month.back_high, upwards=False)
            yield "</g>"

    def years(self) -> Iterator[str]:
        """Yields a mark and a number where each year begins."""
        for index, month in enumerate(self.months):
            if month.month == 1 or index == 0:
                x = LEFT + index * self.slot
                y = HEIGHT - BOTTOM
                yield f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{y}" y2="{y + 6}" stroke="{SOFT}"/>'
                if index or not self._begins_late(month):
                    yield f'<text x="{x + 3:.1f}" y="{HEIGHT - 8}" fill="{SOFT}">{month.year}</text>'

    def labels(self) -> Iterator[str]:
        """Yields what up and down mean, beside the axis."""
        there, back = (self.told.party(code) for code in self.parties)
        above = escape(sentence_case(self.told.say("chart.there", receiver=there)))
        below = escape(sentence_case(self.told.say("chart.back", receiver=back)))
        yield f'<text class="way" x="{LEFT + 4}" y="{TOP - 8}" fill="{SOFT}" font-weight="600">↑ {above}</text>'
        y = HEIGHT - BOTTOM - 6
        yield f'<text class="way" x="{LEFT + 4}" y="{y}" fill="{SOFT}" font-weight="600">↓ {below}</text>'

    def _begins_late(self, month: Month) -> bool:
        """Returns whether the next year begins so soon that two numbers would overlap."""
        return (13 - month.month) * self.slot < 40

    def _bar(self, x: float, low: int, high: int, *, upwards: bool) -> Iterator[str]:
        width = min(self.slot * 0.7, WIDEST_BAR)
        for css, colour, value in (("range", RANGE, high), ("bar", INK, low)):
            if value and (css == "bar" or high > low):
                height = max(LEAST_BAR, value * self.scale)
                y = self.zero - height if upwards else self.zero
                yield (
                    f'<rect class="{css}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
                    f'fill="{colour}"/>'
                )

    def _tooltip(self, month: Month) -> str:
        there, back = (self.told.party(code) for code in self.parties)
        up = numbers.span(self.told, month.there_low, month.there_high)
        down = numbers.span(self.told, month.back_low, month.back_high)
        return (
            f"{_month_name(self.told, month)}: {up} {self.told.say('chart.there', receiver=there)}, "
            f"{down} {self.told.say('chart.back', receiver=back)}"
        )


def _month_name(told: Wording, month: Month) -> str:
    return dates.spell(told, f"{month.year:04}-{month.month:02}")
