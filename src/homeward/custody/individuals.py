"""The minimum number of individuals: how many people an inventory of remains is of, at least.

Remains that were joined are one unit: they count once for an element, side and zone, of unknown side as often as the
body has sides left. A unit is a component: remains belong to their individual in all their rows, and remains of two
individuals make these one. Remains that were not joined count as often as their rows say. With l, r, m, u units of
left, right, midline and unknown side at one zone of one element,

    that zone needs max(m, l, r, ceil((l + r + u) / 2)) individuals,

where zone `all` counts at every zone and zone `unknown` at none. Ribs without a number (`costa`) come twelve a side:
max(ceil(l / 12), ceil(r / 12), ceil((l + r + u) / 24)). The inventory needs the greatest figure of any element and
zone; either of everybody together, or of the adults plus that of the subadults, whichever is more. It needs one at
least. Source: White (1953) and Buikstra, Ubelaker (1994) for counting by element, side and zone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

__all__ = [
    "UNNUMBERED_RIB",
    "Figure",
    "InventoryRow",
    "Minimum",
    "Side",
    "Stage",
    "minimum_number",
]

UNNUMBERED_RIB = "costa"
ALL_ZONES = "all"
UNKNOWN_ZONE = "unknown"
_RIBS_A_SIDE = 12


class Side(Enum):
    """The side of the body that an element is of."""

    LEFT = "left"
    RIGHT = "right"
    MID = "mid"
    UNKNOWN = "unknown"


class Stage(Enum):
    """Whether an element is of somebody fully grown."""

    ADULT = "adult"
    SUBADULT = "subadult"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class InventoryRow:
    """One row of an inventory: `count` pieces of one zone of one element.

    `individual` is the name that joined remains share, or empty.
    """

    remains: str
    element: str
    side: Side
    zone: str
    stage: Stage
    individual: str = ""
    count: int = 1


@dataclass(frozen=True)
class Figure:
    """How many individuals one zone of one element needs, and the units by side that say so."""

    number: int
    element: str = ""
    zone: str = ""
    units: Mapping[Side, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Returns the figure as a JSON object."""
        if not self.element:
            return {"minimum": self.number}
        units = {side.value: self.units.get(side, 0) for side in Side}
        return {"minimum": self.number, "element": self.element, "zone": self.zone, **units}


@dataclass(frozen=True)
class Minimum:
    """The minimum number and what it rests on; `without_zone` rows say nothing about how many."""

    together: Figure
    adults: Figure
    subadults: Figure
    rows: int
    without_zone: int
    notes: tuple[str, ...]

    @property
    def by_stages(self) -> bool:
        """Whether adults and subadults, counted apart, are more than all together."""
        return self.adults.number + self.subadults.number > self.together.number

    @property
    def number(self) -> int:
        """The minimum number of individuals; where there is a row there is somebody."""
        return max(1, self.together.number, self.adults.number + self.subadults.number)

    def as_json(self) -> dict[str, object]:
        """Returns the answer as a JSON object."""
        rule = "adults and subadults" if self.by_stages else "all together"
        because = {
            "rule": rule if max(self.together.number, self.adults.number) or self.by_stages else "at least one",
            "together": self.together.as_json(),
            "adults": self.adults.as_json(),
            "subadults": self.subadults.as_json(),
            "rows": {"read": self.rows, "counted": self.rows - self.without_zone, "zone_unknown": self.without_zone},
            "notes": list(self.notes),
        }
        return {"minimum": self.number, "because": because}


def minimum_number(rows: Sequence[InventoryRow]) -> Minimum:
    """Returns the minimum number of individuals that `rows`, one or more, are of."""
    rows, joinings = _joined(rows)
    stages, notes = _stages_of_joined(rows)
    staged = [(stages.get(row.individual, row.stage), row) for row in rows]
    return Minimum(
        together=_greatest(rows),
        adults=_greatest([row for stage, row in staged if stage is Stage.ADULT]),
        subadults=_greatest([row for stage, row in staged if stage is Stage.SUBADULT]),
        rows=len(rows),
        without_zone=sum(row.zone == UNKNOWN_ZONE for row in rows),
        notes=(*joinings, *notes),
    )


def _joined(rows: Sequence[InventoryRow]) -> tuple[list[InventoryRow], list[str]]:
    """Returns the rows with the individual that their remains are of, and what had to be joined for that.

    An individual that remains join with others has the names of all.
    """
    units: dict[str, list[str]] = {}
    of_remains: dict[str, str] = {}
    notes = []
    for row in rows:
        if not row.individual:
            continue
        unit = units.setdefault(row.individual, [row.individual])
        earlier = units[of_remains.setdefault(_key(row), row.individual)]
        if earlier is not unit:
            told = f"individuals {' and '.join(', '.join(names) for names in (earlier, unit))} are one"
            notes.append(f"{told}: remains {row.remains} are in both")
            earlier += unit
            units.update(dict.fromkeys(unit, earlier))
    unnamed: dict[tuple[str, str], int] = {}
    joined = []
    for row in rows:
        individual = ", ".join(units[of_remains[_key(row)]]) if _key(row) in of_remains else ""
        if individual and not row.individual:
            unnamed[row.remains, individual] = unnamed.get((row.remains, individual), 0) + 1
        joined.append(replace(row, individual=individual))
    notes += [
        f"remains {remains} are of individual {individual} in all rows: {number} did not say so"
        for (remains, individual), number in unnamed.items()
    ]
    return joined, notes


def _key(row: InventoryRow) -> str:
    return row.remains.casefold()


def _stages_of_joined(rows: Iterable[InventoryRow]) -> tuple[dict[str, Stage], list[str]]:
    """Returns the stage of joined remains, which one element of them tells for all, and what to say about it.

    Somebody young may have elements of both kinds; such an individual is of unknown stage, so that it is not counted
    twice.
    """
    found: dict[str, set[Stage]] = {}
    for row in rows:
        if row.individual:
            found.setdefault(row.individual, set()).add(row.stage)
    stages, notes = {}, []
    for individual, several in found.items():
        known = several - {Stage.UNKNOWN}
        if len(known) > 1:
            notes.append(f"individual {individual} has adult and subadult elements: counted with all together only")
        stages[individual] = known.pop() if len(known) == 1 else Stage.UNKNOWN
    return stages, notes


def _greatest(rows: Iterable[InventoryRow]) -> Figure:
    """Returns the figure of the zone that needs most individuals; of equal ones, the first in the inventory."""
    by_element: dict[str, list[InventoryRow]] = {}
    for row in rows:
        if row.zone != UNKNOWN_ZONE:
            by_element.setdefault(row.element.casefold(), []).append(row)
    best = Figure(0)
    for of_element in by_element.values():
        by_zone: dict[str, list[InventoryRow]] = {}
        for row in of_element:
            by_zone.setdefault(row.zone, []).append(row)
        everywhere = by_zone.get(ALL_ZONES, [])
        for zone, of_zone in by_zone.items():
            figure = _figure(of_zone if zone == ALL_ZONES else [*of_zone, *everywhere], zone)
            if figure.number > best.number:
                best = figure
    return best


def _figure(rows: Sequence[InventoryRow], zone: str) -> Figure:
    """Returns how many individuals one zone of one element needs."""
    element = rows[0].element
    ribs = element.casefold() == UNNUMBERED_RIB
    a_side = _RIBS_A_SIDE if ribs else 1
    totals = dict.fromkeys(Side, 0)
    for units in _units(rows, most=a_side):
        for side, number in units.items():
            totals[side] += number
    left, right, mid, unknown = (totals[side] for side in (Side.LEFT, Side.RIGHT, Side.MID, Side.UNKNOWN))
    paired = max(-(-left // a_side), -(-right // a_side), -(-(left + right + unknown) // (2 * a_side)))
    return Figure(max(-(-mid // a_side), paired), element, zone, totals)


def _units(rows: Iterable[InventoryRow], *, most: int) -> Iterable[Mapping[Side, int]]:
    """Yields for every unit how often it counts on each side: joined remains never for more than one body has."""
    joined: dict[str, dict[Side, int]] = {}
    for row in rows:
        if not row.individual:
            yield {row.side: row.count}
            continue
        of_unit = joined.setdefault(row.individual, {})
        # Two pieces of unknown side may be the left and the right one of one body.
        of_side = 2 * most if row.side is Side.UNKNOWN else most
        of_unit[row.side] = min(of_side, of_unit.get(row.side, 0) + row.count)
    for of_unit in joined.values():
        sided = of_unit.get(Side.LEFT, 0) + of_unit.get(Side.RIGHT, 0)
        yield of_unit | {Side.UNKNOWN: min(of_unit.get(Side.UNKNOWN, 0), 2 * most - sided)}
