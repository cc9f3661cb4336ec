"""What a figure leaves possible: quantities as closed or open intervals, and their sums."""

from collections.abc import Iterable, Sequence

from homeward.reader.claims import Modifier, Quantity

__all__ = ["agree", "is_figure", "possible", "share_a_number", "span", "sum_of_spans"]


def is_figure(quantity: Quantity | None) -> bool:
    """Returns whether a quantity states a number: "all" and "hundreds" do not."""
    if quantity is None or quantity.modifier in {Modifier.ALL, Modifier.VAGUE}:
        return False
    return quantity.low is not None or quantity.high is not None


def span(quantity: Quantity) -> tuple[int, int]:
    """Returns the least and the greatest number that a figure names: "at least 1,200" names 1,200 alone."""
    numbers = [number for number in (quantity.low, quantity.high) if number is not None]
    return min(numbers), max(numbers)


def possible(quantity: Quantity) -> tuple[float, float]:
    """Returns the interval of numbers that the words leave possible: "more than 6,000" is 6,001 upwards."""
    low, high = span(quantity)
    match quantity.modifier:
        case Modifier.AT_LEAST:
            return low, float("inf")
        case Modifier.MORE_THAN:
            return low + 1, float("inf")
        case Modifier.AT_MOST:
            return 0, high
        case Modifier.LESS_THAN:
            return 0, high - 1
        case _:
            return low, high


def agree(quantities: Iterable[Quantity]) -> bool:
    """Returns whether one number could satisfy every figure; true for none at all."""
    return share_a_number([possible(quantity) for quantity in quantities])


def share_a_number(intervals: Sequence[tuple[float, float]]) -> bool:
    """Returns whether some number lies in every interval; true for none at all."""
    if not intervals:
        return True
    # Intervals that meet two by two all share a number (on a line), so no pairs need comparing.
    return max(low for low, _ in intervals) <= min(high for _, high in intervals)


def sum_of_spans(spans: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Returns the sum of the lows and the sum of the highs."""
    low = high = 0
    for least, greatest in spans:
        low, high = low + least, high + greatest
    return low, high
